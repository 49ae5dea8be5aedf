package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store/lanes"
)

// bulk makes a store of so many events, more than are looked at at once, and
// returns its file and the journal it was made of.
func bulk(t *testing.T, events int) (path string, journal []byte) {
	t.Helper()
	dir := t.TempDir()
	from := filepath.Join(dir, "journal")
	gateJournal(t, from, events)
	journal, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "stet.db")
	if _, err := Rebuild(t.Context(), path, "test", bytes.NewReader(journal)); err != nil {
		t.Fatal(err)
	}
	return path, journal
}

// A store of many chunks is rebuilt record by record as its journal has it, is
// sound, and has the root that the plain algorithm gives.
func TestManyChunksAtOnce(t *testing.T) {
	const events = 12*perChunk + 77
	path, journal := bulk(t, events)
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // only read
	var f frontier
	recs, err := s.Records(t.Context(), 0, events+1)
	if err != nil || len(recs) != events {
		t.Fatalf("%d records, %v", len(recs), err)
	}
	for _, rec := range recs {
		if !bytes.Contains(journal, rec) {
			t.Fatal("a record is not the journal's")
		}
		f.add(annotations.Hash(tlog.RecordHash(RecordBody(rec))))
	}
	for what, look := range map[string]func(context.Context, func(uint64, uint64)) (Report, error){"verify": s.Verify, "prove": s.Prove} {
		r, err := look(t.Context(), nil)
		if err != nil || !r.OK() || r.Events != events || r.Seal.Root != f.root() {
			t.Errorf("%s: %v %v, root %s, want %s", what, err, r.Problems, r.Seal.Root.Short(), f.root().Short())
		}
	}
	state, err := foldOf(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for id, a := range state.Articles {
		rows, err := s.State(t.Context(), id, 1, 1<<31, 1<<20)
		if err != nil || len(rows) != len(a.Annotations) {
			t.Fatalf("article %s: %d rows, %v; the log says %d", id, len(rows), err, len(a.Annotations))
		}
		for _, row := range rows {
			if want := a.Annotations[annotations.ReviewerKey{Sentence: row.Sentence, Reviewer: row.Reviewer}]; !want.Annotation.Equal(row.Annotation.Annotation) || want.Pos != row.Annotation.Pos {
				t.Fatalf("%+v stands where the log says %+v", row.Annotation, want)
			}
		}
	}
}

// foldOf folds a store's log, event by event as they are read one at a time.
func foldOf(ctx context.Context, s *Bolt) (*annotations.State, error) {
	state := annotations.NewState()
	for after := uint64(0); ; {
		events, next, err := s.Events(ctx, Query{}, after, 1000)
		if err != nil || len(events) == 0 {
			return state, err
		}
		for i := range events {
			if err := state.Apply(&events[i]); err != nil {
				return nil, err
			}
		}
		after = next
	}
}

// Whatever is changed anywhere in a long log, or in what was made of it, is found.
func TestAChangeAnywhereIsFound(t *testing.T) {
	const events = 4*perChunk + 3*blockSize
	path, _ := bulk(t, events)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := func(b *bolt.Bucket) (k, v []byte) {
		k, v = b.Cursor().Last()
		return bytes.Clone(k), bytes.Clone(v)
	}
	for name, c := range map[string]struct {
		hurt  func(bucket func(string) *bolt.Bucket) error
		says  string
		proof bool // the proof of the log alone finds it
	}{
		"a byte of a record within a block": {func(bucket func(string) *bolt.Bucket) error {
			v := bytes.Clone(bucket(bLog).Get(u64(130)))
			v[recordFixed+3] ^= 1
			return bucket(bLog).Put(u64(130), v)
		}, "event 130: was changed", true},
		"a record that hashes to itself but not to its place": {func(bucket func(string) *bolt.Bucket) error {
			v := bytes.Clone(bucket(bLog).Get(u64(131)))
			return bucket(bLog).Put(u64(130), v)
		}, "event 130: breaks the chain", true},
		"the last record is gone": {func(bucket func(string) *bolt.Bucket) error {
			return errors.Join(bucket(bLog).Delete(u64(events)), bucket(bLog).Delete(belowKey(events)))
		}, "some were cut off", true},
		"a tag in a row": {func(bucket func(string) *bolt.Bucket) error {
			k, v := last(bucket(bState))
			return bucket(bState).Put(k, bytes.Replace(v, []byte("contextual"), []byte("contestual"), 1))
		}, "is not what the log says", false},
		"a row is gone": {func(bucket func(string) *bolt.Bucket) error {
			k, _ := last(bucket(bState))
			return bucket(bState).Delete(k)
		}, "is missing", false},
	} {
		t.Run(name, func(t *testing.T) {
			hurt := filepath.Join(t.TempDir(), "hurt.db")
			if err := os.WriteFile(hurt, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := Tamper(hurt, c.hurt); err != nil {
				t.Fatal(err)
			}
			s, err := Open(t.Context(), Options{Path: hurt})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close() //nolint:errcheck // only read
			finds := func(r Report, err error) bool {
				return err == nil && slices.ContainsFunc(r.Problems, func(p Problem) bool { return strings.Contains(p.String(), c.says) })
			}
			if r, err := s.Verify(t.Context(), nil); !finds(r, err) {
				t.Errorf("verify says %v %.300v", err, r.Problems)
			}
			if r, err := s.Prove(t.Context(), nil); finds(r, err) != c.proof {
				t.Errorf("the proof says %v %.300v", err, r.Problems)
			}
		})
	}
}

// Leaves that are added in stretches, from and to anywhere, give the tree that
// they give one by one.
func TestStretchesGiveTheSameTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var one, some frontier
		var l levels
		h := lanes.New()
		for size := range uint64(rapid.IntRange(1, 3).Draw(t, "chunks")) {
			leaves := make([]annotations.Hash, rapid.IntRange(1, perChunk).Draw(t, "leaves"))
			for i := range leaves {
				leaves[i] = annotations.Hash{byte(i), byte(i >> 8), byte(size)}
			}
			if l = l.over(h, leaves); some.size%perChunk != 0 {
				return // a chunk that is cut short is the last one
			}
			for from := 0; from < len(leaves); {
				to := rapid.IntRange(from+1, len(leaves)).Draw(t, "to")
				some.addSome(l, from, to)
				for ; from < to; from++ {
					one.add(leaves[from])
				}
				if one.root() != some.root() || one.size != some.size {
					t.Fatalf("root %s of %d leaves; in stretches %s of %d", one.root().Short(), one.size, some.root().Short(), some.size)
				}
			}
		}
	})
}

// What is kept of annotations that grow and shrink stays apart from the rest.
func TestTextsAreKeptApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFolding(codec{})
		where, want := map[int]text{}, map[int]string{}
		for range rapid.IntRange(1, 200).Draw(t, "times") {
			i, n := rapid.IntRange(0, 9).Draw(t, "which"), rapid.IntRange(1, 40).Draw(t, "bytes")
			if rapid.IntRange(1, 50).Draw(t, "large") == 1 {
				n = roomFor + n
			}
			want[i] = strings.Repeat(string(rune('a'+i)), n)
			where[i] = f.keep([]byte(want[i]), where[i])
			for k, w := range want {
				if got := string(f.text(where[k])); got != w {
					t.Fatalf("%d bytes were kept of %q, not %d", len(got), w[:1], len(w))
				}
			}
		}
	})
}

// A call that is given up before the committer took it leaves nothing behind; what
// was taken is waited for.
func TestACallThatIsGivenUpInTheQueue(t *testing.T) {
	s := gateStore(t, t.TempDir(), "stet.db")
	v := newSaver(t, s)
	begun, goOn, held := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		held <- s.update(context.Background(), func(boltTx) error { close(begun); <-goOn; return nil })
	}()
	<-begun
	b := v.batch()
	ctx, cancel := context.WithCancel(t.Context())
	given := make(chan error, 1)
	go func() {
		_, err := s.Append(ctx, b)
		given <- err
	}()
	for s.queue.waiting() == 0 && len(given) == 0 {
		runtime.Gosched()
	}
	cancel()
	if err := <-given; !errors.Is(err, context.Canceled) {
		t.Errorf("given up, it says %v", err)
	}
	close(goOn)
	if err := <-held; err != nil {
		t.Error(err)
	}
	before, err := s.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r, err := s.Append(t.Context(), b); err != nil || r.First != before.Events+1 {
		t.Errorf("the same act again: %+v, %v after %d events", r, err, before.Events)
	}
}
