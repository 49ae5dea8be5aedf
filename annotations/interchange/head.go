package interchange

import (
	"encoding/hex"
	"fmt"

	"stet.example/stet/annotations"
)

// These are part of the format.
const (
	formatName    = "stet-export"
	formatVersion = 1
	schemaID      = "https://stet.example/schema/export-1.schema.json"
)

func headOf(e *Export) wireHead {
	return wireHead{
		Schema: schemaID, Format: formatName, Version: formatVersion,
		Generator: wireGenerator{e.Generator, e.Version},
		Exported:  e.Exported.UTC().Format(timeLayout),
	}
}

func wireBook(c *annotations.Codebook) wireCodebook {
	w := wireCodebook{
		Name: c.Name, Version: c.Version, Language: c.Language, Hash: c.Hash.String(), Source: string(c.Source),
		Tags: []wireTag{}, Rules: []wireRule{}, Flags: []wireFlag{}, SourceKinds: []wireSourceKind{},
	}
	for _, t := range c.Tags {
		w.Tags = append(w.Tags, wireTag{t.ID, t.Name, t.Key, t.Letter, t.Color, t.Definition, needTexts(t.Needs), needTexts(t.Wants)})
	}
	for _, r := range c.Rules {
		w.Rules = append(w.Rules, wireRule(r))
	}
	for _, f := range c.Flags {
		w.Flags = append(w.Flags, wireFlag(f))
	}
	for _, k := range c.SourceKinds {
		w.SourceKinds = append(w.SourceKinds, wireSourceKind(k))
	}
	return w
}

func needTexts(list []annotations.Need) []string {
	var out []string
	for _, n := range list {
		out = append(out, string(n))
	}
	return out
}

func (p *page) head() wireArticleHead {
	a := p.Article
	w := wireArticleHead{
		ID: a.Name, Key: a.ID.String(), Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Published: a.Published,
		URL: a.URL, Language: a.Language, Revision: a.Revision, Parent: articleText(a.Parent),
		Imported: original(&a.Original), Codebook: a.Codebook.String(), Text: a.Body, TextHash: a.Text.String(), Assigned: a.Assigned,
	}
	for _, r := range p.Reviewers {
		w.Reviewers = append(w.Reviewers, r.Name)
	}
	for i := range p.Evidence {
		w.Evidence = append(w.Evidence, wireItem(&p.Evidence[i]))
	}
	return w
}

// articleText gives the key of an article, "" for none.
func articleText(id annotations.ArticleID) string {
	if id == annotations.Desk {
		return ""
	}
	return id.String()
}

func original(o *annotations.Original) *wireOriginal {
	w := wireOriginal{File: o.File, Format: o.Format, Encoding: o.Encoding, Bytes: o.Bytes, SHA256: hashText(o.SHA256)}
	if w == (wireOriginal{}) {
		return nil
	}
	return &w
}

func modeText(m annotations.Mode) string {
	switch m {
	case annotations.Undo:
		return "undo"
	case annotations.Redo:
		return "redo"
	case annotations.Do:
	}
	return "do"
}

func wireActOf(a annotations.Act) wireAct {
	return wireAct{Session: hex.EncodeToString(a.Session[:]), N: a.N}
}

// event builds one entry of the history. Codebooks stand in full in it, since
// an entry may be older than the one in force.
func (p *page) event(e *annotations.Event) (w wireEvent, err error) {
	w = wireEvent{
		Pos: e.Pos, Seq: e.Seq, Kind: e.Kind.String(), Time: e.Time.UTC().Format(timeLayout), Actor: e.Actor,
		Act: wireActOf(e.Act), Mode: modeText(e.Mode), Words: hashText(e.Words), Verb: e.Verb, Reason: e.Reason,
		Tool: e.Tool, Codebook: hashText(e.Codebook), Rev: e.Rev, Prev: hashText(e.Prev), Hash: hashText(e.Hash),
		Recovered: e.Recovered != nil, Offered: e.Offered, Assigned: e.Assigned, Cut: cutText(e.Cut),
	}
	if e.Finish != nil {
		w.Finish = &wireFinish{e.Finish.Reviewer, e.Finish.Done}
	}
	if e.Unit != annotations.KindSentence {
		w.Unit = e.Unit.String()
	}
	if !e.Of.IsZero() {
		of := wireActOf(e.Of)
		w.Of = &of
	}
	if e.Sentence != 0 {
		w.Sentence = e.Sentence.String()
	}
	if w.Before, err = p.anyAnnotation(e.Before); err != nil {
		return w, fmt.Errorf("event %d: %w", e.Pos, err)
	}
	if w.After, err = p.anyAnnotation(e.After); err != nil {
		return w, fmt.Errorf("event %d: %w", e.Pos, err)
	}
	if e.RuleBefore != nil {
		w.RulingBefore = p.wireRuling(e.RuleBefore, annotations.Hash{})
		w.RulingBefore.Words, w.RulingBefore.By = wordsText(e.RuleBefore.Words), e.RuleBefore.Author
	}
	if e.RuleAfter != nil {
		w.RulingAfter = p.wireRuling(e.RuleAfter, annotations.Hash{})
		w.RulingAfter.Words, w.RulingAfter.By = wordsText(e.RuleAfter.Words), e.RuleAfter.Author
	}
	if e.Evidence != nil {
		item := wireItem(e.Evidence)
		w.Evidence = &item
	}
	if e.Meta != nil {
		w.Meta = wireMetaOf(e.Meta)
	}
	return w, nil
}

func (p *page) anyAnnotation(a *annotations.Annotation) (*wireAnnotation, error) {
	if a == nil {
		return nil, nil
	}
	w, err := p.annotation(a, annotations.Hash{})
	return &w, err
}

func wireMetaOf(m *annotations.Meta) *wireMeta {
	w := &wireMeta{
		ID: m.Name, Key: m.ID.String(), Title: m.Title, Outlet: m.Outlet, Byline: m.Byline, Published: m.Published,
		URL: m.URL, Language: m.Language, Revision: m.Revision, Parent: articleText(m.Parent), Imported: original(&m.Original),
		Codebook: hashText(m.Codebook), TextHash: m.Text.String(), TextBytes: m.TextBytes, Sentences: m.Sentences,
		Required: m.Required, Table: m.Table.String(), Assigned: m.Assigned,
	}
	if m.Next != 0 {
		w.Next = m.Next.String()
	}
	return w
}
