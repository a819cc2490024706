package main

import (
	"fmt"
	"log"
	"strings"

	"example.test/programs/marks"
)

const late = "order %s is late"
const prefix = "desk" + ": "

type order struct {
	Number int
	Owner  string
}

type logWriter struct{}

// Write takes "file:line: message" apart.
func (logWriter) Write(line []byte) (int, error) {
	place, message, _ := strings.Cut(string(line), ": ")
	file, number := marks.Split(place)
	marks.Mark(file, number, "log", "-", message)
	return len(line), nil
}

type printer interface {
	Printf(format string, args ...any)
}

func note(format string, args ...any) {
	log.Printf(format, args...)
}

func told(format string, args ...any) {
	log.Output(2, fmt.Sprintf(format, args...))
}

func tell(to printer, user string) {
	to.Printf("interface %s", user)
}

func plainShapes(user string, price int, o order) {
	log.Print("plain")
	log.Printf("formatted %s %05d", user, price)
	log.Printf("indexed %[2]d of %[1]s", user, price)
	log.Printf("verbs %v %+v %q %5.1f%%", user, o, user, 1.5)
	log.Println("joined", user, "end")
	log.Print("printed ", user)
	log.Printf(late, user)
	log.Print(prefix + user)
	log.Printf(
		"over lines %s",
		user)
	msg := fmt.Sprintf("made %q", user)
	log.Print(msg)
	log.Print("sum " + user + " end")
	log.Print(strings.Join([]string{"a", user}, ", "))
	log.Printf(`raw \d %s`, user)
	log.Printf("owner %s", o.Owner)
	log.Print(fmt.Sprint("sprint ", user))
	own := log.New(logWriter{}, "", log.Lshortfile)
	own.Printf("own %s", user)
	note("wrapped %s", user)
	told("told %s", user)
	tell(log.Default(), user)
	text := "appended "
	text += user
	log.Print(text)
	if price < 0 {
		log.Fatalf("never %s", user) // unreachable
	}
}

func init() {
	marks.Value("user", "u-17")
	marks.Value("price", "3")
	marks.Value("o.Owner", "o-4")
	marks.Value("o.Number", "4")
	marks.Value("o", "{Number:4 Owner:o-4}")
	marks.Value("1.5", "1.5")
}

func runLog() {
	log.SetOutput(logWriter{})
	log.SetFlags(log.Lshortfile)
	plainShapes("u-17", 3, order{4, "o-4"})
}
