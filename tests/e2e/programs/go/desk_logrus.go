package main

import (
	"errors"
	"fmt"
	"io"
	"sort"

	"example.test/programs/marks"
	"github.com/sirupsen/logrus"
)

type logrusHook struct{}

func (logrusHook) Levels() []logrus.Level { return logrus.AllLevels }
func (logrusHook) Fire(e *logrus.Entry) error {
	var fields []string
	for key, value := range e.Data {
		fields = append(fields, fmt.Sprintf("%s=%v", key, value))
	}
	sort.Strings(fields)
	marks.Mark(e.Caller.File, e.Caller.Line, "logrus", e.Level.String(), e.Message, fields...)
	return nil
}

func logrusShapes(user string, price int) {
	err := errors.New("broken")
	logrus.Info("plain")
	logrus.Infof("formatted %s %d", user, price)
	logrus.Warn("printed ", user)
	logrus.Errorln("joined", user, "end")
	logrus.WithField("user", user).Info("field")
	logrus.WithFields(logrus.Fields{"user": user, "price": price}).Warn("fields")
	logrus.WithError(err).Error("failed")
	logrus.Debug("sum " + user)
	logrus.Trace("trace")
	logger := logrus.StandardLogger()
	logger.Warningf("own %s", user)
	entry := logrus.NewEntry(logger)
	entry.Printf("entry %s", user)
	entry.WithField("user", user).WithField("price", price).Info("chained")
}

func runLogrus() {
	logrus.SetReportCaller(true)
	logrus.SetLevel(logrus.TraceLevel)
	logrus.SetOutput(io.Discard)
	logrus.AddHook(logrusHook{})
	logrusShapes("u-17", 3)
}
