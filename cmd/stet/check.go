package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

type checkOptions struct {
	deep    bool
	salvage string
}

func newCheck(a *app) *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check",
		Short: "is the file whole, and does it say what its log says?",
		Long: `Looks at every page of the file by plain reads, so that a damaged file cannot
crash the program, and then, if it can be opened, reads the whole log: every
hash, every chain, the root of the tree, and everything derived from the log is
computed again and compared.

Damage is named by page, with what the page holds and what to do. With --deep
the mirror beside the file is replayed from its first event and compared, too,
and all of it is done in a process of its own, with limits on time and memory.
With --salvage whatever can still be read of the file and its mirror goes into a
new store at OUT; every record must prove itself by its hash. The damaged file
is never written to.

` + exitWords,
		Example: `  stet check
  stet check --db old.db --salvage rescued.db`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.deep && a.apart != nil && !store.Confined() {
				return checkApart(cmd, a)
			}
			return runCheck(cmd.Context(), a, o)
		},
	}
	f := c.Flags()
	f.BoolVar(&o.deep, "deep", false, "compare with the mirror, too")
	f.StringVar(&o.salvage, "salvage", "", "make a new store at `OUT` of what can be read")
	f.SortFlags = false
	return c
}

// checked is what a check found.
type checked struct {
	Path     string        `json:"path"`
	OK       bool          `json:"ok"`
	Pages    *pagesJSON    `json:"pages,omitempty"` // absent when there was nothing to walk
	Log      *logJSON      `json:"log,omitempty"`   // absent when the file cannot be opened
	Mirror   *logJSON      `json:"mirror,omitempty"`
	Problems []string      `json:"problems"`
	Warnings []string      `json:"warnings"`
	Next     string        `json:"next,omitempty"`
	Salvage  *salvagedJSON `json:"salvage,omitempty"`
}

type pagesJSON struct {
	Size    int64  `json:"size"` // bytes
	Page    int    `json:"pageSize"`
	Pages   uint64 `json:"pages"`
	Free    uint64 `json:"free"`
	Leaked  uint64 `json:"leaked"`
	Records uint64 `json:"records"`
}

type logJSON struct {
	Events   uint64   `json:"events"`
	Articles int      `json:"articles"`
	Blobs    int      `json:"blobs"`
	Seal     sealJSON `json:"seal"`
}

type salvagedJSON struct {
	Path       string   `json:"path"`
	Found      int      `json:"found"`
	FromMirror int      `json:"fromMirror"`
	Verbatim   int      `json:"verbatim"`
	Recovered  int      `json:"recovered"`
	Lost       int      `json:"lost"`
	Unplaced   []string `json:"unplaced"`
}

// checkApart does what was asked in a process of its own: nothing that damage does
// to it reaches this one, and it ends.
func checkApart(cmd *cobra.Command, a *app) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	args := []string{"check"}
	cmd.Flags().Visit(func(f *pflag.Flag) { args = append(args, "--"+f.Name+"="+f.Value.String()) })
	code, err := a.apart(cmd.Context(), store.LimitsFor(set.db.value), args, a.stdout, a.stderr)
	if err != nil || code == exitOK {
		return err
	}
	return &foundError{code: code} // it has said why
}

func runCheck(ctx context.Context, a *app, o checkOptions) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	c := &checked{Path: path, Problems: []string{}, Warnings: []string{}}
	d, err := a.open(ctx, "check", false)
	switch {
	case errors.Is(err, store.ErrDamaged):
		// It cannot be opened, and nobody else has it: its pages are looked at below.
	case err != nil:
		return err
	}
	if perr := c.pages(ctx, a, path); perr != nil {
		err = errors.Join(err, perr)
	}
	if d != nil {
		err = errors.Join(err, c.log(ctx, d, path, o), d.Close())
	}
	if err != nil && !errors.Is(err, store.ErrDamaged) && !errors.Is(err, boltfile.ErrDamaged) {
		return err
	}
	if err != nil && len(c.Problems) == 0 {
		c.Problems = append(c.Problems, err.Error())
	}
	c.OK = len(c.Problems) == 0
	if !c.OK {
		c.Next = "Do not write to it. `stet restore --previous` goes back to what it held before its last save; `stet check --salvage NEW` takes out what can be read; `stet restore` puts that, a backup or the mirror in its place. Each keeps this file"
	}
	var lost error
	if o.salvage != "" {
		lost = c.salvage(ctx, a, path, o.salvage)
	}
	return errors.Join(lost, c.report(a))
}

// pages looks at the file by plain reads. The lock is either held by this run
// or was just found free.
func (c *checked) pages(ctx context.Context, a *app, path string) error {
	bar := a.progress("pages")
	defer bar.end()
	r, err := boltfile.CheckFile(ctx, path, boltfile.Options{Progress: bar.at})
	damages := 0
	for _, p := range r.Problems {
		line := strings.TrimPrefix(strings.TrimPrefix(p.String(), "damage, "), "warning, ")
		if p.Warning {
			c.Warnings = append(c.Warnings, line)
		} else {
			c.Problems = append(c.Problems, line)
			damages++
		}
	}
	more := max(r.Damages()-damages, 0) // of those that are not listed: a warning is no damage, however many there are
	if more > 0 {
		c.Problems = append(c.Problems, fmt.Sprintf("and %s more", plural(more, "problem")))
	}
	if n := r.Omitted - more; n > 0 {
		c.Warnings = append(c.Warnings, fmt.Sprintf("and %d more", n))
	}
	if err == nil {
		c.Pages = &pagesJSON{Size: r.Info.Size, Page: r.Info.PageSize, Pages: r.Info.Pages(), Free: r.FreePages, Leaked: r.LeakedPages, Records: r.Records}
	}
	return err
}

// log compares everything with the log, and the mirror when that is wanted.
func (c *checked) log(ctx context.Context, d *desk, path string, o checkOptions) error {
	bar := d.progress("log")
	r, err := d.Verify(ctx, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	c.Log = reportOf(&r)
	c.take("", &r)
	if !o.deep {
		return nil
	}
	return c.mirror(ctx, d, path+".mirror")
}

func reportOf(r *store.Report) *logJSON {
	return &logJSON{Events: r.Events, Articles: r.Articles, Blobs: r.Blobs, Seal: sealOf(r.Seal)}
}

func (c *checked) take(where string, r *store.Report) {
	for _, p := range r.Problems {
		c.Problems = append(c.Problems, where+p.String())
	}
	if r.More > 0 {
		c.Problems = append(c.Problems, fmt.Sprintf("%sand %s more", where, plural(r.More, "problem")))
	}
}

// mirror replays the mirror into a throw-away store. It may lag behind the
// log, which is no damage; what it has must be what the log has.
func (c *checked) mirror(ctx context.Context, d *desk, path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		c.Warnings = append(c.Warnings, "there is no mirror beside the file; the next save starts one")
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	dir, err := throwAway("stet-check-*")
	if err != nil {
		c.Warnings = append(c.Warnings, "the mirror was not looked at: "+err.Error())
		return nil
	}
	defer os.RemoveAll(dir) //nolint:errcheck // throw-away
	r, err := store.Rebuild(ctx, filepath.Join(dir, "mirror.db"), d.tool(), f)
	var system *fs.PathError
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err() // that nothing stands against the mirror is not known yet
	case errors.Is(err, store.ErrFull), errors.As(err, &system) && strings.HasPrefix(system.Path, dir):
		c.Warnings = append(c.Warnings, fmt.Sprintf("the mirror was not looked at, as there is no room for a copy in %s. It may be in order: leave it. Make room there, or set TMPDIR to another folder, and check again", filepath.Dir(dir)))
		return nil
	case err != nil:
		c.Warnings = append(c.Warnings, fmt.Sprintf("the mirror cannot be replayed: %v. The store itself is not touched by that; remove the mirror and the next save starts a new one", err))
		return nil
	}
	c.Mirror = reportOf(&r)
	for _, p := range r.Problems {
		if p.Where == "journal" { // its end may lag behind after a crash; what comes after a place that is hurt is lost to a restore
			c.Warnings = append(c.Warnings, fmt.Sprintf("the mirror is cut short or damaged after event %d. The store itself is not touched by that; remove the mirror and the next save starts a new one", r.Events))
			continue
		}
		c.Warnings = append(c.Warnings, "mirror: "+p.String())
	}
	root, err := d.rootAt(ctx, r.Events)
	if err != nil {
		return err
	}
	if root != r.Seal.Root {
		c.Problems = append(c.Problems, fmt.Sprintf("mirror: its first %d events are not those of the log: one of the two was changed", r.Events))
	}
	return nil
}

func (c *checked) salvage(ctx context.Context, a *app, from, to string) error {
	s, err := store.Salvage(ctx, from, to, a.tool(), a.clock)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s is there already and was not touched. Name another place with --salvage", to)
		}
		return unwritten(to, err, "The store was only read", "Name another place with --salvage")
	}
	c.Salvage = salvagedOf(&s, to)
	return nil
}

func salvagedOf(s *store.Salvaged, to string) *salvagedJSON {
	out := &salvagedJSON{
		Path: to, Found: s.Found, FromMirror: s.FromMirror, Verbatim: s.Verbatim, Recovered: s.Recovered,
		Lost: len(s.Lost) + s.LostMore, Unplaced: []string{},
	}
	for _, p := range append(s.Put, s.Problems...) {
		out.Unplaced = append(out.Unplaced, p.String())
	}
	return out
}

// words says what was brought home.
func (s *salvagedJSON) words() string {
	w := fmt.Sprintf("%s found (%d of them in the mirror only), %d stored as they were, %d in new entries because one before them is lost; at least %d lost",
		plural(s.Found, "event"), s.FromMirror, s.Verbatim, s.Recovered, s.Lost)
	if n := len(s.Unplaced); n > 0 {
		w += fmt.Sprintf("; %d could not be placed", n)
	}
	return w
}

func (c *checked) report(a *app) error {
	if a.flags.json {
		if err := a.printJSON(c); err != nil {
			return err
		}
	} else if err := c.text(a); err != nil {
		return err
	}
	if c.OK {
		return nil
	}
	return &foundError{exitDamage, fmt.Sprintf("%s is damaged. Nothing was written to it. %s", c.Path, c.Next)}
}

func (c *checked) text(a *app) error {
	var lines []string
	if p := c.Pages; p != nil {
		lines = append(lines, fmt.Sprintf("pages: %d of %d bytes each, %d free, %s", p.Pages, p.Page, p.Free, plural(int(p.Records), "record")))
	}
	if l := c.Log; l != nil {
		lines = append(lines, fmt.Sprintf("log: %s, %s, %s; root %s", plural(int(l.Events), "event"), plural(l.Articles, "article"), plural(l.Blobs, "blob"), l.Seal.Root))
	}
	if l := c.Mirror; l != nil {
		lines = append(lines, fmt.Sprintf("mirror: %s, root %s", plural(int(l.Events), "event"), l.Seal.Root))
	}
	for _, p := range c.Problems {
		lines = append(lines, "damage: "+p)
	}
	for _, w := range c.Warnings {
		lines = append(lines, "note: "+w)
	}
	if s := c.Salvage; s != nil {
		lines = append(lines, "salvaged into "+s.Path+": "+s.words())
		for _, u := range s.Unplaced {
			lines = append(lines, "  "+u)
		}
	}
	if c.OK {
		lines = append(lines, c.Path+" is whole")
	}
	for _, l := range lines {
		if err := a.print("%s", l); err != nil {
			return err
		}
	}
	return nil
}
