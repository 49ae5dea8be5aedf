package store

import "syscall"

// limitMemory bounds the memory that this process can write to and that is backed
// by no file. Mapped files do not count, however large.
func limitMemory(n int64) {
	const data = 2 // RLIMIT_DATA, which has had this meaning since Linux 4.7
	limit := syscall.Rlimit{Cur: uint64(n), Max: uint64(n)}
	_ = syscall.Setrlimit(data, &limit) // where it is refused, the collector's limit is all there is
}
