package audit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
)

// The kinds of drift.
const (
	Repeated = "repeated" // the same words at two places
	Changed  = "changed"  // the same sentence, later
)

// slip is the time within which another tag corrects the first.
const slip = 10 * time.Minute

// Drift is one person giving two tags to the same words.
type Drift struct {
	Kind     string `json:"kind"`
	Reviewer string `json:"reviewer"`
	Text     string `json:"text"`
	Was      Told   `json:"was"`
	Now      Told   `json:"now"`
}

// Told is a tag given at a place and a time.
type Told struct {
	Place
	Tag  string    `json:"tag"`
	Rule string    `json:"rule,omitempty"`
	Time time.Time `json:"time"`
}

// Steadiness is how one person judges the same words again.
type Steadiness struct {
	Reviewer string `json:"reviewer"`
	Again    int    `json:"again"`   // times that the same words came again
	Same     int    `json:"same"`    // of these, judged as the time before
	Share    Figure `json:"share"`   // Same of Again
	Changed  int    `json:"changed"` // sentences whose tag was changed later
}

// drift lists both kinds, newest first, and counts them by person.
func (x *index) drift(w *wording) ([]Drift, []Steadiness) {
	out := append([]Drift{}, x.changes()...)
	steady := make([]Steadiness, len(x.people))
	for i, p := range x.people {
		steady[i].Reviewer = p
		for k := range out {
			steady[i].Changed += count(out[k].Reviewer == p)
		}
	}
	w.repeats(len(x.people), func(was, now heard) {
		s := &steady[now.o.who]
		s.Again++
		if now.o.tag == was.o.tag {
			s.Same++
			return
		}
		out = append(out, Drift{Repeated, s.Reviewer, now.u.text(), x.told(was.u, was.o), x.told(now.u, now.o)})
	})
	for i := range steady {
		steady[i].Share = share(steady[i].Same, steady[i].Again, "no words came twice")
	}
	steady = slices.DeleteFunc(steady, func(s Steadiness) bool { _, own := slices.BinarySearch(x.raters, s.Reviewer); return !own })
	slices.SortStableFunc(out, func(a, b Drift) int {
		return cmp.Or(b.Now.Time.Compare(a.Now.Time), strings.Compare(a.Reviewer, b.Reviewer), strings.Compare(a.Now.Article, b.Now.Article), cmp.Compare(a.Now.N, b.Now.N))
	})
	return out, steady
}

func (x *index) told(u *unit, o *opinion) Told {
	return Told{Place: u.place(), Tag: x.tagName(o.tag), Rule: o.rec.Rule, Time: o.rec.Time}
}

// heard is an opinion with its place.
type heard struct {
	o *opinion
	u *unit
}

func (h heard) compare(g heard) int { return h.o.rec.Time.Compare(g.o.rec.Time) }

// repeats visits every opinion on words that the same person judged before, with
// the one before it in time.
func (w *wording) repeats(people int, visit func(was, now heard)) {
	by := make([][]heard, people)
	for _, g := range w.groups {
		if len(g.units) < 2 {
			continue
		}
		for who := range by {
			by[who] = by[who][:0]
		}
		for _, u := range g.units {
			for k := range u.said {
				if o := &u.said[k]; o.tag != none {
					by[o.who] = append(by[o.who], heard{o, u})
				}
			}
		}
		for _, all := range by {
			if !slices.IsSortedFunc(all, heard.compare) {
				slices.SortStableFunc(all, heard.compare)
			}
			for i := 1; i < len(all); i++ {
				visit(all[i-1], all[i])
			}
		}
	}
}

// changes are tags changed on one sentence, but for slips and for what a ruling
// in between asked for.
func (x *index) changes() []Drift {
	type key struct {
		article  annotations.ArticleID
		sentence annotations.SentenceID
		who      string
	}
	var out []Drift
	given := map[key]Moment{}
	for _, m := range x.moments() {
		k := key{m.Article, m.Sentence, m.Reviewer}
		if m.Before == m.After {
			continue
		}
		was, ok := given[k]
		if m.After != "" {
			given[k] = m
		}
		u := x.unitAt(m.Article, m.Sentence)
		if !ok || u == nil || m.After == "" || was.After == m.After || m.Time.Sub(was.Time) < slip {
			continue
		}
		if r := u.ruling; r != nil && r.Time.After(was.Time) && !r.Time.After(m.Time) {
			continue
		}
		p := u.place()
		out = append(out, Drift{Changed, m.Reviewer, u.text(), Told{Place: p, Tag: was.After, Time: was.Time}, Told{Place: p, Tag: m.After, Time: m.Time}})
	}
	return out
}

// moments are the input's, by time.
func (x *index) moments() []Moment {
	out := slices.Clone(x.in.Moments)
	slices.SortStableFunc(out, func(a, b Moment) int {
		return cmp.Or(a.Time.Compare(b.Time), slices.Compare(a.Article[:], b.Article[:]), cmp.Compare(a.Sentence, b.Sentence), strings.Compare(a.Reviewer, b.Reviewer))
	})
	return out
}
