package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Why says why an action can do nothing now; "" when it can.
func (s *Screen) Why(id action.ID) string {
	a := s.said(s.cur)
	tagged := a != nil && a.Tag != ""
	if why := cmp.Or(s.closed(id), s.outdated(id, s.cur)); why != "" {
		return why
	}
	switch id {
	case action.Untag:
		if !tagged {
			return "there is no tag to take away"
		}
	case action.Repeat:
		switch {
		case s.last == nil:
			return "nothing was said yet that could be repeated"
		case s.doc.Book.Tag(s.last.Tag) == nil:
			return s.lost(s.last.Tag)
		}
	case action.Rule, action.Inside:
		if !tagged {
			return "tag the sentence first"
		}
	case action.SearchNext, action.SearchPrev:
		if s.search == "" {
			return "search for something first, with " + s.key(action.Search)
		}
	case action.NextUntagged, action.PrevUntagged:
		if _, ok := s.nextUntagged(s.cur, 1); !ok {
			return s.allTagged()
		}
	case action.Accept:
		if s.anchor < 0 && s.suggested(s.cur) == nil {
			return "nothing is suggested here"
		}
	case action.AcceptAll:
		if s.doc.Suggested == nil && s.doc.Carried == nil {
			return "there are no suggestions in blind work"
		}
		return s.whyQuotation()
	case action.Join:
		if s.cur == s.n-1 {
			return "it is the last sentence"
		}
		return s.outdated(id, s.cur+1)
	}
	return ""
}

// outdated says why an action can say nothing more of the unit at place i, where that has a
// tag that its codebook, another by now, no longer has: the store takes none with it. What
// gives the unit another tag, or none, it does not keep back.
func (s *Screen) outdated(id action.ID, i int) string {
	a := s.said(i)
	if a == nil || a.Tag == "" || s.tagNo(i) != 0 {
		return ""
	}
	switch id {
	case action.Unsure, action.Check, action.Inside, action.Spans, action.Verdict, action.Source, action.Evidence, action.Link, action.Rule,
		action.Flags, action.Note, action.Confidential, action.Editor, action.Split, action.Join:
		return fmt.Sprintf("%s: tag %d anew first", s.lost(a.Tag), i+1)
	}
	return ""
}

// Do carries out an action; tag is the codebook tag of a tag action.
func (s *Screen) Do(id action.ID, tag string) []action.Outcome {
	if id != action.Count {
		defer func() { s.count = 0 }()
	}
	if why := cmp.Or(s.Why(id), s.whyMany(id)); why != "" {
		return say(why)
	}
	switch {
	case tag != "" && s.doc.Book.Tag(tag) == nil: // a hint was clicked that was drawn before others changed the codebook
		return say(s.lost(tag))
	case tag != "":
		return s.tag(tag)
	}
	if out, ok := s.move(id); ok {
		return out
	}
	switch id {
	case action.Untag:
		return s.untag()
	case action.Repeat:
		return s.repeat()
	case action.Accept:
		return s.accept()
	case action.AcceptAll:
		return s.acceptQuotation()
	case action.Unsure:
		on := !s.copyOf(s.cur).Unsure
		return s.each(s.targets(), "unsure", map[bool]string{true: "marked unsure", false: "no longer unsure"}[on],
			func(_ int, a *annotations.Annotation) { a.Unsure = on })
	case action.Check:
		next := (s.copyOf(s.cur).Check + 1) % 3
		return s.each(s.targets(), "second check", "second check "+next.String(), func(_ int, a *annotations.Annotation) { a.Check = next })
	case action.Inside:
		on := !s.copyOf(s.cur).Inside
		return s.each([]int{s.cur}, "inside", map[bool]string{true: "has its other side inside", false: "has no other side inside"}[on],
			func(_ int, a *annotations.Annotation) { a.Inside = on })
	case action.Spans:
		return s.askSpans()
	case action.Verdict:
		return s.askVerdict()
	case action.Split:
		return s.askSplit()
	case action.Join:
		return s.askJoin()
	case action.Range:
		return s.toggleRange()
	case action.Editor:
		return []action.Outcome{action.EditText{Text: s.copyOf(s.cur).Note}}
	case action.Step:
		return s.askFilter()
	case action.SearchAll:
		return s.askSearchAll(false, nil)
	case action.Count:
		return s.askCount()
	case action.Source:
		return s.askSource()
	case action.Evidence:
		return s.askEvidence()
	case action.Link:
		return s.askLink(nil)
	case action.Rule:
		return s.askRule()
	case action.Flags:
		return s.askFlags()
	case action.Note:
		return s.askNote()
	case action.Confidential:
		return s.askConfidential()
	case action.Codebook:
		return s.ask(s.codebookPage(), nil)
	case action.Finish:
		return s.askFinish()
	case action.History:
		return []action.Outcome{action.AskHistory{Article: s.Article(), Sentence: s.Current()}}
	case action.Copy:
		return []action.Outcome{action.CopyText{Text: s.citation()}, action.Say{Words: fmt.Sprintf("%d copied with its citation", s.cur+1)}}
	case action.Undo:
		return []action.Outcome{action.Revert{Mode: annotations.Undo}}
	case action.Redo:
		return []action.Outcome{action.Revert{Mode: annotations.Redo}}
	}
	return nil
}

// lost says that a tag is not in the codebook that is in force.
func (s *Screen) lost(tag string) string {
	return "the codebook no longer has the tag “" + annotations.Visible(tag) + "”"
}

func say(words string) []action.Outcome { return []action.Outcome{action.Say{Words: words}} }

// wrong says why something could not be done.
func wrong(err error) []action.Outcome {
	return []action.Outcome{action.Say{Words: err.Error(), Bad: true}}
}

// move carries out the actions that only move about.
func (s *Screen) move(id action.ID) ([]action.Outcome, bool) {
	switch id {
	case action.Next, action.Prev:
		at := s.cur
		for range max(s.count, 1) {
			next := s.step(at, map[action.ID]int{action.Next: 1, action.Prev: -1}[id])
			if next == at {
				break // the end
			}
			at = next
		}
		return s.moveTo(at), true
	case action.First:
		return s.moveTo(s.step(-1, 1)), true
	case action.Last:
		return s.moveTo(s.step(s.n, -1)), true
	case action.PageDown:
		return s.page(1), true
	case action.PageUp:
		return s.page(-1), true
	case action.NextUntagged, action.PrevUntagged:
		at, count := s.cur, max(s.count, 1)
		if open := s.untagged(); open > 0 {
			count = (count-1)%open + 1 // once around is back where it began
		}
		for range count {
			at, _ = s.nextUntagged(at, map[action.ID]int{action.NextUntagged: 1, action.PrevUntagged: -1}[id])
		}
		return s.moveTo(at), true
	case action.Goto:
		return s.askGoto(), true
	case action.Search:
		return s.askSearch(), true
	case action.SearchNext:
		return s.find(1), true
	case action.SearchPrev:
		return s.find(-1), true
	}
	return nil, false
}

// toggleRange starts a range at the current sentence, or drops it.
func (s *Screen) toggleRange() []action.Outcome {
	if s.anchor >= 0 {
		s.anchor = -1
		return say("no range")
	}
	s.anchor = s.cur
	return say(fmt.Sprintf("range from %d: move on, then say what all of them are; %s drops it", s.cur+1, s.key(action.Range)))
}

// tag sets a tag and goes on; a tag that needs its other side asks for it first.
func (s *Screen) tag(id string) []action.Outcome {
	at := s.targets()
	one := len(at) == 1
	var out []action.Outcome
	if one { // of a range the filter may hide all but one
		out = s.moveTo(at[0])
	}
	if a := s.copyOf(s.cur); one && a.Tag == id && !s.stale(s.cur) {
		s.anchor = -1
		return s.other(&a, out)
	}
	out = append(out, s.each(at, "tag", s.doc.Book.Tag(id).Name, func(_ int, a *annotations.Annotation) {
		if a.Tag != "" && a.Tag != id {
			a.Inside = false
		}
		a.Tag = id
		if r := s.doc.Book.Rule(a.Rule); r != nil && r.Tag != id {
			a.Rule = ""
		}
	})...)
	if !one {
		return s.advance(append(out, s.moveTo(at[len(at)-1])...))
	}
	a := s.copyOf(s.cur)
	return s.other(&a, out)
}

// other goes on after a tag, but asks for the other side first where the tag
// needs one that is not named.
func (s *Screen) other(a *annotations.Annotation, out []action.Outcome) []action.Outcome {
	if needs, _ := s.doc.Book.Missing(a); slices.Contains(needs, annotations.NeedOtherSide) {
		s.askLink(func() []action.Outcome { return s.advance(nil) })
		return out
	}
	return s.advance(out)
}

func (s *Screen) untag() []action.Outcome {
	return s.each(s.targets(), "untag", "untagged", func(_ int, a *annotations.Annotation) { a.Tag, a.Rule, a.Inside = "", "", false })
}

// repeat says of this sentence what was said last: what belongs to the other
// sentence's words (links, evidence, notes, cues) stays behind.
func (s *Screen) repeat() []action.Outcome {
	at, from := s.targets(), s.known(s.last)
	words := s.doc.Book.Tag(from.Tag).Name
	if len(from.Attributions) > 0 && from.Attributions[0].Name != "" {
		words += ", " + from.Attributions[0].Name
	}
	out := s.each(at, "repeat", words+" (repeated)", func(_ int, a *annotations.Annotation) {
		a.Tag, a.Rule, a.Flags, a.Attributions = from.Tag, from.Rule, from.Flags, nil
		for _, src := range from.Attributions {
			src.Cue, src.Content = nil, nil
			if !saysNothing(src) { // any more
				a.Attributions = append(a.Attributions, src)
			}
		}
	})
	return s.advance(append(out, s.moveTo(at[len(at)-1])...))
}

// known is what the codebook has of what was said, maybe under another one: of its
// rule, flags and kinds of source.
func (s *Screen) known(a *annotations.Annotation) annotations.Annotation {
	out := a.Clone()
	if s.doc.Book.Rule(out.Rule) == nil {
		out.Rule = ""
	}
	out.Flags = slices.DeleteFunc(out.Flags, func(f string) bool { return s.doc.Book.Flag(f) == nil })
	for i := range out.Attributions {
		if at := &out.Attributions[i]; s.doc.Book.SourceKind(at.Kind) == nil {
			at.Kind = ""
		}
	}
	out.Attributions = slices.DeleteFunc(out.Attributions, saysNothing)
	return out
}

// saysNothing reports whether nothing of a source is said that a store would take.
func saysNothing(at annotations.Attribution) bool {
	return len(at.Source) == 0 && len(at.Cue) == 0 && len(at.Content) == 0 && at.Name == "" && at.Kind == ""
}

// page goes on by the units on the screen, or scrolls inside a unit that is
// taller than the screen.
func (s *Screen) page(by int) []action.Outcome {
	if tall := s.view.curRows - s.view.height; tall > 0 {
		next := s.view.inner + by*max(s.view.height-2, 1)
		if next > 0 && next < tall || by > 0 && s.view.inner < tall || by < 0 && s.view.inner > 0 {
			s.view.inner = max(0, min(next, tall))
			return nil
		}
	}
	at := s.cur
	for range max(s.view.units, 1) {
		at = s.step(at, by)
	}
	return s.moveTo(at)
}

// find goes to the next unit that holds what is searched for.
func (s *Screen) find(step int) []action.Outcome {
	n := s.n
	want := dialog.Fold(s.search)
	for k := range n {
		at := ((s.cur+step*(k+1))%n + n) % n
		if !strings.Contains(dialog.Fold(s.words(at)), want) {
			continue
		}
		out := s.moveTo(at)
		s.found = true
		if out == nil {
			return say(fmt.Sprintf("“%s” is in this sentence only", annotations.Visible(s.search)))
		}
		return out
	}
	return say(fmt.Sprintf("“%s” is nowhere in this article", annotations.Visible(s.search)))
}

// words is the text of a unit as it may be shown.
func (s *Screen) words(i int) string {
	return annotations.Visible(s.in(s.sentence(i).Span))
}

// citation is the sentence in quotation marks, and where it stands, on one line. It may be
// pasted anywhere: no control character of the article goes with it.
func (s *Screen) citation() string {
	m := s.doc.Article.About()
	var where []string
	for _, part := range []string{m.Outlet, m.Title, m.Published, m.URL} {
		if part != "" {
			where = append(where, part)
		}
	}
	where = append(where, fmt.Sprintf("sentence %d of %s", s.cur+1, m.Name))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, "“"+s.in(s.sentence(s.cur).Span)+"” ("+strings.Join(where, ", ")+")")
}
