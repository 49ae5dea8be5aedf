//go:build !windows

package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// The disk hurt one event in the middle of a mirror, and the program was killed. The next
// program cut the mirror off there, whatever stood behind, and copied that anew from the
// store: where the store's own copy of a text was damaged too, the last good one was gone
// by nobody's decision.
func TestAMirrorThatIsHurtInItsMiddleIsPutAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := storetest.Open(t, path)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 5))
	for n := range annotations.SentenceID(4) {
		do(t, s, ana, id, storetest.Tag(n+1, 0, "sourced"))
	}
	storetest.Import(t, s, ana, storetest.Article(t, "harbours", 5))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole := []byte(content(t, path+".mirror"))
	kinds, ends := framesOf(whole)
	if kinds[len(kinds)-1] != 'M' {
		t.Fatalf("the mirror ends in %q", kinds)
	}
	unmarked := whole[:ends[len(ends)-2]] // as a killed program leaves it
	aside := func() []string {
		t.Helper()
		list, err := filepath.Glob(path + ".mirror.*")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	open := func(mirror []byte, rev uint64) {
		t.Helper()
		if err := os.WriteFile(path+".mirror", mirror, 0o600); err != nil {
			t.Fatal(err)
		}
		s := storetest.Open(t, path)
		do(t, s, ana, id, storetest.Tag(5, rev, "contested"))
		size := events(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		rep, err := store.Rebuild(t.Context(), filepath.Join(t.TempDir(), "again.db"), "test", bytes.NewReader([]byte(content(t, path+".mirror"))))
		if err != nil || !rep.OK() || rep.Events != size {
			t.Errorf("of %d events the mirror has %d, %v %v", size, rep.Events, rep.Problems, err)
		}
	}
	open(unmarked[:len(unmarked)-20], 0) // a torn end is cut off: there is nothing behind it
	if list := aside(); len(list) > 0 {
		t.Errorf("a torn end left %q", list)
	}
	hurt := bytes.Clone(unmarked)
	third := 0
	for i, k := range kinds {
		if k == 'E' {
			if third++; third == 3 {
				hurt[ends[i]-40] ^= 1
			}
		}
	}
	open(hurt, 1)
	list := aside()
	if len(list) != 1 {
		t.Fatalf("put aside are %q, want the mirror that was hurt", list)
	}
	if got := []byte(content(t, list[0])); !bytes.Equal(got, hurt) {
		t.Errorf("what was put aside has %d bytes of %d", len(got), len(hurt))
	}
}
