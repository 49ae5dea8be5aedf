package audit

import (
	"fmt"
	"maps"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Sample is a draw to be checked.
type Sample struct {
	Seed  [32]byte
	Drawn []audit.Drawn // in the order in which they are to be checked
}

// drawn is a sample that is being checked.
type drawn struct {
	Sample
	verb  string                        // of its rulings, see [audit.DrawVerb]
	done  int                           // how many are decided
	risky int                           // how many of it are risky
	said  map[annotations.Target]string // the lead's own tags, said blind
}

// Begin starts the check of a sample, or goes on with it: what is ruled on
// already is skipped.
func (s *Screen) Begin(x Sample) []action.Outcome {
	if len(x.Drawn) == 0 {
		return say("no sentence has a tag yet: there is nothing to check", false)
	}
	d := &drawn{Sample: x, verb: audit.DrawVerb(x.Seed), said: map[annotations.Target]string{}}
	at := &sentence{done: map[annotations.Target]bool{}}
	first := -1
	for i := range x.Drawn {
		it := item{place: x.Drawn[i].Place}
		at.queue = append(at.queue, it)
		if x.Drawn[i].Risky {
			d.risky++
		}
		if first < 0 && !s.settled(it) {
			first = i
		}
	}
	if first < 0 {
		return say(fmt.Sprintf("all %d of this draw are checked; %s draws anew. %s", len(at.queue), s.key(action.Audit, action.Anew), boundWords(s.doc.Figures.Sound.Check)), false)
	}
	s.at, s.drawn, s.check = at, d, nil
	s.recount()
	done := d.done
	words := fmt.Sprintf("%s to check, %d of them risky. Seed %s", plural(len(at.queue), "sentence"), d.risky, audit.SeedText(x.Seed))
	if done > 0 {
		words = fmt.Sprintf("going on: %d of %d are checked. Seed %s", done, len(at.queue), audit.SeedText(x.Seed))
	}
	return append(say(words, false), append(s.goTo(first), s.recheck()...)...)
}

// recount counts anew how many of the draw are decided: a frame must not.
func (s *Screen) recount() {
	if s.at == nil || s.drawn == nil {
		return
	}
	s.drawn.done = 0
	for _, it := range s.at.queue {
		if s.settled(it) {
			s.drawn.done++
		}
	}
}

// blind reports whether what reviewers said is hidden.
func (s *Screen) blind() bool {
	if s.at == nil || s.drawn == nil {
		return false
	}
	it := s.at.item()
	_, said := s.drawn.said[it.target()]
	return !said && !s.settled(it)
}

// askBlind asks for the lead's own tag.
func (s *Screen) askBlind() []action.Outcome {
	it := s.at.item()
	b := s.book(it.place.Key)
	if b == nil {
		return say("the article's codebook is not known here; "+s.key(action.Settle, action.Next)+" goes on", true)
	}
	items, tags := tagItems(b, "")
	key := "0"
	for _, t := range b.Tags {
		if t.Key == key {
			key = ""
		}
	}
	items, tags = append(items, dialog.Item{Key: key, Label: "none of them"}), append(tags, "")
	// Nothing is marked to begin with: an enter too many must not be an answer.
	items, tags = slices.Insert(items, 0, dialog.Item{Label: "not said yet", Off: "press the key of a tag, or move to it"}), slices.Insert(tags, 0, "")
	p := dialog.NewPick("What is it? What others said is hidden until you have said.", items)
	s.Open(p, func() []action.Outcome {
		s.drawn.said[it.target()] = tags[p.Chosen()]
		mine := tags[p.Chosen()]
		if tag, same := common(s.tagged()); same && tag == mine {
			return say("you say the same: "+s.key(action.Settle, action.Stet)+" lets it stand", false)
		}
		return say("you say "+tagOr(mine)+": "+s.key(action.Settle, action.Stet)+" lets a tag stand, "+s.key(action.Settle, action.Amend)+" amends, "+s.key(action.Settle, action.AskBack)+" asks back", false)
	})
	return nil
}

// recheck asks for the bound with the rulings made here.
func (s *Screen) recheck() []action.Outcome {
	rulings := map[audit.Place]annotations.Ruling{}
	for m := range maps.Values(s.made) {
		rulings[m.place] = m.ruling
	}
	s.recount()
	s.checked++
	n, desk := s.checked, s.doc.Figures
	return []action.Outcome{action.Compute{Do: func() any {
		c, err := desk.CheckAfter(rulings)
		return checkDone{desk, n, c, err}
	}}}
}

// bound is the state of the check as far as it is known.
func (s *Screen) bound() audit.Check {
	if s.check != nil {
		return *s.check
	}
	return s.doc.Figures.Sound.Check
}

// endOfDraw is reached when every sentence of the draw was ruled on.
func (s *Screen) endOfDraw() []action.Outcome {
	open := len(s.at.queue) - s.drawn.done
	s.at, s.drawn, s.section = nil, nil, sound
	s.list().mark(audit.Place{}, "bound")
	words := "the draw is checked; the bound stands in this section"
	if open > 0 {
		words = fmt.Sprintf("the draw is checked; open queries: %d. %s goes on when they are answered", open, s.key(action.Audit, action.Blind))
	}
	return append([]action.Outcome{action.AskAudit{}}, say(words, false)...)
}
