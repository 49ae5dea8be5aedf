package merge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// tb is what a test or a drawn check offers.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
}

// desk is a store in memory that remembers how it came about, so that it can be
// copied: the same acts at the same times.
type desk struct {
	*store.Memory
	tb      tb
	name    string
	id      store.StoreID
	now     *atomic.Int64 // seconds
	at      time.Time     // that the clock is set to; zero: it runs
	batches []store.Batch
	times   []time.Time
	blobs   []string
	people  map[string]*store.Session
	whole   bool // a merge may leave nothing out
}

var start = time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC)

func newDesk(t tb, name string) *desk {
	t.Helper()
	d := &desk{tb: t, name: name, now: &atomic.Int64{}, people: map[string]*store.Session{}}
	copy(d.id[:], annotations.HashOf(name).String())
	m, err := store.NewMemory(d.id, func() time.Time {
		if !d.at.IsZero() {
			return d.at
		}
		return start.Add(time.Duration(d.now.Add(1)) * time.Second)
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	d.Memory = m
	return d
}

// Append implements [store.Store].
func (d *desk) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := d.Memory.Append(ctx, b)
	if err == nil {
		d.batches, d.times = append(d.batches, b), append(d.times, r.Time)
	}
	return r, err
}

// PutBlob implements [store.Store].
func (d *desk) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	d.blobs = append(d.blobs, data)
	return d.Memory.PutBlob(ctx, data)
}

// copied is a copy of d, as `cp` makes one. People start new sessions there.
func (d *desk) copied(name string) *desk {
	d.tb.Helper()
	c := newDesk(d.tb, d.name)
	c.name, c.whole = name, d.whole
	for _, b := range d.blobs {
		if _, err := c.PutBlob(context.Background(), b); err != nil {
			d.tb.Fatalf("%v", err)
		}
	}
	for i, b := range d.batches {
		c.at = d.times[i]
		if _, err := c.Append(context.Background(), b); err != nil {
			d.tb.Fatalf("copy %s: %v", d.name, err)
		}
	}
	c.at = time.Time{}
	c.now.Store(d.now.Load())
	return c
}

func (d *desk) person(who string) *store.Session {
	if d.people[who] == nil {
		s, err := store.NewSession(who, "stet test")
		if err != nil {
			d.tb.Fatalf("%v", err)
		}
		d.people[who] = s
	}
	return d.people[who]
}

func (d *desk) do(who string, id annotations.ArticleID, changes ...annotations.Change) {
	d.tb.Helper()
	if _, err := store.Do(context.Background(), d, d.person(who), id, changes...); err != nil {
		d.tb.Fatalf("%s: %v", d.name, err)
	}
}

func (d *desk) rows(id annotations.ArticleID) []store.Row {
	d.tb.Helper()
	rows, err := d.State(context.Background(), id, 1, 1<<31, 1<<20)
	if err != nil {
		d.tb.Fatalf("%s: %v", d.name, err)
	}
	return rows
}

// rev is the revision of a row; reviewer "" for the ruling.
func (d *desk) row(id annotations.ArticleID, s annotations.SentenceID, reviewer string) (rev uint64, a annotations.Annotation) {
	for _, r := range d.rows(id) {
		switch {
		case r.Sentence != s || r.Reviewer != reviewer:
		case r.Ruling != nil:
			return r.Ruling.Rev, a
		default:
			return r.Annotation.Rev, r.Annotation.Annotation
		}
	}
	return 0, a
}

// say puts an annotation on a sentence.
func (d *desk) say(who string, id annotations.ArticleID, s annotations.SentenceID, a annotations.Annotation) {
	d.tb.Helper()
	rev, _ := d.row(id, s, who)
	d.do(who, id, annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: s, Rev: rev, Annotation: &a})
}

func (d *desk) tag(who string, id annotations.ArticleID, s annotations.SentenceID, tag string) {
	d.tb.Helper()
	d.say(who, id, s, annotations.Annotation{Tag: tag})
}

func (d *desk) rule(who string, id annotations.ArticleID, s annotations.SentenceID, r *annotations.Ruling) {
	d.tb.Helper()
	rev, _ := d.row(id, s, "")
	d.do(who, id, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: s, Rev: rev, Ruling: r})
}

// revert undoes or redoes, if there is anything.
func (d *desk) revert(who string, m annotations.Mode) {
	d.tb.Helper()
	_, _, err := store.Revert(context.Background(), d, d.person(who), m)
	if err != nil && !store.Refused(err) {
		d.tb.Fatalf("%s: %v", d.name, err)
	}
}

func (d *desk) bring(a *annotations.Article) {
	d.tb.Helper()
	if _, err := store.Import(context.Background(), d, d.person("ana"), a, codebook.Builtin()); err != nil {
		d.tb.Fatalf("%s: %v", d.name, err)
	}
}

func (d *desk) size() uint64 {
	s, err := d.Stat(context.Background())
	if err != nil {
		d.tb.Fatalf("%v", err)
	}
	return s.Events
}

// merge merges other into d, which must then verify, and so must other.
func (d *desk) merge(other *desk) Receipt {
	d.tb.Helper()
	before := other.size()
	o := Options{Lead: "lena", Tool: "stet test"}
	if d.size()%2 == 0 { // with times kept, and without
		o.Now = start.AddDate(1, 0, 0)
		o.SetClock = func(at time.Time) { d.at = at }
	}
	r, err := Merge(context.Background(), d, other, o)
	if err != nil {
		d.tb.Fatalf("merge %s into %s: %v", other.name, d.name, err)
	}
	if d.whole && len(r.LeftOut) > 0 {
		d.tb.Fatalf("merge %s into %s: left out %+v", other.name, d.name, r.LeftOut)
	}
	for _, x := range []*desk{d, other} {
		rep, err := x.Verify(context.Background(), nil)
		if err != nil || !rep.OK() {
			d.tb.Fatalf("%s does not verify: %v %v", x.name, err, rep.Problems)
		}
	}
	if other.size() != before {
		d.tb.Fatalf("%s was written to", other.name)
	}
	return r
}

// merged is d with all of others merged into it, one after the other; d is not touched.
func (d *desk) merged(others ...*desk) *desk {
	d.tb.Helper()
	c := d.copied("(" + d.name)
	for _, o := range others {
		c.merge(o)
		c.name += "+" + o.name
	}
	c.name += ")"
	return c
}

// state is everything that a store says, without places in the log, revisions
// and times, one line each, sorted.
func (d *desk) state() []string {
	d.tb.Helper()
	list, err := everyArticle(context.Background(), d)
	if err != nil {
		d.tb.Fatalf("%v", err)
	}
	var out []string
	for i := range list {
		out = append(out, fmt.Sprintf("article %s cut %s judged by %s assigned to %q finished by %q", list[i].ID.String()[:6], list[i].Table.Short(), list[i].Codebook.Short(), list[i].Assigned, d.finishers(list[i].ID)))
		units, err := table(context.Background(), d, list[i].Table)
		if err != nil {
			d.tb.Fatalf("%v", err)
		}
		for _, r := range d.rows(list[i].ID) {
			if annotations.IndexOf(units, r.Sentence) < 0 {
				continue
			}
			where := fmt.Sprintf("%s %s %q ", list[i].ID.String()[:6], r.Sentence, r.Reviewer)
			switch {
			case r.Ruling != nil && r.Ruling.Verdict != "":
				out = append(out, where+fmt.Sprintf("ruled %+v by %s", r.Ruling.Ruling, r.Ruling.By))
			case r.Ruling == nil && !r.Annotation.IsZero():
				out = append(out, where+fmt.Sprintf("%s %q %v %s", r.Annotation.Tag, r.Annotation.Note, r.Annotation.Evidence, contentOf(&r.Annotation.Annotation, r.Annotation.Words).Short()))
			}
		}
	}
	if err := everyItem(context.Background(), d, func(e annotations.Evidence) { out = append(out, "evidence "+e.ID.String()) }); err != nil {
		d.tb.Fatalf("%v", err)
	}
	slices.Sort(out)
	return out
}

// finishers lists who has finished an article.
func (d *desk) finishers(id annotations.ArticleID) []string {
	d.tb.Helper()
	var out []string
	for _, who := range []string{"ana", "ben"} {
		sum, err := d.Summary(context.Background(), who, id)
		if err != nil {
			d.tb.Fatalf("%v", err)
		}
		if sum.Progress.Finished {
			out = append(out, who)
		}
	}
	return out
}

// assign, judge and finish settle what concerns an article as a whole.
func (d *desk) assign(id annotations.ArticleID, who ...string) {
	d.tb.Helper()
	d.do("lena", id, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: who})
}

func (d *desk) judge(who string, id annotations.ArticleID, book *annotations.Codebook) {
	d.tb.Helper()
	h, err := d.PutBlob(context.Background(), string(book.Source))
	if err != nil {
		d.tb.Fatalf("%s: %v", d.name, err)
	}
	d.do(who, id, annotations.Change{Kind: annotations.EventCodebook, Verb: "codebook", Codebook: h})
}

func (d *desk) finish(id annotations.ArticleID, who string, done bool) {
	d.tb.Helper()
	d.do(who, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who, Done: done}})
}

// otherBook is the built-in codebook under another name.
func otherBook(name string) *annotations.Codebook {
	src := strings.Replace(string(codebook.Builtin().Source), "name = ", "name = \""+name+" \" # ", 1)
	b, err := codebook.Parse(name+".toml", []byte(src))
	if err != nil {
		panic(err)
	}
	return b
}

// says lists who says what of a sentence: "ana: sourced".
func (d *desk) says(id annotations.ArticleID, s annotations.SentenceID) string {
	var out []string
	for _, r := range d.rows(id) {
		switch {
		case r.Sentence != s:
		case r.Ruling != nil:
			out = append(out, "ruling: "+string(r.Ruling.Verdict))
		case !r.Annotation.IsZero():
			out = append(out, r.Reviewer+": "+r.Annotation.Tag)
		}
	}
	return strings.Join(out, ", ")
}

// replaced lists what people replaced knowingly: per sentence and person, the
// contents that stood before an event that is no merge.
func (d *desk) replaced() map[string]bool {
	d.tb.Helper()
	out := map[string]bool{}
	for after := uint64(0); ; {
		list, next, err := d.Events(context.Background(), store.Query{}, after, 256)
		if err != nil {
			d.tb.Fatalf("%v", err)
		}
		for i := range list {
			e := &list[i]
			if _, m := markOf(e); e.Kind == annotations.EventAnnotate && e.Before != nil && !m {
				out[place(e.Article, e.Sentence, e.Actor)+hashOf(e.Before)] = true
			}
		}
		if len(list) == 0 {
			return out
		}
		after = next
	}
}

func place(id annotations.ArticleID, s annotations.SentenceID, who string) string {
	who, _, _ = strings.Cut(who, " (")
	return fmt.Sprintf("%s %s %s ", id, s, who)
}

func hashOf(a *annotations.Annotation) string { return contentOf(a, 0).Short() }

// standing maps what stands to where.
func (d *desk) standing() map[string]bool {
	out := map[string]bool{}
	list, err := everyArticle(context.Background(), d)
	if err != nil {
		d.tb.Fatalf("%v", err)
	}
	for i := range list {
		for _, r := range d.rows(list[i].ID) {
			if r.Ruling == nil && !r.Annotation.IsZero() {
				out[place(list[i].ID, r.Sentence, r.Reviewer)+hashOf(&r.Annotation.Annotation)] = true
			}
		}
	}
	return out
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// article makes one for tests.
func article(t testing.TB, seed string) *annotations.Article { return storetest.Article(t, seed, 5) }
