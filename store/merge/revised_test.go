package merge

import (
	"strings"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A later revision and the text that it was made of come in whatever order their
// keys have, and are found by each other afterwards, here and after a second merge.
func TestRevisionsAreFoundAfterAMerge(t *testing.T) {
	t.Parallel()
	for _, seeds := range [][2]string{{"harbour", "pier"}, {"pier", "harbour"}} {
		ours, theirs := storetest.New(t), storetest.New(t)
		lena, ana := storetest.Session(t, "lena"), storetest.Session(t, "ana")
		first, second := article(t, seeds[0]), article(t, seeds[1])
		second.Parent, second.Revision = first.ID, 1
		storetest.Import(t, theirs, ana, first)
		storetest.Import(t, theirs, ana, second)
		known := article(t, seeds[1]) // the same text, which nobody here knows to be a revision
		third := storetest.New(t)
		storetest.Import(t, third, lena, known)
		for range 2 {
			for _, st := range []store.Store{ours, third} {
				r, err := Merge(t.Context(), st, theirs, Options{Lead: "lena", Tool: "stet test"})
				if err != nil || len(r.LeftOut) > 0 {
					t.Fatalf("%+v, %v", r.LeftOut, err)
				}
				list, err := st.Revisions(t.Context(), first.ID, 9)
				if err != nil {
					t.Fatal(err)
				}
				told := false
				for _, d := range r.Differences {
					told = told || strings.Contains(d.What, first.ID.String())
				}
				if here := len(list) == 1 && list[0].ID == second.ID; here == told {
					t.Errorf("%q: revisions %v, differences %v: neither joined nor told", seeds, list, r.Differences)
				}
				storetest.MustCheck(t, st)
			}
		}
	}
}
