package store

import (
	"bytes"

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

// putRecent writes changed values of a bucket. They go to the one for what was
// used last as long as they fit there, and push out what was not used of late.
func (t boltTx) putRecent(recentName, name string, room int, changed map[string][]byte) error {
	if len(changed) == 0 {
		return nil
	}
	recent, main := t.bucket(recentName), t.bucket(name)
	if inPlace(recent, changed) {
		for k, v := range changed {
			if err := recent.Put([]byte(k), v); err != nil {
				return err
			}
		}
		return nil
	}
	fresh, rest := 16, 0
	for k, v := range changed {
		if name == bState && !articleRow(k) && main.Get([]byte(k)) != nil { // to move it would touch that page as well
			if err := main.Put([]byte(k), v); err != nil {
				return err
			}
			delete(changed, k)
			continue
		}
		fresh += entrySize([]byte(k), v)
	}
	var others [][2][]byte
	err := recent.ForEach(func(k, v []byte) error {
		if _, again := changed[string(k)]; !again {
			others = append(others, [2][]byte{bytes.Clone(k), bytes.Clone(v)})
			rest += entrySize(k, v)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if fresh+rest > room {
		for _, o := range others {
			if err := move(recent, main, o[0], o[1]); err != nil {
				return err
			}
		}
	}
	from, to := main, recent
	if fresh > room {
		from, to = recent, main
	}
	for _, k := range sorted(changed) {
		if err := move(from, to, []byte(k), changed[k]); err != nil {
			return err
		}
	}
	return nil
}

// articleRow reports whether a key of the state is of an article's head or of
// somebody's progress, which change with every save.
func articleRow(k string) bool { return len(k) >= 20 && k[16:20] == "\x00\x00\x00\x00" }

// inPlace reports whether all of changed stands in the recent bucket already
// and takes no more room there than before: so it is at nearly every save.
func inPlace(recent *bolt.Bucket, changed map[string][]byte) bool {
	for k, v := range changed {
		if len(recent.Get([]byte(k))) != len(v) {
			return false
		}
	}
	return true
}

// move puts a value into one bucket and takes it out of the other, which is not
// touched when it is not there.
func move(from, to *bolt.Bucket, k, v []byte) error {
	if from.Get(k) != nil {
		if err := from.Delete(k); err != nil {
			return err
		}
	}
	return to.Put(k, v)
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
