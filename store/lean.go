package store

import (
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// lean keeps a process that shows screens small, whatever the size of the file. Each
// place of the file that is looked into stays in the process's memory, with the pages
// around it, and articles lie all over the file: reading the entries of ninety of 20,000
// took 14 MiB. So the pages are let go of after every few reads. Looking at them again
// costs a microsecond each, while the system has them.
type lean struct {
	on    bool
	reads atomic.Int32
}

const (
	leanReads = 16 // transactions until the pages are let go of
	leanEach  = 24 // entries that one transaction reads, where others read [perRead]
)

// looked counts a read transaction.
func (l *lean) looked(tx *bolt.Tx) {
	if l.on && l.reads.Add(1)%leanReads == 0 {
		name, _ := tx.Cursor().First()
		mapping{tx.DB().Info().Data, uintptr(tx.Size())}.letAllGo(name)
	}
}

// each is how many entries that lie apart one transaction reads.
func (l *lean) each() int {
	if l.on {
		return leanEach
	}
	return perRead
}
