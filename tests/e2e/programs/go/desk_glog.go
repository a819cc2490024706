package main

import (
	"bufio"
	"flag"
	"os"

	"github.com/golang/glog"
)

func glogShapes(user string, price int) {
	glog.Info("plain")
	glog.Infof("formatted %s %d", user, price)
	glog.Warning("printed ", user)
	glog.Errorln("joined", user, "end")
	glog.V(0).Infof("verbose %s", user)
	glog.Error("sum " + user)
}

// glog writes to the standard error that it finds.
func runGlog() {
	flag.Set("logtostderr", "true")
	reader, writer, _ := os.Pipe()
	stderr := os.Stderr
	os.Stderr = writer
	glogShapes("u-17", 3)
	glog.Flush()
	os.Stderr = stderr
	writer.Close()
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		headerLine(lines.Bytes(), "glog")
	}
}
