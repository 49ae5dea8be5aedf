package tui

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// What others saved while the screen read what was new was read with it, and then once
// more: it was told twice, and the article read anew twice.
func TestWhatIsNewIsReadOnce(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 6))
	b := inHand(t, st, ana, id)
	b.all()
	b.measure()
	was := b.known
	for s := annotations.SentenceID(2); s < 5; s++ {
		if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(s, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
	}
	ask := b.looked(was + 1) // of the first it was told
	b.heard(ask().(news))    //nolint:forcetypeassert // it brings no other
	if b.message != "ben: tag sourced on 4" {
		t.Errorf("told was %q", b.message)
	}
	if again := b.looked(was + 3); again != nil || b.known != was+3 {
		t.Errorf("what is known already is asked for once more: %d events, of %d", b.known-was, 3)
	}
}
