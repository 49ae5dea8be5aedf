package audit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
)

// Matter is a sentence that waits for somebody.
type Matter struct {
	Place
	Text     string    `json:"text"`
	Says     []Voice   `json:"says"`               // everybody's, by name
	Of       string    `json:"of,omitempty"`       // whose annotation it is about; "" for the sentence
	What     string    `json:"what"`               // the matter in a few words
	Reason   string    `json:"reason,omitempty"`   // the lead's words, of a query
	Note     string    `json:"note,omitempty"`     // the reviewer's note
	Answered bool      `json:"answered,omitempty"` // a query, and somebody changed their annotation since
	Stakes   int       `json:"stakes"`             // points, see the package's rules
	Why      []string  `json:"why"`                // what the points are for
	Since    time.Time `json:"since"`              // of the ruling or annotation
}

// Voice is what one reviewer says of a sentence.
type Voice struct {
	Reviewer string `json:"reviewer"`
	Tag      string `json:"tag"` // "" for none
	Rule     string `json:"rule,omitempty"`
	Unsure   bool   `json:"unsure,omitempty"`
}

// Progress is how far one reviewer is with an article that is not finished.
type Progress struct {
	Key      annotations.ArticleID `json:"key"`
	Article  string                `json:"article"`
	Reviewer string                `json:"reviewer"`
	Tagged   int                   `json:"tagged"`   // of those that must be tagged
	Required int                   `json:"required"` // how many must be
	Assigned bool                  `json:"assigned"` // the reviewer is to do it
}

// stakes are the points of a unit.
func (x *index) stakes(u *unit) (points int, why []string) {
	add := func(n int, when bool, words string) {
		if when {
			points += n
			why = append(why, words)
		}
	}
	add(32, u.marks.has(highStakes), "high stakes")
	add(16, u.marks.has(accusation), "accusation")
	add(8, u.marks.has(disputable), "somebody says contested")
	add(4, u.marks.has(unsourced), "unsourced")
	add(2, x.split(u), "evenly split")
	add(1, u.marks.has(numbersFlag), "numbers")
	return points, why
}

// split reports whether the two most frequent tags of a unit are equally so.
func (x *index) split(u *unit) bool {
	counts := make([]int, len(x.tags))
	for i := range u.said {
		if t := u.said[i].tag; t != none {
			counts[t]++
		}
	}
	slices.Sort(counts)
	n := len(counts)
	return n > 1 && counts[n-1] > 0 && counts[n-1] == counts[n-2]
}

func (x *index) matter(u *unit, what string) Matter {
	m := Matter{Place: u.place(), Text: u.text(), What: what, Says: x.voices(u), Why: []string{}}
	if points, why := x.stakes(u); points > 0 {
		m.Stakes, m.Why = points, why
	}
	return m
}

func (x *index) voices(u *unit) []Voice {
	out := make([]Voice, len(u.said))
	for i := range u.said {
		o := &u.said[i]
		out[i] = Voice{Reviewer: x.people[o.who], Tag: x.tagName(o.tag), Rule: o.rec.Rule, Unsure: o.rec.Unsure}
	}
	return out
}

// of is a matter about one person's annotation.
func (x *index) of(u *unit, o *opinion, what string) Matter {
	m := x.matter(u, what)
	m.Of, m.Note, m.Since = x.people[o.who], o.rec.Note, o.rec.Time
	return m
}

// decide fills what needs a decision.
func (x *index) decide(d *Desk) {
	d.Queries, d.Disagreements, d.Unsure, d.OneSided = []Matter{}, []Matter{}, []Matter{}, []Matter{}
	d.Unfinished, d.Wanted, d.Stale, d.Begun = []Matter{}, []Matter{}, []Matter{}, []Progress{}
	for i := range x.units {
		u := &x.units[i]
		if u.ruling != nil && u.ruling.Verdict == annotations.Query {
			d.Queries = append(d.Queries, x.query(u))
		} else if !u.settled() && u.common == open {
			m := x.matter(u, x.differing(u))
			m.Since = newest(u)
			d.Disagreements = append(d.Disagreements, m)
		}
		if !u.marks.has(stale | unsure | wanted | oneSided | incomplete) {
			continue
		}
		for k := range u.said {
			x.decideOne(d, u, &u.said[k])
		}
	}
	for _, list := range []*[]Matter{&d.Disagreements, &d.Unsure, &d.OneSided, &d.Unfinished, &d.Wanted} {
		slices.SortStableFunc(*list, func(a, b Matter) int { return cmp.Compare(b.Stakes, a.Stakes) })
	}
	slices.SortStableFunc(d.Queries, func(a, b Matter) int {
		if a.Answered != b.Answered {
			return map[bool]int{true: -1, false: 1}[a.Answered]
		}
		return cmp.Compare(b.Stakes, a.Stakes)
	})
	d.Begun = x.begun()
}

// decideOne adds what one reviewer's annotation leaves to be done. What a ruling
// decided after it was written is done.
func (x *index) decideOne(d *Desk, u *unit, o *opinion) {
	ruled := u.settled() && u.ruling.Pos > o.rec.Pos
	if o.marks.has(stale) {
		d.Stale = append(d.Stale, x.of(u, o, "the sentence was cut otherwise since it was judged"))
	}
	if o.marks.has(unsure) && !ruled {
		d.Unsure = append(d.Unsure, x.of(u, o, "unsure, asks the lead"))
	}
	if o.marks.has(wanted) && !ruled {
		d.Wanted = append(d.Wanted, x.of(u, o, "a second check is wanted"))
	}
	for _, n := range o.missing() {
		m := x.of(u, o, "names no "+string(n))
		if n == annotations.NeedOtherSide {
			d.OneSided = append(d.OneSided, m)
		} else {
			d.Unfinished = append(d.Unfinished, m)
		}
	}
}

// query is an open query. It is answered when one whom it concerns has changed
// something since.
func (x *index) query(u *unit) Matter {
	r := u.ruling
	m := x.matter(u, "query")
	m.Of, m.Reason, m.Since = r.Reviewer, r.Reason, r.Time
	for i := range u.said {
		o := &u.said[i]
		if (r.Reviewer == "" || r.Reviewer == x.people[o.who]) && o.rec.Pos > r.Pos {
			m.Answered, m.What = true, "query, answered"
		}
	}
	return m
}

// differing names the tags given, most frequent first: "contextual 2, sourced 1".
func (x *index) differing(u *unit) string {
	counts := make(map[int32]int, len(u.said))
	var tags []int32
	for i := range u.said {
		if t := u.said[i].tag; t != none {
			if counts[t] == 0 {
				tags = append(tags, t)
			}
			counts[t]++
		}
	}
	slices.SortFunc(tags, func(a, b int32) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	var b strings.Builder
	for i, t := range tags {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(x.tags[t])
		b.WriteByte(' ')
		writeInt(&b, counts[t])
	}
	return b.String()
}

func newest(u *unit) time.Time {
	var t time.Time
	for i := range u.said {
		if at := u.said[i].rec.Time; at.After(t) {
			t = at
		}
	}
	return t
}

// begun lists who has begun an article, or is to do it, and has not tagged all
// that must be.
func (x *index) begun() []Progress {
	out := []Progress{}
	tagged, touched := make([]int, len(x.people)), make([]bool, len(x.people))
	for _, art := range x.articles {
		clear(tagged)
		clear(touched)
		required := 0
		for i := range art.units {
			u := &art.units[i]
			if u.required() {
				required++
			}
			for k := range u.said {
				o := &u.said[k]
				touched[o.who] = true
				if o.tag != none && u.required() {
					tagged[o.who]++
				}
			}
		}
		assigned := slices.Clone(art.Meta.Assigned)
		for who, name := range x.people {
			at := slices.Index(assigned, name)
			if at >= 0 {
				assigned = slices.Delete(assigned, at, at+1)
			}
			if (touched[who] || at >= 0) && tagged[who] < required {
				out = append(out, Progress{art.Meta.ID, art.Meta.Name, name, tagged[who], required, at >= 0})
			}
		}
		for _, name := range assigned { // has said nothing anywhere yet
			out = append(out, Progress{art.Meta.ID, art.Meta.Name, name, 0, required, true})
		}
	}
	return out
}
