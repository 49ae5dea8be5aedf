package align

import "slices"

// maxItems is how many numbers, hedges or attributions of one unit are compared; no
// sentence has so many.
const maxItems = 1000

// gather reads the items of all linked units of a side.
func gather[T any](units []unit, linked func(int) bool, read func(*unit, int) []T) []T {
	var out []T
	for i := range units {
		if linked(i) {
			items := read(&units[i], i)
			out = append(out, items[:min(len(items), maxItems)]...)
		}
	}
	return out
}

func (d *differ) hasHeir(i int) bool   { return len(d.to[i]) > 0 }
func (d *differ) hasSource(j int) bool { return len(d.from[j]) > 0 }

func (d *differ) hedges() {
	was, now := gather(d.a.units, d.hasHeir, hedges), gather(d.b.units, d.hasSource, hedges)
	p := pair(len(was), len(now), func(x, y int) float64 {
		if was[x].lexeme != now[y].lexeme || !d.linked(was[x].unit, now[y].unit) {
			return 0
		}
		return 1 + alike(&was[x].item, &now[y].item)
	})
	for x, y := range p.a {
		if y >= 0 && d.movedTo(&was[x], &now[y]) {
			d.note(HedgeMoved, was[x].unit, now[y].unit, was[x].span, now[y].span)
		}
	}
	second := pair(len(was), len(now), func(x, y int) float64 {
		if p.a[x] >= 0 || p.b[y] >= 0 || !d.linked(was[x].unit, now[y].unit) {
			return 0
		}
		s := 0.0
		if shared(firstTwo(was[x].right), firstTwo(now[y].right)) > 0 {
			s += 2
		}
		if shared(firstTwo(was[x].left), firstTwo(now[y].left)) > 0 {
			s++
		}
		if s > 0 && was[x].class == now[y].class {
			s++
		}
		return s
	})
	for x, y := range second.a {
		if silent(&was[x]) || y >= 0 && silent(&now[y]) {
			continue
		}
		if y >= 0 {
			d.note(HedgeChanged, was[x].unit, now[y].unit, was[x].span, now[y].span)
			continue
		}
		if p.a[x] < 0 && !slices.ContainsFunc(now, func(h hedge) bool { return h.lexeme == was[x].lexeme && d.linked(was[x].unit, h.unit) }) {
			d.note(HedgeDropped, was[x].unit, d.heir(&was[x].item), was[x].span, nowhere)
		}
	}
	for y, x := range second.b {
		if x < 0 && p.b[y] < 0 && !silent(&now[y]) && !slices.ContainsFunc(was, func(h hedge) bool { return h.lexeme == now[y].lexeme && d.linked(h.unit, now[y].unit) }) {
			d.note(HedgeAdded, -1, now[y].unit, nowhere, now[y].span)
		}
	}
}

// silent reports the "some" of "some twelve ships": it is as good as about, and
// nobody misses it.
func silent(h *hedge) bool { return h.lexeme == "some" }

func firstTwo(s []string) []string { return s[:min(2, len(s))] }

func (d *differ) numbers() {
	was, now := gather(d.a.units, d.hasHeir, numbers), gather(d.b.units, d.hasSource, numbers)
	p := pair(len(was), len(now), func(x, y int) float64 {
		if !d.linked(was[x].unit, now[y].unit) || !sameNumber(&was[x], &now[y]) {
			return 0
		}
		return 1 + alike(&was[x].item, &now[y].item)
	})
	second := pair(len(was), len(now), func(x, y int) float64 {
		if p.a[x] >= 0 || p.b[y] >= 0 || !d.linked(was[x].unit, now[y].unit) {
			return 0
		}
		return d.numberPair(&was[x], &now[y])
	})
	d.swapped(was, now, p)
	for x := range was {
		n := &was[x]
		switch y := second.a[x]; {
		case y >= 0:
			d.note(NumberChanged, n.unit, now[y].unit, n.span, now[y].span)
		case p.a[x] >= 0 || n.weak || n.in == "th" || d.elsewhere(n):
		case slices.ContainsFunc(now, func(m number) bool { return d.linked(n.unit, m.unit) && sameNumber(n, &m) }):
		case vouched(&d.a.units[n.unit], n):
		default:
			d.note(NumberDropped, n.unit, d.heir(&n.item), n.span, nowhere)
		}
	}
}

// swapped notes two numbers of a sentence that have changed places while the words around
// and between them are the same: "12 rebels and 3 soldiers", a vote of 7-4.
func (d *differ) swapped(was, now []number, p pairing) {
	for x := range was {
		for z := x + 1; z < len(was) && was[z].unit == was[x].unit; z++ {
			if p.a[x] < 0 || p.a[z] < 0 {
				continue
			}
			first, last, y, v := &was[x], &was[z], &now[p.a[z]], &now[p.a[x]]
			if y.unit != v.unit || y.to > v.from || first.to > last.from || sameNumber(first, last) {
				continue
			}
			a, b := d.a.units[first.unit].tokens, d.b.units[y.unit].tokens
			if sameWordsIn(a, b, first.from-1, first.from, y.from-1) && sameWordsIn(a, b, first.to, last.from, y.to) &&
				last.from-first.to == v.from-y.to && sameWordsIn(a, b, last.to, last.to+1, v.to) {
				d.note(NumberChanged, first.unit, y.unit, first.span, y.span)
				d.note(NumberChanged, first.unit, y.unit, last.span, v.span)
			}
		}
	}
}

// sameWordsIn reports that the tokens [from, to) of a are those of b from at on. What is
// beyond either end is the same as nothing.
func sameWordsIn(a, b []token, from, to, at int) bool {
	word := func(toks []token, i int) string {
		if i < 0 || i >= len(toks) {
			return ""
		}
		return toks[i].low
	}
	for i := from; i < to; i++ {
		if word(a, i) != word(b, at+i-from) {
			return false
		}
	}
	return true
}

// elsewhere reports a number that is no everyday one and stands in some other
// sentence of the rewrite: an age is as well told in the first sentence as in the fourth.
func (d *differ) elsewhere(n *number) bool {
	if n.raw <= everydayNumber || n.part {
		return false
	}
	for j := range d.b.units {
		if slices.ContainsFunc(d.quantities(j), func(m number) bool { return m.in == n.in && sameNumber(n, &m) }) {
			return true
		}
	}
	return false
}

// everydayNumber is up to where the same number in another sentence need not count
// the same thing.
const everydayNumber = 12

// quantities are the numbers of sentence j of the rewrite, read once.
func (d *differ) quantities(j int) []number {
	if d.counts == nil {
		d.counts = make([][]number, len(d.b.units))
		for k := range d.b.units {
			d.counts[k] = numbers(&d.b.units[k], k)
		}
	}
	return d.counts[j]
}

// vouched reports a number that counts sources: that they are gone or called
// otherwise is said of the attribution.
func vouched(u *unit, n *number) bool {
	return slices.ContainsFunc(attributions(u, n.unit), func(a attribution) bool { return a.source[0] <= n.from && n.to <= a.source[1] })
}

// numberPair is how likely two numbers that differ count the same thing.
func (d *differ) numberPair(x, y *number) float64 {
	if money(x.in) && money(y.in) && x.in != y.in && x.value == y.value {
		return 2
	}
	if !unitsFit(x.in, y.in) || x.in == "th" != (y.in == "th") || x.in == aDate != (y.in == aDate) {
		return 0
	}
	next := len(x.right) > 0 && len(y.right) > 0 && (x.right[0] == y.right[0] || akin(x.right[0], y.right[0]))
	switch {
	case x.weak || y.weak:
		if next && x.weak != y.weak {
			return 1
		}
		return 0
	case next:
		return 3 + alike(&x.item, &y.item)
	case x.in == "time" && x.in == y.in:
		if s := alike(&x.item, &y.item); s > 0 || x.raw == y.raw {
			return 1 + s
		}
		return 0
	case x.in != "" && x.in == y.in:
		return 1 + alike(&x.item, &y.item)
	}
	if s := alike(&x.item, &y.item); s >= 2 {
		return s
	}
	return 0
}

func (d *differ) attributions() {
	was, now := gather(d.a.units, d.hasHeir, d.a.attributions), gather(d.b.units, d.hasSource, d.b.attributions)
	p := pair(len(was), len(now), func(x, y int) float64 {
		if !d.linked(was[x].unit, now[y].unit) {
			return 0
		}
		s := 2 * sameSource(&was[x], &now[y])
		if was[x].group == now[y].group {
			s += 0.3
		}
		if s < 0.5 && d.outletHeard(&was[x], &now[y]) {
			return 0
		}
		return s + 0.2*alike(&was[x].item, &now[y].item)
	})
	for x, y := range p.a {
		switch {
		case y >= 0:
			d.reworded(&was[x], &now[y])
		case !d.stillVouched(&was[x], now):
			d.note(AttributionDropped, was[x].unit, d.heir(&was[x].item), was[x].span, nowhere)
		}
	}
	for y, x := range p.b {
		if x < 0 {
			d.newSource(&now[y], was)
		}
	}
	d.laundered(was)
}

// outletHeard reports that the source of y is the outlet that x was told to.
func (d *differ) outletHeard(x, y *attribution) bool {
	return x.told && !y.told && y.outlet == x.outlet
}

// reworded names what differs between two attributions of one claim.
func (d *differ) reworded(x, y *attribution) {
	u, v := &d.a.units[x.unit], &d.b.units[y.unit]
	outlet := x.told && x.outlet != y.outlet
	if s := sameSource(x, y); s < 1 && !x.pronoun && !y.pronoun {
		d.note(AttributionChanged, x.unit, y.unit, x.sourceSpan(u), y.sourceSpan(v))
	} else if outlet {
		d.note(AttributionChanged, x.unit, y.unit, x.cueSpan(u), y.cueSpan(v))
	}
	if x.group != y.group {
		d.note(CueChanged, x.unit, y.unit, x.cueSpan(u), y.cueSpan(v))
	}
}

// stillVouched reports that the source of x is named beside the sentences that
// rest on its unit, so the claim is not left bare.
func (d *differ) stillVouched(x *attribution, now []attribution) bool {
	for _, j := range d.to[x.unit] {
		for k := range now {
			if x.pronoun && now[k].unit == j {
				return true
			}
			if gap := now[k].unit - j; gap >= -1 && gap <= 1 && !now[k].pronoun && !x.pronoun && sameSource(x, &now[k]) >= 0.9 {
				return true
			}
		}
	}
	return false
}

// newSource reports an attribution that the original has not, unless its source
// speaks right beside the sentence it came from.
func (d *differ) newSource(y *attribution, was []attribution) {
	for k := range was {
		x := &was[k]
		if d.linked(x.unit, y.unit) && d.outletHeard(x, y) {
			d.note(AttributionChanged, x.unit, y.unit, x.span, y.span)
			return
		}
	}
	for _, i := range d.from[y.unit] {
		for _, k := range []int{i - 2, i - 1, i, i + 1} {
			if k < 0 || k >= len(d.a.units) {
				continue
			}
			for _, x := range d.a.attributions(&d.a.units[k], k) {
				if sameSource(&x, y) >= 0.5 {
					return
				}
			}
		}
	}
	d.note(AttributionAdded, -1, y.unit, nowhere, y.span)
}

// laundered reports claims whose first outlet is no longer named.
func (d *differ) laundered(was []attribution) {
	for k := range was {
		x := &was[k]
		if x.outlet == "" || slices.ContainsFunc(d.to[x.unit], func(j int) bool { return namesOutlet(&d.b.units[j], x.outlet) }) {
			continue
		}
		d.note(OutletLaundered, x.unit, d.heir(&x.item), x.span, nowhere)
	}
}
