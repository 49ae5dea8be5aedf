//go:build !linux

package store

// limitMemory does nothing here: this system counts what is only reserved, or
// mapped from a file, as memory in use.
func limitMemory(int64) {}
