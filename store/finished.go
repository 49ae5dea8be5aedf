package store

import (
	"context"
	"fmt"

	"stet.example/stet/annotations"
)

// finishMarks are the events of an article that say of people whether they have
// finished it, by person, the oldest first.
type finishMarks map[string][]annotations.Event

func finishMarksOf(ctx context.Context, st Store, article annotations.ArticleID) (finishMarks, error) {
	out := finishMarks{}
	for after := uint64(0); ; {
		list, next, err := st.Events(ctx, Query{Article: article}, after, perRead)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if e := &list[i]; e.Kind == annotations.EventFinish && e.Finish != nil {
				out[e.Finish.Reviewer] = append(out[e.Finish.Reviewer], *e)
			}
		}
		if len(list) == 0 || next <= after {
			return out, nil
		}
		after = next
	}
}

// before reports whether who had finished before the event at a position. To finish what
// is finished changes nothing, so to take that back must change nothing either.
func (m finishMarks) before(who string, pos uint64) (done bool) {
	for _, e := range m[who] {
		if e.Pos < pos {
			done = e.Finish.Done
		}
	}
	return done
}

// leftBy reports whether an event, or what the same person took back since, left what
// stands now.
func (m finishMarks) leftBy(e *annotations.Event) bool {
	list := m[e.Finish.Reviewer]
	if len(list) == 0 {
		return true // it may not be seen
	}
	last := &list[len(list)-1]
	return last.Actor == e.Actor && last.Finish.Done == e.Finish.Done && (last.Pos == e.Pos || last.Mode != annotations.Do)
}

// rebaseFinish makes changes that take back finish marks bring back what stood before the
// events. Where somebody else has said something since, that is not taken back.
func rebaseFinish(ctx context.Context, st Store, events []annotations.Event, changes []annotations.Change) error {
	was := map[string]*annotations.Event{} // the first of the act; what stands is left by the last
	var last []*annotations.Event
	for i := range events {
		e := &events[i]
		if e.Kind != annotations.EventFinish {
			continue
		}
		if _, seen := was[e.Finish.Reviewer]; !seen {
			was[e.Finish.Reviewer] = e
		}
		last = append(last, e)
	}
	if len(was) == 0 {
		return nil
	}
	marks, err := finishMarksOf(ctx, st, events[0].Article)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := len(last) - 1; i >= 0; i-- {
		if who := last[i].Finish.Reviewer; !seen[who] && !marks.leftBy(last[i]) {
			return &Error{
				Kind: ErrConflict, What: fmt.Sprintf("whether %s has finished was settled anew since", who),
				Safe: "Nothing was changed", Next: "Change it by hand; undo goes back no further",
			}
		}
		seen[last[i].Finish.Reviewer] = true
	}
	for i := range changes {
		if f := changes[i].Finish; f != nil {
			f.Done = marks.before(f.Reviewer, was[f.Reviewer].Pos)
		}
	}
	return nil
}
