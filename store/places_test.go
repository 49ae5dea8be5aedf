package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

func TestPlacesGoWithTheirFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p")
	rapid.Check(t, func(rt *rapid.T) {
		junk := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(rt, "junk")
		if err := os.WriteFile(path, junk, 0o600); err != nil {
			rt.Fatal(err)
		}
		p := openTestPlaces(rt, path)
		last, by := map[string]Place{}, map[string]map[annotations.ArticleID]annotations.SentenceID{}
		for range rapid.IntRange(0, 30).Draw(rt, "steps") {
			if rapid.IntRange(0, 9).Draw(rt, "what") == 0 {
				if err := p.close(); err != nil {
					rt.Fatal(err)
				}
				p = openTestPlaces(rt, path)
				continue
			}
			who := rapid.SampledFrom([]string{"ana", "ben"}).Draw(rt, "who")
			at := Place{annotations.ArticleID{byte(rapid.IntRange(0, 3).Draw(rt, "article"))}, annotations.SentenceID(rapid.Uint32().Draw(rt, "sentence"))}
			if err := p.set(who, at); err != nil {
				rt.Fatal(err)
			}
			if by[who] == nil {
				by[who] = map[annotations.ArticleID]annotations.SentenceID{}
			}
			last[who], by[who][at.Article] = at, at.Sentence
		}
		for who := range by {
			got, all, err := p.of(who)
			if err != nil || got != last[who] || !reflect.DeepEqual(all, by[who]) {
				rt.Fatalf("%s stands at %+v %v, %v; want %+v %v", who, got, all, err, last[who], by[who])
			}
		}
		if err := p.close(); err != nil {
			rt.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() > int64(len(junk)+9*placeSlot) {
			rt.Fatalf("the file has grown to %d bytes, %v", info.Size(), err)
		}
		if _, _, err := p.of("ana"); !errors.Is(err, ErrClosed) {
			rt.Fatalf("after close: %v", err)
		}
	})
}

func openTestPlaces(tb rapid.TB, path string) *placeFile {
	tb.Helper()
	p, err := openPlaces(path)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestADamagedPlaceIsForgottenAndItsRoomUsedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p")
	p := openTestPlaces(t, path)
	for i := range annotations.SentenceID(5) {
		if err := p.set(fmt.Sprint(i), Place{annotations.ArticleID{1}, i + 10}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[2*placeSlot+33] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	p = openTestPlaces(t, path)
	for i := range annotations.SentenceID(5) {
		want := Place{annotations.ArticleID{1}, i + 10}
		if i == 2 {
			want = Place{}
		}
		if got, _, err := p.of(fmt.Sprint(i)); err != nil || got != want {
			t.Errorf("%d stands at %+v, %v; want %+v", i, got, err, want)
		}
	}
	if err := errors.Join(p.set("new", Place{annotations.ArticleID{2}, 7}), p.close()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 5*placeSlot {
		t.Errorf("the file is %d bytes long, %v; want %d", info.Size(), err, 5*placeSlot)
	}
}

func FuzzPlaces(f *testing.F) {
	dir := f.TempDir()
	p := openTestPlaces(f, filepath.Join(dir, "seed"))
	if err := errors.Join(p.set("ana", Place{annotations.ArticleID{1}, 3}), p.set("ana", Place{annotations.ArticleID{2}, 4}), p.close()); err != nil {
		f.Fatal(err)
	}
	seed, err := os.ReadFile(filepath.Join(dir, "seed"))
	if err != nil || len(seed) != 2*placeSlot {
		f.Fatal(len(seed), err)
	}
	full := bytes.Clone(seed)
	binary.BigEndian.PutUint64(full[36:], ^uint64(0))
	f.Add(seed, "ana", uint32(5))
	f.Add(full, "ana", uint32(5))
	f.Add([]byte(strings.Repeat("x", 100)), "", uint32(0))
	f.Fuzz(func(t *testing.T, b []byte, who string, sentence uint32) {
		path := filepath.Join(t.TempDir(), "p")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		p := openTestPlaces(t, path)
		at := Place{annotations.ArticleID{9}, annotations.SentenceID(sentence)}
		if err := errors.Join(p.set(who, at), p.close()); err != nil {
			t.Fatal(err)
		}
		p = openTestPlaces(t, path)
		if _, by, err := p.of(who); err != nil || by[at.Article] != at.Sentence {
			t.Errorf("%v, %v; want %+v", by, err, at)
		}
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
}
