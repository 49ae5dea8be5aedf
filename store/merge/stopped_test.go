package merge

import (
	"context"
	"errors"
	"slices"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// halting is a store that takes some acts and then no more.
type halting struct {
	*desk
	left *int
}

// Append implements [store.Store].
func (h halting) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if *h.left--; *h.left < 0 {
		return store.Receipt{}, context.Canceled
	}
	return h.desk.Append(ctx, b)
}

// TestAMergeStoppedAnywhereGoesOn stops a merge full of conflicts after each of
// its acts. Merging again gives what a merge in one go gives; so does a third
// store that merges the half-merged one and the other, in both orders.
func TestAMergeStoppedAnywhereGoesOn(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.whole = true
	x.bring(a)
	z := x.copied("z")
	y := x.copied("y")
	for s, tag := range []string{"sourced", "contested", "contextual"} {
		id := annotations.SentenceID(s + 1)
		x.tag("ana", a.ID, id, tag)
		y.tag("ana", a.ID, id, "sourced")
		z.tag("ana", a.ID, id, "contested")
		y.tag("ben", a.ID, id, tag)
		x.rule("lena", a.ID, id, &annotations.Ruling{Verdict: annotations.Stet})
		y.rule("max", a.ID, id, &annotations.Ruling{Verdict: annotations.Query})
	}
	y.merge(z) // so that y itself has second versions
	y.bring(article(t, "pier"))
	want, size := x.merged(y).state(), x.merged(y).size()
	for acts := 0; ; acts++ {
		d, left := x.copied("d"), acts
		_, err := Merge(t.Context(), halting{d, &left}, y, Options{Lead: "lena", Tool: "t"})
		if rep, bad := d.Verify(t.Context(), nil); bad != nil || !rep.OK() {
			t.Fatalf("after %d acts: %v %v", acts, bad, rep.Problems)
		}
		for name, got := range map[string]*desk{
			"again": d.merged(y), "in the other": y.merged(d), "both in the other's past": z.merged(d, y), "the other first": z.merged(y, d),
		} {
			if s := got.state(); !slices.Equal(s, want) {
				t.Fatalf("after %d acts, %s:\n%q\nwant\n%q", acts, name, s, want)
			}
		}
		if err == nil {
			if acts < 6 || d.size() != size {
				t.Errorf("it took %d acts and %d events, not %d", acts, d.size(), size)
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}
