package store

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// A check folds a log that may have millions of events, nearly all of which say
// that one person's annotation of one sentence changed. These are folded here, in
// few bytes each; everything else, and every annotation that does not follow from
// what was there, is handed to [annotations.State], which alone judges what may
// not be. That both come to the same is what TestTheCheckFoldsAsTheDomainDoes is
// for.

// said is what an annotation is to the fold: its tag is counted, and the rest of it
// is the bytes that a row of the state holds, the codebook apart.
type said struct {
	there, unsure bool
	tag           string
	book          annotations.Hash
	raw           []byte
}

// change is what an event says of an annotation.
type change struct {
	actor         string
	merged        bool // see annotations.VerbMerge
	rev           uint64
	before, after said
	sealed        *annotations.Sealed // of after
}

// cell is an annotation as it stands. There may be millions: it has no pointers,
// which the garbage collector would follow.
type cell struct {
	sentence annotations.SentenceID
	person   uint32
	rev, pos uint64
	time     int64 // µs
	words    uint64
	book     uint32 // which of the codebooks
	raw      text
}

// text is where something that was said stands.
type text struct{ page, at, size uint32 }

// tally is what the log says of an article so far.
type tally struct {
	head   annotations.Head
	chain  []uint64                  // positions
	state  *annotations.ArticleState // without annotations and progress; nil before the import
	cells  []cell
	far    map[uint64]uint32 // by sentence and one of people, from sentence nearby on: which cell
	people []personal
	mine   map[uint32]uint32 // by person: which of people
}

// personal is how far one person is with one article.
type personal struct {
	annotations.Progress // without Time and ByTag
	person               uint32
	time                 int64 // µs, where Pos is not 0
	tags                 []tagCount
	near                 []uint32 // by sentence, below nearby: which cell, counted from 1
}

// nearby is up to which sentence cells are found by counting: nearly always.
const nearby = 1 << 12

type tagCount struct {
	tag string
	n   int
}

// folding is the fold of a log, as far as it has come.
type folding struct {
	codec    codec
	state    *annotations.State // all but annotations, progress and undo lists
	tallies  map[annotations.ArticleID]*tally
	sessions map[annotations.SessionID]*session
	people   []person
	named    map[string]uint32 // which of people
	last     annotations.Done  // the act that the newest event belongs to
	time     int64             // of the newest event, µs
	current  annotations.ArticleID
	tally    *tally // of current
	books    []annotations.Hash
	pages    [][]byte // what is said
}

func newFolding(c codec) folding {
	return folding{
		codec: c,
		state: annotations.NewState(), tallies: map[annotations.ArticleID]*tally{}, sessions: map[annotations.SessionID]*session{},
		named: map[string]uint32{}, time: math.MinInt64,
	}
}

// tallyOf gives an article's tally.
func (f *folding) tallyOf(id annotations.ArticleID) *tally {
	if f.tally != nil && f.current == id {
		return f.tally
	}
	t := f.tallies[id]
	if t == nil {
		t = &tally{mine: map[uint32]uint32{}}
		f.tallies[id] = t
	}
	f.current, f.tally = id, t
	return t
}

// keep copies what was said to where it can stay, over what stood there if that
// fits.
func (f *folding) keep(raw []byte, old text) text {
	size := uint32(len(raw))
	if size <= old.size && old.size > 0 {
		old.size = size
		copy(f.text(old), raw)
		return old
	}
	last := len(f.pages) - 1
	if last < 0 || len(raw) > cap(f.pages[last])-len(f.pages[last]) {
		last++
		f.pages = append(f.pages, make([]byte, 0, max(len(raw), roomFor)))
	}
	now := text{page: uint32(last), at: uint32(len(f.pages[last])), size: size}
	f.pages[last] = append(f.pages[last], raw...)
	return now
}

func (f *folding) text(t text) []byte { return f.pages[t.page][t.at:][:t.size] }

// book gives the number of a codebook. There are few.
func (f *folding) book(h *annotations.Hash) uint32 {
	for i := len(f.books) - 1; i >= 0; i-- {
		if f.books[i] == *h {
			return uint32(i)
		}
	}
	f.books = append(f.books, *h)
	return uint32(len(f.books) - 1)
}

// cell finds the annotation of a sentence by one of the article's people.
func (t *tally) cell(sentence annotations.SentenceID, mine uint32) *cell {
	var i uint32
	if near := t.people[mine].near; sentence >= nearby {
		i = t.far[uint64(sentence)<<32|uint64(mine)]
	} else if int(sentence) < len(near) {
		i = near[sentence]
	}
	if i == 0 {
		return nil
	}
	return &t.cells[i-1]
}

// add makes room for an annotation that was not there.
func (t *tally) add(sentence annotations.SentenceID, mine uint32) *cell {
	p := &t.people[mine]
	if t.cells == nil {
		t.cells = make([]cell, 0, max(8, min(t.state.Meta.Sentences, nearby)))
	}
	t.cells = append(doubled(t.cells), cell{sentence: sentence, person: p.person})
	i := uint32(len(t.cells))
	if sentence < nearby {
		if more := int(sentence) + 1 - len(p.near); more > 0 {
			p.near = append(p.near, make([]uint32, more)...)
		}
		p.near[sentence] = i
	} else {
		if t.far == nil {
			t.far = map[uint64]uint32{}
		}
		t.far[uint64(sentence)<<32|uint64(mine)] = i
	}
	return &t.cells[i-1]
}

// annotate folds in a change of an annotation that follows from what was there. It
// reports false, and does nothing, when it does not.
func (f *folding) annotate(t *tally, x *examined, pos uint64, by *session) bool {
	c, at, sentence := &x.change, timeOf(x.rec), annotations.SentenceID(binary.BigEndian.Uint32(x.rec[68:]))
	if t.state == nil || f.current == annotations.Desk || at < f.time || !c.after.there {
		return false
	}
	var now *cell
	if by.tally != t { // else it is known
		if mine, known := t.mine[by.person]; known {
			by.tally, by.mine = t, mine
		}
	}
	if by.tally == t {
		now = t.cell(sentence, by.mine)
	}
	switch {
	case now == nil && (c.before.there || c.rev != 1):
		return false
	case now == nil:
		by.tally, by.mine = t, t.personal(by.person)
		now = t.add(sentence, by.mine)
	case !c.before.there || c.rev != now.rev+1 || c.before.book != f.books[now.book] || !bytes.Equal(c.before.raw, f.text(now.raw)):
		return false
	}
	now.rev, now.pos, now.time, now.words = c.rev, pos, at, binary.BigEndian.Uint64(x.rec[72:])
	now.book, now.raw = f.book(&c.after.book), f.keep(c.after.raw, now.raw)
	t.people[by.mine].count(c, annotations.Kind(x.rec[3]).Required(), pos, at, sentence)
	f.time = at
	return true
}

// personal finds how far somebody is: which of the article's people.
func (t *tally) personal(who uint32) uint32 {
	i, known := t.mine[who]
	if !known {
		i = uint32(len(t.people))
		t.mine[who], t.people = i, append(t.people, personal{person: who})
	}
	return i
}

// count does what [annotations.Progress.Count] does.
func (p *personal) count(c *change, required bool, pos uint64, at int64, sentence annotations.SentenceID) {
	for _, d := range [...]struct {
		said *said
		by   int
	}{{&c.before, -1}, {&c.after, +1}} {
		if d.said.unsure {
			p.Unsure += d.by
		}
		if d.said.tag == "" {
			continue
		}
		if required {
			p.Tagged += d.by
		} else {
			p.Extra += d.by
		}
		i := slices.IndexFunc(p.tags, func(t tagCount) bool { return t.tag == d.said.tag })
		if i < 0 {
			i = len(p.tags)
			p.tags = append(p.tags, tagCount{tag: d.said.tag})
		}
		p.tags[i].n += d.by
	}
	p.Pos, p.time, p.Current = pos, at, sentence
}

// progress is p as the domain has it.
func (p *personal) progress() annotations.Progress {
	out := p.Progress
	for _, t := range p.tags {
		if t.n == 0 {
			continue
		}
		if out.ByTag == nil {
			out.ByTag = map[string]int{}
		}
		out.ByTag[t.tag] = t.n
	}
	if p.Pos != 0 {
		out.Time = time.UnixMicro(p.time).UTC()
	}
	return out
}

// apply folds in an event of any kind by way of the domain, which for that time is
// shown the annotations that the event touches, and the article's progress.
func (f *folding) apply(t *tally, e *annotations.Event, before annotations.Head) error {
	f.state.Size = e.Pos - 1
	if f.time != math.MinInt64 {
		f.state.Last = time.UnixMicro(f.time).UTC()
	}
	if t.state != nil {
		t.state.Head = before
		f.lend(t, touched(e))
	}
	err := f.state.Apply(e)
	if err == nil {
		f.time = e.Time.UnixMicro()
	}
	if t.state == nil {
		t.state = f.state.Articles[e.Article]
	}
	if t.state != nil {
		f.takeBack(t)
	}
	return err
}

// touched tells which sentences an event concerns; it is nil for one that concerns
// neither annotations nor anybody's progress.
func touched(e *annotations.Event) func(annotations.SentenceID) bool {
	switch {
	case e.Kind == annotations.EventCut && e.Cut != nil:
		return func(id annotations.SentenceID) bool {
			return slices.ContainsFunc(e.Cut.Touched, func(c annotations.UnitChange) bool { return c.ID == id })
		}
	case e.Kind == annotations.EventAnnotate:
		return func(id annotations.SentenceID) bool { return id == e.Sentence }
	case e.Kind == annotations.EventFinish:
		return func(annotations.SentenceID) bool { return false }
	}
	return nil
}

// lend shows the domain what is kept here of some sentences of an article, and
// everybody's progress.
func (f *folding) lend(t *tally, touches func(annotations.SentenceID) bool) {
	if touches == nil {
		return
	}
	for i := range t.people {
		p := &t.people[i]
		t.state.Progress[f.people[p.person].name] = p.progress()
	}
	for i := range t.cells {
		if c := &t.cells[i]; touches(c.sentence) {
			t.state.Annotations[annotations.ReviewerKey{Sentence: c.sentence, Reviewer: f.people[c.person].name}] = f.record(c)
		}
	}
}

// takeBack takes in what the domain made of what it was lent.
func (f *folding) takeBack(t *tally) {
	for who, p := range t.state.Progress {
		own := &t.people[t.personal(f.number(who))]
		own.Progress, own.time, own.tags = p, p.Time.UnixMicro(), own.tags[:0]
		for tag, n := range p.ByTag {
			own.tags = append(own.tags, tagCount{tag, n})
		}
		own.Time, own.ByTag = time.Time{}, nil
	}
	for k, r := range t.state.Annotations {
		mine := t.personal(f.number(k.Reviewer))
		c := t.cell(k.Sentence, mine)
		if c == nil {
			c = t.add(k.Sentence, mine)
		}
		c.rev, c.pos, c.time, c.words = r.Rev, r.Pos, r.Time.UnixMicro(), r.Words
		c.book, c.raw = f.book(&r.Codebook), f.keep([]byte(r.Note), c.raw)
	}
	clear(t.state.Progress)
	clear(t.state.Annotations)
}

// record is an annotation as the domain has it, with a stand-in.
func (f *folding) record(c *cell) annotations.Record {
	a, raw := annotations.Annotation{}, f.text(c.raw)
	q := quick{b: raw, skim: true}
	if q.annotation(&a); q.bad {
		a = annotations.Annotation{}
		_ = f.codec.dec.Unmarshal(raw, &a) // it was read before, or was written here
	}
	s := said{unsure: a.Unsure, tag: a.Tag, book: f.books[c.book], raw: raw}
	return annotations.Record{Annotation: s.standIn(), Rev: c.rev, Pos: c.pos, Time: time.UnixMicro(c.time).UTC(), Words: c.words}
}

// standIn is an annotation that is as good for the domain's fold, which looks
// whether two are equal and counts tags: what was skimmed, and all the rest of it
// as the bytes that a row of the state holds.
func (s *said) standIn() annotations.Annotation {
	return annotations.Annotation{Tag: s.tag, Codebook: s.book, Unsure: s.unsure, Note: string(s.raw)}
}

// whole is what the domain folds: of an annotation the event with stand-ins.
func (x *examined) whole(pos uint64) *annotations.Event {
	if x.detail != nil {
		return &x.event
	}
	rec, c := x.rec, &x.change
	e := &annotations.Event{
		Pos: pos, Kind: annotations.EventKind(rec[1]), Mode: annotations.Mode(rec[2]), Unit: annotations.Kind(rec[3]),
		Time: time.UnixMicro(timeOf(rec)).UTC(), Actor: c.actor, Act: actOf(rec), Words: annotations.Hash(rec[72:104]),
		Sentence: annotations.SentenceID(binary.BigEndian.Uint32(rec[68:])), Codebook: annotations.Hash(rec[104:136]), Rev: c.rev, Hash: x.hash,
	}
	e.Article, e.Seq, e.Prev = chainOf(rec)
	for _, s := range []struct {
		said *said
		to   **annotations.Annotation
	}{{&c.before, &e.Before}, {&c.after, &e.After}} {
		if s.said.there {
			a := s.said.standIn()
			*s.to = &a
		}
	}
	return e
}

// timeOf reads when a record was made, in µs since 1970.
func timeOf(rec []byte) int64 { return int64(binary.BigEndian.Uint64(rec[20:])) }
