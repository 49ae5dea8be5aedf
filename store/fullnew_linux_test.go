package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/store"
)

// On a full disk "stet import" into a new store said "write …/.s.db.new-2206: no space
// left on device" and no more: which store, whether anything was changed and what to do
// were left to guess.
func TestANewStoreOnAFullDiskIsExplained(t *testing.T) {
	dir, _ := smallDisk(t, "8k")
	path := filepath.Join(dir, "new.db")
	_, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if !errors.Is(err, store.ErrFull) {
		t.Fatalf("%v; want no room", err)
	}
	for _, says := range []string{"the store " + path, "Nothing was changed", "Free some room"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%q is not in it: %v", says, err)
		}
	}
	if strings.Contains(err.Error(), ".new-") {
		t.Errorf("it names a file that is gone: %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if f.Name() != "new.db.lock" {
			t.Errorf("%s was left behind", f.Name())
		}
	}
}
