package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Somebody put another store's file where one was, and its mirror stayed behind. A
// salvage must not take the mirror's history for the file's.
func TestSalvageTakesNothingFromTheMirrorOfAnotherStore(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	made(t, path)
	s := storetest.Open(t, other)
	ben := storetest.Session(t, "ben")
	id := storetest.Import(t, s, ben, storetest.Article(t, "pier", 3))
	if _, err := store.Do(t.Context(), s, ben, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want, err := store.Salvage(t.Context(), path, filepath.Join(dir, "own.db"), "stet test", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadFile(other + ".mirror")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".mirror", left, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := store.Salvage(t.Context(), path, filepath.Join(dir, "c.db"), "stet test", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if got.Verbatim != want.Verbatim || got.Articles != want.Articles || got.Seal.Root != want.Seal.Root || want.Verbatim == 0 {
		t.Errorf("with the other's mirror: %+v; without: %+v", got, want)
	}
	if len(got.Put) != 1 {
		t.Errorf("it is said: %v", got.Put)
	}
}
