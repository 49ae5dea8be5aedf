package audit

import (
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Doc is what the screen shows.
type Doc struct {
	Figures   *audit.Desk
	Articles  map[annotations.ArticleID]*audit.Article
	Books     map[annotations.Hash]*annotations.Codebook
	Evidence  map[annotations.EvidenceID]annotations.Evidence
	TakenBack map[annotations.Target]uint64 // revisions of rulings that were taken back
	Standings []Standing                    // by name
	Seed      *[32]byte                     // of the draw that is being checked; nil for none
	Intervals *audit.Intervals              // of Figures, when they are known already
}

// Standing is how far the people of an article are.
type Standing struct {
	Article  annotations.ArticleID
	Name     string
	Agreed   bool     // all who work on it have tagged everything, alike
	Open     []string // who has not finished it
	Finished []string // who has
}

// The sections.
const (
	needs = iota
	sound
	mixed
	weak
	sections
)

// Screen is the lead's desk.
type Screen struct {
	dialog.Slot
	doc        Doc
	loaded     bool
	unread     string // why the store could not be read, before it ever was; "" when it could
	denied     string // why this person may not be here, "" when they may
	section    int
	keyOf      func(action.Scope, action.ID) string // what to press for an action; nil: the defaults hold
	rowsOfList int                                  // at the last drawing
	tabEnds    []int                                // column after each tab, at the last drawing
	lists      [sections]*list                      // nil: to be made when shown
	narrow     *narrow                              // which matters the first section is kept to, nil for all
	made       map[annotations.Target]made
	last       *made // the newest ruling, for an example
	changed    bool  // something was ruled since the figures were computed

	intervals *audit.Intervals
	computing bool // intervals are under way for doc.Figures

	at      *sentence // nil on the list
	drawn   *drawn    // the sample being checked; nil unless at is of it
	check   *audit.Check
	checked int // number of the newest computation of check
}

// made is a ruling that the figures do not know yet.
type made struct {
	place  audit.Place
	ruling annotations.Ruling // without a verdict: it was taken back
	rev    uint64
}

// New makes a desk that says it is reading.
func New() *Screen { return &Screen{made: map[annotations.Target]made{}} }

// Keyed tells the screen by which keys actions are called, for its messages.
func (s *Screen) Keyed(keyOf func(action.Scope, action.ID) string) { s.keyOf = keyOf }

// key is what to press for an action.
func (s *Screen) key(scope action.Scope, id action.ID) string {
	if s.keyOf != nil {
		return s.keyOf(scope, id)
	}
	return action.Usual(nil, scope, id)
}

// Deny makes the desk one that says why it is closed to this person.
func (s *Screen) Deny(why string) { s.denied, s.loaded = why, true }

// Failed tells a desk that was never filled why the store could not be read.
func (s *Screen) Failed(why string) {
	if !s.loaded {
		s.unread = why
	}
}

// Blank reports whether what the store holds is still to come.
func (s *Screen) Blank() bool { return !s.loaded && s.unread == "" }

// Fill puts figures on the desk. fresh says that all rulings made here are in
// them or were refused; else those that are not yet stay as they are shown.
func (s *Screen) Fill(d Doc, fresh bool) []action.Outcome {
	s.doc, s.loaded, s.changed = d, true, false
	s.intervals, s.computing, s.check = d.Intervals, false, nil
	for t, m := range s.made {
		_, r := d.Figures.Said(m.place)
		if fresh || r != nil && r.Rev >= m.rev || d.TakenBack[t] >= m.rev {
			delete(s.made, t)
		}
		if s.at != nil && (r == nil || r.Rev < m.rev) && fresh {
			delete(s.at.done, t) // it was refused
		}
	}
	for i, l := range s.lists {
		if l != nil {
			s.lists[i] = s.build(i, l)
		}
	}
	return s.wanted()
}

// wanted asks for the figures that what is shown lacks.
func (s *Screen) wanted() []action.Outcome {
	if s.at != nil && s.drawn != nil {
		return s.recheck()
	}
	if s.at != nil || s.section != sound || s.intervals != nil || s.computing || s.doc.Figures == nil || s.doc.Figures.Sound.Tags.Units == 0 {
		return nil
	}
	s.computing = true
	desk := s.doc.Figures
	return []action.Outcome{action.Compute{Do: func() any {
		i, err := IntervalsOf(desk)
		return intervalsDone{desk, i, err}
	}}}
}

// IntervalsOf computes the intervals that the screen shows.
func IntervalsOf(d *audit.Desk) (*audit.Intervals, error) {
	if d.Sound.Tags.Units == 0 {
		return nil, nil //nolint:nilnil // nothing was compared
	}
	i, err := d.Intervals(agreement.BootstrapOptions{})
	return &i, err
}

// Follows reports whether figures read anew may take the place of those shown: on
// the lists, and on a sentence that is being settled, while no panel is open. A
// blind check is not disturbed.
func (s *Screen) Follows() bool {
	return s.loaded && s.denied == "" && s.Panel == nil && s.drawn == nil
}

// ShowsIntervals reports whether intervals stand on the screen.
func (s *Screen) ShowsIntervals() bool {
	return s.at == nil && s.section == sound && s.intervals != nil
}

type intervalsDone struct {
	of  *audit.Desk
	got *audit.Intervals
	err error
}

type checkDone struct {
	of  *audit.Desk
	n   int
	got audit.Check
	err error
}

// Computed takes what an [action.Compute] came to.
func (s *Screen) Computed(v any) []action.Outcome {
	var err error
	switch v := v.(type) {
	case intervalsDone:
		if v.of != s.doc.Figures {
			return nil
		}
		if err = v.err; err == nil {
			s.intervals = v.got
			if l := s.lists[sound]; l != nil {
				s.lists[sound] = s.build(sound, l)
			}
		}
	case checkDone:
		if v.of != s.doc.Figures || v.n != s.checked {
			return nil
		}
		if err = v.err; err == nil {
			s.check = &v.got
		}
	}
	if err != nil {
		return say(err.Error(), true)
	}
	return nil
}

func say(words string, bad bool) []action.Outcome {
	return []action.Outcome{action.Say{Words: words, Bad: bad}}
}

// Scope is whose keys are live.
func (s *Screen) Scope() action.Scope {
	if s.at != nil {
		return action.Settle
	}
	return action.Audit
}

// Title is what the title line says: where one is, and how far.
func (s *Screen) Title() (left, right string) {
	switch {
	case s.at == nil && s.loaded && s.denied == "":
		return "lead's desk", s.shown() + plural(s.count(needs), "matter")
	case s.at == nil:
		return "lead's desk", ""
	case s.drawn != nil:
		return "blind check", fmt.Sprintf("%d of %d", s.drawn.done, len(s.at.queue))
	}
	return "settle  " + s.at.item().place.String(), fmt.Sprintf("%d of %d", s.at.n+1, len(s.at.queue))
}

// shown says that the list holds less than there is, and how much; "" when it does not.
func (s *Screen) shown() string {
	l := s.list()
	words := ""
	switch {
	case s.narrow != nil && s.section == needs:
		words = "only " + s.narrow.words
	case l.filter != "":
		words = "“" + l.filter + "”"
	default:
		return ""
	}
	n := 0
	for _, i := range l.fits {
		if l.all[i].head == "" {
			n++
		}
	}
	return fmt.Sprintf("%s: %d   ", words, n)
}

// Place is the sentence that is shown, or marked in a list; false for none.
func (s *Screen) Place() (audit.Place, bool) {
	if s.at != nil {
		return s.at.item().place, true
	}
	if e := s.marked(); e != nil && e.place.Key != annotations.Desk {
		return e.place, true
	}
	return audit.Place{}, false
}

// Back leaves a sentence for the list; it reports false on the list.
func (s *Screen) Back() ([]action.Outcome, bool) {
	if s.at == nil {
		return nil, false
	}
	s.at, s.drawn = nil, nil
	s.Close()
	if s.changed {
		return []action.Outcome{action.AskAudit{}}, true
	}
	return s.wanted(), true
}

// Cancel closes the open panel, else leaves the sentence, else takes filters
// away.
func (s *Screen) Cancel() []action.Outcome {
	if s.Close() {
		return nil
	}
	if out, ok := s.Back(); ok {
		return out
	}
	l := s.list()
	if l.filter == "" && s.narrow == nil {
		return nil
	}
	l.filter, s.narrow = "", nil
	s.lists[needs] = nil
	l.fit()
	return nil
}

// ShowHistory opens a page of events.
func (s *Screen) ShowHistory(p *dialog.Page) {
	p.Again = s.key(action.Settle, action.History)
	s.Open(p, nil)
}

// Reverted takes what an undo or a redo left of the ruling on a sentence, and goes
// there when it is one of those at hand.
func (s *Screen) Reverted(t annotations.Target, now annotations.RulingRecord) []action.Outcome {
	if s.doc.Figures == nil {
		return nil
	}
	if p, ok := s.doc.Figures.Place(t.Article.String() + "/" + t.Sentence.String()); ok && now.Rev > 0 {
		s.made[t] = made{p, now.Ruling, now.Rev}
	}
	s.changed = true
	if s.at == nil {
		return []action.Outcome{action.AskAudit{}}
	}
	delete(s.at.done, t)
	for n, it := range s.at.queue {
		if it.target() == t {
			out := s.goTo(n)
			if s.drawn != nil {
				out = append(out, s.recheck()...)
			}
			return out
		}
	}
	return nil
}

// Why says why an action can do nothing now; "" when it can.
func (s *Screen) Why(id action.ID) string {
	switch id {
	case action.Help, action.Palette, action.Cancel, action.Back, action.Quit, action.Suspend, action.Redraw:
		return ""
	}
	switch {
	case s.denied != "":
		return s.denied
	case s.unread != "" && !s.loaded && id == action.ReadAnew:
		return ""
	case s.unread != "" && !s.loaded:
		return "the store could not be read; " + s.key(action.Audit, action.ReadAnew) + " reads it anew"
	case !s.loaded || s.doc.Figures == nil:
		return "the store is still being read"
	case s.at != nil:
		return s.whySettle(id)
	}
	switch id {
	case action.Blind, action.Anew:
		if s.doc.Figures.Sound.Check.Population == 0 {
			return "no sentence has a tag yet: there is nothing to check"
		}
	case action.Finish:
		if len(s.doc.Standings) == 0 {
			return "there is no article yet"
		}
	case action.Open:
		switch e := s.marked(); {
		case e == nil:
			return s.nothing()
		case e.open == nil && e.place.Key == annotations.Desk:
			return "there is nothing behind this line"
		}
	case action.History:
		if _, ok := s.Place(); !ok {
			return "no sentence is marked"
		}
	}
	return ""
}

// Do carries out an action.
func (s *Screen) Do(id action.ID) []action.Outcome {
	if why := s.Why(id); why != "" {
		return say(why, false)
	}
	switch id {
	case action.Undo:
		return []action.Outcome{action.Revert{Mode: annotations.Undo}}
	case action.Redo:
		return []action.Outcome{action.Revert{Mode: annotations.Redo}}
	case action.History:
		p, _ := s.Place()
		return []action.Outcome{action.AskHistory{Article: p.Key, Sentence: p.Sentence}}
	}
	if s.at != nil {
		return s.doSettle(id)
	}
	return s.doList(id)
}

// Hints are the keys that matter now.
func (s *Screen) Hints() ([]action.ID, []dialog.Hint) {
	switch {
	case s.Panel != nil:
		return nil, s.Panel.Hints()
	case s.unread != "" && !s.loaded:
		return []action.ID{action.ReadAnew, action.Back, action.Help}, nil
	case s.denied != "" || !s.loaded:
		return []action.ID{action.Back, action.Help}, nil
	case s.at == nil:
		return []action.ID{action.Open, action.NextSection, action.Blind, action.Help, action.Filter, action.Finish, action.Undo, action.Back, action.Next}, nil
	case s.blind():
		return []action.ID{action.Open, action.Next, action.Codebook, action.Cancel, action.Help}, nil
	}
	return []action.ID{action.Stet, action.Amend, action.AskBack, action.Neither, action.Cancel, action.Help, action.Undo, action.Next, action.Example, action.History}, nil
}
