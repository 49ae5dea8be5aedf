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
	at := claims(msg)
	if len(at) == 0 {
		if p.done == "" || msg == "" {
			return msg
		}
		return strings.TrimSuffix(msg, ".") + ". " + p.done
	}
	var b strings.Builder
	from := 0
	for i, n := range at {
		b.WriteString(msg[from:n])
		if i == 0 && p.done != "" {
			b.WriteString(". " + p.done)
		}
		from = n + len(claim)
		if work, ok := strings.CutPrefix(msg[from:], ", its work"); ok { // of who holds the store
			b.WriteString(". Its work")
			from = len(msg) - len(work)
		}
	}
	return b.String() + msg[from:]
}

// claim is how nothingChanged stands in a message.
const claim = ". " + nothingChanged

// claims are the places where msg says that nothing was changed, in its own words: within
// quotation marks somebody else says so.
func claims(msg string) (at []int) {
	quoted := false
	for i := 0; i < len(msg); i++ {
		switch {
		case msg[i] == '\\' && quoted:
			i++
		case msg[i] == '"':
			quoted = !quoted && strings.IndexByte(msg[i+1:], '"') >= 0 // one alone opens nothing
		case msg[i] == '\n':
			quoted = false
		case !quoted && strings.HasPrefix(msg[i:], claim):
			at = append(at, i)
		}
	}
	return at
}

// Unwrap gives what happened.
func (p *partly) Unwrap() error { return p.err }

// ofOne is what a list says of one entry that was refused. What became of the whole is
// said at the end of the list.
func ofOne(err error) string { return (&partly{err: err}).Error() }

// leftOut ends a list of n entries that were refused. Something of the rest must be in the
// store for it to be called saved.
func leftOut(n int, saved bool) string {
	rest := nothingChanged
	if saved {
		rest = "Everything else is saved"
	}
	return plural(n, "entry") + " left out. " + rest
}

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
	if !errors.As(err, new(*usageError)) && len(claims(err.Error())) == 0 {
		return err
	}
	return &partly{err, "What the command did before that is saved: `stet log` shows it"}
}
