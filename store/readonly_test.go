//go:build !windows

package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A snapshot, a share or an archive could not be looked at: no command got further
// than the lock that it could not make.
func TestASnapshotIsRead(t *testing.T) {
	dir, mount := smallDisk(t, "8m")
	path := filepath.Join(dir, "old.db")
	made(t, path)
	whole, live := listing(t, path), filepath.Join(dir, "live.db")
	root := takenAlive(t, path, live)
	for _, beside := range []string{".lock", ".mirror", ".place"} { // a copy of the file alone
		if err := os.Remove(path + beside); err != nil {
			t.Fatal(err)
		}
	}
	if err := mount("remount,ro"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), store.Options{Path: path}); !errors.Is(err, store.ErrReadOnly) {
		t.Fatalf("opened for writing: %v", err)
	}
	s, other := openToRead(t, path), openToRead(t, path) // many may read
	if got := fold(t, s) + fold(t, other); got != whole+whole {
		t.Errorf("the snapshot says %s, the store said %s", got, whole)
	}
	storetest.MustCheck(t, s)
	refused(t, s)
	if err := errors.Join(s.Close(), other.Close()); err != nil {
		t.Error(err)
	}
	unsealed := openToRead(t, live)
	if seal, err := unsealed.Seal(t.Context()); err != nil || seal.Size != 12 || seal.Root != root {
		t.Errorf("the snapshot of a store at work has the root %s of %d events, %v; want %s of 12", seal.Root, seal.Size, err, root)
	}
	if err := unsealed.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Stat(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a closed one says %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("%v stand there, %v; want the two files alone", left, err)
	}
}

func openToRead(t *testing.T, path string) *store.Bolt {
	t.Helper()
	s, err := store.OpenToRead(t.Context(), store.Options{Path: path, Slow: storetest.SlowRead(t)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// listing is what the store at path says, before anything is taken away.
func listing(t *testing.T, path string) string {
	t.Helper()
	s := storetest.Open(t, path)
	said := fold(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return said
}

// takenAlive copies the file of a store that has an act which no seal covers, and gives
// the root of its log.
func takenAlive(t *testing.T, path, to string) annotations.Hash {
	t.Helper()
	from := filepath.Join(t.TempDir(), "stet.db")
	copied(t, path, from)
	s := storetest.Open(t, from)
	ev := annotations.Evidence{URL: "https://harbour.example/2"}
	ev.Identify()
	if _, err := store.Do(t.Context(), s, storetest.Session(t, "ana"), annotations.Desk, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}); err != nil {
		t.Fatal(err)
	}
	copied(t, from, to)
	seal, err := s.Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seal.Root
}

func copied(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// fold reads the history, the articles and what was said of them.
func fold(t *testing.T, s store.Store) string {
	t.Helper()
	events, err := everyEvent(s, store.Query{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Articles(t.Context(), "ana", annotations.ArticleID{}, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	rows, err := s.State(t.Context(), list[0].ID, 1, 100, 100)
	if err != nil || len(rows) != 9 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	said := []string{events[len(events)-1].Hash.String(), list[0].Title}
	for _, r := range rows {
		said = append(said, fmt.Sprint(r.Sentence, r.Reviewer, r.Annotation.Tag, r.Annotation.Rev))
	}
	return strings.Join(said, " ")
}

// refused fails unless every kind of act is refused and explained.
func refused(t *testing.T, s store.Store) {
	t.Helper()
	ana := storetest.Session(t, "ana")
	list, err := s.Articles(t.Context(), "ana", annotations.ArticleID{}, 10)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	_, err = store.Do(t.Context(), s, ana, list[0].ID, storetest.Tag(1, 1, "contested"))
	explained(t, err, store.ErrReadOnly)
	_, err = s.PutBlob(t.Context(), "something new")
	explained(t, err, store.ErrReadOnly)
	if err := s.SetPlace("ana", store.Place{Article: list[0].ID, Sentence: 3}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("noting a place: %v", err)
	}
}

// A writer elsewhere is not read over, and a crash's trace makes the whole file be
// looked at, without a lock, too.
func TestReadersKeepClearOfAWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	writer := storetest.Open(t, path)
	_, err := store.OpenToRead(t.Context(), store.Options{Path: path})
	explained(t, err, store.ErrHeld)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	r := openToRead(t, path)
	defer r.Close() //nolint:errcheck // only read
	_, err = store.Open(t.Context(), store.Options{Path: path, Wait: time.Millisecond})
	explained(t, err, store.ErrHeld)
}

// childReader reads a store as somebody who may not write there, or not even read it.
func childReader(path string) int {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			fmt.Println("skip", err)
			return 0
		}
	}
	s, err := store.OpenToRead(context.Background(), store.Options{Path: path})
	if err != nil {
		fmt.Println(kindName(err), "|", err)
		return 0
	}
	info, err := s.Stat(context.Background())
	fmt.Println(info.Events, "events", info.Notices, errors.Join(err, s.Close()))
	return 0
}

func TestAFolderThatMayNotBeWrittenIsRead(t *testing.T) {
	dir := sharedFolder(t)
	path := filepath.Join(dir, "old.db")
	made(t, path)
	for _, c := range []struct {
		rights os.FileMode
		want   string
	}{
		{0o444, "11 events [" + path + " is open for reading only"},
		{0o000, store.ErrReadOnly.Error() + " | the store " + path + " cannot be read"},
	} {
		if err := errors.Join(os.Chmod(path, c.rights), os.Chmod(path+".lock", c.rights), os.Chmod(path+".place", c.rights), os.Chmod(dir, 0o555)); err != nil {
			t.Fatal(err)
		}
		line, ok := startChild(t, "reader", path).line()
		if !ok || strings.HasPrefix(line, "skip") {
			t.Skipf("this system does not let a test give up its rights: %s", line)
		}
		if !strings.HasPrefix(line, c.want) {
			t.Errorf("%v: %s; want %s", c.rights, line, c.want)
		}
	}
}
