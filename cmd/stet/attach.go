package main

import (
	"context"
	"errors"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/tui"
)

// How a command reaches the store. Most share it: the first opens the file, the
// others attach to it, and when it ends one of them takes over.
type access int

const (
	shared  access = iota
	alone          // as the owner it serves nobody: it tells another time than now, which must not date others' acts
	onlyOne        // it needs the file itself, with nobody else in it
)

// accessOf says how a command reaches the store.
func accessOf(command string) access {
	switch command {
	case "load", "merge":
		return alone
	case "check", "compact", "demo": // check reads the file's pages, compact puts another file in its place, a demo is nobody else's
		return onlyOne
	}
	return shared
}

// showsScreens reports whether a command's work is to wait for somebody's keys.
func showsScreens(command string) bool {
	switch command {
	case "review", "desk", "audit", "compare":
		return true
	}
	return false
}

// onlyReads reports whether a command has its use where nothing can be saved, as in a
// snapshot or an archive. One that saves stops before it begins; answers and members are
// what "answer" and "team" only show.
func onlyReads(command string) bool {
	switch command {
	case "agreement", "answers", "audit", "backup", "bundle", "check", "checkpoint", "codebook", "compare", "completion", "doctor", "export", "list", "log", "members", "report", "sample", "show", "verify":
		return true
	}
	return false
}

// reach opens the store for a command, or attaches to the program that has it
// open. Where nothing may be written it is opened for reading, if that is enough.
func (a *app) reach(ctx context.Context, command, who string, o store.Options) (st store.Store, err error) {
	if how := accessOf(command); how == onlyOne {
		st, err = store.Open(ctx, o)
	} else {
		st, err = attach.Open(ctx, attach.Options{Options: o, Actor: who, Folders: attach.Folders(a.getenv), Apart: how == alone, Takeover: a.clock})
	}
	if !errors.Is(err, store.ErrReadOnly) || o.Create || !onlyReads(command) {
		return st, err
	}
	return store.OpenToRead(ctx, o)
}

// crowd is who is at the screens of the store; nil where that is not known.
func (d *desk) crowd() *attach.Crowd {
	if s, ok := store.Whole(d.Store).(*attach.Store); ok {
		return s.Crowd()
	}
	return nil
}

// company is who else is at the screens of the store, and how to leave them; nil
// where that is not known.
func (d *desk) company() (tui.Company, func()) {
	c := d.crowd()
	if c == nil {
		return nil, func() {}
	}
	m := c.Join(d.session.Actor)
	return m, m.Leave
}

// attached reports whether another program has the store open, and this one
// works through it: its acts are dated by the other's clock.
func (d *desk) attached() bool {
	s, ok := store.Whole(d.Store).(*attach.Store)
	return ok && !s.Owns()
}
