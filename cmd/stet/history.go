package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// historyQuery selects entries of the history.
type historyQuery struct {
	store.Query
	since, until time.Time // zero for no bound; both are taken in
	limit        int       // the newest so many; 0 for all
}

// entry is an event, or what a changed record says that it was.
type entry struct {
	annotations.Event
	broken bool
}

// entries reads what h selects of the history, oldest first. Records that were
// changed are among them, whatever is selected: they say nothing that could be
// believed. Without a limit nothing is kept: a history may be longer than memory.
func (d *desk) entries(ctx context.Context, h historyQuery) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		err := d.newestOf(ctx, h, func(e *entry) bool { return yield(e, nil) })
		if err != nil {
			yield(nil, err)
		}
	}
}

// newestOf hands on the newest h.limit entries, or all of them as they are read.
func (d *desk) newestOf(ctx context.Context, h historyQuery, yield func(*entry) bool) error {
	if h.limit == 0 {
		return d.walk(ctx, h, 0, yield)
	}
	var after uint64
	if h.Query == (store.Query{}) && h.until.IsZero() {
		st, err := d.Stat(ctx)
		if err != nil {
			return err
		}
		after = st.Events - min(st.Events, uint64(h.limit))
	}
	var kept []entry
	err := d.walk(ctx, h, after, func(e *entry) bool {
		if kept = append(kept, *e); len(kept) > 4*(h.limit+1024) {
			kept = newest(kept, h.limit)
		}
		return true
	})
	kept = newest(kept, h.limit)
	for i := range kept {
		if err != nil || !yield(&kept[i]) {
			break
		}
	}
	return err
}

// walk reads on behind a position, until yield returns false.
func (d *desk) walk(ctx context.Context, h historyQuery, after uint64, yield func(*entry) bool) error {
	const at = 1024
	for {
		list, next, err := d.Events(ctx, h.Query, after, at)
		for i := range list {
			e := &list[i]
			if !h.until.IsZero() && e.Time.After(h.until) {
				return nil // times only rise
			}
			if (h.since.IsZero() || !e.Time.Before(h.since)) && !yield(&entry{Event: *e}) {
				return nil
			}
		}
		switch {
		case errors.Is(err, store.ErrDamaged):
			bad, found := d.changedRecord(ctx, h.Article, next)
			if !found {
				return err
			}
			if next = bad.Pos; !yield(&bad) {
				return nil
			}
		case err != nil:
			return err
		case len(list) < at:
			return nil
		}
		after = next
	}
}

func newest(list []entry, limit int) []entry {
	if limit > 0 && len(list) > limit {
		return slices.Clone(list[len(list)-limit:])
	}
	return list
}

// changedRecord finds the record after a position at which reading stopped, if
// it is indeed that record which is at fault.
func (d *desk) changedRecord(ctx context.Context, article annotations.ArticleID, after uint64) (entry, bool) {
	log, err := d.proofs()
	if err != nil {
		return entry{}, false
	}
	pos := after + 1
	if article != annotations.Desk {
		chain, err := log.Chain(ctx, article, after, 1)
		if err != nil || len(chain) == 0 {
			return entry{}, false
		}
		pos = chain[0]
	}
	recs, err := log.Records(ctx, pos-1, 1)
	if err != nil || len(recs) == 0 {
		return entry{}, false
	}
	bad := entry{Event: annotations.Event{Pos: pos}, broken: true}
	info, ok := store.ReadRecord(recs[0])
	if !ok {
		return bad, true
	}
	bad.Kind, bad.Time, bad.Actor, bad.Act = info.Kind, info.Time, info.Actor, info.Act
	bad.Article, bad.Seq, bad.Sentence, bad.Hash = info.Article, info.Seq, info.Sentence, info.Leaf
	return bad, !info.Proven
}

// past looks up what an entry refers to.
type past struct {
	d     *desk
	seals []uint64                     // sizes of the seals read so far, from the first that was wanted
	ended bool                         // there are no more
	acts  map[annotations.Act][]uint64 // first and last position
	lo    uint64                       // the records from lo on are in acts …
	hi    uint64                       // … up to the one before hi; 0 for none yet
}

func newPast(d *desk) *past { return &past{d: d, acts: map[annotations.Act][]uint64{}} }

// sealOver is the size of the first seal that covers a position; 0 for none. It
// must be asked for rising positions.
func (p *past) sealOver(ctx context.Context, pos uint64) (uint64, error) {
	for {
		for len(p.seals) > 0 && p.seals[0] < pos {
			p.seals = p.seals[1:]
		}
		if len(p.seals) > 0 {
			return p.seals[0], nil
		}
		if p.ended {
			return 0, nil
		}
		list, err := p.d.Seals(ctx, pos, 512)
		if err != nil {
			return 0, err
		}
		p.ended = len(list) < 512
		for _, s := range list {
			p.seals = append(p.seals, s.Size)
		}
	}
}

// lookBack is how far back the act that an undo names is looked for, in records.
const lookBack = 1 << 16

// positions gives the first and the last position of an act before a position;
// nil when it lies too far back.
func (p *past) positions(ctx context.Context, act annotations.Act, before uint64) ([]uint64, error) {
	log, err := p.d.proofs()
	if err != nil {
		return nil, nil //nolint:nilerr // without them the entry goes unnamed
	}
	if p.hi == 0 || before > p.hi+lookBack {
		p.lo, p.hi = before, before
	}
	read := func(from, n uint64) error {
		recs, err := log.Records(ctx, from-1, int(n))
		for i, rec := range recs {
			p.note(rec, from+uint64(i))
		}
		return err
	}
	for p.hi < before {
		n := min(before-p.hi, 512)
		if err := read(p.hi, n); err != nil {
			return nil, err
		}
		p.hi += n
	}
	unfinished := func() bool { return p.acts[act] == nil || p.acts[act][0] == p.lo }
	for unfinished() && p.lo > 1 && before-p.lo < lookBack {
		n := min(p.lo-1, 512)
		p.lo -= n
		if err := read(p.lo, n); err != nil {
			return nil, err
		}
	}
	return p.acts[act], nil
}

func (p *past) note(rec []byte, pos uint64) {
	info, ok := store.ReadRecord(rec)
	if !ok || !info.Proven {
		return
	}
	if at := p.acts[info.Act]; at != nil {
		at[0], at[1] = min(at[0], pos), max(at[1], pos)
		return
	}
	p.acts[info.Act] = []uint64{pos, pos}
}

// changeJSON is one field of an entry that changed.
type changeJSON struct {
	Field string   `json:"field"`
	Was   []string `json:"was,omitempty"`
	Now   []string `json:"now,omitempty"`
}

// field is a name and what stands under it.
type field struct {
	name   string
	values []string
}

// changes lists what differs before and after an event, field by field.
func (w wording) changes(e *annotations.Event) []changeJSON {
	var before, after []field
	switch e.Kind {
	case annotations.EventAnnotate:
		before, after = w.fields(e.Before), w.fields(e.After)
	case annotations.EventRule:
		before, after = rulingFields(e.RuleBefore), rulingFields(e.RuleAfter)
	default:
		return nil
	}
	var out []changeJSON
	for i := range before {
		c := changeJSON{Field: before[i].name}
		for _, v := range before[i].values {
			if v != "" && !slices.Contains(after[i].values, v) {
				c.Was = append(c.Was, v)
			}
		}
		for _, v := range after[i].values {
			if v != "" && !slices.Contains(before[i].values, v) {
				c.Now = append(c.Now, v)
			}
		}
		if len(c.Was)+len(c.Now) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// fields takes an annotation apart; nil says nothing. The names are always the
// same, in the same order.
func (w wording) fields(a *annotations.Annotation) []field {
	if a == nil {
		a = &annotations.Annotation{}
	}
	var sources, links, evidence []string
	for _, at := range a.Attributions {
		sources = append(sources, attributionWords(&at))
	}
	for _, l := range a.Links {
		links = append(links, strings.Join(nonEmpty(string(l.Relation), w.target(l.To), string(l.Manner), l.Note), ", "))
	}
	for _, u := range a.Evidence {
		evidence = append(evidence, u.ID.String()+" "+string(u.Stance))
	}
	confidential, codebook := "", ""
	if a.Confidential != nil {
		confidential = "sealed " + a.Confidential.Digest.Short()
	}
	if !a.Codebook.IsZero() {
		codebook = a.Codebook.Short()
	}
	check := ""
	if a.Check != annotations.CheckNone {
		check = a.Check.String()
	}
	return []field{
		{"tag", []string{a.Tag}}, {"rule", []string{a.Rule}}, {"source", sources}, {"link", links},
		{"other side", []string{yes(a.Inside, "inside the sentence")}}, {"evidence", evidence}, {"flag", a.Flags},
		{"note", []string{a.Note}}, {"confidential", []string{confidential}}, {"unsure", []string{yes(a.Unsure, "yes")}},
		{"second check", []string{check}}, {"verdict", []string{a.Verdict}}, {"codebook", []string{codebook}},
	}
}

func yes(b bool, word string) string {
	if b {
		return word
	}
	return ""
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// attributionWords says who vouches and which bytes of the text say so.
func attributionWords(at *annotations.Attribution) string {
	parts := nonEmpty(at.Name, at.Kind, at.Terms)
	if at.Count > 0 {
		parts = append(parts, plural(at.Count, "source"))
	}
	if at.Hops > 0 {
		parts = append(parts, fmt.Sprintf("at %d removes", at.Hops))
	}
	for _, s := range []struct {
		what string
		list []annotations.Span
	}{{"source", at.Source}, {"cue", at.Cue}, {"content", at.Content}} {
		for _, span := range s.list {
			parts = append(parts, fmt.Sprintf("%s at bytes %d-%d", s.what, span.Start, span.End))
		}
	}
	return strings.Join(parts, ", ")
}

func rulingFields(r *annotations.Ruling) []field {
	if r == nil {
		r = &annotations.Ruling{}
	}
	return []field{
		{"verdict", []string{string(r.Verdict)}}, {"tag", []string{r.Tag}}, {"rule", []string{r.Rule}},
		{"on", []string{r.Reviewer}}, {"reason", []string{r.Reason}},
	}
}
