package tui_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// faulty is a store that fails on demand.
type faulty struct {
	store.Store
	fail   atomic.Pointer[error]
	panics bool
	places int
}

func (f *faulty) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if err := f.fail.Load(); err != nil {
		return store.Receipt{}, *err
	}
	return f.Store.Append(ctx, b)
}

func (f *faulty) SetPlace(who string, p store.Place) error {
	if f.places++; f.panics && f.places > 1 {
		panic("the place file is on fire")
	}
	return f.Store.SetPlace(who, p)
}

func TestFullDiskIsSaidAndSurvived(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	f := &faulty{Store: st}
	rescue := t.TempDir() + "/rescue.jsonl"
	d := show(t, f, id, 100, 24, func(o *tui.Options) { o.Rescue = rescue })
	d.WaitFor("tagged")
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe", Next: "Free some room"})
	f.fail.Store(&full)
	d.Type("s")
	d.WaitFor("No room left to save", "NOT SAVED: 1", "S…")
	if b, err := os.ReadFile(rescue); err != nil || !bytes.Contains(b, []byte(`"sourced"`)) {
		t.Errorf("the rescue file: %s, %v", b, err)
	}
	f.fail.Store(nil) // it is tried again without a key
	d.WaitFor("1 of 5 tagged", "✓ saved", "What could not be saved is saved now.")
	d.WaitGone("NOT SAVED")
	d.Type("x")
	d.WaitFor("2 of 5 tagged", "3 contextual. Saved.")
	d.Type("<ctrl+c>")
	d.WaitEnd()
	if d.said(id, 2).Tag != "sourced" || d.said(id, 3).Tag != "contextual" {
		t.Error("what was said while the disk was full is not there")
	}
}

func TestFailedDiskIsNeverCalledSaved(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	f := &faulty{Store: st}
	rescue := t.TempDir() + "/rescue.jsonl"
	d := show(t, f, id, 100, 24, func(o *tui.Options) { o.Rescue = rescue })
	d.WaitFor("tagged")
	bad := error(&store.Error{Kind: store.ErrPoisoned, What: "the disk failed", Safe: "Nothing more is written"})
	f.fail.Store(&bad)
	d.Type("sx")
	d.WaitFor("NOT SAVED: 2")
	if strings.Contains(d.Text(), "✓") {
		t.Error("a tick is shown")
	}
	d.Type("<ctrl+c>")
	<-d.Ended
	if d.Err == nil || !strings.Contains(d.Err.Error(), rescue) {
		t.Errorf("the error %v does not name the rescue file", d.Err)
	}
	if b, err := os.ReadFile(rescue); err != nil || bytes.Count(b, []byte("\n")) != 2 {
		t.Errorf("the rescue file: %s, %v", b, err)
	}
}

// mute is a store that does not list its articles while it is told so.
type mute struct {
	store.Store
	fail atomic.Bool
}

var errHeld = &store.Error{Kind: store.ErrHeld, What: "the store is held by a stopped program", Safe: "Its work is safe", Next: "Bring it back"}

func (m *mute) Articles(ctx context.Context, who string, after annotations.ArticleID, limit int) ([]store.Summary, error) {
	if m.fail.Load() {
		return nil, errHeld
	}
	return m.Store.Articles(ctx, who, after, limit)
}

func (m *mute) List(ctx context.Context, by store.Order, after store.Listed, limit int) ([]store.Listed, error) {
	if m.fail.Load() {
		return nil, errHeld
	}
	return m.Store.List(ctx, by, after, limit)
}

// A desk that could not be read does not say that there are no articles, and what it
// shows already stays.
func TestADeskThatCannotBeReadIsNotEmpty(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	m := &mute{Store: st}
	m.fail.Store(true)
	d := show(t, m, annotations.Desk, 80, 24)
	d.WaitFor("The articles could not be read", "held by a stopped program")
	if strings.Contains(d.Text(), "No article yet") {
		t.Errorf("it says that there is none:\n%s", d.Text())
	}
	d.Stop()
	d.WaitEnd()
	m.fail.Store(false)
	d = show(t, m, annotations.Desk, 80, 24)
	d.WaitFor("0/5")
	d.Type("<enter>")
	d.WaitFor("> 2")
	m.fail.Store(true)
	d.Type("q")
	d.WaitFor("held by a stopped program", "0/5")
}

// Keys said of a desk that could not be read that there was no article yet, and it stayed
// unread when the store could be read again.
func TestADeskIsReadWhenItCanBe(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	m := &mute{Store: st}
	m.fail.Store(true)
	d := show(t, m, annotations.Desk, 60, 16)
	d.WaitFor("The articles could not be read: The store is held by a", "Bring it back\n\n")
	for _, key := range []string{"<enter>", "n", "/"} {
		d.Type(key)
		d.WaitFor("\n the articles could not be read\n")
		d.Type("j")
		d.WaitGone("\n the articles could not be read\n")
	}
	m.fail.Store(false)
	d.WaitFor("0/5", "1 article")
	d.WaitGone("stopped program")
}

// deaf is a store that does not tell what others save.
type deaf struct{ store.Store }

// Tail implements [store.Store].
func (deaf) Tail(ctx context.Context, _ uint64) <-chan uint64 {
	out := make(chan uint64)
	context.AfterFunc(ctx, func() { close(out) })
	return out
}

// The same person changes a sentence in another window, and this one has not
// heard of it: the second save is refused, said, and the screen shows what stands.
func TestChangeInAnotherWindow(t *testing.T) {
	st := deaf{storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	d := show(t, st, id, 100, 24)
	d.WaitFor("> 2")
	if _, err := store.Do(t.Context(), d.st, storetest.Session(t, "ana"), id, storetest.Tag(2, 0, "contextual")); err != nil {
		t.Fatal(err)
	}
	d.Type("s")
	d.WaitFor("changed in another window", "2 X")
	d.Type("ggj")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
}

// burning is a store that panics when an article's head is read.
type burning struct{ store.Store }

func (burning) Blob(context.Context, annotations.Hash, int, int) (string, error) {
	panic("the blobs are on fire\x1b[2J")
}

// What is read ahead of the first frame, and what commands read, is read in goroutines
// of their own: a panic there ended the whole program, with no report and, on a server,
// with everybody who was at work.
func TestAFaultWhileReadingLeavesAReport(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	for name, at := range map[string]annotations.ArticleID{"the first article": id, "one that is opened": annotations.Desk} {
		t.Run(name, func(t *testing.T) {
			reports := t.TempDir()
			d := show(t, burning{st}, at, 80, 24, func(o *tui.Options) { o.Reports = reports })
			if at == annotations.Desk {
				d.WaitFor("0/5")
				d.Type("<enter>")
			}
			<-d.Ended
			if d.Err == nil || !strings.Contains(d.Err.Error(), reports) || strings.Contains(d.Err.Error(), "goroutine") || strings.Contains(d.Err.Error(), "\x1b") {
				t.Fatalf("the error is %v; want one line and the report's place", d.Err)
			}
			files, err := filepath.Glob(reports + "/panic-*.txt")
			if err != nil || len(files) != 1 {
				t.Fatalf("reports: %v, %v", files, err)
			}
			if b, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(b), "burning.Blob") {
				t.Errorf("the report does not say where: %v", err)
			}
			if !strings.Contains(string(d.Raw()), "\x1b[?1049l") {
				t.Error("the terminal was left on the other screen")
			}
		})
	}
}
