package align

import "slices"

// PlanFate says what a sentence of a revised text is to the text before it.
type PlanFate uint8

// The fates of a new sentence.
const (
	PlanKept   PlanFate = iota // the same words in the same order
	PlanMoved                  // the same words at another place
	PlanEdited                 // one old sentence, spelt otherwise
	PlanSplit                  // a piece of one old sentence, beside the other pieces
	PlanMerged                 // several old sentences in one
	PlanNew                    // from no old sentence
	PlanAsk                    // a person must say which old sentence it is, or none
)

var planNames = [...]string{"kept", "moved", "edited", "split", "merged", "new", "ask"}

// String gives the fate's name as reports show it.
func (f PlanFate) String() string {
	if int(f) < len(planNames) {
		return planNames[f]
	}
	return "unknown"
}

// Planned is what is to be done with one sentence of the new text.
type Planned struct {
	Fate PlanFate
	// Old are the sentences it comes from, from 0, in order: one, several when
	// merged, none when new. With Ask they are a proposal and nothing follows
	// from them.
	Old []int
	// Candidates are all old sentences it may be, the proposal among them, in
	// order; only with Ask.
	Candidates []int
}

// Leaving is what becomes of one sentence of the old text.
type Leaving struct {
	New  []int // where it went, from 0, in order; none when gone or asked about
	Gone bool  // it went nowhere, and nothing asks about it
	Ask  bool  // a person must say whether and where it went
}

// Plan says how the tags of a text follow it into a revision.
type Plan struct {
	New []Planned // one for each new sentence
	Old []Leaving // one for each old sentence
}

// Follows is the old sentence whose tags new sentence i takes over without asking:
// the one that stands there unchanged. It reports false when there is none, or more
// than one.
func (p *Plan) Follows(i int) (old int, ok bool) {
	n := &p.New[i]
	if (n.Fate == PlanKept || n.Fate == PlanMoved) && len(n.Old) == 1 {
		return n.Old[0], true
	}
	return 0, false
}

// Question is a new sentence that stands beside old words and asks what holds of it.
type Question struct {
	New  int   // from 0
	Old  []int // what it comes from or, where that is not known, all that it may be; in order
	Fate PlanFate
}

// Questions are the new sentences that come from old ones and take nothing over by
// themselves, in order. A sentence stops asking when somebody says something of it,
// which is not the plan's to know: who counts what is pending leaves out those that
// the reviewer has tagged.
func (p *Plan) Questions() []Question {
	var out []Question
	for i := range p.New {
		n := &p.New[i]
		if _, ok := p.Follows(i); ok || n.Fate == PlanNew {
			continue
		}
		q := Question{i, n.Old, n.Fate}
		if n.Fate == PlanAsk {
			q.Old = n.Candidates
		}
		out = append(out, q)
	}
	return out
}

// PlanRevision reads the plan off the anchors: every new sentence has exactly one
// fate, every old one went somewhere, is gone, or is asked about. Where two look
// alike the plan asks; it never picks. An answer to one question does not change
// the other parts of the plan.
func PlanRevision(old, new Side) Plan {
	p := Plan{New: make([]Planned, len(new.Units)), Old: make([]Leaving, len(old.Units))}
	asked := make([]bool, len(new.Units))
	anchors := reanchor(old, new)
	for _, a := range anchors {
		p.take(a, asked)
	}
	for _, a := range anchors {
		if a.Old < 0 || !a.Ask || len(a.New) > 0 {
			continue
		}
		for _, j := range a.Others { // it may have been taken in as well
			asked[j] = asked[j] || p.New[j].Fate != PlanKept && p.New[j].Fate != PlanMoved
		}
	}
	for j := range p.New {
		n := &p.New[j]
		n.Old = distinct(n.Old)
		if asked[j] {
			n.Fate, n.Candidates = PlanAsk, distinct(n.Candidates)
			continue
		}
		n.Candidates = nil
	}
	p.settle()
	return p
}

// take enters one anchor.
func (p *Plan) take(a Anchor, asked []bool) {
	if a.Old < 0 {
		j := a.New[0]
		p.New[j].Fate = PlanNew
		p.New[j].Candidates = append(p.New[j].Candidates, a.Others...)
		asked[j] = asked[j] || a.Ask
		return
	}
	for _, j := range a.New {
		n := &p.New[j]
		n.Old = append(n.Old, a.Old)
		n.Candidates = append(n.Candidates, a.Old)
		asked[j] = asked[j] || a.Ask
		switch {
		case len(a.New) > 1:
			n.Fate = PlanSplit
		case len(n.Old) > 1:
			n.Fate = PlanMerged
		case a.Fate == Kept:
			n.Fate = PlanKept
		case a.Fate == Moved:
			n.Fate = PlanMoved
		default:
			n.Fate = PlanEdited
		}
	}
	for _, j := range a.Others {
		p.New[j].Candidates = append(p.New[j].Candidates, a.Old)
	}
	p.Old[a.Old] = Leaving{New: slices.Clone(a.New), Ask: a.Ask, Gone: a.Fate == Gone && !a.Ask}
}

// settle makes both sides of the plan say the same: a question about one piece
// of a split, or one part of a merger, is a question about all of it, and an old
// sentence that some new one asks about is not gone.
func (p *Plan) settle() {
	for again := true; again; {
		again = false
		ask := func(i int) {
			if o := &p.Old[i]; !o.Ask {
				o.Ask, o.Gone, again = true, false, true
			}
		}
		for j := range p.New {
			n := &p.New[j]
			unsure := slices.ContainsFunc(n.Old, func(i int) bool { return p.Old[i].Ask })
			if unsure && n.Fate != PlanAsk {
				n.Fate, n.Candidates, again = PlanAsk, slices.Clone(n.Old), true
			}
			if n.Fate != PlanAsk {
				continue
			}
			for _, i := range n.Old {
				ask(i)
			}
			for _, i := range n.Candidates {
				if len(p.Old[i].New) == 0 {
					ask(i)
				}
			}
		}
	}
	for i := range p.Old {
		if p.Old[i].Ask {
			p.Old[i].New = nil
		}
	}
}
