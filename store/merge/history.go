package merge

import (
	"context"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// key names a register of an article: what base said of a sentence, or, with an
// empty base, the rulings on it.
type key struct {
	sentence annotations.SentenceID
	base     string
}

// rowKey names a row of the store: reviewer "" is the ruling.
type rowKey struct {
	sentence annotations.SentenceID
	reviewer string
}

// row is what stands in a row of the store, and whose register it belongs to.
type row struct {
	rev     uint64
	content annotations.Hash
	owner   string // base of the register
	owned   bool   // false: the row is its reviewer's own, or nobody's
	dots    dots
}

// cuts is what a log says of how an article is cut into sentences.
type cuts struct {
	seen seen
	past map[uint64]bool // starts of the hashes of tables that were in force before
}

// item is an evidence item with where and by whom it was added.
type item struct {
	annotations.Evidence
	article annotations.ArticleID
	by      string
}

// history is what a log says of one article, as registers.
type history struct {
	registers map[key]*register
	rows      map[rowKey]*row
	cuts      cuts
	settings  map[settingKey]*register
	items     []item
	imported  annotations.Event
	book      annotations.Hash // that it was imported under or that somebody chose since

	act    annotations.Act // of the newest event
	inAct  map[key]uint64  // changes of each register by it
	inSet  map[settingKey]uint64
	cutsIn uint64 // cuts by it
}

func newHistory() *history {
	return &history{
		registers: map[key]*register{}, rows: map[rowKey]*row{}, inAct: map[key]uint64{},
		settings: map[settingKey]*register{}, inSet: map[settingKey]uint64{},
		cuts: cuts{seen: seen{}, past: map[uint64]bool{}},
	}
}

// perRead is how many events are read at a time.
const perRead = 512

// read folds an article's chain (Desk: of what belongs to none) into registers.
func read(ctx context.Context, st store.Store, id annotations.ArticleID) (*history, error) {
	h := newHistory()
	after := uint64(0)
	for {
		list, next, err := st.Events(ctx, store.Query{Article: id}, after, perRead)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].Article == id { // the desk's query selects every article
				h.apply(&list[i])
			}
		}
		if len(list) == 0 || next <= after {
			return h, nil
		}
		after = next
	}
}

func (h *history) apply(e *annotations.Event) {
	if e.Act != h.act {
		h.act, h.cutsIn = e.Act, 0
		clear(h.inAct)
		clear(h.inSet)
	}
	switch e.Kind {
	case annotations.EventAnnotate:
		if e.After != nil {
			a := e.After.Clone()
			h.say(e, rowKey{e.Sentence, e.Actor}, &version{
				content: contentOf(&a, e.Words.Start()), when: e.Time, by: e.Actor, note: &a, words: e.Words.Start(),
			})
		}
	case annotations.EventRule:
		v := &version{when: e.Time, by: e.Actor}
		if r := e.Ruled(); e.RuleAfter != nil {
			v.by, v.ruling, v.content = r.By, &r.Ruling, contentOfRuling(&r.Ruling, r.By)
		}
		h.say(e, rowKey{sentence: e.Sentence}, v)
	case annotations.EventCut:
		h.cut(e)
	case annotations.EventEvidence:
		if e.Evidence != nil {
			h.items = append(h.items, item{*e.Evidence, e.Article, e.Actor})
		}
	case annotations.EventImport:
		h.imported, h.book = *e, e.Codebook
		if m, ok := markOf(e); ok {
			h.cuts.take(&m)
		}
	case annotations.EventCodebook, annotations.EventAssign, annotations.EventFinish:
		h.arrange(e)
	case annotations.EventTeam:
		// not joined: another store makes nobody a lead
	}
}

func (h *history) register(k key) *register {
	r := h.registers[k]
	if r == nil {
		r = newRegister()
		h.registers[k] = r
	}
	return r
}

func (h *history) row(k rowKey) *row {
	r := h.rows[k]
	if r == nil {
		r = &row{}
		h.rows[k] = r
	}
	return r
}

// base is the register's base that a row belongs to.
func (r *row) base(k rowKey) string {
	if r.owned {
		return r.owner
	}
	return k.reviewer
}

// say enters what an event puts into a row.
func (h *history) say(e *annotations.Event, at rowKey, v *version) {
	r := h.row(at)
	r.rev, r.content = e.Rev, v.content
	if m, ok := markOf(e); ok {
		h.merged(at, r, &m, v)
		return
	}
	k := key{at.sentence, r.base(at)}
	v.dot = dot{e.Act, h.inAct[k]}
	h.inAct[k]++
	h.register(k).replace(v, r.dots)
	r.owner, r.owned, r.dots = k.base, true, dots{v.dot}
}

// merged enters what an event says that was merged.
func (h *history) merged(at rowKey, r *row, m *mark, v *version) {
	base := m.base
	if base == "" {
		base = at.reviewer
	}
	if at.reviewer == "" {
		base = "" // rulings have one register
	}
	reg := h.register(key{at.sentence, base})
	for _, b := range m.bring {
		if reg.known[b.dot] == nil {
			w := *v
			w.dot, w.when, w.past = b.dot, b.when, b.past
			reg.known[b.dot] = &w
		}
	}
	for _, d := range m.seen {
		reg.seen.add(d)
	}
	if m.whole {
		reg.heads = m.heads
	}
	r.owner, r.owned, r.dots = base, len(m.row) > 0, m.row
}

func (h *history) cut(e *annotations.Event) {
	if e.Cut == nil {
		return
	}
	h.cuts.past[e.Cut.Was.Hash.Start()] = true
	if m, ok := markOf(e); ok {
		h.cuts.take(&m)
		return
	}
	h.cuts.seen.add(dot{e.Act, h.cutsIn})
	h.cutsIn++
}

// take enters what another log knew of cuts.
func (c *cuts) take(m *mark) {
	for _, d := range m.seen {
		c.seen.add(d)
	}
	for _, b := range m.bring {
		for _, n := range b.past {
			c.past[n] = true
		}
	}
}

// within reports whether other has seen all that c has.
func (c *cuts) within(other *cuts) bool { return len(c.seen.beyond(other.seen)) == 0 }
