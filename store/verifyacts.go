package store

import (
	"slices"

	"stet.example/stet/annotations"
)

// person is somebody who has done something.
type person struct {
	name string
	annotations.History
	reversible bool // some of what was done can be, or could be, taken back
}

// session is what one session did last, and for whom.
type session struct {
	written
	actor  string
	person uint32
	tally  *tally // of the article it was at last, or nil
	mine   uint32 // which of the people there the person is
}

// who notes for whom a session acts: mostly for one person, but what is merged is
// in others' names.
func (f *folding) who(s *session, actor string) {
	if s.actor != actor || s.n == 0 || actor == "" {
		s.actor, s.person, s.tally = actor, f.number(actor), nil
	}
}

func (f *folding) number(name string) uint32 {
	i, known := f.named[name]
	if !known {
		i = uint32(len(f.people))
		f.named[name], f.people = i, append(f.people, person{name: name})
	}
	return i
}

// remember keeps a person's acts as [annotations.State] does. Where an act becomes
// one that can be taken back, or done again, it tells where that act begins and
// where the one below it does, 0 for none.
func (f *folding) remember(act annotations.Act, pos uint64, mode annotations.Mode, reversible bool, who uint32) (first, below uint64, grew bool) {
	if f.last.Act == act && f.last.First+uint64(f.last.Count) == pos {
		f.last.Count++
	} else {
		f.last = annotations.Done{Act: act, First: pos, Count: 1}
	}
	if !reversible {
		return 0, 0, false
	}
	f.people[who].reversible = true
	h := &f.people[who].History
	list, other := &h.Undo, &h.Redo
	if mode == annotations.Undo {
		list, other = other, list
	}
	n := len(*list)
	switch {
	case mode > annotations.Redo:
		return 0, 0, false
	case n > 0 && (*list)[n-1].Act == act:
		(*list)[n-1] = f.last
		return 0, 0, false
	case mode == annotations.Do:
		*other = nil
	case len(*other) == 0:
		return 0, 0, false
	default:
		*other = (*other)[:len(*other)-1]
	}
	if n > 0 {
		below = (*list)[n-1].First
	}
	*list = append(doubled(*list), f.last)
	return f.last.First, below, true
}

// acts gives everybody's lists to the state.
func (f *folding) acts() {
	clear(f.state.Acts)
	for i := range f.people {
		if p := &f.people[i]; p.reversible {
			f.state.Acts[p.name] = &p.History
		}
	}
}

// doubled is list with room for one more: where it is full, for as many more as it
// has, so that little is copied while it grows.
func doubled[T any](list []T) []T {
	if len(list) < cap(list) {
		return list
	}
	return slices.Grow(list, max(8, len(list)))
}
