package store

import (
	"errors"

	bolt "go.etcd.io/bbolt"
)

// begin begins a transaction. Where bbolt panics at that, as it does when the file was
// cut off under the program, it keeps its own locks for good: from then on nobody may
// ask it for anything, or he waits for ever.
func (s *Bolt) begin(writable bool) (tx *bolt.Tx, err error) {
	if s.stuck.Load() {
		return nil, errors.New("the file changed under this program, which cannot read it any more")
	}
	defer func() {
		if tx == nil && err == nil {
			s.stuck.Store(true) // and on with the panic
		}
	}()
	return s.db.Begin(writable)
}

// view runs fn in a read transaction.
func (s *Bolt) view(fn func(tx *bolt.Tx) error) error {
	tx, err := s.begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // of a reader it cannot fail
	return fn(tx)
}
