package tui

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

var walks = flag.Int("walks", 8, "how many random walks of windows over one store are made")

// body is what a window shows of its article, whatever it said last.
func (w *window) body() string {
	w.a.message = ""
	w.a.o.Session.Actor = w.a.load.who
	rows, _, _ := w.a.frame()
	done, need := w.a.review.Progress()
	var out []string
	for _, row := range bare(rows)[2 : len(rows)-2] {
		if row = strings.TrimRight(row, " │"); row != "" {
			out = append(out, row)
		}
	}
	return fmt.Sprintf("%d of %d tagged\n%s", done, need, strings.Join(out, "\n"))
}

// panel is what a key shows, row by row, in any order.
func (w *window) panel(key string) string {
	w.send(keysOf(key)[0])
	w.rest()
	rows := strings.Split(w.body(), "\n")
	w.send(tea.KeyPressMsg{Code: tea.KeyEscape})
	w.rest()
	slices.Sort(rows)
	return strings.Join(rows, "\n")
}

const walked = `Harbour board says ferries will stop

HARBOUR TOWN, Jan. 2 – The Coastal Safety Board (CSB) said on Monday that ferries will stop.
“We have no choice,” said Anna Berg, who leads the board. “The ships are old. They leak.”
But residents deny that. Officials claimed the ships are safe, according to a report by the ministry.
The town has 4,000 people. It was founded in 1820.

According to the United Nations, sea levels rise. Mr Berg disputed the figure, two officials said.
Nobody was hurt. “It is a lie,” a spokesman who asked not to be named told the Post.
`

// moody is a store that refuses some of what it is to save.
type moody struct {
	store.Store
	r    *rand.Rand
	over bool
}

func (m *moody) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if !m.over && m.r.IntN(9) == 0 {
		return store.Receipt{}, &store.Error{Kind: store.ErrConflict, What: "not now", Safe: "Nothing was changed"}
	}
	return m.Store.Append(ctx, b)
}

// leads rules on a sentence, as somebody else does.
func leads(t *testing.T, r *rand.Rand, st store.Store, id annotations.ArticleID) {
	lea := storetest.Session(t, "lea")
	art, err := store.Load(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	u := art.Units[r.IntN(len(art.Units))]
	c := annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: u.ID, Ruling: &annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"}}
	rows, err := st.State(t.Context(), id, u.ID, u.ID+1, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row.Ruling != nil {
			c.Rev = row.Ruling.Rev
		}
	}
	if r.IntN(3) == 0 {
		c.Ruling = &annotations.Ruling{Verdict: annotations.Query, Reason: "Who?", Reviewer: "ana"}
	}
	_, _ = store.Do(t.Context(), st, lea, id, c) // some are refused
}

// acts are keys that people type in one go.
func acts() []string {
	return []string{
		"s", "x", "c3<enter>d", "c<esc>", "c<enter>", "c2 5<enter>r", "u", "U", "u", "k", "j", "<space>", "<backspace>", "G", "g4<enter>", "gg", "mwhy not<enter>", "m<esc>", "Msecret<enter>", "M-<enter>",
		"oBerg<enter>a", "o<enter>b", "o<enter>", "ehttps://a.example/x<enter>a quotation<enter>p. 4<enter><enter>", "e<down><enter>", "l3<enter>s", "l5<enter>d", "l1<enter>r", "lmin<enter><enter>", "i", "r<enter>", "r-", "ra", "wab<enter>", "w<enter>", "pTrue enough.<enter>",
		"cins<enter>", "lins<enter>", "l3 4 5<enter>f", "e<down><enter>-", "Vjjoa<enter>b", "Vjjmfoo<enter>", "J1", "J2", "#3.", "#2a", "S<down><enter>", "Ff", "v#3<enter><enter>", "vp2<enter><enter>", "vp22<enter><enter>", "vc<enter>", "vt<enter>", "vke<enter>", "v+o<enter>", "vx<enter>",
		"!", "z", "0", ".", "a", "A", "Vjs", "VjjA<esc>", "Vkk0", "#3s", "#2!", "S<right><enter>", "J", "J<enter>", "Fr<esc>", "F<enter>", "F<esc>", "funt<enter>", "fall<enter>", "fcont<enter>", "f<down><down><enter>", "/berg<enter>", "n", "N", "t", "K", "<esc>", "<esc>",
		"v<right><enter>", "vo<right>c<right>t<right><enter>", "vo", "?", ":und<enter>", "*ferries<enter><enter>", "*berg<enter><esc>", "y", "R", "C<esc>", "<tab>",
	}
}

// walking imports the text into a store.
func walking(t *testing.T, st store.Store) annotations.ArticleID {
	t.Helper()
	in, err := ingest.Read(t.Context(), strings.NewReader(walked), ingest.Options{Name: "harbour.txt"})
	if err != nil {
		t.Fatal(err)
	}
	return storetest.Import(t, st, storetest.Session(t, "lea"), in.Article)
}

// Two windows of one reviewer and one of another work on an article, in whatever order
// their commands are carried out, and some of what they do is refused. When all have come
// to rest each shows what the store holds: as a window does that is opened just now.
func TestWhatWindowsShowIsWhatTheStoreHolds(t *testing.T) {
	for seed := range uint64(*walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test's choices
			st := &moody{Store: storetest.New(t), r: r, over: true}
			id := walking(t, st)
			var wins []*window
			for _, who := range []string{"ana", "ana", "ben"} {
				wins = append(wins, newWindow(t, r, st, who, id, 120, 130))
			}
			for n := range 70 {
				st.over = seed%2 == 0 || n > 60
				w := wins[r.IntN(len(wins))]
				if w.stroll(st, id); w.quit || w.a.review == nil && r.IntN(3) == 0 {
					w.rest()
					*w = *newWindow(t, r, st, w.a.load.who, id, 120, 130)
				}
			}
			for range 2 { // what the last leaves undone, the first must hear of
				for _, w := range wins {
					w.settled()
				}
			}
			for _, w := range wins {
				w.asTheStore(st, id)
			}
		})
	}
}

// stroll does one thing or another.
func (w *window) stroll(st *moody, id annotations.ArticleID) {
	switch w.r.IntN(11) {
	case 0:
		w.rest()
	case 1:
		w.send(tea.WindowSizeMsg{Width: 40 + w.r.IntN(100), Height: 10 + w.r.IntN(60)})
		w.look()
	case 2:
		w.hear()
	case 3:
		for range w.r.IntN(6) {
			w.step()
			w.look()
		}
	case 4:
		leads(w.t, w.r, st.Store, id)
	default:
		all := acts()
		w.press(all[w.r.IntN(len(all))])
	}
}

// settled closes what is open, and waits for all that is under way.
func (w *window) settled() {
	w.rest()
	for range 5 {
		w.send(tea.KeyPressMsg{Code: tea.KeyEscape})
		w.rest()
	}
}

// asTheStore holds what a window shows, of its article and in its panels, against a new one.
func (w *window) asTheStore(st store.Store, id annotations.ArticleID) {
	t, who := w.t, w.a.load.who
	t.Helper()
	w.rest()
	if w.a.review == nil || w.a.review.Article() != id {
		return
	}
	if w.a.waits() || len(w.a.held) > 0 || w.a.out.waiting() > 0 {
		t.Fatalf("%s waits: %d keys, %d acts", who, len(w.a.held), w.a.out.waiting())
	}
	if name, _ := w.a.review.Filter(); name != "" {
		w.press("fall<enter>")
		w.rest()
	}
	w.send(tea.WindowSizeMsg{Width: 120, Height: 130})
	fresh := newWindow(t, w.r, st, who, id, 120, 130)
	fresh.rest()
	fresh.a.review.Show(w.a.review.Current())
	sum, err := st.Summary(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	if done, _ := w.a.review.Progress(); done != sum.Progress.Tagged {
		t.Errorf("%d are tagged, the store says %d", done, sum.Progress.Tagged)
	}
	if got, want := w.body(), fresh.body(); got != want {
		t.Fatalf("%s sees\n%s\n%s\nafter %s", who, got, difference(got, want), strings.Join(w.log, " "))
	}
	for _, key := range []string{"f", "F", "e", "w", "r", "l", "t", "K", "v", "o"} {
		if got, want := w.panel(key), fresh.panel(key); got != want {
			t.Fatalf("%s sees under %s\n%s\nafter %s", who, key, difference(got, want), strings.Join(w.log, " "))
		}
	}
}

// difference lists the rows that are shown and should not be, and those that are not.
func difference(got, want string) string {
	x, y := strings.Split(got, "\n"), strings.Split(want, "\n")
	var out []string
	for _, row := range x {
		if !slices.Contains(y, row) {
			out = append(out, "- "+row)
		}
	}
	for _, row := range y {
		if !slices.Contains(x, row) {
			out = append(out, "+ "+row)
		}
	}
	return strings.Join(out, "\n")
}

// What a person can do on the screen, a store that is well takes: what it would refuse is
// not offered, or named before anything is written.
func TestNothingIsOfferedThatTheStoreRefuses(t *testing.T) {
	for seed := range uint64(*walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a test's choices
			st := storetest.New(t)
			id := walking(t, st)
			w := newWindow(t, r, st, "ana", id, 60+r.IntN(80), 14+r.IntN(40))
			w.rest()
			for range 90 {
				all := acts()
				w.press(all[r.IntN(len(all))])
				w.rest()
				if w.a.bad && strings.Contains(w.a.message, "Nothing was changed") {
					t.Fatalf("%s\nafter %s", w.a.message, strings.Join(w.log, " "))
				}
			}
		})
	}
}
