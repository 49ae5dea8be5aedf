package audit

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// entry is one row of a section: a heading, or a line with what stands behind it.
type entry struct {
	head   string // a group's heading; nothing else is set then
	place  audit.Place
	of     string        // whose annotation it is about
	matter *audit.Matter // nil for lines of figures
	label  string        // first column
	words  string        // the rest
	role   theme.Role    // of words
	facts  func() []fact // what is known of it; may be nil
	open   func() []action.Outcome
}

// fact is a label and what stands behind it.
type fact struct {
	label, text string
	role        theme.Role
}

// list is a section with its mark.
type list struct {
	all    []entry
	fits   []int // into all
	cur    int   // into fits
	top    int
	filter string
}

// narrow keeps the first section to some matters.
type narrow struct {
	words string
	keep  func(*audit.Matter) bool
}

// text is the first and second column of an entry.
func (e *entry) text() (label, words string) {
	if e.matter == nil {
		return e.label, e.words
	}
	m := e.matter
	words = m.What
	if n := len(m.Thread); n > 0 && (m.Answered || m.Thread[n-1].What == audit.VerbAnswer) {
		return e.place.String(), words + ": " + report.Turn(&m.Thread[n-1]) + "  “" + m.Text + "”"
	}
	if m.Of != "" {
		words = m.Of + ": " + words
	}
	if m.Reason != "" {
		words += ": " + m.Reason
	}
	return e.place.String(), words + "  “" + m.Text + "”"
}

// fit finds the entries to be shown. Headings go when there is a filter.
func (l *list) fit() {
	l.fits = l.fits[:0]
	if l.filter == "" {
		for i := range l.all {
			l.fits = append(l.fits, i)
		}
	} else {
		labels := make([]string, len(l.all))
		for i := range l.all {
			if l.all[i].head == "" {
				a, b := l.all[i].text()
				labels[i] = a + " " + b
			}
		}
		l.fits = dialog.Fit(l.filter, labels)
	}
	l.cur = max(0, min(l.cur, len(l.fits)-1))
	l.settle(1)
}

// settle moves the mark off a heading: on, or back when there is nothing more.
func (l *list) settle(step int) {
	for range 2 {
		for n := l.cur; n >= 0 && n < len(l.fits); n += step {
			if l.all[l.fits[n]].head == "" {
				l.cur = n
				return
			}
		}
		step = -step
	}
}

func (l *list) move(by int) {
	l.cur = max(0, min(l.cur+by, len(l.fits)-1))
	if by < 0 {
		l.settle(-1)
	} else {
		l.settle(1)
	}
}

// list is the one on the screen.
func (s *Screen) list() *list {
	if s.lists[s.section] == nil {
		s.lists[s.section] = s.build(s.section, &list{})
	}
	return s.lists[s.section]
}

// build makes a section of the figures. Filter and mark stay: the mark on its entry
// where that is there still.
func (s *Screen) build(section int, was *list) *list {
	l := &list{cur: was.cur, top: was.top, filter: was.filter}
	if s.doc.Figures != nil {
		l.all = [sections]func() []entry{s.needsYou, s.isSound, s.whoMixes, s.weakSpots}[section]()
	}
	l.fit()
	if was.cur < len(was.fits) {
		if at := was.fits[was.cur]; was.all[at].head == "" {
			l.markAs(&was.all[at], was.part(at))
			l.top = max(l.top+l.cur-was.cur, 0) // the marked row stays where it is
		}
	}
	return l
}

// mark moves the mark to the first entry of a place and label, if it is there.
func (l *list) mark(p audit.Place, label string) {
	for n, i := range l.fits {
		if e := &l.all[i]; e.head == "" && e.place == p && e.label == label {
			l.cur = n
			return
		}
	}
}

// markAs moves the mark to the entry that another was, of a part of the list: a sentence,
// or a name, may stand in several, and in one more than once with other words. Where it is
// there no longer it is elsewhere.
func (l *list) markAs(was *entry, part string) {
	label, words := was.text()
	best, most := -1, -1
	for n, i := range l.fits {
		e := &l.all[i]
		nowLabel, nowWords := e.text()
		if e.head != "" || e.place != was.place || nowLabel != label {
			continue
		}
		alike := 0
		for k, same := range []bool{nowWords == words, e.of == was.of, l.part(i) == part} {
			if same {
				alike += 1 << k
			}
		}
		if alike > most {
			best, most = n, alike
		}
	}
	if best >= 0 {
		l.cur = best
	}
}

// part is the heading over the i-th of all entries, without what it counts.
func (l *list) part(i int) string {
	for ; i >= 0; i-- {
		if head := l.all[i].head; head != "" {
			head, _, _ = strings.Cut(head, ":")
			return head
		}
	}
	return ""
}

// marked is the entry under the mark; nil for none.
func (s *Screen) marked() *entry {
	l := s.list()
	if l.cur >= len(l.fits) {
		return nil
	}
	if e := &l.all[l.fits[l.cur]]; e.head == "" {
		return e
	}
	return nil
}

func (s *Screen) doList(id action.ID) []action.Outcome {
	l := s.list()
	page := max(s.rowsOfList-1, 1)
	switch id {
	case action.Next:
		l.move(1)
	case action.Prev:
		l.move(-1)
	case action.First:
		l.move(-len(l.fits))
	case action.Last:
		l.move(len(l.fits))
	case action.PageDown:
		l.move(page)
	case action.PageUp:
		l.move(-page)
	case action.NextSection:
		return s.turn((s.section + 1) % sections)
	case action.PrevSection:
		return s.turn((s.section + sections - 1) % sections)
	case action.Needs, action.Sound, action.Mixes, action.Weak:
		return s.turn(map[action.ID]int{action.Needs: needs, action.Sound: sound, action.Mixes: mixed, action.Weak: weak}[id])
	case action.Filter:
		in := dialog.NewInput("Show entries with these letters (empty: all)", l.filter)
		in.Help = "filter"
		show := func(words string) []action.Outcome {
			l := s.list() // not the one that was there before: figures may have come meanwhile
			if l.filter != words {
				l.filter, l.cur = words, 0
				l.fit()
			}
			return nil
		}
		was := l.filter
		in.Live = func(words string) { show(words) }
		s.Open(in, func() []action.Outcome { return show(in.Text()) })
		s.OnCancel(func() []action.Outcome { return show(was) })
	case action.Blind, action.Anew:
		return []action.Outcome{action.AskDraw{Anew: id == action.Anew}}
	case action.ReadAnew:
		s.unread = ""
		return []action.Outcome{action.AskAudit{}}
	case action.Finish:
		return s.askFinish()
	case action.Open:
		return s.openMarked()
	}
	return nil
}

func (s *Screen) turn(section int) []action.Outcome {
	s.section = section
	return s.wanted()
}

// keepTo shows the first section, kept to some matters.
func (s *Screen) keepTo(words string, keep func(*audit.Matter) bool) []action.Outcome {
	from := s.section
	s.narrow = &narrow{words, keep}
	s.lists[needs], s.section = nil, needs
	if len(s.list().all) == 0 {
		s.narrow, s.lists[needs], s.section = nil, nil, from
		return say("nothing open of "+words+": it is ruled on already", false)
	}
	return say("only "+words+"; esc shows all", false)
}

// openMarked opens the sentence under the mark, with the others of its list to go
// on with, or what stands behind a figure.
func (s *Screen) openMarked() []action.Outcome {
	e := s.marked()
	if e.open != nil {
		return e.open()
	}
	l := s.list()
	at := &sentence{done: map[annotations.Target]bool{}}
	for n, i := range l.fits {
		if x := &l.all[i]; x.head == "" && x.open == nil && x.place.Key != annotations.Desk {
			if n == l.cur {
				at.n = len(at.queue)
			}
			label, words := x.text()
			if x.matter != nil {
				words = x.matter.What
				label = ""
			}
			at.queue = append(at.queue, item{place: x.place, of: x.of, words: strings.TrimSpace(label + " " + words), matter: x.matter})
		}
	}
	s.at, s.drawn = at, nil
	return nil
}

// count is the number on a section's tab.
func (s *Screen) count(section int) int {
	d := s.doc.Figures
	if d == nil {
		return 0
	}
	switch section {
	case needs:
		return d.Counts.Matters
	case sound:
		return len(d.Sound.Tags.Warnings)
	case mixed:
		return d.Counts.Mixed
	}
	return d.Counts.Weak
}

// tabs is the row of sections; the one shown stands in brackets.
func (s *Screen) tabs(l dialog.Look, w int) string {
	words := s.tabWords("what needs you", "is the work sound", "who mixes what", "weak spots, lint")
	if l.Meter.Width(strings.Join(words[:], " "))+1 > w {
		words = s.tabWords("needs you", "sound?", "who mixes", "weak")
	}
	row, used := "", 0
	s.tabEnds = s.tabEnds[:0]
	for i, word := range words {
		role := theme.Dim
		if i == s.section {
			role = theme.Title
		}
		if used += l.Meter.Width(word) + 1; used > w {
			break
		}
		s.tabEnds = append(s.tabEnds, used)
		row += " " + l.Theme.In(role, word)
	}
	return row
}

func (s *Screen) tabWords(names ...string) (out [sections]string) {
	for i, name := range names {
		words := fmt.Sprintf("%d %s", i+1, name)
		if s.doc.Figures != nil && i != sound {
			words += fmt.Sprintf(" %d", s.count(i))
		}
		if out[i] = " " + words + " "; i == s.section {
			out[i] = "[" + words + "]"
		}
	}
	return out
}

// At marks the entry on row y of the body, or turns to the section on whose tab column
// x is, for the mouse.
func (s *Screen) At(x, y int) []action.Outcome {
	if s.at != nil || s.Panel != nil || !s.loaded || s.denied != "" {
		return nil
	}
	if y == 0 {
		if n := slices.IndexFunc(s.tabEnds, func(end int) bool { return x < end }); n >= 0 {
			return s.turn(n)
		}
		return nil
	}
	l := s.list()
	if n := l.top + y - 1; y >= 1 && y <= s.rowsOfList && n < len(l.fits) && l.all[l.fits[n]].head == "" {
		l.cur = n
	}
	return nil
}
