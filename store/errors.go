package store

import (
	"errors"
	"fmt"
)

// What a caller may have to decide on. Every error a store returns wraps one of
// these, or the context's.
var (
	ErrConflict    = errors.New("somebody changed it in between")
	ErrInvalid     = errors.New("this cannot be stored")
	ErrNotFound    = errors.New("not found")
	ErrUnknown     = errors.New("it is not known whether this was saved; ask again with the same act")
	ErrFull        = errors.New("the disk is full")
	ErrPoisoned    = errors.New("the disk failed; this program writes no more")
	ErrDamaged     = errors.New("the file is damaged")
	ErrHeld        = errors.New("another program holds the store")
	ErrNewerFormat = errors.New("the file was made by a newer stet")
	ErrForeign     = errors.New("the file is not a stet store")
	ErrReadOnly    = errors.New("the store is open for reading only")
	ErrForbidden   = errors.New("not allowed in this team")
	ErrClosed      = errors.New("the store is closed")
	// ErrNameTaken is the [ErrConflict] of an article whose name another one has.
	ErrNameTaken = fmt.Errorf("the name is taken: %w", ErrConflict)
)

// Refused reports whether a store looked at a change and declined it: it is not stored.
func Refused(err error) bool {
	return errors.Is(err, ErrInvalid) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden) || errors.Is(err, ErrConflict)
}

// Error says what happened, whether the work is safe, and what to do next. It
// wraps one of the sentinels above.
type Error struct {
	Kind error  // one of the sentinels
	What string // what happened, with the file and place where known
	Safe string // whether saved work is safe
	Next string // the next step
	Err  error  // the cause, or nil
}

// Error implements error. What its cause says of the work already is not said again.
func (e *Error) Error() string {
	s := e.What
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	var cause *Error
	if e.Safe != "" && !(errors.As(e.Err, &cause) && cause.Safe == e.Safe) {
		s += ". " + e.Safe
	}
	if e.Next != "" {
		s += ". " + e.Next
	}
	return s
}

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

func invalid(format string, args ...any) error {
	return &Error{Kind: ErrInvalid, What: fmt.Sprintf(format, args...), Safe: "Nothing was changed"}
}

func notFound(format string, args ...any) error {
	return &Error{Kind: ErrNotFound, What: fmt.Sprintf(format, args...)}
}

func conflict(format string, args ...any) error {
	return &Error{
		Kind: ErrConflict, What: fmt.Sprintf(format, args...), Safe: "Nothing was changed",
		Next: "Look at it as it is now and do it again",
	}
}

// HeldError names who holds a store.
type HeldError struct {
	Path    string
	PID     int
	Host    string
	Program string // what it is doing: "stet review"
	Stopped bool   // it is suspended (ctrl+z)
	Since   string
}

// Error implements error.
func (e *HeldError) Error() string {
	who := "another program"
	if e.PID != 0 {
		who = fmt.Sprintf("pid %d", e.PID)
		if e.Program != "" {
			who += " (" + e.Program + ")"
		}
		if e.Host != "" {
			who += " on " + e.Host
		}
	}
	next := EndIt(e.Program) + ", or wait for it with --wait 1m"
	if e.Stopped {
		who += ", which is stopped (ctrl+z)"
		next = "Bring it back with fg and quit it"
	}
	return fmt.Sprintf("%s is held by %s. Nothing was changed, its work is safe. %s; `stet doctor` shows more", e.Path, who, next)
}

// EndIt says how somebody ends a program that holds a store: only screens have a key for it.
func EndIt(program string) string {
	switch program {
	case "", "stet review", "stet desk", "stet audit", "stet compare":
		return "Quit it there (q)"
	case "stet serve":
		return "Stop the server there (ctrl+c)"
	}
	return "Stop it there (ctrl+c)"
}

// Unwrap gives [ErrHeld].
func (e *HeldError) Unwrap() error { return ErrHeld }
