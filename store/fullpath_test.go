//go:build !windows

package store_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
)

// With STET_DB=s.db, in a folder that somebody had removed, every command said "getwd: no
// such file or directory" and nothing else.
func TestAStoreInAFolderThatIsGoneIsExplained(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	gone, err := os.MkdirTemp(".", "gone")
	if err := errors.Join(err, os.Chdir(gone), os.Remove("../"+gone)); err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(here) //nolint:errcheck,usetesting // before the folder's own clean-up
	if _, err := os.Getwd(); err == nil {
		t.Skip("this system still knows the name of a folder that is gone")
	}
	o := store.Options{Path: "s.db", Create: true}
	_, one := store.Open(t.Context(), o)
	_, two := store.OpenToRead(t.Context(), o)
	_, three := attach.Open(t.Context(), attach.Options{Options: o, Folders: []string{t.TempDir()}})
	for _, err := range []error{one, two, three} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Fatalf("%v", err)
		}
		for _, says := range []string{"the store s.db", "that is gone", "Nothing was changed", "whole path"} {
			if !strings.Contains(err.Error(), says) {
				t.Errorf("%q is not in it: %v", says, err)
			}
		}
	}
}
