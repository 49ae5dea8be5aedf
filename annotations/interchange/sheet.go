package interchange

import (
	"encoding/json"
	"fmt"
	"time"

	"stet.example/stet/annotations"
)

// Sheet is one document made ready for the files of other programs: checked as
// [WriteJSON] checks it, with what was said in order.
type Sheet struct {
	p    *page
	base string                         // for names of files
	at   map[annotations.SentenceID]int // where in the article's units each sentence is
}

// Voice is what one reviewer says of one sentence.
type Voice struct {
	By string
	annotations.Record
}

// Answer is the one tag of a sentence, for programs that know only one.
type Answer struct {
	Tag  string // "" = none
	How  string // "reviewer", "agreement", "ruling", "open"; "" = nobody tagged it
	By   string // who decided; "" where nobody alone did
	When time.Time
	From *annotations.Annotation // the annotation that the tag is of; nil where there is not one alone
}

// Open reports whether reviewers differ and nobody has decided.
func (a Answer) Open() bool { return a.How == stillOpen }

// Sheets checks e and returns its documents, by the names of their articles.
func Sheets(e *Export) ([]*Sheet, error) {
	list, err := pages(e)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Article.Name
	}
	names = Apart(names)
	var out []*Sheet
	for i, p := range list {
		at := make(map[annotations.SentenceID]int, len(p.Article.Units))
		for j, u := range p.Article.Units {
			at[u.ID] = j
		}
		out = append(out, &Sheet{p, names[i], at})
	}
	return out, nil
}

// Article is the article of the sheet.
func (s *Sheet) Article() *annotations.Article { return s.p.Article }

// Base is what the names of the sheet's files begin with: the article's name,
// told apart by [Apart] from others of the export.
func (s *Sheet) Base() string { return s.base }

// Codebook is the one in force.
func (s *Sheet) Codebook() *annotations.Codebook { return s.p.Codebook }

// Offsets converts positions of the article's text.
func (s *Sheet) Offsets() *annotations.Offsets { return s.p.offsets }

// Reviewers are the names of those whose work is exported, sorted.
func (s *Sheet) Reviewers() []string {
	var out []string
	for _, r := range s.p.Reviewers {
		out = append(out, r.Name)
	}
	return out
}

// Voices is what is said of a sentence, by the reviewers' names.
func (s *Sheet) Voices(id annotations.SentenceID) []Voice {
	var out []Voice
	for _, v := range s.p.voices(id) {
		out = append(out, Voice{v.by, v.Record})
	}
	return out
}

// Ruling is the ruling on a sentence unless it was taken back.
func (s *Sheet) Ruling(id annotations.SentenceID) (annotations.RulingRecord, bool) {
	return s.p.ruling(id)
}

// Answer is the one tag of a sentence, found as for the native format.
func (s *Sheet) Answer(id annotations.SentenceID) Answer {
	return answerOf(s.p.voices(id), s.p.inForce(id))
}

func answerOf(voices []voice, ruling *annotations.RulingRecord) Answer {
	d := decide(voices, ruling)
	return Answer{Tag: d.tag, How: d.how, By: d.by, When: d.when, From: d.from}
}

// Item is an evidence item of the document, or nil.
func (s *Sheet) Item(id annotations.EvidenceID) *annotations.Evidence { return s.p.items[id] }

// Secrets counts the confidential notes whose words the export holds.
func (s *Sheet) Secrets() int { return len(s.p.Secrets) }

// Events counts the entries of the article's history that the export holds.
func (s *Sheet) Events() int { return len(s.p.Events) }

// wirePacked is what was said of one sentence, as the native format has it.
type wirePacked struct {
	Sentence    string           `json:"sentence"`
	Places      []wirePlace      `json:"places,omitempty"`
	Annotations []wireAnnotation `json:"annotations,omitempty"`
	Ruling      *wireRuling      `json:"ruling,omitempty"`
	Items       []wireEvidence   `json:"items,omitempty"`
}

// Pack gives what was said of a sentence in the native format, as one line of
// JSON, for a slot in another program's file: all of it with the ruling, or, of
// one reviewer, that person's annotation. It is "" when nothing was said.
// Confidential notes are digests in it. The sentences that it names stand in it with
// their places: another store may have cut the text otherwise, and there the same
// ID is another sentence's.
func (s *Sheet) Pack(id annotations.SentenceID, reviewer string) (string, error) {
	w := wirePacked{Sentence: id.String()}
	named := []annotations.SentenceID{id}
	seen := map[annotations.EvidenceID]bool{}
	for _, v := range s.p.voices(id) {
		if reviewer != "" && v.by != reviewer {
			continue
		}
		a, err := s.p.annotation(&v.Annotation, s.p.Article.Codebook)
		if err != nil {
			return "", fmt.Errorf("%s by %s: %w", id, v.by, err)
		}
		a.By, a.Rev, a.Updated = v.by, v.Rev, instant(v.Time)
		a.Words = otherWords(&v.Record, s.said(id))
		s.p.locate(&a, v.Links)
		w.Annotations = append(w.Annotations, a)
		for _, l := range v.Links {
			if l.To.Article == s.p.Article.ID {
				named = append(named, l.To.Sentence)
			}
		}
		for _, u := range v.Evidence {
			if item := s.p.items[u.ID]; item != nil && !seen[u.ID] {
				seen[u.ID] = true
				w.Items = append(w.Items, wireItem(item))
			}
		}
	}
	if r, ok := s.p.ruling(id); ok && reviewer == "" {
		w.Ruling = s.packedRuling(id, &r)
	}
	w.Places = s.places(named)
	return w.text()
}

// PackRuling gives the ruling on a sentence alone; "" when there is none.
func (s *Sheet) PackRuling(id annotations.SentenceID) (string, error) {
	r, ok := s.p.ruling(id)
	if !ok {
		return "", nil
	}
	w := wirePacked{Sentence: id.String(), Places: s.places([]annotations.SentenceID{id}), Ruling: s.packedRuling(id, &r)}
	return w.text()
}

func (s *Sheet) packedRuling(id annotations.SentenceID, r *annotations.RulingRecord) *wireRuling {
	w := s.p.wireRuling(&r.Ruling, s.p.Article.Codebook)
	w.By, w.Rev, w.Updated, w.Words = r.By, r.Rev, instant(r.Time), ruledOn(&r.Ruling, s.said(id))
	return w
}

func (w *wirePacked) text() (string, error) {
	if len(w.Annotations) == 0 && w.Ruling == nil {
		return "", nil
	}
	b, err := json.Marshal(w)
	return string(b), err
}
