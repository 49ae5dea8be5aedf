package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

func newRestore(a *app) *cobra.Command {
	var salvage, previous, yes bool
	c := &cobra.Command{
		Use:   "restore [FROM]",
		Short: "put a backup, a mirror or what is salvaged in the store's place",
		Long: `FROM is a store file (a backup), or a journal such as the .mirror beside a
store, or - for a journal on standard input, as "stet backup -" writes it. It is
copied, checked from the first byte to the last, and only then put in the place
of the store; the file that was there is kept under a name with the time.

With --salvage FROM may be damaged or cut short: whatever can be read of it and
its mirror is brought home. FROM may then be the store itself.

With --previous FROM, or where none is named the store itself, is a store file
whose last save is damaged: what it held at the save before that is put in the
store's place, whole and byte for byte. What is given up with the last save, by
whom and of when, is said first; --yes goes on without asking. Try --salvage
where that is much.

` + exitWords,
		Example: `  stet restore stet-2026-01-02.db
  stet restore stet.db.mirror
  stet restore --salvage ~/.local/share/stet/stet.db
  stet restore --previous`,
		Args: rangeArgs(0, 1, "the path of one store, journal or mirror"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case previous && salvage:
				return usage("--previous takes what one save held, --salvage whatever can be read: one of the two")
			case yes && !previous:
				return usage("--yes goes with --previous; nothing else is asked")
			case previous:
				return restorePrevious(cmd.Context(), a, strings.Join(args, ""), yes)
			case len(args) == 0:
				return a.restoreFromNothing()
			}
			return runRestore(cmd.Context(), a, args[0], salvage)
		},
	}
	c.Flags().BoolVar(&salvage, "salvage", false, "FROM is damaged: take what can be read")
	c.Flags().BoolVar(&previous, "previous", false, "FROM, else the store, is damaged: take what it held before its last save")
	c.Flags().BoolVar(&yes, "yes", false, "with --previous: do it without asking")
	return c
}

// restoreFromNothing refuses a restore that does not say from what, with the line to type
// where the store has a mirror: whoever lost the store may not know where that lies.
func (a *app) restoreFromNothing() error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path, msg := set.db.value, "stet restore takes the path of a store, a journal or a mirror, and none is named"
	info, err := os.Stat(path + ".mirror")
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return usage("%s", msg)
	}
	return usage("%s. Nothing was done. The store %s has a mirror: `stet --db %s restore %s` makes the store anew from it", msg, show(path), store.ShellWord(path), store.ShellWord(path+".mirror"))
}

func runRestore(ctx context.Context, a *app, from string, salvage bool) (err error) {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	if err := replaceable(path); err != nil {
		return err
	}
	if err := a.nobodyHolds(ctx, path); err != nil {
		return err
	}
	src := origin{path: from, name: from, salvage: salvage}
	if err := src.look(); err != nil {
		return err
	}
	noRoom := func(err error) error {
		return unwritten(path, err, "The store was not touched", "Make room, and run it again")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return noRoom(err)
	}
	a.clearLeft(filepath.Dir(path), ".stet-restore-")
	dir, err := os.MkdirTemp(filepath.Dir(path), ".stet-restore-*")
	if err != nil {
		return noRoom(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := a.spool(ctx, &src, filepath.Join(dir, "piped")); err != nil {
		return noRoom(err)
	}
	draft := filepath.Join(dir, "stet.db")
	brought, err := a.bringHome(ctx, &src, draft)
	if err != nil {
		return noRoom(err)
	}
	r, err := a.proveDraft(ctx, draft)
	if err != nil {
		return err
	}
	kept, err := store.Replace(ctx, path, draft, "stet restore", a.freeTime(path))
	if err != nil {
		return noRoom(err)
	}
	if brought != nil {
		brought.Path = path
	}
	return a.tellRestored(&restored{Path: path, From: src.name, Kept: kept, Log: reportOf(&r), Salvage: brought})
}

// restored is what was put in the store's place.
type restored struct {
	Path    string        `json:"path"`
	From    string        `json:"from"`
	Kept    string        `json:"kept"`
	Log     *logJSON      `json:"log"`
	Salvage *salvagedJSON `json:"salvage"`
	GivenUp *givenUp      `json:"givenUp,omitempty"` // with --previous
}

func (a *app) tellRestored(r *restored) error {
	if a.flags.json {
		return a.printJSON(r)
	}
	if r.Salvage != nil {
		if err := a.print("%s: %s", r.From, r.Salvage.words()); err != nil {
			return err
		}
	}
	if err := a.print("%s: %s of %s from %s; root %s", r.Path, plural(int(r.Log.Events), "event"), plural(r.Log.Articles, "article"), r.From, r.Log.Seal.Root); err != nil {
		return err
	}
	if r.GivenUp != nil {
		a.say("%s", r.GivenUp.words())
	}
	if r.Kept != "" {
		a.say("the file that was there is kept as %s", r.Kept)
	}
	return nil
}

// replaceable refuses to put aside what no store can be: a folder with all that is in
// it, a device that the whole system works with. Whatever state a file is in, it is
// put aside and kept.
func replaceable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil || info.Mode().IsRegular():
		return nil
	case info.IsDir():
		return fmt.Errorf("%s is a folder, not a store. Nothing was changed. Name a file with --db", path)
	}
	return fmt.Errorf("%s is not an ordinary file. Nothing was changed. Name a file with --db", path)
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

// origin is what is restored from.
type origin struct {
	path    string // of the file; "-" until standard input was copied into one
	name    string // for people
	salvage bool   // it may be damaged
}

// look refuses what is no file, before it is opened: a pipe would be waited for.
func (o *origin) look() error {
	if o.path == "-" {
		o.name = "standard input"
		return nil
	}
	info, err := os.Stat(o.path)
	_, mirror := os.Stat(o.path + ".mirror")
	switch {
	case o.salvage && errors.Is(err, fs.ErrNotExist) && mirror == nil:
		return nil
	case o.salvage && errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s cannot be read: %w, and it has no mirror. Nothing was changed. Check the path", o.name, bare(err))
	case err != nil:
		return fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path", o.name, bare(err))
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no ordinary file. Nothing was changed. Name a store file, a journal or a mirror, or - for a journal on standard input", o.name)
	}
	return nil
}

// spool copies standard input into a file, where it is what is restored from: a
// pipe cannot be read twice.
func (a *app) spool(ctx context.Context, o *origin, to string) error {
	if o.path != "-" {
		return nil
	}
	in, _, err := a.input(o.path)
	if err != nil {
		return err
	}
	o.path = to
	return errors.Join(copyTo(ctx, to, in), in.Close())
}

// bringHome makes a store at draft of what o holds.
func (a *app) bringHome(ctx context.Context, o *origin, draft string) (*salvagedJSON, error) {
	info, quick := boltfile.Quick(o.path)
	journal := errors.Is(quick, boltfile.ErrNotBolt)
	switch {
	case o.salvage:
		return a.salvageFrom(ctx, o, journal, draft)
	case !journal && quick != nil:
		return nil, fmt.Errorf("%s: %w. The store was not touched. `stet restore --salvage` takes what can be read of it", o.name, quick)
	}
	f, err := os.Open(o.path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path", o.name, bare(err))
	}
	defer f.Close() //nolint:errcheck // only read
	if !journal {   // what lies behind the pages in use is room alone, and a file with holes can have any amount of it
		newest, _ := info.Current()
		return nil, copyTo(ctx, draft, io.LimitReader(f, int64(newest.HighWater)*int64(info.PageSize)))
	}
	r, err := store.Rebuild(ctx, draft, a.tool(), f)
	if errors.Is(err, store.ErrForeign) {
		return nil, fmt.Errorf("%s is neither a store nor a journal of one. Nothing was changed. Name a backup or a .mirror", o.name)
	}
	if err != nil {
		return nil, err
	}
	for _, p := range r.Problems {
		if p.Where == "journal" { // what comes after that place is not in the draft
			return nil, &store.Error{
				Kind: store.ErrDamaged, What: fmt.Sprintf("%s is cut short or damaged after event %d: nothing behind that can be relied on", o.name, r.Events),
				Safe: "The store was not touched", Next: "`stet restore --salvage` takes what can be read of it",
			}
		}
		a.say("%s: %s", o.name, p)
	}
	if size, err := f.Seek(0, io.SeekEnd); err != nil || !store.EndsInOrder(f, size) {
		a.say("note: %s has no proper end, as a backup has and the mirror of a store that was closed: if more was saved after event %d, it is not in it", o.name, r.Events)
	}
	return nil, nil //nolint:nilnil // nothing had to be salvaged
}

// salvageFrom takes what can be read of a store and its mirror, or of a journal.
func (a *app) salvageFrom(ctx context.Context, o *origin, journal bool, draft string) (*salvagedJSON, error) {
	from := o.path
	if _, err := os.Lstat(from + ".mirror"); journal && err != nil { // it is a mirror itself, of a store that is not there
		from = draft + ".lost"
		in, err := os.Open(o.path)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path", o.name, bare(err))
		}
		if err := errors.Join(copyTo(ctx, from+".mirror", in), in.Close()); err != nil {
			return nil, err
		}
	}
	s, err := store.Salvage(ctx, from, draft, a.tool(), a.clock)
	if from != o.path && errors.Is(err, store.ErrDamaged) && s.Found == 0 {
		return nil, &store.Error{Kind: store.ErrDamaged, What: "no event could be read from " + o.name, Safe: "Nothing was changed", Next: "Restore a backup: `stet restore BACKUP`"}
	}
	if err != nil {
		return nil, err
	}
	if from != o.path {
		s.FromMirror = 0 // it is all there is
	}
	return salvagedOf(&s, draft), nil
}

// unwritten says what could not be written, in place of an error of the system that
// names a file which is gone already. What says all of it is left as it is.
func unwritten(what string, err error, safe, next string) error {
	var known *store.Error
	var system *fs.PathError
	if errors.As(err, &known) || !errors.As(err, &system) || system.Op == "read" || system.Op == "lstat" {
		return err
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) { // room is not what is wanting
		next = "You may not write there: have its owner change the rights, or name another place"
	}
	return fmt.Errorf("%s cannot be written: %w. %s. %s", what, system.Err, safe, next)
}

func copyTo(ctx context.Context, path string, in io.Reader) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, store.UntilTold(ctx, in))
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
