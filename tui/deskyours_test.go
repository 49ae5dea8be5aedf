package tui_test

import (
	"context"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// What is assigned to a reviewer stood among everything else, by name. It is first now,
// says so, and no longer when it is finished; in lines, too.
func TestTheDeskShowsWhatIsAssignedFirst(t *testing.T) {
	st, lea := storetest.New(t), storetest.Session(t, "lea")
	var ids []annotations.ArticleID
	for _, seed := range []string{"anchors", "buoys", "cranes"} {
		a := storetest.Article(t, seed, 3)
		a.Name = seed
		ids = append(ids, storetest.Import(t, st, lea, a))
	}
	for _, c := range []struct {
		who string
		id  annotations.ArticleID
	}{{"ana", ids[2]}, {"ben", ids[1]}} {
		if _, err := store.Do(t.Context(), st, lea, c.id, annotations.Change{Kind: annotations.EventAssign, Assigned: []string{c.who}}); err != nil {
			t.Fatal(err)
		}
	}
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("> cranes", "0/2    0% yours")
	rows := strings.Split(d.Text(), "\n")
	if !strings.Contains(rows[4], "anchors") || !strings.Contains(rows[5], "buoys") || strings.Contains(rows[5], "yours") {
		t.Errorf("\n%s", d.Text())
	}
	d.Type("<enter>xx")
	d.WaitFor("2 of 2 tagged", "✓ saved")
	d.Type("Ff")
	d.WaitFor("Cranes finished. Saved.")
	d.Type("q")
	d.WaitFor("2/2  done")
	d.WaitGone("yours")
	d.Stop()
	d.WaitEnd()
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: st, Session: storetest.Session(t, "ben"), Clock: storetest.Clock(), Reports: t.TempDir(), Input: strings.NewReader("q\n"), Output: &out,
	}, false)
	if err != nil || !strings.Contains(out.String(), "1 buoys. On buoys. Harbour Post. 2026-01-02. 0 of 2 tagged. Assigned to you.") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// Where no files are imported, as over SSH, no key for it is offered, and it says where
// they are.
func TestADeskWithoutImportDoesNotOfferIt(t *testing.T) {
	st := storetest.New(t)
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("No article yet. On the store's own machine, run: stet import FILE")
	if strings.Contains(d.Text(), "i import") {
		t.Errorf("\n%s", d.Text())
	}
	d.Type("i")
	d.WaitFor("files are imported on the store's own machine, by stet import FILE")
	e := show(t, st, annotations.Desk, 80, 24, func(o *tui.Options) {
		o.Import = func(context.Context, string) (annotations.ArticleID, error) { return annotations.Desk, nil }
	})
	e.WaitFor("No article yet. Press i", "import")
}

// That a lead asked something was said above the list, and not of which article; that a
// text was changed since, nowhere before it was opened. Figures beside “yours” stood out of
// their column, and an empty column of dates cut the titles.
func TestTheDeskSaysWhatIsAskedAndWhatWasChanged(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	put := func(name string, parent annotations.ArticleID, n int, text string) annotations.ArticleID {
		a := read(t, text)
		a.Name, a.Title, a.Published, a.Outlet, a.Parent, a.Revision = name, "The port is closed from May on", "", "", parent, n
		return storetest.Import(t, st, ana, a)
	}
	id := put("port-r1", annotations.Desk, 1, "The port closed in May, the board said. The sea was calm.\n")
	put("port-r2", id, 2, "The port closed in June, the board said. The sea was calm.\n")
	if _, err := store.Do(t.Context(), st, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	ruleOn(t, st, "lea", id, 1, annotations.Ruling{Verdict: annotations.Query, Reason: "Who said it?", Reviewer: "ana"})
	column := func(row, of string) int {
		before, _, _ := strings.Cut(row, of)
		return len([]rune(before))
	}
	for _, w := range []int{60, 80, 120} {
		d := show(t, st, annotations.Desk, w, 24)
		d.WaitFor("1/2   50% 1 asked")
		_, first := rowOf(d.Text(), "port-r1")
		_, other := rowOf(d.Text(), "port-r2")
		if a, b := column(first, "1/2   50%"), column(other, "0/2    0%"); a < 0 || a != b {
			t.Errorf("%d columns: the figures are not one under the other:\n%s", w, d.Text())
		}
		if !strings.Contains(first, "changed") || strings.Contains(other, "changed") || strings.Contains(d.Text(), " date ") {
			t.Errorf("%d columns:\n%s", w, d.Text())
		}
	}
}
