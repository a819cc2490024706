package main

import (
	"fmt"
	"io"
	"os"

	"example.test/programs/marks"
)

// next says what the call that it is given prints.
func next(run func()) {
	file, line := marks.Caller()
	reader, writer, _ := os.Pipe()
	out, err := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = writer, writer
	run()
	os.Stdout, os.Stderr = out, err
	writer.Close()
	printed, _ := io.ReadAll(reader)
	marks.Mark(file, line, "fmt", "-", string(printed))
}

func printShapes(user string, price int) {
	next(func() { fmt.Println("joined", user, "end") })
	next(func() { fmt.Printf("formatted %s %d\n", user, price) })
	next(func() { fmt.Print("printed ", user, "\n") })
	next(func() { fmt.Fprintf(os.Stderr, "error %s\n", user) })
	next(func() { fmt.Fprintln(os.Stderr, "line", user) })
}

func runPrint() {
	printShapes("u-17", 3)
}
