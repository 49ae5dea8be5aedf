package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// none is the number of a tag, a rule or a reviewer that is not there; open that
// of a tag on which people differ.
const (
	none = -1
	open = -2
)

// index is the input, sorted and numbered once, so that the figures are made of
// small integers.
type index struct {
	in       *Input
	opt      Options
	people   []string // sorted; an opinion's who points into it
	raters   []string // of them, those that are somebody's own name
	column   []int    // of each of the people, into raters; none for the others
	tags     []string // in the order of the codebooks; an opinion's tag points into it
	tagOf    map[string]int32
	articles []*article // by name
	units    []unit     // all, article by article in reading order
	places   map[annotations.ArticleID]*article
	books    map[annotations.Hash]*book
	said     []decision         // rules with their tags; an opinion's why points into it
	saidAt   map[decision]int32 // their numbers
	wording  *wording           // the sentences by their words
	homeless int                // rows on sentences that are no longer there
}

type article struct {
	*Article
	units []unit // a piece of index.units
}

// unit is a sentence with what was said of it.
type unit struct {
	art    *article
	at     int       // place in reading order, from 0
	said   []opinion // live ones, by reviewer
	rated  []opinion // of them, one a person: what figures are made of
	ruling *annotations.RulingRecord
	past   bool  // the ruling was made on other words than the unit has now
	answer int32 // the tag that holds, none or open
	common int32 // the tag that all who tagged it gave, none or open
	tagged int32 // how many people gave one tag
	marks  marks // of all opinions together
}

// opinion is what one reviewer says of a unit.
type opinion struct {
	who   int32
	tag   int32 // none for untagged
	why   int32 // the decision: rule and tag
	marks marks
	given int64 // when the tag was, in nanoseconds since 1970; 0 where the log was not read
	rec   *annotations.Record
	book  *book
}

// book is a codebook with its tags by number.
type book struct {
	*annotations.Codebook
	needs map[string][]annotations.Need
}

func newIndex(in *Input) (*index, error) {
	opt, err := in.Options.complete()
	if err != nil {
		return nil, err
	}
	x := &index{in: in, opt: opt, tagOf: map[string]int32{}, books: map[annotations.Hash]*book{}, saidAt: map[decision]int32{}, places: map[annotations.ArticleID]*article{}}
	total := 0
	for i := range in.Articles {
		a := &in.Articles[i]
		if err := checkArticle(a); err != nil {
			return nil, err
		}
		if x.places[a.Meta.ID] != nil {
			return nil, fmt.Errorf("article %s is there twice", a.Meta.Name)
		}
		art := &article{Article: a}
		x.places[a.Meta.ID] = art
		x.articles = append(x.articles, art)
		total += len(a.Units)
	}
	slices.SortFunc(x.articles, func(a, b *article) int {
		return cmp.Or(strings.Compare(a.Meta.Name, b.Meta.Name), slices.Compare(a.Meta.ID[:], b.Meta.ID[:]))
	})
	x.units = make([]unit, 0, total)
	for _, art := range x.articles {
		first := len(x.units)
		for i := range art.Units {
			x.units = append(x.units, unit{art: art, at: i})
		}
		art.units = x.units[first:len(x.units):len(x.units)]
	}
	together(
		func() { x.wording = x.sameWords() }, // needs nothing but the texts
		func() {
			x.number()
			for _, art := range x.articles {
				x.fill(art)
			}
			for i := range x.units {
				u := &x.units[i]
				u.past = x.overtaken(u)
				x.countPeople(u)
				u.sum()
				u.answer = x.answerOf(u)
			}
			x.nameRaters()
			x.dateTags()
		},
	)
	return x, nil
}

func checkArticle(a *Article) error {
	for i, u := range a.Units {
		if u.Span.Start < 0 || u.Span.End > len(a.Body) || u.Span.Start > u.Span.End || u.Dateline < 0 || u.Dateline > u.Span.Len() {
			return fmt.Errorf("article %s, sentence %d: bytes %d to %d do not lie in its text of %d bytes", a.Meta.Name, i+1, u.Span.Start, u.Span.End, len(a.Body))
		}
	}
	return nil
}

// number gives people and tags their numbers: people by name, tags in the order
// of the codebooks (by name, version, hash), then those of no known codebook.
func (x *index) number() {
	people, extra := map[string]bool{}, map[string]bool{}
	for _, art := range x.articles {
		for i := range art.Rows {
			if r := &art.Rows[i]; r.Reviewer != "" {
				if !people[r.Reviewer] {
					people[r.Reviewer] = true
				}
				if !extra[r.Annotation.Tag] {
					extra[r.Annotation.Tag] = true
				}
			} else if r.Ruling != nil {
				extra[r.Ruling.Tag] = true
			}
		}
	}
	x.people = slices.Sorted(maps.Keys(people))
	books := slices.SortedFunc(maps.Values(x.in.Codebooks), func(a, b *annotations.Codebook) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Version, b.Version), slices.Compare(a.Hash[:], b.Hash[:]))
	})
	add := func(tag string) {
		if _, ok := x.tagOf[tag]; !ok && tag != "" {
			x.tagOf[tag] = int32(len(x.tags))
			x.tags = append(x.tags, tag)
		}
	}
	for _, c := range books {
		b := &book{Codebook: c, needs: map[string][]annotations.Need{}}
		for i := range c.Tags {
			b.needs[c.Tags[i].ID] = c.Tags[i].Needs
			add(c.Tags[i].ID)
		}
		x.books[c.Hash] = b
	}
	for _, tag := range slices.Sorted(maps.Keys(extra)) {
		add(tag)
	}
}

func (x *index) fill(art *article) {
	at, load := make([]int32, len(art.Rows)), make([]int, len(art.Units))
	for i := range art.Rows {
		r := &art.Rows[i]
		at[i] = int32(annotations.IndexOf(art.Units, r.Sentence))
		switch {
		case r.Reviewer == "":
			if at[i] >= 0 && r.Ruling != nil && r.Ruling.Verdict != "" {
				art.units[at[i]].ruling = r.Ruling
			}
			at[i] = none
		case r.Annotation.Tag == "" && r.Annotation.IsZero():
			at[i] = none
		case at[i] < 0:
			x.homeless++
		default:
			load[at[i]]++
		}
	}
	all := make([]opinion, len(art.Rows))
	for i, n := range load {
		art.units[i].said, all = all[:0:n], all[n:]
	}
	words := make([]uint64, len(art.Units))
	for i := range art.Rows {
		if at[i] >= 0 {
			u := &art.units[at[i]]
			u.said = append(u.said, x.opinion(u, &art.Rows[i], &words[at[i]]))
		}
	}
	for i := range art.units {
		slices.SortFunc(art.units[i].said, func(a, b opinion) int { return cmp.Compare(a.who, b.who) })
	}
}

// opinion is a row by numbers; words is the start of the hash of the unit's
// words, once it was needed.
func (x *index) opinion(u *unit, r *Row, words *uint64) opinion {
	who, _ := slices.BinarySearch(x.people, r.Reviewer)
	o := opinion{who: int32(who), tag: none, rec: &r.Annotation, book: x.bookOf(r.Annotation.Codebook, u.art)}
	if r.Annotation.Tag != "" {
		o.tag = x.tagOf[r.Annotation.Tag]
	}
	if r.Annotation.Words != 0 {
		if *words == 0 {
			*words = annotations.HashOf(u.text()).Start()
		}
		if r.Annotation.Words != *words {
			o.tag, o.marks = none, stale // these words nobody judged
		}
	}
	o.why = x.decision(decision{r.Annotation.Rule, r.Annotation.Tag})
	o.marks |= o.marksOf()
	return o
}

func (x *index) decision(d decision) int32 {
	n, ok := x.saidAt[d]
	if !ok {
		n = int32(len(x.said))
		x.said, x.saidAt[d] = append(x.said, d), n
	}
	return n
}

// bookOf is the codebook that an annotation was made by, else the article's,
// else nil.
func (x *index) bookOf(h annotations.Hash, art *article) *book {
	if b := x.books[h]; b != nil {
		return b
	}
	return x.books[art.Meta.Codebook]
}

// answerOf is the tag that holds for a unit.
func (x *index) answerOf(u *unit) int32 {
	if r := u.ruling; r != nil && !u.past {
		switch r.Verdict {
		case annotations.Amend:
			if t, ok := x.tagOf[r.Tag]; ok {
				return t
			}
		case annotations.Neither:
			return none
		case annotations.Stet:
			for i := range u.said {
				if o := &u.said[i]; r.Reviewer != "" && x.people[o.who] == r.Reviewer {
					return o.tag
				}
			}
		case annotations.Query:
		}
	}
	return u.common
}

// sum fills what follows from the opinions.
func (u *unit) sum() {
	u.common = none
	for i := range u.said {
		o := &u.said[i]
		u.marks |= o.marks
		if o.tag == none {
			continue
		}
		u.tagged++
		switch {
		case u.common == none:
			u.common = o.tag
		case u.common != o.tag:
			u.common = open
		}
	}
	if len(u.rated) == len(u.said) {
		return
	}
	u.tagged = 0
	for i := range u.rated {
		u.tagged += int32(count(u.rated[i].tag != none))
	}
}

// settled reports whether a ruling decides the unit as it is cut now.
func (u *unit) settled() bool {
	return u.ruling != nil && !u.past && u.ruling.Verdict != annotations.Query
}

// overtaken reports whether a unit was cut otherwise since the ruling on it: the
// words that it has now nobody ruled on, and a verdict of others is none on these.
// Only the log tells; where it was not read, the ruling is taken to be of these.
func (x *index) overtaken(u *unit) bool {
	return u.ruling != nil && x.talk(u).otherWords(u.ruling, u.text())
}

func (u *unit) text() string { return u.art.Units[u.at].Span.In(u.art.Body) }

// claim is the text without its dateline.
func (u *unit) claim() string { return u.text()[u.art.Units[u.at].Dateline:] }

func (u *unit) place() Place {
	m := &u.art.Meta
	return Place{Key: m.ID, Article: m.Name, Sentence: u.art.Units[u.at].ID, N: u.at + 1}
}

func (u *unit) required() bool { return u.art.Units[u.at].Kind.Required() }

// tagName is the name of a tag's number, "" for none and open.
func (x *index) tagName(t int32) string {
	if t < 0 {
		return ""
	}
	return x.tags[t]
}
