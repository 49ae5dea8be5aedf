package align

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

var fitting = flag.Bool("fit", false, "fit the weights of the traits anew and print them")

// choice is one sentence of a rewrite with the traits of its candidates.
type choice struct {
	pair   int
	weight float64
	x      []traits
	gold   []bool
	none   bool // no source is right
}

// situation is a pair, whole or cut, that choices are read from again and again.
type situation struct {
	pair   int
	weight float64
	f      *fits
	want   gold
}

const (
	fitFolds    = 4
	fitCuts     = 20
	fitTurns    = 4 // ways in which the rewrite tells its pieces in another order
	fitSteps    = 200
	fitPenalty  = 5e-4 // times the squares of the weights
	turnedCount = 2
	wholeCount  = 4 // a whole pair counts as much as so many cut ones
)

func situations(t *testing.T) (out []situation, pairs int) {
	for _, p := range development(t) {
		if p.heldOut {
			continue
		}
		out = append(out, situation{pairs, wholeCount, reading(p.a, p.b), p.want})
		for seed := range uint64(fitCuts) {
			a, keep := cutSide(p.a, rand.New(rand.NewPCG(seed, 1)))
			out = append(out, situation{pairs, 1, reading(a, p.b), p.want.cut(keep)})
		}
		for seed := range uint64(fitTurns) {
			rng := rand.New(rand.NewPCG(seed, 2))
			b, order := turned(p.b, rng)
			a, keep := cutSide(p.a, rng)
			want := gold{make([][]int, len(order)), make([][]int, len(order))}
			for j, was := range order {
				want.from[j], want.also[j] = p.want.from[was], p.want.also[was]
			}
			out = append(out, situation{pairs, turnedCount, reading(p.a, b), want}, situation{pairs, 1, reading(a, b), want.cut(keep)})
		}
		pairs++
	}
	return out, pairs
}

// turned tells a text in another order, piece by piece; order[j] is where sentence
// j stood.
func turned(s Side, rng *rand.Rand) (Side, []int) {
	pieces := 3 + rng.IntN(4)
	var order []int
	for _, p := range rng.Perm(pieces) {
		for j := p * len(s.Units) / pieces; j < (p+1)*len(s.Units)/pieces; j++ {
			order = append(order, j)
		}
	}
	var out Side
	for _, j := range order {
		u := &s.Units[j]
		out.add(u.Span.In(s.Text), u.Kind == annotations.KindHeading)
	}
	return out, order
}

// reading does what Compare does before it chooses sources.
func reading(a, b Side) *fits {
	l := newLexer()
	sa, sb := l.read(a, 0), l.read(b, 1)
	w := l.weights(max(len(sa.units), len(sb.units)))
	sa.weigh(w)
	sb.weigh(w)
	f := newFits(sa, sb, w, l.stop)
	f.weights = new(traits)
	return f
}

// choices reads the choices of all situations off what is known of them.
func choices(all []situation) []choice {
	var out []choice
	for _, s := range all {
		for j, want := range s.want.from {
			c := choice{pair: s.pair, weight: s.weight, none: len(want) == 0}
			found := false
			for k := range s.f.candidates[j] {
				a := &s.f.candidates[j][k]
				if slices.Contains(s.want.also[j], a.at) {
					continue
				}
				right := slices.Contains(want, a.at)
				found = found || right
				c.x, c.gold = append(c.x, s.f.traits(j, a)), append(c.gold, right)
			}
			if (found || c.none) && !s.f.b.units[j].heading {
				out = append(out, c)
			}
		}
	}
	return out
}

// slope adds the gradient of the log of the chance that a right source is chosen,
// with chances that go as exp(traits · weights) and 1 for none.
func (c *choice) slope(weights, sum *traits) {
	chance := make([]float64, len(c.x))
	top := 0.0
	for k := range c.x {
		chance[k] = c.x[k].dot(weights)
		top = max(top, chance[k])
	}
	all, right := math.Exp(-top), 0.0
	for k := range chance {
		chance[k] = math.Exp(chance[k] - top)
		all += chance[k]
		if c.gold[k] {
			right += chance[k]
		}
	}
	for k, p := range chance {
		by := -p / all
		if c.gold[k] && right > 0 {
			by += p / right
		}
		for d, x := range c.x[k] {
			sum[d] += c.weight * by * x
		}
	}
}

// fit climbs to the weights under which the labels are likeliest (Adam's rule).
func fit(cs []choice) traits {
	var w, m, v traits
	for step := 1.0; step <= fitSteps; step++ {
		var sum traits
		for k := range cs {
			cs[k].slope(&w, &sum)
		}
		rate := 0.15
		if step > 0.67*fitSteps {
			rate = 0.03
		}
		for d := range w {
			g := sum[d]/float64(len(cs)) - fitPenalty*w[d]
			m[d] = 0.9*m[d] + 0.1*g
			v[d] = 0.99*v[d] + 0.01*g*g
			w[d] += rate * m[d] / (1 - math.Pow(0.9, step)) / (math.Sqrt(v[d]/(1-math.Pow(0.99, step))) + 1e-8)
		}
	}
	return w
}

// TestFit fits the weights: each fold's on the other pairs, for an honest figure,
// then those that are printed, on all. Each time twice, the second time by the
// sources that the first weights find.
func TestFit(t *testing.T) {
	if !*fitting {
		t.Skip("-fit fits the weights anew")
	}
	all, pairs := situations(t)
	if pairs < 30 {
		t.Fatalf("%d pairs to fit on, want 30 and more", pairs)
	}
	var links, cut, none, other tally
	for fold := range fitFolds {
		in := func(s situation) bool { return s.pair%fitFolds == fold }
		fitTwice(all, func(s situation) bool { return !in(s) })
		for _, s := range all {
			if !in(s) {
				continue
			}
			var got []Link
			for j, from := range s.f.sources() {
				got = append(got, Link{j, from})
			}
			switch s.weight {
			case wholeCount:
				scoreLinks(&links, new(tally), got, s.want)
			case turnedCount:
				scoreLinks(&other, new(tally), got, s.want)
			default:
				scoreLinks(&cut, &none, got, s.want)
			}
		}
	}
	t.Logf("pairs that the weights were not fitted on: links F1 %.1f %+v, cut %.1f %+v, no source %.1f %+v, told in another order %.1f", links.f1(), links, cut.f1(), cut, none.f1(), none, other.f1())
	var table strings.Builder
	for k, x := range fitTwice(all, func(situation) bool { return true }) {
		fmt.Fprintf(&table, "\t%s: %.2f,\n", traitNames[k], x)
	}
	t.Logf("var fitted = traits{\n%s}", table.String())
}

// fitTwice leaves every situation with the new weights and nothing known but the
// pairs that are sure.
func fitTwice(all []situation, of func(situation) bool) traits {
	var weights traits
	for pass := range 2 {
		for _, s := range all {
			s.f.know(s.f.m.sure())
			if pass > 0 {
				s.f.round()
			}
		}
		some := slices.DeleteFunc(slices.Clone(all), func(s situation) bool { return !of(s) })
		weights = fit(choices(some))
		for _, s := range all {
			*s.f.weights = weights
		}
	}
	for _, s := range all {
		s.f.know(s.f.m.sure())
	}
	return weights
}

var traitNames = [traitCount]string{
	"hasForward", "hasForward2", "hasBack", "hasContent", "hasPairs", "hasMass", "hasOne", "hasRow", "hasRun", "hasFigures", "hasNames", "hasSameName",
	"hasQuote", "hasShort", "hasRival", "hasLead", "hasTaken", "hasClaim", "hasPlace", "hasPrev", "hasNext", "hasGap", "hasSandwich", "hasOrder", "hasBias",
}
