package store

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// overlay gathers what many events put, so that each key goes to the file once
// and in order: that is several times as fast as one by one, and fills pages.
// Progress and rows are kept as they are until then.
type overlay struct {
	values   map[string]map[string][]byte // by bucket
	progress map[string]annotations.Progress
	rows     map[string]storedRecord
	size     uint64 // of the log
	last     time.Time
	n        int // puts since the last flush
}

func newOverlay() *overlay {
	o := &overlay{values: map[string]map[string][]byte{}}
	for _, name := range buckets() {
		o.values[name] = map[string][]byte{}
	}
	o.clear()
	return o
}

func (o *overlay) clear() {
	for name, m := range o.values {
		if len(m) > 1<<12 { // a map keeps its room; a large one is slow to clear
			o.values[name] = map[string][]byte{}
		} else {
			clear(m)
		}
	}
	o.progress, o.rows, o.n = map[string]annotations.Progress{}, map[string]storedRecord{}, 0
}

// get looks into the overlay first, if there is one.
func (t boltTx) get(bucket string, k []byte) []byte {
	if t.over != nil {
		if v, ok := t.over.values[bucket][string(k)]; ok {
			return v
		}
	}
	return t.bucket(bucket).Get(k)
}

func (t boltTx) put(bucket string, k, v []byte) error {
	if t.over != nil {
		t.over.values[bucket][string(k)] = v
		t.over.n++
		return nil
	}
	return t.bucket(bucket).Put(k, v)
}

// flush writes what was gathered.
func (t boltTx) flush() error {
	o := t.over
	if o == nil || o.n == 0 {
		return nil
	}
	state := o.values[bState]
	for k, p := range o.progress {
		b, err := t.s.codec.enc.Marshal(stored(p))
		if err != nil {
			return err
		}
		state[k] = b
	}
	if err := t.s.encodeRows(o.rows, state); err != nil {
		return err
	}
	for _, name := range buckets() {
		if len(o.values[name]) == 0 {
			continue
		}
		b := t.bucket(name)
		for _, k := range slices.Sorted(maps.Keys(o.values[name])) {
			if err := b.Put([]byte(k), o.values[name][k]); err != nil {
				return err
			}
		}
	}
	o.clear()
	return nil
}

// encodeRows encodes rows into dst on all processors.
func (s *shared) encodeRows(rows map[string]storedRecord, dst map[string][]byte) error {
	keys := slices.Collect(maps.Keys(rows))
	out, errs := make([][]byte, len(keys)), make([]error, len(keys))
	encode := func(first, step int) {
		for i := first; i < len(keys); i += step {
			out[i], errs[i] = s.codec.enc.Marshal(rows[keys[i]])
		}
	}
	if workers := runtime.GOMAXPROCS(0); len(keys) < 1000 {
		encode(0, 1)
	} else {
		var all sync.WaitGroup
		for w := range workers {
			all.Go(func() { encode(w, workers) })
		}
		all.Wait()
	}
	for i, k := range keys {
		if errs[i] != nil {
			return errs[i]
		}
		dst[k] = out[i]
	}
	return nil
}
