package review

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Why says why an action can do nothing now; "" when it can.
func (s *Screen) Why(id action.ID) string {
	a := s.said(s.cur)
	tagged := a != nil && a.Tag != ""
	switch id {
	case action.Untag:
		if !tagged {
			return "there is no tag to take away"
		}
	case action.Repeat:
		if s.last == nil {
			return "nothing was said yet that could be repeated"
		}
	case action.Rule, action.Inside:
		if !tagged {
			return "tag the sentence first"
		}
	case action.SearchNext, action.SearchPrev:
		if s.search == "" {
			return "search for something first, with /"
		}
	case action.NextUntagged, action.PrevUntagged:
		if _, ok := s.nextUntagged(s.cur, 1); !ok {
			return "every sentence is tagged"
		}
	case action.Link:
		if len(s.tags) < 2 {
			return "the article has one sentence only"
		}
	}
	return ""
}

// Do carries out an action; tag is the codebook tag of a tag action.
func (s *Screen) Do(id action.ID, tag string) []action.Outcome {
	if why := s.Why(id); why != "" {
		return say(why)
	}
	if tag != "" {
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
	case action.Unsure:
		a := s.copyOf(s.cur)
		a.Unsure = !a.Unsure
		return s.saved("unsure", a, map[bool]string{true: "marked unsure", false: "no longer unsure"}[a.Unsure])
	case action.Check:
		a := s.copyOf(s.cur)
		a.Check = (a.Check + 1) % 3
		return s.saved("second check", a, "second check "+a.Check.String())
	case action.Inside:
		a := s.copyOf(s.cur)
		a.Inside = !a.Inside
		return s.saved("inside", a, map[bool]string{true: "has its other side inside", false: "has no other side inside"}[a.Inside])
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

func say(words string) []action.Outcome { return []action.Outcome{action.Say{Words: words}} }

// move carries out the actions that only move about.
func (s *Screen) move(id action.ID) ([]action.Outcome, bool) {
	switch id {
	case action.Next:
		return s.moveTo(s.cur + 1), true
	case action.Prev:
		return s.moveTo(s.cur - 1), true
	case action.First:
		return s.moveTo(0), true
	case action.Last:
		return s.moveTo(len(s.tags) - 1), true
	case action.PageDown:
		return s.page(1), true
	case action.PageUp:
		return s.page(-1), true
	case action.NextUntagged:
		i, _ := s.nextUntagged(s.cur, 1)
		return s.moveTo(i), true
	case action.PrevUntagged:
		i, _ := s.nextUntagged(s.cur, -1)
		return s.moveTo(i), true
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

// saved saves the current sentence and says what was done to it.
func (s *Screen) saved(verb string, a annotations.Annotation, words string) []action.Outcome {
	return []action.Outcome{s.save(s.cur, verb, a, fmt.Sprintf("%d %s", s.cur+1, words), "")}
}

// tag sets a tag and goes on; a tag that needs its other side asks for it first.
func (s *Screen) tag(id string) []action.Outcome {
	a := s.copyOf(s.cur)
	if a.Tag == id {
		return s.other(&a, nil)
	}
	was := a.Tag
	a.Tag = id
	if r := s.doc.Book.Rule(a.Rule); r != nil && r.Tag != id {
		a.Rule = ""
	}
	if was != "" {
		a.Inside = false
	}
	return s.other(&a, s.saved("tag", a, s.doc.Book.Tag(id).Name))
}

// other goes on after a tag, but asks for the other side first where the tag
// needs one that is not named.
func (s *Screen) other(a *annotations.Annotation, out []action.Outcome) []action.Outcome {
	if needs, _ := s.doc.Book.Missing(a); slices.Contains(needs, annotations.NeedOtherSide) && len(s.tags) > 1 {
		s.askLink(func() []action.Outcome { return s.advance(nil) })
		return out
	}
	return s.advance(out)
}

// advance goes to the next untagged sentence, and says so when there is none.
func (s *Screen) advance(out []action.Outcome) []action.Outcome {
	i, ok := s.nextUntagged(s.cur, 1)
	if ok {
		return append(out, s.moveTo(i)...)
	}
	if open := len(s.missing()); open > 0 {
		return append(out, action.Say{Words: fmt.Sprintf("every sentence is tagged, %d unfinished; F shows them", open)})
	}
	return append(out, action.Say{Words: "every sentence is tagged; F shows what else could be said"})
}

func (s *Screen) untag() []action.Outcome {
	a := s.copyOf(s.cur)
	a.Tag, a.Rule, a.Inside = "", "", false
	return s.saved("untag", a, "untagged")
}

// repeat says of this sentence what was said last: what belongs to the other
// sentence's words (links, evidence, notes, cues) stays behind.
func (s *Screen) repeat() []action.Outcome {
	a := s.copyOf(s.cur)
	from := s.last.Clone()
	a.Tag, a.Rule, a.Flags = from.Tag, from.Rule, from.Flags
	a.Attributions = nil
	for _, at := range from.Attributions {
		at.Cue, at.Content = nil, nil
		a.Attributions = append(a.Attributions, at)
	}
	words := s.doc.Book.Tag(a.Tag).Name
	if len(a.Attributions) > 0 && a.Attributions[0].Name != "" {
		words += ", " + a.Attributions[0].Name
	}
	return s.advance(s.saved("repeat", a, words+" (repeated)"))
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
	return s.moveTo(s.cur + by*max(s.view.units, 1))
}

// find goes to the next unit that holds what is searched for.
func (s *Screen) find(step int) []action.Outcome {
	n := len(s.tags)
	want := strings.ToLower(s.search)
	for k := range n {
		at := ((s.cur+step*(k+1))%n + n) % n
		if strings.Contains(strings.ToLower(s.words(at)), want) {
			return s.moveTo(at)
		}
	}
	return say(fmt.Sprintf("%q is nowhere in this article", annotations.Visible(s.search)))
}

// words is the text of a unit as it may be shown.
func (s *Screen) words(i int) string {
	return annotations.Visible(s.doc.Article.Units[i].Span.In(s.doc.Article.Body))
}

// citation is the sentence in quotation marks, and where it stands.
func (s *Screen) citation() string {
	m := &s.doc.Article.Meta
	var where []string
	for _, part := range []string{m.Outlet, m.Title, m.Published, m.URL} {
		if part != "" {
			where = append(where, part)
		}
	}
	where = append(where, fmt.Sprintf("sentence %d of %s", s.cur+1, m.Name))
	return "“" + s.doc.Article.Units[s.cur].Span.In(s.doc.Article.Body) + "” (" + strings.Join(where, ", ") + ")"
}

// lack is a unit that is not finished, and why.
type lack struct {
	at   int
	what string
}

// missing lists what must still be said before the article is finished.
func (s *Screen) missing() []lack {
	var out []lack
	for i, u := range s.doc.Article.Units {
		a := s.said(i)
		switch {
		case a == nil || a.Tag == "":
			if u.Kind.Required() {
				out = append(out, lack{i, "no tag"})
			}
		default:
			if needs, _ := s.doc.Book.Missing(a); len(needs) > 0 {
				out = append(out, lack{i, "no " + joinNeeds(needs)})
			}
		}
	}
	return out
}

func joinNeeds(needs []annotations.Need) string {
	var parts []string
	for _, n := range needs {
		parts = append(parts, string(n))
	}
	return strings.Join(parts, ", no ")
}

func (s *Screen) askFinish() []action.Outcome {
	var items []dialog.Item
	var at []int
	for _, l := range s.missing() {
		items, at = append(items, dialog.Item{Label: fmt.Sprintf("%d  %s", l.at+1, l.what), Words: s.words(l.at)}), append(at, l.at)
	}
	for i := range s.tags {
		a := s.said(i)
		if a == nil {
			continue
		}
		if _, wants := s.doc.Book.Missing(a); len(wants) > 0 {
			items, at = append(items, dialog.Item{Label: fmt.Sprintf("%d  no %s named", i+1, joinNeeds(wants)), Words: s.words(i)}), append(at, i)
		}
		if a.Unsure {
			items, at = append(items, dialog.Item{Label: fmt.Sprintf("%d  unsure", i+1), Words: s.words(i)}), append(at, i)
		}
	}
	if len(items) == 0 {
		return say("nothing is missing: every sentence is tagged and complete")
	}
	p := dialog.NewPick(fmt.Sprintf("Missing or open: %d. Enter goes there.", len(items)), items)
	return s.ask(p, func() []action.Outcome { return s.moveTo(at[p.Chosen()]) })
}
