package attribution

import "stet.example/stet/annotations"

// HedgeClass says what a hedge does.
type HedgeClass uint8

// The classes of hedge: epistemic, how sure; evidential, known only by report;
// scope, how much of it.
const (
	Epistemic HedgeClass = iota + 1
	Evidential
	Scope
)

// String gives the class's name.
func (c HedgeClass) String() string {
	switch c {
	case Epistemic:
		return "epistemic"
	case Evidential:
		return "evidential"
	case Scope:
		return "scope"
	}
	return ""
}

// Hedge is a word or phrase that weakens a claim.
type Hedge struct {
	Span  annotations.Span // bytes of the text
	Class HedgeClass
	Unit  int // index of the unit that holds it
}

// hedges finds the hedges of every unit, the longest phrase at each place.
func (r *reader) hedges() []Hedge {
	var out []Hedge
	for u, s := range r.ranges {
		for i := r.claim[u]; i < s.hi; i++ {
			class, n := r.hedgeAt(i, s.hi)
			if n == 0 || r.tokens[i].capital && i > r.claim[u] && r.at(i-1).word() {
				continue
			}
			out = append(out, Hedge{Span: r.span(run{i, i + n}), Class: class, Unit: u})
			i += n - 1
		}
	}
	return out
}

func (r *reader) hedgeAt(i, hi int) (HedgeClass, int) {
	if r.tokens[i].opens&(1<<useEpistemic|1<<useEvidential|1<<useScope) == 0 {
		return 0, 0
	}
	for _, p := range r.lex.words[r.tokens[i].id].phrases {
		if p.use >= useEpistemic && p.use <= useScope && r.matches(p.words, i, hi) {
			return HedgeClass(p.use-useEpistemic) + Epistemic, len(p.words)
		}
	}
	return 0, 0
}
