package main

import (
	"errors"
	"flag"
	"regexp"

	"example.test/programs/marks"
	"k8s.io/klog/v2"
)

// "I1123 19:00:00.000000   17 file.go:12] message"
var header = regexp.MustCompile(`(?s)^([A-Z])\S+ +\S+ +\d+ (\S+)\] (.*)$`)
var pair = regexp.MustCompile(` (\w+)="([^"]*)"| (\w+)=(\S+)`)
var quoted = regexp.MustCompile(`^"([^"]*)"`)

type klogWriter struct{}

func (klogWriter) Write(line []byte) (int, error) {
	headerLine(line, "klog")
	return len(line), nil
}

func headerLine(line []byte, framework string) {
	parts := header.FindSubmatch(line)
	if parts == nil {
		return
	}
	file, number := marks.Split(string(parts[2]))
	levels := map[string]string{"I": "info", "W": "warning", "E": "error"}
	message := string(parts[3])
	var fields []string
	if text := quoted.FindStringSubmatch(message); text != nil {
		for _, found := range pair.FindAllStringSubmatch(message, -1) {
			fields = append(fields, found[1]+found[3]+"="+found[2]+found[4])
		}
		message = text[1]
	}
	marks.Mark(file, number, framework, levels[string(parts[1])], message, fields...)
}

func klogShapes(user string, price int) {
	err := errors.New("broken")
	klog.Info("plain")
	klog.Infof("formatted %s %d", user, price)
	klog.Warning("printed ", user)
	klog.Errorln("joined", user, "end")
	klog.InfoS("structured", "user", user, "price", price)
	klog.ErrorS(err, "failed", "user", user)
	klog.V(0).InfoS("verbose", "user", user)
	klog.Error("sum " + user)
	klog.InfoDepth(0, "depth ", user)
}

func runKlog() {
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	flags.Set("logtostderr", "false")
	flags.Set("one_output", "true")
	klog.SetOutput(klogWriter{})
	klogShapes("u-17", 3)
	klog.Flush()
}
