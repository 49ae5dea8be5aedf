//go:build !windows

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnArchiveIsRead: of a store on a medium that cannot be written, every command
// said that it cannot be opened for writing, those that only read as well.
func TestAnArchiveIsRead(t *testing.T) {
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	dir := filepath.Join(t.TempDir(), "archive")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "stet-test", dir).CombinedOutput(); err != nil {
		t.Skipf("this system does not let a test mount a medium: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	db := filepath.Join(dir, "stet.db")
	w.must("backup", db)
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, args := range []string{
		"list", "show pier", "log", "verify", "check", "audit", "report", "agreement", "export --format json", "checkpoint",
		"codebook", "codebook --json", "bundle pier", "backup " + filepath.Join(t.TempDir(), "copy.db"), "doctor",
	} {
		code := w.run(append([]string{"--db", db}, strings.Fields(args)...)...)
		if said := w.stdout.String() + w.stderr.String(); code != exitOK && !strings.Contains(said, "no article was tagged by two") {
			t.Errorf("stet %s ends with %d: %s", args, code, said)
		}
	}
	for _, args := range []string{"tag pier 1 sourced", "undo", "finish pier", "team set ana lead", "import " + w.file("quay.txt", story), "merge " + db, "review pier --plain"} {
		if code := w.run(append([]string{"--db", db}, strings.Fields(args)...)...); code == exitOK || !strings.Contains(w.stderr.String(), "read-only file system") ||
			!strings.Contains(w.stderr.String(), "Nothing was changed") && !strings.Contains(w.stderr.String(), "was not touched") {
			t.Errorf("stet %s ends with %d: %s", args, code, w.stderr.String())
		}
	}
	w.must("--db", filepath.Join(w.dir, "other.db"), "merge", db)
}
