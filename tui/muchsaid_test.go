package tui_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// heldBack holds back whoever reads what was said of a whole article, until the gate opens.
type heldBack struct {
	store.Store
	open chan struct{}
	fail error
}

func (g *heldBack) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]store.Row, error) {
	if to == ^annotations.SentenceID(0) {
		<-g.open
		if g.fail != nil {
			return nil, g.fail
		}
	}
	return g.Store.State(ctx, id, from, to, limit)
}

// muchSaid is a store with an article of n sentences of which ana has tagged all but two
// and stands in the middle.
func muchSaid(t *testing.T, n int) (*heldBack, annotations.ArticleID) {
	t.Helper()
	st, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", n))
	var list []annotations.Change
	for i := 2; i <= n; i++ {
		if i != n/2+1 && i != n {
			list = append(list, storetest.Tag(annotations.SentenceID(i), 0, []string{"sourced", "contextual"}[i%2]))
		}
		if len(list) == store.MaxChanges || i == n {
			if _, err := store.Do(t.Context(), st, ana, id, list...); err != nil {
				t.Fatal(err)
			}
			list = nil
		}
	}
	if err := st.SetPlace("ana", store.Place{Article: id, Sentence: annotations.SentenceID(n / 2)}); err != nil {
		t.Fatal(err)
	}
	return &heldBack{Store: st, open: make(chan struct{})}, id
}

// An article of which thousands of sentences are tagged came on the screen when all that
// was said of it was read. What stands around the reviewer comes first now, with the
// right numbers; keys count when the rest is there, and are not lost.
func TestWhatWasSaidAroundTheReviewerComesFirst(t *testing.T) {
	const n = 4000
	g, id := muchSaid(t, n)
	d := show(t, g, id, 100, 30)
	d.WaitFor(fmt.Sprintf(">%d S", n/2), fmt.Sprintf("%d ·", n/2+1), fmt.Sprintf("%d of %d tagged", n-3, n-1))
	d.Type("<space>x")
	d.WaitFor(fmt.Sprintf(">%d S", n/2)) // nothing counts yet
	close(g.open)
	d.WaitFor(fmt.Sprintf("%d contextual. Saved.", n/2+1), fmt.Sprintf("%d of %d tagged", n-2, n-1), fmt.Sprintf("%d/%d", n, n))
	d.Type("s")
	d.WaitFor("every sentence is tagged", fmt.Sprintf("%d of %d tagged", n-1, n-1), "✓ saved")
	d.Type("u")
	d.WaitFor("Undid: tag", fmt.Sprintf("%d of %d tagged", n-2, n-1))
	d.Type("u")
	d.WaitFor(fmt.Sprintf("on %d. Saved.", n/2+1), fmt.Sprintf("%d of %d tagged", n-3, n-1), fmt.Sprintf(">%d ·", n/2+1))
	d.Type("f")
	d.WaitFor("Step through which sentences?", "tagged by me                 3997", "untagged                     2")
}

// What was said cannot be read to its end: then the article goes again, with the reason.
func TestAnArticleWhoseRestCannotBeReadIsNotWorkedOn(t *testing.T) {
	g, id := muchSaid(t, 3300)
	g.fail = errors.New("the disk does not answer")
	d := show(t, g, id, 100, 30)
	d.WaitFor(">1650 S")
	before := len(d.Raw())
	d.Send("x\x1b]11;rgb:ffff/ffff/ffff\x07") // behind the key something that shows
	d.Until(func(string) bool { return len(d.Raw()) > before }, "be drawn on white")
	close(g.open)
	d.WaitFor("desk", "The disk does not answer")
	if a := d.said(id, 1650); a.Tag != "sourced" {
		t.Errorf("1650 is %q", a.Tag)
	}
}
