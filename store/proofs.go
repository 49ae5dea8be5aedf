package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"time"

	"stet.example/stet/annotations"
)

// Prover gives out the log as it is stored, byte for byte, for proofs that
// others check. Nothing it returns has been verified: that is the point of it.
// [Bolt] and [Memory] are provers.
type Prover interface {
	// Records returns the stored records after position after, in order and
	// without a gap, at most limit. Each is a record followed by its 32-byte hash;
	// [ReadRecord] and [DecodeRecord] read them.
	Records(ctx context.Context, after uint64, limit int) ([][]byte, error)
	// Chain returns the positions of the events of one article after position
	// after, in order, at most limit. The article [annotations.Desk] stands for
	// what belongs to none.
	Chain(ctx context.Context, article annotations.ArticleID, after uint64, limit int) ([]uint64, error)
}

var (
	_ Prover = (*Bolt)(nil)
	_ Prover = (*Memory)(nil)
)

// RecordInfo is what a record says of itself in the fields that can be read
// without decoding the rest of it. When Proven is false the record was changed
// after it was stored, and any of this may be what was changed.
type RecordInfo struct {
	Proven   bool // the record hashes to the hash it carries
	Kind     annotations.EventKind
	Act      annotations.Act
	Time     time.Time // UTC
	Actor    string    // "" when its place in the record cannot be made out
	Article  annotations.ArticleID
	Seq      uint64 // place in the article's chain, from 1
	Sentence annotations.SentenceID
	Prev     annotations.Hash // of the event before it in the chain
	Leaf     annotations.Hash // computed from the record's bytes: chain link and leaf of the tree
}

// ReadRecord reads the fixed fields of a stored record, sound or not. It
// reports false when there are too few bytes for one.
func ReadRecord(stored []byte) (RecordInfo, bool) {
	if len(stored) < recordFixed+2+hashSize {
		return RecordInfo{}, false
	}
	_, _, sound := proven(stored)
	rec := RecordBody(stored)
	i := RecordInfo{
		Proven: sound, Kind: annotations.EventKind(rec[1]),
		Act:      annotations.Act{Session: annotations.SessionID(rec[28:36]), N: binary.BigEndian.Uint64(rec[36:])},
		Time:     time.UnixMicro(int64(binary.BigEndian.Uint64(rec[20:]))).UTC(),
		Sentence: annotations.SentenceID(binary.BigEndian.Uint32(rec[68:])), Leaf: recordHash(rec),
	}
	i.Article, i.Seq, i.Prev = chainOf(rec)
	if n := int(rec[recordFixed]); recordFixed+1+n <= len(rec) {
		i.Actor = string(rec[recordFixed+1 : recordFixed+1+n])
	}
	return i, true
}

// RecordBody is a stored record without the hash at its end: the bytes that are
// hashed. It is nil when there are too few.
func RecordBody(stored []byte) []byte {
	if len(stored) < hashSize {
		return nil
	}
	return stored[:len(stored)-hashSize]
}

// DecodeRecord reads the event in the stored record at a position. It does not
// check the hash.
func DecodeRecord(pos uint64, stored []byte) (annotations.Event, error) {
	c, err := newCodec()
	if err != nil {
		return annotations.Event{}, err
	}
	return c.decode(pos, stored)
}

// Records implements [Prover].
func (s *Bolt) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	var out [][]byte
	for len(out) < limit {
		part, err := s.raw(ctx, after, min(limit-len(out), perRead))
		if err != nil || len(part) == 0 {
			return out, err
		}
		out, after = append(out, part...), after+uint64(len(part))
	}
	return out, nil
}

// Records implements [Prover].
func (m *Memory) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	recs, err := m.raw(ctx, after, max(limit, 0))
	for i := range recs {
		recs[i] = bytes.Clone(recs[i])
	}
	return recs, err
}

// Chain implements [Prover]. It follows the index, which [Bolt.Verify] holds
// against the log.
func (s *Bolt) Chain(ctx context.Context, article annotations.ArticleID, after uint64, limit int) ([]uint64, error) {
	if article == annotations.Desk {
		return chainByScan(ctx, s, article, after, limit)
	}
	var out []uint64
	for len(out) < limit {
		n := len(out)
		err := s.read(ctx, func(t boltTx) error {
			return t.positions(Query{Article: article}, after, func(pos uint64) (bool, error) {
				out, after = append(out, pos), pos
				return len(out) < min(limit, n+perRead), nil
			})
		})
		if err != nil || len(out) < n+perRead {
			return out, err
		}
	}
	return out, nil
}

// Chain implements [Prover].
func (m *Memory) Chain(ctx context.Context, article annotations.ArticleID, after uint64, limit int) ([]uint64, error) {
	return chainByScan(ctx, m, article, after, limit)
}

// chainByScan finds a chain by looking at every record.
func chainByScan(ctx context.Context, p Prover, article annotations.ArticleID, after uint64, limit int) (out []uint64, err error) {
	for len(out) < limit && after < math.MaxUint64 {
		recs, err := p.Records(ctx, after, perRead)
		if err != nil || len(recs) == 0 {
			return out, err
		}
		for _, rec := range recs {
			after++
			if i, ok := ReadRecord(rec); ok && i.Article == article && len(out) < limit {
				out = append(out, after)
			}
		}
	}
	return out, nil
}
