package attach

import (
	"context"
	"errors"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// sentinels are the kinds of error that cross the wire. Their places are part
// of the protocol: new ones go at the end.
func sentinels() []error {
	return []error{
		store.ErrConflict, store.ErrInvalid, store.ErrNotFound, store.ErrUnknown, store.ErrFull, store.ErrPoisoned, store.ErrDamaged,
		store.ErrHeld, store.ErrNewerFormat, store.ErrForeign, store.ErrReadOnly, store.ErrForbidden, store.ErrClosed,
		context.Canceled, context.DeadlineExceeded, store.ErrNameTaken,
	}
}

// failure is an error on the wire.
type failure struct {
	Text  string                    // the whole message
	Is    []int                     // places in sentinels
	Whole *whole                    // when the error is a *store.Error and nothing more
	Held  *store.HeldError          // when it is one
	Bad   *annotations.InvalidError // the part that is wrong, when it tells of one
}

// whole are the parts of a store.Error. Kind is a place in sentinels.
type whole struct {
	Kind             int
	What, Safe, Next string
	Cause, CauseSafe string // CauseSafe is said in Cause, and so not twice
}

func failureOf(err error) failure {
	f := failure{Text: err.Error()}
	list := sentinels()
	for i, s := range list {
		if errors.Is(err, s) {
			f.Is = append(f.Is, i)
		}
	}
	var e *store.Error
	if errors.As(err, &e) && e.Error() == f.Text {
		f.Whole = &whole{Kind: -1, What: e.What, Safe: e.Safe, Next: e.Next}
		for i, s := range list {
			if errors.Is(e.Kind, s) {
				f.Whole.Kind = i
			}
		}
		if e.Err != nil {
			f.Whole.Cause = e.Err.Error()
		}
		if cause := new(store.Error); errors.As(e.Err, &cause) {
			f.Whole.CauseSafe = cause.Safe
		}
	}
	var h *store.HeldError
	if errors.As(err, &h) {
		f.Held = h
	}
	var bad *annotations.InvalidError
	if errors.As(err, &bad) {
		f.Bad = bad
	}
	return f
}

// err is the error that f stands for.
func (f *failure) err() error {
	list := sentinels()
	far := &farError{text: f.Text}
	for _, i := range f.Is {
		if i >= 0 && i < len(list) {
			far.kinds = append(far.kinds, list[i])
		}
	}
	if f.Bad != nil {
		far.kinds = append(far.kinds, f.Bad)
	}
	switch {
	case f.Held != nil && f.Held.Error() == f.Text:
		return f.Held
	case f.Whole != nil && f.Whole.Kind >= 0 && f.Whole.Kind < len(list):
		e := &store.Error{Kind: list[f.Whole.Kind], What: f.Whole.What, Safe: f.Whole.Safe, Next: f.Whole.Next}
		if f.Whole.Cause != "" {
			far.text = f.Whole.Cause
			if f.Whole.CauseSafe != "" {
				far.kinds = append(far.kinds, &store.Error{Kind: e.Kind, Safe: f.Whole.CauseSafe})
			}
			e.Err = far
		}
		return e
	}
	return far
}

// farError is an error that happened in the owner.
type farError struct {
	text  string
	kinds []error // sentinels, and the part that is wrong
}

// Error implements error.
func (e *farError) Error() string { return e.text }

// Unwrap gives what is known of what the error wrapped over there.
func (e *farError) Unwrap() []error { return e.kinds }

// errSilent says that the owner does not answer although its socket is there.
var errSilent = errors.New("it does not answer")

// lostError says that a connection ended before the answer came.
type lostError struct {
	cause   error
	unknown bool // a write was sent: it may be stored
}

// Error implements error.
func (e *lostError) Error() string {
	return "the program that holds the store is gone or silent: " + e.cause.Error()
}

// Unwrap gives what the caller may decide on, and the cause.
func (e *lostError) Unwrap() []error {
	if e.unknown {
		return []error{store.ErrUnknown, e.cause}
	}
	return []error{store.ErrClosed, e.cause}
}

// unknown says that a write may be stored or not, and why nobody can be asked.
func unknown(why error) error {
	return &store.Error{
		Kind: store.ErrUnknown, What: "it is not known whether this was saved: the program that held the store went before it answered",
		Safe: "What was shown as saved is safe", Next: "Ask again, it is never saved twice", Err: why,
	}
}

// What another version of stet does not do.
const (
	notKnown = "which does not know what this program asks of it"
	notRead  = "whose answer this program cannot read"
)

// otherVersion says that the owner is another version of stet, and in which way
// that shows.
func otherVersion(owner Peer, how string) *store.Error {
	return &store.Error{
		Kind: store.ErrHeld, What: fmt.Sprintf("the store is held by pid %d (%s), %s, %s", owner.PID, owner.Program, owner.Version, how),
		Safe: "Nothing was changed, its work is safe", Next: store.EndIt(owner.Program) + ", or use the same version of stet",
	}
}

// comeAgain stands in place of the hello's number when there is no room now and may be soon.
const comeAgain = 0

// crowded is what somebody is told for whom the owner has no room.
func crowded(owner Peer) *store.Error {
	return &store.Error{
		Kind: store.ErrHeld, What: fmt.Sprintf("%d programs work on the store already, through pid %d (%s)", maxGuests, owner.PID, owner.Program),
		Safe: "Nothing was changed, their work is safe", Next: "Quit one of them, or wait for room with --wait 1m",
	}
}

// unread is the error of a call whose answer came and makes no sense here. A write
// may be stored.
func unread(owner Peer, write bool) error {
	why := otherVersion(owner, notRead)
	if !write {
		return why
	}
	why.Safe = "" // what it did it has not said
	return &store.Error{
		Kind: store.ErrUnknown, What: "it is not known whether this was saved", Safe: "What was shown as saved is safe",
		Next: "Ask again, it is never saved twice", Err: why,
	}
}

func errClosed() error {
	return &store.Error{Kind: store.ErrClosed, What: "the store is closed", Safe: "What was saved is safe"}
}
