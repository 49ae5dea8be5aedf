package merge

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// settingKey names what is settled of an article as a whole: who is to do it, the
// codebook in force, and whether somebody has finished it.
type settingKey struct {
	kind annotations.EventKind // EventAssign, EventCodebook or EventFinish
	who  string                // of a finish mark: whose; else ""
}

func (k settingKey) compare(l settingKey) int {
	return cmp.Or(cmp.Compare(k.kind, l.kind), strings.Compare(k.who, l.who))
}

// value is what is settled: one of the three, by kind.
type value struct {
	Assigned []string
	Book     annotations.Hash
	Done     bool
}

func (v *value) equal(w *value) bool {
	return v.Book == w.Book && v.Done == w.Done && slices.Equal(v.Assigned, w.Assigned)
}

// settingOf reads what an event settles.
func settingOf(e *annotations.Event) (settingKey, value) {
	k := settingKey{kind: e.Kind}
	switch {
	case e.Kind == annotations.EventFinish && e.Finish != nil:
		k.who = e.Finish.Reviewer
		return k, value{Done: e.Finish.Done}
	case e.Kind == annotations.EventCodebook:
		return k, value{Book: e.Codebook}
	}
	return k, value{Assigned: e.Assigned}
}

// contentOfValue names what is settled, and who settled it.
func contentOfValue(v value, by string) annotations.Hash {
	return hashJSON(struct {
		Value value
		By    string
	}{v, by})
}

// arrange enters an event that settles something.
func (h *history) arrange(e *annotations.Event) {
	k, val := settingOf(e)
	m, merged := markOf(e)
	if e.Verb == Verb && !merged {
		return // a codebook that was in force while statements under it were stored
	}
	if e.Kind == annotations.EventCodebook {
		h.book = e.Codebook
	}
	r := h.settings[k]
	if r == nil {
		r = newRegister()
		h.settings[k] = r
	}
	if !merged { // whoever settles it sees what stands
		v := &version{dot: dot{e.Act, h.inSet[k]}, content: contentOfValue(val, e.Actor), when: e.Time, by: e.Actor, value: &val}
		h.inSet[k]++
		r.replace(v, r.heads)
		return
	}
	for _, b := range m.bring {
		if r.known[b.dot] == nil {
			r.known[b.dot] = &version{dot: b.dot, content: contentOfValue(val, m.base), when: b.when, by: m.base, value: &val}
		}
	}
	for _, d := range m.seen {
		r.seen.add(d)
	}
	if m.whole {
		r.heads = m.heads
	}
}

// settled is what a register's heads come to, whatever the order they came in: all
// who were assigned; the codebook chosen last, by time and then by hash; finished
// if nobody took that back.
func (r *register) settled(kind annotations.EventKind) (out value, ok bool) {
	var last *version
	out.Done = true
	for _, d := range r.heads {
		v := r.known[d]
		if v == nil || v.value == nil {
			continue
		}
		out.Assigned = append(out.Assigned, v.value.Assigned...)
		out.Done = out.Done && v.value.Done
		if last == nil || cmp.Or(cmp.Compare(v.when.UnixMicro(), last.when.UnixMicro()), bytes.Compare(v.value.Book[:], last.value.Book[:])) > 0 {
			last = v
		}
	}
	if last == nil {
		return value{}, false
	}
	slices.Sort(out.Assigned)
	out.Assigned, out.Book = slices.Compact(out.Assigned), last.value.Book
	switch kind {
	case annotations.EventAssign:
		return value{Assigned: out.Assigned}, true
	case annotations.EventCodebook:
		return value{Book: out.Book}, true
	}
	return value{Done: out.Done}, true
}

// headsOf are the heads of a register that need not be there.
func (r *register) headsOf() dots {
	if r == nil {
		return nil
	}
	return r.heads
}

// settle is one act of the lead that joins a setting.
type settle struct {
	article annotations.ArticleID
	name    string // of the article
	settingKey
	changes []annotations.Change
	books   []annotations.Hash // that must be here first
	when    time.Time          // of the newest version that it brings
	by      []string           // whose versions it brings
}

func (s *settle) where() string { return s.name + ", " + s.words() }

func (k settingKey) words() string {
	switch k.kind {
	case annotations.EventAssign:
		return "who is to do it"
	case annotations.EventCodebook:
		return "its codebook"
	}
	return "whether " + k.who + " has finished"
}

// settings plans what is new of an article's settings.
func (j *joiner) settings(p *planner) {
	keys := slices.SortedFunc(maps.Keys(p.theirs.settings), settingKey.compare)
	for _, k := range keys {
		theirs, ours := p.theirs.settings[k], p.ours.settings[k]
		if ours == nil {
			ours = newRegister()
		}
		joined := join(ours, theirs)
		n := newsOf(joined, ours)
		val, ok := joined.settled(k.kind)
		if !n.any() || !ok {
			continue
		}
		s := &settle{article: p.article, name: p.name, settingKey: k}
		s.plan(p, &n, joined, val)
		j.settles = append(j.settles, s)
		if a, had := ours.settled(k.kind); had {
			if b, _ := theirs.settled(k.kind); !a.equal(&b) && len(joined.heads) > 1 {
				j.differs(p.name, "%s was settled in two ways: %s here, %s there; now it is %s", k.words(), a.words(k.kind), b.words(k.kind), val.words(k.kind))
			}
		}
	}
}

func (v *value) words(kind annotations.EventKind) string {
	switch {
	case kind == annotations.EventCodebook:
		return v.Book.Short()
	case kind == annotations.EventFinish:
		return map[bool]string{true: "finished", false: "not finished"}[v.Done]
	case len(v.Assigned) == 0:
		return "whoever wants to"
	}
	return strings.Join(v.Assigned, ", ")
}

// plan lays out the changes: one for each version that says something else than
// what all come to, and at last that, with what the register knows.
func (s *settle) plan(p *planner, n *news, joined *register, val value) {
	var final []*version // of one author, that say what all come to
	last := mark{whole: true, heads: joined.heads, seen: n.seen}
	_, groups := n.parts(annotations.Hash{}) // no content of a setting is zero
	for _, g := range groups {
		s.by = append(s.by, g[0].by)
		for _, v := range g {
			if v.when.After(s.when) {
				s.when = v.when
			}
		}
		if final == nil && g[0].value.equal(&val) {
			final = g
			continue
		}
		for part := range slices.Chunk(g, maxBring) {
			s.add(p, *g[0].value, mark{base: g[0].by, bring: broughtOf(part)})
		}
	}
	if final != nil {
		last.base, last.bring = final[0].by, broughtOf(final)
	}
	for _, part := range last.chunked() {
		s.add(p, val, part)
	}
}

func (s *settle) add(p *planner, val value, m mark) {
	c := annotations.Change{Kind: s.kind, Verb: Verb, Reason: m.reason(p.source)}
	switch s.kind {
	case annotations.EventAssign:
		c.Assigned = val.Assigned
	case annotations.EventCodebook:
		c.Codebook = val.Book
		s.books = append(s.books, val.Book)
	default:
		c.Finish = &annotations.Finish{Reviewer: s.who, Done: val.Done}
	}
	s.changes = append(s.changes, c)
}

// storeSettings stores what is new of settings, after everything that is said: a
// codebook that comes into force must not be in the way of that.
func (j *joiner) storeSettings(ctx context.Context) error {
	slices.SortStableFunc(j.settles, func(a, b *settle) int { return a.when.Compare(b.when) })
	for _, s := range j.settles {
		err := j.mayStore(s)
		if err == nil && !j.DryRun {
			j.at(s.when)
			err = j.settleOne(ctx, s)
		}
		switch {
		case store.Refused(err):
			j.leaves(s.where(), err)
		case err != nil:
			return err
		default:
			j.receipt.Settings.Taken++
		}
	}
	j.receipt.Settings.Known = max(0, j.receipt.Settings.In-j.receipt.Settings.Taken)
	return nil
}

// mayStore tells why this store's team does not allow what somebody settled
// elsewhere, or nil: merging makes nobody a lead.
func (j *joiner) mayStore(s *settle) error {
	for _, who := range s.by {
		if why := j.team.MayChange(who, &s.changes[len(s.changes)-1]); why != "" {
			return &store.Error{Kind: store.ErrForbidden, What: why, Safe: "It stays as it is here"}
		}
	}
	return nil
}

func (j *joiner) settleOne(ctx context.Context, s *settle) error {
	for _, h := range s.books {
		if err := j.blob(ctx, h); err != nil {
			return err
		}
	}
	err := j.do(ctx, j.Lead, s.article, s.changes...)
	if err == nil && s.kind == annotations.EventCodebook {
		j.force[s.article] = s.changes[len(s.changes)-1].Codebook
	}
	return err
}
