package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

type exportOptions struct {
	format       string
	out          string
	reviewer     string
	history      bool
	confidential bool
	exported     string
	offsets      string
	shape        string
	page         string
	publisher    string
	suggest      bool
}

func newExport(a *app) *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export [ARTICLE…]",
		Short: "write articles and annotations for other programs",
		Long: `Writes the named articles, or all, with what was said of them. Before it says
done it reads back what it wrote and compares every span with the article.

  json          stet's own format: everything, and "stet load" takes it back
  jsonl         one sentence a line, each to be understood alone
  csv, tsv      a table for spreadsheets, formulas disarmed; for programs
  w3c           Web Annotation (JSON-LD); code points, or --offsets utf16
  doccano       --shape relations (default), spans, or class; UTF-16 units
  label-studio  tasks, with label_config.xml; code points
  prodigy       one sentence a line; code points
  brat          .ann with annotation.conf; code points
  webanno-tsv   WebAnno TSV 3.3, for INCEpTION; UTF-16 units
  markdown, html, docx   to be read by people; docx has a comment a sentence
  claimreview   schema.org; contested sentences with a written verdict only, and
                needs --page, the address of your own page
  all           all of the above into a folder, but jsonl and tsv, which say
                what json and csv say; claimreview where --page is given

With -o FILE the file is written under another name, synced, and renamed: it is
there whole or not at all; what a format needs beside it, the text say, goes
into the same folder, over no other text. With -o DIR (a folder, or a path that
ends with a slash) each article gets files of its own, named after it, beside
its text; with -o NAME.zip the same files go into one archive. What a format
cannot hold is counted and named. Confidential notes are left out but for their
digests, unless asked for. The same state gives the same bytes.

` + exitWords,
		Example: `  stet export --format json -o desk.json
  stet export harbour --format csv > harbour.csv
  stet export --format w3c --offsets utf16 -o out/
  stet export --format all -o desk.zip
  stet export --format json --exported 2026-01-02T00:00:00Z | sha256sum`,
		ValidArgsFunction: a.completeArticle,
		RunE:              func(cmd *cobra.Command, args []string) error { return runExport(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.format, "format", "json", "the format's `NAME`")
	f.StringVarP(&o.out, "output", "o", "-", "`PATH` of the file, folder or .zip; - is standard output")
	f.StringVar(&o.reviewer, "reviewer", "", "only what this `NAME` said")
	f.BoolVar(&o.history, "history", false, "with every event of the articles (json)")
	f.BoolVar(&o.confidential, "confidential", false, "with the words of confidential notes (json)")
	f.StringVar(&o.offsets, "offsets", "", "`UNIT` of positions: codepoint or utf16 (w3c)")
	f.StringVar(&o.shape, "shape", "", "`SHAPE`: relations, spans or class (doccano)")
	f.StringVar(&o.page, "page", "", "`URL` of your page on the claims (claimreview)")
	f.StringVar(&o.publisher, "publisher", "", "`NAME` of who publishes (claimreview, html)")
	f.BoolVar(&o.suggest, "suggest", false, "with stet's suggestions as predictions (label-studio)")
	f.StringVar(&o.exported, "exported", "", "the `TIME` of the export to write, as 2026-01-02T15:04:05Z; default: that of the newest change in it, so that the same state gives the same bytes")
	f.SortFlags = false
	return c
}

// check refuses what cannot be, before the store is opened.
func (o *exportOptions) check() (time.Time, error) {
	if !slices.Contains(formatNames(), o.format) {
		return time.Time{}, usage("--format is %q, not one of %s", o.format, strings.Join(formatNames(), ", "))
	}
	if o.out == "" {
		return time.Time{}, usage("--output names no file. Nothing was written. Leave it out for standard output")
	}
	var when time.Time
	if o.exported != "" {
		var err error
		if when, err = time.Parse(time.RFC3339, o.exported); err != nil {
			return when, usage("--exported is %q, not a time such as 2026-01-02T15:04:05Z", o.exported)
		}
	}
	for _, only := range []struct {
		given  bool
		flag   string
		format []string
	}{
		{o.history, "history", []string{"json"}}, {o.confidential, "confidential", []string{"json"}}, {o.offsets != "", "offsets", []string{"w3c"}},
		{o.shape != "", "shape", []string{"doccano"}}, {o.page != "", "page", []string{"claimreview", "all"}}, {o.suggest, "suggest", []string{"label-studio"}},
		{o.publisher != "", "publisher", []string{"claimreview", "html", "all"}},
	} {
		if only.given && !slices.Contains(only.format, o.format) {
			return when, usage("--%s goes into the %s format only", only.flag, only.format[0])
		}
	}
	if o.format == "claimreview" && o.page == "" {
		return when, usage("a claim review says where it can be read. Nothing was written. Give the address of your own page with --page")
	}
	if o.offsets != "" && o.offsets != string(annotations.CodePoints) && o.offsets != string(annotations.UTF16) {
		return when, usage("--offsets is %q, not codepoint or utf16", o.offsets)
	}
	if o.shape != "" && !slices.Contains([]string{"relations", "spans", "class"}, o.shape) {
		return when, usage("--shape is %q, not relations, spans or class", o.shape)
	}
	return when, nil
}

func runExport(ctx context.Context, a *app, o exportOptions, names []string) error {
	when, err := o.check()
	if err != nil {
		return err
	}
	var e interchange.Export
	var seal store.Seal
	err = a.withStore(ctx, "export", false, func(d *desk) error {
		var err error
		if e, err = d.gather(ctx, o, names); err != nil {
			return err
		}
		if err := d.sayHidden(ctx, o, &e); err != nil {
			return err
		}
		if when.IsZero() {
			if when, err = d.asOf(ctx, &e); err != nil {
				return err
			}
		}
		version, _ := a.build()
		e.Generator, e.Version, e.Exported = "stet", version, when
		seal, err = d.Seal(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if !native(o.format) || folder(o.out) || zipped(o.out) {
		return a.exportFiles(ctx, o, &e, seal)
	}
	format := interchange.Format(o.format)
	data, err := unlessStopped(ctx, func() ([]byte, error) { return nativeBytes(format, &e) })
	if err != nil {
		return err
	}
	if err := a.deliver(data, format, o.out); err != nil {
		return err
	}
	a.exported(&e, format, o.out, len(data), seal)
	a.sayLosses(o.format, tableLosses(format, &e))
	return nil
}

// nativeBytes is an export in one of stet's own formats, read back.
func nativeBytes(format interchange.Format, e *interchange.Export) ([]byte, error) {
	var data bytes.Buffer
	if err := interchange.Write(&data, format, *e); err != nil {
		return nil, err
	}
	if err := interchange.Verify(format, data.Bytes(), *e); err != nil {
		return nil, fmt.Errorf("%w. Nothing was written, the store is as it was. Please report this", err)
	}
	return data.Bytes(), nil
}

// unlessStopped does long work that asks nobody whether to go on. Who is told to stop does
// not wait for it: what comes of it is then not looked at. A panic is the caller's, as
// without it.
func unlessStopped[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		made  T
		err   error
		broke any
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			r.broke = recover()
			done <- r
		}()
		r.made, r.err = work()
	}()
	var r result
	select {
	case r = <-done:
	case <-ctx.Done():
	}
	switch {
	case r.broke != nil:
		panic(r.broke)
	case ctx.Err() != nil:
		return r.made, ctx.Err()
	}
	return r.made, r.err
}

// deliver writes an export where it is wanted.
func (a *app) deliver(data []byte, format interchange.Format, out string) error {
	if out != "-" {
		return a.writeFile(out, data)
	}
	if a.isTerminal(a.stdout) {
		data = harmless(data, format)
	}
	_, err := a.stdout.Write(data)
	return written(err)
}

// harmless is an export made fit for a terminal: as JSON it stays the same
// JSON, in a table control characters become symbols.
func harmless(data []byte, format interchange.Format) []byte {
	if format == interchange.JSON || format == interchange.JSONL {
		return escapeJSON(data)
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for i, l := range lines {
		cells := strings.Split(l, "\t")
		for k := range cells {
			cells[k] = show(cells[k])
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return []byte(strings.Join(lines, "\n"))
}

// exported is the receipt. It counts what was written: a table leaves rulings out that
// were made on other words than the sentences have now.
func (a *app) exported(e *interchange.Export, format interchange.Format, out string, size int, seal store.Seal) {
	sentences, records, rulings := 0, 0, 0
	for i := range e.Documents {
		doc := &e.Documents[i]
		sentences += len(doc.Article.Units)
		rulings += len(doc.Rulings)
		for _, u := range doc.Article.Units {
			if r := doc.Rulings[u.ID]; tabular(format) && r.OfOtherWords(u.Span.In(doc.Article.Body)) {
				rulings--
			}
		}
		for _, r := range doc.Reviewers {
			records += len(r.Records)
		}
	}
	where := "standard output"
	if out != "-" {
		where = out
	}
	a.say("%s, %s, %s, %s written to %s (%d bytes), read back and found right; store at event %d, root %s",
		plural(len(e.Documents), "article"), plural(sentences, "sentence"), plural(records, "annotation"), plural(rulings, "ruling"),
		where, size, seal.Size, seal.Root.Short())
}
