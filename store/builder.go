package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"runtime"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// builder fills a new file from a stream of records in order: what backup,
// restore, compaction and salvage have in common. Every perBuild events it hands
// over what they put to be written, without waiting for the disk, and goes on
// meanwhile; besides syncs the whole at the end.
type builder struct {
	shared
	db      *bolt.DB
	tx      *bolt.Tx // only reads
	over    *overlay
	writing chan error // what was handed over last, or nil
	tree    frontier
	last    time.Time // of the newest event
	open    int       // weight of the events and pieces since
	// secrets of events to come, by digest; unproven until the event tells the salt
	secrets map[annotations.Hash][]string
	waiting int                // of them, those that came since the last event
	part    *assembly          // the blob that is coming in, or nil
	spoilt  []annotations.Hash // blobs that came whole and were others; at most MaxProblems
}

// assembly is a blob of which pieces come in, in order. They go to the file as they
// come: who sends a journal need not be trusted with the memory. Its length, without
// which it is no blob, is put when it hashes to its name.
type assembly struct {
	name  annotations.Hash
	have  uint32 // pieces of the journal
	size  int    // bytes
	sum   hash.Hash
	rest  []byte // less than a piece of the file
	known bool   // the file has it
}

// perBuild is how much is handed over at once: an event or a piece weighs one, and one
// more for each perWeight bytes, which a plain event does not have.
const (
	perBuild  = 16_000
	perWeight = 1 << 10
)

func newBuilder(tmp string, i identity) (*builder, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	db, err := bolt.Open(tmp, 0o600, &bolt.Options{Timeout: time.Second, NoSync: true, NoGrowSync: true, InitialMmapSize: roomyMap()})
	if err != nil {
		return nil, err
	}
	b := &builder{
		shared: newShared(c, i.id), db: db, over: newOverlay(),
		secrets: map[annotations.Hash][]string{},
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if err := createBuckets(tx); err != nil {
			return err
		}
		return i.write(tx)
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return b, nil
}

// roomyMap is how much of the file to map from the start. Each time bbolt maps
// more it copies all that the transaction holds, which costs a third of a large
// import. Where mapping makes the file as large as the map it is left to bbolt.
func roomyMap() int {
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return 0
	}
	return 1 << 30
}

// t looks things up in the file and in what is not written yet, for somebody who is
// going to put so many bytes.
func (b *builder) t(size int) (boltTx, error) {
	if b.open >= perBuild {
		if err := b.handOver(); err != nil {
			return boltTx{}, err
		}
	}
	if b.tx == nil {
		tx, err := b.db.Begin(false)
		if err != nil {
			return boltTx{}, err
		}
		b.tx = tx
	}
	b.open += 1 + size/perWeight
	return boltTx{tx: b.tx, s: &b.shared, over: b.over}, nil
}

// handOver has all that was put so far written, once what was handed over before is.
// Nobody reads while that begins: bbolt could neither use pages again nor map more.
func (b *builder) handOver() error {
	b.open = 0
	if b.tx != nil {
		if err := b.tx.Rollback(); err != nil {
			return err
		}
		b.tx = nil
	}
	if b.over.next.n == 0 {
		return nil
	}
	p := b.over.take()
	if err := b.settle(); err != nil {
		return err
	}
	b.over.depart(p)
	b.writing = make(chan error, 1)
	go func() { b.writing <- b.write(p) }()
	return nil
}

// settle waits until what was handed over is in the file.
func (b *builder) settle() error {
	if b.writing == nil {
		return nil
	}
	err := <-b.writing
	b.writing = nil
	if err == nil {
		b.over.arrived()
	}
	return err
}

// commit has all that was put so far in the file when it returns.
func (b *builder) commit() error { return errors.Join(b.handOver(), b.settle()) }

func (b *builder) write(p *puts) error {
	tx, err := b.db.Begin(true)
	if err != nil {
		return err
	}
	t := boltTx{tx: tx, s: &b.shared}
	t.packed()
	if err := t.write(p); err != nil {
		return errors.Join(unusable("%w", err), tx.Rollback()) // Close would wait for it
	}
	return tx.Commit()
}

// lacking tells of each article in the new store whose text, sentences or codebook
// is not there, and counts the articles.
func (b *builder) lacking(tell func(m *annotations.Meta, what string)) (articles int, err error) {
	if err := b.commit(); err != nil { // the cursor below sees the file alone
		return 0, err
	}
	t, err := b.t(0)
	if err != nil {
		return 0, err
	}
	c := t.bucket(bArticles).Cursor()
	for k, _ := c.First(); len(k) == 16; k, _ = c.Next() {
		articles++
		m, _, err := t.meta(annotations.ArticleID(k))
		if err != nil {
			return articles, err
		}
		for _, part := range []struct {
			what string
			hash annotations.Hash
		}{{"text", m.Text}, {"sentences", m.Table}, {"codebook", m.Codebook}} {
			if _, ok := t.blobSize(part.hash); !ok {
				tell(&m, part.what)
			}
		}
	}
	return articles, nil
}

// finish seals what was built and closes the file; err is the failure so far.
func (b *builder) finish(at time.Time, err error) error {
	if err != nil {
		if b.tx != nil {
			err = errors.Join(err, ignoreClosed(b.tx.Rollback()))
			b.tx = nil
		}
		return errors.Join(err, b.settle(), b.db.Close())
	}
	t, err := b.t(0)
	if err == nil && b.tree.size > 0 && t.get(bSeals, u64(b.tree.size)) == nil {
		t.put(bSeals, u64(b.tree.size), encodeSeal(&b.tree, at))
	}
	if err != nil {
		return b.finish(at, err)
	}
	return errors.Join(b.commit(), b.db.Close())
}

// piece takes in one piece of a blob, and the blob once it is whole and hashes
// to its name. Pieces out of order are dropped: a journal has them in order, and
// those of one blob together.
func (b *builder) piece(h annotations.Hash, i, n uint32, data []byte) error {
	if i == 0 {
		t, err := b.t(0)
		if err != nil {
			return err
		}
		_, known := t.blobSize(h)
		b.part = &assembly{name: h, sum: sha256.New(), known: known}
	}
	a := b.part
	if a == nil || a.name != h || i != a.have || i >= n {
		return nil
	}
	a.have++
	if a.size += len(data); a.size > annotations.MaxText {
		b.spoil()
		return nil
	}
	a.sum.Write(data)
	if !a.known { // what is proven is not replaced by what is not
		a.rest = append(a.rest, data...)
		if err := b.putPieces(a, a.have == n); err != nil {
			return err
		}
	}
	switch {
	case a.have < n:
		return nil
	case annotations.Hash(a.sum.Sum(nil)) != h:
		b.spoil()
		return nil
	}
	b.part = nil
	t, err := b.t(0)
	if err != nil {
		return err
	}
	return t.putBlobSize(h, a.size)
}

// putPieces puts what is there of a blob in pieces as the file has them, the end of
// it when there is no more to come.
func (b *builder) putPieces(a *assembly, all bool) error {
	left := a.rest
	for i := (a.size - len(left)) / blobPiece; len(left) >= blobPiece || all && len(left) > 0; i++ {
		n := min(blobPiece, len(left))
		t, err := b.t(n)
		if err != nil {
			return err
		}
		if err := t.putBlobPiece(a.name, uint32(i), bytes.Clone(left[:n])); err != nil {
			return err
		}
		left = left[n:]
	}
	a.rest = append(a.rest[:0], left...)
	return nil
}

// spoil gives up the blob that is coming in.
func (b *builder) spoil() {
	if len(b.spoilt) < MaxProblems {
		b.spoilt = append(b.spoilt, b.part.name)
	}
	b.part = nil
}

// blob stores data if it hashes to h.
func (b *builder) blob(h annotations.Hash, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	return b.piece(h, 0, 1, data)
}

// errGap says that a record does not follow from the ones before it.
var errGap = errors.New("the record does not follow from the ones before it")

// errDate says that a record bears a time that is no date.
var errDate = errors.New("it is dated outside the years 1 to 9999")

// record appends a stored record as it is, after proving it.
func (b *builder) record(stored []byte) error {
	return b.take(&b.examine(b.tree.size, [][]byte{stored}, deep, rooms(nil).get(1, deep))[0], stored)
}

// take appends a record that was examined.
func (b *builder) take(x *examined, stored []byte) error {
	if !x.proven {
		return unusable("event %d does not hash to the hash it carries", b.tree.size+1)
	}
	if storeOf(x.rec) != b.id {
		return unusable("event %d comes from another store", b.tree.size+1)
	}
	t, err := b.t(len(stored))
	if err != nil {
		return err
	}
	article, seq, prev := chainOf(x.rec)
	if head := t.head(article); seq != head.N+1 || prev != head.Hash {
		return errGap
	}
	if x.err != nil {
		return unusable("event %d: %w", b.tree.size+1, x.err)
	}
	if !hasDate(timeOf(x.rec)) {
		return unusable("event %d: %w", b.tree.size+1, errDate)
	}
	e := &x.event
	e.Pos = b.tree.size + 1
	if w := t.written(e.Act.Session); e.Act.N < w.n || e.Time.Before(b.last) {
		return errGap
	}
	x.enc.rec = stored
	return b.put(t, e, x.enc, x.hash)
}

// unusable says that a stream of records cannot be made into a store.
func unusable(format string, args ...any) error {
	return &Error{Kind: ErrDamaged, What: "the journal cannot be used", Safe: "Nothing was changed", Err: fmt.Errorf(format, args...)}
}

func (b *builder) put(t boltTx, e *annotations.Event, enc encoded, h annotations.Hash) error {
	var secret string
	if e.After != nil && e.After.Confidential != nil {
		for _, s := range b.secrets[e.After.Confidential.Digest] {
			if e.After.Confidential.Opens(s) {
				secret = s
			}
		}
	}
	if e.Kind == annotations.EventCut { // whose rows are looked for in the file alone
		if err := b.commit(); err != nil {
			return err
		}
		var err error
		if t, err = b.t(0); err != nil {
			return err
		}
	}
	if err := t.project(e, enc, secret); err != nil {
		return unusable("%w", err)
	}
	b.tree.add(h)
	b.last = e.Time
	if b.tree.size%SealEvery == 0 {
		t.put(bSeals, u64(b.tree.size), encodeSeal(&b.tree, e.Time))
	}
	return nil
}
