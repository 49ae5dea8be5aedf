package audit

import (
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// settleBody draws a sentence with its neighbours, and under it what reviewers
// say, unless it is to be judged blind. The sentence has its rows first.
func (s *Screen) settleBody(l dialog.Look, w, h int) (rows []string, x, y int) {
	rows = s.headRows(l, w, h)
	room := h - len(rows)
	cur, gutter := s.sentenceRows(l, w)
	if cur == nil {
		return append(rows, message(l, "The sentence is no longer there: it was cut otherwise. "+s.key(action.Settle, action.Next)+" goes on.", w, room)...), -1, 0
	}
	least := min(4, room/3) // rows that what reviewers say keeps, however long the sentence
	if s.Panel != nil {
		least = 0
	}
	most := max(room-least, 1)
	neighbours := len(cur)+least+3 <= room
	s.at.tall = len(cur) > most
	if s.at.inner = max(0, min(s.at.inner, len(cur)-most)); s.at.tall {
		s.at.tall = s.at.inner < len(cur)-most
		cur = cur[s.at.inner:min(len(cur), s.at.inner+most)]
	}
	if neighbours {
		rows = append(rows, s.neighbour(l, -1, gutter, w))
	}
	x, y = gutter, len(rows)
	rows = append(rows, cur...)
	if neighbours {
		rows = append(rows, s.neighbour(l, 1, gutter, w))
	}
	if room = h - len(rows); room < 2 {
		s.at.more = true
		return rows[:min(len(rows), h)], x, y
	}
	rows = append(rows, rule(l, w))
	said := s.saidRows(l, w)
	room--
	s.at.below = max(0, min(s.at.below, len(said)-room))
	s.at.more = len(said) > s.at.below+room
	return append(rows, said[s.at.below:min(len(said), s.at.below+room)]...), x, y
}

// sentenceRows is the current sentence in rows; nil when it is gone.
func (s *Screen) sentenceRows(l dialog.Look, w int) (rows []string, gutter int) {
	it := s.at.item()
	text := s.doc.Figures.Text(it.place)
	if text == "" {
		return nil, 0
	}
	num := " >" + strconv.Itoa(it.place.N) + "  "
	gutter = len(num)
	for i, row := range dialog.Wrapped(l, text, w-gutter-1) {
		lead := cells.Blanks(gutter)
		if i == 0 {
			lead = l.Theme.In(theme.Current, num)
		}
		rows = append(rows, lead+l.Theme.In(theme.Current, row))
	}
	return rows, gutter
}

// neighbour is the sentence before or after, in one row.
func (s *Screen) neighbour(l dialog.Look, by, gutter, w int) string {
	it := s.at.item()
	a := s.doc.Articles[it.place.Key]
	if a == nil {
		return ""
	}
	n := annotations.IndexOf(a.Units, it.place.Sentence) + by
	if n < 0 || n >= len(a.Units) {
		return ""
	}
	text := annotations.Visible(a.Units[n].Span.In(a.Body))
	return l.Theme.In(theme.Dim, l.Meter.Left(strconv.Itoa(n+1), gutter-2)+"  "+l.Meter.Cut(text, w-gutter-1))
}

// saidRows is what each reviewer says, side by side from 100 columns on, and the
// ruling.
func (s *Screen) saidRows(l dialog.Look, w int) []string {
	if s.blind() {
		return []string{l.Theme.In(theme.Dim, l.Meter.Cut("  what reviewers said is hidden: "+s.key(action.Settle, action.Open)+", then say what you would tag it", w))}
	}
	it := s.at.item()
	var rows []string
	if s.drawn != nil {
		if mine, ok := s.drawn.said[it.target()]; ok {
			rows = append(rows, " "+l.Theme.In(theme.Strong, "you, blind: "+annotations.Visible(tagOr(mine))))
		}
	}
	said, _ := s.doc.Figures.Said(it.place)
	n := 0
	blocks := make([][]string, len(said))
	side := w >= wideAt && len(said) > 1
	width := w
	if side {
		width = (w - 1) / min(len(said), max(w/34, 2))
	}
	for i := range said {
		key := ""
		if said[i].Record.Tag != "" {
			if n++; n <= picks { // a number is the key that picks it
				key = strconv.Itoa(n)
			}
		}
		blocks[i] = s.block(l, &said[i], key, width, side)
	}
	if side {
		rows = append(rows, columns(l, blocks, width, w)...)
	} else {
		for _, b := range blocks {
			rows = append(rows, b...)
		}
	}
	if len(said) == 0 {
		rows = append(rows, l.Theme.In(theme.Dim, "  nobody said anything of it"))
	}
	var talk []fact
	for _, t := range s.doc.Figures.Thread(it.place) {
		talk = append(talk, turnFact(&t))
	}
	if r := s.rulingWords(it.place); r != "" && (len(talk) == 0 || s.made[it.target()].rev > 0) {
		talk = append(talk, fact{"ruling", r, theme.Good})
	}
	return append(rows, factRows(l, talk, w, false)...)
}

// columns puts blocks side by side, as many in a row as fit.
func columns(l dialog.Look, blocks [][]string, width, w int) []string {
	var rows []string
	across := max((w-1)/width, 1)
	for from := 0; from < len(blocks); from += across {
		line := blocks[from:min(len(blocks), from+across)]
		tallest := 0
		for _, b := range line {
			tallest = max(tallest, len(b))
		}
		for i := range tallest {
			row := ""
			for k, b := range line {
				cell := ""
				if i < len(b) {
					cell = b[i]
				}
				if k > 0 {
					row += l.Theme.In(theme.Dim, "│")
				}
				row += cell + cells.Blanks(width-1-l.Meter.Width(strip(cell)))
			}
			rows = append(rows, strings.TrimRight(row, " "))
		}
	}
	return rows
}

// block is what one reviewer says.
func (s *Screen) block(l dialog.Look, x *audit.Said, key string, w int, side bool) []string {
	m, t := l.Meter, l.Theme
	r := &x.Record
	book := s.doc.Books[r.Codebook]
	if book == nil {
		book = s.book(s.at.item().place.Key)
	}
	letter, name, role := "·", "untagged", theme.Dim
	if r.Tag != "" {
		letter, name, role = "?", r.Tag, theme.Bad
		if tag := tagIn(book, r.Tag); tag != nil {
			letter, name, role = tag.Letter, tag.Name, theme.ForColor(tag.Color)
		}
	}
	if r.Unsure {
		name += ", unsure"
	}
	who := annotations.Visible(x.Reviewer)
	who = m.Cut(who, max(w/3, 8))
	head := " " + t.In(theme.Key, m.Left(key, 1)) + " " + t.In(theme.Strong, m.Pad(who, max(m.Width(who), 8))) + " " + t.In(role, m.Cut(annotations.Visible(letter+" "+name), max(w/2, 10)))
	if x.Reviewer == s.at.item().of {
		head += t.In(theme.Dim, " <- asked about")
	}
	rows := []string{cut(l, head, w-1)}
	for _, f := range s.factsOf(r, book) {
		for _, row := range factRows(l, []fact{f}, w-4, false) {
			rows = append(rows, "   "+row)
		}
	}
	if side {
		return append(rows, "")
	}
	return rows
}

// cut shortens a row that is styled already, by dropping the styles when it does
// not fit.
func cut(l dialog.Look, row string, w int) string {
	if plain := strip(row); l.Meter.Width(plain) > w {
		return l.Meter.Cut(plain, w)
	}
	return row
}

func tagIn(b *annotations.Codebook, id string) *annotations.Tag {
	if b == nil {
		return nil
	}
	return b.Tag(id)
}

// factsOf is all that an annotation says beside its tag. That there is a
// confidential note is told, its words are not.
func (s *Screen) factsOf(r *annotations.Record, book *annotations.Codebook) []fact {
	var out []fact
	add := func(label, text string) {
		if text != "" {
			out = append(out, fact{label, text, theme.Plain})
		}
	}
	ruled := r.Rule
	if book != nil {
		if x := book.Rule(r.Rule); x != nil {
			ruled = x.ID + " " + x.Name
		}
	}
	add("rule", ruled)
	for i := range r.Attributions {
		add("source", s.sourceWords(&r.Attributions[i]))
	}
	for _, u := range r.Evidence {
		add("evidence", s.evidenceWords(u))
	}
	add("links", s.linkWords(r.Links))
	if r.Inside {
		add("other side", "inside this sentence")
	}
	add("flags", strings.Join(r.Flags, ", "))
	if r.Check != annotations.CheckNone {
		add("second check", r.Check.String())
	}
	add("note", r.Note)
	if r.Confidential != nil {
		add("confidential", "there is a note beside the log")
	}
	if r.OfOtherWords(s.doc.Figures.Text(s.at.item().place)) {
		add("cut", "said of other words: the sentence was cut since")
	}
	return out
}

func (s *Screen) sourceWords(at *annotations.Attribution) string {
	words := at.Name
	if a := s.doc.Articles[s.at.item().place.Key]; words == "" && len(at.Source) > 0 && a != nil && at.Source[0].Check(a.Body) == nil {
		words = at.Source[0].In(a.Body)
	}
	if at.Kind != "" {
		words += ", " + strings.ReplaceAll(at.Kind, "_", " ")
	}
	if at.Count > 0 {
		words += fmt.Sprintf(", %d of them", at.Count)
	}
	if at.Hops > 1 {
		words += ", via another outlet"
	}
	if at.Terms != "" {
		words += ", " + at.Terms
	}
	return strings.TrimPrefix(words, ", ")
}

func (s *Screen) evidenceWords(u annotations.Use) string {
	e := s.doc.Evidence[u.ID]
	what := e.URL
	if what == "" {
		what = e.File
	}
	if what == "" {
		what = u.ID.String()
	}
	words := string(u.Stance) + " " + what
	if e.Locator != "" {
		words += ", " + e.Locator
	}
	if e.Quote != "" {
		words += ": “" + e.Quote + "”"
	}
	return words
}

func (s *Screen) linkWords(links []annotations.Link) string {
	var parts []string
	for _, x := range links {
		to := "a sentence elsewhere"
		if a := s.doc.Articles[x.To.Article]; a != nil {
			if n := annotations.IndexOf(a.Units, x.To.Sentence); n >= 0 {
				to = strconv.Itoa(n + 1)
				if x.To.Article != s.at.item().place.Key {
					to = a.Meta.Name + " " + to
				}
			}
		}
		words := string(x.Relation) + " " + to
		if x.Manner != "" {
			words += " (" + string(x.Manner) + ")"
		}
		parts = append(parts, words)
	}
	return strings.Join(parts, ", ")
}
