package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

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
	_, err := s.Lookup(t.Context(), a.Name[:9])
	if !errors.Is(err, store.ErrInvalid) {
		t.Fatalf("a prefix of two names: %v; want invalid", err)
	}
	for _, name := range []string{a.Name, "fits 2 articles: "} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q leaves who asked to look for what it fits: %s is not in it", err, name)
		}
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

func takenName(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	a, b := Article(t, "ferries", 3), Article(t, "bridges", 3)
	Import(t, s, ana, a)
	b.Name = a.Name
	for _, blob := range []string{b.Body, string(annotations.AppendTable(nil, b.Units))} {
		if _, err := s.PutBlob(t.Context(), blob); err != nil {
			t.Fatal(err)
		}
	}
	m := b.Meta
	m.Codebook = codebook.Builtin().Hash
	_, err := store.Do(t.Context(), s, ana, b.ID, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
	if !errors.Is(err, store.ErrNameTaken) || !errors.Is(err, store.ErrConflict) {
		t.Errorf("an article under the name of another: %v; want that the name is taken, which is a conflict", err)
	}
	again := *a
	again.Name = "another"
	m = again.Meta
	m.Codebook = codebook.Builtin().Hash
	_, err = store.Do(t.Context(), s, ana, a.ID, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
	if !errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNameTaken) {
		t.Errorf("the same text under another name: %v; want a conflict, and not about the name", err)
	}
	done, err := store.Import(t.Context(), s, ana, b, codebook.Builtin())
	if err != nil || done.Known || done.Name == a.Name || done.ID != b.ID {
		t.Errorf("imported all the same: %+v, %v; want another name", done, err)
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
	var copied bytes.Buffer
	if err := s.CopyBlob(t.Context(), &copied, h); err != nil || copied.String() != data {
		t.Errorf("CopyBlob: %d bytes of %d, %v", copied.Len(), len(data), err)
	}
	if err := s.CopyBlob(t.Context(), &copied, annotations.HashOf("another")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("CopyBlob of what is not there: %v; want not found", err)
	}
	full := errors.New("full")
	if err := s.CopyBlob(t.Context(), failing{full}, h); !errors.Is(err, full) {
		t.Errorf("CopyBlob to what takes nothing: %v", err)
	}
}

// failing takes nothing.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

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
	for _, want := range append(all, rest...) {
		if got, err := s.Item(t.Context(), want.ID); err != nil || got != want {
			t.Errorf("Item(%s) = %+v, %v; want what the list has", want.ID, got, err)
		}
	}
	if got, err := s.Item(t.Context(), annotations.EvidenceID{1}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an item that is not there: %+v, %v", got, err)
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
	cut, _ := recut(t, s, id)
	mustDo(t, s, ana, id, cut)
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
	c := Open(t, path) // and checked whole when the test ends
	whole(t, s, c, id)
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

// whole compares an article as two stores have it, sentences and all.
func whole(t *testing.T, a, b store.Store, id annotations.ArticleID) {
	t.Helper()
	x, err := store.Load(t.Context(), a, id)
	y, wrong := store.Load(t.Context(), b, id)
	if err != nil || wrong != nil {
		t.Fatalf("the article: %v, %v", err, wrong)
	}
	if x.Body != y.Body || !slices.Equal(x.Units, y.Units) {
		t.Error("the copy's article is another one")
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
