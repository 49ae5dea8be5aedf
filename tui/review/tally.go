package review

import (
	"slices"

	"stet.example/stet/annotations"
)

// tally is what is counted of what the reviewer says. It follows each act by the
// sentences of that act, so that a key takes as long in an article of which a hundred
// thousand sentences are tagged as in one of fifty.
type tally struct {
	done     int                            // units that must be tagged, and are
	incoming map[int][]int                  // disputed by: place → places, in order
	abroad   map[annotations.Target]int     // sentences of other articles → links to them
	used     map[annotations.EvidenceID]int // evidence items → uses
	lacking  int                            // units that are tagged and not finished; counted when it is asked for first
	counted  bool                           // lacking is
}

func newTally() tally {
	return tally{incoming: map[int][]int{}, abroad: map[annotations.Target]int{}, used: map[annotations.EvidenceID]int{}}
}

// put sets what is said of the unit at place i, and counts it.
func (s *Screen) put(i int, r *annotations.Record) {
	s.counts(i, -1)
	s.set(i, r)
	s.counts(i, 1)
}

// set puts what is said of the unit at place i, nil for nothing, uncounted.
func (s *Screen) set(i int, r *annotations.Record) {
	at := spot{said: r}
	if r != nil {
		at.tag = s.tagOf(r.Tag)
	}
	s.mine.put(i, at)
}

// tagOf is the place of a tag in the codebook, from 1; 0 for none.
func (s *Screen) tagOf(id string) uint8 {
	for n := range s.doc.Book.Tags {
		if s.doc.Book.Tags[n].ID == id {
			return uint8(min(n+1, 255))
		}
	}
	return 0
}

// counts adds what the unit at place i counts for, or, with by = -1, takes it away.
func (s *Screen) counts(i, by int) {
	if s.filter.holds != nil && s.filter.holds(i) {
		s.matching += by
	}
	r := s.record(i)
	if r == nil {
		return
	}
	t := &s.tally
	if s.tagNo(i) != 0 && s.sentence(i).Kind.Required() {
		t.done += by
	}
	if t.counted && s.lacks(i) {
		t.lacking += by
	}
	for _, l := range r.Links {
		if l.To.Article != s.Article() {
			t.abroad[l.To] += by
			continue
		}
		if to := s.place(l.To.Sentence); to >= 0 && l.Relation == annotations.Disputes {
			t.dispute(to, i, by)
		}
	}
	for _, u := range r.Evidence {
		t.used[u.ID] += by
	}
}

// dispute notes that the unit at place from disputes that at place to, or no longer does.
func (t *tally) dispute(to, from, by int) {
	list := t.incoming[to]
	switch at, there := slices.BinarySearch(list, from); {
	case by > 0: // twice where two links say it
		t.incoming[to] = slices.Insert(list, at, from)
	case there:
		t.incoming[to] = slices.Delete(list, at, at+1)
	}
}

// lacks reports whether the unit at place i is tagged and not finished.
func (s *Screen) lacks(i int) bool {
	if s.tagNo(i) == 0 {
		return false
	}
	needs, _ := s.doc.Book.Missing(s.said(i))
	return len(needs) > 0 || s.stale(i)
}

// unfinished is how many units are not finished: those that must be tagged and are
// not, and those that lack something.
func (s *Screen) unfinished() int {
	t := &s.tally
	if !t.counted {
		t.counted, t.lacking = true, 0
		for i := range s.mine.all() {
			if s.lacks(i) {
				t.lacking++
			}
		}
	}
	return s.need - t.done + t.lacking
}

// fill takes what the reviewer said, in place of what is there.
func (s *Screen) fill(said map[annotations.SentenceID]*annotations.Record) {
	s.n = s.doc.Article.Len()
	s.mine = shelfFor(s.n)
	s.busy, s.tally = map[int]int{}, newTally()
	holds := s.filter.holds
	s.filter.holds = nil // it is counted once, behind
	places := make([]int, 0, len(said))
	for id, r := range said {
		if i := s.place(id); i >= 0 {
			s.set(i, r)
			places = append(places, i)
		}
	}
	slices.Sort(places)
	for _, i := range places { // in order, so that what leads to one place is put behind what is there
		s.counts(i, 1)
	}
	s.filter.holds = holds
	s.countFilter()
}

// place is where a sentence stands on the screen, from 0; -1 where it does not.
func (s *Screen) place(id annotations.SentenceID) int { return s.order.place(id) }
