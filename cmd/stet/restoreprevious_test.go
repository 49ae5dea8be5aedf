package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

// lastSaveDamaged is a world whose store ana and ben worked in. The disk lost the page on
// which all of ben's last save hangs; the file is as the program left it that saved.
func lastSaveDamaged(t *testing.T) (w *world, db string) {
	t.Helper()
	w = newWorld(t)
	db = filepath.Join(w.dir, "stet.db")
	w.vars["STET_DB"], w.vars["XDG_RUNTIME_DIR"] = db, t.TempDir()
	w.must("import", w.file("pier.txt", story))
	w.must("tag", "pier", "1", "sourced")
	st, err := store.Open(t.Context(), store.Options{Path: db, Program: "test", App: "test", Clock: w.environment().clock})
	if err != nil {
		t.Fatal(err)
	}
	ben, err := store.NewSession("ben", "test")
	if err != nil {
		t.Fatal(err)
	}
	list, err := st.Articles(t.Context(), "ben", annotations.Desk, 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	say := func(sentence annotations.SentenceID) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, ben, list[0].ID, annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: sentence, Annotation: &annotations.Annotation{Tag: "contextual"}}); err != nil {
			t.Fatal(err)
		}
	}
	say(1)
	say(2)
	as, err := os.ReadFile(db) // as it stood when the power went
	if err = errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	info, err := boltfile.Inspect(bytes.NewReader(as), int64(len(as)))
	newest, ok := info.Current()
	if err != nil || !ok {
		t.Fatal(info, err)
	}
	clear(as[int(newest.Root)*info.PageSize:][:info.PageSize])
	if err := os.WriteFile(db, as, 0o600); err != nil {
		t.Fatal(err)
	}
	return w, db
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// The message about a damaged file said to try the commit before the last, and no command
// did that.
func TestTheCommitBeforeTheLastIsTaken(t *testing.T) {
	t.Parallel()
	w, db := lastSaveDamaged(t)
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if code := w.run("list"); code != exitDamage || !strings.Contains(w.stderr.String()+w.stdout.String(), "`stet restore --previous`") {
		t.Errorf("list: exit code %d, and not what to do: %s%s", code, w.stdout.String(), w.stderr.String())
	}
	stood := files(t, w.dir)
	for _, c := range []struct {
		tty    bool
		answer string
		says   string
	}{
		{false, "yes\n", "nobody can be asked here. The store was not touched"},
		{true, "\n", "that was no yes. The store was not touched"},
		{true, "", "that was no yes. The store was not touched"},
	} {
		w.tty, w.stdin = c.tty, c.answer
		code := w.run("restore", "--previous")
		now, err := os.ReadFile(db)
		if err != nil || code != exitFailed || !strings.Contains(w.stderr.String(), c.says) || !bytes.Equal(now, before) {
			t.Errorf("answered %q: exit code %d, %v, touched: %v: %s", c.answer, code, err, !bytes.Equal(now, before), w.stderr.String())
		}
		if said := w.stderr.String(); !strings.Contains(said, "given up, though the file or its mirror has it: 1 event by ben, of 2026-") || !strings.Contains(said, "3 events of 1 article") {
			t.Errorf("what is given up is not said: %s", said)
		}
		if left := files(t, w.dir); !slices.Equal(left, stood) {
			t.Errorf("left in the folder: %q, there stood %q", left, stood)
		}
	}
	w.tty, w.stdin = true, "yes\n"
	w.must("restore", "--previous")
	w.tty = false
	if out := w.must("show", "pier"); strings.Count(out, "contextual") != 1 || !strings.Contains(out, "sourced") {
		t.Errorf("the store has now\n%s", out)
	}
	w.must("check", "--deep")
	kept, err := filepath.Glob(db + ".replaced-*")
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept are %q, %v", kept, err)
	}
	if was, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(was, before) {
		t.Errorf("the damaged file was not kept as it was: %v", err)
	}
	if m, err := filepath.Glob(db + ".mirror.replaced-*"); err != nil || len(m) != 1 {
		t.Errorf("its mirror is kept as %q, %v", m, err)
	}
}

func TestTheCommitBeforeTheLastUnasked(t *testing.T) {
	t.Parallel()
	w, db := lastSaveDamaged(t)
	var out struct {
		From, Kept string
		GivenUp    struct {
			Events int
			People []string
		}
		Log struct{ Events int }
	}
	if err := json.Unmarshal([]byte(w.must("restore", "--previous", "--yes", "--json", db)), &out); err != nil {
		t.Fatal(err)
	}
	if out.From != db || out.Kept == "" || out.GivenUp.Events != 1 || !slices.Equal(out.GivenUp.People, []string{"ben"}) || out.Log.Events != 3 {
		t.Errorf("%+v", out)
	}
	w.must("check")
}

// What cannot be done is said, and the store stays as it is.
func TestTheCommitBeforeTheLastIsRefused(t *testing.T) {
	t.Parallel()
	w, db := lastSaveDamaged(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"restore", "--previous", "--salvage"}, exitUsage, "one of the two"},
		{[]string{"restore", "--yes", db}, exitUsage, "--yes goes with --previous"},
		{[]string{"restore", "--previous", "--yes", "-"}, exitUsage, "has no commits"},
		{[]string{"restore", "--previous", "--yes", db + ".mirror"}, exitFailed, "is no store file"},
		{[]string{"restore", "--previous", "--yes", filepath.Join(w.dir, "nowhere.db")}, exitFailed, "cannot be read"},
	} {
		if code := w.run(c.args...); code != c.code || !strings.Contains(w.stderr.String(), c.says) {
			t.Errorf("%q: exit code %d, want %d with %q: %s", c.args, code, c.code, c.says, w.stderr.String())
		}
	}
	b, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	info, _ := boltfile.Quick(db)
	previous, ok := info.Previous()
	if !ok {
		t.Fatal("there is no commit before the last")
	}
	clear(b[int(previous.Root)*info.PageSize:][:info.PageSize])
	if err := os.WriteFile(db, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if code := w.run("restore", "--previous", "--yes"); code != exitDamage || !strings.Contains(w.stderr.String(), "The store was not touched. `stet restore --salvage`") {
		t.Errorf("both damaged: exit code %d: %s", code, w.stderr.String())
	}
	if now, err := os.ReadFile(db); err != nil || !bytes.Equal(now, b) {
		t.Errorf("it was written to: %v", err)
	}
}

// While another program has the store open there is nothing to take: what it saves would
// be lost with the file.
func TestTheCommitBeforeTheLastWaitsForWhoHoldsTheStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	db := filepath.Join(w.dir, "stet.db")
	w.vars["STET_DB"], w.vars["XDG_RUNTIME_DIR"] = db, t.TempDir()
	w.must("import", w.file("pier.txt", story))
	st, err := store.Open(t.Context(), store.Options{Path: db, Program: "test", App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	code := w.run("restore", "--previous", "--yes", "--wait", "20ms")
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if code != exitBusy {
		t.Errorf("exit code %d: %s", code, w.stderr.String())
	}
}
