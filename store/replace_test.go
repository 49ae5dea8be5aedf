package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Two replacements within one second once wrote over the first one's kept file.
func TestReplaceKeepsEveryOldFile(t *testing.T) {
	dir := t.TempDir()
	path, from := filepath.Join(dir, "stet.db"), filepath.Join(dir, "new.db")
	for _, p := range []string{path, from} {
		s, err := store.Open(t.Context(), store.Options{Path: p, Create: true, Clock: storetest.Clock()})
		if err != nil {
			t.Fatal(err)
		}
		storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, filepath.Base(p), 3))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	seen := map[string]bool{}
	for range 3 {
		kept, err := store.Replace(t.Context(), path, from, "test", at)
		if err != nil {
			t.Fatal(err)
		}
		if seen[kept] {
			t.Errorf("%s was written over", kept)
		}
		seen[kept] = true
		storetest.MustCheckFile(t, kept)
	}
	storetest.MustCheckFile(t, path)
	mirrors, err := filepath.Glob(path + ".mirror.replaced-*")
	if err != nil || len(mirrors) != 1 {
		t.Errorf("mirrors kept: %v, %v; there was one", mirrors, err)
	}
	if _, err := os.Stat(path + ".mirror"); !os.IsNotExist(err) {
		t.Errorf("the old mirror stands beside the new store: %v", err)
	}
}

// What cannot be put in place, for want of room or because it is gone, leaves the store
// where it was, and a crash of its last owner unforgotten.
func TestAFailedReplacementLeavesTheStoreInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	crashed := []byte(`{"pid":1}`)
	if err := os.WriteFile(path+".lock", crashed, 0o600); err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := store.Replace(t.Context(), path, filepath.Join(t.TempDir(), "gone.db"), "test", time.Unix(0, 0)); err == nil || kept != "" {
		t.Errorf("replaced by nothing: %q, %v", kept, err)
	}
	if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, was) {
		t.Errorf("the store does not stand where it was: %v", err)
	}
	if _, err := os.Stat(path + ".mirror"); err != nil {
		t.Errorf("nor its mirror: %v", err)
	}
	if b, err := os.ReadFile(path + ".lock"); err != nil || len(b) == 0 {
		t.Errorf("the next start takes the file for closed in order: %q, %v", b, err)
	}
}
