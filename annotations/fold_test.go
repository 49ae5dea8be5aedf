package annotations

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFoldOfAnyHistoryIsWhatTheBooksSay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := history(rt)
		st := mustFold(rt, s.events)
		if st.Size != uint64(len(s.events)) {
			rt.Fatalf("size %d of %d events", st.Size, len(s.events))
		}
		rows := 0
		for id, a := range st.Articles {
			if a.Head != s.heads[id] {
				rt.Fatalf("head of %s is %+v, want %+v", id, a.Head, s.heads[id])
			}
			for k, r := range a.Annotations {
				rows++
				key := rowKey{Target{id, k.Sentence}, k.Reviewer}
				if !r.Annotation.Equal(s.rows[key]) || r.Rev != s.revs[key] {
					rt.Fatalf("%+v is %+v at revision %d, want %+v at %d", key, r.Annotation, r.Rev, s.rows[key], s.revs[key])
				}
			}
			for sent, r := range a.Rulings {
				want := s.rules[Target{id, sent}]
				if (want == nil) != (r.Verdict == "") || want != nil && *want != r.Ruling {
					rt.Fatalf("ruling on %d is %+v, want %+v", sent, r.Ruling, want)
				}
			}
			progressIsTheCount(rt, s, id, a)
			if a.Meta.Units() != s.table(id) || !slices.Equal(a.Meta.Assigned, s.tables[id].Assigned) || a.Meta.Next != s.tables[id].Next {
				rt.Fatalf("the entry is %+v, want %+v", a.Meta, s.tables[id])
			}
		}
		if s.team != nil && !reflect.DeepEqual(st.Team, *s.team) {
			rt.Fatalf("the team is %+v, want %+v", st.Team, *s.team)
		}
		if rows != len(s.rows) {
			rt.Fatalf("%d rows, want %d", rows, len(s.rows))
		}
		for who, want := range s.stacks {
			sameStack(rt, who+" undo", st.Acts[who], Undo, want.undo)
			sameStack(rt, who+" redo", st.Acts[who], Redo, want.redo)
		}
	})
}

// progressIsTheCount counts an article's rows again, one by one.
func progressIsTheCount(rt *rapid.T, s *scribe, id ArticleID, a *ArticleState) {
	for who, p := range a.Progress {
		want := Progress{ByTag: map[string]int{}, Pos: p.Pos, Time: p.Time, Current: p.Current, Finished: s.done[id][who]}
		if p.ByTag == nil {
			p.ByTag = map[string]int{}
		}
		newest := uint64(0)
		for k, r := range a.Annotations {
			if k.Reviewer != who {
				continue
			}
			newest = max(newest, r.Pos)
			kind := s.kind(Target{id, k.Sentence})
			if kind == Absent {
				continue
			}
			if r.Unsure {
				want.Unsure++
			}
			switch {
			case r.Tag == "":
			case kind.Required():
				want.Tagged++
				want.ByTag[r.Tag]++
			default:
				want.Extra++
				want.ByTag[r.Tag]++
			}
		}
		if !reflect.DeepEqual(p, want) || p.Pos != newest {
			rt.Fatalf("progress of %s is %+v, counted %+v, newest event %d", who, p, want, newest)
		}
	}
}

func sameStack(rt *rapid.T, what string, h *History, mode Mode, want [][]Event) {
	var got []Done
	if h != nil {
		got = h.Undo
		if mode == Redo {
			got = h.Redo
		}
	}
	if len(got) != len(want) {
		rt.Fatalf("%s has %d acts, want %d", what, len(got), len(want))
	}
	for i, d := range got {
		last := want[i][len(want[i])-1]
		if d.Act != last.Act || d.First != want[i][0].Pos || d.First+uint64(d.Count)-1 != last.Pos {
			rt.Fatalf("%s: act %d is %+v, want %s from %d to %d", what, i, d, last.Act, want[i][0].Pos, last.Pos)
		}
	}
	top, ok := h.Top(mode)
	if ok != (len(want) > 0) || ok && top != got[len(got)-1] {
		rt.Fatalf("%s: top is %+v, %v", what, top, ok)
	}
}

func TestFoldIsTheSameTwiceAndInTwoHalves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := history(rt)
		whole := mustFold(rt, s.events)
		if again := mustFold(rt, s.events); !reflect.DeepEqual(whole, again) {
			rt.Fatal("the same events gave another state")
		}
		k := rapid.IntRange(0, len(s.events)).Draw(rt, "cut")
		half := mustFold(rt, s.events[:k])
		kept := half.Clone()
		for i := range s.events[k:] {
			if err := half.Apply(&s.events[k+i]); err != nil {
				rt.Fatal(err)
			}
		}
		if !reflect.DeepEqual(whole, half) {
			rt.Fatal("folding in two halves gave another state")
		}
		if !reflect.DeepEqual(kept, mustFold(rt, s.events[:k])) {
			rt.Fatal("a clone changed with the state it was taken from")
		}
	})
}

// forgeries turn an event into one that does not follow. Each reports whether
// it applies to the event.
var forgeries = map[string]func(e *Event, s *State) bool{ //nolint:gochecknoglobals // a table
	"a position left out":          func(e *Event, _ *State) bool { e.Pos++; return true },
	"a position twice":             func(e *Event, _ *State) bool { e.Pos--; return true },
	"a link left out":              func(e *Event, _ *State) bool { e.Seq++; return true },
	"a link twice":                 func(e *Event, _ *State) bool { e.Seq--; return true },
	"another event before it":      func(e *Event, _ *State) bool { e.Prev[5] ^= 1; return true },
	"a date before the last":       func(e *Event, s *State) bool { e.Time = s.Last.Add(-time.Microsecond); return s.Size > 0 },
	"an article that is not there": func(e *Event, _ *State) bool { e.Article, e.Seq, e.Prev = ArticleID{250}, 1, Hash{}; return true },
	"another article's entry": func(e *Event, _ *State) bool {
		if e.Kind != EventImport {
			return false
		}
		m := *e.Meta
		m.ID[0] ^= 1
		e.Meta = &m
		return true
	},
	"a cut of another table": func(e *Event, _ *State) bool {
		if e.Kind != EventCut {
			return false
		}
		c := *e.Cut
		c.Was.Units++
		e.Cut = &c
		return true
	},
	"a cut of nothing": func(e *Event, _ *State) bool { e.Cut = nil; return e.Kind == EventCut },
	"a team of an article": func(e *Event, s *State) bool {
		for id, a := range s.Articles {
			if id != Desk && e.Kind == EventTeam {
				e.Article, e.Seq, e.Prev = id, a.Head.N+1, a.Head.Hash
				return true
			}
		}
		return false
	},
	"no team":                func(e *Event, _ *State) bool { e.Team = nil; return e.Kind == EventTeam },
	"finished by nobody":     func(e *Event, _ *State) bool { e.Finish = nil; return e.Kind == EventFinish },
	"an import of nothing":   func(e *Event, _ *State) bool { e.Meta = nil; return e.Kind == EventImport },
	"an import of a known":   func(e *Event, s *State) bool { e.Kind = EventImport; return s.Articles[e.Article] != nil },
	"a revision left out":    func(e *Event, _ *State) bool { e.Rev++; return e.Kind == EventAnnotate || e.Kind == EventRule },
	"a revision twice":       func(e *Event, _ *State) bool { e.Rev--; return e.Kind == EventAnnotate || e.Kind == EventRule },
	"nothing left":           func(e *Event, _ *State) bool { e.After = nil; return e.Kind == EventAnnotate },
	"no evidence item":       func(e *Event, _ *State) bool { e.Evidence = nil; return e.Kind == EventEvidence },
	"a codebook of the desk": func(e *Event, s *State) bool { return e.Kind == EventCodebook && toDesk(e, s) },
	"an annotation of the desk": func(e *Event, s *State) bool {
		e.Rev, e.Before = 1, nil
		return e.Kind == EventAnnotate && toDesk(e, s)
	},
	"a ruling on the desk": func(e *Event, s *State) bool {
		e.Rev, e.RuleBefore = 1, nil
		return e.Kind == EventRule && toDesk(e, s)
	},
	"an import of the desk": func(e *Event, s *State) bool {
		e.Kind, e.Meta = EventImport, &Meta{}
		return toDesk(e, s)
	},
	"another past": func(e *Event, _ *State) bool {
		if e.Kind != EventAnnotate || e.Before == nil {
			e.Before = &Annotation{Tag: "sourced"}
			return e.Kind == EventAnnotate
		}
		b := e.Before.Clone()
		b.Note += "!"
		e.Before = &b
		return true
	},
	"a past left out": func(e *Event, _ *State) bool {
		had := e.Before != nil
		e.Before = nil
		return e.Kind == EventAnnotate && had
	},
	"another ruling before": func(e *Event, _ *State) bool {
		if e.RuleBefore != nil {
			e.RuleBefore = nil
		} else {
			e.RuleBefore = &Ruling{Verdict: Stet}
		}
		return e.Kind == EventRule
	},
}

// toDesk files e properly at the end of the desk's chain.
func toDesk(e *Event, s *State) bool {
	var head Head
	if a := s.Articles[Desk]; a != nil {
		head = a.Head
	}
	e.Article, e.Seq, e.Prev = Desk, head.N+1, head.Hash
	return true
}

func TestAnEventThatDoesNotFollowIsRefusedAndChangesNothing(t *testing.T) {
	tried := map[string]int{}
	once := func(rt *rapid.T) {
		s := history(rt)
		i := rapid.IntRange(0, len(s.events)-1).Draw(rt, "event")
		st := mustFold(rt, s.events[:i])
		for name, forge := range forgeries {
			e := s.events[i]
			if !forge(&e, st) {
				continue
			}
			tried[name]++
			before := st.Clone()
			err := st.Apply(&e)
			var broken *BrokenError
			if !errors.As(err, &broken) || broken.Why == "" || err.Error() == "" {
				rt.Fatalf("%s: %v; want a BrokenError", name, err)
			}
			if !reflect.DeepEqual(before, st) {
				rt.Fatalf("%s: refused, but the state changed", name)
			}
		}
		if err := st.Apply(&s.events[i]); err != nil {
			rt.Fatalf("the true event is refused after the forged ones: %v", err)
		}
	}
	// Some forgeries need a rare event. Draws go on until each was tried; a
	// generator that cannot make one is found by the bound.
	for range 50 {
		rapid.Check(t, once)
		if len(tried) == len(forgeries) || t.Failed() {
			break
		}
	}
	for name := range forgeries {
		if tried[name] == 0 {
			t.Errorf("%s was never tried", name)
		}
	}
}

func TestInvertLeavesOutWhatCannotBeTakenBack(t *testing.T) {
	m := &Meta{}
	got := Invert([]Event{
		{Kind: EventEvidence, Evidence: &Evidence{}},
		{Kind: EventAnnotate, Sentence: 1, Rev: 1, After: &Annotation{Tag: "sourced"}},
		{Kind: EventImport, Meta: m},
		{Kind: EventRule, Sentence: 2, Rev: 4, RuleBefore: &Ruling{Verdict: Stet}},
		{Kind: EventCodebook},
		{Kind: 77},
	})
	if len(got) != 2 || got[0].Kind != EventRule || got[0].Ruling.Verdict != Stet || got[0].Rev != 4 ||
		got[1].Kind != EventAnnotate || !got[1].Annotation.IsZero() {
		t.Errorf("got %+v", got)
	}
}

func TestSentenceAndEventNamesGoBothWays(t *testing.T) {
	for k := KindSentence; k.Known(); k++ {
		if got, err := ParseKind(k.String()); err != nil || got != k {
			t.Errorf("%s: %v, %v", k, got, err)
		}
	}
	if _, err := ParseKind("poem"); err == nil {
		t.Error("a kind that is none")
	}
	if Kind(200).Known() || Kind(200).String() != "kind 200" || EventKind(200).Known() || EventKind(200).String() != "kind-200" {
		t.Error("a kind of a later version has no name of its own")
	}
	for c := CheckNone; c <= CheckDone; c++ {
		if got, ok := ParseCheck(c.String()); !ok || got != c {
			t.Errorf("%s: %v", c, got)
		}
	}
	if _, ok := ParseCheck("maybe"); ok || Check(9).String() != "unknown" {
		t.Error("a check that is none")
	}
	for _, s := range []string{"", "s", "s0", "s000", "s1", "s01", "001", "s0001", "s3junk", "s003junk", "s003 ", "s+03", "S003", "s4294967296"} {
		if id, err := ParseSentenceID(s); err == nil {
			t.Errorf("%q was read as the ID %s", s, id)
		}
	}
	for id, want := range map[SentenceID]string{1: "s001", 42: "s042", 1000: "s1000"} {
		if id.String() != want {
			t.Errorf("%d is %s, want %s", id, id, want)
		}
		if back, err := ParseSentenceID(want); err != nil || back != id {
			t.Errorf("%s was read as %d, %v", want, back, err)
		}
	}
}
