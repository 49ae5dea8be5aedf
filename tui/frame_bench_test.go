package tui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/cells"
)

// started is the root model as it stands after its first frame, over an
// article of n sentences.
func started(tb testing.TB, n int) *app {
	tb.Helper()
	st := storetest.New(tb)
	who := storetest.Session(tb, "ana")
	id := storetest.Import(tb, st, who, storetest.Article(tb, "ferries", n))
	o := Options{Store: st, Session: who, Article: id, Clock: storetest.Clock()}
	a := newApp(o, loader{ctx: tb.Context(), store: st, who: "ana"}, &outbox{store: st, session: who})
	a.begin()
	a.look.Meter = cells.Meter{Clusters: true}
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return a
}

// BenchmarkStep is a key and its frame, before it is painted: it must not
// grow with the article.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{50, 1000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			a := started(b, n)
			keys := []tea.KeyPressMsg{{Code: 'j', Text: "j"}, {Code: 'j', Text: "j"}, {Code: 'k', Text: "k"}}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				a.Update(keys[i%3])
				if len(a.View().Content) == 0 {
					b.Fatal("an empty frame")
				}
			}
		})
	}
}

// BenchmarkFirstFrame is all that happens between the start of the screens and
// their first frame, but for the renderer.
func BenchmarkFirstFrame(b *testing.B) {
	st := storetest.New(b)
	who := storetest.Session(b, "ana")
	id := storetest.Import(b, st, who, storetest.Article(b, "ferries", 50))
	o := Options{Store: st, Session: who, Article: id, Clock: storetest.Clock()}
	for b.Loop() {
		a := newApp(o, loader{ctx: b.Context(), store: st, who: "ana"}, &outbox{store: st, session: who})
		a.begin()
		a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		if len(a.View().Content) == 0 {
			b.Fatal("an empty frame")
		}
	}
}
