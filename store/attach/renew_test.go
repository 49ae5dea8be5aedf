//go:build linux || darwin

package attach

import (
	"os"
	"path/filepath"
	"testing"
)

// The folder of a server's socket was emptied, as a logout empties the user's runtime
// folder: from then on everybody else was told that the store is held, until the server
// was started anew. Those who were attached before go on all the while.
func TestASocketThatWasCleanedOutIsMadeAgain(t *testing.T) {
	t.Parallel()
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	owner := opened(t, optionsFor(path, dir))
	before := opened(t, optionsFor(path, dir))
	if !owner.Owns() || before.Owns() {
		t.Fatal("there is no owner with a client")
	}
	for _, gone := range []string{"stet", filepath.Join("stet", "*.sock")} {
		list, err := filepath.Glob(filepath.Join(dir, gone))
		if err != nil || len(list) != 1 {
			t.Fatalf("%s is %v, %v", gone, list, err)
		}
		if err := os.RemoveAll(list[0]); err != nil {
			t.Fatal(err)
		}
		var later *Store
		waitFor(t, func() (ok bool) {
			o := optionsFor(path, dir)
			o.Wait = 0
			s, err := Open(t.Context(), o)
			later = s
			return err == nil
		})
		if later.Owns() {
			t.Error("two owners")
		}
		if _, err := later.Stat(t.Context()); err != nil {
			t.Error(err)
		}
		if err := later.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := before.Stat(t.Context()); err != nil || before.Owns() {
		t.Errorf("who was attached before: %v", err)
	}
	if err := before.Close(); err != nil {
		t.Error(err)
	}
	if err := owner.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "stet")); err != nil || len(left) != 0 {
		t.Errorf("an owner that left left %v, %v", left, err)
	}
}
