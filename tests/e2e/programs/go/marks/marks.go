// Package marks prints what was logged, and where the framework says it was.
package marks

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

func escaped(text string) string {
	return strings.NewReplacer("\\", "\\\\", "\t", "\\t", "\n", "\\n").Replace(text)
}

// Mark prints one message; fields are "key=value".
func Mark(file string, line int, framework, level, message string, fields ...string) {
	cells := []string{"@", fmt.Sprintf("%s:%d", filepath.Base(file), line),
		framework, strings.ToLower(level), escaped(message)}
	for _, field := range fields {
		cells = append(cells, escaped(field))
	}
	os.Stdout.WriteString(strings.Join(cells, "\t") + "\n")
}

// Value says what an expression prints.
func Value(expression, printed string) {
	os.Stdout.WriteString("=\t" + expression + "\t" + escaped(printed) + "\n")
}

// Split takes "file:line" apart.
func Split(place string) (string, int) {
	var line int
	at := strings.LastIndexByte(place, ':')
	fmt.Sscan(place[at+1:], &line)
	return place[:at], line
}

// Caller is the first caller in a file of the program, above this package.
func Caller() (string, int) {
	for skip := 2; ; skip++ {
		_, file, line, ok := runtime.Caller(skip)
		if !ok {
			return "?:", 0
		}
		if strings.HasPrefix(filepath.Base(file), "desk_") {
			return file, line
		}
	}
}
