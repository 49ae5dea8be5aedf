package store

import (
	"errors"
	"fmt"
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
	open    int       // events and pieces since
	// secrets of events to come, by digest; unproven until the event tells the salt
	secrets map[annotations.Hash][]string
	pieces  map[annotations.Hash]*assembly
	spoilt  []annotations.Hash // blobs that came whole and were others; at most MaxProblems
}

// assembly is a blob of which pieces come in, in order.
type assembly struct {
	data []byte
	have uint32
}

const perBuild = 16_000

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
		shared: shared{codec: c, id: i.id, books: &bookCache{}}, db: db, over: newOverlay(),
		secrets: map[annotations.Hash][]string{}, pieces: map[annotations.Hash]*assembly{},
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

// t looks things up in the file and in what is not written yet.
func (b *builder) t() (boltTx, error) {
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
	b.open++
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
	t, err := b.t()
	if err != nil {
		return 0, err
	}
	c := t.bucket(bArticles).Cursor()
	for k, _ := c.First(); len(k) == 16; k, _ = c.Next() {
		articles++
		m, _ := t.meta(annotations.ArticleID(k))
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
	t, err := b.t()
	if err == nil && b.tree.size > 0 && t.get(bSeals, u64(b.tree.size)) == nil {
		t.put(bSeals, u64(b.tree.size), encodeSeal(&b.tree, at))
	}
	if err != nil {
		return b.finish(at, err)
	}
	return errors.Join(b.commit(), b.db.Close())
}

// piece takes in one piece of a blob, and the blob once it is whole and hashes
// to its name. Pieces out of order are dropped: a journal has them in order.
func (b *builder) piece(h annotations.Hash, i, n uint32, data []byte) error {
	if i == 0 {
		b.pieces[h] = &assembly{}
	}
	a := b.pieces[h]
	if a == nil || i != a.have || i >= n {
		return nil
	}
	a.data = append(a.data, data...)
	if a.have++; a.have < n {
		return nil
	}
	delete(b.pieces, h)
	return b.blob(h, a.data)
}

// blob stores data if it hashes to h.
func (b *builder) blob(h annotations.Hash, data []byte) error {
	if len(data) == 0 || len(data) > annotations.MaxText || annotations.HashOf(string(data)) != h {
		if len(b.spoilt) < MaxProblems {
			b.spoilt = append(b.spoilt, h)
		}
		return nil
	}
	for i := 0; i*blobPiece < len(data); i++ {
		t, err := b.t()
		if err != nil {
			return err
		}
		if err := t.putBlobPiece(h, uint32(i), data[i*blobPiece:min(len(data), (i+1)*blobPiece)]); err != nil {
			return err
		}
	}
	t, err := b.t()
	if err != nil {
		return err
	}
	return t.putBlobSize(h, len(data))
}

// errGap says that a record does not follow from the ones before it.
var errGap = errors.New("the record does not follow from the ones before it")

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
	t, err := b.t()
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
		if t, err = b.t(); err != nil {
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
