package main

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store"
)

// auditInput reads what an audit looks at: the articles that keep wants (nil:
// all), and the log's decisions when moments are asked for. It reads in pieces,
// so that a reviewer at work is not held up.
func (d *desk) auditInput(ctx context.Context, keep func(store.Summary) bool, moments bool) (audit.Input, error) {
	in := audit.Input{Codebooks: map[annotations.Hash]*annotations.Codebook{}, Evidence: map[annotations.EvidenceID]annotations.Evidence{}}
	bar := d.progress("reading")
	defer bar.end()
	info, err := d.Stat(ctx)
	if err != nil {
		return in, err
	}
	err = d.everyArticle(ctx, func(s store.Summary) error {
		if keep != nil && !keep(s) {
			return nil
		}
		a, err := d.auditArticle(ctx, s)
		if err != nil {
			return err
		}
		in.Articles = append(in.Articles, a)
		bar.at(uint64(len(in.Articles)), uint64(info.Articles))
		return d.auditBooks(ctx, &a, in.Codebooks)
	})
	if err != nil {
		return in, err
	}
	if err := d.auditEvidence(ctx, &in); err != nil {
		return in, err
	}
	if moments {
		in.Moments, err = d.moments(ctx)
	}
	return in, err
}

func (d *desk) auditArticle(ctx context.Context, s store.Summary) (audit.Article, error) {
	art, err := store.Load(ctx, d.Store, s.ID)
	if err != nil {
		return audit.Article{}, err
	}
	rows, err := d.rows(ctx, s.ID)
	if err != nil {
		return audit.Article{}, err
	}
	a := audit.Article{Meta: art.Meta, Body: art.Body, Units: art.Units, Rows: make([]audit.Row, len(rows))}
	for i := range rows {
		a.Rows[i] = audit.Row(rows[i])
	}
	return a, nil
}

// auditBooks adds the codebooks that an article and its annotations name.
func (d *desk) auditBooks(ctx context.Context, a *audit.Article, books map[annotations.Hash]*annotations.Codebook) error {
	add := func(h annotations.Hash) error {
		if h.IsZero() || books[h] != nil {
			return nil
		}
		b, err := d.book(ctx, h)
		if err == nil {
			books[h] = b
		}
		return err
	}
	if err := add(a.Meta.Codebook); err != nil {
		return err
	}
	for i := range a.Rows {
		if err := add(a.Rows[i].Annotation.Codebook); err != nil {
			return err
		}
	}
	return nil
}

// searchedCopy is the size of a stored copy up to which it is searched, in bytes.
const searchedCopy = 8 << 20

// auditEvidence reads all evidence items, and the copies in which a quotation
// can be looked up: text that the store holds, and no markup.
func (d *desk) auditEvidence(ctx context.Context, in *audit.Input) error {
	const at = 512
	in.Copies = map[annotations.Hash]string{}
	var after annotations.EvidenceID
	for {
		list, err := d.Evidence(ctx, after, at)
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			in.Evidence[e.ID], after = *e, e.ID
			if e.Copy.IsZero() || e.Quote == "" {
				continue
			}
			text, err := d.Blob(ctx, e.Copy, 0, searchedCopy)
			switch {
			case errors.Is(err, store.ErrNotFound):
			case err != nil:
				return err
			case len(text) < searchedCopy && utf8.ValidString(text) && !strings.ContainsAny(text, "<\x00"):
				in.Copies[e.Copy] = text
			}
		}
		if len(list) < at {
			return nil
		}
	}
}

// moments reads the decisions on tags from the log.
func (d *desk) moments(ctx context.Context) ([]audit.Moment, error) {
	const at = 2048
	var out []audit.Moment
	var after uint64
	for {
		list, next, err := d.Events(ctx, store.Query{}, after, at)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if m, ok := audit.MomentOf(&list[i]); ok {
				out = append(out, m)
			}
		}
		if len(list) < at {
			return out, nil
		}
		after = next
	}
}

// audit reads the store and computes the desk.
func (d *desk) audit(ctx context.Context, opt audit.Options) (*audit.Desk, error) {
	in, err := d.auditInput(ctx, nil, true)
	if err != nil {
		return nil, err
	}
	in.Options = opt
	return audit.New(in)
}

// sealed signs off the log as it stands, for a report to name. Its time is that
// of the newest event, so that the same state gives the same report.
func (d *desk) sealed(ctx context.Context) (report.Seal, error) {
	info, err := d.Stat(ctx)
	if err != nil {
		return report.Seal{}, err
	}
	s, err := d.Seal(ctx)
	if err != nil {
		return report.Seal{}, err
	}
	out := report.Seal{Store: info.ID, Size: s.Size, Root: s.Root}
	if s.Size > 0 {
		last, _, err := d.Events(ctx, store.Query{}, s.Size-1, 1)
		if err != nil {
			return out, err
		}
		for i := range last {
			out.Time = last[i].Time.UTC().Truncate(time.Second)
		}
	}
	return out, nil
}

// reportSealJSON is the shape of a seal that a report names.
type reportSealJSON struct {
	Store string `json:"store"`
	Size  uint64 `json:"size"`
	Root  string `json:"root"`
	Time  string `json:"time,omitempty"`
}

func sealJSONOf(s report.Seal) reportSealJSON {
	return reportSealJSON{s.Store, s.Size, s.Root.String(), instant(s.Time)}
}
