package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

func newLoad(a *app) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "load FILE…",
		Short: "take in annotations: stet's own files, and those of other programs",
		Long: `Reads files (- for standard input) and brings articles, codebooks, evidence,
annotations and rulings into the store, each under the name of who said it:
stet's own JSON, W3C Web Annotation, doccano, Label Studio, Prodigy, brat,
WebAnno TSV, SLATE, and the CSV or TSV table. The format is recognised, or named
by --format. Give files that belong together in one command: .ann with .txt and
annotation.conf, a text with its .annotations. A .txt beside other files is the
text of the article that they name, for a store that does not have it yet: it is
then cut into the sentences that the files give, else by the rules. Where the
store cuts a text otherwise, what was said goes to the sentences that stand in
both, and the rest is named. A link to another article leads to the words that
were meant there, however that article is cut here.

Quoted words are compared with the text; a span that does not fit is tried in
the other units, and a repair is named. What the store has already is left
alone, so a file can be loaded twice. Where the store has something else, the
later of the two stands; a file of another program adds to what is there and
takes nothing off, since it may not hold the rest.

Times are kept where the store's log allows it: it never runs backwards, so in a
store that is in use what is loaded is dated now; so it is while another stet
has the store open. Revision numbers are kept; the revisions before the last are
not in a file, and their places say so in the history. A history in the file is
not replayed: each store keeps its own. It is checked, though: where it is a
store's whole history of an article, numbers, chain and hashes must hold, and
the annotations must be those it ends with, or the article is left out.

The receipt says for each file what it holds (in) and what the store took or had
(out), and lists with line and path what was left out. Then the exit code is 1.

` + exitWords,
		Example: `  stet load desk.json
  stet load harbour.ann harbour.txt annotation.conf
  stet export --format json | stet --db copy.db load -`,
		Args: minArgs(1, "the names of files, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return runLoad(cmd.Context(), a, format, args) },
	}
	c.Flags().StringVar(&format, "format", "", "the format's `NAME`; default: recognised")
	return c
}

// loadReceipt is what became of one file.
type loadReceipt struct {
	File        string        `json:"file"`
	Articles    loadTally     `json:"articles"`
	Pieces      int           `json:"pieces,omitempty"` // labels, spans and notes of another program's file
	Annotations loadTally     `json:"annotations"`
	Rulings     loadTally     `json:"rulings"`
	Evidence    loadTally     `json:"evidence"`
	History     *historyTally `json:"history,omitempty"` // a history in the file, which is not replayed
	Redated     int           `json:"redated"`           // dated now, since the log is past their time
	Left        []problemJSON `json:"left"`              // left aside by rule: predictions, skipped answers
	Repaired    []problemJSON `json:"repaired"`          // taken after a correction
	Rejected    []problemJSON `json:"rejected"`          // left out
	files       []string      // of another program, where they are several
}

type loadTally struct {
	In    int `json:"in"`    // in the file
	New   int `json:"new"`   // stored now
	Known int `json:"known"` // in the store already, the same
}

// historyTally says how far the events of a native file were proved.
type historyTally struct {
	In      int `json:"in"`
	Proved  int `json:"proved"`  // their hashes are those of what they say
	ByPlace int `json:"byPlace"` // held by the links of their chain alone
}

// String puts it into words.
func (h *historyTally) String() string {
	switch open := h.In - h.Proved - h.ByPlace; {
	case open == h.In:
		return plural(h.In, "event") + " of history, not proved: no store vouches for them in the file"
	case open > 0:
		return fmt.Sprintf("%s of history: %d proved by hash, %d by place, %d not", plural(h.In, "event"), h.Proved, h.ByPlace, open)
	case h.ByPlace > 0:
		return fmt.Sprintf("%s of history: they hold, %d by hash, %d by place in the chain alone", plural(h.In, "event"), h.Proved, h.ByPlace)
	}
	return plural(h.In, "event") + " of history: they hold, each by its hash"
}

type problemJSON struct {
	Line int    `json:"line,omitempty"`
	Path string `json:"path,omitempty"`
	Msg  string `json:"msg"`
}

// empty reports whether there was nothing in the file.
func (r *loadReceipt) empty() bool {
	return r.Pieces+r.Articles.In+r.Annotations.In+r.Rulings.In+r.Evidence.In+len(r.Left)+len(r.Repaired)+len(r.Rejected) == 0
}

func (r *loadReceipt) reject(path, format string, args ...any) {
	r.Rejected = append(r.Rejected, problemJSON{Path: path, Msg: fmt.Sprintf(format, args...)})
}

// in is the file that a problem is in, and the problem without its name. Of several
// files that were read together, only one is at fault.
func (r *loadReceipt) in(p problemJSON) (string, interchange.Problem) {
	for _, name := range r.files {
		rest, ok := strings.CutPrefix(p.Path, filepath.Base(name))
		if after, more := strings.CutPrefix(rest, ": "); ok && (more || rest == "") {
			p.Path = after
			return name, interchange.Problem(p)
		}
	}
	return r.File, interchange.Problem(p)
}

func runLoad(ctx context.Context, a *app, format string, files []string) error {
	groups, texts, failed, err := a.groupFiles(ctx, format, files)
	if err != nil {
		return err
	}
	// Stet's own files go first: who makes an article of another's knows less of it.
	slices.SortStableFunc(groups, func(x, y *loadGroup) int { return cmp.Compare(x.order(), y.order()) })
	receipts := []*loadReceipt{}
	if len(groups) > 0 {
		err := a.withLoading(ctx, func(l *loading) error {
			l.texts = texts
			var read []*loadGroup
			for _, g := range groups {
				if g.dialect != nil {
					switch err := l.readForeign(ctx, g); {
					case err != nil && ctx.Err() != nil:
						return ctx.Err() // the file is not at fault
					case err != nil:
						failed++
						sayError(a.environment, err)
						continue
					}
				}
				l.read = append(l.read, g.export)
				read = append(read, g)
				receipts = append(receipts, g.receipt)
			}
			return l.all(ctx, read)
		})
		if err != nil && a.changed { // what was stored before is counted all the same
			return errors.Join(a.soFar(err, "What the receipt counts is saved; load the files again to go on: what is there stays as it is"), a.printReceipts(receipts))
		}
		if err != nil {
			return err
		}
	}
	return a.loaded(receipts, failed)
}

// readNative reads a file in stet's own format. What is wrong with parts of it is
// in the receipt.
func readNative(name string, data []byte) (*interchange.Export, *loadReceipt, error) {
	e, r, err := interchange.ReadJSON(bytes.NewReader(data))
	if err != nil {
		return nil, nil, wholeFile([]string{name}, err, "Give an export in the json format")
	}
	return e, receiptFor([]string{name}, r), nil
}

// wholeFile says why a file, or files that are read together, were refused as a whole.
func wholeFile(names []string, err error, next string) error {
	var wrong *interchange.FileError
	if !errors.As(err, &wrong) {
		return err
	}
	var lines []string
	for _, p := range wrong.Problems {
		p.Path = inside(names, p.Path)
		lines = append(lines, called(names)+": "+p.String())
	}
	return errors.New(strings.Join(lines, "\n") + ". Nothing of it was loaded. " + next)
}

// inside is the path of a problem in a file of that name: it need not be named
// twice. Of several, it says which.
func inside(names []string, path string) string {
	if len(names) == 1 && path == filepath.Base(names[0]) {
		return ""
	}
	return path
}

func receiptFor(names []string, r *interchange.Receipt) *loadReceipt {
	out := &loadReceipt{
		File: called(names), Articles: loadTally{In: r.Articles.In}, Annotations: loadTally{In: r.Annotations.In},
		Rulings: loadTally{In: r.Rulings.In}, Evidence: loadTally{In: r.Evidence.In},
		Left: []problemJSON{}, Repaired: []problemJSON{}, Rejected: []problemJSON{},
	}
	if r.Events.In > 0 {
		out.History = &historyTally{r.Events.In, r.Proved, r.ByPlace}
	}
	for _, list := range []struct {
		from []interchange.Problem
		to   *[]problemJSON
	}{{r.Left, &out.Left}, {r.Repaired, &out.Repaired}, {r.Rejected, &out.Rejected}} {
		for _, p := range list.from {
			p.Path = inside(names, p.Path)
			*list.to = append(*list.to, problemJSON(p))
		}
	}
	return out
}

// sayProblems names what of a file was not taken as it stood.
func (a *app) sayProblems(r *loadReceipt) {
	for _, p := range r.Left {
		file, what := r.in(p)
		a.say("%s: not taken: %s", file, what)
	}
	for _, p := range r.Repaired {
		file, what := r.in(p)
		a.say("%s: corrected: %s", file, what)
	}
	for _, p := range r.Rejected {
		file, what := r.in(p)
		sayError(a.environment, fmt.Errorf("%s: left out: %s", file, what))
	}
}

// printReceipts prints what became of each file.
func (a *app) printReceipts(receipts []*loadReceipt) error {
	if a.flags.json {
		return a.printJSON(receipts)
	}
	for _, r := range receipts {
		if r.Pieces > 0 {
			if err := a.print("%s: %s read", r.File, plural(r.Pieces, "piece")); err != nil {
				return err
			}
		}
		for _, t := range []struct {
			name string
			loadTally
		}{{"article", r.Articles}, {"annotation", r.Annotations}, {"ruling", r.Rulings}, {"evidence item", r.Evidence}} {
			if t.In == 0 && t.New == 0 && t.Known == 0 {
				continue
			}
			if err := a.print("%s: %s in, %d out (%d new, %d known)", r.File, plural(t.In, t.name), t.New+t.Known, t.New, t.Known); err != nil {
				return err
			}
		}
		if r.empty() {
			a.say("%s: it holds nothing to load", r.File)
		}
		if r.History != nil {
			a.say("%s: %s", r.File, r.History)
		}
		a.sayProblems(r)
		if r.Redated > 0 {
			a.say("%s: %s dated now: the store's log is past the time in the file, or that time is yet to come", r.File, plural(r.Redated, "change"))
		}
	}
	return nil
}

// loaded prints the receipts and settles the exit code.
func (a *app) loaded(receipts []*loadReceipt, failed int) error {
	if err := a.printReceipts(receipts); err != nil {
		return err
	}
	rejected, there := 0, 0
	for _, r := range receipts {
		rejected += len(r.Rejected)
		for _, t := range []loadTally{r.Articles, r.Annotations, r.Rulings, r.Evidence} {
			there += t.New + t.Known
		}
	}
	switch {
	case failed > 0:
		rest := "nothing was loaded"
		if len(receipts) > 0 {
			rest = fmt.Sprintf("%d loaded. What was loaded is saved", len(receipts))
		}
		return &foundError{exitFailed, fmt.Sprintf("%s could not be read, %s", plural(failed, "file"), rest)}
	case rejected > 0:
		return &foundError{exitFailed, leftOut(rejected, there > 0 || a.changed) + ". Mend what is named and load it again: what is there stays as it is"}
	}
	return nil
}

// withLoading opens the store with a clock that can be set, so that what is
// loaded keeps its time.
func (a *app) withLoading(ctx context.Context, fn func(*loading) error) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	clock := &setClock{real: a.clock}
	d, err := a.openAt(ctx, "load", store.Options{Path: set.db.value, Wait: a.flags.wait, Create: true, Trial: true, Clock: clock.now})
	if err != nil {
		return err
	}
	d.heed(ctx)
	l := &loading{desk: d, clock: clock, sessions: map[string]*store.Session{}, others: map[annotations.ArticleID]*annotations.Article{}, dated: d.attached()}
	if l.dated {
		a.say("note: another stet has the store open: what is loaded is dated now. Quit it first to keep the times")
	}
	err = l.start(ctx)
	if err == nil {
		err = fn(l)
	}
	clock.set(a.clock())
	clock.release()
	return errors.Join(err, d.Close())
}
