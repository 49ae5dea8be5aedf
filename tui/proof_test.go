package tui_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// liar gives one text with another letter in it, as a disk may.
type liar struct {
	store.Store
	text annotations.Hash
	// broken has it read no more texts.
	broken atomic.Bool
	held   chan struct{} // unless nil, what is copied waits until it is closed
}

func (l *liar) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	if l.broken.Load() {
		return "", errors.New("the disk is gone")
	}
	s, err := l.Store.Blob(ctx, h, off, n)
	if h == l.text && off == 0 {
		s = strings.Replace(s, "Sentence 7 ", "Sentence 9 ", 1)
	}
	return s, err
}

func (l *liar) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	if l.held != nil {
		select {
		case <-l.held:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s, err := l.Blob(ctx, h, 0, -1)
	if err == nil {
		_, err = io.WriteString(w, s)
	}
	return err
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
	bad := &liar{Store: st, text: art.Text, held: make(chan struct{})}
	d := show(t, bad, id, 100, 30)
	d.WaitFor("0 of 1099 tagged")
	d.Type("s<ctrl+c>")
	d.WaitFor("leaving when what was typed is done") // the keys came before the proof
	close(bad.held)
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

// readings counts the bytes that are read of texts and of tables of sentences.
type readings struct {
	store.Store
	bytes atomic.Int64
}

func (c *readings) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	s, err := c.Store.Blob(ctx, h, off, n)
	c.bytes.Add(int64(len(s)))
	return s, err
}

// A long text was read as a whole before it was shown, and kept: the screen of a hundred
// megabytes took five hundred. Now it is read where the reviewer is.
func TestALongTextIsReadWhereTheReviewerIs(t *testing.T) {
	st := &readings{Store: storetest.New(t)}
	art := storetest.Article(t, "ferries", 100_000)
	if len(art.Body) < 2<<20 {
		t.Fatalf("%d bytes are no long text", len(art.Body))
	}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	st.bytes.Store(0)
	d := show(t, st, id, 100, 30)
	d.WaitFor("0 of 99999 tagged")
	for _, at := range []int{40_000, 7, 25_000} {
		d.Type(fmt.Sprintf("g%d<enter>s", at))
		d.WaitFor(fmt.Sprintf("%d sourced. Saved.", at))
		if a := d.said(id, annotations.SentenceID(at)); a.Tag != "sourced" {
			t.Errorf("%d is %q", at, a.Tag)
		}
	}
	d.Type("u")
	d.WaitFor("Undid: tag sourced on 25000. Saved.")
	// Somebody else cuts it: the screen goes on with the other table, and reads no more than before.
	sum, err := st.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	before := st.bytes.Load()
	whole, err := store.Read(t.Context(), st.Store, &sum).Whole()
	if err != nil {
		t.Fatal(err)
	}
	u := whole.Units[7]
	now, err := annotations.SplitUnit(whole.Body, whole.Units, u.ID, u.Span.Start+strings.Index(u.Span.In(whole.Body), " says"), whole.NextID())
	if err != nil {
		t.Fatal(err)
	}
	change, err := store.Recut(t.Context(), st.Store, whole, now, "split", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), st.Store, storetest.Session(t, "lea"), id, change); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("25001/100001")
	if n := st.bytes.Load() - before; n > 5<<20 { // its table is gone through once, the text is not
		t.Errorf("%d bytes were read after a cut", n)
	}
	if n := before; n > 3<<19 {
		t.Errorf("%d bytes were read of %d", n, len(art.Body)+len(art.Units)*annotations.TableRecord)
	}
	d.Type("<ctrl+c>")
	d.WaitEnd()
}

// A disk that fails under a long text, of which no more was read than was on the screen,
// ends the review with words, not with sentences that have none.
func TestALongTextThatCanNoLongerBeReadGoes(t *testing.T) {
	st := storetest.New(t)
	art := storetest.Article(t, "ferries", 50_000)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	bad := &liar{Store: st}
	d := show(t, bad, id, 100, 30)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	bad.broken.Store(true)
	d.Type("g30000<enter>")
	d.WaitFor("the disk is gone")
	d.Type("<ctrl+c>")
	d.WaitEnd()
	for _, at := range []annotations.SentenceID{1, 3, 30_000} {
		if a := d.said(id, at); a.Tag != "" {
			t.Errorf("%d is %q", at, a.Tag)
		}
	}
}

// guest is a store that another process owns.
type guest struct{ *readings }

func (guest) Owns() bool { return false }

// Where each look is a question to another process a long text is read as a whole: the
// screen must not wait for an owner that was stopped, sentence by sentence.
func TestALongTextOfAnotherProcessIsReadAtOnce(t *testing.T) {
	st := &readings{Store: storetest.New(t)}
	art := storetest.Article(t, "ferries", 50_000)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	st.bytes.Store(0)
	d := show(t, store.For(guest{st}, "ana"), id, 100, 30)
	d.WaitFor("0 of 49999 tagged")
	read := st.bytes.Load()
	if read < int64(len(art.Body)) {
		t.Errorf("%d bytes of %d were read", read, len(art.Body))
	}
	d.Type("g40000<enter>s")
	d.WaitFor("40000 sourced. Saved.")
	if more := st.bytes.Load() - read; more > 0 {
		t.Errorf("%d bytes were read for a step", more)
	}
	d.Type("<ctrl+c>")
	d.WaitEnd()
}
