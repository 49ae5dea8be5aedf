package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store/boltfile"
)

// gathered is what a salvage found, before it is put in order. Records prove
// themselves. Pieces of blobs and confidential values do not until they are put
// together with their hash or seal, so every version that was seen is kept.
type gathered struct {
	codec   codec
	byPos   map[uint64][]byte           // records by position
	pos     map[annotations.Hash]uint64 // and their positions
	strays  []stray                     // records that the newest commit does not lead to
	store   StoreID                     // of the first record that was found
	foreign int                         // records of another store
	blobs   map[annotations.Hash]map[uint32][][]byte
	secrets map[annotations.Hash][]string
	entries map[annotations.ArticleID]annotations.Meta
	items   map[annotations.EvidenceID]annotations.Evidence
}

type stray struct {
	pos uint64
	v   []byte
}

func newGathered(c codec) *gathered {
	return &gathered{
		codec: c, byPos: map[uint64][]byte{}, pos: map[annotations.Hash]uint64{}, blobs: map[annotations.Hash]map[uint32][][]byte{},
		secrets: map[annotations.Hash][]string{}, entries: map[annotations.ArticleID]annotations.Meta{}, items: map[annotations.EvidenceID]annotations.Evidence{},
	}
}

// take sorts one key and value by what it may be; the bucket it stood in does
// not matter.
func (g *gathered) take(r boltfile.Record) {
	k, v := r.Key, r.Value
	switch {
	case len(k) == 8 && len(v) > recordFixed+hashSize && v[0] == recordVersion:
		if pos := binary.BigEndian.Uint64(k); r.Source == boltfile.Tree {
			g.record(pos, v, false)
		} else {
			g.strays = append(g.strays, stray{pos, bytes.Clone(v)})
		}
	case len(k) == 8:
		g.item(annotations.EvidenceID(k), v)
	case len(k) == 16:
		g.entry(annotations.ArticleID(k), v)
	case len(k) == hashSize:
		g.secret(annotations.Hash(k), string(v))
	case len(k) == hashSize+4 && len(v) > 0 && len(v) <= blobPiece:
		g.piece(annotations.Hash(k[:hashSize]), binary.BigEndian.Uint32(k[hashSize:]), v)
	}
}

// record keeps a record that proves itself. sure says that the position is
// proven too; that of a damaged page may be wrong. A record of another store than
// the first one found is of another history: it takes nothing's place here.
func (g *gathered) record(pos uint64, v []byte, sure bool) {
	rec, h, ok := proven(v)
	if !ok || pos == 0 {
		return
	}
	if id := storeOf(rec); len(g.pos) == 0 {
		g.store = id
	} else if id != g.store {
		g.foreign++
		return
	}
	old, seen := g.pos[h]
	if seen && (old == pos || !sure) {
		return
	}
	other, taken := g.byPos[pos]
	if taken && !sure {
		return
	}
	if seen {
		delete(g.byPos, old)
	}
	if taken {
		_, displaced, _ := proven(other)
		delete(g.pos, displaced)
	}
	g.byPos[pos], g.pos[h] = bytes.Clone(v), pos
}

// item keeps an evidence item in case the event that brought it is lost.
func (g *gathered) item(id annotations.EvidenceID, v []byte) {
	var e annotations.Evidence
	if g.codec.dec.Unmarshal(v, &e) == nil && e.ID == id && annotations.CheckEvidence(&e) == nil {
		g.items[id] = e
	}
}

// entry keeps an article's entry likewise; the newest is seen first.
func (g *gathered) entry(id annotations.ArticleID, v []byte) {
	var m annotations.Meta
	if _, seen := g.entries[id]; !seen && g.codec.dec.Unmarshal(v, &m) == nil && m.ID == id && m.ID == annotations.ArticleIDOf(m.Text) {
		g.entries[id] = m
	}
}

func (g *gathered) secret(h annotations.Hash, v string) {
	if !slices.Contains(g.secrets[h], v) {
		g.secrets[h] = append(g.secrets[h], v)
	}
}

func (g *gathered) piece(h annotations.Hash, i uint32, v []byte) {
	if g.blobs[h] == nil {
		g.blobs[h] = map[uint32][][]byte{}
	}
	if !slices.ContainsFunc(g.blobs[h][i], func(b []byte) bool { return bytes.Equal(b, v) }) {
		g.blobs[h][i] = append(g.blobs[h][i], bytes.Clone(v))
	}
}

// maxTries bounds how many ways to put a blob together are tried.
const maxTries = 64

// assemble puts a blob together out of its pieces, of which some may be there
// in several versions. It returns nil when no choice hashes to h.
func assemble(h annotations.Hash, parts map[uint32][][]byte) []byte {
	n, ways := uint32(0), 1
	for ; len(parts[n]) > 0; n++ {
		ways = min(ways*len(parts[n]), maxTries)
	}
	for way := range ways {
		var data []byte
		for i, left := uint32(0), way; i < n; i++ {
			of := len(parts[i])
			data = append(data, parts[i][left%of]...)
			left /= of
		}
		if annotations.HashOf(string(data)) == h {
			return data
		}
	}
	return nil
}

// mirror takes in a journal, past frames that are damaged. One of another store,
// left behind when a file was put in this one's place, gives nothing.
func (g *gathered) mirror(ctx context.Context, path string) {
	f, err := os.Open(path)
	if err != nil {
		return // a store without a mirror is salvaged without one
	}
	defer f.Close() //nolint:errcheck // only read
	other := false
	wholeFrames(UntilTold(ctx, f), func(x frame) {
		p := x.payload
		if head, err := parseStart(x); err == nil {
			other = len(g.pos) > 0 && head.id != g.store
		}
		switch {
		case other && x.kind != frameEvent: // records tell themselves
		case x.kind == frameEvent && len(p) > 8+recordFixed+hashSize:
			g.record(binary.BigEndian.Uint64(p), p[8:], true)
		case x.kind == frameBlob && len(p) > hashSize+8:
			g.piece(annotations.Hash(p[:hashSize]), binary.BigEndian.Uint32(p[hashSize:]), p[hashSize+8:])
		case x.kind == frameSecret && len(p) > hashSize:
			g.secret(annotations.Hash(p[:hashSize]), string(p[hashSize:]))
		}
	})
}

// identity keeps the store's own, which every record carries.
func (g *gathered) identity(app string, now time.Time) identity {
	return identity{format: FormatVersion, id: g.store, created: asDate(now), app: app}
}
