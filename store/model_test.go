package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
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
		a := storetest.Article(tb, fmt.Sprintf("topic %d", i), 3+i)
		if i > 0 {
			a.Parent, a.Revision = p.articles[0].ID, i+1
		}
		p.articles = append(p.articles, a)
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
			"Append":    func() error { _, err := s.Append(ctx, store.Batch{}); return err },
			"PutBlob":   func() error { _, err := s.PutBlob(ctx, "x"); return err },
			"Blob":      func() error { _, err := s.Blob(ctx, annotations.Hash{}, 0, 1); return err },
			"Articles":  func() error { _, err := s.Articles(ctx, "", annotations.Desk, 1); return err },
			"Revisions": func() error { _, err := s.Revisions(ctx, annotations.ArticleID{1}, 1); return err },
			"Lookup":    func() error { _, err := s.Lookup(ctx, "x"); return err },
			"Summary":   func() error { _, err := s.Summary(ctx, "", annotations.ArticleID{1}); return err },
			"State":     func() error { _, err := s.State(ctx, annotations.ArticleID{1}, 0, 9, 9); return err },
			"Events":    func() error { _, _, err := s.Events(ctx, store.Query{}, 0, 9); return err },
			"Team":      func() error { _, err := s.Team(ctx); return err },
			"Evidence":  func() error { _, err := s.Evidence(ctx, annotations.EvidenceID{}, 9); return err },
			"Secret":    func() error { _, err := s.Secret(ctx, annotations.Sealed{}); return err },
			"Undoable":  func() error { _, _, err := s.Undoable(ctx, "ana", annotations.Undo); return err },
			"SetPlace":  func() error { return s.SetPlace("ana", store.Place{}) },
			"Places":    func() error { _, _, err := s.Places("ana"); return err },
			"Seal":      func() error { _, err := s.Seal(ctx); return err },
			"Seals":     func() error { _, err := s.Seals(ctx, 0, 9); return err },
			"Verify":    func() error { _, err := s.Verify(ctx, nil); return err },
			"Export":    func() error { _, err := s.Export(ctx, &bytes.Buffer{}, 0); return err },
			"Stat":      func() error { _, err := s.Stat(ctx); return err },
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
