package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"slices"

	"stet.example/stet/annotations"
)

// rows compares what was folded of each article with its rows, byte by byte and in
// their order, on all processors. Where anything differs, the plain comparison of
// [verifier.articles] goes over everything again, and names it.
func (v *verifier) rows(ctx context.Context) error {
	return v.rowsBy(ctx, func() func(ctx context.Context, id annotations.ArticleID) (bool, error) {
		return newExpected(v).article
	})
}

// counted gives the chains that were folded, in order, and counts the articles among them.
func (v *verifier) counted() []annotations.ArticleID {
	ids := slices.SortedFunc(maps.Keys(v.state.Articles), func(a, b annotations.ArticleID) int { return bytes.Compare(a[:], b[:]) })
	v.r.Articles = len(ids)
	if v.state.Articles[annotations.Desk] != nil { // the team's own chain is no article's
		v.r.Articles--
	}
	return ids
}

// rowsBy is rows by another comparison than that of [expected], one for each goroutine.
func (v *verifier) rowsBy(ctx context.Context, comparison func() func(ctx context.Context, id annotations.ArticleID) (same bool, err error)) error {
	if v.broken {
		return nil
	}
	ids := v.counted()
	type outcome struct {
		same bool
		err  error
	}
	all, alike := outcome{same: true}, 0
	ordered(len(ids), func() func(i int) outcome {
		compare := comparison()
		return func(i int) (o outcome) {
			o.same, o.err = compare(ctx, ids[i])
			return o
		}
	}, func(o outcome) bool {
		if all = o; o.same {
			alike++
		}
		return o.same && o.err == nil
	})
	if all.err != nil || all.same {
		return all.err
	}
	for _, id := range ids {
		t := v.tallies[id]
		v.lend(t, func(annotations.SentenceID) bool { return true })
		v.heads[id], v.links[id], t.state.Head = t.head, t.chain, t.head
	}
	found := len(v.r.Problems) + v.r.More
	if err := v.articles(ctx); err != nil || len(v.r.Problems)+v.r.More > found {
		return err
	}
	return v.unnamed(ctx, ids[alike])
}

// unnamed tells of a difference that one comparison sees and the other does not, unless
// somebody has saved since: the two do not know the same rows, or the file does not read
// the same twice.
func (v *verifier) unnamed(ctx context.Context, id annotations.ArticleID) error {
	return v.s.read(ctx, func(t boltTx) error {
		if !v.moved(t) {
			v.r.add("article "+nameOr(v.state.Articles[id].Meta.Name, id), "differs from the log in one comparison of two, and none of its rows can be named")
		}
		return nil
	})
}

// expected is the rows that an article must have. One goroutine uses it, for one
// article after another.
type expected struct {
	v     *verifier
	t     *tally
	id    annotations.ArticleID
	rank  []uint32 // of people by number: the place of their name among the article's
	all   []row
	key   []byte
	value []byte
}

func newExpected(v *verifier) *expected {
	return &expected{v: v, rank: make([]uint32, len(v.people))}
}

// row is the place of a row among an article's, and what belongs there.
type row struct {
	at   uint64 // sentence, then rank; nobody has rank 0
	what kindOfRow
	i    uint32
}

type kindOfRow uint8

const (
	rowHead kindOfRow = iota
	rowProgress
	rowRuling
	rowTeam
	rowSaid
)

// article reports whether all rows of an article are as they must be, or somebody
// has saved there meanwhile: then the next check sees to it.
func (e *expected) article(ctx context.Context, id annotations.ArticleID) (same bool, err error) {
	e.id, e.t = id, e.v.tallies[id]
	if uint64(len(e.t.chain)) != e.t.head.N {
		return false, nil
	}
	e.list()
	same, err = e.walk(ctx, []string{bLastRows, bState}, len(e.all), e.stateRow)
	if err != nil || !same {
		return same, err
	}
	return e.walk(ctx, []string{bByArt}, (len(e.t.chain)-1)/linkRun, e.run)
}

// list finds which rows there must be, in order.
func (e *expected) list() {
	t := e.t
	a := t.state
	e.all = append(e.all[:0], row{what: rowHead})
	byName := make([]int, len(t.people))
	for i := range byName {
		byName[i] = i
	}
	name := func(i int) string { return e.v.people[t.people[i].person].name }
	slices.SortFunc(byName, func(i, k int) int { return cmp.Compare(name(i), name(k)) })
	for r, i := range byName {
		e.rank[t.people[i].person] = uint32(r) + 1
		e.all = append(e.all, row{at: uint64(r) + 1, what: rowProgress, i: uint32(i)})
	}
	for s := range a.Rulings {
		e.all = append(e.all, row{at: uint64(s) << 32, what: rowRuling, i: uint32(s)})
	}
	if e.id == annotations.Desk && e.v.state.TeamSet {
		e.all = append(e.all, row{at: 1 << 32, what: rowTeam})
	}
	e.said(byName)
	slices.SortFunc(e.all, func(x, y row) int { return cmp.Compare(x.at, y.at) })
}

// said lists what was said of sentences: in order, which spares most of the sorting,
// where everybody has spoken of a good part of them.
func (e *expected) said(byName []int) {
	t, first, last := e.t, len(e.all), 0
	for i := range t.people {
		last = max(last, len(t.people[i].near))
	}
	if last*len(byName) <= 4*len(t.cells) {
		for s := range last {
			for r, i := range byName {
				if near := t.people[i].near; s < len(near) && near[s] > 0 {
					e.all = append(e.all, row{at: uint64(s)<<32 | uint64(r+1), what: rowSaid, i: near[s] - 1})
				}
			}
		}
		if len(e.all)-first == len(t.cells) {
			return
		}
	}
	e.all = e.all[:first] // there are some far away
	for i := range t.cells {
		c := &t.cells[i]
		e.all = append(e.all, row{at: uint64(c.sentence)<<32 | uint64(e.rank[c.person]), what: rowSaid, i: uint32(i)})
	}
}

// walk reports whether some buckets hold under the article's key n entries as
// want has them, and no others.
func (e *expected) walk(ctx context.Context, buckets []string, n int, want func(i int) (key, value []byte, err error)) (same bool, err error) {
	i := 0
	same = true
	for next, more := e.id[:], true; more && same; {
		done, every := e.v.turns.take(), e.v.turns.every()
		err := e.v.s.read(ctx, func(t boltTx) error {
			if t.head(e.id) != e.t.head && e.v.moved(t) {
				i, more = n, false
				return nil
			}
			c, seen := t.merged(buckets...), 0
			k, got := c.Seek(next)
			for ; bytes.HasPrefix(k, e.id[:]) && seen < perRead; k, got = c.Next() {
				giveWay(seen, every)
				seen++
				if i == n {
					same = false
					return nil
				}
				key, value, err := want(i)
				if err != nil || !bytes.Equal(k, key) || !bytes.Equal(got, value) {
					same = false // an error is told when all is looked at again
					return nil
				}
				i++
			}
			next, more = bytes.Clone(k), bytes.HasPrefix(k, e.id[:])
			return nil
		})
		done()
		if err != nil {
			return false, err
		}
	}
	return same && i == n, nil
}

// stateRow is the i-th row of the state.
func (e *expected) stateRow(i int) (key, value []byte, err error) {
	t, r := e.t, e.all[i]
	e.key = binary.BigEndian.AppendUint32(append(e.key[:0], e.id[:]...), uint32(r.at>>32))
	switch r.what {
	case rowHead:
		value = encodeLinks(&links{Head: t.head, run: t.chain[runStart(t.head.N)-1:]})
	case rowProgress:
		p := &t.people[r.i]
		e.key = append(e.key, e.v.people[p.person].name...)
		now := stored(p.progress())
		value = now.encode()
	case rowRuling:
		r := t.state.Rulings[annotations.SentenceID(r.i)]
		value, err = e.v.s.codec.enc.Marshal(storedRuling{By: r.By, Rev: r.Rev, Pos: r.Pos, Time: r.Time.UnixMicro(), Ruling: r.Ruling})
	case rowTeam:
		value, err = e.v.s.codec.enc.Marshal(&e.v.state.Team)
	case rowSaid:
		c := &t.cells[r.i]
		e.key = append(e.key, e.v.people[c.person].name...)
		e.value = c.append(e.value[:0], e.v.text(c.raw), &e.v.books[c.book])
		value = e.value
	}
	return e.key, value, err
}

// run is the i-th full run of the index of the article's chain.
func (e *expected) run(i int) (key, value []byte, err error) {
	start := i * linkRun
	return runKey(e.id, uint64(start)+1), appendRun(nil, e.t.chain[start:start+linkRun]), nil
}

// append appends c's row, as storedRecord.encode has it.
func (c *cell) append(b, raw []byte, book *annotations.Hash) []byte {
	b = appendCBOR(append(appendCBOR(b, cborMap, 6), 1), cborUint, c.rev)
	b = appendCBOR(append(b, 2), cborUint, c.pos)
	b = append(append(appendField(b, 3, c.time), 4), raw...)
	b = appendCBOR(append(b, 5), cborUint, c.words)
	return appendBytes(b, 6, book[:])
}
