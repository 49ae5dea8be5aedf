package review

import (
	"cmp"
	"maps"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
)

// How much of an article is read for suggestions, in sentences. An article of up to
// readWhole is read at once. Of a longer one what stands around the reviewer is read,
// and goes on being read ahead of the steps; what was left far behind is forgotten. So
// a suggestion is there as soon in a long article as in a short one, and takes no more
// memory.
const (
	readWhole  = 4000
	readPart   = 1000
	readBehind = 60  // at least so much before the current sentence is read
	readAhead  = 200 // and so much after it
	readKept   = 16_000
)

// long reports whether the article is read in parts.
func (s *Screen) long() bool { return s.n > readWhole }

// Unread is what is to be read next for suggestions: places from ≤ i < to, of which
// some lack it. ok is false when what stands around the current sentence is there, and
// what the action is about that waits for it, if one does.
func (s *Screen) Unread(waits action.ID) (from, to int, ok bool) {
	if at := s.unreadTarget(waits); at >= 0 && s.long() {
		return at, min(at+readPart, s.n), true
	}
	first, last := max(s.cur-readBehind, 0), min(s.cur+readAhead, s.n-1)
	at := -1
	switch {
	case !s.wasRead(s.cur):
		at = s.cur
	default:
		for i := s.cur; i <= last && at < 0; i++ {
			if !s.wasRead(i) {
				at = i
			}
		}
		for i := s.cur; i >= first && at < 0; i-- {
			if !s.wasRead(i) {
				at = i
			}
		}
	}
	switch {
	case at < 0:
		return 0, 0, false
	case !s.long():
		return 0, s.n, true
	case at < s.cur:
		return max(at+1-readPart, 0), at + 1, true
	case at > s.cur:
		return at, min(at+readPart, s.n), true
	}
	from = max(at-readPart/4, 0)
	return from, min(from+readPart, s.n), true
}

// AwaitsReading reports whether a sentence was not read yet that is on the screen, or
// that an action is about.
func (s *Screen) AwaitsReading(id action.ID) bool {
	if s.unreadTarget(id) >= 0 {
		return true
	}
	last := max(s.cur, min(s.view.top+s.view.units, s.cur+readAhead, s.n)-1)
	for i := s.cur; i <= last; i++ {
		if !s.wasRead(i) {
			return true
		}
	}
	return false
}

// unreadTarget is the first place that was not read of those for which an action takes
// what is proposed: a range or a count goes beyond the screen, with a filter far beyond.
// It is -1 when there is none.
func (s *Screen) unreadTarget(id action.ID) int {
	if id != action.Accept || s.anchor < 0 && s.count < 2 {
		return -1
	}
	at := s.targets()
	if i := slices.IndexFunc(at, func(i int) bool { return !s.wasRead(i) }); i >= 0 && len(at) <= maxRange {
		return at[i]
	}
	return -1
}

func (s *Screen) wasRead(i int) bool { return s.Proposed(s.sentence(i).ID) }

// suggest adds what is proposed for sentences that were read, and forgets those that
// are far away when there are many, but not of those that the next act is about: it may
// wait for them.
func (s *Screen) suggest(of map[annotations.SentenceID]Suggestion, quotes []annotations.Span) {
	if s.doc.Suggested == nil {
		s.doc.Suggested = make(map[annotations.SentenceID]Suggestion, len(of))
	}
	maps.Copy(s.doc.Suggested, of)
	s.doc.Quotations = append(s.doc.Quotations, quotes...)
	slices.SortFunc(s.doc.Quotations, func(a, b annotations.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	s.doc.Quotations = slices.Compact(s.doc.Quotations)
	if len(s.doc.Suggested) <= readKept {
		return
	}
	about := s.targets()
	if len(about) > maxRange {
		about = nil
	}
	maps.DeleteFunc(s.doc.Suggested, func(id annotations.SentenceID, _ Suggestion) bool {
		at := s.place(id)
		return (at < s.cur-readKept/4 || at > s.cur+readKept/4) && !slices.Contains(about, at)
	})
	near := annotations.Span{
		Start: s.sentence(max(s.cur-readKept/4, 0)).Span.Start,
		End:   s.sentence(min(s.cur+readKept/4, s.n-1)).Span.End,
	}
	s.doc.Quotations = slices.DeleteFunc(s.doc.Quotations, func(q annotations.Span) bool { return q.End <= near.Start || q.Start >= near.End })
}

// Proposed reports whether a sentence was read for suggestions and is still known to
// have been.
func (s *Screen) Proposed(id annotations.SentenceID) bool {
	_, ok := s.doc.Suggested[id]
	return ok
}
