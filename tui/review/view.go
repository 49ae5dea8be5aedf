package review

import (
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// view is what drawing remembers between frames: where the screen starts, and
// how units were wrapped. Its cost per frame follows the rows on the screen,
// never the number of units.
type view struct {
	look    dialog.Look
	width   int // of the text column
	whole   int // of the screen
	height  int // rows of the body
	top     int // first unit on the screen
	skip    int // rows of it that are above the screen
	inner   int // rows scrolled inside the current unit, where it is taller than the screen
	curRows int // rows of the current unit
	units   int // units on the screen
	cache   map[int]wrapped
	hidden  bool           // not all that is known of the current sentence has room
	widths  map[string]int // of rows, in cells: most of them are there again in the next frame
}

// wrapped is a unit's text in rows, and which bytes of the unit each of them shows.
type wrapped struct {
	rows  []string
	spans []annotations.Span
}

// maxCache bounds how many units stay wrapped.
const maxCache = 4096

// wideAt is the width from which details stand beside the text.
const wideAt = 100

// columns are the widths of the text and of the details beside it, 0 for none.
func columns(w int) (text, side int) {
	if w < wideAt {
		return w, 0
	}
	side = min(max(w/3, 34), 56)
	return w - side - 3, side
}

// Lay works out where the body's rows would be, and makes none of them: what a page
// is does not depend on whether there is time to show it.
func (s *Screen) Lay(l dialog.Look, w, h int) {
	text, side := columns(w)
	s.view.prepare(l, max(text-s.gutter(w)-1, 8))
	s.view.height, s.view.whole = max(h-s.footRows(h, side), 1), w
	s.keepInside()
	s.scroll()
	s.fillUp()
	s.follow()
	v := &s.view
	v.units = 0
	for i, rows := v.top, -v.skip; i < s.n && rows < v.height; i++ {
		rows += s.rowsOf(i)
		v.units++
	}
}

// Body draws the screen's body: h rows of at most w cells, and the cursor.
func (s *Screen) Body(l dialog.Look, w, h int) (rows []string, x, y int) {
	text, side := columns(w)
	s.Lay(l, w, h)
	foot := s.foot(l, w, h, side)
	rows, x, y = s.lines(text, w)
	rows = dialog.Fill(rows, s.view.height)
	page := s.pageBeside(side)
	switch {
	case page != nil:
		read, _, _ := page.Rows(l, side, s.view.height)
		rows = s.view.beside(l, rows, read, text)
	case side > 0:
		rows = s.view.beside(l, rows, s.details(l, side, s.view.height, true), text)
	}
	if s.Panel != nil && page == nil {
		px, py := -1, 0
		var panel []string
		s.From = len(rows) + 1
		panel, px, py = s.Panel.Rows(l, w, len(foot)-1)
		foot = dialog.Fill(append(foot[:1], panel...), len(foot))
		if px >= 0 { // else the cursor stays in the text: on the sentence, or the word
			x, y = px, len(rows)+1+py
		}
	}
	return append(rows, foot...), x, y
}

// foot is the rule and the rows under the text: details, or room for a panel.
func (s *Screen) foot(l dialog.Look, w, h, side int) []string {
	n := s.footRows(h, side)
	if n == 0 {
		return nil
	}
	foot := []string{l.Theme.In(theme.Dim, " "+strings.Repeat("─", max(w-2, 0)))}
	if s.Panel == nil {
		foot = append(foot, s.details(l, max(w-1, 1), n-1, false)...)
	}
	return dialog.Fill(foot, n)
}

// Beside is how many of room rows a list over the screen may take: it leaves the
// sentence its rows where there are enough for both.
func (s *Screen) Beside(room int) int {
	return max(min(room*3/5, room-1-s.view.curRows), min(leastPanel, room/2))
}

// leastPanel is how many rows a panel has at least, where the window has them.
const leastPanel = 6

// pageBeside is the open page, where it stands beside the text in place of the details, so
// that as much of the article stays in sight as before; nil for none.
func (s *Screen) pageBeside(side int) *dialog.Page {
	if p, ok := dialog.Inner(s.Panel).(*dialog.Page); ok && p.Beside && side > 0 {
		return p
	}
	return nil
}

// footRows is how many they are.
func (s *Screen) footRows(h, side int) int {
	switch {
	case s.pageBeside(side) != nil:
		return 0
	case s.Panel != nil: // it leaves the sentence its rows where there are enough for both
		return 1 + min(s.Panel.Want(), max(min(h*3/5, h-1-len(s.wrap(s.cur).rows)), min(leastPanel, h-2)))
	case side > 0, h < 8 && len(s.wrap(s.cur).rows) > h-2: // the sentence goes before what is known of it
		return 0
	}
	return 1 + max(1, min(3, h/6))
}

// beside puts details at the right of the text.
func (v *view) beside(l dialog.Look, rows, details []string, text int) []string {
	bar := l.Theme.In(theme.Dim, "│")
	for i := range rows {
		plain, known := v.widths[rows[i]]
		if !known {
			plain = l.Meter.Width(stripped(rows[i]))
			v.widths[rows[i]] = plain
		}
		right := ""
		if i < len(details) {
			right = details[i]
		}
		rows[i] += cells.Blanks(text-plain) + " " + bar + right
	}
	return rows
}

func (v *view) prepare(l dialog.Look, width int) {
	if v.cache == nil || v.width != width || v.look.Meter != l.Meter || len(v.cache) > maxCache {
		v.cache = map[int]wrapped{}
		v.widths = nil
	}
	if v.widths == nil || len(v.widths) > maxCache {
		v.widths = map[string]int{}
	}
	v.look, v.width = l, width
}

// gutter is the width of what stands before the text: mark, number, letter, word.
func (s *Screen) gutter(w int) int {
	if w < barred {
		return 2 + s.digits() + 4
	}
	return 2 + s.digits() + 4 + 8
}

func (s *Screen) digits() int { return max(len(strconv.Itoa(s.n)), 2) }

func (s *Screen) wrap(i int) wrapped {
	if c, ok := s.view.cache[i]; ok {
		return c
	}
	text := s.words(i)
	var c wrapped
	for _, line := range s.view.look.Meter.Wrap(text, s.view.width) {
		c.rows = append(c.rows, text[line.Start:line.End])
		c.spans = append(c.spans, annotations.Span{Start: line.Start, End: line.End})
	}
	c.spans = rowSpans(s.text(i), text, c.spans)
	if s.view.cache == nil { // a click between what emptied it and the next frame
		s.view.cache = map[int]wrapped{}
	}
	s.view.cache[i] = c
	return c
}

// rowsOf is how many rows unit i takes, with that of its links and the blank row that
// parts it from the paragraph before.
func (s *Screen) rowsOf(i int) int { return len(s.wrap(i).rows) + s.linkRow(i) + s.gap(i) }

// linkRow is 1 where the links of unit i need a row of their own: the last of its words
// leaves no room for them.
func (s *Screen) linkRow(i int) int {
	a := s.said(i)
	if len(s.tally.incoming[i]) == 0 && (a == nil || len(a.Links) == 0) {
		return 0
	}
	rows, m := s.wrap(i).rows, s.view.look.Meter
	if links := s.links(i, a); links == "" || s.view.width-m.Width(rows[len(rows)-1])-m.Width(links) > 0 {
		return 0
	}
	return 1
}

func (s *Screen) gap(i int) int {
	if i > 0 && s.sentence(i).Paragraph != s.sentence(i-1).Paragraph {
		return 1
	}
	return 0
}

// scroll chooses the first row so that the current unit is whole on the screen,
// with the unit after it where there is room.
func (s *Screen) scroll() {
	v := &s.view
	v.curRows = len(s.wrap(s.cur).rows) + s.linkRow(s.cur)
	if v.curRows >= v.height {
		v.top, v.skip = s.cur, s.gap(s.cur)+min(v.inner, v.curRows-v.height)
		return
	}
	v.inner = 0
	if s.cur < v.top || s.cur == v.top && v.skip > 0 {
		v.top, v.skip = s.cur, s.gap(s.cur)
		return
	}
	want := 0 // rows from the top of the screen to the end of the current unit
	for i := v.top; i <= s.cur && want <= v.height+v.skip; i++ {
		want += s.rowsOf(i)
	}
	if s.cur+1 < s.n {
		want += min(s.rowsOf(s.cur+1), max(v.height-v.curRows-1, 0))
	}
	if want-v.skip <= v.height && s.cur-v.top <= v.height {
		return
	}
	// Fill the screen upwards from the row that must be its last.
	left := v.height - v.curRows
	if s.cur+1 < s.n {
		left -= min(s.rowsOf(s.cur+1), left)
	}
	v.top, v.skip = s.cur, s.gap(s.cur)
	for left > 0 {
		if v.skip > 0 { // the blank row above the unit at the top
			v.skip--
			left--
			continue
		}
		if v.top == 0 {
			return
		}
		v.top--
		rows := s.rowsOf(v.top)
		if rows <= left {
			left -= rows
			continue
		}
		v.skip, left = rows-left, 0
	}
}

// fillUp leaves no rows blank below the last unit while there are some above the screen, as
// after a panel was closed or the window has grown.
func (s *Screen) fillUp() {
	v := &s.view
	left := v.height + v.skip
	for i := v.top; i < s.n && left > 0; i++ {
		left -= s.rowsOf(i)
	}
	for ; left > 0 && (v.top > 0 || v.skip > 0); left-- {
		if v.skip--; v.skip < 0 {
			v.top--
			v.skip = s.rowsOf(v.top) - 1
		}
	}
}

// lines draws the units on the screen and finds the cursor's place: the first
// character of the current unit.
func (s *Screen) lines(text, w int) (rows []string, x, y int) {
	v := &s.view
	x, y = -1, 0
	skip := v.skip
	for i := v.top; i < s.n && len(rows) < v.height; i++ {
		unit := s.unit(i, text, w)
		if s.gap(i) > 0 {
			unit = append([]string{""}, unit...)
		}
		if skip >= len(unit) {
			skip -= len(unit)
			continue
		}
		if i == s.cur && s.cursor < 0 {
			x, y = s.gutter(w), len(rows)+max(s.gap(i)-skip, 0)
		}
		if cx, cy, ok := s.cursorIn(i); ok {
			x, y = s.gutter(w)+cx, len(rows)+cy+s.gap(i)-skip
		}
		rows = append(rows, unit[skip:min(len(unit), skip+v.height-len(rows))]...)
		skip = 0
	}
	return rows, x, y
}

// At returns the place that is drawn on row y of the body, for the mouse; -1
// for none.
func (s *Screen) At(y int) int {
	row := -s.view.skip
	for i := s.view.top; i < s.n && y >= 0 && row <= y && y < s.view.height; i++ {
		rows := s.rowsOf(i)
		if y >= row && y < row+rows {
			return i
		}
		row += rows
	}
	return -1
}

// Click makes the unit on row y of the body the current one; while words are
// marked, the word at column x.
func (s *Screen) Click(x, y int) []action.Outcome {
	if m, ok := s.marker(); ok {
		if at := s.byteAt(x, y); at >= 0 {
			m.point(at)
			return nil
		}
	}
	if s.Panel != nil {
		return s.ClickPanel(x, y)
	}
	if i := s.At(y); i >= 0 {
		return s.moveTo(i)
	}
	return nil
}

// Drag is the mouse moved with its button held: while words are marked, the mark goes
// on to the word at column x of row y.
func (s *Screen) Drag(x, y int) {
	if m, ok := s.marker(); ok {
		if at := s.byteAt(x, y); at >= 0 {
			m.drag(at)
		}
	}
}
