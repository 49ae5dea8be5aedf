package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// linkRun is how many positions of an article's chain stand together. The run
// that the chain's end lies in is part of the article's head row; full ones go
// to an index of their own, so that only every so many saves touch it.
const linkRun = 64

// links is an article's head row: the end of its chain, and the positions of
// the events of the last run.
type links struct {
	annotations.Head
	run []uint64
}

// runStart is the place in its chain of the first event of the run that event n
// lies in.
func runStart(n uint64) uint64 { return n - (n-1)%linkRun }

func runKey(id annotations.ArticleID, start uint64) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, 24), id[:]...), start)
}

// appendRun packs ascending positions: the first, then the steps, as uvarints.
func appendRun(b []byte, run []uint64) []byte {
	last := uint64(0)
	for _, pos := range run {
		b = binary.AppendUvarint(b, pos-last)
		last = pos
	}
	return b
}

// parseRun unpacks positions; it reports whether they are ascending, none is left
// over and none is cut short.
func parseRun(v []byte) ([]uint64, bool) {
	run := make([]uint64, 0, linkRun)
	for last := uint64(0); len(v) > 0; {
		step, n := binary.Uvarint(v)
		if n <= 0 || step == 0 || last+step < last || len(run) == linkRun {
			return nil, false
		}
		last += step
		run, v = append(run, last), v[n:]
	}
	return run, len(run) > 0
}

func encodeLinks(l *links) []byte {
	b := make([]byte, 0, 8+hashSize+10+3*linkRun)
	b = binary.BigEndian.AppendUint64(b, l.N)
	return appendRun(append(b, l.Hash[:]...), l.run)
}

// decodeHead reads the end of the chain alone, the zero head from no row.
func decodeHead(v []byte) annotations.Head {
	if len(v) < 8+hashSize {
		return annotations.Head{}
	}
	return annotations.Head{N: binary.BigEndian.Uint64(v), Hash: annotations.Hash(v[8:])}
}

// decodeLinks reads a head row, which may be missing; it reports whether it is
// sound.
func decodeLinks(v []byte) (l links, ok bool) {
	if v == nil {
		return l, true
	}
	if l.Head = decodeHead(v); l.N == 0 {
		return l, false
	}
	l.run, ok = parseRun(v[8+hashSize:])
	return l, ok && uint64(len(l.run)) == l.N-runStart(l.N)+1
}

// links reads an article's head row.
func (t boltTx) links(id annotations.ArticleID) (*links, error) {
	if t.over != nil {
		if l, ok := t.over.links.get(id); ok {
			return l, nil
		}
	}
	l, ok := decodeLinks(t.get(bState, stateKey(id, 0, "")))
	if !ok {
		return nil, fmt.Errorf("the head of article %s cannot be read", id)
	}
	if t.over != nil {
		t.over.links.keep(id, &l)
	}
	return &l, nil
}

// link adds e to its article's chain.
func (t boltTx) link(e *annotations.Event) error {
	l, err := t.links(e.Article)
	if err != nil {
		return err
	}
	if e.Seq != l.N+1 {
		return fmt.Errorf("event %d is number %d of its article's chain, which has %d", e.Pos, e.Seq, l.N)
	}
	if l.N > 0 && runStart(e.Seq) == e.Seq {
		t.put(bByArt, runKey(e.Article, runStart(l.N)), appendRun(nil, l.run))
		l.run = l.run[:0]
	}
	l.run = append(l.run, e.Pos)
	l.Head = annotations.Head{N: e.Seq, Hash: e.Hash}
	t.over.links.set(e.Article, l)
	t.over.next.n++
	return nil
}

// run returns the positions of the run that event n of a chain lies in, and the
// place of the first of them.
func (t boltTx) run(id annotations.ArticleID, l *links, n uint64) (start uint64, run []uint64, err error) {
	start = runStart(n)
	if l.N > 0 && start == runStart(l.N) {
		return start, l.run, nil
	}
	run, ok := parseRun(t.get(bByArt, runKey(id, start)))
	if !ok || len(run) != linkRun {
		return start, nil, fmt.Errorf("the index of article %s cannot be read at number %d", id, start)
	}
	return start, run, nil
}

// chain calls fn with the positions of an article's events after position after,
// in order, until it says that is enough.
func (t boltTx) chain(id annotations.ArticleID, after uint64, fn func(pos uint64) (bool, error)) error {
	l, err := t.links(id)
	if err != nil || l.N == 0 {
		return err
	}
	lo, hi := uint64(0), (l.N-1)/linkRun // the first run that ends behind after
	for lo < hi {
		mid := lo + (hi-lo)/2
		_, run, err := t.run(id, l, mid*linkRun+1)
		if err != nil {
			return err
		}
		if run[len(run)-1] > after {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	for ; lo <= (l.N-1)/linkRun; lo++ {
		_, run, err := t.run(id, l, lo*linkRun+1)
		if err != nil {
			return err
		}
		i, _ := slices.BinarySearch(run, after+1)
		for _, pos := range run[i:] {
			if more, err := fn(pos); err != nil || !more {
				return err
			}
		}
	}
	return nil
}

// atEnd checks, before anything is built on it, that the log ends where the tree
// does and the article's chain where its head says. A head that was damaged must
// not get into the log.
func (t boltTx) atEnd(id annotations.ArticleID, size uint64) error {
	if n, _ := t.size(); n != size {
		return fmt.Errorf("the log ends at event %d, not %d", n, size)
	}
	if _, ok := t.over.links.get(id); ok {
		return nil // looked at before an earlier batch, and kept since
	}
	l, err := t.links(id)
	if err != nil {
		return err
	}
	first := uint64(1)
	if l.N > 0 {
		first = runStart(l.N)
	}
	if k, _ := t.bucket(bByArt).Cursor().Seek(runKey(id, first)); bytes.HasPrefix(k, id[:]) {
		return fmt.Errorf("the chain of article %s goes on after its head, number %d", id, l.N)
	}
	if l.N == 0 {
		if t.get(bArticles, id[:]) != nil {
			return fmt.Errorf("article %s has no head", id)
		}
		return nil
	}
	rec := t.stored(l.run[len(l.run)-1])
	if len(rec) < recordFixed+hashSize || annotations.Hash(rec[len(rec)-hashSize:]) != l.Hash {
		return fmt.Errorf("the head of article %s is not its last event", id)
	}
	return nil
}

// headsOf checks that the newest events of the log are what the heads of their
// articles say. A save of which one page did not reach the disk may leave an older
// head behind that is sound in itself.
func (t boltTx) headsOf(newest map[annotations.ArticleID]uint64, looked func()) error {
	for id, pos := range newest {
		l, err := t.links(id)
		looked()
		if err != nil {
			return err
		}
		if l.N == 0 || l.run[len(l.run)-1] != pos {
			return fmt.Errorf("the chain of article %s goes on after its head, number %d", id, l.N)
		}
	}
	return nil
}

// newest finds, among the last events of a log of this size, each article's last.
func (t boltTx) newest(size uint64) (map[annotations.ArticleID]uint64, error) {
	last := map[annotations.ArticleID]uint64{}
	c := t.bucket(bLog).Cursor()
	for k, v := c.Seek(u64(size - min(size, SealEvery) + 1)); k != nil; k, v = c.Next() {
		if len(k) != 8 {
			continue
		}
		if len(v) < recordFixed {
			return nil, fmt.Errorf("event %d is cut short", binary.BigEndian.Uint64(k))
		}
		id, _, _ := chainOf(v)
		last[id] = binary.BigEndian.Uint64(k)
	}
	return last, nil
}
