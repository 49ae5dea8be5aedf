// Package desk is the list of articles: how far each is, and which to resume.
package desk

import (
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

// Screen is the desk.
type Screen struct {
	list   articles
	cur    int // of those shown
	top    int
	height int
	wide   int // of the column that says how far articles are
	noted  int // of the one with what else is to be known of them; 0 for none
	filter string
	dialog.Slot
	unread   string        // why the store did not say what there is now; "" when it did
	failed   bool          // what is lacking could not be read
	asked    []audit.Asked // what leads ask, what is open first
	notice   string        // how much of it is open, "" for nothing
	blind    bool          // nothing is suggested
	noImport bool          // files are not imported from here
	loading  bool
	more     bool                  // there are articles that are not on the list yet
	toEnd    bool                  // the mark goes to the last of them when they come
	seek     annotations.ArticleID // the mark goes to it when it comes; Desk for none
	now      func() time.Time
	keyOf    func(action.ID) string // what to press for an action; nil: the defaults hold
}

// Keyed tells the screen by which keys its actions are called, for its messages.
func (s *Screen) Keyed(keyOf func(action.ID) string) { s.keyOf = keyOf }

func (s *Screen) key(id action.ID) string {
	if s.keyOf == nil {
		return string(id)
	}
	return s.keyOf(id)
}

// Failed says that the articles could not be read, and why. Those that are shown stay.
func (s *Screen) Failed(why string) { s.loading, s.unread, s.failed = false, why, true }

// Blank reports whether no article was ever read, nor is known to be unreadable.
func (s *Screen) Blank() bool { return s.loading && len(s.list.names) == 0 }

// Unread is why the articles could not be read; "" when they were.
func (s *Screen) Unread() string { return s.unread }

// New makes an empty desk that says it is loading.
func New(now func() time.Time) *Screen { return &Screen{loading: true, now: now} }

func (s *Screen) refilter() {
	s.list.filter(s.filter)
	s.cur = max(0, min(s.cur, s.list.shown()-1))
}

// Current is the marked article; Desk when there is none.
func (s *Screen) Current() annotations.ArticleID {
	if s.cur < s.list.shown() {
		return s.list.item(s.cur).ID
	}
	return annotations.Desk
}

// Len is how many articles there are; more says that they are not all counted yet.
func (s *Screen) Len() (n int, more bool) { return len(s.list.names), s.more }

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
	case len(s.list.names) == 0 && s.loading && (id == action.Open || id == action.Filter || id == action.Urgent):
		return "the store is still being read"
	case len(s.list.names) == 0 && s.unread != "" && (id == action.Open || id == action.Filter || id == action.Urgent):
		return "the articles could not be read"
	case len(s.list.names) == 0 && s.noImport && (id == action.Open || id == action.Filter || id == action.Urgent):
		return "there is no article yet"
	case len(s.list.names) == 0 && (id == action.Open || id == action.Filter || id == action.Urgent):
		return "there is no article yet; " + s.key(action.Import) + " imports one"
	case len(s.list.names) > 0 && s.list.shown() == 0 && (id == action.Open || id == action.Compare):
		return "the filter shows no article; esc shows all"
	case id == action.Asked && len(s.asked) == 0:
		return "no lead asks you anything, nor ruled against you"
	case id == action.Import && s.noImport:
		return "files are imported on the store's own machine, by stet import FILE"
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
		s.move(-s.list.shown())
	case action.Last:
		s.move(s.list.shown())
		s.toEnd = s.more
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
		was, at := s.filter, s.Current()
		in.Live = func(words string) { s.filter, s.cur = words, 0; s.refilter() }
		s.Slot.Open(in, func() []action.Outcome { return s.narrow(in.Text()) })
		s.OnCancel(func() []action.Outcome { s.keep(was, at); return nil })
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
		return []action.Outcome{action.Say{Words: fmt.Sprintf("“%s” is in no article", annotations.Visible(words))}}
	}
	p := dialog.HitList("“"+annotations.Visible(words)+"”", hits, more)
	s.Slot.Open(p, func() []action.Outcome {
		t := hits[p.Chosen()].Target
		return []action.Outcome{action.OpenArticle{Article: t.Article, At: t.Sentence}}
	})
	return nil
}

func (s *Screen) move(by int) {
	s.toEnd, s.seek = false, annotations.Desk
	s.cur = max(0, min(s.cur+by, s.list.shown()-1))
}

// Hints are the keys that matter now.
func (s *Screen) Hints() ([]action.ID, []dialog.Hint) {
	if s.Panel != nil {
		return nil, s.Panel.Hints()
	}
	if len(s.list.names) == 0 {
		return s.possible(action.Import, action.Help, action.Back), nil
	}
	hints := s.possible(action.Open, action.Next, action.Filter, action.Import, action.Undo, action.Help, action.Back)
	if s.notice != "" {
		hints = slices.Insert(hints, 1, action.Asked)
	}
	return hints, nil
}

// possible leaves out what cannot be done here at all.
func (s *Screen) possible(ids ...action.ID) []action.ID {
	return slices.DeleteFunc(ids, func(id action.ID) bool { return id == action.Import && s.noImport })
}

// Body draws h rows of at most w cells, and the cursor.
func (s *Screen) Body(l dialog.Look, w, h int) (rows []string, x, y int) {
	foot := 0
	if s.Panel != nil {
		foot = min(s.Panel.Want()+1, h-1)
	}
	rows = append(s.noticeRows(l, w), "")
	header := len(rows) - 1
	s.height = max(h-foot-len(rows), 1)
	if s.list.shown() == 0 {
		rows = append(rows, "")
		for _, row := range dialog.Wrapped(l, s.empty(), max(w-3, 1)) {
			rows = append(rows, l.Theme.In(theme.Plain, "  "+row))
		}
	}
	s.top = max(0, min(s.top, s.cur))
	if s.cur-s.top >= s.height {
		s.top = s.cur - s.height + 1
	}
	s.wide, s.noted = s.progressWidth()
	s.noted = min(s.noted, w/3)
	rows[header] = s.header(l, w)
	x, y = -1, 0
	for n := s.top; n < min(s.list.shown(), s.top+s.height); n++ {
		if n == s.cur {
			x, y = 1, len(rows)
		}
		rows = append(rows, s.row(l, n, w))
	}
	rows = dialog.Fill(rows, h-foot)
	if s.Panel != nil {
		s.From = len(rows) + 1
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
	case s.unread != "" && len(s.list.names) == 0:
		return "The articles could not be read: " + s.unread
	case s.filter != "":
		return "no article has these letters: “" + annotations.Visible(s.filter) + "”; esc shows all"
	}
	if s.noImport {
		return "No article yet. On the store's own machine, run: stet import FILE"
	}
	return "No article yet. Press " + s.key(action.Import) + " and give a file, or run: stet import FILE"
}

// At returns whether row y holds an article, and marks it, for the mouse.
func (s *Screen) At(y int) bool {
	if s.notice != "" {
		y--
	}
	n := s.top + y - 1
	if y < 1 || n >= s.list.shown() || y > s.height {
		return false
	}
	s.cur = n
	return true
}
