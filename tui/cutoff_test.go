package tui_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// cutOff is a store that gives no texts while it is told so.
type cutOff struct {
	store.Store
	off atomic.Bool
}

func (c *cutOff) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	if c.off.Load() {
		return "", &store.Error{Kind: store.ErrHeld, What: "the store is gone", Safe: "What was saved is safe"}
	}
	return c.Store.Blob(ctx, h, off, n)
}

// ofPieces is a store with an article so long that it is read in pieces: the words of
// 1025 and those before it are in different ones.
func ofPieces(t *testing.T) (*cutOff, annotations.ArticleID) {
	t.Helper()
	st := &cutOff{Store: storetest.New(t)}
	art := storetest.Article(t, "ferries", 40_000)
	if len(art.Body) < 1<<20 {
		t.Fatalf("%d bytes are no long text", len(art.Body))
	}
	return st, storetest.Import(t, st, storetest.Session(t, "ana"), art)
}

// A note was being written in a long article when the window grew, and what it showed
// then could not be read: the article was left for the desk, and the note was nowhere.
func TestAHalfWrittenNoteIsKeptWhenItsArticleCannotBeRead(t *testing.T) {
	st, id := ofPieces(t)
	folder := filepath.Join(t.TempDir(), "drafts")
	d := show(t, st, id, 100, 16, func(o *tui.Options) { o.Drafts = folder })
	d.WaitFor("0 of 39999 tagged")
	d.Type("g1005<enter>")
	d.WaitFor("> 1005")
	d.Type("mcall the harbour master")
	d.WaitFor("call the harbour master")
	st.off.Store(true)
	d.resize(100, 60)
	d.WaitFor("the store is gone", "Your note was", "kept: it is offered in its article", "stet  desk")
	st.off.Store(false)
	d.WaitFor("0/39999")
	d.Type("<enter>")
	d.WaitFor("Half a note on sentence 1005 was kept")
	d.Type("m")
	d.WaitFor("as far as you had written it", "call the harbour master")
}

// Line mode did not see that a sentence could not be read: it told "Untagged. What is it?"
// with no words and no error, and took the tag.
func TestASentenceThatCannotBeReadIsNotToldAsOneWithoutWords(t *testing.T) {
	for _, lines := range [][]string{{"g 25000", "s"}, {"G s"}} {
		st, id := ofPieces(t)
		l := newLines(t, st, id).(*talker) //nolint:forcetypeassert // it makes no other
		l.Expect("Sentence 2 of 40000", "What is it?")
		st.off.Store(true)
		from := len(l.out.String())
		for _, line := range lines {
			l.line(line)
		}
		said := l.out.String()[from:]
		if !strings.Contains(said, "the store is gone. What was saved is safe.") || !strings.Contains(said, "The desk.") || strings.Contains(said, "paragraph") || strings.Contains(said, "aved. Untagged") {
			t.Errorf("%q was answered with:\n%s", lines, said)
		}
		st.off.Store(false)
		rows, err := st.State(t.Context(), id, 1, 30000, 10)
		if err != nil || len(rows) != 0 {
			t.Errorf("%q: said is %+v, %v", lines, rows, err)
		}
	}
}
