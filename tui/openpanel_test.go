package tui_test

import (
	"context"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// slow is a store that saves nothing until its gate is opened, and does not tell what
// others save.
type slow struct {
	deaf
	gate chan struct{}
}

func (s slow) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	<-s.gate
	return s.deaf.Append(ctx, b)
}

// While a list was open it became known, by a tag that was refused, that others had put
// the article under another codebook. What was picked from the list of the old one ended
// the program with a fault of its own.
func TestAnArticleIsNotChangedUnderAnOpenPanel(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 8))
	s := slow{deaf{st}, make(chan struct{})}
	d := show(t, s, id, 110, 40)
	d.WaitFor("s sourced")
	rejudged(t, st, id, teamBook)
	d.Type("sw")
	d.WaitFor("Flags", "a unsourced", "saving …")
	close(s.gate)
	d.WaitGone("saving …")
	d.Type("a")
	d.WaitFor("[x] a unsourced")
	d.Type("<enter>")
	d.WaitFor("r fact", "w view", "0 of 7 tagged", "2 ·  ", "3 ·  ")
	d.Type("w")
	d.WaitFor("view. Saved.", "1 of 7 tagged")
}

// reluctant is a store that tells of an article when its gate is opened, and counts how
// often it was to save something.
type reluctant struct {
	faulty
	shut  atomic.Bool
	gate  chan struct{}
	tries atomic.Int32
}

func (r *reluctant) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r.tries.Add(1)
	return r.faulty.Append(ctx, b)
}

func (r *reluctant) Summary(ctx context.Context, who string, id annotations.ArticleID) (store.Summary, error) {
	if r.shut.Load() {
		<-r.gate
	}
	return r.faulty.Summary(ctx, who, id)
}

// On a disk that was full each try to save let go of the keys that waited for an article
// to be read: they were pressed on the desk.
func TestKeysWaitForTheArticleAlsoWhenTheDiskIsFull(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 8))
	r := &reluctant{faulty: faulty{Store: st}, gate: make(chan struct{})}
	d := show(t, r, id, 100, 24)
	d.WaitFor("tagged")
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe", Next: "Free some room"})
	r.fail.Store(&full)
	d.Type("s")
	d.WaitFor("NOT SAVED: 1")
	d.Type("q")
	d.WaitFor("1 article")
	r.shut.Store(true)
	before := r.tries.Load()
	d.Type("<enter>x")
	d.Until(func(string) bool { return r.tries.Load() >= before+3 }, "try to save more than once") // the one before the last was told of
	close(r.gate)
	d.WaitFor("2 S…", "3 X…", "NOT SAVED: 2")
}

// Events implements [store.Store].
func (r *reluctant) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	if r.shut.Load() {
		<-r.gate
	}
	return r.faulty.Events(ctx, q, after, limit)
}

// The same keys were pressed in the article while its history was read: a step meant for
// the page went to the next sentence.
func TestKeysWaitForTheHistoryAlsoWhenTheDiskIsFull(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 8))
	r := &reluctant{faulty: faulty{Store: st}, gate: make(chan struct{})}
	d := show(t, r, id, 100, 24)
	d.WaitFor("tagged")
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe", Next: "Free some room"})
	r.fail.Store(&full)
	d.Type("s")
	d.WaitFor("NOT SAVED: 1", "> 3")
	r.shut.Store(true)
	before := r.tries.Load()
	d.Type("tj")
	d.Until(func(string) bool { return r.tries.Load() >= before+3 }, "try to save more than once")
	close(r.gate)
	d.WaitFor("History of 3", "> 3")
}
