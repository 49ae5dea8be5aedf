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
		for k, _ := c.Seek(u64(after + 1)); len(k) == 8; k, _ = c.Next() {
			if more, err := fn(binary.BigEndian.Uint64(k)); err != nil || !more {
				return err
			}
		}
		return nil
	}
	c := t.bucket(bByArt).Cursor()
	for k, v := c.Seek(t.chainAfter(q.Article, after)); len(k) == 24 && len(v) == 8 && bytes.HasPrefix(k, q.Article[:]); k, v = c.Next() {
		if more, err := fn(binary.BigEndian.Uint64(v)); err != nil || !more {
			return err
		}
	}
	return nil
}

// chainAfter is the key of the first link of an article's chain that lies after
// a position, found by halving: both numbers rise together.
func (t boltTx) chainAfter(id annotations.ArticleID, after uint64) []byte {
	lo, hi := uint64(1), t.head(id).N+1
	b := t.bucket(bByArt)
	for lo < hi {
		mid := lo + (hi-lo)/2
		if v := b.Get(append(id[:], u64(mid)...)); len(v) == 8 && binary.BigEndian.Uint64(v) > after {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return append(id[:], u64(lo)...)
}

// raw implements journaled.
func (s *Bolt) raw(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	var out [][]byte
	if after == math.MaxUint64 {
		return nil, nil
	}
	err := s.read(ctx, func(t boltTx) error {
		c := t.bucket(bLog).Cursor()
		for k, v := c.Seek(u64(after + 1)); len(k) == 8 && len(out) < limit; k, v = c.Next() {
			if binary.BigEndian.Uint64(k) != after+uint64(len(out))+1 {
				return damaged(s.path, fmt.Errorf("event %d is missing from the log", after+uint64(len(out))+1))
			}
			out = append(out, bytes.Clone(v))
		}
		return nil
	})
	return out, err
}
