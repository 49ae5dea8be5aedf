package tui

import (
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/action"
)

// A reading that was under way when others saved something ended after one that was
// begun later, took its place on the screen, and stayed there.
func TestOlderFiguresNeverTakeThePlaceOfNewerOnes(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 4))
	a := newApp(Options{Store: st, Session: ana, Clock: storetest.Clock()}, loader{ctx: t.Context(), store: st, who: "ana"}, &outbox{store: st, session: ana})
	first := a.openAudit()
	a.audited(first())
	older := a.reloadAudit(false)
	if older == nil {
		t.Fatal("nothing is read")
	}
	begun := a.auditor // as the reading that is under way has it
	old := begun.load(false, true)
	for who, tag := range map[string]string{"ben": "sourced", "eve": "contextual"} {
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, storetest.Tag(2, 0, tag)); err != nil {
			t.Fatal(err)
		}
	}
	a.auditor.awaited, a.waiting = a.auditor.turn+1, true
	if a.reloadAudit(false) == nil {
		t.Fatal("nothing is read")
	}
	a.audited(old)
	if !a.waiting {
		t.Error("keys no longer wait, though what was read is older than what was saved")
	}
	latest := a.auditor
	a.audited(latest.load(false, true))
	if _, right := a.audit.Title(); right != "1 matter" || a.waiting {
		t.Errorf("the newer figures: %q, keys wait: %v; want 1 matter, and that they do not", right, a.waiting)
	}
	a.audited(old)
	if _, right := a.audit.Title(); right != "1 matter" {
		t.Errorf("after the older ones: %q; want 1 matter still", right)
	}
}

// A sample was drawn from all that was saved, and a reading that had begun before
// then put its older figures beside the check.
func TestOlderFiguresNeverStandBesideADraw(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 4))
	a := newApp(Options{Store: st, Session: ana, Clock: storetest.Clock()}, loader{ctx: t.Context(), store: st, who: "ana"}, &outbox{store: st, session: ana})
	first := a.openAudit()
	a.audited(first())
	if a.reloadAudit(false) == nil {
		t.Fatal("nothing is read")
	}
	begun := a.auditor // as the reading that is under way has it
	old := begun.load(false, true)
	for who, tag := range map[string]string{"ben": "sourced", "eve": "contextual"} {
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, storetest.Tag(2, 0, tag)); err != nil {
			t.Fatal(err)
		}
	}
	if a.carryAudit(action.AskDraw{}) == nil {
		t.Fatal("nothing is drawn")
	}
	drawing := a.auditor
	a.audited(drawing.draw(false))
	a.audited(old)
	if _, inside := a.audit.Back(); !inside {
		t.Fatal("no check began")
	}
	if _, right := a.audit.Title(); right != "1 matter" {
		t.Errorf("behind the check: %q; want 1 matter, as when the sample was drawn", right)
	}
}
