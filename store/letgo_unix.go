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
	if uintptr(len(b)) < page || !m.has(b) { // others may be looking at what stands beside it
		return
	}
	before := (uintptr(unsafe.Pointer(&b[0])) - m.at) % page
	m.drop(b, before, (before+uintptr(len(b))+page-1)/page*page)
}

// letAllGo is letGo for all of the file, of which b is any part.
func (m mapping) letAllGo(b []byte) {
	if m.has(b) {
		m.drop(b, uintptr(unsafe.Pointer(&b[0]))-m.at, m.size)
	}
}

// has reports whether b lies in the file.
func (m mapping) has(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	from := uintptr(unsafe.Pointer(&b[0]))
	return from >= m.at && from+uintptr(len(b)) <= m.at+m.size
}

// drop lets go of so many bytes that begin so far before b.
func (m mapping) drop(b []byte, before, size uintptr) {
	first := (*byte)(unsafe.Add(unsafe.Pointer(&b[0]), -int(before))) //nolint:gosec // it is in the mapping
	_ = unix.Madvise(unsafe.Slice(first, size), unix.MADV_DONTNEED)   // it is advice
}
