package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// While a lead judged a sentence blind, or had a question open, what somebody else saved
// kept the program busy for as long as that took: it asked without a pause whether the
// hands were free.
func TestALeadWhoIsBusyIsNotAskedAllTheTime(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string]string{"blind check": "r", "question": "/", "list of keys": "?"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, ben := storetest.New(t), storetest.Session(t, "ben")
			id := storetest.Import(t, st, ben, storetest.Article(t, "ferries", 6))
			if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(2, 0, "sourced")); err != nil {
				t.Fatal(err)
			}
			who := storetest.Session(t, "ana")
			a := newApp(Options{Store: st, Session: who, Audit: &audit.Options{}, Clock: storetest.Clock()},
				loader{ctx: t.Context(), store: st, who: "ana"}, &outbox{store: st, session: who})
			a.measure()
			a.begin()
			b := &byHand{t: t, app: a, work: []tea.Cmd{a.first}}
			_, cmd := a.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
			b.work = append(b.work, cmd)
			b.all()
			b.types(keys)
			b.all()
			if a.auditFree() {
				t.Fatalf("%q leaves the hands free: the test shows nothing; %q", keys, a.message)
			}
			if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(3, 0, "contextual")); err != nil {
				t.Fatal(err)
			}
			info, err := st.Stat(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			_, cmd = b.Update(moved{info.Events})
			b.work = append(b.work, cmd)
			steps := 0
			b.until(func() bool { steps++; return steps > 200 })
			if len(b.work) > 0 || !a.auditor.behind {
				t.Fatalf("after %d steps %d are still to be done; behind: %v", steps, len(b.work), a.auditor.behind)
			}
			b.types("\x1b\x1b")
			b.all()
			if a.auditor.behind {
				t.Errorf("what was saved meanwhile is not shown afterwards; %q", a.message)
			}
		})
	}
}
