package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A program that ends while it looks whether its mirror agrees with the log knows
// nothing against the mirror, and leaves it where it is.
func TestAMirrorIsNotPutAsideForWantOfTime(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "stet.db")
	s, err := Open(t.Context(), Options{Path: path, Create: true, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	newSaver(t, s).save()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(path + ".mirror")
	if err != nil || len(was) == 0 {
		t.Fatal(len(was), err)
	}
	s = gateStore(t, dir, "stet.db")
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := openMirror(ended, path+".mirror", s); !errors.Is(err, context.Canceled) {
		t.Errorf("opened, or not because it was told to stop: %v", err)
	}
	if now, err := os.ReadFile(path + ".mirror"); err != nil || string(now) != string(was) {
		t.Errorf("the mirror of %d bytes has %d: %v", len(was), len(now), err)
	}
	if aside, err := filepath.Glob(path + ".mirror.*"); err != nil || len(aside) > 0 {
		t.Errorf("put aside: %q, %v", aside, err)
	}
}
