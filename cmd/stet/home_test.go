package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoHomeIsNoStoreInTheFolderOneStandsIn: without a home folder the store would
// be another after every cd, and a configuration that lies about would be obeyed.
func TestNoHomeIsNoStoreInTheFolderOneStandsIn(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.MkdirAll(filepath.Join(".config", "stet"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(".config", "stet", "config.toml"), []byte("db = \"/planted.db\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	story := w.file("pier.txt", story)
	for _, home := range []string{"", "relative"} {
		env := w.environment()
		env.home = func() string { return home }
		w.stderr.Reset()
		if code := run(t.Context(), env, []string{"import", story}); code != exitUsage || !strings.Contains(w.stderr.String(), "there is no home folder") {
			t.Errorf("home %q: exit code %d: %s", home, code, w.stderr.String())
		}
		w.stderr.Reset()
		named := filepath.Join(w.dir, "named"+home+".db")
		if code := run(t.Context(), env, []string{"--db", named, "import", story}); code != exitOK {
			t.Errorf("home %q, store named: exit code %d: %s", home, code, w.stderr.String())
		}
		if code := run(t.Context(), env, []string{"doctor"}); code != exitOK {
			t.Errorf("home %q: stet doctor ends with %d: %s", home, code, w.stderr.String())
		}
	}
}

// TestHomeIsAWholePath: what HOME says is taken only where it leads to one folder.
func TestHomeIsAWholePath(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	if got := homeFolder(); got != dir {
		t.Errorf("it is %q, not %q", got, dir)
	}
	t.Setenv("HOME", "relative")
	t.Setenv("USERPROFILE", "relative")
	if got := homeFolder(); got != "" && !filepath.IsAbs(got) {
		t.Errorf("HOME=relative gives %q", got)
	}
}
