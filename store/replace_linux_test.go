package store_test

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/store"
)

// lost returns how often the file at path lost its name while do ran, as the system
// tells it.
func lost(t *testing.T, path string, do func()) int {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd) //nolint:errcheck // a test's
	if _, err := syscall.InotifyAddWatch(fd, filepath.Dir(path), syscall.IN_MOVED_FROM|syscall.IN_DELETE); err != nil {
		t.Fatal(err)
	}
	do()
	times, b := 0, make([]byte, 1<<16)
	n, err := syscall.Read(fd, b)
	if err != nil && err != syscall.EAGAIN { //nolint:errorlint // of a system call
		t.Fatal(err)
	}
	for b = b[:max(n, 0)]; len(b) >= syscall.SizeofInotifyEvent; {
		length := int(binary.NativeEndian.Uint32(b[12:]))
		name := bytes.TrimRight(b[syscall.SizeofInotifyEvent:syscall.SizeofInotifyEvent+length], "\x00")
		if string(name) == filepath.Base(path) {
			times++
		}
		b = b[syscall.SizeofInotifyEvent+length:]
	}
	return times
}

// A program that was killed while it put a compacted or a restored file in place left no
// file under the store's name, and the next import began an empty store there.
func TestAStoreKeepsItsNameWhileItIsReplaced(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	path, from := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(t.TempDir(), "from.db")
	made(t, path)
	made(t, from)
	if n := lost(t, path, func() {
		if _, err := store.Compact(t.Context(), store.Options{Path: path, App: "test"}, at); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("there was no store for a moment while it was compacted")
	}
	if n := lost(t, path, func() {
		if _, err := store.Replace(t.Context(), path, from, "test", at); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("there was no store for a moment while another took its place")
	}
}
