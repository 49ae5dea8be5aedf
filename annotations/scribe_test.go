package annotations

import (
	"fmt"
	"maps"
	"slices"
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
