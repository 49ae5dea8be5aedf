package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// state is what became of a block.
type state int

const (
	verbatim state = iota // word for word
	reworded              // other words, no change that has a name
	altered               // a change that has a name
	isNew                 // no source in the original
	leftOut               // of the original
)

// block is sentences of the rewrite with those they rest on, or one that was left
// out.
type block struct {
	a, b    []int // sentences from 0, in order; one of them may be empty
	state   state
	group   *report.Group // nil for what was left out
	changes []align.Change
	orphans []align.Orphan
	support string // of what was left out: which claim lost it, in words
}

// changed reports a block that the reader of changes stops at.
func (b *block) changed() bool {
	return b.state == altered || b.state == isNew || len(b.orphans) > 0
}

// on lists the sentences of a block on the side asked for, or on the other one
// where it has none there.
func (b *block) on(of side) (side, []int) {
	if of == original && len(b.a) > 0 || len(b.b) == 0 {
		return original, b.a
	}
	return rewrite, b.b
}

// first is the first sentence on a side, -1 for none.
func (b *block) first(of side) int {
	if got, list := b.on(of); got == of {
		return list[0]
	}
	return -1
}

// build makes the blocks of the report, and their two orders.
func (s *Screen) build() {
	r := s.doc.Report
	s.blocks = nil
	for i := range r.Groups {
		g := &r.Groups[i]
		b := block{a: g.A, b: g.B, group: g, changes: r.Changes(g), orphans: r.Orphans(g)}
		switch {
		case len(g.A) == 0:
			b.state = isNew
		case len(b.changes) > 0:
			b.state = altered
		case !g.Same:
			b.state = reworded
		}
		s.blocks = append(s.blocks, b)
	}
	for _, i := range r.Result.LeftOut {
		b := block{a: []int{i}, state: leftOut}
		for _, o := range r.Result.Orphans {
			switch {
			case slices.Contains(o.Support, i):
				b.support = fmt.Sprintf("vouched for %d, which the rewrite keeps as %d", o.A+1, o.B+1)
			case slices.Contains(o.Against, i):
				b.support = fmt.Sprintf("spoke against %d, which the rewrite keeps as %d", o.A+1, o.B+1)
			}
		}
		s.blocks = append(s.blocks, b)
	}
	for of := range s.order {
		o := make([]int, len(s.blocks))
		for i := range o {
			o[i] = i
		}
		slices.SortStableFunc(o, func(x, y int) int {
			return cmp.Compare(s.blocks[x].place(side(of)), s.blocks[y].place(side(of)))
		})
		s.order[of] = o
	}
}

// place is where a block stands in the order of a side; what is not of that side
// comes after all that is.
func (b *block) place(of side) int {
	const after = 1 << 40
	if i := b.first(of); i >= 0 {
		return i
	}
	return after + b.first(1-of)
}

// filter is what is shown.
type filter int

const (
	all filter = iota
	onlyChanged
	onlyNew
	onlyLeftOut
	onlyOrphans
)

// filters are the choices, in the order of the constants.
var filters = [...]struct{ key, words, more string }{
	all:         {"a", "all", ""},
	onlyChanged: {"c", "only changed", "sentences with a change that has a name"},
	onlyNew:     {"n", "only new", "without a source in the original"},
	onlyLeftOut: {"l", "left out", "sentences of the original that nothing rests on"},
	onlyOrphans: {"o", "orphans", "claims whose support was cut, and that support"},
}

func (f filter) keeps(b *block) bool {
	switch f {
	case onlyChanged:
		return b.state == altered
	case onlyNew:
		return b.state == isNew
	case onlyLeftOut:
		return b.state == leftOut
	case onlyOrphans:
		return len(b.orphans) > 0 || b.support != ""
	}
	return true
}

// fit finds what is shown.
func (s *Screen) fit() {
	s.fits = s.fits[:0]
	for _, i := range s.order[s.lead] {
		if s.filter.keeps(&s.blocks[i]) {
			s.fits = append(s.fits, i)
		}
	}
	s.top = 0
	s.moveTo(s.cur)
}

// keep shows what a filter keeps; the mark stays on its block, or on the next that
// is shown.
func (s *Screen) keep(f filter) {
	at := -1
	if s.cur < len(s.fits) {
		at = s.fits[s.cur]
	}
	s.filter = f
	s.fit()
	s.cur = 0
	where := slices.Index(s.order[s.lead], at)
	for n, i := range s.fits {
		if s.cur = n; slices.Index(s.order[s.lead], i) >= where {
			break
		}
	}
	s.moveTo(s.cur)
}

func (s *Screen) count(f filter) int {
	n := 0
	for i := range s.blocks {
		if f.keeps(&s.blocks[i]) {
			n++
		}
	}
	return n
}

func (s *Screen) askFilter() []action.Outcome {
	items := make([]dialog.Item, len(filters))
	for f, x := range filters {
		n := s.count(filter(f))
		items[f] = dialog.Item{Key: x.key, Label: fmt.Sprintf("%-12s %4d", x.words, n), Words: x.more}
		if n == 0 {
			items[f].Off = "there is none"
		}
	}
	p := dialog.NewPick("Show what?", items)
	s.Slot.Open(p, func() []action.Outcome {
		f := filter(p.Chosen())
		s.keep(f)
		if f == all {
			return say("all is shown")
		}
		return say(filters[f].words + ", esc shows all")
	})
	return nil
}

func (s *Screen) moveTo(n int) {
	s.cur, s.inner = max(0, min(n, len(s.fits)-1)), 0
}

// show marks the block of a sentence, taking the filter away where it hides it.
func (s *Screen) show(of side, i int) {
	holds := func(n int) bool {
		b := &s.blocks[n]
		return of == original && slices.Contains(b.a, i) || of == rewrite && slices.Contains(b.b, i)
	}
	if n := slices.IndexFunc(s.fits, holds); n >= 0 {
		s.moveTo(n)
		return
	}
	s.filter = all
	s.fit()
	s.moveTo(slices.IndexFunc(s.fits, holds))
}

// turn reads in the order of the other side.
func (s *Screen) turn() []action.Outcome {
	at := -1
	if s.cur < len(s.fits) {
		at = s.fits[s.cur]
	}
	s.lead = 1 - s.lead
	s.fit()
	s.moveTo(slices.Index(s.fits, at))
	if s.lead == original {
		return say("in the order of the original; what is new comes last")
	}
	return say("in the order of the rewrite; what was left out comes last")
}

// nextChange goes to the next block that was changed, around the end.
func (s *Screen) nextChange(step int) []action.Outcome {
	n := len(s.fits)
	for k := 1; k <= n; k++ {
		at := (s.cur + step*k%n + n) % n
		if b := &s.blocks[s.fits[at]]; b.changed() {
			around := step > 0 && at <= s.cur || step < 0 && at >= s.cur
			s.moveTo(at)
			words := strings.Join(kindWords(kindsOf(b)), ", ")
			if around {
				words += " (around the end)"
			}
			return say(words)
		}
	}
	return nil
}

func kindWords(list []align.ChangeType) []string {
	out := make([]string, len(list))
	for i, k := range list {
		out[i] = report.Words(k)
	}
	return out
}

// present are the kinds of what is shown, the gravest first, as places in kinds.
func (s *Screen) present() []int {
	have := map[align.ChangeType]bool{}
	for _, i := range s.fits {
		for _, k := range kindsOf(&s.blocks[i]) {
			have[k] = true
		}
	}
	var out []int
	for n, k := range kinds() {
		if have[k] {
			out = append(out, n)
		}
	}
	return out
}

// nextKind goes to the first block of the next kind that there is.
func (s *Screen) nextKind(step int) []action.Outcome {
	list := s.present()
	at := slices.Index(list, s.kind)
	switch {
	case at < 0 && step > 0:
		at = 0
	case at < 0:
		at = len(list) - 1
	default:
		at = (at + step + len(list)) % len(list)
	}
	s.kind = list[at]
	k := kinds()[s.kind]
	n, all, first := 0, 0, -1
	for place, i := range s.fits {
		if slices.Contains(kindsOf(&s.blocks[i]), k) {
			all += max(countOf(&s.blocks[i], k), 1)
			if n++; first < 0 {
				first = place
			}
		}
	}
	s.moveTo(first)
	of := fmt.Sprintf("the first of %d", n)
	if all > n { // as many as the head says
		of = fmt.Sprintf("%d in %d places, the first", all, n)
	}
	return say(fmt.Sprintf("%s: %s. Kind %d of %d", report.Words(k), of, at+1, len(list)))
}

// countOf is how many changes of a kind a block holds.
func countOf(b *block, k align.ChangeType) (n int) {
	if k == kindOrphan {
		return len(b.orphans)
	}
	for _, c := range b.changes {
		if c.Type == k {
			n++
		}
	}
	return n
}

func (s *Screen) askGoto() []action.Outcome {
	of, t := [...]string{rewrite: "rewrite", original: "original"}[s.lead], s.text(s.lead)
	last := len(t.Side.Units)
	in := dialog.NewInput(fmt.Sprintf("Go to sentence of the %s, 1 to %d", of, last), "")
	in.Help = "go"
	in.Again(s.key(action.Goto), "the first")
	s.Slot.Open(in, func() []action.Outcome {
		switch typed := in.Text(); {
		case typed == "":
		case typed == in.Whole:
			s.moveTo(0)
		default:
			n, err := strconv.Atoi(typed)
			if err != nil || n < 1 || n > last {
				return say(fmt.Sprintf("“%s” is no sentence of the %s: there are 1 to %d", annotations.Visible(typed), of, last))
			}
			s.show(s.lead, n-1)
		}
		return nil
	})
	return nil
}

func (s *Screen) askSearch() []action.Outcome {
	in := dialog.NewInput("Search both texts", s.search)
	in.Help = "next match"
	s.Slot.Open(in, func() []action.Outcome {
		s.search = in.Text()
		if s.search == "" {
			return nil
		}
		return s.find()
	})
	return nil
}

// find goes to the next block that holds what is searched for, in either text.
func (s *Screen) find() []action.Outcome {
	want := dialog.Fold(s.search)
	var hits []int
	for n, i := range s.fits {
		if s.blocks[i].holds(s.doc.Report, want) {
			hits = append(hits, n)
		}
	}
	if len(hits) == 0 {
		return say(fmt.Sprintf("“%s” is in nothing that is shown", annotations.Visible(s.search)))
	}
	at := slices.IndexFunc(hits, func(n int) bool { return n > s.cur })
	at = max(at, 0)
	s.moveTo(hits[at])
	return say(fmt.Sprintf("“%s”: %d of %d", annotations.Visible(s.search), at+1, len(hits)))
}

func (b *block) holds(r *report.Report, want string) bool {
	in := func(t *report.Text, list []int) bool {
		return slices.ContainsFunc(list, func(i int) bool {
			return strings.Contains(dialog.Fold(t.Claim(i)), want)
		})
	}
	return in(&r.A, b.a) || in(&r.B, b.b)
}
