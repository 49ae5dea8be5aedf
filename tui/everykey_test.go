package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/action"
)

// typed is a key of the table as the emulated terminal types it.
func typed(key string) string {
	if len([]rune(key)) > 1 {
		return "<" + key + ">"
	}
	return key
}

// scenes are the screens in the middle of work, so that every key has somewhere to go
// and something to act on.
func scenes() map[action.Scope]func(t *testing.T) *desk {
	return map[action.Scope]func(t *testing.T) *desk{
		action.Desk: func(t *testing.T) *desk {
			st := storetest.New(t)
			for n := range 40 {
				storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, fmt.Sprintf("ferries %d", n), 4))
			}
			d := show(t, st, annotations.Desk, 80, 24)
			d.WaitFor("40 articles", "0/3")
			d.Type("jjj")
			d.Until(func(text string) bool { y, _ := rowOf(text, " > "); return y == 6 }, "mark the fourth")
			return d
		},
		action.Review: func(t *testing.T) *desk {
			d, _ := open(t, ferries(t, 60), 80, 24)
			d.Type("sss/Sentence<enter>g30<enter>")
			d.WaitFor(">30", "3 of 59 tagged", "✓ saved")
			return d
		},
		action.Audit: func(t *testing.T) *desk {
			st := storetest.New(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 41))
			tags(t, st, id, "ben", strings.Repeat("s", 40))
			tags(t, st, id, "eve", strings.Repeat("x", 40))
			d := lead(t, st, 80, 24)
			d.WaitFor("disagreements", "ben sourced")
			d.Type("jjj")
			d.WaitFor("Sentence 5 of ferries") // the list cuts it short
			return d
		},
		action.Settle: func(t *testing.T) *desk {
			st, _ := differing(t)
			d := lead(t, st, 60, 12)
			d.WaitFor("disagreements")
			d.Type("<enter>")
			d.WaitFor("settle")
			d.Type(".1<enter><enter>") // so that there is something to take back and to copy
			d.WaitFor("Saved.")
			return d
		},
		action.Comparing: func(t *testing.T) *desk {
			d := paired(t, 80, 24)
			d.Type("<space>")
			d.WaitFor("2 of 8")
			return d
		},
	}
}

// unseen reports whether what an action does cannot be seen in its scene: it shows that
// already, or it ends the test.
func unseen(scope action.Scope, id action.ID) bool {
	switch id {
	case action.Suspend, action.Redraw, action.Cancel:
		return true
	case action.Needs, action.ReadAnew: // they are shown, and nothing is new
		return scope == action.Audit
	case action.PageUp, action.PageDown: // the sentence is short
		return scope == action.Settle
	}
	return false
}

// Every key of every screen does something that can be seen, or says why it does not:
// nothing is silent, by whichever of its keys an action is called.
func TestEveryKeyOfEveryScreenAnswers(t *testing.T) {
	t.Parallel()
	for scope, scene := range scenes() {
		t.Run(string(scope), func(t *testing.T) {
			pressed := 0
			for _, a := range action.Table(codebook.Builtin()) {
				if a.Scope != scope && a.Scope != action.Everywhere || unseen(scope, a.ID) {
					continue
				}
				for _, key := range a.Keys {
					if a.Scope == action.Everywhere && taken(scope, key) {
						continue
					}
					answers(scene(t), key, a.ID)
					pressed++
				}
			}
			if pressed < 12 {
				t.Errorf("only %d keys were pressed", pressed)
			}
		})
	}
}

// answers presses a key and waits for the screen to change, or to be left.
func answers(d *desk, key string, id action.ID) {
	before := d.Text()
	d.Type(typed(key))
	d.Until(func(text string) bool {
		select {
		case <-d.Ended:
			return true
		default:
			return text != before
		}
	}, fmt.Sprintf("answer %s (%s)", key, id))
	d.Stop()
	<-d.Ended
}

// taken reports whether a screen has a key for itself.
func taken(scope action.Scope, key string) bool {
	for _, a := range action.Table(codebook.Builtin()) {
		for _, k := range a.Keys {
			if a.Scope == scope && k == key {
				return true
			}
		}
	}
	return false
}
