package audit

import (
	"fmt"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
)

// Input is what a desk is computed from. Nothing in it is changed, and the Desk
// keeps pieces of it: do not change it afterwards.
type Input struct {
	Articles  []Article
	Codebooks map[annotations.Hash]*annotations.Codebook // those that articles and annotations name; one that is missing means "not known", not an error
	Evidence  map[annotations.EvidenceID]annotations.Evidence
	Copies    map[annotations.Hash]string  // texts of stored copies by their SHA-256, as far as the caller has them
	Moments   []Moment                     // optional: what the log says of tags; any order
	Talks     map[annotations.Target]*Talk // optional: what the log says of sentences that were ruled on
	Revised   []Revised                    // optional: revisions of which something asks; any order
	Options   Options
}

// Options steer a desk. The zero value is the usual choice, without a seed.
type Options struct {
	Confidence float64   // of the audit bound, inside (0, 1); 0 for 0.95
	MaxRate    float64   // wrong share that a check should exclude, inside (0, 1); 0 for 0.05
	Seed       *[32]byte // of the draw that is being checked; nil: none was drawn
}

func (o Options) complete() (Options, error) {
	if o.Confidence == 0 {
		o.Confidence = 0.95
	}
	if o.MaxRate == 0 {
		o.MaxRate = 0.05
	}
	_, err := agreement.SampleSize(1_000_000, o.MaxRate, o.Confidence, 0)
	return o, err
}

// Article is an article with all that was said of it.
type Article struct {
	Meta  annotations.Meta
	Body  string                 // the text that the units cut
	Units []annotations.Sentence // in reading order
	Rows  []Row                  // in any order
	// Finished are the reviewers who have said that they have finished it.
	Finished []string
	// Apart are the rows that a merge let stand beside another of the same person,
	// who said something else in another store, with that person's name; nil for none.
	Apart map[Statement]string
}

// Row is what one person said of one sentence, or the ruling on it. It has the
// shape of the store's rows, so that one converts to the other.
type Row struct {
	Sentence   annotations.SentenceID
	Reviewer   string                    // "" for a ruling
	Annotation annotations.Record        // when Reviewer is not ""
	Ruling     *annotations.RulingRecord // when Reviewer is ""
}

// Moment is one decision on a tag, taken from the log.
type Moment struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
	Reviewer string
	Time     time.Time
	Before   string // tag before, "" for none
	After    string // tag after, "" for none
	Offered  string // the tag that a suggestion showed, "" for none
	Seen     bool   // in a team that works blind, the reviewer could see what others said of the article by then
}

// MomentOf takes a moment from an event. It reports false for events that
// changed no tag and showed no suggestion, and for undo and redo, which correct
// slips rather than judge.
func MomentOf(e *annotations.Event) (Moment, bool) {
	if e.Kind != annotations.EventAnnotate || e.Mode != annotations.Do {
		return Moment{}, false
	}
	m := Moment{Article: e.Article, Sentence: e.Sentence, Reviewer: e.Actor, Time: e.Time, Offered: e.Offered}
	if e.Before != nil {
		m.Before = e.Before.Tag
	}
	if e.After != nil {
		m.After = e.After.Tag
	}
	return m, m.Before != m.After || m.Offered != ""
}

// Place is a sentence of an article.
type Place struct {
	Key      annotations.ArticleID  `json:"key"`
	Article  string                 `json:"article"` // short readable name
	Sentence annotations.SentenceID `json:"sentence"`
	N        int                    `json:"n"` // in reading order, from 1
}

// String gives "name 12".
func (p Place) String() string { return fmt.Sprintf("%s %d", p.Article, p.N) }
