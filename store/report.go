package store

import (
	"fmt"

	"stet.example/stet/annotations"
)

// Report is what a check found.
type Report struct {
	Events   uint64
	Articles int
	Blobs    int
	Seal     Seal      // of the whole log, recomputed
	Problems []Problem // at most MaxProblems
	More     int       // problems beyond those
}

// MaxProblems bounds how many problems a report lists.
const MaxProblems = 100

// Problem is one thing that is wrong.
type Problem struct {
	Where string // "event 17", "article cnn-…, sentence s003", "page 12"
	What  string
}

// String gives both parts on one line.
func (p Problem) String() string { return p.Where + ": " + p.What }

// OK reports whether nothing is wrong.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

func (r *Report) add(where, format string, args ...any) {
	if len(r.Problems) >= MaxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{Where: where, What: annotations.Visible(fmt.Sprintf(format, args...))})
}
