//go:build unix

package store

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// mapping is where a file lies in memory, from a page's beginning, and its bytes.
type mapping struct{ at, size uintptr }

// letGo tells the system that the pages of the file in which b lies are not needed now:
// a process that went through a large file counts as small again. Nothing changes in
// them: who looks there reads the file. Memory that is not the file's is left alone.
func (m mapping) letGo(b []byte) {
	page := uintptr(os.Getpagesize())
	if uintptr(len(b)) < page { // others may be looking at what stands beside it
		return
	}
	from := uintptr(unsafe.Pointer(&b[0]))
	if from < m.at || from+uintptr(len(b)) > m.at+m.size {
		return
	}
	before := (from - m.at) % page
	first := (*byte)(unsafe.Add(unsafe.Pointer(&b[0]), -int(before))) //nolint:gosec // it is not before the mapping
	size := (before + uintptr(len(b)) + page - 1) / page * page
	_ = unix.Madvise(unsafe.Slice(first, size), unix.MADV_DONTNEED) // it is advice
}
