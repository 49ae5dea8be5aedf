package audit

import (
	"cmp"
	"slices"
	"strings"

	"stet.example/stet/annotations/agreement"
)

// Mixes says which tags and rules are taken for each other, and by whom.
type Mixes struct {
	Labels []LabelMix  `json:"labels"`  // pairs of tags, most mixed first
	Rules  []RuleMix   `json:"rules"`   // pairs of rules on one sentence with different tags, most frequent first
	ByRule []RuleUse   `json:"by_rule"` // most disputed first; those used under five times last
	Pairs  []PairMix   `json:"pairs"`   // of reviewers, least agreement first
	Ruled  []RulingMix `json:"ruled"`   // of reviewers against rulings, least agreement first
}

// LabelMix is how often one tag met another on one sentence.
type LabelMix struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Sentences int    `json:"sentences"`
	Pairs     int    `json:"pairs"` // pairs of annotations
	Share     Figure `json:"share"` // of all pairs that differ
}

// RuleMix is how often two rules with different tags met on one sentence. A
// missing rule is "".
type RuleMix struct {
	RuleA     string `json:"rule_a"`
	TagA      string `json:"tag_a"`
	RuleB     string `json:"rule_b"`
	TagB      string `json:"tag_b"`
	Sentences int    `json:"sentences"`
}

// RuleUse is how a rule fares: how often somebody decides by it, and how often
// somebody else who tagged the sentence gives another tag.
type RuleUse struct {
	Rule     string `json:"rule"`
	Tag      string `json:"tag"`
	Uses     int    `json:"uses"`     // on sentences that another reviewer tagged
	Disputed int    `json:"disputed"` // of these, where another tag was given
	Share    Figure `json:"share"`
}

// MixCell is one cell of a confusion: A's tag, B's tag, how many sentences.
type MixCell struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Sentences int    `json:"sentences"`
}

// PairMix is how two reviewers agree.
type PairMix struct {
	A       string    `json:"a"`
	B       string    `json:"b"`
	Units   int       `json:"units"` // that both tagged
	Percent Figure    `json:"percent_agreement"`
	Kappa   Figure    `json:"cohen_kappa"`
	Cells   []MixCell `json:"cells"` // all, in the order of the tags
}

// RulingMix is how a reviewer's tags fare against rulings.
type RulingMix struct {
	Reviewer string        `json:"reviewer"`
	Units    int           `json:"units"` // tagged by the reviewer, and decided by a ruling
	Percent  Figure        `json:"percent_agreement"`
	Cells    []MixCell     `json:"cells"` // A is the reviewer's tag, B the ruling's
	Labels   []LabelRecord `json:"labels"`
}

// LabelRecord is how one tag of a reviewer fares against rulings.
type LabelRecord struct {
	Label     string `json:"label"`
	Precision Figure `json:"precision"` // of those so tagged, how many rulings agree
	Recall    Figure `json:"recall"`    // of those so ruled, how many the reviewer had
}

func (x *index) mixes(t *agreement.Table, rows []*unit) Mixes {
	m := Mixes{Labels: x.labelMixes(), Pairs: []PairMix{}, Ruled: []RulingMix{}}
	m.Rules, m.ByRule = x.ruleMixes()
	for _, c := range t.Pairs() {
		if c.Units() > 0 {
			m.Pairs = append(m.Pairs, PairMix{c.SideA, c.SideB, c.Units(), Figure{c.Percent()}, Figure{c.Cohen(agreement.Identity)}, x.cells(c)})
		}
	}
	slices.SortStableFunc(m.Pairs, func(a, b PairMix) int { return cmp.Compare(a.Percent.V, b.Percent.V) })
	for _, c := range t.Against(x.rulings(rows)) {
		if c.Units() == 0 {
			continue
		}
		r := RulingMix{Reviewer: c.SideA, Units: c.Units(), Percent: Figure{c.Percent()}, Cells: x.cells(c), Labels: []LabelRecord{}}
		for i, l := range x.tags {
			r.Labels = append(r.Labels, LabelRecord{l, Figure{c.Precision(i)}, Figure{c.Recall(i)}})
		}
		m.Ruled = append(m.Ruled, r)
	}
	slices.SortStableFunc(m.Ruled, func(a, b RulingMix) int { return cmp.Compare(a.Percent.V, b.Percent.V) })
	return m
}

func (x *index) cells(c *agreement.Confusion) []MixCell {
	out := []MixCell{}
	for _, cell := range c.Cells() {
		out = append(out, MixCell{x.tags[cell.A], x.tags[cell.B], cell.Units})
	}
	return out
}

// rulings is the tag that a ruling decided for each row, or Missing.
func (x *index) rulings(rows []*unit) []int {
	out := make([]int, len(rows))
	for i, u := range rows {
		if out[i] = agreement.Missing; u.settled() && u.answer >= 0 {
			out[i] = int(u.answer)
		}
	}
	return out
}

// labelMixes counts, for each pair of different tags, how often they meet.
func (x *index) labelMixes() []LabelMix {
	q := len(x.tags)
	pairs, units, seen := make([]int, q*q), make([]int, q*q), make([]int, q*q)
	all := 0
	for at := range x.units {
		said := x.units[at].rated
		for i := range said {
			for k := i + 1; k < len(said); k++ {
				a, b := said[i].tag, said[k].tag
				if a == none || b == none || a == b {
					continue
				}
				cell := int(min(a, b))*q + int(max(a, b))
				pairs[cell]++
				all++
				if seen[cell] != at+1 {
					seen[cell] = at + 1
					units[cell]++
				}
			}
		}
	}
	out := []LabelMix{}
	for cell, n := range pairs {
		if n > 0 {
			out = append(out, LabelMix{x.tags[cell/q], x.tags[cell%q], units[cell], n, share(n, all, "")})
		}
	}
	slices.SortStableFunc(out, func(a, b LabelMix) int { return cmp.Compare(b.Pairs, a.Pairs) })
	return out
}

// decision is a rule with its tag.
type decision struct{ rule, tag string }

func (d decision) compare(e decision) int {
	return cmp.Or(strings.Compare(d.tag, e.tag), strings.Compare(d.rule, e.rule))
}

// ruleMixes counts, sentence by sentence, the pairs of decisions with different
// tags, and for each rule how often another tag stood against it.
func (x *index) ruleMixes() ([]RuleMix, []RuleUse) {
	met, uses := map[[2]int32]int{}, make([][2]int, len(x.said))
	var pairs [][2]int32
	for i := range x.units {
		u := &x.units[i]
		if u.tagged < 2 {
			continue
		}
		pairs = pairs[:0]
		differ := u.differ()
		for k := range u.rated {
			o := &u.rated[k]
			if o.tag == none {
				continue
			}
			uses[o.why][0]++
			uses[o.why][1] += count(differ)
			for j := k + 1; differ && j < len(u.rated); j++ {
				b := &u.rated[j]
				if p := [2]int32{min(o.why, b.why), max(o.why, b.why)}; b.tag != none && b.tag != o.tag && !slices.Contains(pairs, p) {
					pairs = append(pairs, p)
					met[p]++
				}
			}
		}
	}
	return x.rulePairs(met), x.ruleUses(uses)
}

func (x *index) rulePairs(met map[[2]int32]int) []RuleMix {
	out := make([]RuleMix, 0, len(met))
	for p, n := range met {
		a, b := x.said[p[0]], x.said[p[1]]
		if a.compare(b) > 0 {
			a, b = b, a
		}
		out = append(out, RuleMix{a.rule, a.tag, b.rule, b.tag, n})
	}
	slices.SortFunc(out, func(a, b RuleMix) int {
		return cmp.Or(cmp.Compare(b.Sentences, a.Sentences), strings.Compare(a.TagA, b.TagA), strings.Compare(a.RuleA, b.RuleA),
			strings.Compare(a.TagB, b.TagB), strings.Compare(a.RuleB, b.RuleB))
	})
	return out
}

// fewUses is how often a rule must be used before its share means anything.
const fewUses = 5

// ruleUses puts the rules with the largest share of dispute first, those hardly
// ever used last.
func (x *index) ruleUses(uses [][2]int) []RuleUse {
	out := []RuleUse{}
	for why, n := range uses {
		if d := x.said[why]; d.rule != "" && n[0] > 0 {
			out = append(out, RuleUse{d.rule, d.tag, n[0], n[1], share(n[1], n[0], "")})
		}
	}
	slices.SortFunc(out, func(a, b RuleUse) int {
		return cmp.Or(cmp.Compare(count(a.Uses < fewUses), count(b.Uses < fewUses)), cmp.Compare(b.Share.V, a.Share.V), cmp.Compare(b.Disputed, a.Disputed), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Tag, b.Tag))
	})
	return out
}

// Person is one reviewer's work.
type Person struct {
	Reviewer string         `json:"reviewer"`
	Articles int            `json:"articles"`
	Tagged   int            `json:"tagged"`
	ByTag    map[string]int `json:"by_tag"`
	Unsure   int            `json:"unsure"`
	Pairs    int            `json:"pairs"`  // meetings with another reviewer's tag
	Agree    Figure         `json:"agree"`  // share of them with the same tag
	Ruled    int            `json:"ruled"`  // tags on sentences that a ruling decided
	Upheld   Figure         `json:"upheld"` // share of these that stand
}

func (x *index) persons() []Person {
	type sums struct{ pairs, same, ruled, upheld int }
	all := make([]sums, len(x.people))
	out := make([]Person, len(x.people))
	last := make([]*article, len(x.people))
	counts := make([]int, len(x.people)*len(x.tags))
	for i := range x.units {
		u := &x.units[i]
		for k := range u.rated {
			o := &u.rated[k]
			p, s := &out[o.who], &all[o.who]
			p.Unsure += count(o.marks.has(unsure))
			if o.tag == none {
				continue
			}
			p.Tagged++
			counts[int(o.who)*len(x.tags)+int(o.tag)]++
			if last[o.who] != u.art {
				last[o.who] = u.art
				p.Articles++
			}
			if u.settled() {
				s.ruled++
				s.upheld += count(u.answer == o.tag)
			}
			for j := range u.rated {
				if t := u.rated[j].tag; u.rated[j].who != o.who && t != none {
					s.pairs++
					s.same += count(t == o.tag)
				}
			}
		}
	}
	for i := range out {
		p, s := &out[i], &all[i]
		p.Reviewer, p.Pairs, p.Ruled, p.ByTag = x.people[i], s.pairs, s.ruled, map[string]int{}
		p.Agree = share(s.same, s.pairs, "nobody else tagged the same sentences")
		p.Upheld = share(s.upheld, s.ruled, "no ruling decided a sentence of theirs")
		for t, name := range x.tags {
			if n := counts[i*len(x.tags)+t]; n > 0 {
				p.ByTag[name] = n
			}
		}
	}
	return slices.DeleteFunc(out, func(p Person) bool { _, own := slices.BinarySearch(x.raters, p.Reviewer); return !own })
}
