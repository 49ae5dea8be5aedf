package proof_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/store"
	"stet.example/stet/store/proof"
	"stet.example/stet/store/storetest"
)

// rewritten is a log in which one record was changed and everything after it
// was made to fit, as somebody could who owns the file: the seals, too.
type rewritten struct {
	proof.Log
	at uint64
}

func (r rewritten) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	list, err := r.Log.Records(ctx, after, limit)
	if r.at > after && r.at <= after+uint64(len(list)) {
		rec := bytes.Clone(store.RecordBody(list[r.at-after-1]))
		rec[71] ^= 1
		h := tlog.RecordHash(rec)
		list[r.at-after-1] = append(rec, h[:]...)
	}
	return list, err
}

func (r rewritten) Seals(ctx context.Context, size uint64, limit int) ([]store.Seal, error) {
	list, err := r.Log.Seals(ctx, size, limit)
	for i := range list {
		if list[i].Size >= r.at {
			roots, err := proof.Roots(ctx, r, list[i].Size)
			if err != nil {
				return nil, err
			}
			list[i].Root = roots[0]
		}
	}
	return list, err
}

// shorter is a log whose end was cut off.
type shorter struct {
	proof.Log
	size uint64
}

func (s shorter) Stat(ctx context.Context) (store.Stat, error) {
	st, err := s.Log.Stat(ctx)
	st.Events = s.size
	return st, err
}

func TestALogThatLacksWhatWasSeenIsFound(t *testing.T) {
	s, dir := storetest.New(t), t.TempDir()
	who := storetest.Session(t, "ana")
	id := storetest.Import(t, s, who, storetest.Article(t, "piers", 3))
	st, err := s.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	check := func(log proof.Log, deep bool) *proof.Complaint {
		t.Helper()
		c, err := proof.Check(t.Context(), dir, log, deep)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := check(s, true); c != nil {
		t.Errorf("before anything was seen: %s", c)
	}
	for range 40 { // more than are kept
		if err := proof.Remember(dir, st.ID, grow(t, s, who, id, 2)); err != nil {
			t.Fatal(err)
		}
	}
	for _, deep := range []bool{false, true} {
		if c := check(s, deep); c != nil {
			t.Errorf("deep %v: the log itself: %s", deep, c)
		}
		if c := check(shorter{s, 71}, deep); c == nil || c.Seen.Size != 73 || c.Have != 71 || !strings.Contains(c.String(), "some were cut off") {
			t.Errorf("deep %v: a shorter log: %+v", deep, c)
		}
		if c := check(rewritten{s, 70}, deep); c == nil || c.Seen.Size != 71 || c.Holds != 69 || !strings.Contains(c.String(), "after event 69") {
			t.Errorf("deep %v: a rewritten log: %+v", deep, c)
		}
	}
	grow(t, s, who, id, 5)
	if c := check(s, true); c != nil {
		t.Errorf("after more was saved: %s", c)
	}
	files, err := filepath.Glob(filepath.Join(dir, "seals", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("what was noted lies in %v, %v", files, err)
	}
	damagedNoteIsSaid(t, dir, files[0], s)
	if err := proof.Forget(dir, st.ID); err != nil {
		t.Fatal(err)
	}
	if c := check(shorter{s, 3}, true); c != nil {
		t.Errorf("after it was forgotten: %s", c)
	}
	for _, id := range []string{"", "../../etc/passwd", "0011"} {
		if err := proof.Remember(dir, id, store.Seal{Size: 1}); err == nil {
			t.Errorf("%q was taken for a store", id)
		}
	}
}

func TestAProgramNotesTheSealThatTheLastOneLeft(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "a.db")
	run := func(acts int, log func(proof.Log) proof.Log) *proof.Complaint {
		t.Helper()
		s := storetest.Open(t, path)
		defer s.Close()
		c, err := proof.Watch(t.Context(), dir, log(s))
		if err != nil {
			t.Fatal(err)
		}
		who := storetest.Session(t, "ana")
		id, err := s.Lookup(t.Context(), "harbour")
		if errors.Is(err, store.ErrNotFound) {
			id = storetest.Import(t, s, who, storetest.Article(t, "piers", 3))
		} else if err != nil {
			t.Fatal(err)
		}
		grow(t, s, who, id, acts)
		return c
	}
	same := func(l proof.Log) proof.Log { return l }
	for range 4 {
		if c := run(3, same); c != nil {
			t.Errorf("a log that only grew: %s", c)
		}
	}
	if c := run(0, func(l proof.Log) proof.Log { return shorter{l, 8} }); c == nil || c.Have != 8 || c.Seen.Size != 10 || c.Holds != 7 {
		t.Errorf("one that was cut off: %+v", c)
	}
	if c := run(0, func(l proof.Log) proof.Log { return rewritten{l, 9} }); c == nil || c.Seen.Size != 10 || c.Holds != 7 {
		t.Errorf("one that was rewritten: %+v", c)
	}
}

func damagedNoteIsSaid(t *testing.T, dir, path string, s proof.Log) {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(whole, []byte("\n")); n != 32 {
		t.Errorf("%d seals are kept", n)
	}
	if err := os.WriteFile(path, append([]byte("x"), whole...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Check(t.Context(), dir, s, true); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a damaged note: %v", err)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
}
