package audit

import (
	"sync"

	"stet.example/stet/annotations"
)

// Desk is everything a lead's screen shows. Slices are never nil in JSON terms:
// an empty list is [].
type Desk struct {
	Totals Totals   `json:"totals"`
	Counts Counts   `json:"counts"`
	People []Person `json:"people"` // by name

	// What needs a decision.
	Queries       []Matter   `json:"queries"`       // rulings "query" in force; answered ones first
	Replies       []Matter   `json:"replies"`       // decisions that a reviewer answered since
	Disagreements []Matter   `json:"disagreements"` // tags differ and no ruling decides; highest stakes first
	Unsure        []Matter   `json:"unsure"`        // a reviewer asks the lead
	OneSided      []Matter   `json:"one_sided"`     // contested, and the other side is not named
	Unfinished    []Matter   `json:"unfinished"`    // something else that the tag needs is missing
	Wanted        []Matter   `json:"wanted"`        // a second check is asked for
	Stale         []Matter   `json:"stale"`         // judged, then the sentence was cut otherwise
	Merged        []Matter   `json:"merged"`        // two stores were joined, and what they say does not go together
	Revised       []Revised  `json:"revised"`       // revisions of articles in which something asks a reviewer
	Begun         []Progress `json:"begun"`         // articles that somebody has begun, or is to do, and not finished

	Sound  Sound        `json:"sound"`  // is the work sound
	Mixes  Mixes        `json:"mixes"`  // who mixes what
	Weak   []Weak       `json:"weak"`   // where a published text would be weak
	Drift  []Drift      `json:"drift"`  // one person, two answers; newest first
	Steady []Steadiness `json:"steady"` // the same in numbers, by name
	Lint   []Lint       `json:"lint"`   // what contradicts itself or the codebook
	Pace   []Day        `json:"pace"`   // by reviewer, then day
	Rhythm []Rhythm     `json:"rhythm"` // the same of all days, by reviewer
	Offer  *Offers      `json:"offers,omitempty"`

	x *index
}

// Counts is how much there is to look at.
type Counts struct {
	Matters int `json:"matters"` // sentences that need a decision, over all lists; one that is in two lists counts twice
	Mixed   int `json:"mixed"`   // pairs of tags that are taken for each other
	Weak    int `json:"weak"`    // weak spots, and what contradicts itself
}

func (d *Desk) count() {
	d.Counts.Mixed, d.Counts.Weak = len(d.Mixes.Labels), len(d.Weak)+len(d.Lint)
	for _, list := range [][]Matter{d.Queries, d.Replies, d.Merged, d.Disagreements, d.Unsure, d.OneSided, d.Unfinished, d.Wanted, d.Stale} {
		d.Counts.Matters += len(list)
	}
}

// Totals counts what was looked at.
type Totals struct {
	Articles    int            `json:"articles"`
	Sentences   int            `json:"sentences"`
	Required    int            `json:"required"` // of them, those that must be tagged
	Annotations int            `json:"annotations"`
	Tagged      int            `json:"tagged"`   // sentences with a tag by anybody
	Doubly      int            `json:"doubly"`   // with tags by two people or more
	Rulings     int            `json:"rulings"`  // in force
	Answers     map[string]int `json:"answers"`  // sentences by the tag that holds
	Open        int            `json:"open"`     // sentences on which people differ
	Homeless    int            `json:"homeless"` // annotations on sentences that are no longer there
	ByArticle   []ArticleTags  `json:"by_article"`
}

// ArticleTags is how an article's sentences are tagged.
type ArticleTags struct {
	Key       annotations.ArticleID `json:"key"`
	Article   string                `json:"article"`
	Title     string                `json:"title,omitempty"`
	Sentences int                   `json:"sentences"`
	Answers   map[string]int        `json:"answers"` // by the tag that holds
	Open      int                   `json:"open"`
	Untagged  int                   `json:"untagged"` // nobody tagged them, or the ruling lets no tag stand
}

// New computes a desk. It refuses sentences outside their text, an article that
// is there twice, and options out of range.
func New(in Input) (*Desk, error) {
	x, err := newIndex(&in)
	if err != nil {
		return nil, err
	}
	d := &Desk{x: x}
	var failed error
	together(
		func() {
			if d.Sound, failed = x.sound(); failed == nil {
				d.Mixes = x.mixes(d.Sound.table, d.Sound.rows)
			}
		},
		func() {
			d.Drift, d.Steady = x.drift(x.wording)
			d.Lint = x.lint(x.wording)
		},
		func() {
			d.Totals, d.People = x.totals(), x.persons()
			x.decide(d)
			d.Weak, d.Offer = x.weak(), x.offers()
			days := x.pace()
			d.Rhythm, d.Pace = rhythms(days), worked(days)
		},
	)
	if failed != nil {
		return nil, failed
	}
	d.count()
	return d, nil
}

// together runs parts that touch different fields of a desk at the same time.
func together(parts ...func()) {
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(part)
	}
	all.Wait()
}

// Labels are the tags that figures and confusions point into, in the order of
// the codebooks.
func (d *Desk) Labels() []string { return append([]string(nil), d.x.tags...) }

// Text is the sentence at a place, or "".
func (d *Desk) Text(p Place) string {
	if u := d.x.unitAt(p.Key, p.Sentence); u != nil {
		return u.text()
	}
	return ""
}

func (x *index) unitAt(id annotations.ArticleID, s annotations.SentenceID) *unit {
	art := x.places[id]
	if art == nil {
		return nil
	}
	at := annotations.IndexOf(art.Units, s)
	if at < 0 {
		return nil
	}
	return &art.units[at]
}

func (x *index) totals() Totals {
	t := Totals{Articles: len(x.articles), Sentences: len(x.units), Answers: map[string]int{}, Homeless: x.homeless, ByArticle: []ArticleTags{}}
	for _, art := range x.articles {
		by := ArticleTags{Key: art.Meta.ID, Article: art.Meta.Name, Title: art.Meta.Title, Sentences: len(art.units), Answers: map[string]int{}}
		counts := make([]int, len(x.tags))
		for i := range art.units {
			u := &art.units[i]
			t.Annotations += len(u.said)
			if u.required() {
				t.Required++
			}
			if u.ruling != nil {
				t.Rulings++
			}
			if u.tagged > 1 {
				t.Doubly++
			}
			if u.common != none {
				t.Tagged++
			}
			switch {
			case u.answer == open:
				by.Open++
			case u.answer == none:
				by.Untagged++
			default:
				counts[u.answer]++
			}
		}
		for tag, n := range counts {
			if n > 0 {
				by.Answers[x.tags[tag]] = n
				t.Answers[x.tags[tag]] += n
			}
		}
		t.Open += by.Open
		t.ByArticle = append(t.ByArticle, by)
	}
	return t
}
