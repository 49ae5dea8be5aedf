package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"stet.example/stet/annotations"
)

// Events implements [Store]. A query for one article walks that article's chain.
func (s *Bolt) Events(ctx context.Context, q Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	var out []annotations.Event
	for len(out) < limit {
		before, seen := after, 0
		err := s.read(ctx, func(t boltTx) error {
			return t.positions(q, after, func(pos uint64) (bool, error) {
				e, err := t.event(pos)
				if err != nil {
					return false, err
				}
				after = pos
				if q.Selects(&e) {
					out = append(out, e)
				}
				seen++
				return len(out) < limit && seen < 4*perRead, nil
			})
		})
		if err != nil || after == before {
			return out, after, err
		}
	}
	return out, after, nil
}

// event reads one event and proves it by its hash: what was damaged is an error,
// never another history.
func (t boltTx) event(pos uint64) (annotations.Event, error) {
	v := t.bucket(bLog).Get(u64(pos))
	var e annotations.Event
	err := errRecord
	if _, _, ok := proven(v); ok {
		e, err = t.s.codec.decode(pos, v)
	}
	if err != nil {
		return e, unreadable(pos, err)
	}
	return e, nil
}

func unreadable(pos uint64, err error) error {
	return &Error{Kind: ErrDamaged, What: fmt.Sprintf("event %d cannot be read", pos), Next: "Run `stet check`", Err: err}
}

// positions calls fn with the positions after after that may fit q, in order.
func (t boltTx) positions(q Query, after uint64, fn func(pos uint64) (bool, error)) error {
	if after == math.MaxUint64 {
		return nil
	}
	if q.Article == annotations.Desk {
		c := t.bucket(bLog).Cursor()
		for k, _ := c.Seek(u64(after + 1)); k != nil; k, _ = c.Next() {
			if len(k) != 8 {
				continue
			}
			if more, err := fn(binary.BigEndian.Uint64(k)); err != nil || !more {
				return err
			}
		}
		return nil
	}
	return t.chain(q.Article, after, fn)
}

// raw implements journaled.
func (s *Bolt) raw(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	recs, _, err := s.logged(ctx, after, limit)
	return recs, err
}

// roomFor is how many bytes of records are copied into one piece of memory.
const roomFor = 64 << 10

// logged copies out at most limit records after position after; below is, by
// place in recs, what stands beside those with which an act begins.
func (s *Bolt) logged(ctx context.Context, after uint64, limit int) (recs [][]byte, below map[int][]byte, err error) {
	if after == math.MaxUint64 {
		return nil, nil, nil
	}
	below = map[int][]byte{}
	var room []byte // for several records at once: fewer to make, and to collect
	err = s.read(ctx, func(t boltTx) error {
		c := t.bucket(bLog).Cursor()
		for k, v := c.Seek(u64(after + 1)); k != nil; k, v = c.Next() {
			next := after + uint64(len(recs)) + 1
			switch {
			case len(k) == 9 && binary.BigEndian.Uint64(k) == next-1 && len(recs) > 0:
				below[len(recs)-1] = bytes.Clone(v)
			case len(recs) == limit:
				return nil
			case len(k) != 8 || binary.BigEndian.Uint64(k) != next:
				return damaged(s.path, fmt.Errorf("event %d is missing from the log", next))
			default:
				if len(v) > cap(room)-len(room) {
					room = make([]byte, 0, max(len(v), min(roomFor, (limit-len(recs))*512)))
				}
				at := len(room)
				room = append(room, v...)
				recs = append(recs, room[at:len(room):len(room)])
			}
		}
		return nil
	})
	return recs, below, err
}

// positionIn reads a position, 0 from what is none.
func positionIn(v []byte) uint64 {
	if len(v) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(v)
}
