package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"stet.example/stet/annotations"
)

// Seal implements [Store].
func (s *Bolt) Seal(ctx context.Context) (out Seal, err error) {
	stored := false
	err = s.read(ctx, func(t boltTx) error {
		_, out, stored, err = t.sealed(s.clock())
		return err
	})
	if err != nil || stored || s.places.reads { // of what is only read, what the seal would say is told
		return out, err
	}
	err = s.update(ctx, func(t boltTx) error {
		var f frontier
		if f, out, stored, err = t.sealed(s.clock()); err != nil || stored {
			return err
		}
		return t.bucket(bSeals).Put(u64(f.size), encodeSeal(&f, out.Time))
	})
	return out, err
}

// sealed is the tree's edge with its seal; stored says that the file has it, or that
// there is nothing to seal. Otherwise it is one of now.
func (t boltTx) sealed(now time.Time) (f frontier, out Seal, stored bool, err error) {
	if f, err = t.edge(); err != nil {
		return f, out, false, err
	}
	if v := t.bucket(bSeals).Get(u64(f.size)); v != nil {
		out, _, err = decodeSeal(f.size, v)
		return f, out, true, err
	}
	return f, f.sealAt(now), f.size == 0, nil
}

// edge is the tree's edge: that of the last seal, and the events since.
func (t boltTx) edge() (frontier, error) {
	var f frontier
	if k, v := t.bucket(bSeals).Cursor().Last(); len(k) == 8 {
		var err error
		if _, f, err = decodeSeal(binary.BigEndian.Uint64(k), v); err != nil {
			return f, err
		}
	}
	c := t.bucket(bLog).Cursor()
	for k, v := c.Seek(u64(f.size + 1)); k != nil; k, v = c.Next() {
		if len(k) != 8 {
			continue
		}
		if len(v) < recordFixed+hashSize || binary.BigEndian.Uint64(k) != f.size+1 {
			return f, fmt.Errorf("event %d is missing from the log or cut short", f.size+1)
		}
		f.add(annotations.Hash(v[len(v)-hashSize:]))
	}
	return f, nil
}

// Seals implements [Store].
func (s *Bolt) Seals(ctx context.Context, size uint64, limit int) ([]Seal, error) {
	var out []Seal
	err := s.read(ctx, func(t boltTx) error {
		c := t.bucket(bSeals).Cursor()
		for k, v := c.Seek(u64(size)); len(k) == 8 && len(out) < limit; k, v = c.Next() {
			seal, _, err := decodeSeal(binary.BigEndian.Uint64(k), v)
			if err != nil {
				return &Error{Kind: ErrDamaged, What: err.Error(), Next: "Run `stet check`"}
			}
			out = append(out, seal)
		}
		return nil
	})
	return out, err
}
