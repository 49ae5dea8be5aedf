package audit

import (
	"cmp"
	"slices"

	"stet.example/stet/annotations"
)

// The kinds of lint.
const (
	LintSameWords   = "same words"    // the same sentence has different tags at two places
	LintNearWords   = "nearly same"   // nearly the same sentence has
	LintRuleTag     = "rule and tag"  // the rule decides for another tag, or is not in the codebook
	LintUnknownTag  = "unknown tag"   // the tag is not in the codebook
	LintVouched     = "vouched"       // flagged unsourced, yet tagged sourced or with a source named
	LintSeveral     = "several"       // flagged single source, yet several are named
	LintQuote       = "quote"         // a quotation that is not in the stored copy
	LintOverruled   = "overruled"     // changed after the ruling, to another tag than was ruled
	LintNoCodebook  = "no codebook"   // the codebook is not known, so nothing else could be looked at
	LintOldCodebook = "old codebook"  // given under another codebook than the article's
	LintNoEvidence  = "lost evidence" // names an evidence item that is not there
)

// Lint is something that contradicts itself, its codebook or its evidence.
type Lint struct {
	Kind   string `json:"kind"`
	Place         // the first of Places
	Of     string `json:"of,omitempty"` // whose annotation
	Text   string `json:"text"`
	What   string `json:"what"`   // in words
	Places []Told `json:"places"` // where the words stand, of the first two kinds; at most maxTold
	Count  int    `json:"count"`  // how many places there are in all
}

// maxTold bounds the places listed of one boilerplate sentence.
const maxTold = 20

// lint looks at every annotation, and at words that come again.
func (x *index) lint(w *wording) []Lint {
	out := []Lint{}
	for _, g := range w.groups {
		if len(g.units) > 1 && differ(g.units) {
			out = append(out, x.twoAnswers(LintSameWords, "the same words have different tags", g.units))
		}
	}
	for _, p := range w.near {
		if both := append(slices.Clone(p.a.units), p.b.units...); differ(both) && !differ(p.a.units) && !differ(p.b.units) {
			out = append(out, x.twoAnswers(LintNearWords, "nearly the same words have different tags", both))
		}
	}
	for i := range x.units {
		u := &x.units[i]
		for k := range u.said {
			out = x.lintOne(out, u, &u.said[k])
		}
	}
	return append(out, x.lintQuotes()...)
}

// differ reports whether the answers of units differ. Those without an answer
// are disagreements, and listed there.
func differ(units []*unit) bool {
	tag := int32(none)
	for _, u := range units {
		switch {
		case u.answer < 0:
		case tag == none:
			tag = u.answer
		case tag != u.answer:
			return true
		}
	}
	return false
}

func (x *index) twoAnswers(kind, what string, units []*unit) Lint {
	l := Lint{Kind: kind, Place: units[0].place(), Text: units[0].text(), What: what, Places: []Told{}}
	for _, u := range units {
		if u.answer < 0 {
			continue
		}
		l.Count++
		if len(l.Places) < maxTold {
			t := Told{Place: u.place(), Tag: x.tags[u.answer]}
			for i := range u.said {
				if o := &u.said[i]; o.tag == u.answer {
					t.Rule, t.Time = o.rec.Rule, o.rec.Time
					break
				}
			}
			l.Places = append(l.Places, t)
		}
	}
	return l
}

// lintOne looks at one annotation.
func (x *index) lintOne(out []Lint, u *unit, o *opinion) []Lint {
	add := func(kind, what string) {
		out = append(out, Lint{Kind: kind, Place: u.place(), Of: x.people[o.who], Text: u.text(), What: what, Places: []Told{}, Count: 1})
	}
	a := &o.rec.Annotation
	if o.rec.Tag != "" && o.book == nil {
		add(LintNoCodebook, "the codebook "+a.Codebook.Short()+" is not known here")
	}
	if o.book != nil && o.rec.Tag != "" {
		if _, ok := o.book.needs[a.Tag]; !ok {
			add(LintUnknownTag, a.Tag+" is no tag of the codebook "+o.book.Name)
		}
		if what := ruleLint(o.book, a); what != "" {
			add(LintRuleTag, what)
		}
		if art := u.art.Meta.Codebook; !a.Codebook.IsZero() && a.Codebook != art && x.books[art] != nil {
			add(LintOldCodebook, "given under codebook "+a.Codebook.Short()+", the article is judged by "+art.Short())
		}
	}
	if o.marks.has(unsourced) && (a.Tag == "sourced" || a.NamesSource()) {
		add(LintVouched, "flagged unsourced, yet somebody vouches for it")
	}
	if o.marks.has(singleSource) && severalSources(a) {
		add(LintSeveral, "flagged single source, yet several are named")
	}
	if u.settled() && u.answer >= 0 && o.tag != none && o.tag != u.answer && u.ruling.Pos > 0 && x.changedSince(u, o) {
		add(LintOverruled, "changed to "+a.Tag+" after the ruling "+x.tags[u.answer])
	}
	for _, use := range a.Evidence {
		if _, ok := x.in.Evidence[use.ID]; !ok && x.in.Evidence != nil {
			add(LintNoEvidence, "names evidence "+use.ID.String()+", which is not there")
		}
	}
	return out
}

func ruleLint(b *book, a *annotations.Annotation) string {
	if a.Rule == "" {
		return ""
	}
	for i := range b.Rules {
		if r := &b.Rules[i]; r.ID == a.Rule {
			if r.Tag != a.Tag {
				return a.Rule + " decides for " + r.Tag + ", the tag is " + a.Tag
			}
			return ""
		}
	}
	return a.Rule + " is no rule of the codebook " + b.Name
}

func severalSources(a *annotations.Annotation) bool {
	n := 0
	for i := range a.Attributions {
		n += max(a.Attributions[i].Count, 1)
	}
	return n > 1
}

// lintQuotes looks for quotations in the stored copies that are at hand, as the
// screen does when one is attached.
func (x *index) lintQuotes() []Lint {
	bad := map[annotations.EvidenceID]string{}
	for id, e := range x.in.Evidence {
		text, ok := x.in.Copies[e.Copy]
		if !ok || e.Quote == "" || e.Copy.IsZero() {
			continue
		}
		if _, found := annotations.QuoteIn(text, e.Quote); !found {
			bad[id] = e.Quote
		}
	}
	if len(bad) == 0 {
		return nil
	}
	var out []Lint
	for i := range x.units {
		u := &x.units[i]
		for k := range u.said {
			o := &u.said[k]
			for _, use := range o.rec.Evidence {
				if q, ok := bad[use.ID]; ok {
					out = append(out, Lint{
						Kind: LintQuote, Place: u.place(), Of: x.people[o.who], Text: u.text(), Places: []Told{}, Count: 1,
						What: "the quotation “" + q + "” is not in the stored copy of " + use.ID.String(),
					})
				}
			}
		}
	}
	return out
}

// Kinds counts lint by kind, most frequent first.
func Kinds(list []Lint) []KindCount {
	counts := map[string]int{}
	var out []KindCount
	for i := range list {
		if counts[list[i].Kind]++; counts[list[i].Kind] == 1 {
			out = append(out, KindCount{Kind: list[i].Kind})
		}
	}
	for i := range out {
		out[i].Count = counts[out[i].Kind]
	}
	slices.SortStableFunc(out, func(a, b KindCount) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// KindCount is how many entries there are of a kind.
type KindCount struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}
