package merge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// step is one change to be made in somebody's name.
type step struct {
	actor  string
	book   annotations.Hash // that it is said under; zero: whichever is in force
	change annotations.Change
	at     *row // where it goes; its revision is known when it is stored
	size   int  // bytes it takes in a batch, roughly
}

// The phases of a plan. Until the second is stored, the log says what it said
// before; after it, all of what the join says, even if the third never comes.
const (
	phaseBring  = iota // rulings that will not stand are put on record
	phaseState         // one act: versions, heads and dots seen of the register
	phaseOthers        // the other rows that it shows
	phases
)

// plan is what must be stored so that one register is joined.
type plan struct {
	article annotations.ArticleID
	name    string // of the article
	key
	steps  [phases][]step
	when   time.Time // of the newest version it brings
	shows  []string  // the rows it stands in, or those who ruled, when more than one
	failed error
}

func (p *plan) where() string {
	if p.base == "" {
		return fmt.Sprintf("%s, sentence %s, ruling", p.name, p.sentence)
	}
	return fmt.Sprintf("%s, sentence %s, %s", p.name, p.sentence, p.base)
}

func (p *plan) empty() bool {
	return len(p.steps[phaseBring])+len(p.steps[phaseState])+len(p.steps[phaseOthers]) == 0
}

// planner makes the plans of one article.
type planner struct {
	source  Source
	lead    string
	team    annotations.Team
	article annotations.ArticleID
	name    string
	ours    *history
	theirs  *history
}

// sentence plans all registers of one sentence. Rows are shared between them: a
// name that somebody bears there is nobody's second version.
func (p *planner) sentence(id annotations.SentenceID, bases []string) []*plan {
	slices.Sort(bases)
	bases = slices.Compact(bases)
	taken := map[string]bool{}
	for _, b := range bases {
		taken[b] = true
	}
	type joined struct {
		*register
		list  []shown
		names []string
	}
	all := make([]joined, len(bases))
	for i, b := range bases {
		j := joined{register: join(p.of(p.ours, id, b), p.of(p.theirs, id, b))}
		j.list = j.show()
		if b != "" {
			for k, n := 0, 1; k < len(j.list); k++ {
				name := b
				if k > 0 {
					name, n = nextName(b, n, taken)
				}
				j.names = append(j.names, name)
			}
		}
		all[i] = j
	}
	var out []*plan
	for i, b := range bases {
		w := &plan{article: p.article, name: p.name, key: key{id, b}}
		if b == "" {
			p.rulings(w, all[i].register, all[i].list)
		} else {
			p.person(w, all[i].register, all[i].list, all[i].names, taken)
		}
		if !w.empty() {
			out = append(out, w)
		}
	}
	return out
}

// of returns a register, an empty one where there is none.
func (p *planner) of(h *history, id annotations.SentenceID, base string) *register {
	if r := h.registers[key{id, base}]; r != nil {
		return r
	}
	return newRegister()
}

// nextName finds the name of a further version and takes it.
func nextName(base string, n int, taken map[string]bool) (string, int) {
	for {
		n++
		suffix := fmt.Sprintf(" (%d)", n)
		short := base
		for len(short)+len(suffix) > annotations.MaxName {
			_, size := utf8.DecodeLastRuneInString(short)
			short = strings.TrimRight(short[:len(short)-size], " ")
		}
		if name := short + suffix; !taken[name] {
			taken[name] = true
			return name, n
		}
	}
}

// news is what a join adds to our register.
type news struct {
	unknown []*version // heads whose content is not in our log, in order of dots
	seen    dots
	heads   bool // they differ
}

func newsOf(joined, ours *register) news {
	n := news{seen: joined.seen.beyond(ours.seen), heads: !slices.Equal(joined.heads, ours.heads)}
	for _, d := range joined.heads {
		if v := joined.known[d]; v != nil && ours.known[d] == nil {
			n.unknown = append(n.unknown, v)
		}
	}
	return n
}

func (n *news) any() bool { return n.heads || len(n.seen) > 0 || len(n.unknown) > 0 }

// parts divides the unknown versions into those of one content and the others,
// by content.
func (n *news) parts(content annotations.Hash) (same []brought, others [][]*version) {
	at := map[annotations.Hash]int{}
	for _, v := range n.unknown {
		if v.content == content {
			same = append(same, v.brought())
			continue
		}
		i, ok := at[v.content]
		if !ok {
			i = len(others)
			at[v.content] = i
			others = append(others, nil)
		}
		others[i] = append(others[i], v)
	}
	return same, others
}

func (v *version) brought() brought { return brought{v.dot, v.when, v.past} }

// A reason holds so much of a mark.
const (
	maxBring = 4
	maxSeen  = 120
)

// chunked lays a mark out over as many as fit into reasons, the last being whole.
func (m mark) chunked() []mark {
	var out []mark
	for len(m.bring) > maxBring {
		out = append(out, mark{base: m.base, bring: m.bring[:maxBring], row: m.row})
		m.bring = m.bring[maxBring:]
	}
	for len(m.seen) > maxSeen {
		out = append(out, mark{base: m.base, row: m.row, seen: m.seen[:maxSeen]})
		m.seen = m.seen[maxSeen:]
	}
	return append(out, m)
}

// person plans what one person said. names are the rows in which list is to
// stand, the person's own first.
func (p *planner) person(w *plan, joined *register, list []shown, names []string, taken map[string]bool) {
	n := newsOf(joined, p.of(p.ours, w.sentence, w.base))
	carrier := p.carrier(w, &n, list, names)
	for i, s := range list {
		m := mark{row: s.dots}
		switch {
		case n.any() && i == carrier:
			same, others := n.parts(s.content)
			for _, o := range others {
				for b := range slices.Chunk(o, maxBring) {
					p.say(w, phaseState, names[i], o[0], mark{bring: broughtOf(b), row: dotsOfVersions(o)})
				}
			}
			m.bring, m.whole, m.heads, m.seen = same, true, joined.heads, n.seen
			for _, part := range m.chunked() {
				p.say(w, phaseState, names[i], s.version, part)
			}
		case !p.stands(w, names[i], s):
			p.say(w, phaseOthers, names[i], s.version, m)
		}
	}
	for k, r := range p.ours.rows { // rows that are no longer needed
		if k.sentence == w.sentence && k.reviewer != "" && r.owned && r.owner == w.base && !taken[k.reviewer] {
			p.say(w, phaseOthers, k.reviewer, &version{note: &annotations.Annotation{}}, mark{})
		}
	}
	for _, v := range n.unknown {
		if v.when.After(w.when) {
			w.when = v.when
		}
	}
	if len(list) > 1 {
		w.shows = names
	}
}

func broughtOf(list []*version) (out []brought) {
	for _, v := range list {
		out = append(out, v.brought())
	}
	return out
}

func dotsOfVersions(list []*version) dots {
	var out []dot
	for _, v := range list {
		out = append(out, v.dot)
	}
	return dotsOf(out...)
}

// stands reports whether a row is as it should be.
func (p *planner) stands(w *plan, name string, s shown) bool {
	r := p.ours.rows[rowKey{w.sentence, name}]
	return r != nil && r.owned && r.owner == w.base && r.content == s.content && slices.Equal(r.dots, s.dots)
}

// carrier picks the row whose event carries what is new of the register: the
// person's own, unless that stays as it is and another brings what is new.
func (p *planner) carrier(w *plan, n *news, list []shown, names []string) int {
	if len(list) == 0 || !p.stands(w, names[0], list[0]) {
		return 0
	}
	for i := 1; i < len(list); i++ {
		if slices.ContainsFunc(n.unknown, func(v *version) bool { return v.content == list[i].content }) {
			return i
		}
	}
	return 0
}

// say adds a step that puts what v says into a row.
func (p *planner) say(w *plan, phase int, name string, v *version, m mark) {
	if name != w.base {
		m.base = w.base
	}
	a := v.note.Clone()
	p.add(w, phase, step{actor: name, book: a.Codebook, change: annotations.Change{
		Kind: annotations.EventAnnotate, Verb: Verb, Sentence: w.sentence, Annotation: &a, On: v.words, Reason: m.reason(p.source),
	}}, rowKey{w.sentence, name})
}

// rule adds a step that puts a ruling on record.
func (p *planner) rule(w *plan, phase int, by string, r *annotations.Ruling, m mark) {
	c := annotations.Change{Kind: annotations.EventRule, Verb: Verb, Sentence: w.sentence, Reason: m.reason(p.source)}
	s := step{actor: by}
	if r != nil {
		now := *r
		c.Ruling, s.book = &now, r.Codebook
	}
	s.change = c
	p.add(w, phase, s, rowKey{sentence: w.sentence})
}

func (p *planner) add(w *plan, phase int, s step, at rowKey) {
	s.at = p.ours.row(at)
	s.size = sizeOf(&s.change)
	w.steps[phase] = append(w.steps[phase], s)
}

// sizeOf guesses how large an event the change becomes: what stood there before
// is in it too.
func sizeOf(c *annotations.Change) int {
	b, err := json.Marshal(c.Annotation)
	if err != nil {
		return len(c.Reason)
	}
	return 2*len(b) + len(c.Reason) + 512
}

// byLead reports whether a lead of our team made one of some versions.
func (p *planner) byLead(r *register, some dots) bool {
	return slices.ContainsFunc(some, func(d dot) bool {
		v := r.known[d]
		return v != nil && p.team.RoleOf(v.by) == annotations.Lead
	})
}

// rulings plans the rulings on a sentence.
func (p *planner) rulings(w *plan, joined *register, list []shown) {
	if len(list) == 0 {
		return
	}
	n := newsOf(joined, p.of(p.ours, w.sentence, ""))
	final, by, row := list[0].version, list[0].by, dotsOf(list[0].dots...)
	if len(list) > 1 { // nobody's stands until a lead rules again
		final, by, row = &version{}, p.lead, joined.heads
		for _, s := range list {
			w.shows = append(w.shows, s.by)
		}
	}
	r := p.ours.rows[rowKey{sentence: w.sentence}]
	if !n.any() && r != nil && r.content == final.content && slices.Equal(r.dots, row) {
		return
	}
	if final.ruling == nil {
		by = p.lead // where rulings met; who takes one back need not be somebody here
	}
	if len(list) == 1 && final.ruling == nil && r != nil && !r.content.IsZero() && !p.byLead(joined, row) {
		w.failed = fmt.Errorf("%s took a ruling back and is no lead here; it stays", final.by)
	}
	same, others := n.parts(final.content)
	for _, o := range others {
		who := o[0].by // the content of a ruling says whose it is
		if o[0].ruling == nil {
			who = p.lead
		}
		for part := range slices.Chunk(o, maxBring) {
			p.rule(w, phaseBring, who, o[0].ruling, mark{bring: broughtOf(part), row: dotsOfVersions(o)})
		}
	}
	m := mark{bring: same, row: row, whole: true, heads: joined.heads, seen: n.seen}
	for _, part := range m.chunked() {
		p.rule(w, phaseState, by, final.ruling, part)
	}
	for _, v := range n.unknown {
		if v.when.After(w.when) {
			w.when = v.when
		}
	}
}
