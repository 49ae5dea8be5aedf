package main

import (
	"context"
	"errors"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// The shapes of --json output that several commands share. Spans are pairs of
// byte offsets into the article's text, half-open.

type spanJSON [2]int

func spanOf(s annotations.Span) spanJSON { return spanJSON{s.Start, s.End} }

func spansOf(list []annotations.Span) []spanJSON {
	var out []spanJSON
	for _, s := range list {
		out = append(out, spanOf(s))
	}
	return out
}

type articleJSON struct {
	ID        string `json:"id"`
	Key       string `json:"key"`
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
	Language  string `json:"language,omitempty"`
	Revision  int    `json:"revision"`
	Sentences int    `json:"sentences"`
	Required  int    `json:"required"`
	Codebook  string `json:"codebook"`
}

func articleOf(m *annotations.Meta) articleJSON {
	return articleJSON{
		ID: m.Name, Key: m.ID.String(), Title: m.Title, Outlet: m.Outlet, Byline: m.Byline, Published: m.Published,
		URL: m.URL, Language: m.Language, Revision: m.Revision, Sentences: m.Sentences, Required: m.Required,
		Codebook: m.Codebook.String(),
	}
}

type sentenceJSON struct {
	N           int              `json:"n"`
	ID          string           `json:"id"`
	Kind        string           `json:"kind"`
	Paragraph   uint32           `json:"paragraph"`
	Bytes       spanJSON         `json:"bytes"`
	Text        string           `json:"text"`
	Annotations []annotationJSON `json:"annotations"`
	Ruling      *rulingJSON      `json:"ruling,omitempty"`
}

type annotationJSON struct {
	By           string            `json:"by"`
	Rev          uint64            `json:"rev"`
	Updated      string            `json:"updated,omitempty"`
	Tag          *string           `json:"tag"` // null: no tag
	Rule         string            `json:"rule,omitempty"`
	Attributions []attributionJSON `json:"attributions,omitempty"`
	Evidence     []evidenceJSON    `json:"evidence,omitempty"`
	Links        []linkJSON        `json:"links,omitempty"`
	Inside       bool              `json:"inside,omitempty"`
	Flags        []string          `json:"flags,omitempty"`
	Note         string            `json:"note,omitempty"`
	Verdict      string            `json:"verdict,omitempty"`
	Confidential string            `json:"confidential,omitempty"` // digest of the note
	Unsure       bool              `json:"unsure,omitempty"`
	Check        string            `json:"check,omitempty"`
	Unfinished   []string          `json:"unfinished,omitempty"` // what the tag still needs
	OtherWords   bool              `json:"otherWords,omitempty"` // said of other words than the sentence has now
}

type attributionJSON struct {
	Name    string     `json:"name,omitempty"`
	Kind    string     `json:"kind,omitempty"`
	Count   int        `json:"count,omitempty"`
	Hops    int        `json:"hops,omitempty"`
	Terms   string     `json:"terms,omitempty"`
	Source  []spanJSON `json:"source,omitempty"`
	Cue     []spanJSON `json:"cue,omitempty"`
	Content []spanJSON `json:"content,omitempty"`
}

type evidenceJSON struct {
	ID      string `json:"id"`
	Stance  string `json:"stance"`
	URL     string `json:"url,omitempty"`
	File    string `json:"file,omitempty"`
	Locator string `json:"locator,omitempty"`
	Quote   string `json:"quote,omitempty"`
	Copy    string `json:"copySHA256,omitempty"`
	Note    string `json:"note,omitempty"`
	Hidden  bool   `json:"hidden,omitempty"` // what it is is not shown: see [desk.shownEvidence]
}

type linkJSON struct {
	Relation string `json:"relation"`
	Manner   string `json:"manner,omitempty"`
	Article  string `json:"article"` // key
	Sentence string `json:"sentence"`
	N        int    `json:"n"`
	Note     string `json:"note,omitempty"`
}

type rulingJSON struct {
	Verdict  string `json:"verdict"`
	Tag      string `json:"tag,omitempty"`
	Rule     string `json:"rule,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Reviewer string `json:"reviewer,omitempty"`
	By       string `json:"by"`
	Rev      uint64 `json:"rev"`
	Updated  string `json:"updated"`

	OtherWords bool `json:"otherWords,omitempty"` // made on other words than the sentence has now
}

type receiptJSON struct {
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
	Time  string `json:"time"`
}

type sealJSON struct {
	Size uint64 `json:"size"`
	Root string `json:"root"`
	Time string `json:"time,omitempty"`
}

func sealOf(s store.Seal) sealJSON {
	return sealJSON{Size: s.Size, Root: s.Root.String(), Time: instant(s.Time)}
}

func receiptOf(r store.Receipt) receiptJSON {
	return receiptJSON{First: r.First, Last: r.Last, Time: instant(r.Time)}
}

// instant writes a time in UTC; "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// annotationOf builds the shape for one record.
func (d *desk) annotationOf(ctx context.Context, by string, r *annotations.Record, book *annotations.Codebook) (annotationJSON, error) {
	a := annotationJSON{
		By: by, Rev: r.Rev, Updated: instant(r.Time), Rule: r.Rule, Inside: r.Inside, Flags: r.Flags, Note: r.Note, Verdict: r.Verdict, Unsure: r.Unsure,
	}
	if r.Tag != "" {
		a.Tag = &r.Tag
	}
	if r.Confidential != nil {
		a.Confidential = r.Confidential.Digest.String()
	}
	if r.Check != annotations.CheckNone {
		a.Check = r.Check.String()
	}
	for i := range r.Attributions {
		at := &r.Attributions[i]
		a.Attributions = append(a.Attributions, attributionJSON{
			Name: at.Name, Kind: at.Kind, Count: at.Count, Hops: at.Hops, Terms: at.Terms,
			Source: spansOf(at.Source), Cue: spansOf(at.Cue), Content: spansOf(at.Content),
		})
	}
	for _, l := range r.Links {
		a.Links = append(a.Links, linkJSON{
			Relation: string(l.Relation), Manner: string(l.Manner), Article: l.To.Article.String(), Sentence: l.To.Sentence.String(),
			N: d.number(ctx, l.To.Article, l.To.Sentence), Note: l.Note,
		})
	}
	for _, u := range r.Evidence {
		item, shown, err := d.shownEvidence(ctx, u.ID)
		if err != nil {
			return a, err
		}
		e := evidenceJSON{ID: u.ID.String(), Stance: string(u.Stance), Hidden: !shown, URL: item.URL, File: item.File, Locator: item.Locator, Quote: item.Quote, Note: item.Note}
		if !item.Copy.IsZero() {
			e.Copy = item.Copy.String()
		}
		a.Evidence = append(a.Evidence, e)
	}
	needs, _ := book.Missing(&r.Annotation)
	for _, n := range needs {
		a.Unfinished = append(a.Unfinished, string(n))
	}
	return a, nil
}

func rulingOf(r *annotations.RulingRecord) *rulingJSON {
	if r == nil || r.Verdict == "" {
		return nil
	}
	return &rulingJSON{
		Verdict: string(r.Verdict), Tag: r.Tag, Rule: r.Rule, Reason: r.Reason, Reviewer: r.Reviewer,
		By: r.By, Rev: r.Rev, Updated: instant(r.Time),
	}
}

// shownEvidence returns an item unless the team's rules hide it, as they do while it
// was brought for an article that the reader has not finished; or a merge left it behind.
// The rest of what an annotation says is none the worse for that.
func (d *desk) shownEvidence(ctx context.Context, id annotations.EvidenceID) (annotations.Evidence, bool, error) {
	item, err := d.Item(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return item, false, nil
	}
	return item, err == nil, err
}

// hasEvidence reports whether the store has the item.
func (d *desk) hasEvidence(ctx context.Context, id annotations.EvidenceID) (bool, error) {
	_, has, err := d.shownEvidence(ctx, id)
	return has, err
}
