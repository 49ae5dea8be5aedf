package review

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askSplit asks where to cut the current sentence: the likely places first.
func (s *Screen) askSplit() []action.Outcome {
	u := s.sentence(s.cur)
	art, err := s.doc.Article.Whole()
	if err != nil {
		return wrong(err)
	}
	points := segment.SplitPoints(art.Body, u.Span)
	items := make([]dialog.Item, len(points))
	for i, at := range points {
		items[i] = cutItem(art.Body[u.Span.Start:at], art.Body[at:u.Span.End])
	}
	p := dialog.NewPick("Cut where? Type words that begin the second part:", items).Typing()
	at := func(typed string) (int, string) {
		text := s.in(u.Span)
		found := slices.DeleteFunc(find(text, typed), func(sp annotations.Span) bool { return sp.Start == 0 })
		places := slices.DeleteFunc(slices.Clone(found), func(sp annotations.Span) bool { return insideWord(text, sp.Start) })
		switch {
		case len(found) == 0:
			return 0, "the sentence does not go on with these words"
		case len(places) == 0:
			return 0, "no word of the sentence begins so"
		case len(places) > 1:
			return 0, "these words stand there twice: type more of them"
		}
		return u.Span.Start + places[0].Start, ""
	}
	p.Free = func(typed string) string { _, why := at(typed); return why }
	p.Echo = func(typed string) []dialog.Item {
		where, _ := at(typed)
		return []dialog.Item{cutItem(art.Body[u.Span.Start:where], art.Body[where:u.Span.End])}
	}
	return s.ask(p, func() []action.Outcome {
		where := 0
		if n := p.Chosen(); n >= 0 {
			where = points[n]
		} else {
			where, _ = at(p.Typed())
		}
		return s.split(u.ID, where)
	})
}

// cutItem shows the two parts that a cut makes: words around it, of however long a sentence.
func cutItem(left, right string) dialog.Item {
	const most = 400 // bytes of the second part
	right = strings.TrimSpace(right)
	if len(right) > most {
		right = strings.ToValidUTF8(right[:most], "") + "…"
	}
	return dialog.Item{Label: tail(left, 32) + " ⏐ " + right}
}

// insideWord reports whether a byte of a text stands in the middle of a word. Two words
// that lost the blank between them, "officialsThe", are two.
func insideWord(text string, at int) bool {
	was, size := utf8.DecodeLastRuneInString(text[:at])
	now, _ := utf8.DecodeRuneInString(text[at:])
	if was == '\'' || was == '’' {
		was, _ = utf8.DecodeLastRuneInString(text[:at-size])
	}
	inner := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	if !inner(was) || !inner(now) || unblanked(was) || unblanked(now) {
		return false
	}
	return !unicode.IsLower(was) || !unicode.IsUpper(now)
}

// tail is the end of a text, whole words of it in about n bytes, with "…" before
// it where it is not all.
func tail(text string, n int) string {
	text = strings.TrimSpace(text)
	from := max(len(text)-n, 0)
	if at := strings.IndexFunc(text[from:], unicode.IsSpace); from > 0 && at >= 0 && from+at < len(text)-n/2 {
		from += at
	}
	if from == 0 {
		return text
	}
	return "… " + strings.TrimSpace(strings.ToValidUTF8(text[from:], ""))
}

func (s *Screen) split(id annotations.SentenceID, at int) []action.Outcome {
	place := s.cur
	art, err := s.doc.Article.Whole()
	if err != nil {
		return wrong(err)
	}
	now, err := annotations.SplitUnit(art.Body, art.Units, id, at, art.NextID())
	if err != nil {
		return say(err.Error())
	}
	a := s.copyOf(place)
	return s.recut(art, now, "split", fmt.Sprintf("%d split in two", place+1), id, func() []edited {
		return []edited{{at: place, a: a}, {at: place + 1, a: a.Clone()}}
	})
}

// askJoin joins the current sentence with the next; where their tags differ it
// asks which holds.
func (s *Screen) askJoin() []action.Outcome {
	a, b := s.copyOf(s.cur), s.copyOf(s.cur+1)
	if a.Tag == b.Tag || b.Tag == "" || a.Tag == "" {
		tag := a.Tag
		if tag == "" {
			tag = b.Tag
		}
		return s.join(tag)
	}
	p := dialog.NewPick("Their tags differ. Which holds for the whole?", []dialog.Item{
		{Key: "1", Label: s.tagName(&a), Words: "as the first part"}, {Key: "2", Label: s.tagName(&b), Words: "as the second"},
	})
	return s.ask(p, func() []action.Outcome { return s.join([]string{a.Tag, b.Tag}[p.Chosen()]) })
}

func (s *Screen) join(tag string) []action.Outcome {
	place := s.cur
	art, err := s.doc.Article.Whole()
	if err != nil {
		return wrong(err)
	}
	first, second := art.Units[place].ID, art.Units[place+1].ID
	now, err := annotations.JoinUnits(art.Units, first)
	if err != nil {
		return say(err.Error())
	}
	self, gone := annotations.Target{Article: art.ID, Sentence: first}, annotations.Target{Article: art.ID, Sentence: second}
	a, err := annotations.Joined(s.copyOf(place), s.copyOf(place+1), tag, self, gone)
	if err != nil {
		return wrong(err)
	}
	words := fmt.Sprintf("%d joined with the next", place+1)
	if from := s.linkedTo(gone, place, place+1); len(from) > 0 {
		if len(from) > maxRange {
			return say(fmt.Sprintf("%d sentences are linked to %d, which would be gone; %d at most can follow at once: take links away first", len(from), place+2, maxRange))
		}
		for _, i := range from {
			if why := s.outdated(action.Join, i); why != "" {
				return say("the link of " + strconv.Itoa(i+1) + " could not follow: " + why)
			}
		}
		words += fmt.Sprintf("; the links of %s follow", list(from))
	}
	return s.recut(art, now, "join", words, first, func() []edited { return append(s.relinked(self, gone, place), edited{at: place, a: a}) })
}

// linkedTo lists the places of which something is said that links to a sentence, but
// for some.
func (s *Screen) linkedTo(to annotations.Target, but ...int) []int {
	var out []int
	for _, i := range s.places() {
		if !slices.Contains(but, i) && slices.ContainsFunc(s.record(i).Links, func(l annotations.Link) bool { return l.To == to }) {
			out = append(out, i)
		}
	}
	return out
}

// relinked is what the reviewer says elsewhere of the sentence that is gone, said of
// the one that it went into: else those links would lead nowhere.
func (s *Screen) relinked(now, gone annotations.Target, but int) []edited {
	var out []edited
	for _, i := range s.linkedTo(gone, but) {
		said := s.copyOf(i)
		if a, ok := annotations.Relinked(&said, gone, now); ok {
			out = append(out, edited{at: i, a: a})
		}
	}
	return out
}

// recut puts other units of the article in force, with what the reviewer says of them
// then. From here on the screen holds all of it.
func (s *Screen) recut(whole *annotations.Article, now []annotations.Sentence, verb, words string, id annotations.SentenceID, said func() []edited) []action.Outcome {
	cut, err := annotations.CutOf(whole.Body, &whole.Meta, whole.Units, now)
	if err != nil {
		return say(err.Error())
	}
	art := *whole
	art.Units = now
	art.Recut(&cut)
	s.lay(&art)
	change := annotations.Change{Kind: annotations.EventCut, Verb: verb, Sentence: id, Cut: &cut}
	list := slices.DeleteFunc(said(), func(e edited) bool { return e.a.IsZero() })
	out := action.Save{Article: art.ID, Words: words, Changes: []annotations.Change{change}}
	if len(list) > 0 {
		out = s.saveAll(list, verb, words, change).(action.Save) //nolint:forcetypeassert // it makes no other
	}
	out.Blobs = []string{string(annotations.AppendTable(nil, now))}
	for _, t := range cut.Touched {
		if i := annotations.IndexOf(now, t.ID); i >= 0 {
			out.Cut = append(out.Cut, action.Piece{Sentence: t.ID, Span: now[i].Span, Words: now[i].Span.In(art.Body)})
		}
	}
	return []action.Outcome{out}
}

// lay shows another cutting of the article. What is said stays with its
// sentences; what is suggested, with those that have their words.
func (s *Screen) lay(art annotations.Text) {
	here, end, old := s.Current(), s.sentence(s.cur).Span.End, s.doc.Article
	busy, mine := s.busy, s.mine
	s.doc.Article, s.need, s.order = art, art.About().Required, orderOf(art)
	said := map[annotations.SentenceID]*annotations.Record{}
	saving := make(map[int]int, len(busy))
	for i := range s.n {
		u := old.Unit(i)
		at := s.place(u.ID)
		if at < 0 || art.Unit(at).Span != u.Span {
			delete(s.doc.Suggested, u.ID)
		}
		if at < 0 {
			continue
		}
		if r := mine.at(i).said; r != nil {
			said[u.ID] = r
		}
		if busy[i] > 0 {
			saving[at] = busy[i]
		}
	}
	maps.DeleteFunc(s.doc.Suggested, func(_ annotations.SentenceID, sug Suggestion) bool {
		return sug.Partner != 0 && s.place(sug.Partner) < 0 // it is read anew, with the sentence that its other side went into
	})
	s.view.cache, s.anchor = nil, -1
	s.view.top = min(s.view.top, art.Len()-1)
	if s.cur = s.place(here); s.cur < 0 { // it was joined with the one before: its words stand there
		s.cur = max(s.placeOf(end), 0)
	}
	s.fill(said)
	s.busy = saving
}
