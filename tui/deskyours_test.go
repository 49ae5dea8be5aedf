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
