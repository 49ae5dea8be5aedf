package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/charmbracelet/x/term"
	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/tui"
)

type compareOptions struct {
	jsonl  bool
	html   string
	all    bool
	quotes bool
	source string
}

func newCompare(a *app) *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "an original and its rewrite: what was kept, changed, left out",
		Long: `Says of each sentence of B, the rewrite, which sentences of A it rests on, and
names what changed on the way: quotations altered or dropped, sources dropped,
added or changed, hedges, denials, numbers, cues, outlets. Then what of A was
left out, with its tags, and which claims lost what vouched for them. A and B
are files, or articles of the store. Tags are the reviewers'; a sentence that
nobody tagged has a suggestion, marked ~.

On a terminal it is a screen: space goes from change to change, n from kind to
kind, f shows some only, enter opens a sentence in review. In a pipe, with
--plain, --html or --json it prints.

With --jsonl there are no arguments: the input has one object a line, {"id",
"a":{"text","sentences"?},"b":{…}}, and so has the output: {"id","links":[{"b",
"from"}],"changes":[{"b","type","was","now"}],"left_out","orphans"?}. There and
in --json sentences count from 0; positions are bytes.

Over the whole store: --all lists the pairs of articles that share text,
--quotes the quotations that articles give in different words, --source NAME the
sentences that rest on a source.

` + exitWords,
		Example: `  stet compare original.txt rewrite.txt
  stet compare cnn-2025 other-2025 --html report.html
  stet compare --all
  stet compare --source UNODC --json`,
		Args: func(cmd *cobra.Command, args []string) error { return o.check(cmd, args) },
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			switch {
			case o.jsonl:
				return compareLines(ctx, a)
			case o.all:
				return compareAll(ctx, a)
			case o.quotes:
				return compareQuotes(ctx, a)
			case o.source != "":
				return compareSource(ctx, a, o.source)
			}
			return runCompare(ctx, a, o, args[0], args[1])
		},
	}
	f := c.Flags()
	f.StringVar(&o.html, "html", "", "write the report as a page to `FILE`; - for standard output")
	f.BoolVar(&o.all, "all", false, "the pairs of articles of the store that share text")
	f.BoolVar(&o.quotes, "quotes", false, "the quotations that articles of the store give in different words")
	f.StringVar(&o.source, "source", "", "the sentences of the store that rest on the source `NAME`")
	f.BoolVar(&o.jsonl, "jsonl", false, "many pairs: one JSON object a line, in and out")
	f.SortFlags = false
	return c
}

// check refuses flags that do not go together.
func (o *compareOptions) check(cmd *cobra.Command, args []string) error {
	modes := 0
	for _, f := range []string{"all", "quotes", "source", "jsonl"} {
		if cmd.Flags().Changed(f) {
			modes++
		}
	}
	switch {
	case modes > 1:
		return usage("--all, --quotes, --source and --jsonl are four different questions: ask one")
	case modes == 1 && o.html != "":
		return usage("--html shows one pair: give A and B")
	case cmd.Flags().Changed("source") && align.Fold(o.source) == "":
		return usage("--source names nobody")
	case o.jsonl:
		return exactArgs(0, "no arguments with --jsonl: pairs come on standard input")(cmd, args)
	case modes == 1:
		return exactArgs(0, "no arguments: it looks at the whole store")(cmd, args)
	}
	return exactArgs(2, "an original and a rewrite")(cmd, args)
}

func compareLines(ctx context.Context, a *app) error {
	return a.eachLine(ctx, a.stdin, "standard input", `{"id":…,"a":{"text":"…"},"b":{"text":"…"}}`, func(line []byte) ([]byte, error) {
		var raw struct {
			ID json.RawMessage `json:"id"`
			A  json.RawMessage `json:"a"`
			B  json.RawMessage `json:"b"`
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			return nil, lineFault(err)
		}
		if len(raw.ID) == 0 {
			raw.ID = json.RawMessage("null")
		}
		name := raw.ID // for messages; the answer has the ID as it came
		if raw.ID[0] != '"' {
			var err error
			if name, err = json.Marshal(string(raw.ID)); err != nil {
				return nil, err
			}
		}
		sides, err := json.Marshal(map[string]json.RawMessage{"id": name, "a": orNull(raw.A), "b": orNull(raw.B)})
		if err != nil {
			return nil, err
		}
		var p align.Pair
		if err := json.Unmarshal(sides, &p); err != nil {
			return nil, lineFault(err)
		}
		if err := align.TooLong(p.A, p.B); err != nil {
			return nil, err
		}
		out, err := json.Marshal(align.Compare(p.A, p.B))
		return withID(out, raw.ID), err
	})
}

func orNull(b json.RawMessage) json.RawMessage {
	if len(b) == 0 {
		return json.RawMessage("null")
	}
	return b
}

func runCompare(ctx context.Context, a *app, o compareOptions, one, two string) error {
	if o.html == "" && !a.flags.json && a.noScreen() == "" {
		return compareScreen(ctx, a, one, two)
	}
	original, _, err := a.compared(ctx, one)
	if err != nil {
		return err
	}
	rewrite, _, err := a.compared(ctx, two)
	if err != nil {
		return err
	}
	if err := align.TooLong(original.Side, rewrite.Side); err != nil {
		return err
	}
	r := report.New(original, rewrite)
	if o.html != "" {
		if err := a.comparePage(o.html, r); err != nil || !a.flags.json || o.html == "-" {
			return err
		}
	}
	if a.flags.json {
		return a.compareJSON(r)
	}
	return written(r.WriteText(a.stdout, report.Style{Width: a.columns(), Cells: displaywidth.String, Paint: a.paint}))
}

// compareScreen shows the two texts on the screen. Two files need no store of the
// reviewer's: they are shown over one that is thrown away.
func compareScreen(ctx context.Context, a *app, one, two string) error {
	if isFile(one) && isFile(two) {
		return compareFiles(ctx, a, one, two)
	}
	missing := two
	if !isFile(one) {
		missing = one
	}
	return a.noFileEither(missing, a.withStore(ctx, "compare", false, func(d *desk) error {
		var c tui.Comparison
		var err error
		if c.A, c.AID, err = d.comparedHere(ctx, one); err != nil {
			return err
		}
		if c.B, c.BID, err = d.comparedHere(ctx, two); err != nil {
			return err
		}
		if err := align.TooLong(c.A.Side, c.B.Side); err != nil {
			return err
		}
		return d.screen(ctx, annotations.Desk, func(s *tui.Options) { s.Compare = &c })
	}))
}

func compareFiles(ctx context.Context, a *app, one, two string) (err error) {
	c := tui.Comparison{Alone: true}
	if c.A, err = comparedFile(ctx, one); err != nil {
		return err
	}
	if c.B, err = comparedFile(ctx, two); err != nil {
		return err
	}
	if err := align.TooLong(c.A.Side, c.B.Side); err != nil {
		return err
	}
	dir, err := throwAway("stet-compare-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := a.openAt(ctx, "compare", store.Options{Path: filepath.Join(dir, "compare.db"), Create: true, NoSync: true, Clock: a.clock})
	if err != nil {
		return err
	}
	return errors.Join(d.screen(ctx, annotations.Desk, func(s *tui.Options) { s.Compare = &c }), d.Close())
}

// compareJSON writes the line of --jsonl with the figures and groups behind it.
func (a *app) compareJSON(r *report.Report) error {
	raw, err := json.Marshal(r.Result)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	type group struct {
		B []int `json:"b"`
		A []int `json:"a"`
	}
	more := struct {
		Summary []string      `json:"summary"`
		Counts  report.Counts `json:"counts"`
		Groups  []group       `json:"groups"`
		Tags    []string      `json:"tags,omitempty"`
	}{Summary: r.Summary(), Counts: r.Counts(), Tags: r.A.Tags}
	for _, g := range r.Groups {
		more.Groups = append(more.Groups, group{g.B, append([]int{}, g.A...)})
	}
	rest, err := json.Marshal(more)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	whole := append(bytes.TrimSuffix(raw, []byte("}")), ',')
	return a.printJSON(json.RawMessage(append(whole, rest[1:]...)))
}

// comparePage writes the page to a file, or to standard output for "-".
func (a *app) comparePage(path string, r *report.Report) error {
	var page bytes.Buffer
	if err := r.WriteHTML(&page); err != nil {
		return fmt.Errorf("the report cannot be made: %w", err)
	}
	if path == "-" {
		_, err := a.stdout.Write(page.Bytes())
		return written(err)
	}
	if err := a.writeFile(path, page.Bytes()); err != nil {
		return err
	}
	a.say("the report is in %s", path)
	return nil
}

func isFile(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// compared reads a file, or an article of the store where there is no such file.
func (a *app) compared(ctx context.Context, name string) (t report.Text, id annotations.ArticleID, err error) {
	if isFile(name) {
		t, err = comparedFile(ctx, name)
		return t, annotations.Desk, err
	}
	err = a.withStore(ctx, "compare", false, func(d *desk) error {
		t, id, err = d.comparedHere(ctx, name)
		return err
	})
	return t, id, a.noFileEither(name, err)
}

// comparedHere is compared with the store at hand.
func (d *desk) comparedHere(ctx context.Context, name string) (report.Text, annotations.ArticleID, error) {
	if isFile(name) {
		t, err := comparedFile(ctx, name)
		return t, annotations.Desk, err
	}
	sum, err := d.find(ctx, name)
	if err != nil {
		return report.Text{}, annotations.Desk, norFile(err)
	}
	t, err := tui.Compared(ctx, d.Store, sum.ID)
	return t, sum.ID, err
}

func comparedFile(ctx context.Context, name string) (report.Text, error) {
	r, err := ingest.File(ctx, name, ingest.Options{})
	if err != nil {
		return report.Text{}, err
	}
	t := textOf(name, r.Article)
	tui.Suggested(&t)
	return t, nil
}

func textOf(name string, art *annotations.Article) report.Text {
	return report.Text{
		Name: name, Title: art.Title, Outlet: art.Outlet, Published: art.Published,
		Side: align.Side{Text: art.Body, Units: art.Units},
	}
}

const pipeColumns = 80 // cells of a row where there is no terminal to ask

// columns is how many cells a row of text may take: COLUMNS, then the terminal,
// else a common width; 0, no limit, for a screen reader.
func (a *app) columns() int {
	if a.plain() {
		return 0
	}
	if n, err := strconv.Atoi(a.getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := a.stdout.(interface{ Fd() uintptr }); ok && a.isTerminal(a.stdout) {
		if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
			return w
		}
	}
	return pipeColumns
}
