package tui

import (
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
	score float64 // of the wording that both have, 0 to 1
	later bool    // it was published after the other
}

// maxCandidates bounds how many articles are read to find those that share text.
const maxCandidates = 3000

// candidates lists the other articles of the store, those that share the most
// wording with one first.
func (l loader) candidates(id annotations.ArticleID) tea.Msg {
	out := pairsFound{of: id}
	var x align.Index
	var own align.Side
	var published string
	by := map[string]int{}
	for after := annotations.Desk; len(out.list) < maxCandidates; {
		page, err := l.store.Articles(l.ctx, l.who, after, 200)
		if err != nil {
			return pairsFound{err: err}
		}
		for i := range page {
			after = page[i].ID
			side, err := l.side(&page[i])
			if err != nil {
				return pairsFound{err: err}
			}
			if page[i].ID == id {
				own, published = side, page[i].Published
				continue
			}
			by[page[i].ID.String()] = len(out.list)
			out.list = append(out.list, candidate{id: page[i].ID, meta: page[i].Meta})
			x.Add(page[i].ID.String(), side)
		}
		if len(page) < 200 {
			break
		}
	}
	var order []candidate
	for _, m := range x.Similar(own, 0) {
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

func (l loader) side(sum *store.Summary) (align.Side, error) {
	body, err := l.store.Blob(l.ctx, sum.Text, 0, -1)
	if err != nil {
		return align.Side{}, err
	}
	table, err := l.store.Blob(l.ctx, sum.Table, 0, -1)
	if err != nil {
		return align.Side{}, err
	}
	units, err := annotations.ParseTable([]byte(table))
	return align.Side{Text: body, Units: units}, err
}

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

// pickPair asks which of the articles is the original.
func (a *app) pickPair(m pairsFound) {
	items := make([]dialog.Item, len(m.list))
	for i, c := range m.list {
		words := []string{"shares no words"}
		if c.score > 0 {
			words[0] = fmt.Sprintf("%2.0f%% shared", max(100*c.score, 1))
		}
		for _, s := range []string{c.meta.Published, c.meta.Outlet, c.meta.Title} {
			if s != "" {
				words = append(words, s)
			}
		}
		items[i] = dialog.Item{Label: c.meta.Name, Words: strings.Join(words, " · ")}
	}
	if len(items) == 0 {
		a.say("there is no other article to compare it with", false)
		return
	}
	p := dialog.NewPick("Compare with which? Type some of its words:", items).Typing()
	p.Mark(0)
	after := func() []action.Outcome {
		c := m.list[p.Chosen()]
		pair, words := Comparison{AID: c.id, BID: m.of}, ""
		if c.later {
			pair, words = Comparison{AID: m.of, BID: c.id}, "the later one is taken for the rewrite; "+a.keyOf(action.Comparing, action.Swap)+" swaps"
		}
		a.waiting, a.pairing = true, true
		a.next = func() tea.Msg { return a.load.compared(pair, false, words) }
		return nil
	}
	if a.review != nil {
		a.review.Open(p, after)
		return
	}
	a.desk.Slot.Open(p, after)
}
