package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A store has one lock and one mirror, by whatever name it is opened: a second name
// made a second of each, and two programs could have believed they own it.
func TestALinkToAStoreIsThatStore(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	path, link := filepath.Join(dir, "stet.db"), filepath.Join(other, "link.db")
	s := storetest.Open(t, path)
	storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3))
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	_, err := store.Open(t.Context(), store.Options{Path: link})
	if !errors.Is(err, store.ErrHeld) {
		t.Errorf("opened by another name: %v; want that it is held", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), store.Options{Path: link})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := store.Count(t.Context(), again); n != 1 || err != nil {
		t.Errorf("%d articles, %v; want 1", n, err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(other); err != nil || len(left) != 1 {
		t.Errorf("beside the link there is %v, %v; want nothing", left, err)
	}
}

// A link that leads to no file yet is made into one where it leads, and stays a link.
func TestAStoreIsMadeWhereALinkLeads(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "stet.db"), filepath.Join(dir, "link.db")
	if err := os.Symlink("stet.db", link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: link, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		t.Errorf("where the link leads: %v, %v; want the store", info, err)
	}
	if to, err := os.Readlink(link); err != nil || to != "stet.db" {
		t.Errorf("the link: %q, %v; want that it is one still", to, err)
	}
}

// On a full disk nobody can sign the lock. What is there can be read all the same.
func TestAFullDiskIsReadAllTheSame(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	if err := errors.Join(os.Remove(path+".lock"), os.Symlink("/dev/full", path+".lock")); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := store.Count(t.Context(), s); n != 1 || err != nil {
		t.Errorf("%d articles, %v; want 1", n, err)
	}
	_ = s.Close() // a device cannot be emptied
}

// A store that is moved away under an open program takes no more: what was written
// to a deleted file would be gone with the program, though it had been called saved.
func TestAStoreThatWasMovedTakesNoMore(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be moved here")
	}
	for name, do := range map[string]func(path string) error{
		"deleted": os.Remove,
		"moved":   func(path string) error { return os.Rename(path, path+".old") },
		"another in its place": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, []byte("x"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			s, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
			if err != nil {
				t.Fatal(err)
			}
			ana := storetest.Session(t, "ana")
			id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 3))
			if err := do(path); err != nil {
				t.Fatal(err)
			}
			_, err = store.Do(t.Context(), s, ana, id, storetest.Tag(1, 0, "sourced"))
			explained(t, err, store.ErrPoisoned)
			if rows, err := s.State(t.Context(), id, 1, 9, 9); err != nil || len(rows) != 0 {
				t.Errorf("read afterwards: %v, %v; want nothing said", rows, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
