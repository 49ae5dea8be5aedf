package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
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
	a.auditor.awaited = a.auditor.turn + 1
	if a.reloadAudit(false) == nil {
		t.Fatal("nothing is read")
	}
	a.audited(old)
	if !a.waits() {
		t.Error("keys no longer wait, though what was read is older than what was saved")
	}
	latest := a.auditor
	a.audited(latest.load(false, true))
	if _, right := a.audit.Title(); right != "1 matter" || a.waits() {
		t.Errorf("the newer figures: %q, keys wait: %v; want 1 matter, and that they do not", right, a.waits())
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

// While keys waited for the figures, or for those that take the place of a ruling that was
// refused, any other answer let them go on: they were about what was going to be replaced.
func TestNoOtherAnswerEndsTheWaitForFigures(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(a *app) tea.Cmd{
		"asked for":       func(a *app) tea.Cmd { return a.carryAudit(action.AskAudit{Wait: true}) },
		"after a refusal": func(a *app) tea.Cmd { return a.reload(all(), 0) },
	} {
		st := storetest.New(t)
		ana := storetest.Session(t, "ana")
		storetest.Import(t, st, ana, storetest.Article(t, "ferries", 4))
		a := newApp(Options{Store: st, Session: ana, Clock: storetest.Clock()}, loader{ctx: t.Context(), store: st, who: "ana"}, &outbox{store: st, session: ana})
		first := a.openAudit()
		a.audited(first())
		if ask(a) == nil {
			t.Fatal(name, "nothing is read")
		}
		x := a.auditor
		a.update(tea.KeyPressMsg{Code: 'q', Text: "q"})
		a.update(drained{[]settled{{entry: entry{revert: annotations.Undo}, err: store.ErrNotFound}}}) // there was nothing to undo
		if len(a.held) != 1 || a.audit == nil {
			t.Errorf("%s: the key went on before the figures came", name)
		}
		a.update(x.load(name != "asked for", true))
		if len(a.held) != 0 || a.audit != nil {
			t.Errorf("%s: the key still waits when the figures are there", name)
		}
	}
}
