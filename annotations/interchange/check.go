package interchange

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
)

// check tells why p must not be written, or nil: the same rules by which a
// store takes annotations in, so that a file can always be loaded again.
func (p *page) check(all targets, afar map[annotations.Target]Whereabouts) error {
	if p.Article == nil || p.Codebook == nil {
		return errors.New("the document lacks its article or its codebook")
	}
	if err := checkArticle(p.Article); err != nil {
		return err
	}
	if p.Article.Codebook != p.Codebook.Hash {
		return fmt.Errorf("it is judged by codebook %s, the document has %s", p.Article.Codebook.Short(), p.Codebook.Hash.Short())
	}
	seen := map[annotations.EvidenceID]bool{}
	for i := range p.Evidence {
		if err := annotations.CheckEvidence(&p.Evidence[i]); err != nil {
			return err
		}
		if seen[p.Evidence[i].ID] {
			return fmt.Errorf("evidence item %s stands twice", p.Evidence[i].ID)
		}
		seen[p.Evidence[i].ID] = true
	}
	w := newWorld(&p.Document, all)
	w.afar = afar
	if err := p.checkReviewers(w); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(p.Rulings)) {
		r := p.Rulings[id]
		if r.Verdict == "" {
			continue // taken back
		}
		if err := p.checkRuling(id, &r); err != nil {
			return fmt.Errorf("ruling on %s: %w", id, err)
		}
	}
	if p.HistoryOf != [16]byte{} {
		if _, err := ProveHistory(&p.Document, p.HistoryOf); err != nil {
			return err
		}
	}
	return p.checkEvents()
}

func (p *page) checkReviewers(w *world) error {
	names := map[string]bool{}
	for _, r := range p.Reviewers {
		if err := annotations.CheckName(r.Name); err != nil {
			return err
		}
		if names[r.Name] {
			return fmt.Errorf("reviewer %q stands twice", r.Name)
		}
		names[r.Name] = true
		for _, id := range slices.Sorted(maps.Keys(r.Records)) {
			rec := r.Records[id]
			if rec.IsZero() {
				continue
			}
			if err := p.checkRecord(w, id, r.Name, &rec); err != nil {
				return fmt.Errorf("%s on %s: %w", r.Name, id, err)
			}
		}
	}
	return nil
}

func (p *page) checkRecord(w *world, id annotations.SentenceID, by string, rec *annotations.Record) error {
	book := p.codebooks[rec.Codebook]
	if book == nil {
		return fmt.Errorf("codebook %s is not in the export; add it", rec.Codebook.Short())
	}
	self := annotations.Target{Article: p.Article.ID, Sentence: id}
	if err := annotations.CheckAnnotation(&rec.Annotation, self, book, w); err != nil {
		return err
	}
	if words, told := p.Secrets[annotations.ReviewerKey{Sentence: id, Reviewer: by}]; told {
		if err := checkProse("confidential note", words, annotations.MaxNote); err != nil {
			return err
		}
		if !rec.Confidential.Opens(words) {
			return errors.New("the confidential note given is not the one that was sealed")
		}
	}
	return checkTime("updated", rec.Time)
}

func (p *page) checkRuling(id annotations.SentenceID, r *annotations.RulingRecord) error {
	if p.Article.Index(id) < 0 {
		return errors.New("no such sentence")
	}
	book := p.codebooks[r.Codebook]
	if book == nil {
		return fmt.Errorf("codebook %s is not in the export; add it", r.Codebook.Short())
	}
	if err := annotations.CheckRuling(&r.Ruling, book); err != nil {
		return err
	}
	if err := annotations.CheckName(r.By); err != nil {
		return err
	}
	return checkTime("updated", r.Time)
}

// checkEvents asks only that the history can be written and read again. What
// it says is the store's business.
func (p *page) checkEvents() error {
	for i := range p.Events {
		e := &p.Events[i]
		if e.Article != p.Article.ID {
			return fmt.Errorf("event %d belongs to article %s", e.Pos, e.Article)
		}
		if !e.Unit.Known() {
			return fmt.Errorf("event %d is about a unit of %s, which this version does not know", e.Pos, e.Unit)
		}
		if e.Mode > annotations.Redo {
			return fmt.Errorf("event %d is of mode %d, which is unknown", e.Pos, e.Mode)
		}
		for _, s := range []string{e.Actor, e.Verb, e.Reason, e.Tool} {
			if err := checkProse("event", s, annotations.MaxNote); err != nil {
				return fmt.Errorf("event %d: %w", e.Pos, err)
			}
		}
		for _, a := range []*annotations.Annotation{e.Before, e.After} {
			if err := checkSpans(a, p.Article.Body); err != nil {
				return fmt.Errorf("event %d: %w", e.Pos, err)
			}
		}
		if err := checkTime("event", e.Time); err != nil {
			return fmt.Errorf("event %d: %w", e.Pos, err)
		}
	}
	return nil
}

// checkSpans tells which span of a does not fit text, or nil.
func checkSpans(a *annotations.Annotation, text string) error {
	if a == nil {
		return nil
	}
	for i := range a.Attributions {
		at := &a.Attributions[i]
		for _, s := range slices.Concat(at.Source, at.Cue, at.Content) {
			if err := s.Check(text); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkArticle tells why an article is not what its own hashes and counts say.
func checkArticle(a *annotations.Article) error {
	same := *a
	if err := same.Seal(); err != nil {
		return err
	}
	switch {
	case !sameMeta(&same.Meta, &a.Meta):
		return errors.New("its key, hashes or counts do not follow from its text and sentences")
	case !soundName(a.Name):
		return errors.New("its name is not made of ASCII letters, digits, dots, hyphens and underscores")
	case strings.Contains(a.Body, "\r"):
		return errors.New("the text has carriage returns; line ends must be line feeds")
	case a.Revision > maxRevision:
		return fmt.Errorf("revision %d is too high", a.Revision)
	}
	o := a.Original
	for _, s := range []string{a.Title, a.Outlet, a.Byline, a.Published, a.URL, a.Language, o.File, o.Format, o.Encoding} {
		if err := checkProse("field", s, annotations.MaxNote); err != nil {
			return err
		}
	}
	if o.Bytes < 0 {
		return fmt.Errorf("the original had %d bytes", o.Bytes)
	}
	return nil
}

const maxRevision = 1 << 30

// soundName reports whether s can be the ID of an article in a file.
func soundName(s string) bool {
	for i := range len(s) {
		c := s[i]
		alnum := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !alnum && (i == 0 || c != '.' && c != '-' && c != '_') {
			return false
		}
	}
	return s != "" && len(s) <= annotations.MaxName
}

func checkProse(field, s string, limit int) error {
	if len(s) > limit {
		return fmt.Errorf("%s: is %d bytes long, the limit is %d", field, len(s), limit)
	}
	if s != strings.ToValidUTF8(s, "\uFFFD") {
		return fmt.Errorf("%s: is not valid UTF-8", field)
	}
	return nil
}

// checkTime tells why t cannot be written as RFC 3339, or nil.
func checkTime(field string, t time.Time) error {
	if y := t.UTC().Year(); y < 0 || y > 9999 {
		return fmt.Errorf("%s: the year %d cannot be written", field, y)
	}
	return nil
}

// sameMeta reports whether a is what an article's text and sentences make it.
// Next may be higher than follows from them: IDs that were retired are not used
// again.
func sameMeta(sealed, a *annotations.Meta) bool {
	x := *a
	if x.Next >= sealed.Next {
		x.Next = sealed.Next
	}
	return reflect.DeepEqual(*sealed, x)
}
