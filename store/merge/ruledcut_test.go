package merge

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// A lead ruled on a sentence in one copy of a store, and it was split in the other. The
// copies are joined: there as here the ruling is one on the whole sentence, which is not
// what stands in its place any more. Joining them again changes nothing.
func TestARulingIsJoinedWithItsWords(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	split := func(d *desk) {
		t.Helper()
		b, err := store.Load(t.Context(), d, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		now, err := annotations.SplitUnit(b.Body, b.Units, 2, b.Units[1].Span.Start+9, b.NextID())
		if err != nil {
			t.Fatal(err)
		}
		c, err := store.Recut(t.Context(), d, b, now, "split", 2)
		if err != nil {
			t.Fatal(err)
		}
		d.do("ana", a.ID, c)
	}
	ruled := func(d *desk) *annotations.RulingRecord {
		t.Helper()
		for _, r := range d.rows(a.ID) {
			if r.Sentence == 2 && r.Ruling != nil {
				return r.Ruling
			}
		}
		t.Fatalf("%s has no ruling", d.name)
		return nil
	}
	whole := a.Units[1].Span.In(a.Body)
	y.rule("lena", a.ID, 2, &annotations.Ruling{Verdict: annotations.Stet})
	split(x)
	x.merge(y)
	y.merge(x)
	for _, d := range []*desk{x, y} {
		if r := ruled(d); r.Words != annotations.HashOf(whole).Start() || !r.OfOtherWords(whole[:8]) {
			t.Errorf("in %s the ruling is %+v", d.name, r.Ruling)
		}
	}
	if before := x.size(); len(x.merge(y).LeftOut) > 0 || x.size() != before {
		t.Errorf("joined again, %d events were added", x.size()-before)
	}
}
