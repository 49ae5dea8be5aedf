package store_test

import (
	"errors"
	"fmt"
	"os/exec"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// explained fails unless err is of the kind and tells what, that nothing was
// harmed, and what to do.
func explained(t *testing.T, err, kind error) {
	t.Helper()
	var e *store.Error
	switch {
	case !errors.Is(err, kind):
		t.Errorf("%v; want %v", err, kind)
	case errors.As(err, &e) && (e.What == "" || e.Next == "" || e.Safe == "" && !errors.Is(kind, store.ErrNotFound)):
		t.Errorf("%q says too little: what %q, safe %q, next %q", err, e.What, e.Safe, e.Next)
	}
}

// made makes a closed store of a few events.
func made(t *testing.T, path string) {
	t.Helper()
	s := storetest.Open(t, path)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 9))
	for i := range annotations.SentenceID(9) {
		c := storetest.Tag(i+1, 0, "sourced")
		c.Annotation.Confidential, c.Secret = annotations.Seal([16]byte{byte(i)}, "hush hush"), "hush hush"
		if _, err := store.Do(t.Context(), s, ana, id, c); err != nil {
			t.Fatal(err)
		}
	}
	ev := annotations.Evidence{URL: "https://harbour.example/1"}
	ev.Identify()
	if _, err := store.Do(t.Context(), s, ana, annotations.Desk, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// smallDisk mounts a disk of a size in memory, and gives its folder and what mounts it
// with other options. The test is skipped where that is not allowed.
func smallDisk(t *testing.T, size string) (dir string, mount func(options string) error) {
	t.Helper()
	dir = t.TempDir()
	mount = func(options string) error {
		out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "stet-test", dir).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := mount("size=" + size); err != nil {
		t.Skipf("this system does not let a test mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return dir, mount
}
