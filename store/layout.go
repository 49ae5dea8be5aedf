package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// FormatVersion is the version of the file's layout that this program reads
// and writes.
const FormatVersion = 1

// The buckets, and what they hold. All but blobs, secrets and the records of the
// log are projections: derived from the log and rebuilt from it. Each page that a
// save touches costs it about as much as a tenth of a sync, so what changes with
// every save stands in as few leaves as can be: beside the record, in the
// article's rows, and in two buckets for what was used last, which are so small
// that bbolt keeps them within the page of the bucket list; that page is written
// at every save anyway. Most saves so write the log's leaf and branches, that
// page, the list of free pages and the meta page, and no other.
const (
	bMeta     = "meta"     // format, store, created, app, and the sum of these
	bLog      = "log"      // position u64 → record; position ‖ 0 → the act below the one that begins there, see belowKey
	bByArt    = "byart"    // article ‖ place in its chain u64 → the positions of this one and of linkRun-1 after it
	bState    = "state"    // see stateKey
	bActs     = "acts"     // 's' ‖ session → last act: number, first, last, time; 'p' ‖ person → newest act to undo, newest to redo
	bLastActs = "lastacts" // of acts, those used last: a key stands in one of the two
	bLastRows = "lastrows" // of state likewise
	bArticles = "articles" // article → entry
	bNames    = "names"    // article's name → article
	bRuled    = "ruled"    // article → position u64 of the newest ruling there; files made before there was this have it not
	bRevised  = "revised"  // article ‖ article that was made of it as its later revision → 1; likewise
	bEvidence = "evidence" // evidence key → item
	bBlobs    = "blobs"    // hash → length; hash ‖ piece u32 → bytes
	bSecrets  = "secrets"  // digest → confidential value
	bSeals    = "seals"    // size u64 → seal
)

func buckets() []string {
	return []string{bMeta, bLog, bByArt, bState, bActs, bLastActs, bLastRows, bArticles, bNames, bRuled, bRevised, bEvidence, bBlobs, bSecrets, bSeals}
}

// stateKey is article ‖ sentence u32 ‖ reviewer. Sentence 0 without a reviewer
// is the article's head, with one that person's progress; a sentence without a
// reviewer is its ruling; that of the desk's sentence 1 is the team. So one leaf
// mostly holds all that a save touches.
func stateKey(id annotations.ArticleID, s annotations.SentenceID, reviewer string) []byte {
	k := make([]byte, 0, 20+len(reviewer))
	k = append(k, id[:]...)
	k = binary.BigEndian.AppendUint32(k, uint32(s))
	return append(k, reviewer...)
}

// teamKey is where the team stands.
func teamKey() []byte { return stateKey(annotations.Desk, 1, "") }

// storedRecord, storedRuling and storedProgress are the values of the state bucket.
type storedRecord struct {
	Rev  uint64                 `cbor:"1,keyasint"`
	Pos  uint64                 `cbor:"2,keyasint"`
	Time int64                  `cbor:"3,keyasint"` // µs
	Ann  annotations.Annotation `cbor:"4,keyasint"` // without its codebook
	On   uint64                 `cbor:"5,keyasint"` // see annotations.Record.Words
	Own  annotations.Hash       `cbor:"6,keyasint"` // the annotation's codebook
	ann  []byte                 // Ann encoded, where that is known already
}

func storedOf(r *annotations.Record) storedRecord {
	s := storedRecord{Rev: r.Rev, Pos: r.Pos, Time: r.Time.UnixMicro(), Ann: r.Annotation, On: r.Words, Own: r.Codebook}
	s.Ann.Codebook = annotations.Hash{}
	return s
}

func (r *storedRecord) record() annotations.Record {
	out := annotations.Record{Annotation: r.Ann, Rev: r.Rev, Pos: r.Pos, Time: time.UnixMicro(r.Time).UTC(), Words: r.On}
	out.Codebook = r.Own
	return out
}

type storedRuling struct {
	By     string             `cbor:"1,keyasint"`
	Rev    uint64             `cbor:"2,keyasint"`
	Pos    uint64             `cbor:"3,keyasint"`
	Time   int64              `cbor:"4,keyasint"`
	Ruling annotations.Ruling `cbor:"5,keyasint"`
}

type storedProgress struct {
	Tagged  int                    `cbor:"1,keyasint,omitempty"`
	Extra   int                    `cbor:"2,keyasint,omitempty"`
	Unsure  int                    `cbor:"3,keyasint,omitempty"`
	ByTag   map[string]int         `cbor:"4,keyasint,omitempty"`
	Pos     uint64                 `cbor:"5,keyasint"`
	Time    int64                  `cbor:"6,keyasint"`
	Current annotations.SentenceID `cbor:"7,keyasint"`
	Done    bool                   `cbor:"8,keyasint,omitempty"`
}

// undoTops are the positions where a person's newest act to undo and newest to
// redo begin, 0 for none. The acts below them hang together through the log.
type undoTops struct{ undo, redo uint64 }

func encodeTops(t undoTops) []byte { return append(u64(t.undo), u64(t.redo)...) }

func decodeTops(v []byte) undoTops {
	if len(v) != 16 {
		return undoTops{}
	}
	return undoTops{undo: binary.BigEndian.Uint64(v), redo: binary.BigEndian.Uint64(v[8:])}
}

// belowKey is where the log says which act lies below the one that begins at pos
// in its person's list: a u64 position, 0 for none. It stands in the same leaf
// as the record.
func belowKey(pos uint64) []byte { return append(u64(pos), 0) }

func sessionKey(id annotations.SessionID) []byte { return append([]byte{'s'}, id[:]...) }
func personKey(who string) []byte                { return append([]byte{'p'}, who...) }

func encodeWritten(w written) []byte {
	b := append(u64(w.n), u64(w.r.First)...)
	b = append(b, u64(w.r.Last)...)
	return append(b, u64(uint64(w.r.Time.UnixMicro()))...)
}

func decodeWritten(v []byte) written {
	if len(v) != 32 {
		return written{}
	}
	return written{n: binary.BigEndian.Uint64(v), r: Receipt{
		First: binary.BigEndian.Uint64(v[8:]), Last: binary.BigEndian.Uint64(v[16:]),
		Time: time.UnixMicro(int64(binary.BigEndian.Uint64(v[24:]))).UTC(),
	}}
}

func blobKey(h annotations.Hash, piece uint32) []byte {
	return binary.BigEndian.AppendUint32(append(make([]byte, 0, hashSize+4), h[:]...), piece)
}

// identity is what the meta bucket says.
type identity struct {
	format  int
	id      StoreID
	created time.Time
	app     string
}

func (i identity) write(tx *bolt.Tx) error {
	b := tx.Bucket([]byte(bMeta))
	for _, kv := range []struct {
		k string
		v []byte
	}{
		{"format", u32(uint32(i.format))}, {"store", i.id[:]}, {"created", u64(uint64(i.created.UnixMicro()))}, {"app", []byte(i.app)}, {"sum", i.sum()},
	} {
		if err := b.Put([]byte(kv.k), kv.v); err != nil {
			return err
		}
	}
	return nil
}

// sum proves an identity: bbolt keeps no checksums, and nothing in the log would
// contradict another date or name.
func (i identity) sum() []byte {
	h := annotations.HashOf(fmt.Sprintf("stet store %d %x %d %s", i.format, i.id, i.created.UnixMicro(), i.app))
	return h[:]
}

// readIdentity tells what a file is, or that it is none of ours.
func readIdentity(tx *bolt.Tx, path string) (identity, error) {
	b := tx.Bucket([]byte(bMeta))
	if b == nil || len(b.Get([]byte("format"))) != 4 || len(b.Get([]byte("store"))) != 16 || len(b.Get([]byte("created"))) != 8 {
		return identity{}, &Error{
			Kind: ErrForeign, What: path + " is a bbolt file of another program, not a stet store", Safe: "Nothing was changed",
			Next: "Name another file with --db",
		}
	}
	i := identity{
		format: int(binary.BigEndian.Uint32(b.Get([]byte("format")))), id: StoreID(b.Get([]byte("store"))),
		created: time.UnixMicro(int64(binary.BigEndian.Uint64(b.Get([]byte("created"))))).UTC(), app: string(b.Get([]byte("app"))),
	}
	if i.format > FormatVersion {
		return i, &Error{
			Kind: ErrNewerFormat, What: fmt.Sprintf("%s was made by a newer stet (%s): its layout is %d, this program reads %d", path, annotations.Visible(i.app), i.format, FormatVersion),
			Safe: "Nothing was changed, the work in it is safe", Next: "Update stet",
		}
	}
	if !bytes.Equal(i.sum(), b.Get([]byte("sum"))) || !hasDate(i.created.UnixMicro()) {
		return i, damaged(path, errors.New("what it says of itself (its identity, date or program) was changed"))
	}
	for _, name := range buckets() {
		if tx.Bucket([]byte(name)) == nil && name != bRuled && name != bRevised {
			return i, damaged(path, fmt.Errorf("the bucket %q is missing", name))
		}
	}
	return i, nil
}

func damaged(path string, err error) error {
	return &Error{
		Kind: ErrDamaged, What: path + " is damaged", Safe: "Nothing was written to it",
		Next: "Run `stet check` to see what is lost, then `stet restore PATH` with its mirror, a backup, or what can be read of it", Err: err,
	}
}
