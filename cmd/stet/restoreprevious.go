package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stet.example/stet/store"
)

// givenUp is what is not in the commit before the last, and is put aside with the file.
type givenUp struct {
	Events int      `json:"events"`
	People []string `json:"people"`
	First  string   `json:"first,omitempty"`
	Last   string   `json:"last,omitempty"`
}

// words say what is given up, by whom and of when.
func (g *givenUp) words() string {
	if g.Events == 0 {
		return "the file and its mirror have no event beyond that"
	}
	when := "of " + g.Last
	if g.First != g.Last {
		when = "from " + g.First + " to " + g.Last
	}
	return fmt.Sprintf("given up, though the file or its mirror has it: %s by %s, %s", plural(g.Events, "event"), strings.Join(g.People, ", "), when)
}

// restorePrevious puts what the commit before the last of a damaged file had in the
// store's place. From the first look to the last step the lock is held, and nothing opens
// the file: who opens a store saves in it, and then another commit is the one before.
func restorePrevious(ctx context.Context, a *app, from string, yes bool) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	switch from {
	case "":
		from = path
	case "-":
		return usage("--previous takes a store file; what comes through a pipe has no commits")
	}
	if err := replaceable(path); err != nil {
		return err
	}
	if err := (&origin{path: from, name: from}).look(); err != nil {
		return err
	}
	noRoom := func(err error) error {
		return unwritten(path, err, "The store was not touched", "Make room, and run it again")
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return noRoom(err)
	}
	a.clearLeft(folder, ".stet-restore-")
	dir, err := os.MkdirTemp(folder, ".stet-restore-*")
	if err != nil {
		return noRoom(err)
	}
	told := &restored{Path: path, From: from}
	told.Kept, err = store.ReplaceBy(ctx, path, "stet restore", a.flags.wait, func() (string, time.Time, error) {
		draft := filepath.Join(dir, "stet.db")
		err := a.takePrevious(ctx, from, draft, told)
		if err == nil && !yes {
			err = a.agree(ctx, told)
		}
		return draft, a.freeTime(path), err
	})
	if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
		return noRoom(err)
	}
	return a.tellRestored(told)
}

// takePrevious makes a store at draft of the commit before the last, proves it whole, and
// finds out what it lacks.
func (a *app) takePrevious(ctx context.Context, from, draft string, told *restored) error {
	err := store.TakePrevious(ctx, from, draft)
	if system := new(fs.PathError); errors.As(err, &system) && system.Path == from {
		return fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path and the rights", from, system.Err)
	}
	if err != nil {
		return err
	}
	r, err := a.proveDraft(ctx, draft)
	if err != nil {
		return err
	}
	told.Log = reportOf(&r)
	g, err := store.BeyondPrevious(ctx, from, r.Events)
	if err != nil {
		return err
	}
	told.GivenUp = &givenUp{g.Events, append([]string{}, g.People...), instant(g.First), instant(g.Last)}
	return nil
}

// agree has somebody who sees what is given up say yes to it.
func (a *app) agree(ctx context.Context, told *restored) error {
	a.say("the commit before the last of %s has %s of %s; %s", told.From, plural(int(told.Log.Events), "event"), plural(told.Log.Articles, "article"), told.GivenUp.words())
	if told.GivenUp.Events > 0 {
		a.say("`stet restore --salvage %s` tries to bring that home too", store.ShellWord(told.From))
	}
	if !a.isTerminal(a.stdin) || !a.isTerminal(a.stderr) {
		return errors.New("nobody can be asked here. The store was not touched. With --yes it is done unasked")
	}
	fmt.Fprintln(a.stderr, show("stet: it is put in the place of "+told.Path+", which is kept. Type yes to go on")) //nolint:errcheck // whoever cannot be asked does not say yes
	in := untilDone(ctx, io.NopCloser(a.stdin))
	defer in.Close() //nolint:errcheck // only read
	if answer, _ := bufio.NewReader(in).ReadString('\n'); strings.TrimSpace(answer) != "yes" {
		return errors.Join(context.Cause(ctx), errors.New("that was no yes. The store was not touched"))
	}
	return nil
}
