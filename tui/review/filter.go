package review

import (
	"cmp"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// filter says which sentences stepping goes through; its zero value is all.
type filter struct {
	name  string
	holds func(i int) bool
	n     int  // how many it shows; -1 where the article must be read first
	first bool // the one for which the article is read
}

// shown reports whether the filter shows the unit at place i.
func (s *Screen) shown(i int) bool { return s.filter.holds == nil || s.filter.holds(i) }

// step is the next place by the filter, going by one of -1 and 1; from itself
// when there is none.
func (s *Screen) step(from, by int) int {
	for i := from + by; i >= 0 && i < s.n; i += by {
		if s.shown(i) {
			return i
		}
	}
	return from
}

// open reports whether the unit at place i must be tagged, is not, and is shown by
// the filter.
func (s *Screen) open(i int) bool {
	return s.tagNo(i) == 0 && s.shown(i) && s.sentence(i).Kind.Required()
}

// nextUntagged finds the next unit that must be tagged and is not, of those that the
// filter shows, going by step from place i, round the end.
func (s *Screen) nextUntagged(i, step int) (int, bool) {
	if s.tally.done == s.need {
		return i, false
	}
	n := s.n
	for at := range n {
		if at = i + step*(at+1); at >= n {
			at -= n
		} else if at < 0 {
			at += n
		}
		if s.open(at) {
			return at, true
		}
	}
	return i, false
}

// untagged counts what nextUntagged goes through.
func (s *Screen) untagged() int {
	if s.filter.holds == nil {
		return s.need - s.tally.done
	}
	n := 0
	for i := range s.n {
		if s.open(i) {
			n++
		}
	}
	return n
}

// allTagged says that nothing is left to be tagged.
func (s *Screen) allTagged() string {
	if s.filter.holds == nil || s.tally.done == s.need {
		return "every sentence is tagged"
	}
	return fmt.Sprintf("nothing untagged in “%s”; %s all shows the rest", s.filter.name, s.key(action.Step))
}

// advance goes on after a tag: to the next untagged sentence. The filter is the order
// that is stepped in: where it shows no untagged one, the next that it shows. It says
// so when there is none.
func (s *Screen) advance(out []action.Outcome) []action.Outcome {
	if i, ok := s.nextUntagged(s.cur, 1); ok {
		return append(out, s.moveTo(i)...)
	}
	if s.filter.holds != nil {
		if at := s.step(s.cur, 1); at != s.cur {
			return append(out, s.moveTo(at)...)
		}
		if s.tally.done < s.need {
			return append(out, action.Say{Words: fmt.Sprintf("that was the last of “%s”; %s all shows the rest", s.filter.name, s.key(action.Step))})
		}
	}
	if open := s.unfinished(); open > 0 {
		return append(out, action.Say{Words: fmt.Sprintf("every sentence is tagged, %d unfinished; %s shows %s", open, s.key(action.Finish), map[bool]string{true: "it", false: "them"}[open == 1])})
	}
	return append(out, action.Say{Words: "every sentence is tagged; " + s.key(action.Finish) + " shows what else could be said"})
}

// Range names the range, "2-5", or is ""; "none" where the filter shows nothing of it.
func (s *Screen) Range() string {
	if s.anchor < 0 {
		return ""
	}
	return cmp.Or(span(s.targets()), "none")
}

// Filter names the filter and counts what it shows; "" when all is shown.
func (s *Screen) Filter() (name string, n int) {
	if s.filter.holds == nil {
		return "", s.n
	}
	return s.filter.name, s.matching
}

// countFilter counts what the filter shows, after a change of much. What one act
// changes is counted with it.
func (s *Screen) countFilter() {
	s.matching = 0
	if s.filter.holds == nil {
		return
	}
	for i := range s.n {
		if s.filter.holds(i) {
			s.matching++
		}
	}
}

// census is how many sentences each filter shows, counted in one pass.
type census struct {
	untagged, unfinished, unsure, cut int
	tags                              []int // by place in the codebook, from 1; at 0 those without
	flags, sources                    map[string]int
}

func (s *Screen) census() census {
	c := census{tags: make([]int, 256), flags: map[string]int{}, sources: map[string]int{}}
	c.tags[0], c.untagged = s.n, s.need-s.tally.done
	for i, at := range s.mine.all() {
		r := at.said
		c.tags[0]--
		c.tags[at.tag]++
		if r.Unsure {
			c.unsure++
		}
		if needs, _ := s.doc.Book.Missing(&r.Annotation); len(needs) > 0 {
			c.unfinished++
		}
		if s.stale(i) {
			c.cut++
		}
		for _, f := range r.Flags {
			c.flags[f]++
		}
		for k, at := range r.Attributions {
			if !slices.ContainsFunc(r.Attributions[:k], func(b annotations.Attribution) bool { return b.Name == at.Name }) {
				c.sources[at.Name]++
			}
		}
	}
	return c
}

// filters are those that are on offer, in the order of the list.
func (s *Screen) filters() []filter {
	c := s.census()
	has := func(test func(a *annotations.Annotation) bool) func(int) bool {
		return func(i int) bool { a := s.said(i); return a != nil && test(a) }
	}
	out := []filter{
		{name: "all", n: s.n},
		{name: "untagged", n: c.untagged, holds: func(i int) bool { return s.tagNo(i) == 0 && s.sentence(i).Kind.Required() }},
		{name: "unfinished", n: c.unfinished, holds: has(func(a *annotations.Annotation) bool { needs, _ := s.doc.Book.Missing(a); return len(needs) > 0 })},
		{name: "tagged by me", n: s.n - c.tags[0], holds: func(i int) bool { return s.tagNo(i) != 0 }},
	}
	for n, t := range s.doc.Book.Tags {
		out = append(out, filter{name: t.Name, n: c.tags[min(n+1, 255)], holds: func(i int) bool { return int(s.tagNo(i)) == n+1 }})
	}
	for _, f := range s.doc.Book.Flags {
		if c.flags[f.ID] > 0 || f.ID == "unsourced" {
			out = append(out, filter{name: "flag " + f.ID, n: c.flags[f.ID], holds: has(func(a *annotations.Annotation) bool { return a.HasFlag(f.ID) })})
		}
	}
	out = append(out,
		filter{name: "unsure", n: c.unsure, holds: has(func(a *annotations.Annotation) bool { return a.Unsure })},
		filter{name: "ruled on", n: s.ruled(), holds: s.ruledOn},
		filter{name: "changed since it was tagged", n: c.cut, holds: s.stale},
	)
	if s.doc.Suggested != nil {
		out = append(out, s.lookFirst())
	}
	for _, name := range s.names {
		if c.sources[name] == 0 { // it was taken back, or is offered for the next one only
			continue
		}
		out = append(out, filter{name: "source " + name, n: c.sources[name], holds: has(func(a *annotations.Annotation) bool {
			return slices.ContainsFunc(a.Attributions, func(at annotations.Attribution) bool { return at.Name == name })
		})})
	}
	return out
}

// ruled is how many sentences there is a ruling on.
func (s *Screen) ruled() (n int) {
	for id := range s.doc.Rulings {
		if i := s.place(id); i >= 0 && s.ruledOn(i) {
			n++
		}
	}
	return n
}

// ruledOn reports whether there is a ruling on a unit in the words that it has now.
func (s *Screen) ruledOn(i int) bool {
	r := s.doc.Rulings[s.sentence(i).ID]
	return r.Verdict != "" && !r.OfOtherWords(s.text(i))
}

// counted counts what a filter shows.
func (s *Screen) counted(f filter) filter {
	for i := range s.n {
		if f.holds(i) {
			f.n++
		}
	}
	return f
}

// lookFirst is the filter of what needs a look first. Of a long article it is not known
// until all of it was read.
func (s *Screen) lookFirst() filter {
	f := filter{name: "needs a look first", holds: s.urgent, first: true}
	if s.long() && s.urgents == nil {
		f.n = -1
		return f
	}
	return s.counted(f)
}

// places are those of which something is said.
func (s *Screen) places() []int {
	var out []int
	for i := range s.mine.all() {
		out = append(out, i)
	}
	return out
}

// askFilter asks what to step through.
func (s *Screen) askFilter() []action.Outcome {
	all := s.filters()
	items := make([]dialog.Item, len(all))
	for n, f := range all {
		items[n] = dialog.Item{Label: f.name, Words: fmt.Sprint(f.n)}
		switch {
		case f.n == 0:
			items[n].Off = "none"
		case f.n < 0:
			items[n].Words = "reads the whole article first"
		}
	}
	p := dialog.NewPick("Step through which sentences?", items).Typing()
	p.Aligned = true
	return s.ask(p, func() []action.Outcome {
		if f := all[p.Chosen()]; f.n >= 0 {
			return s.stepThrough(f)
		}
		return []action.Outcome{action.ReadAll{Article: s.Article()}}
	})
}

// stepThrough puts a filter in force, and goes to the nearest sentence that it shows.
func (s *Screen) stepThrough(f filter) []action.Outcome {
	s.filter = f
	s.countFilter()
	s.anchor = -1
	if s.filter.holds == nil {
		return say("all sentences")
	}
	_, n := s.Filter()
	out := say(fmt.Sprintf("stepping through %s: %d; %s all shows the rest", s.filter.name, n, s.key(action.Step)))
	if s.shown(s.cur) {
		return out
	}
	at := s.step(s.cur, 1)
	if at == s.cur {
		at = s.step(s.cur, -1)
	}
	return append(out, s.moveTo(at)...)
}

// ReadThrough takes what needs a look first of an article that was read as a whole for
// it, and steps through that.
func (s *Screen) ReadThrough(urgent []annotations.SentenceID) []action.Outcome {
	s.urgents = make(map[annotations.SentenceID]bool, len(urgent))
	for _, id := range urgent {
		s.urgents[id] = true
	}
	f := s.lookFirst()
	if f.n == 0 {
		return say("no untagged sentence looks contested or unsourced")
	}
	return s.stepThrough(f)
}
