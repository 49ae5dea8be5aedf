package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
)

// maxRange bounds how many sentences one act may be about: a store takes 128
// changes at once, and evidence items count.
const maxRange = 100

// edited is what is to be said of the unit at a place.
type edited struct {
	at     int
	a      annotations.Annotation
	secret string
}

// targets are the places that the next act is about: the range, or as many as
// the count says, or the current one. Within a filter only what it shows counts.
func (s *Screen) targets() []int {
	if s.anchor >= 0 {
		var out []int
		for i := min(s.anchor, s.cur); i <= max(s.anchor, s.cur); i++ {
			if s.shown(i) {
				out = append(out, i)
			}
		}
		return out
	}
	out := []int{s.cur}
	for at := s.cur; len(out) < s.count; {
		next := s.step(at, 1)
		if next == at {
			break
		}
		at, out = next, append(out, next)
	}
	return out
}

// whyMany says why an action cannot be about so many sentences as the count or the
// range says; "" when it can, or is about one.
func (s *Screen) whyMany(id action.ID) string {
	if s.anchor < 0 && s.count < 2 {
		return ""
	}
	switch id {
	case action.Evidence, action.Link, action.Inside, action.Spans, action.Confidential, action.Editor, action.Split, action.Join, action.AcceptAll:
		if s.anchor >= 0 {
			return "this is said of one sentence at a time; drop the range first, esc does"
		}
		return "this is said of one sentence at a time, without a count"
	}
	switch {
	case s.count > 1 && !counted(id):
		return "a count does nothing with that key"
	case s.count > 1 && s.anchor >= 0 && !moves(id):
		return "the range says which sentences are meant, so no count does; esc drops the range"
	case !moves(id) && counted(id) && len(s.targets()) <= maxRange && s.firstOutdated(id) != "":
		return s.firstOutdated(id)
	case moves(id) || !counted(id):
	case len(s.targets()) == 0: // a number, or what is searched for, leads to sentences that it hides
		return fmt.Sprintf("“%s” shows no sentence of the range; %s all shows the rest, esc drops the range", s.filter.name, s.key(action.Step))
	case len(s.targets()) > maxRange:
		return tooMany(len(s.targets()))
	}
	return ""
}

// firstOutdated is why an action can say nothing more of one of the sentences it is about.
func (s *Screen) firstOutdated(id action.ID) string {
	for _, i := range s.targets() {
		if why := s.outdated(id, i); why != "" {
			return why
		}
	}
	return ""
}

func tooMany(n int) string {
	return fmt.Sprintf("%d sentences at once are too many; the limit is %d", n, maxRange)
}

// moves reports whether a count says how far an action goes.
func moves(id action.ID) bool {
	return id == action.Next || id == action.Prev || id == action.NextUntagged || id == action.PrevUntagged
}

// counted reports whether a count means something to an action: it is said of so many
// sentences, or goes so far.
func counted(id action.ID) bool {
	switch id {
	case action.Untag, action.Repeat, action.Accept, action.Unsure, action.Check, action.Source, action.Rule, action.Flags, action.Note, action.Verdict:
		return true
	}
	return moves(id) || strings.HasPrefix(string(id), string(action.Tag)+"-")
}

// Uncounted drops a count that an action has no use for, and says so; "" when there is
// none, or it has.
func (s *Screen) Uncounted(id action.ID) string {
	why := s.whyMany(id)
	if s.count < 2 || counted(id) {
		return ""
	}
	s.count = 0
	return why
}

// Cancel closes the open panel; without one it drops the range, then takes the marks
// of a search away.
func (s *Screen) Cancel() []action.Outcome {
	switch {
	case s.Close():
	case s.anchor >= 0:
		return s.toggleRange()
	default:
		s.found = false
	}
	return nil
}

// each changes what is said of each of the places and saves it as one act. What
// does not change is left alone.
func (s *Screen) each(at []int, verb, words string, fn func(i int, a *annotations.Annotation)) []action.Outcome {
	var list []edited
	for _, i := range at {
		a := s.copyOf(i)
		fn(i, &a)
		same := a.Clone()
		if r := s.record(i); r != nil {
			same.Codebook = r.Codebook
			if same.Equal(r.Annotation) && !s.stale(i) {
				continue
			}
		} else if same.IsZero() {
			continue
		}
		list = append(list, edited{at: i, a: a})
	}
	s.anchor, s.count = -1, 0
	switch {
	case len(list) == 0:
		return say(fmt.Sprintf("%s says that already", span(at)))
	case len(list) > maxRange:
		return say(tooMany(len(list)))
	}
	return []action.Outcome{s.saveAll(list, verb, span(at)+" "+words)}
}

// span names places, which are in order, for people: 19, 16-19, 16, 18, 20-24.
func span(at []int) string {
	var parts []string
	for from := 0; from < len(at); {
		to := from + 1
		for to < len(at) && at[to] == at[to-1]+1 {
			to++
		}
		if to-from > 2 {
			parts = append(parts, strconv.Itoa(at[from]+1)+"-"+strconv.Itoa(at[to-1]+1))
		} else {
			parts = append(parts, list(at[from:to]))
		}
		from = to
	}
	return strings.Join(parts, ", ")
}

// save says a of the unit at place i, with changes that must come before it.
func (s *Screen) save(i int, verb string, a annotations.Annotation, words, secret string, before ...annotations.Change) action.Outcome {
	return s.saveAll([]edited{{at: i, a: a, secret: secret}}, verb, words, before...)
}

// saveAll sets places on the screen and asks for them to be stored as one act.
func (s *Screen) saveAll(list []edited, verb, words string, before ...annotations.Change) action.Outcome {
	out := action.Save{Article: s.Article(), Changes: before, Words: words}
	for _, e := range list {
		u := s.sentence(e.at)
		rev, offered := s.rev(e.at), ""
		if sug := s.suggested(e.at); sug != nil && sug.Whole == nil && e.a.Tag != "" && s.saw(e.at) {
			offered = sug.Tag
		}
		if fits := s.known(&e.a); !fits.Equal(e.a) { // said under another codebook, it would have all of it refused
			e.a = fits
			out.Words = words + "; what the codebook no longer has was left out"
		}
		e.a.Codebook = s.doc.Book.Hash
		out.Changes = append(out.Changes, annotations.Change{
			Kind: annotations.EventAnnotate, Verb: verb, Sentence: u.ID, Rev: rev, Annotation: &e.a, Secret: e.secret, Offered: offered,
		})
		s.put(e.at, &annotations.Record{Annotation: e.a, Rev: rev + 1, Words: annotations.HashOf(s.text(e.at)).Start()})
		s.busy[e.at]++
		if e.a.Tag != "" {
			c := e.a.Clone()
			s.last = &c
		}
		for _, at := range slices.Backward(e.a.Attributions) {
			s.remember(at.Name)
		}
	}
	return out
}

// text is the text of a unit as it stands in the article.
func (s *Screen) text(i int) string { return s.in(s.sentence(i).Span) }

// stale reports whether what is said of a unit was said of other words: it was
// cut since.
func (s *Screen) stale(i int) bool {
	at := s.mine.at(i)
	if at.said == nil || at.said.IsZero() {
		return false
	}
	if at.fresh == 0 {
		at.fresh = asSaid
		if at.said.OfOtherWords(s.text(i)) {
			at.fresh = otherWords
		}
		s.mine.put(i, at)
	}
	return at.fresh == otherWords
}

// What is known of the words that something was said of; 0 = they were not compared.
const (
	asSaid     = 1
	otherWords = 2
)
