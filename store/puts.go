package store

import (
	"bytes"
	"maps"
	"slices"
)

// puts is what some events put. Once it was taken out of the overlay it does not
// change until the file has it.
type puts struct {
	values map[string]map[string][]byte // by bucket: what few events put
	recs   [][]byte                     // records of the log up to position end
	end    uint64
	below  map[uint64]uint64 // what lies below acts that begin there
	acts   []keyed           // receipts and lists of people
	state  []keyed           // rows of the state; before it is taken, of what was said of sentences
	n      int               // how much
	round  uint64            // of the overlay
}

// keyed is a key with its value, and its place in a list.
type keyed struct {
	k, v []byte
	i    int
}

func newPuts() *puts {
	p := &puts{values: map[string]map[string][]byte{}, below: map[uint64]uint64{}}
	for _, name := range buckets() {
		p.values[name] = map[string][]byte{}
	}
	return p
}

// empty lets go of everything. The bytes that were put are bbolt's until the commit:
// they are never used again.
func (p *puts) empty() {
	for name, m := range p.values {
		p.values[name] = emptied(m)
	}
	clear(p.recs)
	clear(p.acts)
	clear(p.state)
	*p = puts{values: p.values, recs: p.recs[:0], below: emptied(p.below), acts: p.acts[:0], state: p.state[:0]}
}

// emptied is m without its entries. A map keeps its room; a large one is slow to
// clear.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > maxHot {
		return map[K]V{}
	}
	clear(m)
	return m
}

// stored is one of the records, or nil.
func (p *puts) stored(pos uint64) []byte {
	first := p.end - uint64(len(p.recs)) + 1
	if pos < first || pos > p.end {
		return nil
	}
	return p.recs[pos-first]
}

// order encodes what was changed since the last take, in the order of the file.
func (o *overlay) order(p *puts) {
	for _, w := range o.written.changed {
		p.acts = append(p.acts, keyed{k: sessionKey(w.k), v: encodeWritten(w.v)})
	}
	for _, w := range o.tops.changed {
		p.acts = append(p.acts, keyed{k: personKey(w.k), v: encodeTops(w.v)})
	}
	for _, w := range o.links.changed {
		p.state = append(p.state, keyed{k: stateKey(w.k, 0, ""), v: encodeLinks(w.v)})
	}
	for _, w := range o.progress.changed {
		now := stored(w.v)
		p.state = append(p.state, keyed{k: w.k.key(), v: now.encode()})
	}
	for k, v := range p.values[bState] {
		p.state = append(p.state, keyed{k: []byte(k), v: v})
	}
	p.acts, p.state = inOrder(p.acts), inOrder(p.state)
}

// inOrder sorts by key and keeps the last of each.
func inOrder(list []keyed) []keyed {
	for i := range list {
		list[i].i = i
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if c := bytes.Compare(a.k, b.k); c != 0 {
			return c
		}
		return a.i - b.i
	})
	out := list[:0]
	for i, kv := range list {
		if i+1 == len(list) || !bytes.Equal(kv.k, list[i+1].k) {
			out = append(out, kv)
		}
	}
	return out
}

// flush writes what was gathered, within the transaction that is looked up in.
func (t boltTx) flush() error {
	if t.over == nil || t.over.next.n == 0 {
		return nil
	}
	p := t.over.take()
	t.over.depart(p)
	if err := t.write(p); err != nil {
		return err
	}
	t.over.arrived()
	return nil
}

// write writes what was taken out of an overlay.
func (t boltTx) write(p *puts) error {
	if err := t.writeLog(p); err != nil {
		return err
	}
	if err := t.putRecent(bLastActs, bActs, actsRoom, p.acts); err != nil {
		return err
	}
	if err := t.putRecent(bLastRows, bState, rowsRoom, p.state); err != nil {
		return err
	}
	for _, name := range buckets() {
		if len(p.values[name]) == 0 || name == bState {
			continue
		}
		b := t.bucket(name)
		for _, k := range slices.Sorted(maps.Keys(p.values[name])) {
			if err := b.Put([]byte(k), p.values[name][k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeLog writes the records and, beside them, which acts lie below theirs.
func (t boltTx) writeLog(p *puts) error {
	b := t.bucket(bLog)
	first, beside := p.end-uint64(len(p.recs))+1, 0
	for i, rec := range p.recs {
		pos := first + uint64(i)
		if err := b.Put(u64(pos), rec); err != nil {
			return err
		}
		if below, ok := p.below[pos]; ok {
			beside++
			if err := b.Put(belowKey(pos), u64(below)); err != nil {
				return err
			}
		}
	}
	if beside == len(p.below) {
		return nil
	}
	for pos, below := range p.below {
		if p.stored(pos) != nil {
			continue
		}
		if err := b.Put(belowKey(pos), u64(below)); err != nil { // of an act that began before
			return err
		}
	}
	return nil
}
