//go:build !windows

package store_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
	"stet.example/stet/store/storetest"
)

const pageBytes = 4096

// hurtStore is a sound store of 300 events, and what there is to know of its
// pages.
type hurtStore struct {
	data    []byte
	digest  string // of all content
	copied  string // of what a copy made from the log has
	byType  map[string][]uint64
	owner   map[uint64]uint64   // page → the page it continues
	records map[uint64][]uint64 // page → positions of the log's records on it
	texts   map[uint64]bool     // pages with pieces of blobs or their lengths
	rnd     *rand.Rand
	tally   map[string]int // outcomes
}

// newHurtStore makes the store, and its mirror as base.mirror in dir.
func newHurtStore(t *testing.T, dir string) *hurtStore {
	t.Helper()
	path := filepath.Join(dir, "base.db")
	fill(t, path)
	h := &hurtStore{byType: map[string][]uint64{}, owner: map[uint64]uint64{}, records: map[uint64][]uint64{}, texts: map[uint64]bool{}, tally: map[string]int{}, rnd: rand.New(rand.NewPCG(3, 4))}
	h.data = []byte(content(t, path))
	x := examine(path)
	if x.OpenErr != "" || x.ReadErr != "" || x.VerErr != "" || len(x.Verify) > 0 || len(x.Notices) > 0 {
		t.Fatalf("the store to be hurt is not sound: %+v", x)
	}
	h.digest = x.Digest
	if err := os.Rename(path+".mirror", filepath.Join(dir, "base.mirror")); err != nil {
		t.Fatal(err)
	}
	s := salvageOf(path, filepath.Join(dir, "sound.db"))
	if s.Err != "" || s.Found != 300 || len(s.Verify) > 0 {
		t.Fatalf("salvage of a sound store: %+v", s)
	}
	h.copied = s.Digest
	h.pages(t, path)
	return h
}

// fill makes a store of 300 events: articles with their text, tags, evidence,
// confidential notes, rulings, undo and redo, over several sessions.
func fill(t *testing.T, path string) {
	t.Helper()
	for round := range 3 {
		s, err := store.Open(t.Context(), store.Options{Path: path, App: "test", Create: true, NoSync: true, Clock: storetest.Clock(), Random: strings.NewReader("the same each time")})
		if err != nil {
			t.Fatal(err)
		}
		sessions := byte(0)
		session := func(who string) *store.Session { // the same each time, too
			sessions++
			return &store.Session{ID: annotations.SessionID{byte(round + 1), sessions}, Actor: who, Tool: "test"}
		}
		for i, who := range []string{"ana", "ben"} {
			me, lea := session(who), session("lea")
			id := storetest.Import(t, s, me, storetest.Article(t, fmt.Sprintf("topic %d", i), 60)) // known from the second round on
			for n := range annotations.SentenceID(20) {
				sent := annotations.SentenceID(round)*20 + n + 1
				c := storetest.Tag(sent, 0, []string{"sourced", "contested", "contextual"}[n%3])
				c.Annotation.Note = strings.Repeat(fmt.Sprintf("note %d of %s. ", sent, who), 1+int(n)*3)
				changes := []annotations.Change{}
				if n%5 == 0 {
					ev := annotations.Evidence{URL: fmt.Sprintf("https://harbour.example/%s/%d", who, sent), Quote: "we were not asked"}
					ev.Identify()
					c.Annotation.Evidence = []annotations.Use{{ID: ev.ID, Stance: annotations.Refutes}}
					changes = append(changes, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev})
				}
				if n%4 == 0 {
					c.Secret = []string{"12345678", "the skipper’s sister told us"}[n/4%2] // eight bytes, like a length
					c.Annotation.Confidential = annotations.Seal([16]byte{byte(sent), who[0]}, c.Secret)
				}
				do(t, s, me, id, append(changes, c)...)
				if n%6 == 0 {
					do(t, s, lea, id, annotations.Change{Kind: annotations.EventRule, Sentence: sent, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
				}
			}
			for _, m := range []annotations.Mode{annotations.Undo, annotations.Undo, annotations.Redo} {
				if _, _, err := store.Revert(t.Context(), s, me, m); err != nil {
					t.Fatal(err)
				}
			}
		}
		if round == 2 {
			me, a := session("ana"), storetest.Article(t, "topic 0", 60)
			for rev := uint64(1); ; rev++ {
				st, err := s.Stat(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if st.Events == 300 {
					break
				}
				do(t, s, me, a.ID, storetest.Tag(1, rev, "contested"))
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func do(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, c ...annotations.Change) {
	t.Helper()
	if _, err := store.Do(t.Context(), s, who, id, c...); err != nil {
		t.Fatal(err)
	}
}

// pages finds out what stands on each page.
func (h *hurtStore) pages(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		for id := 0; ; id++ {
			p, err := tx.Page(id)
			if p == nil || err != nil {
				return err
			}
			h.byType[p.Type] = append(h.byType[p.Type], uint64(id))
			h.owner[uint64(id)] = uint64(id)
			for range p.OverflowCount {
				if p.Type == "free" {
					break
				}
				id++
				h.byType["overflow"] = append(h.byType["overflow"], uint64(id))
				h.owner[uint64(id)] = uint64(p.ID)
			}
		}
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = boltfile.Salvage(t.Context(), bytes.NewReader(h.data), int64(len(h.data)), boltfile.SalvageOptions{}, func(r boltfile.Record) error {
		switch string(r.Bucket[0]) {
		case "log":
			h.records[r.Page] = append(h.records[r.Page], binary.BigEndian.Uint64(r.Key))
		case "blobs":
			h.texts[r.Page] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *hurtStore) pick() uint64 {
	types := slices.Sorted(maps.Keys(h.byType))
	ids := h.byType[types[h.rnd.IntN(len(types))]]
	return ids[h.rnd.IntN(len(ids))]
}

func at(data []byte, id uint64) []byte { return data[int(id)*pageBytes:][:pageBytes] }

// hurts are ways to hurt a file. Each returns the pages it touched; all from
// the cut on when it is cut short.
func hurts() map[string]func(h *hurtStore, d []byte) ([]byte, []uint64) {
	return map[string]func(h *hurtStore, d []byte) ([]byte, []uint64){
		"a bit": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			at(d, id)[h.rnd.IntN(pageBytes)] ^= 1 << h.rnd.IntN(8)
			return d, []uint64{id}
		},
		"a bit near the start of a page": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			at(d, id)[h.rnd.IntN(96)] ^= 1 << h.rnd.IntN(8)
			return d, []uint64{id}
		},
		"a byte": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			at(d, id)[h.rnd.IntN(pageBytes)] = byte(h.rnd.Uint32())
			return d, []uint64{id}
		},
		"eight bytes": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			binary.BigEndian.PutUint64(at(d, id)[h.rnd.IntN(pageBytes/8)*8:], h.rnd.Uint64())
			return d, []uint64{id}
		},
		"a sector of zeros": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			clear(at(d, id)[h.rnd.IntN(8)*512:][:512])
			return d, []uint64{id}
		},
		"a page of zeros": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			id := h.pick()
			clear(at(d, id))
			return d, []uint64{id}
		},
		"two pages swapped": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			a, b := h.pick(), h.pick()
			copy(at(d, a), at(h.data, b))
			copy(at(d, b), at(h.data, a))
			return d, []uint64{a, b}
		},
		"a page in the place of another": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			a, b := h.pick(), h.pick()
			copy(at(d, a), at(h.data, b))
			return d, []uint64{a}
		},
		"the same, renumbered": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			a, b := h.pick(), h.pick()
			copy(at(d, a), at(h.data, b))
			binary.NativeEndian.PutUint64(at(d, a), a)
			return d, []uint64{a}
		},
		"cut short": func(h *hurtStore, d []byte) ([]byte, []uint64) {
			n := h.rnd.IntN(len(d))
			if h.rnd.IntN(2) == 0 {
				n -= n % pageBytes
			}
			var lost []uint64
			for id := uint64(n / pageBytes); int(id) < len(d)/pageBytes; id++ {
				lost = append(lost, id)
			}
			return d[:n], lost
		},
	}
}

// injury is one damaged file that waits to be examined.
type injury struct {
	path  string
	how   string
	pages []uint64
	whole bool // is salvaged with the mirror too
}

func TestNoDamageGoesUnnoticed(t *testing.T) {
	dir := t.TempDir()
	h := newHurtStore(t, dir)
	for _, sort := range []string{"meta", "branch", "leaf", "free", "freelist", "overflow"} {
		if len(h.byType[sort]) == 0 {
			t.Errorf("the store has no %s page to hurt", sort)
		}
	}
	var all []injury
	how := hurts()
	for i := range size(1600, 200) {
		name := slices.Sorted(maps.Keys(how))[i%len(how)]
		data, pages := how[name](h, bytes.Clone(h.data))
		in := injury{path: filepath.Join(dir, fmt.Sprintf("hurt-%d.db", i)), how: name, pages: pages, whole: *campaign || i%7 == 0}
		if err := os.WriteFile(in.path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		all = append(all, in)
		if len(all) == 100 {
			h.judgeAll(t, dir, all)
			all = all[:0]
		}
	}
	h.judgeAll(t, dir, all)
	t.Logf("%v", h.tally)
	if n := h.tally["something sound was not found"]; n > size(1600, 200)/100 {
		t.Errorf("%d times a salvage did not find all that stands outside the damaged pages", n)
	}
}

// A large file is not looked at whole before it is opened: that goes on beside
// the first reads, and the check waits for it.
func TestDamageToALargeStoreIsFoundBesideTheFirstReads(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "base.db")
	fill(t, path)
	s, err := store.Open(t.Context(), store.Options{Path: path, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 { // until the file is well over what is checked at every start
		if _, err := s.PutBlob(t.Context(), strings.Repeat(fmt.Sprintf("filler %d ", i), 10_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".mirror"); err != nil {
		t.Fatal(err)
	}
	h := &hurtStore{data: []byte(content(t, path)), byType: map[string][]uint64{}, owner: map[uint64]uint64{}, records: map[uint64][]uint64{}, texts: map[uint64]bool{}, tally: map[string]int{}, rnd: rand.New(rand.NewPCG(7, 8))}
	if len(h.data) < 6<<20 {
		t.Fatalf("the file has %d bytes only", len(h.data))
	}
	h.pages(t, path)
	delete(h.byType, "overflow") // nearly all of it filler
	how := hurts()
	for i := range size(200, 20) {
		name := slices.Sorted(maps.Keys(how))[i%len(how)]
		data, pages := how[name](h, bytes.Clone(h.data))
		at := filepath.Join(dir, fmt.Sprintf("hurt-%d.db", i))
		if err := os.WriteFile(at, data, 0o600); err != nil {
			t.Fatal(err)
		}
		line, ok := startChild(t, "verify", at).line()
		if !ok || strings.Contains(line, "UNTYPED") {
			t.Errorf("%s at pages %d: %q", name, pages[:min(len(pages), 9)], line)
		}
		h.tally[line]++
		for _, end := range []string{"", ".lock", ".place"} {
			if err := os.Remove(at + end); err != nil && !os.IsNotExist(err) {
				t.Error(err)
			}
		}
	}
	t.Logf("%v", h.tally)
}
