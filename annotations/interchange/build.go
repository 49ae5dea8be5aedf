package interchange

import (
	"encoding/hex"
	"fmt"
	"time"

	"stet.example/stet/annotations"
)

// instant writes a time as RFC 3339 in UTC, as precise as it is; "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func hashText(h annotations.Hash) string {
	if h.IsZero() {
		return ""
	}
	return h.String()
}

func tagPointer(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

// span converts s to three units. Until the page is proved it also makes sure
// that each unit leads back to the same bytes.
func (p *page) span(s annotations.Span) (wireSpan, error) {
	body := p.Article.Body
	if err := s.Check(body); err != nil {
		return wireSpan{}, err
	}
	w := wireSpan{Text: s.In(body)}
	points, pairs := 0, 0
	for _, r := range w.Text {
		points++
		if r > 0xFFFF {
			pairs++
		}
	}
	start := [...]int{p.offsets.At(s.Start, annotations.CodePoints), p.offsets.At(s.Start, annotations.UTF16)}
	w.Range = wireRange{
		Byte:      [2]int{s.Start, s.End},
		CodePoint: [2]int{start[0], start[0] + points},
		UTF16:     [2]int{start[1], start[1] + points + pairs},
	}
	if p.proved {
		return w, nil
	}
	for _, u := range w.Range.units() {
		if back, err := p.offsets.Span(u.pair, u.unit); err != nil || back != s {
			return wireSpan{}, fmt.Errorf("bytes %d to %d do not survive the way to %s and back (%d to %d): %w", s.Start, s.End, u.unit, back.Start, back.End, err)
		}
	}
	return w, nil
}

// inUnit is a range in one of its units.
type inUnit struct {
	unit annotations.Unit
	pair [2]int
}

func (r wireRange) units() [3]inUnit {
	return [3]inUnit{{annotations.Bytes, r.Byte}, {annotations.CodePoints, r.CodePoint}, {annotations.UTF16, r.UTF16}}
}

func (p *page) spans(list []annotations.Span) ([]wireSpan, error) {
	var out []wireSpan
	for _, s := range list {
		w, err := p.span(s)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// sentence builds unit i of the article.
func (p *page) sentence(i int) (wireSentence, error) {
	u := p.Article.Units[i]
	sp, err := p.span(u.Span)
	if err != nil {
		return wireSentence{}, fmt.Errorf("%s: %w", u.ID, err)
	}
	w := wireSentence{ID: u.ID.String(), Index: i, Kind: u.Kind.String(), Paragraph: u.Paragraph, Text: sp.Text, Range: sp.Range}
	if u.Dateline > 0 {
		d, err := p.span(annotations.Span{Start: u.Span.Start, End: u.Span.Start + u.Dateline})
		if err != nil {
			return wireSentence{}, fmt.Errorf("%s: dateline: %w", u.ID, err)
		}
		w.Dateline = &d
	}
	voices := p.voices(u.ID)
	for _, v := range voices {
		a, err := p.annotation(&v.Annotation, p.Article.Codebook)
		if err != nil {
			return wireSentence{}, fmt.Errorf("%s by %s: %w", u.ID, v.by, err)
		}
		a.By, a.Rev, a.Updated = v.by, v.Rev, instant(v.Time)
		a.Words = otherWords(&v.Record, w.Text)
		p.locate(&a, v.Links)
		if words, told := p.Secrets[annotations.ReviewerKey{Sentence: u.ID, Reviewer: v.by}]; told && a.Confidential != nil {
			a.Confidential.Text, a.Confidential.Salt = words, hex.EncodeToString(v.Confidential.Salt[:])
		}
		w.Annotations = append(w.Annotations, a)
	}
	if r, ok := p.ruling(u.ID); ok {
		w.Ruling = p.wireRuling(&r.Ruling, p.Article.Codebook)
		w.Ruling.By, w.Ruling.Rev, w.Ruling.Updated = r.By, r.Rev, instant(r.Time)
		w.Ruling.Words = ruledOn(&r.Ruling, w.Text)
	}
	w.wireSummary = p.summary(u.ID)
	return w, nil
}

// ruling returns the ruling on a sentence unless it was taken back.
func (p *page) ruling(id annotations.SentenceID) (annotations.RulingRecord, bool) {
	r, ok := p.Rulings[id]
	return r, ok && r.Verdict != ""
}

// inForce is the ruling that decides a sentence, nil for none: one that was made on
// other words than the sentence has now decides nothing about these.
func (p *page) inForce(id annotations.SentenceID) *annotations.RulingRecord {
	r, ok := p.ruling(id)
	if !ok {
		return nil
	}
	if i := p.Article.Index(id); i >= 0 && r.OfOtherWords(p.Article.Units[i].Span.In(p.Article.Body)) {
		return nil
	}
	return &r
}

// summary is the one answer for a sentence.
func (p *page) summary(id annotations.SentenceID) wireSummary {
	d := decide(p.voices(id), p.inForce(id))
	w := wireSummary{Tag: tagPointer(d.tag), Decided: d.how, By: d.by, Updated: instant(d.when)}
	if d.from == nil {
		return w
	}
	w.Note = d.from.Note
	for _, u := range d.from.Evidence {
		if item := p.items[u.ID]; item != nil {
			e := wireItem(item)
			e.Stance = string(u.Stance)
			w.Evidence = append(w.Evidence, e)
		}
	}
	return w
}

// annotation builds a without who and when. Its codebook is named unless it is
// base.
func (p *page) annotation(a *annotations.Annotation, base annotations.Hash) (wireAnnotation, error) {
	w := wireAnnotation{Tag: tagPointer(a.Tag), Rule: a.Rule, Inside: a.Inside, Flags: a.Flags, Note: a.Note, Verdict: a.Verdict, Unsure: a.Unsure}
	if a.Codebook != base {
		w.Codebook = hashText(a.Codebook)
	}
	if a.Check != annotations.CheckNone {
		w.Check = a.Check.String()
	}
	for i := range a.Attributions {
		at, err := p.attribution(&a.Attributions[i])
		if err != nil {
			return w, fmt.Errorf("attribution %d: %w", i+1, err)
		}
		w.Attributions = append(w.Attributions, at)
	}
	for _, u := range a.Evidence {
		w.Evidence = append(w.Evidence, wireUse{ID: u.ID.String(), Stance: string(u.Stance)})
	}
	for _, l := range a.Links {
		to := wireTo{Type: string(l.Relation), Manner: string(l.Manner), To: l.To.Sentence.String(), Note: l.Note}
		if l.To.Article != p.Article.ID {
			to.ToArticle = l.To.Article.String()
		}
		w.Links = append(w.Links, to)
	}
	if a.Confidential != nil {
		w.Confidential = &wireSealed{Digest: a.Confidential.Digest.String()}
	}
	return w, nil
}

func (p *page) attribution(at *annotations.Attribution) (w wireAttribution, err error) {
	w = wireAttribution{Name: at.Name, Kind: at.Kind, Count: at.Count, Hops: at.Hops, Terms: at.Terms}
	if w.Source, err = p.spans(at.Source); err != nil {
		return w, err
	}
	if w.Cue, err = p.spans(at.Cue); err != nil {
		return w, err
	}
	w.Content, err = p.spans(at.Content)
	return w, err
}

func (p *page) wireRuling(r *annotations.Ruling, base annotations.Hash) *wireRuling {
	w := &wireRuling{Verdict: string(r.Verdict), Tag: r.Tag, Rule: r.Rule, Reason: r.Reason, Reviewer: r.Reviewer}
	if r.Codebook != base {
		w.Codebook = hashText(r.Codebook)
	}
	return w
}

func wireItem(e *annotations.Evidence) wireEvidence {
	return wireEvidence{
		ID: e.ID.String(), URL: e.URL, File: e.File, Locator: e.Locator, Quote: e.Quote, Accessed: e.Fetched,
		Copy: hashText(e.Copy), Archived: e.Archive, Note: e.Note,
	}
}

// links lists the links of the article: those that stay inside it, and those
// that lead to others.
func (p *page) links() (inside, across []wireLink) {
	for _, u := range p.Article.Units {
		for _, v := range p.voices(u.ID) {
			for _, l := range v.Links {
				w := wireLink{From: u.ID.String(), To: l.To.Sentence.String(), Type: string(l.Relation), Manner: string(l.Manner), Note: l.Note, By: v.by}
				if l.To.Article != p.Article.ID {
					w.ToArticle = l.To.Article.String()
				}
				w.ID = linkID(w)
				if w.ToArticle == "" {
					inside = append(inside, w)
				} else {
					across = append(across, w)
				}
			}
		}
	}
	return inside, across
}

// linkID is made of what a link says of whom, so that it stays the same while
// other links come and go.
func linkID(w wireLink) string {
	h := annotations.HashOf(w.From + "\x00" + w.ToArticle + "\x00" + w.To + "\x00" + w.Type + "\x00" + w.By)
	return "l" + hex.EncodeToString(h[:8])
}
