package store

import (
	"bytes"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// How many bytes the buckets for what was used last may take. Up to a quarter of
// a page bbolt keeps a bucket within the page that names it, and that page should
// hold all of these.
const (
	actsRoom = 480
	rowsRoom = 960
)

// entrySize is what a key and its value take in a page.
func entrySize(k, v []byte) int { return 16 + len(k) + len(v) }

// act reads a receipt or a person's lists.
func (t boltTx) act(k []byte) []byte {
	if v := t.bucket(bLastActs).Get(k); v != nil {
		return v
	}
	return t.bucket(bActs).Get(k)
}

func (t boltTx) written(id annotations.SessionID) written {
	if t.over == nil {
		return decodeWritten(t.act(sessionKey(id)))
	}
	w, ok := t.over.written.get(id)
	if !ok {
		w = decodeWritten(t.act(sessionKey(id)))
		t.over.written.keep(id, w)
	}
	return w
}

func (t boltTx) tops(who string) undoTops {
	if t.over == nil {
		return decodeTops(t.act(personKey(who)))
	}
	tops, ok := t.over.tops.get(who)
	if !ok {
		tops = decodeTops(t.act(personKey(who)))
		t.over.tops.keep(who, tops)
	}
	return tops
}

// fewRows is how many changed values are looked at one by one, to see where they
// stand. More than that do not fit among what was used last.
const fewRows = 32

// putRecent writes changed values of a bucket, which are in order. They go to the
// one for what was used last as long as they fit there, and push out what was not
// used of late.
func (t boltTx) putRecent(recentName, name string, room int, changed []keyed) error {
	if len(changed) == 0 {
		return nil
	}
	recent, main := t.bucket(recentName), t.bucket(name)
	few := len(changed) <= fewRows
	if few && inPlace(recent, changed) {
		return putAll(recent, changed)
	}
	if few && name == bState {
		var err error
		if changed, err = putInPlace(main, changed); err != nil {
			return err
		}
	}
	others := otherThan(recent, changed)
	fresh := 16 + sizeOf(changed)
	switch {
	case fresh+sizeOf(others) <= room:
		return errors.Join(drop(main, changed), putAll(recent, changed))
	case fresh <= room:
		return errors.Join(drop(recent, others), putAll(main, others), drop(main, changed), putAll(recent, changed))
	}
	if len(others) > 0 {
		changed = inOrder(append(others, changed...))
	}
	return errors.Join(empty(recent), putAll(main, changed))
}

// putInPlace writes the rows of sentences that stand in main already: to move
// them would touch that page as well. It returns the others.
func putInPlace(main *bolt.Bucket, rows []keyed) (left []keyed, err error) {
	for _, kv := range rows {
		if articleRow(kv.k) || main.Get(kv.k) == nil {
			left = append(left, kv)
		} else if err := main.Put(kv.k, kv.v); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// articleRow reports whether a key of the state is of an article's head or of
// somebody's progress, which change with every save.
func articleRow(k []byte) bool { return len(k) >= 20 && string(k[16:20]) == "\x00\x00\x00\x00" }

// inPlace reports whether all of changed stands in the recent bucket already
// and takes no more room there than before: so it is at nearly every save.
func inPlace(recent *bolt.Bucket, changed []keyed) bool {
	for _, kv := range changed {
		if len(recent.Get(kv.k)) != len(kv.v) {
			return false
		}
	}
	return true
}

// otherThan copies what a bucket holds besides some keys, which are in order.
func otherThan(b *bolt.Bucket, some []keyed) (out []keyed) {
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		_, among := slices.BinarySearchFunc(some, k, func(kv keyed, k []byte) int { return bytes.Compare(kv.k, k) })
		if !among {
			out = append(out, keyed{k: bytes.Clone(k), v: bytes.Clone(v)})
		}
	}
	return out
}

func sizeOf(list []keyed) (n int) {
	for _, kv := range list {
		n += entrySize(kv.k, kv.v)
	}
	return n
}

func putAll(b *bolt.Bucket, list []keyed) error {
	for _, kv := range list {
		if err := b.Put(kv.k, kv.v); err != nil {
			return err
		}
	}
	return nil
}

// drop takes keys out of a bucket; pages without any of them are not touched.
func drop(b *bolt.Bucket, list []keyed) error {
	for _, kv := range list {
		if b.Get(kv.k) != nil {
			if err := b.Delete(kv.k); err != nil {
				return err
			}
		}
	}
	return nil
}

func empty(b *bolt.Bucket) error {
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.First() {
		if err := b.Delete(bytes.Clone(k)); err != nil {
			return err
		}
	}
	return nil
}

// merged goes through the keys of some buckets as if they were one.
type merged struct {
	c    []*bolt.Cursor
	k, v [][]byte
}

func (t boltTx) merged(names ...string) *merged {
	m := &merged{k: make([][]byte, len(names)), v: make([][]byte, len(names))}
	for _, name := range names {
		m.c = append(m.c, t.bucket(name).Cursor())
	}
	return m
}

// rows goes through the state, wherever its rows stand.
func (t boltTx) rows() *merged { return t.merged(bLastRows, bState) }

// Seek goes to the first key from key on; it returns nil when there is none.
func (m *merged) Seek(key []byte) (k, v []byte) {
	for i, c := range m.c {
		m.k[i], m.v[i] = c.Seek(key)
	}
	return m.here()
}

// Next goes to the next key; it returns nil when there is none.
func (m *merged) Next() (k, v []byte) {
	if i := m.least(); m.k[i] != nil {
		m.k[i], m.v[i] = m.c[i].Next()
	}
	return m.here()
}

func (m *merged) here() (k, v []byte) {
	i := m.least()
	return m.k[i], m.v[i]
}

func (m *merged) least() (least int) {
	for i, k := range m.k {
		if k != nil && (m.k[least] == nil || bytes.Compare(k, m.k[least]) < 0) {
			least = i
		}
	}
	return least
}
