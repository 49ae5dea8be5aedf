package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

// The exit codes. They are part of the contract.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitDamage = 3
	exitBusy   = 4
)

const exitWords = `Exit codes: 0 done, 1 failed, 2 used wrongly, 3 damage or a broken proof found,
4 another program holds the store.`

// usageError says that the command was called wrongly.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// inFull gives an error of use what many leave unsaid: that nothing was done, and where it
// is explained how the command is used. Other errors stay as they are.
func inFull(err error, where string) error {
	var wrong *usageError
	if !errors.As(err, &wrong) || wrong.msg != err.Error() {
		return err
	}
	if strings.Contains(strings.ToLower(wrong.msg), "nothing was") { // it says what to do as well
		return err
	}
	msg := wrong.msg + ". Nothing was done"
	if !strings.Contains(msg, "`") {
		msg += ". " + where
	}
	return &usageError{msg}
}

// foundError ends a command that has printed what it found already: only the
// exit code is left to say.
type foundError struct {
	code int
	msg  string // one line for standard error; "" for none
}

func (e *foundError) Error() string { return e.msg }

// inWords tells what the store refuses of an article without the names that it has for
// things: "attributions[0]" is source 1, and s004 the sentence that is the third now.
func (d *desk) inWords(ctx context.Context, article annotations.ArticleID, err error) error {
	delete(d.cuts, article) // others may have cut it since
	return annotations.InWords(err, func(id annotations.SentenceID) int { return d.number(ctx, article, id) })
}

// codeOf gives the exit code for what a command returned.
func codeOf(err error) int {
	var wrong *usageError
	var found *foundError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &found):
		return found.code
	case errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, store.ErrHeld):
		return exitBusy
	case errors.Is(err, store.ErrDamaged), errors.Is(err, boltfile.ErrDamaged):
		return exitDamage
	}
	return exitFailed
}

// sayError prints err as one line, or several where several things are wrong.
// Nothing in it can command a terminal.
func sayError(env *environment, err error) {
	msg := err.Error()
	if errors.Is(err, context.Canceled) {
		msg = "stopped on request. What was shown as saved is safe. Start it again to go on"
	}
	if msg == "" {
		return
	}
	for i, line := range strings.Split(msg, "\n") {
		if i == 0 {
			line = "stet: " + line
		}
		fmt.Fprintln(env.stderr, annotations.Visible(line)) //nolint:errcheck // nobody is left to tell
	}
}
