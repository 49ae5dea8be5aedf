package ingest

import (
	"context"
	"errors"
)

// What a caller may want to tell apart, with errors.Is. An input without words
// is [annotations.ErrEmpty]; a missing or forbidden file keeps its fs error.
var (
	ErrBinary   = errors.New("not a text")
	ErrTooLarge = errors.New("too large")
	ErrFormat   = errors.New("unknown format")
	ErrEncoding = errors.New("unknown encoding")
	ErrLanguage = errors.New("unknown language")
	ErrNotFile  = errors.New("not a file")
	ErrDamaged  = errors.New("damaged document")              // cut off, or not as its format says
	ErrLocked   = errors.New("document locked by a password") //nolint:gosec // no credential
	ErrProgram  = errors.New("helping program missing or failed")
	ErrSeveral  = errors.New("several articles in one file")
)

// Error says which input could not be imported, why, and what to do next.
type Error struct {
	Input string // path or "standard input"
	Why   string
	Next  string // may be empty
	Err   error  // one of the errors above, an fs error, or what a reader returned
}

// Error implements error.
func (e *Error) Error() string {
	s := e.Why
	if e.Input != "" {
		s = e.Input + ": " + s
	}
	if e.Next != "" {
		s += "; " + e.Next
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// fail names the input in err.
func (j *job) fail(err error) error {
	var e *Error
	if errors.As(err, &e) {
		if e.Input == "" {
			e.Input = j.label
		}
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &Error{Input: j.label, Why: "the import was stopped: " + err.Error(), Err: err}
	}
	return &Error{Input: j.label, Why: "it could not be read: " + err.Error(), Err: err}
}
