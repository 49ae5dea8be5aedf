package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

// Suite runs every conformance test on stores that open makes; each test gets
// an empty one.
func Suite(t *testing.T, open func(t *testing.T) store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, store.Store)
	}{
		{"an import is found by key, name and prefix", importIsFound},
		{"the same text twice is one article", sameTextTwice},
		{"blobs come back whole and in part", blobs},
		{"the same act twice is one act", exactlyOnce},
		{"an act out of turn is refused", outOfTurn},
		{"a change over an old revision is refused", staleRevision},
		{"a change over an old head is refused", staleHead},
		{"a batch is all or nothing", allOrNothing},
		{"what cannot be is not stored", impossible},
		{"undo and redo, newest first", undoRedo},
		{"undo takes a whole act back", undoWholeAct},
		{"undo stays with its person", undoIsOnesOwn},
		{"state comes in order and in pages", statePages},
		{"events are found by article, sentence and person", eventQueries},
		{"many writers lose nothing", manyWriters},
		{"a tail sees every end", tail},
		{"places are remembered", places},
		{"confidential notes stay out of the log", secrets},
		{"evidence is shared", evidence},
		{"rulings stand beside annotations", rulings},
		{"seals give the same root again", seals},
		{"an export rebuilds the store", exports},
		{"after close there is nothing", closed},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			test.run(t, s)
			if test.name != "after close there is nothing" {
				MustCheck(t, s)
			}
		})
	}
}

func importIsFound(t *testing.T, s store.Store) {
	a := Article(t, "ferries", 5)
	id := Import(t, s, Session(t, "ana"), a)
	for _, name := range []string{a.Name, a.Name[:9], id.String(), id.String()[:7]} {
		got, err := s.Lookup(t.Context(), name)
		if err != nil || got != id {
			t.Errorf("Lookup(%q) = %v, %v; want %v", name, got, err, id)
		}
	}
	for _, name := range []string{"", "nothing", id.String()[:3]} {
		if _, err := s.Lookup(t.Context(), name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Lookup(%q): %v; want not found", name, err)
		}
	}
	Import(t, s, Session(t, "ana"), Article(t, "bridges", 2))
	if _, err := s.Lookup(t.Context(), a.Name[:9]); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a prefix of two names: %v; want invalid", err)
	}
	b, err := store.Load(t.Context(), s, id)
	if err != nil || b.Body != a.Body || len(b.Units) != len(a.Units) || b.Units[2] != a.Units[2] {
		t.Errorf("the article did not come back: %v", err)
	}
	list, err := s.Articles(t.Context(), "ana", annotations.Desk, 100)
	if err != nil || len(list) != 2 {
		t.Fatalf("Articles: %d, %v; want 2", len(list), err)
	}
	next, err := s.Articles(t.Context(), "ana", list[0].ID, 1)
	if err != nil || len(next) != 1 || next[0].ID != list[1].ID {
		t.Errorf("the second page: %v, %v", next, err)
	}
}

func sameTextTwice(t *testing.T, s store.Store) {
	a := Article(t, "ferries", 3)
	Import(t, s, Session(t, "ana"), a)
	b := *a
	b.Title = "Another headline"
	done, err := store.Import(t.Context(), s, Session(t, "ben"), &b, codebook.Builtin())
	if err != nil || !done.Known || done.Name != a.Name {
		t.Errorf("second import: %+v, %v; want the first one named", done, err)
	}
}

func blobs(t *testing.T, s store.Store) {
	data := string(bytes.Repeat([]byte("0123456789abcdef"), 20_000)) // several pieces
	h, err := s.PutBlob(t.Context(), data)
	if err != nil || h != annotations.HashOf(data) {
		t.Fatalf("PutBlob: %v, %v", h, err)
	}
	if _, err := s.PutBlob(t.Context(), data); err != nil {
		t.Errorf("the same blob again: %v", err)
	}
	for _, c := range []struct{ off, n int }{{0, -1}, {0, 10}, {65_270, 40}, {100_000, 200_000}, {len(data), 5}, {len(data) - 3, 100}, {65_280, 65_280}} {
		got, err := s.Blob(t.Context(), h, c.off, c.n)
		end := len(data)
		if c.n >= 0 {
			end = min(end, c.off+c.n)
		}
		if err != nil || got != data[c.off:end] {
			t.Errorf("Blob(%d, %d) = %d bytes, %v; want %d", c.off, c.n, len(got), err, end-c.off)
		}
	}
	if _, err := s.Blob(t.Context(), annotations.HashOf("other"), 0, -1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a blob that is not there: %v", err)
	}
	if _, err := s.Blob(t.Context(), h, len(data)+1, 1); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("past the end: %v", err)
	}
}

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

func statePages(t *testing.T, s store.Store) {
	id := Import(t, s, Session(t, "ana"), Article(t, "ferries", 40))
	for _, who := range []string{"ben", "ana"} {
		session := Session(t, who)
		for i := range annotations.SentenceID(40) {
			mustDo(t, s, session, id, Tag(i+1, 0, "sourced"))
		}
	}
	rows, err := s.State(t.Context(), id, 10, 20, 7)
	if err != nil || len(rows) != 7 || rows[0].Sentence != 10 || rows[0].Reviewer != "ana" || rows[1].Reviewer != "ben" || rows[6].Sentence != 13 {
		t.Errorf("first page: %d rows, %v: %+v", len(rows), err, rows)
	}
	if rows := state(t, s, id); len(rows) != 80 {
		t.Errorf("%d rows, want 80", len(rows))
	}
	sum, err := s.Summary(t.Context(), "ben", id)
	if err != nil || sum.Progress.Tagged != 39 || sum.Progress.Extra != 1 || sum.Progress.ByTag["sourced"] != 40 || sum.Others["ana"].Tagged != 39 {
		t.Errorf("progress %+v, others %+v, %v", sum.Progress, sum.Others, err)
	}
	if _, err := s.State(t.Context(), annotations.ArticleID{1}, 0, 9, 9); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("state of no article: %v", err)
	}
}

func eventQueries(t *testing.T, s store.Store) {
	ana, ben := Session(t, "ana"), Session(t, "ben")
	one := Import(t, s, ana, Article(t, "ferries", 5))
	two := Import(t, s, ben, Article(t, "bridges", 5))
	for i := range annotations.SentenceID(5) {
		mustDo(t, s, ana, one, Tag(i+1, 0, "sourced"))
		mustDo(t, s, ben, two, Tag(i+1, 0, "contextual"))
		mustDo(t, s, ben, one, Tag(i+1, 0, "contested"))
	}
	for _, c := range []struct {
		q    store.Query
		want int
	}{
		{store.Query{}, 17},
		{store.Query{Article: one}, 11},
		{store.Query{Article: one, Sentence: 3}, 2},
		{store.Query{Actor: "ana"}, 6},
		{store.Query{Article: two, Actor: "ana"}, 0},
	} {
		var all []annotations.Event
		for after := uint64(0); ; {
			page, next, err := s.Events(t.Context(), c.q, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, page...)
			if len(page) == 0 {
				break
			}
			after = next
		}
		if len(all) != c.want {
			t.Errorf("%+v: %d events, want %d", c.q, len(all), c.want)
		}
		for i, e := range all {
			if !c.q.Selects(&e) || i > 0 && e.Pos <= all[i-1].Pos {
				t.Errorf("%+v: event %d does not belong or is out of order", c.q, e.Pos)
			}
		}
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

func tail(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 9))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	moved := s.Tail(ctx, 0)
	if at := <-moved; at != 1 {
		t.Errorf("the first end is %d", at)
	}
	for i := range annotations.SentenceID(9) {
		mustDo(t, s, ana, id, Tag(i+1, 0, "sourced"))
	}
	for at := range moved {
		if at == 10 {
			break
		}
	}
	stop()
	for range moved { // it must end
	}
}

func places(t *testing.T, s store.Store) {
	one, two := annotations.ArticleID{1}, annotations.ArticleID{2}
	for _, p := range []store.Place{{Article: one, Sentence: 4}, {Article: two, Sentence: 7}, {Article: one, Sentence: 5}} {
		if err := s.SetPlace("ana", p); err != nil {
			t.Fatal(err)
		}
	}
	last, by, err := s.Places("ana")
	if err != nil || last != (store.Place{Article: one, Sentence: 5}) || by[one] != 5 || by[two] != 7 {
		t.Errorf("last %+v, by article %v, %v", last, by, err)
	}
	if last, by, err := s.Places("ben"); err != nil || last != (store.Place{}) || len(by) != 0 {
		t.Errorf("somebody else's: %+v %v %v", last, by, err)
	}
}

func secrets(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	const secret = "the skipper’s sister told us"
	c := Tag(1, 0, "sourced")
	c.Annotation.Confidential, c.Secret = annotations.Seal([16]byte{1, 2, 3}, secret), secret
	mustDo(t, s, ana, id, c)
	sealed := state(t, s, id)[0].Annotation.Confidential
	if got, err := s.Secret(t.Context(), *sealed); err != nil || got != secret {
		t.Errorf("Secret = %q, %v", got, err)
	}
	bad := Tag(2, 0, "sourced")
	bad.Annotation.Confidential, bad.Secret = annotations.Seal([16]byte{1}, "one thing"), "another"
	if _, err := store.Do(t.Context(), s, ana, id, bad); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a seal of something else: %v; want invalid", err)
	}
	if _, err := s.Secret(t.Context(), *annotations.Seal([16]byte{9}, "x")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a secret that is not there: %v", err)
	}
}

func evidence(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 4))
	var ids []annotations.EvidenceID
	for i := range 3 {
		ev := annotations.Evidence{URL: fmt.Sprintf("https://harbour.example/%d", i), Quote: "we were not asked"}
		ids = append(ids, ev.Identify())
		c := Tag(annotations.SentenceID(i+1), 0, "contested")
		c.Annotation.Evidence = []annotations.Use{{ID: ev.ID, Stance: annotations.Undercuts}}
		mustDo(t, s, ana, id, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}, c)
	}
	c := Tag(4, 0, "sourced")
	c.Annotation.Evidence = []annotations.Use{{ID: ids[0], Stance: annotations.EvidenceSupports}, {ID: ids[2], Stance: annotations.Neutral}}
	mustDo(t, s, ana, id, c)
	all, err := s.Evidence(t.Context(), annotations.EvidenceID{}, 2)
	if err != nil || len(all) != 2 {
		t.Fatalf("first page: %v, %v", all, err)
	}
	rest, err := s.Evidence(t.Context(), all[1].ID, 9)
	if err != nil || len(rest) != 1 {
		t.Errorf("second page: %v, %v", rest, err)
	}
}

func rulings(t *testing.T, s store.Store) {
	ana, lea := Session(t, "ana"), Session(t, "lea")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	mustDo(t, s, ana, id, Tag(2, 0, "sourced"))
	rule := func(rev uint64, r *annotations.Ruling) annotations.Change {
		return annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Rev: rev, Ruling: r}
	}
	mustDo(t, s, lea, id, rule(0, &annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-a", Reason: "two sides"}))
	mustDo(t, s, lea, id, rule(1, &annotations.Ruling{Verdict: annotations.Neither, Reason: "nothing fits"}))
	rows := state(t, s, id)
	if len(rows) != 2 || rows[0].Ruling == nil || rows[0].Ruling.Verdict != annotations.Neither || rows[0].Ruling.By != "lea" || rows[1].Annotation.Tag != "sourced" {
		t.Fatalf("rows: %+v", rows)
	}
	for _, want := range []annotations.Verdict{annotations.Amend, ""} {
		if _, _, err := store.Revert(t.Context(), s, lea, annotations.Undo); err != nil {
			t.Fatal(err)
		}
		if got := state(t, s, id)[0].Ruling.Verdict; got != want {
			t.Errorf("after undo: %q, want %q", got, want)
		}
	}
}

func seals(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 300))
	for n := uint64(0); n < 4; n++ {
		for i := annotations.SentenceID(1); i <= 300; i += 100 {
			var batch []annotations.Change
			for k := i; k < i+100; k++ {
				batch = append(batch, Tag(k, n, []string{"sourced", "contested"}[n%2]))
			}
			mustDo(t, s, ana, id, batch...)
		}
	}
	at1000, err := s.Seals(t.Context(), 0, 10)
	if err != nil || len(at1000) != 1 || at1000[0].Size != 1000 {
		t.Fatalf("seals: %+v, %v; want one at 1000", at1000, err)
	}
	now, err := s.Seal(t.Context())
	if err != nil || now.Size != 1201 || now.Root.IsZero() {
		t.Errorf("seal now: %+v, %v", now, err)
	}
	again, err := s.Seal(t.Context())
	if err != nil || again.Root != now.Root {
		t.Errorf("sealed again: %+v, %v", again, err)
	}
	r, err := s.Verify(t.Context(), nil)
	if err != nil || r.Seal.Root != now.Root {
		t.Errorf("verify has root %s, %v; the seal %s", r.Seal.Root.Short(), err, now.Root.Short())
	}
}

func exports(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 30))
	for i := range annotations.SentenceID(30) {
		c := Tag(i+1, 0, "sourced")
		if i == 3 {
			c.Annotation.Confidential, c.Secret = annotations.Seal([16]byte{4}, "hush"), "hush"
		}
		mustDo(t, s, ana, id, c)
	}
	if _, _, err := store.Revert(t.Context(), s, ana, annotations.Undo); err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/copy.db"
	rep, err := store.Backup(t.Context(), s, path, "test")
	if err != nil || !rep.OK() {
		t.Fatalf("backup: %v %v", err, rep.Problems)
	}
	c := Open(t, path)
	want, got := state(t, s, id), state(t, c, id)
	if len(want) != len(got) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		if !got[i].Annotation.Equal(want[i].Annotation.Annotation) || got[i].Annotation.Rev != want[i].Annotation.Rev {
			t.Errorf("row %d differs", i)
		}
	}
	if v, err := c.Secret(t.Context(), *got[3].Annotation.Confidential); err != nil || v != "hush" {
		t.Errorf("the confidential note: %q, %v", v, err)
	}
	if _, _, err := store.Revert(t.Context(), c, Session(t, "ana"), annotations.Redo); err != nil {
		t.Errorf("redo in the copy: %v", err)
	}
	if _, err := store.Backup(t.Context(), s, path, "test"); err == nil {
		t.Error("a backup wrote over a file")
	}
}

func closed(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 3))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := store.Do(context.Background(), s, ana, id, Tag(1, 0, "sourced")); !errors.Is(err, store.ErrClosed) {
		t.Errorf("append: %v", err)
	}
	if _, err := s.Summary(context.Background(), "ana", id); !errors.Is(err, store.ErrClosed) {
		t.Errorf("read: %v", err)
	}
}

func mustDo(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, c ...annotations.Change) {
	t.Helper()
	if _, err := store.Do(t.Context(), s, who, id, c...); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s store.Store, id annotations.ArticleID) []store.Row {
	t.Helper()
	rows, err := s.State(t.Context(), id, 0, ^annotations.SentenceID(0), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
