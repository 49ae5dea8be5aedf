package review

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

func (s *Screen) askGoto() []action.Outcome {
	in := dialog.NewInput(fmt.Sprintf("Go to sentence, 1 to %d (g again: the first)", len(s.tags)), "")
	in.Help = "go"
	return s.ask(in, func() []action.Outcome {
		switch typed := in.Text(); {
		case typed == "":
			return nil
		case typed == "g":
			return s.moveTo(0)
		default:
			n, err := strconv.Atoi(typed)
			if err != nil || n < 1 || n > len(s.tags) {
				return say(fmt.Sprintf("%q is no sentence here: there are 1 to %d", annotations.Visible(typed), len(s.tags)))
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
	place, a := s.cur, s.copyOf(s.cur)
	var name string
	if len(a.Attributions) > 0 {
		name = a.Attributions[0].Name
	}
	in := dialog.NewInput("Who vouches for it? (empty takes the source away)", name)
	in.Help, in.Offers = "next: what kind", s.names
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			if len(a.Attributions) == 0 {
				return nil
			}
			a.Attributions = a.Attributions[1:]
			return []action.Outcome{s.save(place, "source", a, fmt.Sprintf("%d has no source", place+1), "")}
		}
		return s.askKind(place, in.Text())
	})
}

func (s *Screen) askKind(place int, name string) []action.Outcome {
	a := s.copyOf(place)
	if len(a.Attributions) == 0 {
		a.Attributions = []annotations.Attribution{{}}
	}
	at := &a.Attributions[0]
	if at.Name != name {
		at.Name, at.Source = name, s.occurrence(place, name)
	}
	items := make([]dialog.Item, len(s.doc.Book.SourceKinds))
	for i, k := range s.doc.Book.SourceKinds {
		items[i] = dialog.Item{Key: letter(i), Label: strings.ReplaceAll(k.ID, "_", " "), Words: k.Words}
	}
	p := dialog.NewPick("What kind of source is “"+annotations.Visible(name)+"”?", append(items, dialog.Item{Key: "-", Label: "not said"}))
	return s.ask(p, func() []action.Outcome {
		at.Kind = ""
		words := fmt.Sprintf("%d source %s", place+1, name)
		if n := p.Chosen(); n < len(s.doc.Book.SourceKinds) {
			at.Kind = s.doc.Book.SourceKinds[n].ID
			words += ", " + s.doc.Book.SourceKinds[n].ID
		}
		return []action.Outcome{s.save(place, "source", a, words, "")}
	})
}

// letter is the key of the nth item of a list: a, b, c …
func letter(n int) string {
	if n >= 26 {
		return ""
	}
	return string(rune('a' + n))
}

// occurrence is the span of words in the unit at place, when they stand there
// exactly once.
func (s *Screen) occurrence(place int, words string) []annotations.Span {
	u := s.doc.Article.Units[place].Span
	text := u.In(s.doc.Article.Body)
	if strings.Count(text, words) != 1 {
		return nil
	}
	at := u.Start + strings.Index(text, words)
	return []annotations.Span{{Start: at, End: at + len(words)}}
}

// askEvidence asks for a URL or file, what it says, and what that does to the claim.
func (s *Screen) askEvidence() []action.Outcome {
	place := s.cur
	in := dialog.NewInput("Evidence: a URL, or a file's name", "")
	in.Help = "next: what it says"
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			return nil
		}
		var ev annotations.Evidence
		if u, err := url.Parse(in.Text()); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			ev.URL = in.Text()
		} else {
			ev.File = in.Text()
		}
		quote := dialog.NewInput("What it says, word for word (empty: nothing quoted)", "")
		quote.Help, quote.Multi, quote.Max = "next: what it does", true, annotations.MaxNote
		return s.ask(quote, func() []action.Outcome {
			ev.Quote = quote.Text()
			return s.askStance(place, ev)
		})
	})
}

func (s *Screen) askStance(place int, ev annotations.Evidence) []action.Outcome {
	stances := []annotations.Stance{annotations.EvidenceSupports, annotations.Undercuts, annotations.Refutes, annotations.Neutral}
	p := dialog.NewPick("What does it do to the claim?", []dialog.Item{
		{Key: "s", Label: "supports", Words: "it says the same"},
		{Key: "u", Label: "undercuts", Words: "it weakens the grounds"},
		{Key: "r", Label: "refutes", Words: "it says the opposite"},
		{Key: "n", Label: "neutral", Words: "background"},
	})
	return s.ask(p, func() []action.Outcome {
		ev.Identify()
		a := s.copyOf(place)
		if slices.ContainsFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == ev.ID }) {
			return say("that evidence is attached already")
		}
		stance := stances[p.Chosen()]
		a.Evidence = append(a.Evidence, annotations.Use{ID: ev.ID, Stance: stance})
		if s.doc.Evidence == nil {
			s.doc.Evidence = map[annotations.EvidenceID]annotations.Evidence{}
		}
		s.doc.Evidence[ev.ID] = ev
		add := annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &ev}
		return []action.Outcome{s.save(place, "evidence", a, fmt.Sprintf("%d evidence that %s", place+1, stance), "", add)}
	})
}

func (s *Screen) askRule() []action.Outcome {
	place, a := s.cur, s.copyOf(s.cur)
	rules := s.doc.Book.RulesFor(a.Tag)
	if len(rules) == 0 {
		return say("the codebook has no rules for this tag")
	}
	items := make([]dialog.Item, len(rules))
	for i, r := range rules {
		items[i] = dialog.Item{Key: letter(i), Label: r.ID + " " + r.Name, Words: r.Words}
	}
	p := dialog.NewPick("Which rule decided?", append(items, dialog.Item{Key: "-", Label: "none"}))
	return s.ask(p, func() []action.Outcome {
		a.Rule = ""
		words := "no rule"
		if n := p.Chosen(); n < len(rules) {
			a.Rule = rules[n].ID
			words = "rule " + a.Rule
		}
		return []action.Outcome{s.save(place, "rule", a, fmt.Sprintf("%d %s", place+1, words), "")}
	})
}

func (s *Screen) askFlags() []action.Outcome {
	place, a := s.cur, s.copyOf(s.cur)
	items := make([]dialog.Item, len(s.doc.Book.Flags))
	for i, f := range s.doc.Book.Flags {
		items[i] = dialog.Item{Key: letter(i), Label: strings.ReplaceAll(f.ID, "_", " "), Words: f.Words, On: a.HasFlag(f.ID)}
	}
	p := dialog.NewPick("Flags", items)
	p.Many = true
	return s.ask(p, func() []action.Outcome {
		var flags []string
		for i, it := range p.Items {
			if it.On {
				flags = append(flags, s.doc.Book.Flags[i].ID)
			}
		}
		slices.Sort(flags)
		if slices.Equal(flags, a.Flags) {
			return nil
		}
		a.Flags = flags
		words := "no flags"
		if len(flags) > 0 {
			words = "flags " + strings.Join(flags, ", ")
		}
		return []action.Outcome{s.save(place, "flags", a, fmt.Sprintf("%d %s", place+1, words), "")}
	})
}

func (s *Screen) askNote() []action.Outcome {
	place, a := s.cur, s.copyOf(s.cur)
	in := dialog.NewInput("Note", a.Note)
	in.Multi, in.Max = true, annotations.MaxNote
	return s.ask(in, func() []action.Outcome {
		if in.Text() == a.Note {
			return nil
		}
		a.Note = in.Text()
		return []action.Outcome{s.save(place, "note", a, fmt.Sprintf("%d note", place+1), "")}
	})
}

// askConfidential asks for a note of which only a salted hash enters the log.
// The old one is not shown: it is written anew or taken away.
func (s *Screen) askConfidential() []action.Outcome {
	place, a := s.cur, s.copyOf(s.cur)
	prompt := "Confidential note (kept beside the log, never in it)"
	if a.Confidential != nil {
		prompt = "Confidential note: there is one; what you write replaces it, “-” takes it away"
	}
	in := dialog.NewInput(prompt, "")
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
