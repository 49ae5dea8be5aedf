package store

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// What is written by hand is what the library would have written.
func TestRecordsAreEncodedAsTheLibraryDoes(t *testing.T) {
	c := testCodec(t)
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEvent(rt)
		var said [2][]byte
		for i, a := range []*annotations.Annotation{e.Before, e.After} {
			if a == nil {
				continue
			}
			lean := *a
			if lean.Codebook == e.Codebook {
				lean.Codebook = annotations.Hash{}
			}
			want, err := c.enc.Marshal(lean)
			if err != nil {
				rt.Fatal(err)
			}
			if said[i] = appendAnnotation(nil, a, e.Codebook); !bytes.Equal(said[i], want) {
				rt.Fatalf("%x; the library writes %x", said[i], want)
			}
		}
		e.RuleBefore, e.RuleAfter, e.Evidence, e.Meta, e.Recovered = nil, nil, nil, nil, nil
		if !plain(&e) {
			rt.Fatal("an event of every day is not plain")
		}
		e.Offered = rapid.String().Draw(rt, "offered")
		want, err := c.enc.Marshal(restOut{Before: said[0], After: said[1], also: also{Tool: e.Tool, Reason: e.Reason, Of: e.Of, Rev: e.Rev, Offered: e.Offered}})
		if err != nil {
			rt.Fatal(err)
		}
		if got := appendPlain(nil, &e, said[0], said[1]); !bytes.Equal(got, want) {
			rt.Fatalf("%x; the library writes %x", got, want)
		}
	})
}

// quickly reads the CBOR part of a record, or gives up.
func quickly(b []byte, own annotations.Hash, skim bool) (e annotations.Event, enc encoded, ok bool) {
	q := quick{b: b, own: own, skim: skim, words: map[string]string{}}
	e.Codebook = own
	before, after, ok := q.rest(&e, &annotations.Annotation{}, &annotations.Annotation{})
	e.Before, e.After = full(e.Before, own), full(e.After, own)
	return e, encoded{before: before, after: after}, ok
}

// sameAsTheLibrary fails unless what is read quickly is what the library reads,
// and is written again as it was. It reports whether it was read at all.
func sameAsTheLibrary(t interface{ Fatalf(string, ...any) }, c codec, b []byte, own annotations.Hash) bool {
	got, enc, ok := quickly(b, own, false)
	skimmed, _, skimOK := quickly(b, own, true)
	if !ok {
		if skimOK {
			t.Fatalf("%x is skimmed, and cannot be read", b)
		}
		return false
	}
	want := annotations.Event{Codebook: own}
	if err := c.slowly(b, &want); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%x is read as\n%+v\nthe library reads\n%+v, %v", b, got, want, err)
	}
	if again := appendPlain(nil, &got, enc.before, enc.after); !bytes.Equal(again, b) {
		t.Fatalf("%x is written again as %x", b, again)
	}
	for _, x := range []struct {
		a, seen *annotations.Annotation
		raw     []byte
	}{{got.Before, skimmed.Before, enc.before}, {got.After, skimmed.After, enc.after}} {
		if x.a == nil {
			continue
		}
		if again := appendAnnotation(nil, x.a, own); !bytes.Equal(again, x.raw) {
			t.Fatalf("the annotation %x is written again as %x", x.raw, again)
		}
		if !skimOK {
			if x.a.Codebook == own {
				continue
			}
			return true // one of an older codebook is not skimmed
		}
		if s := x.seen; s.Tag != x.a.Tag || s.Unsure != x.a.Unsure || s.Codebook != x.a.Codebook || !reflect.DeepEqual(s.Confidential, x.a.Confidential) {
			t.Fatalf("%+v is skimmed as %+v", x.a, s)
		}
	}
	return true
}

// What is read by hand is what the library reads; where bytes were changed, it
// gives up or still says the same.
func TestRecordsAreReadAsTheLibraryDoes(t *testing.T) {
	c, quicklyRead := testCodec(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEvent(rt)
		e.RuleBefore, e.RuleAfter, e.Evidence, e.Meta, e.Recovered = nil, nil, nil, nil, nil
		var said [2][]byte
		for i, a := range []*annotations.Annotation{e.Before, e.After} {
			if a != nil {
				said[i] = appendAnnotation(nil, a, e.Codebook)
			}
		}
		b := appendPlain(nil, &e, said[0], said[1])
		if sameAsTheLibrary(rt, c, b, e.Codebook) {
			quicklyRead++
		} else {
			rt.Fatalf("%x cannot be read quickly", b)
		}
		for range rapid.IntRange(1, 3).Draw(rt, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(rt, "at")] = rapid.Byte().Draw(rt, "to")
		}
		sameAsTheLibrary(rt, c, b, e.Codebook)
		sameAsTheLibrary(rt, c, b[:rapid.IntRange(0, len(b)).Draw(rt, "cut")], e.Codebook)
	})
	if quicklyRead == 0 {
		t.Error("nothing was read")
	}
}

func FuzzQuick(f *testing.F) {
	c, n := testCodec(f), 0
	for _, e := range vectors() {
		b, err := c.encode(StoreID{1}, &e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[recordFixed+2+len(e.Actor)+len(e.Verb) : len(b)-hashSize])
		n++
	}
	if n == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, b []byte) { sameAsTheLibrary(t, c, b, annotations.Hash{0xC0}) })
}

// Rows of the state are read by hand too, whatever wrote them.
func TestRowsAreReadAsTheLibraryDoes(t *testing.T) {
	c := testCodec(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := storedRecord{Rev: rapid.Uint64().Draw(rt, "rev"), Pos: rapid.Uint64().Draw(rt, "pos"), Time: rapid.Int64().Draw(rt, "time"), On: rapid.Uint64().Draw(rt, "on"), Own: drawHash(rt, "own")}
		if a := drawAnnotation(rt, annotations.Hash{}); a != nil {
			r.Ann = *a
		}
		b := r.encode()
		var want storedRecord
		if err := c.dec.Unmarshal(b, &want); err != nil {
			rt.Fatal(err)
		}
		got, err := c.decodeRow(b)
		if got.ann != nil && !bytes.Equal(got.encode(), b) {
			rt.Fatalf("%x is written again as %x", b, got.encode())
		}
		got.ann = nil
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Fatalf("%+v, %v; the library reads %+v", got, err, want)
		}
		b = b[:rapid.IntRange(0, len(b)-1).Draw(rt, "cut")]
		if _, err := c.decodeRow(b); err == nil {
			rt.Fatalf("%x is half a row, and passes", b)
		}
	})
}
