// Package desk is the list of articles: how far each is, and which to resume.
package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// Entry is one article on the desk.
type Entry struct {
	Meta     annotations.Meta
	Progress annotations.Progress
	Others   int // other reviewers who said something
	Touched  time.Time
}

// Screen is the desk.
type Screen struct {
	entries []Entry
	fits    []int // into entries
	cur     int   // into fits
	top     int
	height  int
	filter  string
	dialog.Slot
	asked   []audit.Asked // what leads ask, what is open first
	notice  string        // how much of it is open, "" for nothing
	blind   bool          // nothing is suggested
	loading bool
	now     func() time.Time
}

// New makes an empty desk that says it is loading.
func New(now func() time.Time) *Screen { return &Screen{loading: true, now: now} }

// Fill puts articles on the desk: the one to resume first, then the ones
// touched last, then by name. The mark stays on its article.
func (s *Screen) Fill(entries []Entry, resume annotations.ArticleID) {
	was := s.Current()
	if was == annotations.Desk {
		was = resume
	}
	s.loading, s.entries = false, slices.Clone(entries)
	slices.SortStableFunc(s.entries, func(a, b Entry) int {
		if a.Meta.ID == resume || b.Meta.ID == resume {
			return cmp.Compare(boolInt(b.Meta.ID == resume), boolInt(a.Meta.ID == resume))
		}
		if c := b.Touched.Compare(a.Touched); c != 0 {
			return c
		}
		return strings.Compare(a.Meta.Name, b.Meta.Name)
	})
	s.refilter()
	for n, i := range s.fits {
		if s.entries[i].Meta.ID == was {
			s.cur = n
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *Screen) refilter() {
	labels := make([]string, len(s.entries))
	if s.filter != "" {
		for i, e := range s.entries {
			labels[i] = e.Meta.Name + " " + e.Meta.Title + " " + e.Meta.Outlet
		}
	}
	s.fits = dialog.Fit(s.filter, labels)
	s.cur = max(0, min(s.cur, len(s.fits)-1))
}

// Current is the marked article; Desk when there is none.
func (s *Screen) Current() annotations.ArticleID {
	if s.cur < len(s.fits) {
		return s.entries[s.fits[s.cur]].Meta.ID
	}
	return annotations.Desk
}

// Len is how many articles there are.
func (s *Screen) Len() int { return len(s.entries) }

// Cancel closes the open panel, or takes the filter away.
func (s *Screen) Cancel() {
	if s.Close() || s.filter == "" {
		return
	}
	s.filter = ""
	s.refilter()
}

// Why says why an action can do nothing now; "" when it can.
func (s *Screen) Why(id action.ID) string {
	switch {
	case len(s.entries) == 0 && (id == action.Open || id == action.Filter || id == action.Urgent):
		return "there is no article yet; i imports one"
	case id == action.Asked && len(s.asked) == 0:
		return "no lead asks you anything, nor ruled against you"
	case id == action.Urgent && s.blind:
		return "there are no suggestions in blind work"
	}
	return ""
}

// Do carries out an action.
func (s *Screen) Do(id action.ID) []action.Outcome {
	if why := s.Why(id); why != "" {
		return []action.Outcome{action.Say{Words: why}}
	}
	switch id {
	case action.Next:
		s.move(1)
	case action.Prev:
		s.move(-1)
	case action.First:
		s.cur = 0
	case action.Last:
		s.cur = max(len(s.fits)-1, 0)
	case action.PageDown:
		s.move(max(s.height-1, 1))
	case action.PageUp:
		s.move(-max(s.height-1, 1))
	case action.Open:
		if id := s.Current(); id != annotations.Desk {
			return []action.Outcome{action.OpenArticle{Article: id}}
		}
	case action.SearchAll:
		in := dialog.NewInput("Search every article for", "")
		in.Help = "search"
		s.Slot.Open(in, func() []action.Outcome {
			if in.Text() == "" {
				return nil
			}
			return []action.Outcome{action.SearchText{Words: in.Text()}}
		})
	case action.Filter:
		in := dialog.NewInput("Show articles with these letters (empty: all)", s.filter)
		in.Help = "filter"
		s.Slot.Open(in, func() []action.Outcome { s.filter = in.Text(); s.cur = 0; s.refilter(); return nil })
	case action.Import:
		in := dialog.NewInput("File to import", "")
		in.Help = "import"
		s.Slot.Open(in, func() []action.Outcome {
			if in.Text() == "" {
				return nil
			}
			return []action.Outcome{action.ImportFile{Path: in.Text()}}
		})
	case action.Asked:
		return s.showAsked()
	case action.Urgent:
		return []action.Outcome{action.AskUrgent{}}
	case action.Undo:
		return []action.Outcome{action.Revert{Mode: annotations.Undo}}
	case action.Redo:
		return []action.Outcome{action.Revert{Mode: annotations.Redo}}
	}
	return nil
}

// ShowHits lists what was found in all articles; one of them is gone to.
func (s *Screen) ShowHits(words string, hits []dialog.Hit, more bool) []action.Outcome {
	if len(hits) == 0 {
		return []action.Outcome{action.Say{Words: fmt.Sprintf("%q is in no article", annotations.Visible(words))}}
	}
	p := dialog.HitList(words, hits, more)
	s.Slot.Open(p, func() []action.Outcome {
		t := hits[p.Chosen()].Target
		return []action.Outcome{action.OpenArticle{Article: t.Article, At: t.Sentence}}
	})
	return nil
}

func (s *Screen) move(by int) { s.cur = max(0, min(s.cur+by, len(s.fits)-1)) }

// Hints are the keys that matter now.
func (s *Screen) Hints() ([]action.ID, []dialog.Hint) {
	if s.Panel != nil {
		return nil, s.Panel.Hints()
	}
	if len(s.entries) == 0 {
		return []action.ID{action.Import, action.Help, action.Back}, nil
	}
	hints := []action.ID{action.Open, action.Next, action.Filter, action.Import, action.Undo, action.Help, action.Back}
	if s.notice != "" {
		hints = slices.Insert(hints, 1, action.Asked)
	}
	return hints, nil
}

// Body draws h rows of at most w cells, and the cursor.
func (s *Screen) Body(l dialog.Look, w, h int) (rows []string, x, y int) {
	foot := 0
	if s.Panel != nil {
		foot = min(s.Panel.Want()+1, h-1)
	}
	rows = append(s.noticeRows(l, w), s.header(l, w))
	s.height = max(h-foot-len(rows), 1)
	if len(s.fits) == 0 {
		rows = append(rows, "", l.Theme.In(theme.Plain, l.Meter.Cut("  "+s.empty(), w)))
	}
	s.top = max(0, min(s.top, s.cur))
	if s.cur-s.top >= s.height {
		s.top = s.cur - s.height + 1
	}
	x, y = -1, 0
	for n := s.top; n < len(s.fits) && n < s.top+s.height; n++ {
		if n == s.cur {
			x, y = 1, len(rows)
		}
		rows = append(rows, s.row(l, s.entries[s.fits[n]], n == s.cur, w))
	}
	rows = dialog.Fill(rows, h-foot)
	if s.Panel != nil {
		panel, px, py := s.Panel.Rows(l, w, foot-1)
		rule := l.Theme.In(theme.Dim, " "+strings.Repeat("─", max(w-2, 0)))
		x, y = px, len(rows)+1+py
		rows = dialog.Fill(append(append(rows, rule), panel...), h)
	}
	return rows, x, y
}

func (s *Screen) empty() string {
	switch {
	case s.loading:
		return "reading the store …"
	case s.filter != "":
		return "no article has these letters: “" + annotations.Visible(s.filter) + "”; esc shows all"
	}
	return "No article yet. Press i and give a file, or run: stet import FILE"
}

// columns are the widths of name, outlet, date, progress and age; the title
// takes what is left.
func columns(w int) (name, outlet, date, age int) {
	switch {
	case w >= 110:
		return 30, 16, 10, 12
	case w >= 76:
		return 26, 0, 10, 10
	}
	return min(26, w/2), 0, 0, 0
}

const progressWidth = 13 // "  38/38  100%"

func (s *Screen) header(l dialog.Look, w int) string {
	name, outlet, date, age := columns(w)
	m := l.Meter
	row := "   " + m.Pad("article", name) + "  "
	title := w - 3 - name - 2 - progressWidth - 1
	for _, c := range []int{outlet, date, age} {
		if c > 0 {
			title -= c + 2
		}
	}
	row += m.Pad("title", max(title, 0))
	if outlet > 0 {
		row += "  " + m.Pad("outlet", outlet)
	}
	if date > 0 {
		row += "  " + m.Pad("date", date)
	}
	row += m.Left("tagged", progressWidth)
	if age > 0 {
		row += "  " + m.Pad("touched", age)
	}
	return l.Theme.In(theme.Dim, m.Cut(row, w))
}

func (s *Screen) row(l dialog.Look, e Entry, marked bool, w int) string {
	name, outlet, date, age := columns(w)
	m := l.Meter
	mark, role := "   ", theme.Plain
	if marked {
		mark, role = " > ", theme.Current
	}
	row := mark + m.Pad(annotations.Visible(e.Meta.Name), name) + "  "
	title := w - 3 - name - 2 - progressWidth - 1
	for _, c := range []int{outlet, date, age} {
		if c > 0 {
			title -= c + 2
		}
	}
	row += m.Pad(annotations.Visible(e.Meta.Title), max(title, 0))
	if outlet > 0 {
		row += "  " + m.Pad(annotations.Visible(e.Meta.Outlet), outlet)
	}
	if date > 0 {
		row += "  " + m.Pad(annotations.Visible(e.Meta.Published), date)
	}
	pct := 100
	if e.Meta.Required > 0 {
		pct = e.Progress.Tagged * 100 / e.Meta.Required
	}
	done := fmt.Sprintf("%4d%%", pct)
	if e.Progress.Finished {
		done = " done"
	}
	row += m.Left(fmt.Sprintf("%d/%d %s", e.Progress.Tagged, e.Meta.Required, done), progressWidth)
	if age > 0 {
		row += "  " + m.Pad(ago(s.now(), e.Touched), age)
	}
	return l.Theme.In(role, m.Cut(row, w))
}

// ago says how long ago t was, roughly.
func ago(now, t time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return ""
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}

// At returns whether row y holds an article, and marks it, for the mouse.
func (s *Screen) At(y int) bool {
	if s.notice != "" {
		y--
	}
	n := s.top + y - 1
	if y < 1 || n >= len(s.fits) || y > s.height {
		return false
	}
	s.cur = n
	return true
}
