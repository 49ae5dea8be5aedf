package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/merge"
)

type mergeOptions struct {
	ssh    string
	dryRun bool
}

func newMerge(a *app) *cobra.Command {
	var o mergeOptions
	c := &cobra.Command{
		Use:   "merge OTHER | merge --ssh HOST",
		Short: "join the history of another store that was worked on apart",
		Long: `Joins what another store says into this one. OTHER is a store file, which may be
in use, a journal such as a mirror, or - for what ` + "`stet backup -`" + ` writes, on
standard input. With --ssh HOST the other is the store of stet on that machine:
ssh is run there with the words "stet backup -", and no shell here; a lead may
do the same with a machine that runs stet serve.

No statement wins because it is later. One gives way to another only where that
was made in knowledge of it: a copy that went on, a revision after it. Where one
person said two things apart, both stand: the second as "NAME (2)", a case for
the lead that stet audit shows and stet rule settles. Where two leads ruled
apart, neither ruling is in force until one rules again. Stores that merged each
other, in any order and as often as they like, say the same.

The other store is only read, from a copy that is proven from its first byte to
its last before anything is taken. Merged entries are in the log in the name of
their author with the verb merge; their reason names the other store, the size
of its log and its root, so both logs can still be verified. Times are kept
where the log of this store allows it; it never runs backwards. Undo takes no
merged entry back.

While it merges nobody else works on the store: its clock tells the times of the
other. Where another stet has it open already, what comes is dated now.

Assignments made apart add up, of two codebooks the one chosen last is in force,
and an article is finished where nobody took that back. The team stays as it is
here: another store makes nobody a lead. So do titles; differences are named.
Sentences that were cut further in one store are cut so here; cut in two ways,
they stay as here, and what was said of the other cut is named: then two stores
do not say the same.

In a team only a lead merges. Stopped midway, what was stored is whole; merging
again goes on. What this store cannot take is named; then the exit code is 1.

` + exitWords,
		Example: `  stet merge laptop.db
  stet merge --dry-run --ssh ana@desk
  ssh desk stet backup - | stet merge -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if o.ssh != "" {
				return exactArgs(0, "no file with --ssh")(cmd, args)
			}
			return exactArgs(1, "a store, a journal, or - for standard input")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runMerge(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.ssh, "ssh", "", "merge the store of stet on `HOST`")
	f.BoolVar(&o.dryRun, "dry-run", false, "say what would come and store nothing")
	f.SortFlags = false
	return c
}

func runMerge(ctx context.Context, a *app, o mergeOptions, args []string) (err error) {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	noRoom := func(err error) error {
		return unwritten(path, err, "The store was not touched", "Make room there, or name another store with --db")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return noRoom(err)
	}
	a.clearLeft(filepath.Dir(path), ".stet-merge-")
	dir, err := os.MkdirTemp(filepath.Dir(path), ".stet-merge-*")
	if err != nil {
		return noRoom(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	draft, from := filepath.Join(dir, "stet.db"), o.ssh
	switch {
	case o.ssh != "":
		err = a.overSSH(ctx, o.ssh, draft)
	case args[0] == "-":
		from = "standard input"
		err = merge.FromStream(ctx, untilDone(ctx, io.NopCloser(a.stdin)), draft, a.tool())
	default:
		from = args[0]
		err = merge.FromFile(ctx, from, draft, a.tool())
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err() // what came until then says nothing of the rest
	case err != nil:
		return notCopied(from, dir, err, noRoom)
	}
	bar := a.progress("proving")
	other, err := merge.Open(ctx, draft, a.tool(), a.clock, bar.at)
	bar.end()
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	return a.mergeFrom(ctx, o, other, from)
}

// notCopied explains why the other store could not be copied into a folder: it could not be
// read, or the folder could not be written to.
func notCopied(from, folder string, err error, noRoom func(error) error) error {
	var system *fs.PathError
	switch {
	case errors.As(err, new(*store.Error)) || !errors.As(err, &system):
		return fmt.Errorf("%s: %w", from, err)
	case strings.HasPrefix(system.Path, folder):
		return noRoom(err)
	}
	return fmt.Errorf("%s cannot be read: %w. Nothing was changed. Check the path, and whether you may read it", from, system.Err)
}

// mergeFrom merges a proven copy and prints the receipt. The store's clock can be
// set, so that what comes keeps its time; a dry run makes no store.
func (a *app) mergeFrom(ctx context.Context, o mergeOptions, other store.Store, from string) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	clock := &setClock{real: a.clock}
	d, err := a.openAt(ctx, "merge", store.Options{Path: set.db.value, Wait: a.flags.wait, Create: !o.dryRun, Trial: true, Clock: clock.now})
	if err != nil {
		return err
	}
	d.heed(ctx)
	if d.attached() {
		a.say("note: another stet has the store open: what is merged is dated now. Quit it first to keep the times")
	}
	before, err := d.Stat(ctx)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	bar := a.progress("merging")
	r, err := merge.Merge(ctx, d.Store, other, merge.Options{
		Lead: d.session.Actor, Tool: a.tool(), DryRun: o.dryRun, Now: a.clock(), SetClock: clock.set, Progress: bar.at,
	})
	bar.end()
	if err == nil {
		err = d.mergeReceipt(ctx, &r, from)
	} else if now, wrong := d.Stat(context.WithoutCancel(ctx)); wrong == nil && now.Events > before.Events {
		d.changed = true
		err = d.soFar(err, "What was merged before is saved; merging again goes on")
	}
	return errors.Join(err, d.unread, d.Close())
}

func (d *desk) mergeReceipt(ctx context.Context, r *merge.Receipt, from string) error {
	for i := range r.LeftOut {
		r.LeftOut[i].Why = ofOne(errors.New(r.LeftOut[i].Why))
	}
	if d.flags.json {
		if err := d.printJSON(r); err != nil {
			return err
		}
	} else if err := d.mergeText(ctx, r, from); err != nil {
		return err
	}
	n := len(r.LeftOut)
	switch {
	case n == 0:
		return nil
	case r.DryRun:
		return &foundError{exitFailed, plural(n, "entry") + " would be left out. " + nothingChanged}
	}
	there := 0
	for _, t := range []merge.Tally{r.Articles, r.Annotations, r.Rulings, r.Evidence, r.Settings} {
		there += t.Taken + t.Known
	}
	return &foundError{exitFailed, leftOut(n, there > 0)}
}

func (d *desk) mergeText(ctx context.Context, r *merge.Receipt, from string) error {
	verb := "taken"
	if r.DryRun {
		verb = "to take"
	}
	for _, t := range []struct {
		name string
		merge.Tally
	}{{"article", r.Articles}, {"annotation", r.Annotations}, {"ruling", r.Rulings}, {"evidence item", r.Evidence}, {"setting", r.Settings}} {
		if t.In == 0 && t.Taken == 0 {
			continue
		}
		if err := d.print("%s: %s in, %d %s, %d known", from, plural(t.In, t.name), t.Taken, verb, t.Known); err != nil {
			return err
		}
	}
	for i := range r.Conflicts {
		if err := d.print("conflict: %s", d.conflictWords(ctx, &r.Conflicts[i])); err != nil {
			return err
		}
	}
	for _, x := range r.Differences {
		where := x.Article
		if where != "" {
			where += ": "
		}
		d.say("differs: %s%s", where, x.What)
	}
	for _, x := range r.LeftOut {
		d.say("left out: %s: %s", x.Where, x.Why)
	}
	if r.Redated > 0 && !r.DryRun {
		d.say("%s dated now: the store's log is past the time in the other", plural(r.Redated, "entry"))
	}
	if len(r.Conflicts) > 0 && !r.DryRun {
		d.say("%s for a lead. `stet audit` shows them, `stet rule` settles them", plural(len(r.Conflicts), "case"))
	}
	return nil
}

func (d *desk) conflictWords(ctx context.Context, c *merge.Conflict) string {
	where := fmt.Sprintf("%s %s", c.Article, placeWords(d.number(ctx, c.Key, c.Sentence), c.Sentence))
	if c.Kind == "ruling" {
		return fmt.Sprintf("%s: ruled apart by %s; no ruling is in force", where, strings.Join(c.Names, " and "))
	}
	return fmt.Sprintf("%s: what %s said apart stands as %s", where, c.Reviewer, strings.Join(c.Names, " and "))
}

// overSSH makes a copy at draft of the store on another machine. No shell is
// asked here, and over there the words are always the same.
func (a *app) overSSH(ctx context.Context, host, draft string) error {
	if strings.HasPrefix(host, "-") || strings.ContainsFunc(host, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return usage("%q is no host", host)
	}
	program, err := exec.LookPath("ssh")
	if err != nil {
		return fmt.Errorf("ssh is not installed: %w. Nothing was changed. Make a copy there with `stet backup` and merge that", err)
	}
	c := exec.CommandContext(ctx, program, "-T", "--", host, "stet", "backup", "-")
	talk := &visibleLines{to: a.stderr}
	c.Stderr = talk
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	err = merge.FromStream(ctx, out, draft, a.tool())
	out.Close() //nolint:errcheck // it may have more to say than anybody reads
	ended := c.Wait()
	talk.flush()
	switch failed := (*exec.ExitError)(nil); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(ended, &failed) && failed.ExitCode() > 0: // then what came is no store, either
		return fmt.Errorf("`stet backup -` failed over there: %w. Nothing was changed. Try `ssh %s stet list`", ended, show(host))
	case err == nil:
		return ended
	}
	return err
}

// visibleLines passes on what another program says, a line at a time, with
// nothing in it that could command a terminal.
type visibleLines struct {
	to   io.Writer
	line []byte
}

// Write implements [io.Writer].
func (v *visibleLines) Write(b []byte) (int, error) {
	const most = 4 << 10
	v.line = append(v.line, b...)
	for {
		i := bytes.IndexByte(v.line, '\n')
		if i < 0 && len(v.line) < most {
			return len(b), nil
		}
		if i < 0 {
			i = len(v.line) - 1
		}
		fmt.Fprintln(v.to, annotations.Visible(strings.TrimRight(string(v.line[:i+1]), "\r\n"))) //nolint:errcheck // talk
		v.line = v.line[i+1:]
	}
}

// flush passes on what is left of a last line.
func (v *visibleLines) flush() {
	if len(v.line) > 0 {
		fmt.Fprintln(v.to, annotations.Visible(string(v.line))) //nolint:errcheck // talk
		v.line = nil
	}
}
