package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A load that brought nothing into a new place left an empty store there: "stet list"
// then showed no articles, where it should have said that there is no store.
func TestAFailedLoadLeavesNoStoreBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("tag", "pier", "1", "sourced")
	whole := w.must("export", "--format", "csv")
	header, _, _ := strings.Cut(whole, "\n")
	for name, data := range map[string]string{
		"no table": "colour,size\nred,3\n", "a table without rows": header + "\n",
	} {
		db := filepath.Join(t.TempDir(), "new.db")
		code := w.run("--db", db, "load", "--format", "csv", w.file("table.csv", data))
		if _, err := os.Stat(db); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: exit code %d, and there is a store (%v): %s", name, code, err, w.stderr.String())
		}
		if code := w.run("--db", db, "list"); code != exitFailed || !strings.Contains(w.stderr.String(), "there is no store at") {
			t.Errorf("%s: list then ends with %d: %s", name, code, w.stderr.String())
		}
	}
	db := filepath.Join(t.TempDir(), "new.db")
	w.must("--db", db, "load", w.file("desk.json", w.must("export")))
	if out := w.must("--db", db, "show", "pier"); !strings.Contains(out, "sourced") {
		t.Errorf("what was loaded is not there: %s", out)
	}
}

// Services run with a home that is no folder, as /dev/null: every command said that the
// configuration cannot be read, though the store was named, and doctor said "not a directory".
func TestAHomeThatIsAFileHasNoConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home := w.file("home", "not a folder")
	pier, db := w.file("pier.txt", story), filepath.Join(w.dir, "s.db")
	do := func(args ...string) (int, string) {
		w.stdout.Reset()
		w.stderr.Reset()
		env := w.environment()
		env.home = func() string { return home }
		code := run(t.Context(), env, args)
		return code, w.stdout.String() + w.stderr.String()
	}
	for _, args := range [][]string{{"import", pier}, {"tag", "pier", "1", "sourced"}, {"show", "pier"}, {"check"}, {"config"}} {
		if code, said := do(append([]string{"--db", db}, args...)...); code != exitOK {
			t.Errorf("stet %v ends with %d: %s", args, code, said)
		}
	}
	if code, said := do("doctor"); code != exitOK || !strings.Contains(said, "not there") || !strings.Contains(said, "check HOME") {
		t.Errorf("stet doctor ends with %d: %s", code, said)
	}
	if code, said := do("list"); code != exitFailed || !strings.Contains(said, filepath.Join(home, ".local")) || !strings.Contains(said, "--db") {
		t.Errorf("stet list ends with %d: %s", code, said)
	}
	if code, said := do("--config", filepath.Join(home, "config.toml"), "--db", db, "list"); code == exitOK {
		t.Errorf("a configuration that was named is not there, and nobody is told: %s", said)
	}
}
