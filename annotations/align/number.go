package align

import (
	"math"
	"strings"

	"stet.example/stet/annotations"
)

// number is a quantity as it is written.
type number struct {
	item
	value float64 // in base units
	raw   float64 // as written
	in    string  // folded: "percent", "$", "m" …; empty for a plain count
	part  bool    // a fraction in words, held as percent: two thirds
	weak  bool    // "one", "first", F-35: words that often are no quantity
	lbs   bool    // "pounds", which may be money or a weight
}

var numberWords = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var ordinalWords = map[string]float64{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}

var multipliers = map[string]float64{
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12, "lakh": 1e5, "crore": 1e7,
	"mn": 1e6, "bn": 1e9, "tn": 1e12, "m": 1e6, "b": 1e9, "k": 1e3,
}

const poundWeight = 453.592 // in grams

// measures gives a unit's base and how many of the base it is. Units of one base
// are compared by size, with room for rounding.
var measures = map[string]struct {
	base string
	size float64
}{
	"km": {"m", 1000}, "kms": {"m", 1000}, "kilometre": {"m", 1000}, "kilometer": {"m", 1000}, "kilometres": {"m", 1000}, "kilometers": {"m", 1000},
	"mile": {"m", 1609.344}, "miles": {"m", 1609.344}, "metre": {"m", 1}, "metres": {"m", 1}, "meter": {"m", 1}, "meters": {"m", 1},
	"cm": {"m", 0.01}, "centimetres": {"m", 0.01}, "centimeters": {"m", 0.01}, "mm": {"m", 0.001},
	"ft": {"m", 0.3048}, "feet": {"m", 0.3048}, "foot": {"m", 0.3048}, "inch": {"m", 0.0254}, "inches": {"m", 0.0254}, "yards": {"m", 0.9144},
	"kg": {"g", 1000}, "kilos": {"g", 1000}, "kilograms": {"g", 1000}, "kilogrammes": {"g", 1000}, "g": {"g", 1}, "grams": {"g", 1},
	"lb": {"g", poundWeight}, "lbs": {"g", poundWeight}, "tonnes": {"g", 1e6}, "tons": {"g", 1e6}, "tonne": {"g", 1e6}, "ton": {"g", 1e6},
	"mph": {"speed", 1.609344}, "kmh": {"speed", 1}, "kph": {"speed", 1},
	"seconds": {"time", 1. / 86400}, "minute": {"time", 1. / 1440}, "minutes": {"time", 1. / 1440}, "hour": {"time", 1. / 24}, "hours": {"time", 1. / 24},
	"day": {"time", 1}, "days": {"time", 1}, "week": {"time", 7}, "weeks": {"time", 7}, "month": {"time", 30.44}, "months": {"time", 30.44},
	"year": {"time", 365.25}, "years": {"time", 365.25}, "decade": {"time", 3652.5}, "decades": {"time", 3652.5},
	"percent": {"percent", 1}, "%": {"percent", 1}, "pc": {"percent", 1},
	"dollar": {"$", 1}, "dollars": {"$", 1}, "usd": {"$", 1}, "pounds": {"£", 1}, "pound": {"£", 1}, "euro": {"€", 1}, "euros": {"€", 1}, "yen": {"¥", 1},
}

// numbers reads the quantities of a unit.
func numbers(u *unit, index int) []number {
	var out []number
	for i := 0; i < len(u.tokens); {
		n, next, ok := quantity(u.tokens, i)
		if !ok {
			i++
			continue
		}
		first := i
		if day, from, to, is := dated(u.tokens, i, next, n); is {
			n, first, next = day, from, to
		}
		n.item = newItem(u, index, first, next)
		if n.in != "" && i > 0 && u.tokens[i-1].is("$", "£", "€", "¥") {
			n.span.Start = u.tokens[i-1].span.Start
		}
		out = append(out, n)
		i = next
	}
	return out
}

// quantity reads one number that begins at token i.
func quantity(toks []token, i int) (n number, next int, ok bool) {
	t := toks[i]
	next = i + 1
	switch {
	case t.kind == isNumber:
		n.value, n.in, ok = figure(t.low)
		if !ok {
			return n, i, false
		}
		if clock, after := timeOfDay(toks, i); after > i {
			return clock, after, true
		}
		n.weak = i > 0 && toks[i-1].cap && toks[i-1].low == "no" || i > 1 && toks[i-1].low == "-" && toks[i-2].kind == isWord && toks[i-2].span.End == toks[i-1].span.Start
	case t.kind != isWord:
		return n, i, false
	default:
		if n, next, ok = spelled(toks, i); !ok {
			return n, i, false
		}
	}
	for next < len(toks) && n.in == "" {
		m, is := multipliers[toks[next].low]
		if !is || len(toks[next].low) == 1 {
			break
		}
		n.value *= m
		n.weak = false
		next++
	}
	n, next = extended(toks, n, next)
	n.raw = n.value
	if i > 0 && n.in == "" && toks[i-1].is("$", "£", "€", "¥") {
		n.in = toks[i-1].low
		return n, next, true
	}
	return withUnit(toks, n, next)
}

// extended reads what goes on from a number in words: "two and a half", "a
// hundred and twenty", "three thousand four hundred".
func extended(toks []token, n number, next int) (number, int) {
	if n.in != "" || next+1 >= len(toks) {
		return n, next
	}
	if after := andAHalf(toks, next); after > 0 {
		n.value, n.weak = n.value+0.5*max(1, multipliers[toks[next-1].low]), false
		if after < len(toks) && len(toks[after].low) > 1 && multipliers[toks[after].low] > 0 {
			return scaled(n, toks[after].low), after + 1 // two and a half million
		}
		return n, after
	}
	at := next
	if toks[at].is("and") {
		at++
	}
	big, is := multipliers[toks[next-1].low]
	v, more := numberWords[toks[at].low]
	if !is || !more || v == 0 || toks[at].low == "one" {
		return n, next
	}
	m, after, _ := spelled(toks, at)
	for after < len(toks) {
		k, is := multipliers[toks[after].low]
		if !is || len(toks[after].low) == 1 {
			break
		}
		m.value *= k
		after++
	}
	if m.value >= big {
		return n, next
	}
	n.value += m.value
	return n, after
}

func scaled(n number, by string) number {
	n.value *= multipliers[by]
	return n
}

// andAHalf gives the token behind "and a half", or 0.
func andAHalf(toks []token, i int) int {
	if i+2 < len(toks) && toks[i].is("and") && toks[i+1].is("a") && toks[i+2].is("half") {
		return i + 3
	}
	return 0
}

// parts are the names of fractions, as a share of a hundred.
var parts = map[string]float64{
	"third": 100. / 3, "thirds": 100. / 3, "quarter": 25, "quarters": 25, "fifth": 20, "fifths": 20, "tenth": 10, "tenths": 10, "half": 50, "halves": 50,
}

// fraction reads "two thirds", "a quarter of", "half the".
func fraction(toks []token, i int) (n number, next int, ok bool) {
	n = number{in: "percent", part: true}
	at := func(k int) token {
		if k < len(toks) {
			return toks[k]
		}
		return token{}
	}
	if at(i).is("half") && at(i+1).is("of", "the", "its", "their", "his", "her", "all") && (i == 0 || !toks[i-1].is("first", "second", "and", "other")) {
		n.value = 50
		return n, i + 1, true
	}
	name := i + 1
	if at(name).low == "-" {
		name++
	}
	share, is := parts[at(name).low]
	if !is {
		return n, i, false
	}
	count, plural := numberWords[toks[i].low]
	switch {
	case plural && count > 1 && strings.HasSuffix(at(name).low, "s"):
		n.value = count * share
	case (toks[i].is("a", "one") || count == 1) && at(name+1).is("of"):
		n.value = share
	default:
		return n, i, false
	}
	if at(name+1).is("of") && at(name+2).is("a", "an") {
		if m, big := multipliers[at(name+3).low]; big && m >= 1000 && len(at(name+3).low) > 2 {
			return number{value: n.value / 100 * m}, name + 4, true // a quarter of a million
		}
	}
	return n, name + 1, true
}

// spelled reads a number in words.
func spelled(toks []token, i int) (n number, next int, ok bool) {
	low := toks[i].low
	if part, after, is := fraction(toks, i); is {
		return part, after, true
	}
	if low == "half" && i+2 < len(toks) && toks[i+1].is("a") {
		if m, is := multipliers[toks[i+2].low]; is && len(toks[i+2].low) > 3 {
			return number{value: m / 2}, i + 3, true
		}
	}
	if v, is := ordinalWords[low]; is {
		return number{value: v, in: "th", weak: true}, i + 1, true
	}
	if v, is := numberWords[low]; is {
		n.value, next = v, i+1
		if v >= 20 && next < len(toks) {
			j := next
			if toks[j].low == "-" {
				j++
			}
			if j < len(toks) {
				if u, is := numberWords[toks[j].low]; is && u > 0 && u < 10 {
					n.value, next = v+u, j+1
				}
			}
		}
		n.weak = v <= 1
		return n, next, true
	}
	if (low == "a" || low == "an" || low == "one") && i+1 < len(toks) {
		m, is := measures[toks[i+1].low]
		if after := andAHalf(toks, i+2); is && after > 0 { // an hour and a half
			return number{value: 1.5 * m.size, in: m.base}, after, true
		}
	}
	if (low == "a" || low == "an") && i+1 < len(toks) && len(toks[i+1].low) > 3 {
		if m, is := multipliers[toks[i+1].low]; is {
			return number{value: m}, i + 2, true
		}
	}
	return n, i, false
}

// sameNumber compares by value and unit. Sizes that can be told in two systems
// have room for rounding.
func sameNumber(x, y *number) bool {
	if isDegrees(x.in) && isDegrees(y.in) {
		return sameHeat(x, y)
	}
	if x.lbs && y.in == "g" || y.lbs && x.in == "g" {
		p, q := *x, *y
		for _, n := range []*number{&p, &q} {
			if n.lbs {
				n.value, n.in, n.lbs = n.raw*poundWeight, "g", false
			}
		}
		return sameNumber(&p, &q)
	}
	if !unitsFit(x.in, y.in) {
		return false
	}
	if x.value == y.value || (x.in == "" || y.in == "" || x.in == "th" || y.in == "th") && x.raw == y.raw {
		return true
	}
	room := 1e-9
	if x.in == y.in && (x.in == "m" || x.in == "g" || x.in == "speed" || x.in == "time" && x.raw != y.raw || x.part || y.part) {
		room = 0.025
	}
	return math.Abs(x.value-y.value) <= room*max(math.Abs(x.value), math.Abs(y.value))
}

// unitsFit reports whether two units may be the same: equal, or one left unsaid.
func unitsFit(x, y string) bool {
	return x == y || isDegrees(x) && isDegrees(y) || x == "" || y == "" || x == "th" || y == "th"
}

// item is a place in a unit with the words around it.
type item struct {
	unit        int
	from, to    int // tokens
	span        annotations.Span
	left, right []string // up to three content stems on each side, nearest first
}

const around = 3

func newItem(u *unit, index, from, to int) item {
	it := item{unit: index, from: from, to: to}
	it.span = annotations.Span{Start: u.tokens[from].span.Start, End: u.tokens[to-1].span.End}
	for i := from - 1; i >= 0 && len(it.left) < around; i-- {
		if u.tokens[i].content() {
			it.left = append(it.left, u.tokens[i].stem)
		}
	}
	for i := to; i < len(u.tokens) && len(it.right) < around; i++ {
		if u.tokens[i].content() {
			it.right = append(it.right, u.tokens[i].stem)
		}
	}
	return it
}

// alike counts the words two places share: those behind count double.
func alike(x, y *item) float64 {
	return 2*float64(shared(x.right, y.right)) + float64(shared(x.left, y.left))
}

func shared(x, y []string) int {
	n := 0
	for i, s := range x {
		for _, t := range y {
			if s == t || akin(s, t) {
				n++
				if i == 0 && len(y) > 0 && y[0] == t {
					n++
				}
				break
			}
		}
	}
	return n
}

// money reports the unit of a sum of money.
func money(unit string) bool { return unit == "$" || unit == "£" || unit == "€" || unit == "¥" }
