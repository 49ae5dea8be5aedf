package compare

import (
	"fmt"
	"path"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Doc is what the screen shows.
type Doc struct {
	Report *report.Report
	A, B   annotations.ArticleID // of the store; Desk for a text that is in none
	Tags   []annotations.Tag     // of the codebook, for the letters of tags
	// Queried is, by sentence of the original, which lead asks about it; "" for nobody,
	// nil when nobody asks of any.
	Queried []string
}

// side is one of the two texts.
type side int

const (
	rewrite side = iota
	original
)

// Screen is a comparison.
type Screen struct {
	dialog.Slot
	doc    Doc
	keyOf  func(action.ID) string // what to press for an action; nil: the defaults hold
	blocks []block
	order  [2][]int // into blocks: as the rewrite has them, as the original has them
	lead   side     // whose order is shown, and whose sentences are opened
	filter filter
	fits   []int // into blocks: what is shown, in order
	cur    int   // into fits
	top    int   // into fits: the first on the screen
	inner  int   // rows of the marked block that are scrolled away, when it is taller than the screen
	tall   bool  // there is more of it below
	room   int   // rows for blocks at the last drawing
	drawn  []int // for each row of the body at the last drawing the place in fits, or -1
	search string
	kind   int // into kinds: where next kind stands; -1 = nowhere yet
	cache  drawings
}

// New makes the screen of a comparison.
func New(d Doc) *Screen {
	s := &Screen{doc: d, kind: -1}
	s.build()
	s.fit()
	return s
}

// Keyed tells the screen by which keys its actions are called, for its messages.
func (s *Screen) Keyed(keyOf func(action.ID) string) { s.keyOf = keyOf }

// key is what to press for an action.
func (s *Screen) key(id action.ID) string {
	if s.keyOf == nil {
		return action.Usual(nil, action.Comparing, id)
	}
	return s.keyOf(id)
}

// Fill shows a comparison that was read anew: the mark, the order and the filter
// stay where they were.
func (s *Screen) Fill(d Doc) {
	b, i := s.marked(), -1
	if b != nil {
		i = b.first(s.lead)
	}
	s.doc = d
	s.cache = drawings{}
	s.build()
	s.fit()
	if i >= 0 {
		s.show(s.lead, i)
	}
}

// Title is what the title line says: which texts, and where one is in them. It may
// hold anything that a name may hold.
func (s *Screen) Title() (left, right string) {
	left = "compare  " + path.Base(s.doc.Report.A.Name) + " → " + path.Base(s.doc.Report.B.Name)
	right = fmt.Sprintf("%d of %d", min(s.cur+1, len(s.fits)), len(s.fits))
	if s.filter != all {
		right = filters[s.filter].words + ": " + right
	}
	return left, right
}

// Cancel closes the open panel, else takes the filter away.
func (s *Screen) Cancel() {
	if s.Close() || s.filter == all {
		return
	}
	s.keep(all)
}

// Hints are the keys that matter now: a panel's own, or actions.
func (s *Screen) Hints() ([]action.ID, []dialog.Hint) {
	if s.Panel != nil {
		return nil, s.Panel.Hints()
	}
	return []action.ID{action.NextChange, action.NextKind, action.Filter, action.Open, action.Sides, action.Help, action.Back, action.Goto, action.Search, action.Swap}, nil
}

// Why says why an action can do nothing now; "" when it can.
func (s *Screen) Why(id action.ID) string {
	switch id {
	case action.NextChange, action.PrevChange:
		if !slices.ContainsFunc(s.fits, func(i int) bool { return s.blocks[i].changed() }) {
			return "nothing that is shown was changed"
		}
	case action.NextKind, action.PrevKind:
		if len(s.present()) == 0 {
			return "nothing that is shown was changed"
		}
	case action.Open:
		b := s.marked()
		if b == nil {
			return "no sentence is marked"
		}
		if which, _ := b.on(s.lead); s.article(which) == annotations.Desk {
			return "this text is in no store; stet review FILE imports it"
		}
	case action.Goto, action.Search:
		if len(s.blocks) == 0 {
			return "there is no sentence"
		}
	}
	return ""
}

func say(words string) []action.Outcome { return []action.Outcome{action.Say{Words: words}} }

// Do carries out an action.
func (s *Screen) Do(id action.ID) []action.Outcome {
	if why := s.Why(id); why != "" {
		return say(why)
	}
	switch id {
	case action.Next:
		s.moveTo(s.cur + 1)
	case action.Prev:
		s.moveTo(s.cur - 1)
	case action.First:
		s.moveTo(0)
	case action.Last:
		s.moveTo(len(s.fits) - 1)
	case action.PageDown:
		s.page(1)
	case action.PageUp:
		s.page(-1)
	case action.NextChange:
		return s.nextChange(1)
	case action.PrevChange:
		return s.nextChange(-1)
	case action.NextKind:
		return s.nextKind(1)
	case action.PrevKind:
		return s.nextKind(-1)
	case action.Sides:
		return s.turn()
	case action.Goto:
		return s.askGoto()
	case action.Filter:
		return s.askFilter()
	case action.Search:
		return s.askSearch()
	case action.Swap:
		return []action.Outcome{action.SwapTexts{}}
	case action.Open:
		return s.open()
	}
	return nil
}

func (s *Screen) article(of side) annotations.ArticleID {
	if of == original {
		return s.doc.A
	}
	return s.doc.B
}

func (s *Screen) text(of side) *report.Text {
	if of == original {
		return &s.doc.Report.A
	}
	return &s.doc.Report.B
}

// marked is the block under the mark; nil for none.
func (s *Screen) marked() *block {
	if s.cur < len(s.fits) {
		return &s.blocks[s.fits[s.cur]]
	}
	return nil
}

// open asks for the marked sentence in its article. Where the block has several on
// that side the reader picks one.
func (s *Screen) open() []action.Outcome {
	of, list := s.marked().on(s.lead)
	if len(list) == 1 {
		return s.openAt(of, list[0])
	}
	t := s.text(of)
	items := make([]dialog.Item, len(list))
	for k, i := range list {
		items[k] = dialog.Item{Label: fmt.Sprint(i + 1), Words: t.Claim(i)}
	}
	p := dialog.NewPick("Open which of them?", items)
	s.Slot.Open(p, func() []action.Outcome { return s.openAt(of, list[p.Chosen()]) })
	return nil
}

func (s *Screen) openAt(of side, i int) []action.Outcome {
	return []action.Outcome{action.OpenArticle{Article: s.article(of), At: s.text(of).Side.Units[i].ID}}
}

// At marks the block on row y of the body, for the mouse.
func (s *Screen) At(y int) {
	if s.Panel == nil && y >= 0 && y < len(s.drawn) && s.drawn[y] >= 0 {
		s.moveTo(s.drawn[y])
	}
}

// kindsOf lists the kinds of change that a block has, the gravest first.
func kindsOf(b *block) []align.ChangeType {
	var out []align.ChangeType
	if len(b.orphans) > 0 {
		out = append(out, kindOrphan)
	}
	for _, c := range b.changes {
		if !slices.Contains(out, c.Type) {
			out = append(out, c.Type)
		}
	}
	switch b.state {
	case isNew:
		out = append(out, kindNew)
	case leftOut:
		out = append(out, kindLeftOut)
	}
	order := kinds()
	slices.SortFunc(out, func(x, y align.ChangeType) int { return slices.Index(order, x) - slices.Index(order, y) })
	return out
}

// Kinds of what is stepped through beside those of package align.
const (
	kindOrphan  align.ChangeType = "orphan"
	kindNew     align.ChangeType = "no_source"
	kindLeftOut align.ChangeType = "left_out"
)

// kinds are all of them, the gravest first.
func kinds() []align.ChangeType {
	return append(append([]align.ChangeType{kindOrphan}, report.Kinds()...), kindNew, kindLeftOut)
}
