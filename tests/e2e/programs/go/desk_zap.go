package main

import (
	"errors"
	"fmt"

	"example.test/programs/marks"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type zapCore struct {
	zapcore.LevelEnabler
	fields []zapcore.Field
}

func (c zapCore) With(more []zapcore.Field) zapcore.Core {
	return zapCore{c.LevelEnabler, append(append([]zapcore.Field{}, c.fields...), more...)}
}
func (c zapCore) Check(e zapcore.Entry, to *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	return to.AddCore(e, c)
}
func (c zapCore) Sync() error { return nil }
func (c zapCore) Write(e zapcore.Entry, more []zapcore.Field) error {
	var fields []string
	for _, field := range append(append([]zapcore.Field{}, c.fields...), more...) {
		values := zapcore.NewMapObjectEncoder()
		field.AddTo(values)
		fields = append(fields, fmt.Sprintf("%s=%v", field.Key, values.Fields[field.Key]))
	}
	marks.Mark(e.Caller.File, e.Caller.Line, "zap", e.Level.String(), e.Message, fields...)
	return nil
}

func zapTold(logger *zap.Logger, text string) {
	logger.WithOptions(zap.AddCallerSkip(1)).Info(text)
}

func zapNote(logger *zap.SugaredLogger, format string, args ...interface{}) {
	logger.Infof(format, args...)
}

func zapShapes(logger *zap.Logger, user string, price int) {
	err := errors.New("broken")
	logger.Info("plain")
	logger.Warn("fields", zap.String("user", user), zap.Int("price", price))
	logger.Error("failed", zap.Error(err))
	logger.Debug("sum " + user)
	logger.Info(fmt.Sprintf("made %s", user), zap.Int("price", price))
	logger.With(zap.Int("price", price)).Info("with", zap.String("user", user))
	logger.Named("n").Info("named", zap.Any("user", user))
	zapTold(logger, "told "+user)
	sugar := logger.Sugar()
	sugar.Info("printed ", user)
	sugar.Infof("formatted %s %d", user, price)
	sugar.Warnw("pairs", "user", user, "price", price)
	sugar.Errorln("joined", user)
	sugar.With("price", price).Infow("sugar with", "user", user)
	zapNote(sugar, "wrapped %s", user)
	zap.L().Info("global", zap.String("user", user))
	zap.S().Debugf("global %s", user)
}

func runZap() {
	marks.Value("err", "broken")
	logger := zap.New(zapCore{LevelEnabler: zapcore.DebugLevel}, zap.AddCaller())
	zap.ReplaceGlobals(logger)
	zapShapes(logger, "u-17", 3)
}
