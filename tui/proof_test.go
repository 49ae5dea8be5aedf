package tui_test

import (
	"context"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// liar gives one text with another letter in it, as a disk may.
type liar struct {
	store.Store
	text annotations.Hash
}

func (l *liar) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	s, err := l.Store.Blob(ctx, h, off, n)
	if h == l.text && off == 0 {
		s = strings.Replace(s, "Sentence 7 ", "Sentence 9 ", 1)
	}
	return s, err
}

// A long text is shown before its hash is worked out. When it is not the one that was
// imported, it goes again, and no key counted meanwhile.
func TestADamagedLongTextIsShownNoLongerAndNothingIsSaidOfIt(t *testing.T) {
	st := storetest.New(t)
	art := storetest.Article(t, strings.Repeat("ferries and piers ", 64), 1100)
	if len(art.Body) < 1<<20 {
		t.Fatalf("%d bytes are no long text", len(art.Body))
	}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	bad := &liar{Store: st, text: art.Text}
	d := show(t, bad, id, 100, 30)
	d.Type("s")
	d.WaitFor("are not what was imported.")
	if a := d.said(id, 2); a.Tag != "" {
		t.Errorf("the damaged sentence was tagged %s", a.Tag)
	}
	d.Type("<ctrl+c>")
	d.WaitEnd()

	bad.text = annotations.Hash{}
	e := show(t, bad, id, 100, 30)
	e.WaitFor("0 of 1099 tagged")
	e.Type("s") // waits for the proof, and counts
	e.WaitFor("2 sourced. Saved.")
}
