package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"

	"example.test/programs/marks"
)

type slogHandler struct{ attributes []slog.Attr }

func (h slogHandler) Enabled(context.Context, slog.Level) bool { return true }
func (h slogHandler) WithGroup(string) slog.Handler            { return h }
func (h slogHandler) WithAttrs(more []slog.Attr) slog.Handler {
	return slogHandler{append(append([]slog.Attr{}, h.attributes...), more...)}
}
func (h slogHandler) Handle(_ context.Context, r slog.Record) error {
	frame, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	var fields []string
	add := func(a slog.Attr) bool {
		fields = append(fields, fmt.Sprintf("%s=%v", a.Key, a.Value))
		return true
	}
	for _, a := range h.attributes {
		add(a)
	}
	r.Attrs(add)
	marks.Mark(frame.File, frame.Line, "slog", r.Level.String(), r.Message, fields...)
	return nil
}

func slogShapes(ctx context.Context, user string, price int) {
	slog.Info("plain")
	slog.Info("structured", "user", user, "price", price)
	slog.Warn("attributes", slog.String("user", user), slog.Int("price", price))
	slog.Error("sum " + user)
	slog.Debug(fmt.Sprintf("made %s", user), "price", price)
	slog.InfoContext(ctx, "context", "user", user)
	slog.Log(ctx, slog.LevelWarn, "level", "user", user)
	slog.LogAttrs(ctx, slog.LevelError, "attrs", slog.String("user", user))
	slog.With("price", price).Info("with", "user", user)
	logger := slog.Default()
	logger.Info("own", "user", user)
	logger.WithGroup("g").Info("group", "user", user)
}

func runSlog() {
	slog.SetDefault(slog.New(slogHandler{}))
	slogShapes(context.Background(), "u-17", 3)
}
