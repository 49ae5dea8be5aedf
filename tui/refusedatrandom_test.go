package tui_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Whatever is refused, and whenever: keys are taken again, what is shown is what is
// stored, and undo says what it took back or that there is nothing.
func TestKeysAreTakenAgainWhateverIsRefused(t *testing.T) {
	words := []string{"s", "x", "c2<enter>d", "u", "U", "k", "mwhy<enter>", "*Sentence 4<enter><enter>", "t<esc>", "J", "oBerg<enter>-", "!", "0", "g5<enter>", "<esc>", "ehttps://a.example<enter><enter><enter>s", "Fr<esc>", "a", "Vjs", "C<esc>"}
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			st := &tardy{Store: storetest.New(t)}
			id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 9))
			d := show(t, st, id, 110, 30)
			d.WaitFor("tagged")
			var mu sync.Mutex
			r := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // a test's choices
			f := func(store.Batch) error {
				mu.Lock()
				defer mu.Unlock()
				if r.IntN(3) > 0 {
					return nil
				}
				return &store.Error{Kind: store.ErrConflict, What: "not now", Safe: "Nothing was changed"}
			}
			st.refuse.Store(&f)
			keys := rand.New(rand.NewPCG(seed, 9)) //nolint:gosec // a test's choices
			for range 60 {
				d.Type(words[keys.IntN(len(words))])
			}
			st.refuse.Store(nil)
			d.Type("<esc><esc><esc>")
			d.Type("?")
			d.WaitFor("Keys. Type to search")
			d.Type("<esc>")
			d.WaitGone("Keys. Type to search")
			d.Until(func(text string) bool { return !strings.Contains(text, "saving …") }, "all is settled")
			e := show(t, st, id, 110, 30)
			e.WaitFor("tagged")
			if !strings.Contains(d.Text(), " tagged ") {
				return // it was left for the desk
			}
			d.Type("g1<enter>")
			e.Type("g1<enter>")
			body := func(text string) (out []string) {
				for _, row := range strings.Split(text, "\n") {
					if len(row) > 20 && strings.Contains(row, "Sentence ") {
						out = append(out, strings.TrimRight(strings.Split(row, "│")[0][:12], " "))
					}
				}
				return out
			}
			e.WaitFor("> 1")
			want := strings.Join(body(e.Text()), "\n")
			d.Until(func(text string) bool { return strings.Join(body(text), "\n") == want }, "what is stored is shown:\n"+want)
		})
	}
}
