package audit

import (
	"cmp"
	"slices"

	"stet.example/stet/annotations"
)

// Statement names a row: whose, under the name it bears, on which sentence.
type Statement struct {
	Sentence annotations.SentenceID
	Reviewer string
}

// Where one person said two things in two stores, a merge lets both stand, the
// second as "NAME (2)". They are two voices of one person: the lead's lists show
// both, and figures of agreement count people. Somebody who gave one tag twice
// gave it once; somebody who gave two has, until one is taken back, given none that
// could be compared with others'.

// self is the number of the person behind an opinion.
func (x *index) self(u *unit, o *opinion) int32 {
	if len(u.art.Apart) == 0 {
		return o.who
	}
	name, ok := u.art.Apart[Statement{u.art.Units[u.at].ID, x.people[o.who]}]
	if !ok {
		return o.who
	}
	who, known := slices.BinarySearch(x.people, name)
	if !known {
		return o.who
	}
	return int32(who)
}

// countPeople fills u.rated, one opinion a person, from u.said.
func (x *index) countPeople(u *unit) {
	u.rated = u.said
	if len(u.art.Apart) == 0 || !slices.ContainsFunc(u.said, func(o opinion) bool { return x.self(u, &o) != o.who }) {
		return
	}
	u.rated = make([]opinion, 0, len(u.said))
	var divided []int32
	for i := range u.said {
		o := u.said[i]
		o.who = x.self(u, &o)
		k := slices.IndexFunc(u.rated, func(p opinion) bool { return p.who == o.who })
		switch {
		case k < 0:
			u.rated = append(u.rated, o)
		case u.rated[k].tag == none:
			u.rated[k] = o
		case o.tag != none && o.tag != u.rated[k].tag:
			divided = append(divided, o.who)
		}
	}
	u.rated = slices.DeleteFunc(u.rated, func(o opinion) bool { return slices.Contains(divided, o.who) })
	slices.SortFunc(u.rated, func(a, b opinion) int { return cmp.Compare(a.who, b.who) })
}

// nameRaters finds the names that are nobody's own, and the columns that the others
// have in tables of ratings.
func (x *index) nameRaters() {
	x.raters, x.column = x.people, make([]int, len(x.people))
	for who := range x.column {
		x.column[who] = who
	}
	if !slices.ContainsFunc(x.articles, func(a *article) bool { return len(a.Apart) > 0 }) {
		return
	}
	own, borne := make([]bool, len(x.people)), make([]bool, len(x.people))
	for i := range x.units {
		u := &x.units[i]
		for k := range u.said {
			o := &u.said[k]
			borne[o.who] = true
			own[o.who] = own[o.who] || x.self(u, o) == o.who
		}
	}
	x.raters = make([]string, 0, len(x.people))
	for who, name := range x.people {
		if borne[who] && !own[who] {
			x.column[who] = none
			continue
		}
		x.column[who] = len(x.raters)
		x.raters = append(x.raters, name)
	}
}

// differ reports whether people gave different tags.
func (u *unit) differ() bool {
	tag := int32(none)
	for i := range u.rated {
		switch t := u.rated[i].tag; {
		case t == none:
		case tag == none:
			tag = t
		case t != tag:
			return true
		}
	}
	return false
}
