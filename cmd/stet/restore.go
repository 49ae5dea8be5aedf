package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

func newRestore(a *app) *cobra.Command {
	var salvage bool
	c := &cobra.Command{
		Use:   "restore FROM",
		Short: "put a backup, a mirror or what is salvaged in the store's place",
		Long: `FROM is a store file (a backup), or a journal such as the .mirror beside a
store. It is copied, checked from the first byte to the last, and only then put
in the place of the store; the file that was there is kept under a name with the
time.

With --salvage FROM may be damaged: whatever can be read of it and its mirror is
brought home. FROM may then be the store itself.

` + exitWords,
		Example: `  stet restore stet-2026-01-02.db
  stet restore stet.db.mirror
  stet restore --salvage ~/.local/share/stet/stet.db`,
		Args: exactArgs(1, "the path of a store, a journal or a mirror"),
		RunE: func(cmd *cobra.Command, args []string) error { return runRestore(cmd.Context(), a, args[0], salvage) },
	}
	c.Flags().BoolVar(&salvage, "salvage", false, "FROM is damaged: take what can be read")
	return c
}

func runRestore(ctx context.Context, a *app, from string, salvage bool) (err error) {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	if err := a.nobodyHolds(ctx, path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	a.clearLeft(filepath.Dir(path), ".stet-restore-")
	dir, err := os.MkdirTemp(filepath.Dir(path), ".stet-restore-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	draft := filepath.Join(dir, "stet.db")
	brought, err := a.bringHome(ctx, from, draft, salvage)
	if err != nil {
		return err
	}
	r, err := a.proveDraft(ctx, draft)
	if err != nil {
		return err
	}
	kept, err := store.Replace(ctx, path, draft, "stet restore", a.freeTime(path))
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(map[string]any{"path": path, "from": from, "kept": kept, "log": reportOf(&r), "salvage": brought})
	}
	if brought != nil {
		if err := a.print("%s: %s", from, brought.words()); err != nil {
			return err
		}
	}
	if err := a.print("%s: %s of %s from %s; root %s", path, plural(int(r.Events), "event"), plural(r.Articles, "article"), from, r.Seal.Root.String()); err != nil {
		return err
	}
	if kept != "" {
		a.say("the file that was there is kept as %s", kept)
	}
	return nil
}

// nobodyHolds opens the store and lets it go again. What is wrong with the file
// is no obstacle: it is going to be replaced.
func (a *app) nobodyHolds(ctx context.Context, path string) error {
	st, err := store.Open(ctx, store.Options{Path: path, Program: "stet restore", App: a.tool(), Wait: a.flags.wait, Clock: a.clock})
	switch {
	case err == nil:
		return st.Close()
	case errors.Is(err, store.ErrHeld), ctx.Err() != nil:
		return err
	}
	return nil
}

// bringHome makes a store at draft of what from holds.
func (a *app) bringHome(ctx context.Context, from, draft string, salvage bool) (*salvagedJSON, error) {
	if salvage {
		_, err := os.Stat(from)
		if _, mirror := os.Stat(from + ".mirror"); errors.Is(err, fs.ErrNotExist) && mirror != nil {
			return nil, fmt.Errorf("%s cannot be read: %w, and it has no mirror. Nothing was changed. Check the path", from, bare(err))
		}
		s, err := store.Salvage(ctx, from, draft, a.tool(), a.clock)
		if err != nil {
			return nil, err
		}
		return salvagedOf(&s, draft), nil
	}
	f, err := os.Open(from)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path", from, bare(err))
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no ordinary file. Nothing was changed. Name a store file, a journal or a mirror", from)
	}
	if _, err := boltfile.Quick(from); err == nil || !errors.Is(err, boltfile.ErrNotBolt) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w. The store was not touched. `stet restore --salvage` takes what can be read of it", from, err)
		}
		return nil, copyTo(draft, f)
	}
	r, err := store.Rebuild(ctx, draft, a.tool(), f)
	if errors.Is(err, store.ErrForeign) {
		return nil, fmt.Errorf("%s is neither a store nor a journal of one. Nothing was changed. Name a backup or a .mirror", from)
	}
	for _, p := range r.Problems {
		a.say("%s: %s", from, p)
	}
	return nil, err
}

func copyTo(path string, in io.Reader) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// proveDraft checks pages and log of the store that is to be put in place.
func (a *app) proveDraft(ctx context.Context, draft string) (r store.Report, err error) {
	c, err := boltfile.CheckFile(ctx, draft, boltfile.Options{})
	if err == nil {
		err = c.Err()
	}
	if err != nil {
		return r, fmt.Errorf("what was to be restored is damaged: %w. The store was not touched. `stet restore --salvage` takes what can be read of it", err)
	}
	st, err := store.Open(ctx, store.Options{Path: draft, Program: "stet restore", App: a.tool(), Clock: a.clock})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	bar := a.progress("log")
	r, err = st.Verify(ctx, bar.at)
	bar.end()
	if err == nil && !r.OK() {
		return r, &foundError{exitDamage, fmt.Sprintf("what was to be restored does not hold: %s. The store was not touched. Try an older backup or the mirror, or --salvage", r.Problems[0])}
	}
	return r, err
}

// freeTime is now, or the first second after it for which no file is kept yet:
// what is replaced is kept under a name with the time, to the second, and one
// kept file must never take another's place.
func (a *app) freeTime(path string) time.Time {
	at := a.clock().UTC()
	for {
		stamp := at.Format("20060102T150405")
		_, err := os.Lstat(path + ".replaced-" + stamp)
		_, merr := os.Lstat(path + ".mirror.replaced-" + stamp)
		if err != nil && merr != nil {
			return at
		}
		at = at.Add(time.Second)
	}
}
