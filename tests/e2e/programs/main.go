package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime"
	"strings"
)

const late = "order %s is late"

type shortLines struct{}

// Write prints "LINE MESSAGE" of "main.go:LINE: MESSAGE".
func (shortLines) Write(line []byte) (int, error) {
	text := strings.TrimPrefix(string(line), "main.go:")
	fmt.Fprint(os.Stdout, strings.Replace(text, ":", "", 1))
	return len(line), nil
}

type sourceLines struct{}

func (h sourceLines) Enabled(context.Context, slog.Level) bool { return true }
func (h sourceLines) WithAttrs([]slog.Attr) slog.Handler       { return h }
func (h sourceLines) WithGroup(string) slog.Handler            { return h }
func (h sourceLines) Handle(_ context.Context, r slog.Record) error {
	frame, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	_, err := fmt.Fprintf(os.Stdout, "%d %s\n", frame.Line, r.Message)
	return err
}

func note(format string, args ...any) {
	log.Printf(format, args...)
}

func pay(user string, n int) {
	log.Printf("formatted %s %05d", user, n)
	log.Println("joined", user, "end")
	log.Print("printed ", user)
	log.Printf(late, user)
	log.Printf(
		"over lines %s",
		user)
	msg := fmt.Sprintf("made %q", user)
	log.Print(msg)
	log.Print("sum " + user + " end")
	note("wrapped %s", user)
	slog.Info("structured", "user", user)
	slog.With("a", 1).Warn("with", slog.String("user", user))
}

func main() {
	slog.SetDefault(slog.New(sourceLines{}))
	log.SetOutput(shortLines{})
	log.SetFlags(log.Lshortfile)
	pay("u-17", 3)
}
