package review

import (
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
}

// shown reports whether the filter shows the unit at place i.
func (s *Screen) shown(i int) bool { return s.filter.holds == nil || s.filter.holds(i) }

// step is the next place by the filter, going by one of -1 and 1; from itself
// when there is none.
func (s *Screen) step(from, by int) int {
	for i := from + by; i >= 0 && i < len(s.tags); i += by {
		if s.shown(i) {
			return i
		}
	}
	return from
}

// open reports whether the unit at place i must be tagged, is not, and is shown by
// the filter.
func (s *Screen) open(i int) bool {
	return s.tags[i] == 0 && s.doc.Article.Units[i].Kind.Required() && s.shown(i)
}

// nextUntagged finds the next unit that must be tagged and is not, of those that the
// filter shows, going by step from place i, round the end.
func (s *Screen) nextUntagged(i, step int) (int, bool) {
	n := len(s.tags)
	for k := range n {
		at := ((i+step*(k+1))%n + n) % n
		if s.open(at) {
			return at, true
		}
	}
	return i, false
}

// untagged counts what nextUntagged goes through.
func (s *Screen) untagged() int {
	if s.filter.holds == nil {
		return s.need - s.done
	}
	n := 0
	for i := range s.tags {
		if s.open(i) {
			n++
		}
	}
	return n
}

// allTagged says that nothing is left to be tagged.
func (s *Screen) allTagged() string {
	if s.filter.holds == nil || s.done == s.need {
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
		if s.done < s.need {
			return append(out, action.Say{Words: fmt.Sprintf("that was the last of “%s”; %s all shows the rest", s.filter.name, s.key(action.Step))})
		}
	}
	if open := len(s.missing()); open > 0 {
		return append(out, action.Say{Words: fmt.Sprintf("every sentence is tagged, %d unfinished; %s shows them", open, s.key(action.Finish))})
	}
	return append(out, action.Say{Words: "every sentence is tagged; " + s.key(action.Finish) + " shows what else could be said"})
}

// Range names the range, "2-5", or is "".
func (s *Screen) Range() string {
	if s.anchor < 0 {
		return ""
	}
	return span(s.targets())
}

// Filter names the filter and counts what it shows; "" when all is shown.
func (s *Screen) Filter() (name string, n int) {
	if s.filter.holds == nil {
		return "", len(s.tags)
	}
	return s.filter.name, s.matching
}

// countFilter counts what the filter shows: after a change, not for each frame.
func (s *Screen) countFilter() {
	s.matching = 0
	for i := range s.tags {
		if s.filter.holds != nil && s.filter.holds(i) {
			s.matching++
		}
	}
}

// filters are those that are on offer, in the order of the list.
func (s *Screen) filters() []filter {
	has := func(test func(i int, a *annotations.Annotation) bool) func(int) bool {
		return func(i int) bool { a := s.said(i); return a != nil && test(i, a) }
	}
	out := []filter{
		{name: "all"},
		{"untagged", func(i int) bool { return s.tags[i] == 0 && s.doc.Article.Units[i].Kind.Required() }},
		{"unfinished", has(func(_ int, a *annotations.Annotation) bool { needs, _ := s.doc.Book.Missing(a); return len(needs) > 0 })},
		{"tagged by me", func(i int) bool { return s.tags[i] != 0 }},
	}
	for n, t := range s.doc.Book.Tags {
		out = append(out, filter{t.Name, func(i int) bool { return int(s.tags[i]) == n+1 }})
	}
	for _, f := range s.doc.Book.Flags {
		if slices.ContainsFunc(s.places(), func(i int) bool { return s.said(i).HasFlag(f.ID) }) || f.ID == "unsourced" {
			out = append(out, filter{"flag " + f.ID, has(func(_ int, a *annotations.Annotation) bool { return a.HasFlag(f.ID) })})
		}
	}
	out = append(out,
		filter{"unsure", has(func(_ int, a *annotations.Annotation) bool { return a.Unsure })},
		filter{"ruled on", func(i int) bool { return s.doc.Rulings[s.doc.Article.Units[i].ID].Verdict != "" }},
		filter{"changed since it was tagged", s.stale},
	)
	if s.doc.Suggested != nil {
		out = append(out, filter{"needs a look first", s.urgent})
	}
	for _, name := range s.names {
		out = append(out, filter{"source " + name, has(func(_ int, a *annotations.Annotation) bool {
			return slices.ContainsFunc(a.Attributions, func(at annotations.Attribution) bool { return at.Name == name })
		})})
	}
	return out
}

// places are those of which something is said.
func (s *Screen) places() []int {
	out := make([]int, 0, len(s.mine))
	for i := range s.mine {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// askFilter asks what to step through.
func (s *Screen) askFilter() []action.Outcome {
	all := s.filters()
	items := make([]dialog.Item, len(all))
	for n, f := range all {
		count := 0
		for i := range s.tags {
			if f.holds == nil || f.holds(i) {
				count++
			}
		}
		items[n] = dialog.Item{Label: f.name, Words: fmt.Sprint(count)}
		if count == 0 {
			items[n].Off = "none"
		}
	}
	p := dialog.NewPick("Step through which sentences?", items).Typing()
	return s.ask(p, func() []action.Outcome {
		s.filter = all[p.Chosen()]
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
	})
}
