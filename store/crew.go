package store

import (
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	"stet.example/stet/annotations"
)

// crew is who was set as the team last, nil for nobody, and where the desk's chain
// ended then.
type crew struct {
	set *annotations.Team
	at  annotations.Head
}

// team is a copy of the team, for somebody who may change it.
func (c *crew) team() annotations.Team {
	if c.set == nil {
		return annotations.Team{}
	}
	return c.set.Clone()
}

// crewCache keeps what was proved last of the team. The desk's chain grows with each
// change of the team: while it ends where it did, so does the team.
type crewCache struct{ p atomic.Pointer[crew] }

// team is who works here and by which rules. The row is not believed by itself: one
// bit of it that was flipped may be a rule that is in force no more, and nobody is told.
// It must be what the last event that set the team says, and that proves itself.
func (t boltTx) team() (annotations.Team, error) {
	if t.over == nil {
		return t.teamAsRead()
	}
	if t.over.crew != nil {
		return *t.over.crew, nil
	}
	l, err := t.links(annotations.Desk)
	if err != nil {
		return annotations.Team{}, rowDamaged("the team", err)
	}
	set, err := t.provenTeam(l, nil)
	if err != nil {
		return annotations.Team{}, err
	}
	if set == nil {
		set = &annotations.Team{}
	}
	t.over.crew = set
	return *set, nil
}

// teamAsRead is team for those who look at the file alone.
func (t boltTx) teamAsRead() (annotations.Team, error) {
	known := t.s.crew.p.Load()
	if known != nil && known.at == t.head(annotations.Desk) {
		return known.team(), nil
	}
	l, err := t.links(annotations.Desk)
	if err != nil {
		return annotations.Team{}, rowDamaged("the team", err)
	}
	set, err := t.provenTeam(l, known)
	if err != nil {
		return annotations.Team{}, err
	}
	known = &crew{set: set, at: l.Head}
	t.s.crew.p.Store(known)
	return known.team(), nil
}

// provenTeam is who was set as the team last, nil for nobody: the team's row, if the
// log says the same. known, unless nil, was proved when the desk's chain was shorter.
func (t boltTx) provenTeam(l *links, known *crew) (*annotations.Team, error) {
	set, err := t.lastTeam(l, known)
	if err != nil {
		return nil, err
	}
	v := t.get(bState, teamKey())
	switch {
	case v == nil && set == nil:
		return nil, nil //nolint:nilnil // nobody is no error
	case v == nil || set == nil:
		return nil, rowDamaged("the team", errors.New("it is there or missing, and the log says otherwise"))
	}
	row := &annotations.Team{}
	if err := t.s.codec.dec.Unmarshal(v, row); err != nil {
		return nil, rowDamaged("the team", err)
	}
	if !reflect.DeepEqual(row, set) {
		return nil, rowDamaged("the team", errors.New("it is not what was set, by the log"))
	}
	return row, nil
}

// lastTeam finds who was set as the team last, nil for nobody, from the end of the
// desk's chain back to where known was proved. Events that are passed over prove that
// they are of another kind.
func (t boltTx) lastTeam(l *links, known *crew) (*annotations.Team, error) {
	for n := l.N; n > 0; {
		start, run, err := t.run(annotations.Desk, l, n)
		if err != nil {
			return nil, rowDamaged("the team", err)
		}
		for ; n >= start; n-- {
			if known != nil && known.at.N == n {
				return known.set, nil
			}
			pos := run[n-start]
			rec, _, ok := proven(t.stored(pos))
			if !ok {
				return nil, unreadable(pos, errRecord)
			}
			if article, seq, _ := chainOf(rec); article != annotations.Desk || seq != n {
				return nil, rowDamaged("the team", fmt.Errorf("event %d is not number %d of its chain", pos, n))
			}
			if annotations.EventKind(rec[1]) != annotations.EventTeam {
				continue
			}
			e, err := t.s.codec.decode(pos, t.stored(pos))
			if err != nil || e.Team == nil {
				return nil, unreadable(pos, errors.Join(errRecord, err))
			}
			return e.Team, nil
		}
	}
	return nil, nil //nolint:nilnil // likewise
}
