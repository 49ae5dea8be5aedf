package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

func (s *Screen) askGoto() []action.Outcome {
	in := dialog.NewInput(fmt.Sprintf("Go to sentence, 1 to %d", s.n), "")
	in.Help = "go"
	in.Again(s.key(action.Goto), "the first")
	return s.ask(in, func() []action.Outcome {
		switch typed := in.Text(); {
		case typed == "":
			return nil
		case typed == in.Whole:
			return s.moveTo(0)
		default:
			n, err := strconv.Atoi(typed)
			if err != nil || n < 1 || n > s.n {
				return say(fmt.Sprintf("“%s” is no sentence here: there are 1 to %d", annotations.Visible(typed), s.n))
			}
			return s.moveTo(n - 1)
		}
	})
}

func (s *Screen) askSearch() []action.Outcome {
	in := dialog.NewInput("Search this article", "")
	in.Help = "search"
	if s.search != "" {
		in.Offers = []string{s.search}
	}
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			return nil
		}
		s.search = in.Text()
		return s.find(1)
	})
}

// askSource asks who vouches, then what kind of source that is. Words that
// stand in the sentence are marked there as the source.
func (s *Screen) askSource() []action.Outcome {
	at, a := s.targets(), s.copyOf(s.cur)
	name, more := "", ""
	if n := len(a.Attributions); n > 0 {
		name = a.Attributions[0].Name
		if n > 1 {
			more = fmt.Sprintf(", the first of %d", n)
		}
	}
	in := dialog.NewInput("Who vouches for it"+more+"? (empty takes the source away; "+s.key(action.Spans)+" marks words)", name)
	in.Help, in.Offers = "next: what kind", s.names
	if sug := s.suggestedSource(s.cur); len(a.Attributions) == 0 && sug != "" {
		in.Set(sug)
		in.Proposed, in.Offers = true, append([]string{sug}, slices.DeleteFunc(slices.Clone(s.names), func(n string) bool { return n == sug })...)
	}
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			return s.dropSource(at, &a)
		}
		return s.askKind(at, in.Text())
	})
}

// dropSource takes the first source away; a, what is said of the current sentence,
// tells which one that is there, and who is left.
func (s *Screen) dropSource(at []int, a *annotations.Annotation) []action.Outcome {
	words := "has no source"
	if len(at) == 1 && len(a.Attributions) > 1 {
		rest := *a
		rest.Attributions = a.Attributions[1:]
		words = "source " + s.sourceName(&a.Attributions[0]) + " taken away, left: " + s.sourceWords(&rest)
	}
	if keep := slices.DeleteFunc(slices.Clone(at), func(i int) bool { return len(s.copyOf(i).Attributions) < 2 }); len(at) > 1 && len(keep) > 0 {
		words = "without the first source; " + span(keep) + map[bool]string{true: " keeps others", false: " keep others"}[len(keep) == 1]
	}
	return s.each(at, "source", words, func(_ int, a *annotations.Annotation) {
		if len(a.Attributions) > 1 {
			a.Attributions = a.Attributions[1:]
		} else {
			a.Attributions = nil
		}
	})
}

// sourceName is what a source is called: its name, else the words that are marked.
func (s *Screen) sourceName(at *annotations.Attribution) string {
	if at.Name == "" && len(at.Source) > 0 {
		return oneLine(s.in(at.Source[0]))
	}
	return at.Name
}

// suggestedSource is the source that is proposed for a sentence, also for one
// that is tagged already.
func (s *Screen) suggestedSource(i int) string {
	for _, at := range s.doc.Suggested[s.sentence(i).ID].Attributions {
		if at.Name != "" {
			return at.Name
		}
	}
	return ""
}

// kindItems are the kinds of source to pick from. First stands that none is said: where
// nothing is known that is what is marked, and an enter too many is no answer.
func (s *Screen) kindItems() []dialog.Item {
	items := []dialog.Item{{Key: "-", Label: "not said"}}
	for i, k := range s.doc.Book.SourceKinds {
		items = append(items, dialog.Item{Key: dialog.Letter(i), Label: kindName(&k), Words: k.Words})
	}
	return items
}

func (s *Screen) askKind(at []int, name string) []action.Outcome {
	kinds := s.doc.Book.SourceKinds
	p := dialog.NewPick("What kind of source is “"+annotations.Visible(name)+"”?", s.kindItems())
	p.Aligned = true
	likely := s.likelyKind(at[0], name)
	p.Mark(1 + slices.IndexFunc(kinds, func(k annotations.SourceKind) bool { return k.ID == likely }))
	return s.ask(p, func() []action.Outcome {
		kind, words := "", "source "+name
		if n := p.Chosen() - 1; n >= 0 {
			kind = kinds[n].ID
			words += ", " + kindName(&kinds[n])
		}
		return s.each(at, "source", words, func(i int, a *annotations.Annotation) {
			if len(a.Attributions) == 0 {
				a.Attributions = s.proposed(i, name)
			}
			src := &a.Attributions[0]
			if src.Name != name {
				s.rename(i, src, name)
			}
			src.Kind = kind
		})
	})
}

// rename gives a source of the unit at a place another name. Words of the sentence
// that are the new name are marked. Else the marks stay where they never said the
// old name, as a pronoun's, or where the new one only says more than they do:
// “officials” become “officials (unnamed)”. Marks that said the old name go.
func (s *Screen) rename(place int, src *annotations.Attribution, name string) {
	was := src.Name
	src.Name = name
	if now := s.occurrence(place, name); now != nil {
		src.Source = now
		return
	}
	var marked []string
	for _, sp := range src.Source {
		marked = append(marked, oneLine(s.in(sp)))
	}
	if words := strings.Join(marked, " "); words == was && !strings.Contains(name, words) {
		src.Source = nil
	}
}

// likelyKind is the kind that a source has already, or that is proposed for it; ""
// for none.
func (s *Screen) likelyKind(i int, name string) string {
	lists := [][]annotations.Attribution{s.doc.Suggested[s.sentence(i).ID].Attributions}
	if a := s.said(i); a != nil {
		lists = [][]annotations.Attribution{a.Attributions, lists[0]}
	}
	for _, list := range lists {
		for _, at := range list {
			if at.Name == name && at.Kind != "" {
				return at.Kind
			}
		}
	}
	return ""
}

// proposed is the attribution that is proposed for a source of this name, or an
// empty one.
func (s *Screen) proposed(i int, name string) []annotations.Attribution {
	for _, at := range s.doc.Suggested[s.sentence(i).ID].Attributions {
		if at.Name == name {
			return []annotations.Attribution{at}
		}
	}
	return []annotations.Attribution{{}}
}

// occurrence is the span of words in the unit at place, when they stand there
// exactly once.
func (s *Screen) occurrence(place int, words string) []annotations.Span {
	u := s.sentence(place).Span
	at := find(s.in(u), words)
	if len(at) != 1 {
		return nil
	}
	return []annotations.Span{{Start: u.Start + at[0].Start, End: u.Start + at[0].End}}
}

func (s *Screen) askRule() []action.Outcome {
	at, a := s.targets(), s.copyOf(s.cur)
	rules := s.doc.Book.RulesFor(a.Tag)
	if len(rules) == 0 {
		return say("the codebook has no rules for this tag")
	}
	items := []dialog.Item{{Key: "-", Label: "none"}} // marked where none is named: an enter too many is no answer
	for i, r := range rules {
		items = append(items, dialog.Item{Key: dialog.Letter(i), Label: r.ID + " " + r.Name, Words: r.Words})
	}
	p := dialog.NewPick("Which rule decided?", items)
	p.Mark(1 + slices.IndexFunc(rules, func(r annotations.Rule) bool { return r.ID == a.Rule }))
	return s.ask(p, func() []action.Outcome {
		rule, words := "", "no rule"
		if n := p.Chosen() - 1; n >= 0 {
			rule = rules[n].ID
			words = "rule " + rule
		}
		var other []int // it decides for one tag only
		at = slices.DeleteFunc(at, func(i int) bool {
			was := s.copyOf(i)
			if was.Tag != a.Tag {
				other = append(other, i)
			}
			return was.Tag != a.Tag
		})
		switch {
		case len(other) == 1:
			words += fmt.Sprintf("; %d has another tag", other[0]+1)
		case len(other) > 1:
			words += fmt.Sprintf("; %s have other tags", span(other))
		}
		return s.each(at, "rule", words, func(_ int, b *annotations.Annotation) { b.Rule = rule })
	})
}

func (s *Screen) askFlags() []action.Outcome {
	at, a := s.targets(), s.copyOf(s.cur)
	items := make([]dialog.Item, len(s.doc.Book.Flags))
	for i, f := range s.doc.Book.Flags {
		items[i] = dialog.Item{Key: dialog.Letter(i), Label: strings.ReplaceAll(f.ID, "_", " "), Words: f.Words, On: a.HasFlag(f.ID)}
	}
	p := dialog.NewPick("Flags", items)
	p.Many, p.Aligned = true, true
	return s.ask(p, func() []action.Outcome {
		var flags, on, off []string // all that are on; those that were switched
		for i, it := range p.Items {
			id := s.doc.Book.Flags[i].ID
			switch was := a.HasFlag(id); {
			case it.On && !was:
				on = append(on, id)
			case !it.On && was:
				off = append(off, id)
			}
			if it.On {
				flags = append(flags, id)
			}
		}
		if len(at) > 1 {
			return s.flagMany(at, on, off)
		}
		slices.Sort(flags)
		words := "no flags"
		if len(flags) > 0 {
			words = "flags " + strings.Join(flags, ", ")
		}
		return s.each(at, "flags", words, func(_ int, a *annotations.Annotation) { a.Flags = slices.Clone(flags) })
	})
}

// flagMany switches flags of several sentences. They keep the others that they have: the
// list showed those of one of them.
func (s *Screen) flagMany(at []int, on, off []string) []action.Outcome {
	if len(on)+len(off) == 0 {
		return say("no flag was switched, so nothing was changed")
	}
	var parts []string
	if len(on) > 0 {
		parts = append(parts, "flags "+strings.Join(on, ", "))
	}
	if len(off) > 0 {
		parts = append(parts, "without the flags "+strings.Join(off, ", "))
	}
	return s.each(at, "flags", strings.Join(parts, ", "), func(_ int, a *annotations.Annotation) {
		for _, id := range slices.Concat(on, off) {
			if a.HasFlag(id) == slices.Contains(off, id) {
				a.ToggleFlag(id)
			}
		}
	})
}

func (s *Screen) askVerdict() []action.Outcome {
	at, a := s.targets(), s.copyOf(s.cur)
	in := dialog.NewInput("Your verdict on the claim, in words meant for publication", a.Verdict)
	return s.ask(in, func() []action.Outcome {
		return s.write(at, "verdict", "verdict", a.Verdict, in.Text(), func(a *annotations.Annotation) { a.Verdict = in.Text() })
	})
}

// Edited takes a note that was written in the reviewer's editor.
func (s *Screen) Edited(text string) []action.Outcome {
	return s.write([]int{s.cur}, noteVerb, "note", s.copyOf(s.cur).Note, text, func(a *annotations.Annotation) { a.Note = text })
}

// askConfidential asks for a note of which only a salted hash enters the log.
// The old one is not shown: it is written anew or taken away.
func (s *Screen) askConfidential() []action.Outcome {
	place, a := s.cur, s.copyOf(s.cur)
	prompt := "Confidential note (kept beside the log, never in it)"
	if a.Confidential != nil {
		prompt = "Confidential note: there is one; what you write replaces it, “-” takes it away"
	}
	text := ""
	if d := s.secret; d != nil && d.Sentence == s.Current() {
		prompt, text, s.secret = "Confidential note, as you had written it", d.Note, nil
	}
	in := dialog.NewInput(prompt, text)
	in.Multi, in.Max = true, annotations.MaxNote
	return s.ask(in, func() []action.Outcome {
		switch text := in.Text(); text {
		case "":
			return nil
		case "-":
			a.Confidential = nil
			return []action.Outcome{s.save(place, "confidential", a, fmt.Sprintf("%d confidential note taken away", place+1), "")}
		default:
			return []action.Outcome{s.save(place, "confidential", a, fmt.Sprintf("%d confidential note", place+1), text)}
		}
	})
}
