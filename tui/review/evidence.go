package review

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askEvidence asks for an item used before, or for a URL or file, then where in
// it, what it says, and what that does to the claim.
func (s *Screen) askEvidence() []action.Outcome { return s.evidenceOf(s.cur, annotations.Evidence{}) }

// Unattached asks again for evidence that could not be attached, with what was said
// of it: none of that has to be written twice.
func (s *Screen) Unattached(id annotations.SentenceID, ev annotations.Evidence) {
	if place := s.place(id); place >= 0 {
		s.evidenceOf(place, ev)
	}
}

// evidenceOf asks for evidence on a place; draft is what was said of it before.
func (s *Screen) evidenceOf(place int, draft annotations.Evidence) []action.Outcome {
	known := slices.SortedFunc(maps.Values(s.doc.Evidence), func(a, b annotations.Evidence) int {
		return cmp.Or(strings.Compare(string(s.stanceOf(place, b.ID)), string(s.stanceOf(place, a.ID))), strings.Compare(Cite(&a), Cite(&b)))
	}) // what is attached here first
	items := make([]dialog.Item, len(known))
	for i := range known {
		items[i] = dialog.Item{Label: Cite(&known[i]), Words: known[i].Quote}
		if stance := s.stanceOf(place, known[i].ID); stance != "" {
			items[i].Words = strings.TrimSpace("it " + does(stance) + " (choose it to change that)  " + known[i].Quote)
		}
	}
	p := dialog.NewPick("Evidence: a URL, a file's name, or an item used before:", items).Typing()
	p.Free = func(string) string { return "" }
	p.Paste(draft.File)
	return s.ask(p, func() []action.Outcome {
		if n := p.Chosen(); n >= 0 {
			return s.askStance(place, known[n])
		}
		ev := annotations.Evidence{Quote: draft.Quote, Locator: draft.Locator}
		if u, err := url.Parse(p.Typed()); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			ev.URL = p.Typed()
		} else {
			ev.File = p.Typed()
		}
		return s.askQuote(place, ev)
	})
}

// stanceOf is what an item that is attached to a place does to its claim; "" for one
// that is not.
func (s *Screen) stanceOf(place int, id annotations.EvidenceID) annotations.Stance {
	if a := s.said(place); a != nil {
		if i := slices.IndexFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == id }); i >= 0 {
			return a.Evidence[i].Stance
		}
	}
	return ""
}

// does is a stance as a verb.
func does(stance annotations.Stance) string {
	if stance == annotations.Neutral {
		return "is neutral"
	}
	return string(stance)
}

// Cite names an item: where it is to be found.
func Cite(e *annotations.Evidence) string {
	what := e.URL
	if what == "" {
		what = e.File
	}
	if what == "" {
		what = e.ID.String()
	}
	if e.Locator != "" {
		what += ", " + e.Locator
	}
	return what
}

func (s *Screen) askQuote(place int, ev annotations.Evidence) []action.Outcome {
	in := dialog.NewInput("What it says, word for word (empty: nothing quoted)", ev.Quote)
	in.Help, in.Multi, in.Max = "next: where in it", true, annotations.MaxNote
	return s.ask(in, func() []action.Outcome {
		ev.Quote = in.Text()
		where := dialog.NewInput("Where in it: page, minute, table (empty: not said)", ev.Locator)
		where.Help = "next: what it does"
		return s.ask(where, func() []action.Outcome {
			ev.Locator = where.Text()
			return s.askStance(place, ev)
		})
	})
}

func (s *Screen) askStance(place int, ev annotations.Evidence) []action.Outcome {
	stances := []annotations.Stance{annotations.EvidenceSupports, annotations.Undercuts, annotations.Refutes, annotations.Neutral}
	items := []dialog.Item{
		{Key: "s", Label: "supports", Words: "it says the same"},
		{Key: "u", Label: "undercuts", Words: "it weakens the grounds"},
		{Key: "r", Label: "refutes", Words: "it says the opposite"},
		{Key: "n", Label: "neutral", Words: "background"},
	}
	now := s.stanceOf(place, ev.ID)
	if now != "" {
		items = append(items, dialog.Item{Key: "-", Label: "nothing", Words: "take it away from this sentence"})
	}
	p := dialog.NewPick("What does it do to the claim?", items)
	p.Aligned = true
	p.Mark(slices.Index(stances, now))
	return s.ask(p, func() []action.Outcome {
		if p.Chosen() == len(stances) {
			return s.detach(place, ev.ID)
		}
		stance := stances[p.Chosen()]
		if ev.File != "" && ev.Copy.IsZero() { // the program reads it and keeps a copy
			return []action.Outcome{action.Attach{Article: s.Article(), Sentence: s.sentence(place).ID, Evidence: ev, Stance: stance}}
		}
		return s.attach(place, ev, stance, "")
	})
}

// Attached goes on after the program has kept a copy of a file; found says
// whether the quotation stands in it.
func (s *Screen) Attached(id annotations.SentenceID, ev annotations.Evidence, stance annotations.Stance, found string) []action.Outcome {
	place := s.place(id)
	if place < 0 {
		return say("the sentence is no longer there; the evidence was not attached")
	}
	return s.attach(place, ev, stance, found)
}

func (s *Screen) attach(place int, ev annotations.Evidence, stance annotations.Stance, found string) []action.Outcome {
	ev.Identify()
	var before []annotations.Change
	if _, known := s.doc.Evidence[ev.ID]; !known {
		before = append(before, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &ev})
	}
	a := s.copyOf(place)
	switch at := slices.IndexFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == ev.ID }); {
	case at < 0:
		a.Evidence = append(a.Evidence, annotations.Use{ID: ev.ID, Stance: stance})
	case a.Evidence[at].Stance == stance:
		return say("that evidence is attached already")
	default:
		a.Evidence[at].Stance = stance
	}
	if s.doc.Evidence == nil {
		s.doc.Evidence = map[annotations.EvidenceID]annotations.Evidence{}
	}
	s.doc.Evidence[ev.ID] = ev
	words := fmt.Sprintf("%d evidence that %s", place+1, does(stance))
	if found != "" {
		words += "; " + found
	}
	return []action.Outcome{s.save(place, "evidence", a, words, "", before...)}
}

// detach takes an item away from a place. The item stays, for others and for the record.
func (s *Screen) detach(place int, id annotations.EvidenceID) []action.Outcome {
	a := s.copyOf(place)
	a.Evidence = slices.DeleteFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == id })
	return []action.Outcome{s.save(place, "evidence", a, fmt.Sprintf("%d evidence taken away", place+1), "")}
}
