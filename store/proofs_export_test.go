package store

import "context"

// Overwrite puts other bytes under a key of a bucket of an open store, as
// somebody with the file in their hands could.
func (s *Bolt) Overwrite(bucket string, key uint64, value []byte) error {
	return s.update(context.Background(), func(t boltTx) error { return t.bucket(bucket).Put(u64(key), value) })
}

// OverwriteIn does so in the model.
func (m *Memory) OverwriteIn(pos uint64, value []byte) { m.log[pos-1] = value }

// LogBucket is the name of the log's bucket.
const LogBucket = bLog
