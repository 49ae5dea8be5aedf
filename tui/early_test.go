package tui_test

import (
	"context"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// threeGated holds alpha, bravo and cargo, and lists them when it may.
func threeGated(t *testing.T) *gated {
	t.Helper()
	st := storetest.New(t)
	for _, name := range []string{"alpha", "bravo", "cargo"} {
		art := storetest.Article(t, name, 6)
		art.Name = name
		storetest.Import(t, st, storetest.Session(t, "ana"), art)
	}
	return &gated{st, make(chan struct{})}
}

// What was typed while the desk was still being read was answered with "the store is still
// being read" and lost: "j" and enter opened nothing, or the article before.
func TestKeysOnADeskThatIsStillReadWait(t *testing.T) {
	g := threeGated(t)
	d := show(t, g, annotations.Desk, 80, 24)
	d.WaitFor("reading the store")
	d.Type("j<enter>s")
	d.WaitFor("still being read; what is typed waits for it")
	close(g.open)
	d.WaitFor("Sentence 2 of bravo", "2 sourced. Saved.")
}

// The same where a word was typed to narrow the desk: its letters are no keys.
func TestWordsForADeskThatIsStillReadWait(t *testing.T) {
	g := threeGated(t)
	d := show(t, g, annotations.Desk, 80, 24)
	d.WaitFor("reading the store")
	d.Type("?")
	d.WaitFor("Keys. Type to search")
	d.Type("<esc>")
	d.WaitGone("Keys. Type to search")
	d.Type("/")
	d.Paste("carg")
	d.Type("o<enter><enter>")
	d.WaitFor("what is typed waits for it")
	close(g.open)
	d.WaitFor("Sentence 2 of cargo")
}

// Who does not want to wait leaves: q at once, and ctrl+c twice behind other keys.
func TestADeskThatIsStillReadIsLeft(t *testing.T) {
	for _, keys := range []string{"q", "<ctrl+c>", "j<ctrl+c><ctrl+c>"} {
		g := &gated{storetest.New(t), make(chan struct{})}
		d := show(t, g, annotations.Desk, 80, 24)
		d.WaitFor("reading the store")
		d.Type(keys)
		d.WaitEnd()
		close(g.open)
	}
}

// What waits for a store that does not answer is dropped by esc; q leaves the lead's desk
// for one's own again.
func TestWhatWaitsForADeskIsDropped(t *testing.T) {
	st, _ := differing(t)
	g := &gated{st, make(chan struct{})}
	d := lead(t, g, 80, 24)
	d.WaitFor("reading the store")
	d.Type("jr")
	d.WaitFor("what is typed waits for it, esc drops it")
	d.Type("<esc>")
	d.WaitFor("what was typed is dropped")
	d.Type("q")
	d.WaitFor("stet  desk")
	close(g.open)
	d.WaitFor("0/")
}

// unasked is a store whose team cannot be read while it is told so.
type unasked struct {
	store.Store
	off atomic.Bool
}

func (u *unasked) Team(ctx context.Context) (annotations.Team, error) {
	if u.off.Load() {
		return annotations.Team{}, &store.Error{Kind: store.ErrHeld, What: "the store is gone", Safe: "What was saved is safe"}
	}
	return u.Store.Team(ctx)
}

// The lead's desk whose first reading failed said "reading the store …" for ever, and to
// the key that reads it anew that it was still being read.
func TestALeadsDeskThatCouldNotBeReadIsReadAnew(t *testing.T) {
	st, _ := differing(t)
	u := &unasked{Store: st}
	u.off.Store(true)
	d := lead(t, u, 80, 24)
	d.WaitFor("The store could not be read: The store is gone", "n read anew")
	d.WaitGone("reading the store")
	d.Type("r")
	d.WaitFor("the store could not be read; n reads it anew")
	u.off.Store(false)
	d.Type("n")
	d.WaitFor("disagreements", "2 matters")
}
