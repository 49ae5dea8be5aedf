package desk

import (
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// columns are the widths of name, title, outlet, date and age; the title takes what is
// left, or the name where none has a title, or only letters of it would be seen.
func (s *Screen) columns(w int) (name, title, outlet, date, age int) {
	figures := s.wide + s.noted
	switch {
	case w >= 110:
		name, outlet, date, age = 30, 16, 10, 12
	case w >= 76:
		name, date, age = 26, 10, 10
	default:
		name = max(min(26, w/2, w-6-figures), 4)
	}
	if !s.list.signed {
		outlet = 0
	}
	if !s.list.dated {
		date = 0
	}
	title = w - 3 - name - 2 - figures - 1
	for _, c := range []int{outlet, date, age} {
		if c > 0 {
			title -= c + 2
		}
	}
	const leastTitle, mostName = 8, 60
	if most := min(name+title, mostName); most > name && (!s.list.titled || title < leastTitle) {
		name, title = most, title-(most-name)
	}
	return name, max(title, 0), outlet, date, age
}

// progress is how far an article is: "38/38  100%".
func progress(e *Entry) string {
	pct := 100
	if e.Required > 0 {
		pct = e.Tagged * 100 / e.Required
	}
	done := fmt.Sprintf("%4d%%", pct)
	if e.Finished {
		done = " done"
	}
	return fmt.Sprintf("%d/%d %s", e.Tagged, e.Required, done)
}

// notes are what else is to be known of an article before it is opened: whose it is, how
// much a lead asks there, and that its text was changed since. They have a column of their
// own, so that the figures stay one under the other.
func (s *Screen) notes(e *Entry) string {
	var out []string
	if n := s.AskedIn(e.ID); n > 0 {
		out = append(out, fmt.Sprintf("%d asked", n))
	}
	if e.Yours {
		out = append(out, "yours")
	}
	if e.Older {
		out = append(out, "changed")
	}
	return strings.Join(out, ", ")
}

// progressWidth is the width of the widest figures and the widest notes on the screen, with
// the blanks before them.
func (s *Screen) progressWidth() (figures, notes int) {
	figures = 13
	for n := s.top; n < min(s.list.shown(), s.top+s.height); n++ {
		if e, known := s.list.entry(n); known {
			figures = max(figures, 2+len(progress(&e)))
			if words := s.notes(&e); words != "" {
				notes = max(notes, 1+len(words))
			}
		}
	}
	return figures, notes
}

func (s *Screen) header(l dialog.Look, w int) string {
	return l.Theme.In(theme.Dim, s.line(l, w, "   ", [...]string{"article", "title", "outlet", "date", "tagged", "", "touched"}))
}

func (s *Screen) row(l dialog.Look, n, w int) string {
	e, known := s.list.entry(n)
	mark, role := "   ", theme.Plain
	if n == s.cur {
		mark, role = " > ", theme.Current
	}
	far := "…"
	if known {
		far = progress(&e)
	}
	return l.Theme.In(role, s.line(l, w, mark, [...]string{e.Name, e.Title, e.Outlet, e.Published, far, s.notes(&e), ago(s.now(), e.Touched)}))
}

// line puts what is known of an article, or what that is called, into its columns.
func (s *Screen) line(l dialog.Look, w int, mark string, of [7]string) string {
	name, title, outlet, date, age := s.columns(w)
	m := l.Meter
	row := mark + m.Pad(annotations.Visible(of[0]), name) + "  " + m.Pad(annotations.Visible(of[1]), title)
	if outlet > 0 {
		row += "  " + m.Pad(annotations.Visible(of[2]), outlet)
	}
	if date > 0 {
		row += "  " + m.Pad(annotations.Visible(of[3]), date)
	}
	row += m.Left(of[4], s.wide)
	if s.noted > 0 {
		row += " " + m.Pad(of[5], s.noted-1)
	}
	if age > 0 {
		row += "  " + m.Pad(of[6], age)
	}
	return m.Cut(row, w)
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
