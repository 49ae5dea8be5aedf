package desk

import (
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Item is an article by its name.
type Item struct {
	ID   annotations.ArticleID
	Name string
}

// Entry is what the desk shows of an article.
type Entry struct {
	Item
	Title, Outlet, Published string
	Tagged, Required         int // sentences
	Finished                 bool
	Yours                    bool      // it is assigned to the reviewer, who has not finished it
	Older                    bool      // a later revision of it is there: the text was changed
	Touched                  time.Time // when somebody said something of it last
	// Lately says that Touched counts for the order of the articles, Fresh that
	// nothing was saved since this was read, as far as is known.
	Lately, Fresh bool
}

// Filling is what is put on the desk. Of many articles the names are enough: what
// else there is to show is asked for when they come on the screen.
type Filling struct {
	Names  []Item  // all articles, or the first of them, by name
	Known  []Entry // of any of them
	Resume annotations.ArticleID
	More   bool // these are not all names
}

// articles are those on the desk, in its order, and which of them are shown.
type articles struct {
	names []Item
	known map[annotations.ArticleID]*Entry
	fits  []int // into names, when some are filtered out
	some  bool  // fits counts
	// dated and signed say that of some it is known when they appeared, and where: else
	// their columns are the titles'. titled says that some have a title.
	dated, signed, titled bool
}

func (a *articles) shown() int {
	if a.some {
		return len(a.fits)
	}
	return len(a.names)
}

// item is the article at place n of those shown.
func (a *articles) item(n int) Item {
	if a.some {
		n = a.fits[n]
	}
	return a.names[n]
}

// entry is what is known of it, and whether that is more than its name.
func (a *articles) entry(n int) (Entry, bool) {
	at := a.item(n)
	if e := a.known[at.ID]; e != nil {
		return *e, true
	}
	return Entry{Item: at}, false
}

// place is where an article stands among those shown, or -1.
func (a *articles) place(id annotations.ArticleID) int {
	for n := range a.shown() {
		if a.item(n).ID == id {
			return n
		}
	}
	return -1
}

// fill takes in f. What was known before is shown until something newer comes, and
// does not count for the order.
func (a *articles) fill(f Filling) {
	for _, e := range a.known {
		e.Fresh, e.Lately = false, false
	}
	if a.known == nil {
		a.known = map[annotations.ArticleID]*Entry{}
	}
	for i := range f.Known {
		a.know(&f.Known[i])
	}
	a.names, a.fits, a.some = a.inOrder(f), nil, false
}

// know takes what is known of an article.
func (a *articles) know(e *Entry) {
	a.known[e.ID] = e
	a.dated, a.signed, a.titled = a.dated || e.Published != "", a.signed || e.Outlet != "", a.titled || e.Title != ""
}

// inOrder puts the article to resume first, then those that are the reviewer's to do,
// then the ones touched lately, then the others by name.
func (a *articles) inOrder(f Filling) []Item {
	var head []*Entry
	first := map[annotations.ArticleID]bool{}
	for i := range f.Known {
		if e := &f.Known[i]; e.ID == f.Resume || e.Yours || e.Lately && !e.Touched.IsZero() {
			head, first[e.ID] = append(head, e), true
		}
	}
	slices.SortStableFunc(head, func(a, b *Entry) int {
		switch {
		case a.ID == f.Resume:
			return -1
		case b.ID == f.Resume:
			return 1
		case a.Yours != b.Yours && a.Yours:
			return -1
		case a.Yours != b.Yours:
			return 1
		}
		if c := b.Touched.Compare(a.Touched); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	out := make([]Item, 0, len(f.Names)+len(head))
	for _, e := range head {
		out = append(out, e.Item)
	}
	for _, it := range f.Names {
		if !first[it.ID] {
			out = append(out, it)
		}
	}
	return out
}

func (a *articles) filter(words string) {
	a.fits, a.some = nil, words != ""
	if !a.some {
		return
	}
	labels := make([]string, len(a.names))
	for i, it := range a.names {
		labels[i] = it.Name
		if e := a.known[it.ID]; e != nil {
			labels[i] += " " + e.Title + " " + e.Outlet
		}
	}
	a.fits = dialog.Fit(words, labels)
}

// Fill puts articles on the desk: the one to resume first, then those assigned to the
// reviewer, then the ones touched last, then by name. The mark stays on its article.
func (s *Screen) Fill(f Filling) {
	was := s.Current()
	if was == annotations.Desk {
		was = f.Resume
	}
	s.loading, s.unread, s.failed, s.more = false, "", false, f.More
	s.list.fill(f)
	s.refilter()
	if n := s.list.place(was); n >= 0 {
		s.cur = n
	}
	if s.toEnd {
		s.cur, s.toEnd = max(s.list.shown()-1, 0), f.More
	}
	s.toSought()
}

// Seek has the mark go to an article that comes with the next filling, unless it is moved
// before that.
func (s *Screen) Seek(id annotations.ArticleID) { s.seek = id }

// toSought marks the article that is sought. A filter that hides it goes.
func (s *Screen) toSought() {
	if s.seek == annotations.Desk {
		return
	}
	n := s.list.place(s.seek)
	if n < 0 && s.filter != "" && s.Panel == nil {
		words, at := s.filter, s.Current()
		s.filter = ""
		if s.refilter(); s.list.place(s.seek) < 0 { // it is further on than the names that are known
			s.keep(words, at)
		}
		n = s.list.place(s.seek)
	}
	if s.seek = annotations.Desk; n >= 0 {
		s.cur = n
	}
}

// narrow filters the desk. Where articles are known by name alone, the rest of
// what they are called is asked for.
func (s *Screen) narrow(words string) []action.Outcome {
	s.filter, s.cur = words, 0
	s.refilter()
	if words == "" || !s.more && len(s.list.known) >= len(s.list.names) {
		return nil
	}
	return []action.Outcome{action.AskTitles{}}
}

// keep filters the desk and leaves the mark on an article.
func (s *Screen) keep(words string, at annotations.ArticleID) {
	s.filter = words
	s.refilter()
	if n := s.list.place(at); n >= 0 {
		s.cur = n
	}
}

// Short reports whether the names that are not on the list yet must be asked for.
func (s *Screen) Short() bool {
	return s.more && !s.failed && (s.filter != "" || s.cur+2*max(s.height, fewRows) >= s.list.shown())
}

// Lacking lists the articles on the screen, and a screen around it, of which
// something must be asked for; nil when there is none, or when asking failed.
func (s *Screen) Lacking() (ids []annotations.ArticleID) {
	if s.failed {
		return nil
	}
	around := max(s.height, fewRows)
	for n := max(0, s.cur-around); n < min(s.list.shown(), s.cur+around); n++ {
		if e, _ := s.list.entry(n); !e.Fresh {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// fewRows is how many rows are asked for before the size of the screen is known.
const fewRows = 50

// Know takes what was asked for; nil says that it could not be read.
func (s *Screen) Know(list []Entry) {
	s.failed = list == nil
	for i := range list {
		e := &list[i]
		if was := s.list.known[e.ID]; was != nil {
			e.Lately = was.Lately
		}
		s.list.know(e)
	}
	if s.filter != "" {
		s.refilter()
	}
}
