package store

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// What is encoded by hand is what the library would have written.
func TestRowsAreEncodedAsTheLibraryDoes(t *testing.T) {
	c := testCodec(t)
	number := rapid.OneOf(rapid.Uint64Max(30), rapid.Uint64Max(1<<17), rapid.Uint64())
	rapid.Check(t, func(rt *rapid.T) {
		r := storedRecord{
			Rev: number.Draw(rt, "rev"), Pos: number.Draw(rt, "pos"), Time: rapid.Int64().Draw(rt, "time"),
			On: number.Draw(rt, "on"), Own: drawHash(rt, "own"),
		}
		if a := drawAnnotation(rt, annotations.Hash{}); a != nil {
			r.Ann = *a
		}
		p := storedProgress{
			Tagged: rapid.IntRange(-2, 300).Draw(rt, "tagged"), Extra: rapid.IntRange(-2, 2).Draw(rt, "extra"), Unsure: rapid.IntRange(0, 70000).Draw(rt, "unsure"),
			ByTag: rapid.MapOf(rapid.String(), rapid.IntRange(-3, 1000)).Draw(rt, "by tag"), Pos: number.Draw(rt, "at"), Time: rapid.Int64().Draw(rt, "then"),
			Current: annotations.SentenceID(rapid.Uint32().Draw(rt, "current")), Done: rapid.Bool().Draw(rt, "done"),
		}
		want, err := c.enc.Marshal(r)
		if err != nil {
			rt.Fatal(err)
		}
		got := r.encode()
		if !bytes.Equal(got, want) {
			rt.Fatalf("%x; the library writes %x", got, want)
		}
		if want, err = c.enc.Marshal(p); err != nil {
			rt.Fatal(err)
		}
		if got := p.encode(); !bytes.Equal(got, want) {
			rt.Fatalf("%x; the library writes %x", got, want)
		}
	})
}
