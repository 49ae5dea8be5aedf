package store

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// boltTx reads and writes the layout within one transaction. It is the view
// that stamp sees.
type boltTx struct {
	tx   *bolt.Tx
	s    *shared
	over *overlay // nil, or what is not written yet
}

// shared is what transactions of one store have in common; it is immutable but
// for the caches of parsed codebooks and of the team, which guard themselves.
type shared struct {
	codec codec
	id    StoreID
	books *bookCache
	crew  *crewCache
}

func newShared(c codec, id StoreID) shared {
	return shared{codec: c, id: id, books: &bookCache{}, crew: &crewCache{}}
}

// rowDamaged says that what stands in the file, and counts, cannot be read.
func rowDamaged(what string, err error) error {
	return &Error{Kind: ErrDamaged, What: "the entry of " + what + " cannot be read", Safe: "Nothing was changed", Next: "Run `stet verify`", Err: err}
}

func (t boltTx) bucket(name string) *bolt.Bucket { return t.tx.Bucket([]byte(name)) }

func (t boltTx) size() (uint64, time.Time) {
	if t.over != nil {
		return t.over.size, t.over.last
	}
	c := t.bucket(bLog).Cursor()
	k, v := c.Last()
	if len(k) == 9 {
		k, v = c.Prev() // the record before what lies below its act
	}
	if len(k) != 8 || len(v) < recordFixed {
		return 0, time.Time{}
	}
	return binary.BigEndian.Uint64(k), time.UnixMicro(int64(binary.BigEndian.Uint64(v[20:]))).UTC()
}

func (t boltTx) meta(id annotations.ArticleID) (m annotations.Meta, ok bool, err error) {
	if t.over != nil {
		if m, ok := t.over.metas.get(id); ok {
			return m, true, nil
		}
	}
	v := t.get(bArticles, id[:])
	if v == nil {
		return m, false, nil
	}
	if err := t.s.codec.dec.Unmarshal(v, &m); err != nil {
		return annotations.Meta{}, false, rowDamaged("article "+id.String()[:8], err)
	}
	if t.over != nil {
		t.over.metas.keep(id, m)
	}
	return m, true, nil
}

func (t boltTx) head(id annotations.ArticleID) annotations.Head {
	if t.over != nil {
		if l, ok := t.over.links.get(id); ok {
			return l.Head
		}
	}
	return decodeHead(t.get(bState, stateKey(id, 0, "")))
}

func (t boltTx) record(id annotations.ArticleID, k annotations.ReviewerKey) (annotations.Record, bool, error) {
	at := rowID{id, k.Sentence, k.Reviewer}
	if t.over != nil {
		if r, ok := t.over.rows.get(at); ok {
			return r.record(), true, nil
		}
	}
	v := t.get(bState, at.key())
	if v == nil {
		return annotations.Record{}, false, nil
	}
	r, err := t.s.codec.decodeRow(v)
	if err != nil {
		return annotations.Record{}, false, rowDamaged(fmt.Sprintf("what %s said of sentence %s", k.Reviewer, k.Sentence), err)
	}
	if t.over != nil {
		t.over.rows.keep(at, r)
	}
	return r.record(), true, nil
}

func (s *shared) decodeRecord(v []byte) (annotations.Record, error) {
	r, err := s.codec.decodeRow(v)
	if err != nil {
		return annotations.Record{}, err
	}
	return r.record(), nil
}

func (t boltTx) ruling(id annotations.ArticleID, sent annotations.SentenceID) (r annotations.RulingRecord, ok bool, err error) {
	v := t.get(bState, stateKey(id, sent, ""))
	if v == nil {
		return r, false, nil
	}
	if r, err = t.s.decodeRuling(v); err != nil {
		return r, false, rowDamaged(fmt.Sprintf("the ruling on sentence %s", sent), err)
	}
	return r, true, nil
}

func (s *shared) decodeRuling(v []byte) (annotations.RulingRecord, error) {
	var r storedRuling
	if err := s.codec.dec.Unmarshal(v, &r); err != nil {
		return annotations.RulingRecord{}, err
	}
	return annotations.RulingRecord{Ruling: r.Ruling, By: r.By, Rev: r.Rev, Pos: r.Pos, Time: time.UnixMicro(r.Time).UTC()}, nil
}

func (s *shared) decodeProgress(v []byte) (annotations.Progress, error) {
	var p storedProgress
	if err := s.codec.dec.Unmarshal(v, &p); err != nil {
		return annotations.Progress{}, err
	}
	return annotations.Progress{
		Tagged: p.Tagged, Extra: p.Extra, Unsure: p.Unsure, ByTag: p.ByTag, Pos: p.Pos, Time: timeAt(p.Time), Current: p.Current, Finished: p.Done,
	}, nil
}

// timeAt is the inverse of stored's: a person who finished an article without a
// word of their own has no time.
func timeAt(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

func (t boltTx) unit(m *annotations.Meta, id annotations.SentenceID) (unitSeen, error) {
	k := unitKey{m.Text, m.Table, id}
	if t.over != nil {
		if u, ok := t.over.units.get(k); ok {
			return u, nil
		}
	}
	u, err := readUnit(t, m, id)
	if err == nil && t.over != nil {
		t.over.units.keep(k, u)
	}
	return u, err
}

func (t boltTx) hasEvidence(id annotations.EvidenceID) bool {
	return t.get(bEvidence, id[:]) != nil
}

func (t boltTx) nameTaken(name string) bool { return t.get(bNames, []byte(name)) != nil }

func (t boltTx) codebook(h annotations.Hash) (*annotations.Codebook, error) {
	return t.s.books.get(h, func() (string, error) { return t.blob(h, 0, -1) })
}

func (t boltTx) top(actor string, m annotations.Mode) (annotations.Done, bool) {
	tops := t.tops(actor)
	at := tops.undo
	if m == annotations.Redo {
		at = tops.redo
	}
	if at == 0 {
		return annotations.Done{}, false
	}
	return t.done(at)
}

// done is the act that begins at a position. It reaches to the last of its
// events that can be taken back.
func (t boltTx) done(first uint64) (d annotations.Done, ok bool) {
	for pos := first; ; pos++ {
		rec := t.stored(pos)
		if len(rec) < recordFixed || pos > first && actOf(rec) != d.Act {
			return d, d.Count > 0
		}
		d.First, d.Act = first, actOf(rec)
		if annotations.EventKind(rec[1]).Undoable() {
			d.Count = int(pos - first + 1)
		}
	}
}

func (t boltTx) blobSize(h annotations.Hash) (int, bool) {
	v := t.get(bBlobs, h[:])
	if len(v) != 8 || binary.BigEndian.Uint64(v) > annotations.MaxText {
		return 0, false
	}
	return int(binary.BigEndian.Uint64(v)), true
}

// maxPart is how much of a blob is read in one transaction, in bytes.
const maxPart = 16 << 20

func (t boltTx) blob(h annotations.Hash, off, n int) (string, error) {
	size, ok := t.blobSize(h)
	if !ok {
		return "", notFound("no blob %s in this store", h.Short())
	}
	if off < 0 || off > size {
		return "", invalid("byte %d of a blob of %d", off, size)
	}
	if n < 0 || n > size-off {
		n = size - off
	}
	var out strings.Builder
	out.Grow(min(n, maxPart)) // a damaged length must not take all memory
	for out.Len() < n {
		at := off + out.Len()
		piece := t.get(bBlobs, blobKey(h, uint32(at/blobPiece)))
		from := at % blobPiece
		if from >= len(piece) {
			return "", pieceMissing(h)
		}
		out.Write(piece[from:min(len(piece), from+n-out.Len())])
	}
	return out.String(), nil
}

func pieceMissing(h annotations.Hash) error {
	return &Error{Kind: ErrDamaged, What: "a piece of blob " + h.Short() + " is missing", Next: "Run `stet check`"}
}

func (t boltTx) window(text annotations.Hash, from int) (string, error) {
	k := windowKey{text, from}
	if t.over != nil {
		if w, ok := t.over.windows.get(k); ok {
			return w, nil
		}
	}
	w, err := t.blob(text, from, windowSize)
	if err == nil && t.over != nil {
		t.over.windows.keep(k, w)
	}
	return w, err
}
