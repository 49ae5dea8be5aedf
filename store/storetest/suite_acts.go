package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func exactlyOnce(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	b := ana.Batch(id, Tag(1, 0, "sourced"), Tag(2, 0, "contextual"))
	first, err := s.Append(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Append(t.Context(), b)
	if err != nil || again != first {
		t.Errorf("again: %+v, %v; want %+v", again, err, first)
	}
	if first.Last != first.First+1 {
		t.Errorf("receipt %+v of two changes", first)
	}
	events, _, err := s.Events(t.Context(), store.Query{Article: id}, 0, 100)
	if err != nil || len(events) != 3 {
		t.Errorf("%d events, %v; want the import and two tags", len(events), err)
	}
}

func outOfTurn(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	b := ana.Batch(id, Tag(1, 0, "sourced"))
	b.Act.N += 5
	if _, err := s.Append(t.Context(), b); !errors.Is(err, store.ErrConflict) {
		t.Errorf("act 7 after act 1: %v; want conflict", err)
	}
}

func staleRevision(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	mustDo(t, s, ana, id, Tag(1, 0, "sourced"))
	other := Session(t, "ana") // the same person in another window
	if _, err := store.Do(t.Context(), s, other, id, Tag(1, 0, "contested")); !errors.Is(err, store.ErrConflict) {
		t.Errorf("over revision 0: %v; want conflict", err)
	}
	mustDo(t, s, other, id, Tag(1, 1, "contested"))
}

func staleHead(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	sum, err := s.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	b := ana.Batch(id, Tag(1, 0, "sourced"))
	b.Expect = &sum.Head
	if _, err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	b = ana.Batch(id, Tag(2, 0, "sourced"))
	b.Expect = &sum.Head
	if _, err := s.Append(t.Context(), b); !errors.Is(err, store.ErrConflict) {
		t.Errorf("over the old head: %v; want conflict", err)
	}
}

func allOrNothing(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	if _, err := store.Do(t.Context(), s, ana, id, Tag(1, 0, "sourced"), Tag(2, 0, "nonsense")); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a batch with a wrong tag: %v; want invalid", err)
	}
	if rows := state(t, s, id); len(rows) != 0 {
		t.Errorf("half of it was stored: %+v", rows)
	}
	mustDo(t, s, ana, id, Tag(1, 0, "sourced"))
}

func impossible(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	a := Article(t, "ferries", 3)
	id := Import(t, s, ana, a)
	quote := bytes.Index([]byte(a.Body), []byte("é"))
	ann := func(f func(*annotations.Annotation)) annotations.Change {
		c := Tag(2, 0, "contested")
		f(c.Annotation)
		return c
	}
	span := func(start, end int) []annotations.Attribution {
		return []annotations.Attribution{{Source: []annotations.Span{{Start: start, End: end}}}}
	}
	for name, c := range map[string]annotations.Change{
		"no such sentence":          Tag(4, 0, "sourced"),
		"sentence zero":             Tag(0, 0, "sourced"),
		"no such tag":               Tag(1, 0, "true"),
		"a rule of another tag":     ann(func(a *annotations.Annotation) { a.Rule = "S-1" }),
		"no such rule":              ann(func(a *annotations.Annotation) { a.Rule = "Z-9" }),
		"no such flag":              ann(func(a *annotations.Annotation) { a.Flags = []string{"nice"} }),
		"flags out of order":        ann(func(a *annotations.Annotation) { a.Flags = []string{"vague", "numbers"} }),
		"a span past the end":       ann(func(x *annotations.Annotation) { x.Attributions = span(0, len(a.Body)+1) }),
		"a span in a character":     ann(func(x *annotations.Annotation) { x.Attributions = span(quote, quote+1) }),
		"an empty span":             ann(func(x *annotations.Annotation) { x.Attributions = span(3, 3) }),
		"an attribution of nothing": ann(func(x *annotations.Annotation) { x.Attributions = []annotations.Attribution{{Terms: "on record"}} }),
		"no such source kind":       ann(func(x *annotations.Annotation) { x.Attributions = []annotations.Attribution{{Kind: "ghost"}} }),
		"a link to itself": ann(func(a *annotations.Annotation) {
			a.Links = []annotations.Link{{Relation: annotations.Disputes, To: annotations.Target{Article: id, Sentence: 2}}}
		}),
		"a link to nowhere": ann(func(a *annotations.Annotation) {
			a.Links = []annotations.Link{{Relation: annotations.Disputes, To: annotations.Target{Article: id, Sentence: 9}}}
		}),
		"a link without relation": ann(func(a *annotations.Annotation) {
			a.Links = []annotations.Link{{To: annotations.Target{Article: id, Sentence: 1}}}
		}),
		"no such evidence": ann(func(a *annotations.Annotation) {
			a.Evidence = []annotations.Use{{ID: annotations.EvidenceID{1}, Stance: annotations.Refutes}}
		}),
		"a note that is not UTF-8": ann(func(a *annotations.Annotation) { a.Note = "\xff" }),
		"a note without end":       ann(func(a *annotations.Annotation) { a.Note = string(make([]byte, annotations.MaxNote+1)) }),
		"a ruling of no verdict":   {Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: "maybe"}},
		"amend to no tag":          {Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Amend}},
		"evidence of nothing":      {Kind: annotations.EventEvidence, Evidence: &annotations.Evidence{}},
		"a kind that is none":      {Kind: 99},
	} {
		if _, err := store.Do(t.Context(), s, ana, id, c); !errors.Is(err, store.ErrInvalid) && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v; want a refusal", name, err)
		}
	}
	for name, actor := range map[string]string{"no name": "", "blanks": " ", "an escape": "a\x1b[2Jb", "a line": "a\nb", "a hidden mark": "a\u202eb"} {
		who := Session(t, "x")
		who.Actor = actor
		if _, err := store.Do(t.Context(), s, who, id, Tag(1, 0, "sourced")); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s as a person's name: %v; want invalid", name, err)
		}
	}
	if _, err := store.Do(t.Context(), s, ana, annotations.ArticleID{7}, Tag(1, 0, "sourced")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
	if n := len(state(t, s, id)); n != 0 {
		t.Errorf("%d rows were stored", n)
	}
}

func undoRedo(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Undo); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("undo of an import: %v; want nothing to undo", err)
	}
	want := []string{""}
	for rev, tag := range []string{"sourced", "contested", "contextual"} {
		mustDo(t, s, ana, id, Tag(1, uint64(rev), tag))
		want = append(want, tag)
	}
	step := func(mode annotations.Mode, want string) {
		t.Helper()
		who := Session(t, "ana") // across restarts
		if _, _, err := store.Revert(t.Context(), s, who, mode); err != nil {
			t.Fatalf("mode %d: %v", mode, err)
		}
		if got := state(t, s, id)[0].Annotation.Tag; got != want {
			t.Errorf("mode %d: tag %q, want %q", mode, got, want)
		}
	}
	for i := len(want) - 2; i >= 0; i-- {
		step(annotations.Undo, want[i])
	}
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Undo); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one undo too many: %v", err)
	}
	step(annotations.Redo, want[1])
	step(annotations.Redo, want[2])
	step(annotations.Undo, want[1])
	step(annotations.Redo, want[2])
	step(annotations.Redo, want[3])
	step(annotations.Undo, want[2])
	mustDo(t, s, ana, id, Tag(2, 0, "sourced")) // a new act ends what could be redone
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Redo); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("redo after a new act: %v", err)
	}
}

func undoWholeAct(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 5))
	ev := annotations.Evidence{URL: "https://harbour.example/report"}
	ev.Identify()
	second := Tag(3, 0, "contested")
	second.Annotation.Evidence = []annotations.Use{{ID: ev.ID, Stance: annotations.Refutes}}
	mustDo(t, s, ana, id, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}, Tag(2, 0, "sourced"), second, Tag(4, 0, "sourced"))
	events, _, err := store.Revert(t.Context(), s, ana, annotations.Undo)
	if err != nil || len(events) != 4 {
		t.Fatalf("undo of an act of four events: %d, %v", len(events), err)
	}
	for _, r := range state(t, s, id) {
		if !r.Annotation.IsZero() {
			t.Errorf("%s still says %+v", r.Sentence, r.Annotation.Annotation)
		}
	}
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Redo); err != nil {
		t.Fatal(err)
	}
	if rows := state(t, s, id); len(rows) != 3 || rows[1].Annotation.Tag != "contested" || len(rows[1].Annotation.Evidence) != 1 {
		t.Errorf("redo: %+v", rows)
	}
}

func undoIsOnesOwn(t *testing.T, s store.Store) {
	ana, ben := Session(t, "ana"), Session(t, "ben")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	mustDo(t, s, ana, id, Tag(1, 0, "sourced"))
	mustDo(t, s, ben, id, Tag(1, 0, "contested"))
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Undo); err != nil {
		t.Fatal(err)
	}
	for _, r := range state(t, s, id) {
		if want := map[string]string{"ana": "", "ben": "contested"}[r.Reviewer]; r.Annotation.Tag != want {
			t.Errorf("%s has %q, want %q", r.Reviewer, r.Annotation.Tag, want)
		}
	}
	b := ben.Batch(id, Tag(1, 1, ""))
	b.Mode, b.Of = annotations.Undo, annotations.Act{Session: ana.ID, N: 2}
	if _, err := s.Append(t.Context(), b); !errors.Is(err, store.ErrConflict) {
		t.Errorf("undo of somebody else's act: %v; want conflict", err)
	}
}

func manyWriters(t *testing.T, s store.Store) {
	const writers, each = 8, 25
	id := Import(t, s, Session(t, "ana"), Article(t, "ferries", each))
	var wg sync.WaitGroup
	errs := make(chan error, writers)
	for w := range writers {
		session := Session(t, fmt.Sprintf("reviewer %d", w))
		wg.Go(func() {
			for i := range annotations.SentenceID(each) {
				if _, err := store.Do(t.Context(), s, session, id, Tag(i+1, 0, "sourced")); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	if rows := state(t, s, id); len(rows) != writers*each {
		t.Errorf("%d rows, want %d", len(rows), writers*each)
	}
}
