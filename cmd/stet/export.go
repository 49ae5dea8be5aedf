package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
  csv, tsv      a table for spreadsheets, formulas disarmed; the same for programs
  w3c           Web Annotation (JSON-LD); code points, or --offsets utf16
  doccano       --shape relations (default), spans, or class; UTF-16 units
  label-studio  tasks, with label_config.xml; code points
  prodigy       one sentence a line; code points
  brat          .ann with annotation.conf; code points
  webanno-tsv   WebAnno TSV 3.3, for INCEpTION; UTF-16 units
  markdown, html, docx   to be read by people; docx has a comment a sentence
  claimreview   schema.org; contested sentences with a written verdict only, and
                needs --page, the address of your own page
  all           every format above that needs nothing more, into a folder

With -o FILE the file is written under another name, synced, and renamed: it is
there whole or not at all. With -o DIR (a folder, or a path that ends with a
slash) each article gets files of its own, named after it, beside its text. What
a format cannot hold is counted and named. Confidential notes are left out but for
their digests, unless asked for. The same state gives the same bytes.

` + exitWords,
		Example: `  stet export --format json -o desk.json
  stet export harbour --format csv > harbour.csv
  stet export --format w3c --offsets utf16 -o out/
  stet export --format json --exported 2026-01-02T00:00:00Z | sha256sum`,
		ValidArgsFunction: a.completeArticle,
		RunE:              func(cmd *cobra.Command, args []string) error { return runExport(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.format, "format", "json", "the format's `NAME`")
	f.StringVarP(&o.out, "output", "o", "-", "`PATH` of the file or folder; - is standard output")
	f.StringVar(&o.reviewer, "reviewer", "", "only what this `NAME` said")
	f.BoolVar(&o.history, "history", false, "with every event of the articles (json)")
	f.BoolVar(&o.confidential, "confidential", false, "with the words of confidential notes (json)")
	f.StringVar(&o.offsets, "offsets", "", "`UNIT` of positions: codepoint or utf16 (w3c)")
	f.StringVar(&o.shape, "shape", "", "relations, spans or class (doccano)")
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
	if !native(o.format) || folder(o.out) {
		return a.exportFiles(o, &e, seal)
	}
	format := interchange.Format(o.format)
	var data bytes.Buffer
	if err := interchange.Write(&data, format, e); err != nil {
		return err
	}
	if err := interchange.Verify(format, data.Bytes(), e); err != nil {
		return fmt.Errorf("%w. Nothing was written, the store is as it was. Please report this", err)
	}
	if err := a.deliver(data.Bytes(), format, o.out); err != nil {
		return err
	}
	a.exported(&e, o.out, data.Len(), seal)
	return nil
}

// deliver writes an export where it is wanted.
func (a *app) deliver(data []byte, format interchange.Format, out string) error {
	if out != "-" {
		return writeFile(out, data)
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

// exported is the receipt.
func (a *app) exported(e *interchange.Export, out string, size int, seal store.Seal) {
	sentences, records, rulings := 0, 0, 0
	for i := range e.Documents {
		doc := &e.Documents[i]
		sentences += len(doc.Article.Units)
		rulings += len(doc.Rulings)
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

// gather collects what is exported.
func (d *desk) gather(ctx context.Context, o exportOptions, names []string) (interchange.Export, error) {
	var e interchange.Export
	var ids []annotations.ArticleID
	for _, name := range names {
		sum, err := d.find(ctx, name)
		if err != nil {
			return e, err
		}
		if !slices.Contains(ids, sum.ID) {
			ids = append(ids, sum.ID)
		}
	}
	if len(names) == 0 {
		if err := d.everyArticle(ctx, func(s store.Summary) error { ids = append(ids, s.ID); return nil }); err != nil {
			return e, err
		}
	}
	used := map[annotations.Hash]bool{}
	for _, id := range ids {
		doc, err := d.document(ctx, id, o, used)
		if err != nil {
			return e, err
		}
		e.Documents = append(e.Documents, doc)
	}
	for i := range e.Documents {
		delete(used, e.Documents[i].Codebook.Hash)
	}
	for h := range used {
		book, err := d.book(ctx, h)
		if err != nil {
			return e, err
		}
		e.Codebooks = append(e.Codebooks, book)
	}
	return e, nil
}

// asOf is the time of the newest change in an export, in whole seconds; where
// nobody said anything yet, of the newest event in the store.
func (d *desk) asOf(ctx context.Context, e *interchange.Export) (time.Time, error) {
	var when time.Time
	later := func(t time.Time) {
		if t.After(when) {
			when = t
		}
	}
	for i := range e.Documents {
		for _, r := range e.Documents[i].Reviewers {
			for _, rec := range r.Records {
				later(rec.Time)
			}
		}
		for _, r := range e.Documents[i].Rulings {
			later(r.Time)
		}
	}
	if when.IsZero() {
		info, err := d.Stat(ctx)
		if err != nil || info.Events == 0 {
			return d.clock().UTC().Truncate(time.Second), err
		}
		last, _, err := d.Events(ctx, store.Query{}, info.Events-1, 1)
		if err != nil {
			return when, err
		}
		for i := range last {
			later(last[i].Time)
		}
	}
	return when.UTC().Truncate(time.Second), nil
}

// document gathers one article; used collects the codebooks that annotations name.
func (d *desk) document(ctx context.Context, id annotations.ArticleID, o exportOptions, used map[annotations.Hash]bool) (interchange.Document, error) {
	art, err := store.Load(ctx, d.Store, id)
	if err != nil {
		return interchange.Document{}, err
	}
	doc := interchange.Document{Article: art, Rulings: map[annotations.SentenceID]annotations.RulingRecord{}}
	if doc.Codebook, err = d.book(ctx, art.Codebook); err != nil {
		return doc, err
	}
	rows, err := d.rows(ctx, id)
	if err != nil {
		return doc, err
	}
	by := map[string]map[annotations.SentenceID]annotations.Record{}
	items := map[annotations.EvidenceID]bool{}
	gone, lost := 0, 0
	for _, r := range rows {
		switch {
		case art.Index(r.Sentence) < 0:
			gone++ // it was joined with another since; its history tells
		case r.Ruling != nil && r.Ruling.Verdict != "":
			doc.Rulings[r.Sentence] = *r.Ruling
			used[r.Ruling.Codebook] = true
		case r.Ruling != nil || r.Annotation.IsZero() || o.reviewer != "" && o.reviewer != r.Reviewer:
		default:
			n := len(r.Annotation.Links)
			r.Annotation.Links = slices.DeleteFunc(r.Annotation.Links, func(l annotations.Link) bool { return l.To.Article == art.ID && art.Index(l.To.Sentence) < 0 })
			lost += n - len(r.Annotation.Links)
			if by[r.Reviewer] == nil {
				by[r.Reviewer] = map[annotations.SentenceID]annotations.Record{}
			}
			by[r.Reviewer][r.Sentence] = r.Annotation
			used[r.Annotation.Codebook] = true
			for _, u := range r.Annotation.Evidence {
				items[u.ID] = true
			}
		}
	}
	if gone > 0 {
		d.say("%s: %s of sentences that are no longer there left out; --history has them", art.Name, plural(gone, "annotation"))
	}
	if lost > 0 {
		d.say("%s: %s to sentences that are no longer there left out", art.Name, plural(lost, "link"))
	}
	for who, records := range by {
		doc.Reviewers = append(doc.Reviewers, interchange.Reviewer{Name: who, Records: records})
	}
	for id := range items {
		item, err := d.evidence(ctx, id)
		if err != nil {
			return doc, err
		}
		doc.Evidence = append(doc.Evidence, item)
	}
	if o.confidential {
		if doc.Secrets, err = d.secrets(ctx, by); err != nil {
			return doc, err
		}
	}
	if o.history {
		doc.Events, err = d.history(ctx, id)
	}
	return doc, err
}

// secrets reads the confidential notes that were not removed.
func (d *desk) secrets(ctx context.Context, by map[string]map[annotations.SentenceID]annotations.Record) (map[annotations.ReviewerKey]string, error) {
	out := map[annotations.ReviewerKey]string{}
	for who, records := range by {
		for id, r := range records {
			if r.Confidential == nil {
				continue
			}
			words, err := d.Secret(ctx, *r.Confidential)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if r.Confidential.Opens(words) {
				out[annotations.ReviewerKey{Sentence: id, Reviewer: who}] = words
			}
		}
	}
	return out, nil
}

// history reads all events of one article.
func (d *desk) history(ctx context.Context, id annotations.ArticleID) ([]annotations.Event, error) {
	const at = 512
	var out []annotations.Event
	var after uint64
	for {
		list, next, err := d.Events(ctx, store.Query{Article: id}, after, at)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if len(list) < at {
			return out, nil
		}
		after = next
	}
}

// writeFile writes a file whole or not at all: beside its place under another
// name, synced, then renamed.
func writeFile(path string, data []byte) (err error) {
	explain := func(err error) error {
		return fmt.Errorf("%s cannot be written: %w. What was there before is untouched, the store is as it was. Name another place with -o", path, err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return explain(errors.New("it is a folder"))
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*")
	if err != nil {
		return explain(err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone already when all went well
	_, err = io.Copy(f, bytes.NewReader(data))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return explain(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return explain(err)
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		dir.Sync() //nolint:errcheck // not every system syncs folders; the file itself is safe
		return dir.Close()
	}
	return nil
}
