package annotations

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// scribe writes random but lawful histories, and keeps the books on them in the
// most naive way: rows by name, and what each person did as two stacks of acts.
type scribe struct {
	rt     *rapid.T
	events []Event
	now    time.Time
	heads  map[ArticleID]Head
	units  map[ArticleID]int // sentences
	tables map[ArticleID]Meta
	kinds  map[Target]Kind // where a cut made it another one; Absent = gone
	done   map[ArticleID]map[string]bool
	team   *Team
	rows   map[rowKey]Annotation
	revs   map[rowKey]uint64
	rules  map[Target]*Ruling // nil: none, or taken back
	rrevs  map[Target]uint64
	acts   map[string]uint64
	stacks map[string]*stacks
}

type rowKey struct {
	Target
	who string
}

type stacks struct{ undo, redo [][]Event }

func newScribe(rt *rapid.T) *scribe {
	return &scribe{
		rt: rt, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), heads: map[ArticleID]Head{}, units: map[ArticleID]int{},
		tables: map[ArticleID]Meta{}, kinds: map[Target]Kind{}, done: map[ArticleID]map[string]bool{},
		rows: map[rowKey]Annotation{}, revs: map[rowKey]uint64{}, rules: map[Target]*Ruling{}, rrevs: map[Target]uint64{},
		acts: map[string]uint64{}, stacks: map[string]*stacks{},
	}
}

func (s *scribe) kind(t Target) Kind {
	if k, cut := s.kinds[t]; cut {
		return k
	}
	return Kind(t.Sentence % 6)
}

// act files the changes of one act and returns its events.
func (s *scribe) act(who string, article ArticleID, mode Mode, of Act, changes []Change) []Event {
	s.acts[who]++
	act := Act{Session: SessionID([]byte(fmt.Sprintf("%-8s", who))), N: s.acts[who]}
	var made []Event
	for _, c := range changes {
		e := s.event(who, article, act, c)
		e.Mode, e.Of = mode, of
		s.events = append(s.events, e)
		made = append(made, e)
	}
	s.now = s.now.Add(time.Duration(rapid.IntRange(0, 3).Draw(s.rt, "ms")) * time.Millisecond)
	return made
}

func (s *scribe) event(who string, article ArticleID, act Act, c Change) Event {
	head := s.heads[article]
	e := Event{
		Pos: uint64(len(s.events)) + 1, Kind: c.Kind, Time: s.now, Actor: who, Act: act, Article: article, Seq: head.N + 1,
		Sentence: c.Sentence, Unit: s.kind(Target{article, c.Sentence}), Prev: head.Hash, Meta: c.Meta, Evidence: c.Evidence, Codebook: c.Codebook,
	}
	switch at := (Target{article, c.Sentence}); c.Kind {
	case EventAnnotate:
		k := rowKey{at, who}
		if was, ok := s.rows[k]; ok {
			e.Before = &was
		}
		after := c.Annotation.Clone()
		s.revs[k]++
		e.After, e.Rev = &after, s.revs[k]
		s.rows[k] = after
	case EventRule:
		s.rrevs[at]++
		e.RuleBefore, e.RuleAfter, e.Rev = s.rules[at], c.Ruling, s.rrevs[at]
		s.rules[at] = c.Ruling
	case EventImport:
		s.units[article] = c.Meta.Sentences
		s.tables[article] = *c.Meta
	case EventCut:
		e.Cut = c.Cut
		m := s.tables[article]
		m.Recut(c.Cut)
		s.tables[article] = m
		for _, u := range c.Cut.Touched {
			s.kinds[Target{article, u.ID}] = u.Now
		}
	case EventFinish:
		e.Finish = c.Finish
		if s.done[article] == nil {
			s.done[article] = map[string]bool{}
		}
		s.done[article][c.Finish.Reviewer] = c.Finish.Done
	case EventTeam:
		e.Team, s.team = c.Team, c.Team
	case EventAssign:
		e.Assigned = c.Assigned
		m := s.tables[article]
		m.Assigned = c.Assigned
		s.tables[article] = m
	case EventEvidence, EventCodebook:
	}
	e.Hash = HashOf(fmt.Sprintf("%d of %s", e.Pos, act))
	s.heads[article] = Head{N: e.Seq, Hash: e.Hash}
	return e
}

func (s *scribe) do(who string, article ArticleID, changes ...Change) {
	made := s.act(who, article, Do, Act{}, changes)
	if slices.ContainsFunc(made, func(e Event) bool { return e.Kind.Undoable() }) {
		st := s.stack(who)
		st.undo, st.redo = append(st.undo, made), nil
	}
}

func (s *scribe) stack(who string) *stacks {
	if s.stacks[who] == nil {
		s.stacks[who] = &stacks{}
	}
	return s.stacks[who]
}

// revert takes back the newest act, or the newest undo, and reports whether
// there was one. What stood on the sentences before must stand there again.
func (s *scribe) revert(who string, mode Mode) bool {
	st := s.stack(who)
	from, to := &st.undo, &st.redo
	if mode == Redo {
		from, to = to, from
	}
	if len(*from) == 0 {
		return false
	}
	old := (*from)[len(*from)-1]
	for _, e := range old { // a cut is taken back only while nothing was cut after it
		gone := e.Kind == EventAnnotate && s.kind(Target{e.Article, e.Sentence}) == Absent
		if gone || e.Kind == EventCut && e.Cut.Now != s.table(e.Article) {
			return false
		}
	}
	made := s.act(who, old[0].Article, mode, old[0].Act, Invert(old))
	*from, *to = (*from)[:len(*from)-1], append(*to, made)
	seen := map[SentenceID]bool{}
	for _, e := range old { // the oldest event of a sentence says what stood before the act
		if e.Kind != EventAnnotate || seen[e.Sentence] {
			continue
		}
		seen[e.Sentence] = true
		want := Annotation{}
		if e.Before != nil {
			want = *e.Before
		}
		if got := s.rows[rowKey{Target{e.Article, e.Sentence}, who}]; !got.Equal(want) {
			s.rt.Fatalf("%s by %s left %+v on sentence %d, want %+v", old[0].Act, who, got, e.Sentence, want)
		}
	}
	return true
}

func (s *scribe) article() ArticleID {
	ids := slices.SortedFunc(maps.Keys(s.units), func(a, b ArticleID) int { return slices.Compare(a[:], b[:]) })
	return rapid.SampledFrom(ids).Draw(s.rt, "article")
}

func (s *scribe) table(a ArticleID) Table {
	m := s.tables[a]
	return m.Units()
}

func (s *scribe) sentence(a ArticleID) SentenceID {
	return SentenceID(rapid.IntRange(1, s.units[a]).Draw(s.rt, "sentence"))
}

// cut draws a change of kinds, of which some mean that a unit comes or goes.
func (s *scribe) cut(a ArticleID) Change {
	m := s.tables[a]
	c := &Cut{Was: m.Units(), Next: m.NextID() + 1}
	c.Now = Table{Hash: HashOf(fmt.Sprint("table ", len(s.events))), Units: rapid.IntRange(1, 9).Draw(s.rt, "units"), Needed: rapid.IntRange(0, 9).Draw(s.rt, "needed")}
	id := s.sentence(a)
	kinds := []Kind{KindSentence, KindHeading, KindListItem, Absent}
	c.Touched = []UnitChange{{ID: id, Was: s.kind(Target{a, id}), Now: rapid.SampledFrom(kinds).Draw(s.rt, "kind")}}
	return Change{Kind: EventCut, Cut: c}
}

func (s *scribe) annotation() *Annotation {
	a := &Annotation{
		Tag: rapid.SampledFrom([]string{"", "sourced", "contested", "contextual"}).Draw(s.rt, "tag"), Unsure: rapid.Bool().Draw(s.rt, "unsure"),
		Note: rapid.SampledFrom([]string{"", "see page 3"}).Draw(s.rt, "note"),
	}
	if rapid.Bool().Draw(s.rt, "rich") {
		a.Flags = []string{"numbers", "vague"}
		a.Attributions = []Attribution{{Source: []Span{{1, 4}}, Name: "UNODC"}}
		a.Confidential = Seal([16]byte{7}, "hush")
	}
	return a
}

func (s *scribe) step() {
	people := []string{"ana", "ben", "lea"}
	who := rapid.SampledFrom(people).Draw(s.rt, "who")
	what := rapid.IntRange(0, 14).Draw(s.rt, "what")
	if len(s.units) == 0 {
		what = 0
	}
	switch what {
	case 0:
		m := Meta{Text: HashOf(fmt.Sprint(len(s.units))), Sentences: rapid.IntRange(1, 5).Draw(s.rt, "sentences")}
		m.ID = ArticleIDOf(m.Text)
		m.Name = "article-" + m.ID.String()[:4]
		s.do(who, m.ID, Change{Kind: EventImport, Meta: &m})
	case 1:
		s.revert(who, Undo)
	case 2:
		s.revert(who, Redo)
	case 3:
		at := s.article()
		var r *Ruling
		if rapid.Bool().Draw(s.rt, "rules") {
			r = &Ruling{Verdict: Amend, Tag: rapid.SampledFrom([]string{"sourced", "contested"}).Draw(s.rt, "to")}
		}
		s.do("lea", at, Change{Kind: EventRule, Sentence: s.sentence(at), Ruling: r})
	case 4:
		ev := &Evidence{URL: fmt.Sprintf("https://harbour.example/%d", len(s.events))}
		ev.Identify()
		s.do(who, rapid.SampledFrom([]ArticleID{Desk, s.article()}).Draw(s.rt, "desk"), Change{Kind: EventEvidence, Evidence: ev})
	case 5:
		s.do(who, s.article(), Change{Kind: EventCodebook, Codebook: HashOf(who)})
	case 6:
		s.do(who, s.article(), Change{Kind: 99}) // of a later version
	case 7:
		at := s.article()
		s.do(who, at, s.cut(at))
	case 8:
		s.do(who, s.article(), Change{Kind: EventFinish, Finish: &Finish{Reviewer: who, Done: rapid.Bool().Draw(s.rt, "done")}})
	case 9:
		if rapid.Bool().Draw(s.rt, "team") {
			s.do(who, Desk, Change{Kind: EventTeam, Team: &Team{Members: []Member{{"lea", Lead}}, Open: rapid.Bool().Draw(s.rt, "open")}})
		} else {
			s.do(who, s.article(), Change{Kind: EventAssign, Assigned: people[:rapid.IntRange(0, 3).Draw(s.rt, "how many")]})
		}
	default:
		at := s.article()
		var changes []Change
		for range rapid.IntRange(1, 4).Draw(s.rt, "changes") {
			if sent := s.sentence(at); s.kind(Target{at, sent}) != Absent {
				changes = append(changes, Change{Kind: EventAnnotate, Sentence: sent, Annotation: s.annotation()})
			}
		}
		if len(changes) > 0 {
			s.do(who, at, changes...)
		}
	}
}

func history(rt *rapid.T) *scribe {
	s := newScribe(rt)
	for range rapid.IntRange(1, 40).Draw(rt, "steps") {
		s.step()
	}
	return s
}

func mustFold(t rapid.TB, events []Event) *State {
	t.Helper()
	st, err := Fold(events)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

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
	for id, want := range map[SentenceID]string{1: "s001", 42: "s042", 1000: "s1000"} {
		if id.String() != want {
			t.Errorf("%d is %s, want %s", id, id, want)
		}
	}
}
