package interchange

import (
	"fmt"
	"strings"
)

// Tally counts one sort of thing: how many the file holds, how many were taken.
type Tally struct {
	In  int
	Out int
}

// Problem is something in a file that is not as it should be.
type Problem struct {
	Line int    // from 1; 0 when the file as a whole is meant
	Path string // articles[0].sentences[3].tag; "" for the whole file
	Msg  string
}

// String gives the place and the message.
func (p Problem) String() string {
	var at []string
	if p.Line > 0 {
		at = append(at, fmt.Sprintf("line %d", p.Line))
	}
	if p.Path != "" {
		at = append(at, p.Path)
	}
	return strings.Join(append(at, p.Msg), ": ")
}

// Receipt says what became of a file that was read.
type Receipt struct {
	Articles    Tally
	Sentences   Tally
	Annotations Tally
	Rulings     Tally
	Evidence    Tally
	Events      Tally
	// Proved counts the events of whole histories whose hash is that of what they
	// say; ByPlace those that are held by the links of their chain alone. See
	// [ProveHistory].
	Proved, ByPlace int
	// Outside counts links to articles that the file does not hold. Whether
	// they lead anywhere, only the store can tell.
	Outside int
	// Ranges counts the spans of a foreign file that were found in their texts.
	Ranges   int
	Left     []Problem // left aside by rule, which is no fault: predictions, skipped answers
	Repaired []Problem // taken after a correction, named
	Rejected []Problem // left out, with the reason
}

// Clean reports whether everything was taken as it stood.
func (r *Receipt) Clean() bool { return len(r.Repaired)+len(r.Rejected) == 0 }

// FileError says why a file was refused as a whole. Nothing of it was taken.
type FileError struct {
	Problems []Problem // at least one
}

// Error implements error.
func (e *FileError) Error() string {
	var lines []string
	for _, p := range e.Problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

func refuse(line int, path, format string, args ...any) error {
	return &FileError{[]Problem{{line, path, fmt.Sprintf(format, args...)}}}
}
