package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// pair drives the model in memory and the engine on disk with the same acts
// under the same clock, and compares every answer.
type pair struct {
	rt       *rapid.T
	tb       *testing.T
	path     string
	now      time.Time
	model    *store.Memory
	bolt     *store.Bolt
	articles []*annotations.Article
	secrets  []annotations.Sealed
	items    []annotations.EvidenceID
	sessions map[string]*twin
	last     *store.Batch
	took     map[string]int // how many acts of each sort were stored, and refused
}

// twin is a person's session, the same for both stores.
type twin struct {
	id annotations.SessionID
	n  uint64
}

func newPair(rt *rapid.T, tb *testing.T) *pair {
	p := &pair{rt: rt, tb: tb, path: filepath.Join(tb.TempDir(), "stet.db"), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), sessions: map[string]*twin{}, took: map[string]int{}}
	id := store.StoreID{1, 2, 3}
	var err error
	if p.model, err = store.NewMemory(id, p.clock); err != nil {
		rt.Fatal(err)
	}
	p.open()
	for i := range 3 {
		p.articles = append(p.articles, storetest.Article(tb, fmt.Sprintf("topic %d", i), 3+i))
	}
	return p
}

func (p *pair) clock() time.Time { return p.now }

func (p *pair) open() {
	var err error
	p.bolt, err = store.Open(context.Background(), store.Options{
		Path: p.path, Program: "test", App: "memory", Create: true, Clock: p.clock, Random: bytes.NewReader([]byte("\x01\x02\x03" + strings.Repeat("\x00", 13))),
		NoSync: true, Slow: storetest.SlowRead(p.tb),
	})
	if err != nil {
		p.rt.Fatal(err)
	}
}

func (p *pair) reopen() {
	if err := p.bolt.Close(); err != nil {
		p.rt.Fatal(err)
	}
	if _, err := p.model.Seal(context.Background()); err != nil { // as Close does
		p.rt.Fatal(err)
	}
	p.open()
}

// sentinels are what callers decide by.
func sentinels() []error {
	return []error{
		store.ErrConflict, store.ErrInvalid, store.ErrNotFound, store.ErrUnknown, store.ErrFull, store.ErrPoisoned, store.ErrDamaged,
		store.ErrHeld, store.ErrNewerFormat, store.ErrForeign, store.ErrReadOnly, store.ErrForbidden, store.ErrClosed,
	}
}

func kindOf(err error) error {
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			return s
		}
	}
	return err
}

// same fails unless both stores answered alike.
func (p *pair) same(what string, want, got any, wantErr, gotErr error) {
	p.rt.Helper()
	if !errors.Is(kindOf(gotErr), kindOf(wantErr)) || (wantErr == nil) != (gotErr == nil) {
		p.rt.Fatalf("%s: the model says %v, the engine %v", what, wantErr, gotErr)
	}
	if wantErr == nil && !reflect.DeepEqual(want, got) {
		p.rt.Fatalf("%s: the model says\n%+v\nthe engine\n%+v", what, want, got)
	}
}

func (p *pair) both(what string, ask func(s store.Store) (any, error)) (any, error) {
	p.rt.Helper()
	want, wantErr := ask(p.model)
	got, gotErr := ask(p.bolt)
	p.same(what, want, got, wantErr, gotErr)
	return want, wantErr
}

func (p *pair) append(b store.Batch) error {
	_, err := p.both(fmt.Sprintf("append %+v", b), func(s store.Store) (any, error) { return s.Append(context.Background(), b) })
	return err
}

func (p *pair) session(who string) *twin {
	if p.sessions[who] == nil {
		p.sessions[who] = &twin{id: annotations.SessionID([]byte(fmt.Sprintf("%-8s", who)))}
	}
	return p.sessions[who]
}

func (p *pair) do(who string, article annotations.ArticleID, mode annotations.Mode, of annotations.Act, changes ...annotations.Change) error {
	s := p.session(who)
	b := store.Batch{Act: annotations.Act{Session: s.id, N: s.n + 1}, Actor: who, Tool: "test", Article: article, Mode: mode, Of: of, Changes: changes}
	err := p.append(b)
	if err != nil {
		p.took["refused"]++
		return err
	}
	s.n++
	p.last = &b
	p.took[fmt.Sprintf("mode %d", mode)]++
	for _, c := range changes {
		p.took[c.Kind.String()]++
	}
	return nil
}

func (p *pair) who() string {
	return rapid.SampledFrom([]string{"ana", "ben", "lea"}).Draw(p.rt, "who")
}

func (p *pair) article() *annotations.Article {
	return rapid.SampledFrom(p.articles).Draw(p.rt, "article")
}

// rev is what stands on a sentence, now and then a stale one.
func (p *pair) rev(id annotations.ArticleID, s annotations.SentenceID, who string) uint64 {
	rows, err := p.model.State(context.Background(), id, s, s+1, 100)
	if err != nil || p.rarely(15, "stale") {
		return 0
	}
	for _, r := range rows {
		if r.Reviewer == who && who != "" {
			return r.Annotation.Rev
		}
		if r.Ruling != nil && who == "" {
			return r.Ruling.Rev
		}
	}
	return 0
}

// rarely is true about once in n times.
func (p *pair) rarely(n int, what string) bool { return rapid.IntRange(1, n).Draw(p.rt, what) == n }

// change draws a change; about one in six cannot be.
func (p *pair) change(id annotations.ArticleID, who string) annotations.Change {
	sent := annotations.SentenceID(rapid.IntRange(1, 3).Draw(p.rt, "sentence"))
	if p.rarely(20, "no such sentence") {
		sent = rapid.SampledFrom([]annotations.SentenceID{0, 6, math.MaxUint32}).Draw(p.rt, "which")
	}
	switch rapid.IntRange(0, 19).Draw(p.rt, "kind") {
	case 0:
		return annotations.Change{Kind: annotations.EventRule, Sentence: sent, Rev: p.rev(id, sent, ""), Verb: "rule", Ruling: rapid.SampledFrom([]*annotations.Ruling{
			nil, {Verdict: annotations.Stet}, {Verdict: annotations.Amend, Tag: "contested", Reason: "two sides"}, {Verdict: "perhaps"},
		}).Draw(p.rt, "ruling")}
	case 1:
		ev := annotations.Evidence{URL: fmt.Sprintf("https://harbour.example/%d", rapid.IntRange(0, 4).Draw(p.rt, "item"))}
		p.items = append(p.items, ev.Identify())
		return annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}
	case 2:
		return annotations.Change{Kind: annotations.EventCodebook, Codebook: rapid.SampledFrom([]annotations.Hash{codebook.Builtin().Hash, {1}}).Draw(p.rt, "book")}
	case 3:
		return rapid.SampledFrom([]annotations.Change{
			{Kind: 99}, {}, {Kind: annotations.EventEvidence}, {Kind: annotations.EventImport}, {Kind: annotations.EventAnnotate, Sentence: 1},
			{Kind: annotations.EventRule, Sentence: 1, Secret: "hush"}, {Kind: annotations.EventAnnotate, Sentence: 1, Annotation: &annotations.Annotation{}, Verb: "\x1b[2J"},
			{Kind: annotations.EventAnnotate, Sentence: 1, Annotation: &annotations.Annotation{}, Reason: "\xff"},
		}).Draw(p.rt, "odd")
	}
	return p.annotation(id, sent, who)
}

func (p *pair) annotation(id annotations.ArticleID, sent annotations.SentenceID, who string) annotations.Change {
	a := &annotations.Annotation{
		Tag:    rapid.SampledFrom([]string{"", "sourced", "contested", "contextual"}).Draw(p.rt, "tag"),
		Note:   rapid.SampledFrom([]string{"", "see “page 3”"}).Draw(p.rt, "note"),
		Unsure: rapid.Bool().Draw(p.rt, "unsure"),
	}
	a.Inside = a.Tag == "contested" || p.rarely(20, "inside nothing")
	if p.rarely(30, "what cannot be") {
		a.Tag, a.Note = rapid.SampledFrom([]string{"true", ""}).Draw(p.rt, "no tag"), "\xff"
	}
	c := annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: sent, Rev: p.rev(id, sent, who), Annotation: a}
	if len(p.items) > 0 && rapid.Bool().Draw(p.rt, "evidence") {
		a.Evidence = []annotations.Use{{ID: rapid.SampledFrom(p.items).Draw(p.rt, "use"), Stance: annotations.Refutes}}
	}
	if rapid.IntRange(0, 3).Draw(p.rt, "secret") == 0 {
		c.Secret = fmt.Sprintf("hush %d", rapid.IntRange(0, 999).Draw(p.rt, "hush"))
		a.Confidential = annotations.Seal([16]byte{byte(sent), 9}, c.Secret)
		p.secrets = append(p.secrets, *a.Confidential)
	}
	if rapid.IntRange(0, 3).Draw(p.rt, "link") == 0 {
		a.Links = []annotations.Link{{Relation: annotations.Supports, To: annotations.Target{Article: p.article().ID, Sentence: sent%3 + 1}}}
	}
	return c
}

func (p *pair) step() {
	p.now = p.now.Add(time.Duration(rapid.IntRange(-2, 5).Draw(p.rt, "s")) * time.Second)
	switch rapid.IntRange(0, 24).Draw(p.rt, "op") {
	case 0:
		p.reopen()
	case 1, 2:
		p.importOne()
	case 3, 4, 5:
		p.revert(rapid.SampledFrom([]annotations.Mode{annotations.Undo, annotations.Undo, annotations.Redo}).Draw(p.rt, "mode"))
	case 6:
		if p.last != nil { // the same act again: it may be old by now
			_ = p.append(*p.last)
		}
	case 7:
		p.odd()
	case 9, 10:
		p.cut()
	case 11:
		p.arrange()
	case 8:
		p.both("seal", func(s store.Store) (any, error) { return s.Seal(context.Background()) })
	default:
		who, at := p.who(), p.article().ID
		if p.rarely(10, "desk") {
			at = annotations.Desk
		}
		var changes []annotations.Change
		for range rapid.IntRange(1, 3).Draw(p.rt, "changes") {
			changes = append(changes, p.change(at, who))
		}
		_ = p.do(who, at, annotations.Do, annotations.Act{}, changes...)
	}
}

// cut splits or joins a sentence as the model has it, and judges what came of it
// in the same act.
func (p *pair) cut() {
	ctx := context.Background()
	a, err := store.Load(ctx, p.model, p.article().ID)
	if err != nil {
		return
	}
	u := rapid.SampledFrom(a.Units).Draw(p.rt, "unit")
	var now []annotations.Sentence
	next := a.NextID()
	if p.rarely(8, "an old name") {
		next = 1
	}
	if rapid.Bool().Draw(p.rt, "split") {
		now, err = annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+rapid.IntRange(0, u.Span.Len()).Draw(p.rt, "at"), next)
	} else {
		now, err = annotations.JoinUnits(a.Units, u.ID)
	}
	if err != nil {
		return
	}
	who := p.who()
	got, err := p.both("recut", func(s store.Store) (any, error) { return store.Recut(ctx, s, a, now, "split", u.ID) })
	if err != nil {
		return
	}
	changes := []annotations.Change{got.(annotations.Change), p.annotation(a.ID, rapid.SampledFrom(now).Draw(p.rt, "judged").ID, who)}
	if p.rarely(6, "another table") {
		other := *changes[0].Cut
		other.Was.Hash[0] ^= 1
		changes[0].Cut = &other
	}
	_ = p.do(who, a.ID, annotations.Do, annotations.Act{}, changes...)
}

// arrange sets a team, deals an article out, or finishes it.
func (p *pair) arrange() {
	who, at := p.who(), p.article().ID
	c := rapid.SampledFrom([]annotations.Change{
		{Kind: annotations.EventTeam, Team: &annotations.Team{}}, {Kind: annotations.EventTeam, Team: &annotations.Team{}},
		{Kind: annotations.EventTeam, Team: &annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}},
		{Kind: annotations.EventTeam, Team: &annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}}}}, {Kind: annotations.EventTeam},
		{Kind: annotations.EventAssign, Assigned: []string{"ana", "ben"}}, {Kind: annotations.EventAssign}, {Kind: annotations.EventAssign, Assigned: []string{"b", "a"}},
		{Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: who, Done: true}}, {Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: "ben"}},
		{Kind: annotations.EventFinish}, {Kind: annotations.EventCut},
	}).Draw(p.rt, "arranged")
	if (c.Kind == annotations.EventTeam) != p.rarely(10, "filed wrongly") {
		at = annotations.Desk
	}
	_ = p.do(who, at, annotations.Do, annotations.Act{}, c)
}

func (p *pair) importOne() {
	a, book := p.article(), codebook.Builtin()
	for _, blob := range []string{string(book.Source), string(annotations.AppendTable(nil, a.Units)), a.Body} {
		p.both("blob", func(s store.Store) (any, error) { return s.PutBlob(context.Background(), blob) })
		if p.rarely(20, "forget") {
			break
		}
	}
	m := a.Meta
	m.Codebook = book.Hash
	m.Title = rapid.SampledFrom([]string{m.Title, m.Title, m.Title, "\xff", strings.Repeat("x", 5000)}).Draw(p.rt, "title")
	_ = p.do(p.who(), m.ID, annotations.Do, annotations.Act{}, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
}

type undoable struct {
	Done   annotations.Done
	Events []annotations.Event
}

func (p *pair) revert(mode annotations.Mode) {
	who := p.who()
	got, err := p.both("undoable", func(s store.Store) (any, error) {
		d, e, err := s.Undoable(context.Background(), who, mode)
		return undoable{d, e}, err
	})
	if err != nil {
		return
	}
	u := got.(undoable)
	s := &store.Session{ID: p.session(who).id, Actor: who, Tool: "test"}
	want, _, wantErr := store.Reverting(context.Background(), p.model, s, mode)
	have, _, haveErr := store.Reverting(context.Background(), p.bolt, s, mode)
	want.Act, have.Act = annotations.Act{}, annotations.Act{}
	p.same("reverting", want, have, wantErr, haveErr)
	if wantErr == nil {
		_ = p.do(who, want.Article, mode, u.Done.Act, want.Changes...)
	}
}

// odd asks for what cannot be.
func (p *pair) odd() {
	at, s := p.article().ID, p.session("ana")
	b := store.Batch{
		Act: annotations.Act{Session: s.id, N: s.n + 1}, Actor: "ana", Tool: "test", Article: at,
		Changes: []annotations.Change{storetest.Tag(1, p.rev(at, 1, "ana"), "sourced")},
	}
	switch rapid.IntRange(0, 8).Draw(p.rt, "odd") {
	case 0:
		b.Act.N += 2
	case 1:
		b.Act = annotations.Act{}
	case 2:
		b.Actor = "a\nb"
	case 3:
		b.Mode, b.Of = 7, annotations.Act{Session: s.id, N: s.n}
	case 4:
		b.Of = annotations.Act{Session: s.id, N: s.n}
	case 5:
		b.Expect = &annotations.Head{N: 3}
	case 6:
		b.Changes = nil
	case 7:
		b.Tool = "\xff"
	case 8:
		b.Article[3] ^= 1
	}
	if err := p.append(b); err == nil {
		p.rt.Fatalf("%+v was stored", b)
	}
}

func TestTheEngineAnswersLikeTheModel(t *testing.T) {
	sorts := []string{"refused", "mode 0", "mode 1", "mode 2", "import", "annotate", "rule", "evidence", "codebook", "cut", "team", "assign", "finish"}
	took := map[string]int{}
	once := func(rt *rapid.T) {
		p := newPair(rt, t)
		p.took = took
		defer func() {
			if err := p.bolt.Close(); err != nil {
				rt.Errorf("close: %v", err)
			}
		}()
		for range 4 {
			p.importOne()
		}
		for range rapid.IntRange(5, 60).Draw(rt, "steps") {
			p.step()
		}
		p.compare()
		p.reopen()
		p.compare()
	}
	missing := func() int {
		return slices.IndexFunc(sorts, func(sort string) bool { return took[sort] == 0 })
	}
	// Draws go on until every sort of act was stored; the bound finds a
	// generator that cannot make one.
	for range 20 {
		rapid.Check(t, once)
		if missing() < 0 || t.Failed() {
			break
		}
	}
	t.Logf("stored: %v", took)
	if i := missing(); i >= 0 && !t.Failed() {
		t.Errorf("no act of the sort %q was tried", sorts[i])
	}
}

func TestAfterCloseBothSayClosed(t *testing.T) {
	m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	for _, s := range []store.Store{m, storetest.New(t)} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for name, ask := range map[string]func() error{
			"Append":   func() error { _, err := s.Append(ctx, store.Batch{}); return err },
			"PutBlob":  func() error { _, err := s.PutBlob(ctx, "x"); return err },
			"Blob":     func() error { _, err := s.Blob(ctx, annotations.Hash{}, 0, 1); return err },
			"Articles": func() error { _, err := s.Articles(ctx, "", annotations.Desk, 1); return err },
			"Lookup":   func() error { _, err := s.Lookup(ctx, "x"); return err },
			"Summary":  func() error { _, err := s.Summary(ctx, "", annotations.ArticleID{1}); return err },
			"State":    func() error { _, err := s.State(ctx, annotations.ArticleID{1}, 0, 9, 9); return err },
			"Events":   func() error { _, _, err := s.Events(ctx, store.Query{}, 0, 9); return err },
			"Team":     func() error { _, err := s.Team(ctx); return err },
			"Evidence": func() error { _, err := s.Evidence(ctx, annotations.EvidenceID{}, 9); return err },
			"Secret":   func() error { _, err := s.Secret(ctx, annotations.Sealed{}); return err },
			"Undoable": func() error { _, _, err := s.Undoable(ctx, "ana", annotations.Undo); return err },
			"SetPlace": func() error { return s.SetPlace("ana", store.Place{}) },
			"Places":   func() error { _, _, err := s.Places("ana"); return err },
			"Seal":     func() error { _, err := s.Seal(ctx); return err },
			"Seals":    func() error { _, err := s.Seals(ctx, 0, 9); return err },
			"Verify":   func() error { _, err := s.Verify(ctx, nil); return err },
			"Export":   func() error { _, err := s.Export(ctx, &bytes.Buffer{}, 0); return err },
			"Stat":     func() error { _, err := s.Stat(ctx); return err },
		} {
			if err := ask(); !errors.Is(err, store.ErrClosed) {
				t.Errorf("%T.%s: %v; want ErrClosed", s, name, err)
			}
		}
	}
}

func TestSentinelsAreApart(t *testing.T) {
	all := sentinels()
	for i, a := range all {
		if slices.ContainsFunc(all[i+1:], func(b error) bool { return errors.Is(a, b) || a.Error() == b.Error() }) {
			t.Errorf("%v is there twice", a)
		}
	}
}
