package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// candidate is an article that another may be compared with.
type candidate struct {
	id    annotations.ArticleID
	meta  annotations.Meta
	score float64 // of the neighbouring words of the shorter, those that both have, 0 to 1
	later bool    // it was published after the other
}

// maxCandidates bounds how many articles are read to find those that share text.
const maxCandidates = 3000

// candidates lists the other articles of the store, most of them at most, those that
// share the most wording with one first.
func (l loader) candidates(id annotations.ArticleID, most int) tea.Msg {
	out := pairsFound{of: id}
	own, err := store.Load(l.ctx, l.store, id) // first: it may come late, or behind the last that is read
	if err != nil {
		return pairsFound{err: err}
	}
	published := own.Published
	var x align.Index
	by := map[string]int{}
	for after := annotations.Desk; !out.more; {
		page, err := l.store.Articles(l.ctx, l.who, after, 200)
		if err != nil {
			return pairsFound{err: err}
		}
		for i := range page {
			after = page[i].ID
			if after == id {
				continue
			}
			if out.more = len(out.list) == most; out.more {
				break
			}
			a, err := store.Load(l.ctx, l.store, after)
			if errors.Is(err, store.ErrDamaged) { // with the others it can be compared
				out.damaged = append(out.damaged, page[i].Name)
				continue
			}
			if err != nil {
				return pairsFound{err: err}
			}
			by[after.String()] = len(out.list)
			out.list = append(out.list, candidate{id: after, meta: page[i].Meta})
			x.Add(after.String(), sideOf(a))
		}
		if len(page) < 200 {
			break
		}
	}
	var order []candidate
	for _, m := range x.Similar(sideOf(own), 0) {
		c := out.list[by[m.Key]]
		c.score = m.Score
		order = append(order, c)
		delete(by, m.Key)
	}
	for _, c := range out.list {
		if _, rest := by[c.id.String()]; rest {
			order = append(order, c)
		}
	}
	for i := range order {
		order[i].later = laterThan(order[i].meta.Published, published)
	}
	out.list = order
	return out
}

func sideOf(a *annotations.Article) align.Side { return align.Side{Text: a.Body, Units: a.Units} }

// laterThan reports that both were published on known days, x after y.
func laterThan(x, y string) bool {
	day := func(s string) (time.Time, bool) {
		t, err := time.Parse("2006-01-02", s[:min(len(s), 10)])
		return t, err == nil
	}
	a, okA := day(x)
	b, okB := day(y)
	return okA && okB && a.After(b)
}

// nothingToCompare says that no article of the store can be compared with the one at hand.
const nothingToCompare = "there is no other article to compare it with"

// pickPair asks which of the articles is the original.
func (a *app) pickPair(m pairsFound) {
	items := make([]dialog.Item, len(m.list))
	for i, c := range m.list {
		words := []string{"shares no words"}
		if c.score > 0 {
			words[0] = fmt.Sprintf("%2.0f%% of word pairs shared", max(100*c.score, 1))
		}
		for _, s := range []string{c.meta.Published, c.meta.Outlet, c.meta.Title} {
			if s != "" {
				words = append(words, s)
			}
		}
		items[i] = dialog.Item{Label: c.meta.Name, Words: strings.Join(words, " · ")}
	}
	defer a.sayToo(passedOver(m.damaged, "compared"))
	if len(items) == 0 {
		a.say(nothingToCompare, false)
		return
	}
	prompt := "Compare with which? Type some of its words:"
	if m.more {
		prompt = fmt.Sprintf("Compare with which of %d? The store has more. Type some of its words:", len(items))
	}
	p := dialog.NewPick(prompt, items).Typing()
	p.Mark(0)
	after := func() []action.Outcome {
		c := m.list[p.Chosen()]
		pair, words := Comparison{AID: c.id, BID: m.of}, ""
		if c.later {
			pair, words = Comparison{AID: m.of, BID: c.id}, "the later one is taken for the rewrite; "+a.keyOf(action.Comparing, action.Swap)+" swaps"
		}
		a.pairing = true
		a.next = func() tea.Msg { return a.load.compared(pair, false, words) }
		return nil
	}
	if a.review != nil {
		a.review.Open(p, after)
		return
	}
	a.desk.Slot.Open(p, after)
}
