package audit

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
)

// Check is what the rulings on a draw say of all tags.
type Check struct {
	Population   int                 `json:"population"`    // sentences with a tag
	Risky        int                 `json:"risky"`         // of them, checked without chance
	RiskyChecked int                 `json:"risky_checked"` // of these, ruled on
	RiskyWrong   int                 `json:"risky_wrong"`   // of these, tags that did not stand
	Ruled        int                 `json:"ruled"`         // sentences with a tag that were ruled on, by chance or not
	Overturned   int                 `json:"overturned"`    // of these, tags that did not stand
	Seed         string              `json:"seed,omitempty"`
	Checked      int                 `json:"checked"` // drawn by chance and ruled on, in the order of the draw
	Wrong        int                 `json:"wrong"`   // of these, tags that did not stand
	Strata       []agreement.Stratum `json:"strata"`
	Confidence   float64             `json:"confidence"`
	MaxRate      float64             `json:"max_rate"`
	Needed       int                 `json:"needed"` // sentences to draw, beside the risky ones, to exclude MaxRate when none is wrong
	Bound        *agreement.Bound    `json:"bound"`  // null without a seed
	Why          string              `json:"why,omitempty"`
}

// Items is the population of an audit draw: every sentence with a tag, or only
// those that one reviewer tagged. A stratum is the tag; risky sentences are
// always checked. An item's ID is the article's key, a slash and the sentence's
// ID; [Desk.Place] finds it again.
func (d *Desk) Items(reviewer string) []agreement.Item { return d.x.items(reviewer) }

// Place finds the sentence of an item; false when there is none.
func (d *Desk) Place(id string) (Place, bool) {
	key, s, _ := strings.Cut(id, "/")
	var a annotations.ArticleID
	if a.UnmarshalText([]byte(key)) != nil {
		return Place{}, false
	}
	n, err := annotations.ParseSentenceID(s)
	if err != nil {
		return Place{}, false
	}
	u := d.x.unitAt(a, n)
	if u == nil {
		return Place{}, false
	}
	return u.place(), true
}

func (x *index) items(reviewer string) []agreement.Item {
	out := []agreement.Item{}
	for i := range x.units {
		u := &x.units[i]
		tag := x.judged(u, reviewer)
		if tag == none {
			continue
		}
		it := agreement.Item{ID: itemID(u), Risky: tag == open || u.risky()}
		if !it.Risky {
			it.Stratum = x.tags[tag]
		}
		out = append(out, it)
	}
	return out
}

// judged is the tag that a check of a unit judges: what reviewers said, rulings
// left aside.
func (x *index) judged(u *unit, reviewer string) int32 {
	if reviewer == "" {
		return u.common
	}
	for i := range u.said {
		if o := &u.said[i]; x.people[o.who] == reviewer {
			return o.tag
		}
	}
	return none
}

func itemID(u *unit) string { return u.art.Meta.ID.String() + "/" + u.art.Units[u.at].ID.String() }

// risky reports whether a sentence is to be checked whatever the draw says.
func (u *unit) risky() bool {
	return u.marks.has(highStakes | accusation | unsure | oneSided | incomplete)
}

// verdict says whether a sentence was checked, and whether its tag fell.
func (x *index) verdict(u *unit) (checked, wrong bool) {
	if !u.settled() {
		return false, false
	}
	tag := u.common
	return true, tag == open || u.answer != tag
}

// check computes the state of the audit.
func (x *index) check() (Check, error) {
	c := Check{Confidence: x.opt.Confidence, MaxRate: x.opt.MaxRate, Strata: []agreement.Stratum{}}
	strata := map[int32][]*unit{}
	for i := range x.units {
		u := &x.units[i]
		tag := u.common
		if tag == none {
			continue
		}
		c.Population++
		checked, wrong := x.verdict(u)
		c.Ruled += count(checked)
		c.Overturned += count(wrong)
		if tag == open || u.risky() {
			c.Risky++
			c.RiskyChecked += count(checked)
			c.RiskyWrong += count(wrong)
			continue
		}
		strata[tag] = append(strata[tag], u)
	}
	if c.Population == 0 {
		c.Why = "too few: no sentence has a tag yet"
		return c, nil
	}
	tags := slices.Sorted(maps.Keys(strata))
	sizes := map[string]int{}
	for _, t := range tags {
		sizes[x.tags[t]] = len(strata[t])
	}
	var err error
	if c.Needed, err = needed(sizes, x.opt); err != nil {
		return c, err
	}
	if x.opt.Seed == nil {
		c.Why = "no draw is named, and rulings made where somebody happened to look say nothing of the other sentences"
		return c, nil
	}
	c.Seed = SeedText(*x.opt.Seed)
	for _, t := range tags {
		c.Strata = append(c.Strata, x.stratum(x.tags[t], strata[t], *x.opt.Seed))
	}
	return c, c.bound()
}

// stratum counts what was ruled on in the order of the lots, without a gap.
func (x *index) stratum(name string, units []*unit, seed [32]byte) agreement.Stratum {
	type drawn struct {
		lot [32]byte
		u   *unit
	}
	s := agreement.Stratum{Name: name, Size: len(units)}
	if !slices.ContainsFunc(units, (*unit).settled) {
		return s // where nothing was checked the order does not matter
	}
	ids := make([]string, len(units))
	for i, u := range units {
		ids[i] = itemID(u)
	}
	list := make([]drawn, len(units))
	for i, lot := range agreement.Lots(seed, ids) {
		list[i] = drawn{lot, units[i]}
	}
	slices.SortFunc(list, func(a, b drawn) int { return bytes.Compare(a.lot[:], b.lot[:]) })
	for _, it := range list {
		checked, wrong := x.verdict(it.u)
		if !checked {
			break
		}
		s.Checked++
		s.Wrong += count(wrong)
	}
	return s
}

func (c *Check) bound() error {
	for _, s := range c.Strata {
		c.Checked += s.Checked
		c.Wrong += s.Wrong
	}
	worst := c.RiskyWrong + c.Risky - c.RiskyChecked
	if len(c.Strata) > 0 {
		b, err := agreement.StratifiedUpperBound(c.Strata, c.Confidence)
		if err != nil {
			return err
		}
		worst += b.Count
	}
	c.Bound = &agreement.Bound{Count: worst, Rate: float64(worst) / float64(c.Population)}
	return nil
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Drawn is a sentence to be checked.
type Drawn struct {
	Place
	Text    string `json:"text"`
	Stratum string `json:"stratum,omitempty"` // the tag; "" for a risky one
	Risky   bool   `json:"risky"`
	Lot     string `json:"lot,omitempty"` // lowest first; "" for a risky one
	Ruled   bool   `json:"ruled"`
	Wrong   bool   `json:"wrong"` // the ruling let another tag stand, or none
}

// Draw lists what is to be checked: all risky sentences in reading order, then n
// others by lot, shared among tags as [agreement.Allocate] says; n < 0 asks for
// as many as [Check] says are needed. Work through it from the top: what was
// checked out of turn does not count. reviewer "" draws from everybody's tags;
// a draw for one reviewer says something of that person's work, and the desk's
// own bound does not use it.
func (d *Desk) Draw(n int, seed [32]byte, reviewer string) ([]Drawn, *agreement.Sample, error) {
	items := d.Items(reviewer)
	if n < 0 {
		sizes := map[string]int{}
		for i := range items {
			if !items[i].Risky {
				sizes[items[i].Stratum]++
			}
		}
		var err error
		if n, err = needed(sizes, d.x.opt); err != nil {
			return nil, nil, err
		}
	}
	s, err := agreement.Draw(items, n, seed)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Drawn, 0, len(s.Chosen))
	for _, c := range s.Chosen {
		p, _ := d.Place(c.ID)
		u := d.x.unitAt(p.Key, p.Sentence)
		it := Drawn{Place: p, Text: u.text(), Stratum: c.Stratum, Risky: c.Risky, Lot: c.Order}
		tag := d.x.judged(u, reviewer)
		it.Ruled = u.settled()
		it.Wrong = it.Ruled && (tag == open || tag != u.answer)
		out = append(out, it)
	}
	slices.SortStableFunc(out, func(a, b Drawn) int { return strings.Compare(a.Lot, b.Lot) })
	return out, s, nil
}

// needed is the least number to draw from strata of these sizes, so that none
// wrong among them excludes the largest share allowed.
func needed(sizes map[string]int, opt Options) (int, error) {
	if len(sizes) == 0 {
		return 0, nil
	}
	var list []int
	for _, name := range slices.Sorted(maps.Keys(sizes)) {
		list = append(list, sizes[name])
	}
	plan, err := agreement.StratifiedSampleSize(list, opt.MaxRate, opt.Confidence)
	n := 0
	for _, k := range plan {
		n += k
	}
	return n, err
}

// ParseSeed reads the seed of a draw: 1 to 64 hexadecimal digits, zeros
// following where there are fewer.
func ParseSeed(s string) ([32]byte, error) {
	var seed [32]byte
	if s == "" || len(s) > 64 {
		return seed, fmt.Errorf("the seed %q is not 1 to 64 hexadecimal digits", s)
	}
	if _, err := hex.Decode(seed[:], []byte(s+strings.Repeat("0", 64-len(s)))); err != nil {
		return seed, fmt.Errorf("the seed %q is not 1 to 64 hexadecimal digits", s)
	}
	return seed, nil
}
