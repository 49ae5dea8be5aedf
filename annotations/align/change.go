package align

import (
	"cmp"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// Change is one thing that the rewrite does differently.
type Change struct {
	B    int        `json:"b"`    // the sentence of the rewrite, from 0
	Type ChangeType `json:"type"` // what kind of change
	Was  string     `json:"was"`  // the words of the original; empty when something was added
	Now  string     `json:"now"`  // the words of the rewrite; empty when something was dropped

	A       int              `json:"-"` // the sentence of the original, from 0; -1 for none
	WasSpan annotations.Span `json:"-"` // where Was stands, bytes of the original; empty for none
	NowSpan annotations.Span `json:"-"` // where Now stands, bytes of the rewrite; empty for none
}

// ChangeType names a kind of change, as exports have it.
type ChangeType string

// The kinds of change.
const (
	QuoteAltered       ChangeType = "quote_altered"       // letters inside quotation marks differ
	QuoteDropped       ChangeType = "quote_dropped"       // the words are no longer quoted
	AttributionDropped ChangeType = "attribution_dropped" // nobody vouches for it any more
	AttributionAdded   ChangeType = "attribution_added"   // somebody is said to vouch for it
	AttributionChanged ChangeType = "attribution_changed" // the source is called otherwise
	CueChanged         ChangeType = "cue_changed"         // the verb of speech has another strength
	HedgeDropped       ChangeType = "hedge_dropped"       // a doubt is gone
	HedgeAdded         ChangeType = "hedge_added"         // a doubt is new
	HedgeChanged       ChangeType = "hedge_changed"       // a doubt is put in another word
	HedgeMoved         ChangeType = "hedge_moved"         // a doubt stands on another claim
	NumberChanged      ChangeType = "number_changed"      // value or unit differ
	NumberDropped      ChangeType = "number_dropped"      // a quantity is gone
	DenialDropped      ChangeType = "denial_dropped"      // a not is gone, and what it denied is said
	DenialAdded        ChangeType = "denial_added"        // what the original says is denied
	HeadingAdded       ChangeType = "heading_added"       // a heading the original has not
	OutletLaundered    ChangeType = "outlet_laundered"    // the outlet that got the story is no longer named
)

// differ compares two linked sides.
type differ struct {
	a, b *side
	from [][]int // sources of each sentence of b
	to   [][]int // sentences of b that rest on each of a
	out  []Change

	counts [][]number // by sentence of b, when first asked for
}

func changes(a, b *side, from [][]int) []Change {
	d := &differ{a: a, b: b, from: from, to: make([][]int, len(a.units))}
	for j, f := range from {
		for _, i := range f {
			d.to[i] = append(d.to[i], j)
		}
	}
	d.headings()
	d.quotes()
	d.attributions()
	d.hedges()
	d.numbers()
	d.denials()
	slices.SortStableFunc(d.out, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.B, y.B), cmp.Compare(x.NowSpan.Start, y.NowSpan.Start), cmp.Compare(x.WasSpan.Start, y.WasSpan.Start), strings.Compare(string(x.Type), string(y.Type)))
	})
	return d.out
}

func (d *differ) linked(i, j int) bool { return slices.Contains(d.from[j], i) }

// note records a change; an empty span stands for nothing.
func (d *differ) note(t ChangeType, i, j int, was, now annotations.Span) {
	c := Change{B: j, Type: t, A: i, WasSpan: was, NowSpan: now}
	if !was.Empty() {
		c.Was = was.In(d.a.text)
	}
	if !now.Empty() {
		c.Now = now.In(d.b.text)
	}
	for _, old := range d.out {
		if old.B == j && old.Type == t && old.A == i && (old.WasSpan.Contains(was) || was.Contains(old.WasSpan)) && !was.Empty() {
			return // the larger place says it already
		}
	}
	d.out = append(d.out, c)
}

var nowhere annotations.Span //nolint:gochecknoglobals // the empty span, never written

// heir is the sentence of the rewrite that the words around a place of the
// original went to.
func (d *differ) heir(x *item) int {
	best, top := -1, -1
	for _, j := range d.to[x.unit] {
		n := 0
		for _, t := range d.b.units[j].tokens {
			if slices.Contains(x.left, t.stem) || slices.Contains(x.right, t.stem) {
				n++
			}
		}
		if n > top {
			best, top = j, n
		}
	}
	return best
}

func (d *differ) headings() {
	for j := range d.b.units {
		if u := &d.b.units[j]; u.heading && len(d.from[j]) == 0 {
			d.note(HeadingAdded, -1, j, nowhere, u.span)
		}
	}
}

func (d *differ) quotes() {
	was, now := d.a.said(), d.b.said()
	quoted, text := d.a.spoken(was)
	held := make([]bool, len(was))
	for _, q := range now {
		exact := verbatim(q.span.In(d.b.text), quoted, text)
		best, top := -1, 0.0
		for k := range was {
			near := slices.ContainsFunc(d.from[q.unit], func(i int) bool { return i-was[k].unit <= 1 && was[k].unit-i <= 1 })
			share := kept(was[k].words, q.words)
			if share >= 0.5 && (near || exact) {
				held[k] = true
			}
			if near && share > top {
				best, top = k, share
			}
		}
		n := 0
		if best >= 0 {
			n = common(was[best].words, q.words)
		}
		if !exact && best >= 0 && (n >= 2 || n >= len(q.words)) && float64(n) >= 0.5*float64(len(q.words)) {
			d.note(QuoteAltered, was[best].unit, q.unit, was[best].span, q.span)
		}
	}
	for k, q := range was {
		if held[k] || len(d.to[q.unit]) == 0 {
			continue
		}
		d.note(QuoteDropped, q.unit, d.heir(d.around(q)), q.span, nowhere)
	}
}

// around makes an item of a quotation: its own words are what it is known by.
func (d *differ) around(q said) *item {
	it := &item{unit: q.unit}
	for _, t := range d.a.units[q.unit].tokens {
		if q.span.Contains(t.span) && t.content() {
			it.right = append(it.right, t.stem)
		}
	}
	return it
}

// pairing is the outcome of [pair]: for each item the one it goes with, or -1.
type pairing struct{ a, b []int }

// maxRivals is how many items one may go with at most, the best and of these the
// nearest by their order: a table in one line has the same number a thousand times.
const maxRivals = 64

// rival is an item that another may go with.
type rival struct {
	x, y int
	s    float64
}

// pair matches items one to one, best scores first; scores of 0 and less never.
func pair(na, nb int, score func(x, y int) float64) pairing {
	var all []rival
	var many []int // those that had more rivals than are kept
	for x := range na {
		from := len(all)
		for y := range nb {
			if s := score(x, y); s > 0 {
				all = append(all, rival{x, y, s})
			}
		}
		if len(all)-from > maxRivals {
			keepBest(all[from:], x*nb/na)
			all = all[:from+maxRivals]
			many = append(many, x)
		}
	}
	slices.SortStableFunc(all, func(p, q rival) int { return cmp.Compare(q.s, p.s) })
	out := pairing{none(na), none(nb)}
	for _, c := range all {
		if out.a[c.x] < 0 && out.b[c.y] < 0 {
			out.a[c.x], out.b[c.y] = c.y, c.x
		}
	}
	for _, x := range many {
		out.fill(x, score)
	}
	return out
}

// keepBest moves the best rivals to the front, of equal ones those nearest to here, and
// puts these in their order.
func keepBest(rivals []rival, here int) {
	slices.SortStableFunc(rivals, func(p, q rival) int {
		return cmp.Or(cmp.Compare(q.s, p.s), cmp.Compare(max(p.y-here, here-p.y), max(q.y-here, here-q.y)))
	})
	slices.SortStableFunc(rivals[:maxRivals], func(p, q rival) int { return cmp.Compare(p.y, q.y) })
}

// fill gives x, if the rivals that were kept are all taken, the best that is left.
func (p *pairing) fill(x int, score func(x, y int) float64) {
	if p.a[x] >= 0 {
		return
	}
	best, top := -1, 0.0
	for y, taken := range p.b {
		if taken >= 0 {
			continue
		}
		if s := score(x, y); s > top {
			best, top = y, s
		}
	}
	if best >= 0 {
		p.a[x], p.b[best] = best, x
	}
}

func none(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = -1
	}
	return s
}
