//go:build !windows

package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// teamStore makes a closed store of a blind team: ana has tagged sentence 2 of the
// article, on which lea has ruled.
func teamStore(t *testing.T) (path string, id annotations.ArticleID, team annotations.Team) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "team.db")
	s := storetest.Open(t, path)
	lea, ana := storetest.Session(t, "lea"), storetest.Session(t, "ana")
	id = storetest.Import(t, s, lea, storetest.Article(t, "ferries", 5))
	team = annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	do(t, s, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team})
	ev := annotations.Evidence{URL: "https://harbour.example/1"} // of no article, after the team in its chain
	ev.Identify()
	do(t, s, lea, annotations.Desk, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev})
	do(t, s, ana, id, storetest.Tag(2, 0, "sourced"))
	do(t, s, lea, id, annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, id, team
}

// hurtRow opens a copy of a closed store in which a row of what stands was changed.
func hurtRow(t *testing.T, path string, key []byte, change func(b *bolt.Bucket, v []byte) error) *store.Bolt {
	t.Helper()
	hurt, found := filepath.Join(t.TempDir(), "hurt.db"), 0
	if err := os.WriteFile(hurt, []byte(content(t, path)), 0o600); err != nil {
		t.Fatal(err)
	}
	err := store.Tamper(hurt, func(bucket func(string) *bolt.Bucket) error {
		for _, name := range []string{"state", "lastrows", "articles"} {
			if v := bytes.Clone(bucket(name).Get(key)); v != nil {
				found++
				if err := change(bucket(name), v); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Fatalf("the row was found %d times, %v", found, err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: hurt, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // it is damaged
	return s
}

func rowAt(id annotations.ArticleID, sentence byte, who string) []byte {
	return append(append(id[:], 0, 0, 0, sentence), who...)
}

// Pages carry no checksums, so a flipped bit comes through every look at the file. One
// in the row of the team made it the empty team, which has no rules, and nobody was told:
// a blind reviewer saw what others had said, and strangers tagged. Others open the
// team's work to each other, or make somebody a lead. Now the row is not believed where
// the log says something else, and nobody acts or sees anything by it.
func TestNoRuleOfATeamIsTurnedOffByDamage(t *testing.T) {
	path, id, team := teamStore(t)
	key := rowAt(annotations.Desk, 1, "")
	size := 0
	hurtRow(t, path, key, func(_ *bolt.Bucket, v []byte) error { size = len(v); return nil })
	ways := map[string]func(b *bolt.Bucket, v []byte) error{
		"is gone":  func(b *bolt.Bucket, _ []byte) error { return b.Delete(key) },
		"is empty": func(b *bolt.Bucket, _ []byte) error { return b.Put(key, []byte{0xA0}) },
		"is that of an open team": func(b *bolt.Bucket, v []byte) error {
			return b.Put(key, append([]byte{v[0] + 1}, append(v[1:], 2, 0xF5)...))
		},
	}
	for bit := 0; bit < 8*size; bit += 5 {
		ways[fmt.Sprintf("has bit %d flipped", bit)] = func(b *bolt.Bucket, v []byte) error {
			v[bit/8] ^= 1 << (bit % 8)
			return b.Put(key, v)
		}
	}
	for name, way := range ways {
		s := hurtRow(t, path, key, way)
		got, err := s.Team(t.Context())
		if err == nil && !reflect.DeepEqual(got, team) || err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("the row %s: %+v, %v; want the team, or that it is damaged", name, got, err)
		}
		rows, err := store.For(s, "ben").State(t.Context(), id, 1, 100, 100)
		if err == nil && len(rows) > 0 || err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("the row %s: ben sees %d rows of ana's, %v", name, len(rows), err)
		}
		_, err = store.Do(t.Context(), s, storetest.Session(t, "eve"), id, storetest.Tag(3, 0, "sourced"))
		if !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrForbidden) {
			t.Errorf("the row %s: a stranger tags: %v", name, err)
		}
	}
}

// What was said, ruled and known of an article read as if it were not there when its row
// could not be decoded: the next tag was the sentence's first, over the one that stood
// there, and the article was none of this store.
func TestARowThatCannotBeReadIsNotOneThatIsNotThere(t *testing.T) {
	path, id, _ := teamStore(t)
	for name, c := range map[string]struct {
		key []byte
		act annotations.Change
		by  string
	}{
		"what ana said": {rowAt(id, 2, "ana"), storetest.Tag(2, 0, "contested"), "ana"},
		"the ruling":    {rowAt(id, 2, ""), annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "why?"}}, "lea"},
		"the entry":     {id[:], storetest.Tag(3, 0, "contested"), "ana"},
	} {
		s := hurtRow(t, path, c.key, func(b *bolt.Bucket, v []byte) error {
			v[0] = 0xFF
			return b.Put(c.key, v)
		})
		before, err := s.Stat(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Do(t.Context(), s, storetest.Session(t, c.by), id, c.act); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s cannot be read, and is replaced: %v", name, err)
		}
		if after, err := s.Stat(t.Context()); err != nil || after.Events != before.Events {
			t.Errorf("%s cannot be read: %d events became %d, %v", name, before.Events, after.Events, err)
		}
		if name != "the entry" {
			continue
		}
		for what, read := range map[string]func() error{
			"Summary": func() error { _, err := s.Summary(t.Context(), "ana", id); return err },
			"List":    func() error { _, err := s.List(t.Context(), store.Ruled, store.Listed{}, 9); return err },
			"Lately":  func() error { _, err := s.List(t.Context(), store.Lately, store.Listed{}, 9); return err },
			"State":   func() error { _, err := s.State(t.Context(), id, 1, 9, 9); return err },
		} {
			if err := read(); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("%s of an article whose entry cannot be read: %v; want that it is damaged", what, err)
			}
		}
	}
}
