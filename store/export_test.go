package store

import (
	"context"

	bolt "go.etcd.io/bbolt"
)

// PanicInCommitter makes the committer panic in the middle of a transaction.
func (s *Bolt) PanicInCommitter() error {
	return s.update(context.Background(), func(t boltTx) error {
		if err := t.bucket(bMeta).Put([]byte("x"), []byte("y")); err != nil {
			return err
		}
		panic("planted")
	})
}

// Tamper changes the file behind the store's back, as damage does.
func Tamper(path string, fn func(bucket func(name string) *bolt.Bucket) error) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // a test's
	return db.Update(func(tx *bolt.Tx) error { return fn(func(name string) *bolt.Bucket { return tx.Bucket([]byte(name)) }) })
}

// DropBucket takes a bucket out of the file.
func DropBucket(path, name string) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // a test's
	return db.Update(func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(name)) })
}

// OpenReads is how many read transactions are open.
func (s *Bolt) OpenReads() int { return s.db.Stats().OpenTxN }

// RelayFrom has so many batches made ready while others are written, from the
// next save on.
func (s *Bolt) RelayFrom(batches int) { s.queue.relayed, s.queue.most = batches, batches }

// LettersWhole says whether b is UTF-8, which it is shown in parts of so many bytes.
func LettersWhole(b []byte, step int) bool {
	var l letters
	for len(b) > 0 {
		n := min(step, len(b))
		_, _ = l.Write(b[:n])
		b = b[n:]
	}
	return l.whole()
}

// RecordHash is the hash that a record ends in.
func RecordHash(b []byte) []byte {
	h := recordHash(b)
	return h[:]
}

// Damage flips a bit of the record at a position.
func (m *Memory) Damage(pos uint64) { m.log[pos-1][len(m.log[pos-1])-40] ^= 1 }
