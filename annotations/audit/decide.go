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
	Answered bool      `json:"answered,omitempty"` // a query, and somebody whom it concerns did something since
	Stakes   int       `json:"stakes"`             // points, see the package's rules
	Why      []string  `json:"why"`                // what the points are for
	Since    time.Time `json:"since"`              // of the ruling or annotation
	Thread   []Turn    `json:"thread,omitempty"`   // of a query or a reply: what was said, oldest first
}

// Revised is how much of a revision waits for one reviewer: sentences that were
// edited since the reviewer tagged the version before.
type Revised struct {
	Key      annotations.ArticleID  `json:"key"`
	Article  string                 `json:"article"`
	Parent   string                 `json:"parent"` // the version before
	Reviewer string                 `json:"reviewer"`
	Asks     int                    `json:"asks"`  // sentences
	First    annotations.SentenceID `json:"first"` // of them
}

// Voice is what one reviewer says of a sentence.
type Voice struct {
	Reviewer string `json:"reviewer"`
	Tag      string `json:"tag"`            // "" for none
	Past     string `json:"past,omitempty"` // where Tag is none: the tag that was given to other words than the sentence has now
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

// split reports whether the two most frequent tags of a unit are equally so, among people.
func (x *index) split(u *unit) bool {
	counts := make([]int, len(x.tags))
	for i := range u.rated {
		if t := u.rated[i].tag; t != none {
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
		if o.tag == none {
			out[i].Past = o.rec.Tag
		}
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
	d.Replies, d.Merged, d.Revised = []Matter{}, []Matter{}, append([]Revised{}, x.in.Revised...)
	for i := range x.units {
		u := &x.units[i]
		if u.past && u.ruling.Verdict != annotations.Query {
			m := x.matter(u, "the sentence was cut otherwise since it was ruled on: "+string(u.ruling.Verdict))
			m.Reason, m.Since, m.Thread = u.ruling.Reason, u.ruling.Time, x.thread(u)
			d.Stale = append(d.Stale, m)
		}
		switch {
		case u.ruling != nil && u.ruling.Verdict == annotations.Query:
			d.Queries = append(d.Queries, x.query(u))
		case u.settled():
			if m, ok := x.reply(u); ok {
				d.Replies = append(d.Replies, m)
			}
		case x.lostRuling(u):
			m := x.matter(u, "two rulings met in a merge; none is in force")
			m.Thread = x.thread(u)
			d.Merged = append(d.Merged, m)
		case u.common == open:
			m := x.matter(u, x.differing(u))
			m.Since = newest(u)
			if who := x.doubled(u); who != "" {
				m.Of, m.What = who, m.What+", said in two stores"
				d.Merged = append(d.Merged, m)
			} else {
				d.Disagreements = append(d.Disagreements, m)
			}
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
	slices.SortStableFunc(d.Revised, func(a, b Revised) int {
		return cmp.Or(strings.Compare(a.Article, b.Article), slices.Compare(a.Key[:], b.Key[:]), strings.Compare(a.Reviewer, b.Reviewer))
	})
	d.Begun = x.begun()
}

// thread is what the log says of a unit since it was first ruled on.
func (x *index) thread(u *unit) []Turn { return x.talk(u).Turns() }

func (x *index) talk(u *unit) *Talk {
	return x.in.Talks[annotations.Target{Article: u.art.Meta.ID, Sentence: u.art.Units[u.at].ID}]
}

// reply is a decision that a reviewer had something to say to.
func (x *index) reply(u *unit) (Matter, bool) {
	turns := x.thread(u)
	for _, t := range slices.Backward(since(turns)) {
		if t.What == VerbAnswer {
			m := x.matter(u, "answers the ruling "+string(u.ruling.Verdict))
			m.Of, m.Reason, m.Note, m.Since, m.Thread = t.By, u.ruling.Reason, t.Words, t.Time, turns
			return m, true
		}
	}
	return Matter{}, false
}

// changedSince reports whether a person changed what they say of a unit after the
// ruling on it. A word to the lead changes nothing.
func (x *index) changedSince(u *unit, o *opinion) bool {
	turns := x.thread(u)
	if len(turns) == 0 {
		return o.rec.Pos > u.ruling.Pos
	}
	return slices.ContainsFunc(since(turns), func(t Turn) bool {
		return t.By == x.people[o.who] && t.What != VerbAnswer && t.What != VerbNoted
	})
}

// lostRuling reports whether a merge left a unit without the rulings it had.
func (x *index) lostRuling(u *unit) bool {
	t := x.talk(u)
	return u.ruling == nil && t != nil && t.lost
}

// doubled names somebody who gave a unit two tags in two stores, as [Article.Apart]
// has it; "" for nobody. A name alone tells nothing: people may be called "ana (2)".
func (x *index) doubled(u *unit) string {
	for i := range u.said {
		who := x.self(u, &u.said[i])
		if who == u.said[i].who {
			continue
		}
		for k := range u.said {
			if k != i && x.self(u, &u.said[k]) == who && u.said[k].tag != u.said[i].tag {
				return x.people[who]
			}
		}
	}
	return ""
}

// decideOne adds what one reviewer's annotation leaves to be done. What a ruling
// decided after it was written is done.
func (x *index) decideOne(d *Desk, u *unit, o *opinion) {
	ruled := u.settled() && !x.changedSince(u, o)
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

// query is an open query. It is answered when one whom it concerns has said or
// changed something since.
func (x *index) query(u *unit) Matter {
	r := u.ruling
	m := x.matter(u, "query")
	m.Of, m.Reason, m.Since, m.Thread = r.Reviewer, r.Reason, r.Time, x.thread(u)
	if len(m.Thread) > 0 { // the log tells what was undone
		if m.Answered = answered(m.Thread, r.Reviewer); m.Answered {
			m.What = "query, answered"
		}
		return m
	}
	for i := range u.said {
		o := &u.said[i]
		if (r.Reviewer == "" || r.Reviewer == x.people[o.who]) && o.rec.Pos > r.Pos {
			m.Answered, m.What = true, "query, answered"
		}
	}
	return m
}

// differing names the tags given and by how many people, most frequent first:
// "contextual 2, sourced 1". Both are named of somebody who gave two in two stores.
func (x *index) differing(u *unit) string {
	says := u.rated
	if x.doubled(u) != "" {
		says = u.said
	}
	counts := make(map[int32]int, len(says))
	var tags []int32
	for i := range says {
		if t := says[i].tag; t != none {
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
// that must be, nor said that they have finished: one may finish all the same.
func (x *index) begun() []Progress {
	out := []Progress{}
	tagged, touched := make([]int, len(x.people)), make([]bool, len(x.people))
	at := make([]*unit, len(x.people)) // in which a person's tag was counted last
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
				who := o.who
				if len(art.Apart) > 0 {
					who = x.self(u, o)
				}
				touched[who] = true
				if o.tag != none && u.required() && at[who] != u {
					at[who] = u
					tagged[who]++
				}
			}
		}
		assigned := slices.Clone(art.Meta.Assigned)
		for who, name := range x.people {
			at := slices.Index(assigned, name)
			if at >= 0 {
				assigned = slices.Delete(assigned, at, at+1)
			}
			if (touched[who] || at >= 0) && tagged[who] < required && !slices.Contains(art.Finished, name) {
				out = append(out, Progress{art.Meta.ID, art.Meta.Name, name, tagged[who], required, at >= 0})
			}
		}
		for _, name := range assigned { // has said nothing anywhere yet
			if !slices.Contains(art.Finished, name) {
				out = append(out, Progress{art.Meta.ID, art.Meta.Name, name, 0, required, true})
			}
		}
	}
	return out
}
