package main

import (
	"errors"
	"strings"
)

// nothingChanged is what a layer says that refuses an act. It knows that act alone.
const nothingChanged = "Nothing was changed"

// partly is the error of a command that had done something before: what it wraps
// speaks of one act, and the command says what became of the others.
type partly struct {
	err  error
	done string // what was done all the same; "" takes off what the error says of it
}

// Error implements error.
func (p *partly) Error() string {
	msg := p.err.Error()
	before, after, says := strings.Cut(msg, ". "+nothingChanged)
	switch {
	case says && p.done == "":
		return before + without(after)
	case says:
		return before + ". " + p.done + without(after)
	case p.done == "" || msg == "":
		return msg
	}
	return strings.TrimSuffix(msg, ".") + ". " + p.done
}

func without(s string) string { return strings.ReplaceAll(s, ". "+nothingChanged, "") }

// Unwrap gives what happened.
func (p *partly) Unwrap() error { return p.err }

// ofOne is what a list says of one entry that was refused. What became of the whole is
// said at the end of the list.
func ofOne(err error) string { return (&partly{err: err}).Error() }

// soFar adds to an error what had been done before it, unless that was nothing.
func (a *app) soFar(err error, done string) error {
	if err == nil || !a.changed {
		return err
	}
	return &partly{err, done}
}

// truly keeps an error from saying that nothing was changed by a command that has saved
// something, and was not asked about it.
func (a *app) truly(err error) error {
	if err == nil || !a.changed || errors.As(err, new(*partly)) || errors.As(err, new(*foundError)) {
		return err
	}
	if !errors.As(err, new(*usageError)) && !strings.Contains(err.Error(), nothingChanged) {
		return err
	}
	return &partly{err, "What the command did before that is saved: `stet log` shows it"}
}
