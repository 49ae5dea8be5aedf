//go:build !windows

package store_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// framesOf are the kinds of a journal's frames, and where each ends.
func framesOf(b []byte) (kinds []byte, ends []int) {
	for at := 0; at < len(b); {
		kinds = append(kinds, b[at+8])
		at += 9 + int(binary.BigEndian.Uint32(b[at:]))
		ends = append(ends, at)
	}
	return kinds, ends
}

// A program was killed while its mirror took in an import: the text, the sentences and
// the codebook were there, the event that names them was not. The next program cut them
// off as what no event needs, and took them for sent. They never came again, nor did
// the codebook for any later article, and no store could be made of that mirror.
func TestAMirrorThatWasCutBetweenTextAndEventHasBoth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	made(t, path)
	whole := []byte(content(t, path+".mirror"))
	kinds, ends := framesOf(whole)
	event := bytes.IndexByte(kinds, 'E')
	if event < 4 {
		t.Fatalf("the mirror begins %q: there is nothing to cut between", kinds)
	}
	for cut := range event + 1 {
		if err := os.WriteFile(path+".mirror", whole[:ends[cut]], 0o600); err != nil {
			t.Fatal(err)
		}
		s := storetest.Open(t, path)
		storetest.Import(t, s, storetest.Session(t, "lea"), storetest.Article(t, fmt.Sprintf("another %d", cut), 4))
		size := events(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		rep, err := store.Rebuild(t.Context(), filepath.Join(t.TempDir(), "again.db"), "test", strings.NewReader(content(t, path+".mirror")))
		if err != nil || !rep.OK() || rep.Events != size {
			t.Errorf("cut behind frame %d, %q: of %d events %d come back, %v %v", cut, kinds[:cut+1], size, rep.Events, rep.Problems, err)
		}
	}
}

// events is how many events a store has.
func events(t *testing.T, s store.Store) uint64 {
	t.Helper()
	info, err := s.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return info.Events
}

// A folder stood where the mirror goes: every save was without its second copy, the
// failure was noted and nobody could ask for it. Now whoever opens the store is told, before
// and after the first save, and no more when it is out of the way.
func TestAMirrorThatDoesNotFollowIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	mirror := path + ".mirror"
	about := func(s store.Store) string {
		t.Helper()
		info, err := s.Stat(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range info.Notices {
			if strings.Contains(n, mirror) {
				return n
			}
		}
		return ""
	}
	s := storetest.Open(t, path)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 5))
	if n := about(s); n != "" {
		t.Errorf("of a mirror that follows: %s", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(mirror, mirror+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(mirror, 0o700); err != nil {
		t.Fatal(err)
	}
	s = storetest.Open(t, path)
	if n := about(s); !strings.Contains(n, "no ordinary file") {
		t.Errorf("a folder in its place, before the first save: %q", n)
	}
	do(t, s, ana, id, storetest.Tag(2, 0, "sourced"))
	waitFor(t, func() bool { return strings.Contains(about(s), "does not follow") })
	if err := os.Remove(mirror); err != nil {
		t.Fatal(err)
	}
	do(t, s, ana, id, storetest.Tag(3, 0, "sourced"))
	waitFor(t, func() bool { return about(s) == "" })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rep, err := store.Rebuild(t.Context(), filepath.Join(t.TempDir(), "again.db"), "test", strings.NewReader(content(t, mirror)))
	if err != nil || !rep.OK() || rep.Events != 3 {
		t.Errorf("%d events, %v %v", rep.Events, rep.Problems, err)
	}
}
