package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stet.example/stet/store"
)

// TestProofScripts runs the real program together with the one that checks
// what it wrote.
func TestProofScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/proof/*.txtar")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d scripts were found (%v); there are more", len(files), err)
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin+string(filepath.Separator), "../stetproof").CombinedOutput(); err != nil {
		t.Fatalf("build stetproof: %v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/proof",
		Setup: func(e *testscript.Env) error {
			for k, v := range map[string]string{
				"HOME": e.WorkDir + "/home", "XDG_DATA_HOME": e.WorkDir + "/data", "XDG_CONFIG_HOME": e.WorkDir + "/config",
				"XDG_STATE_HOME": e.WorkDir + "/state", "STET_REVIEWER": "ana", "TERM": "xterm-256color", "LANG": "C.UTF-8",
				"PATH": bin + string(os.PathListSeparator) + e.Getenv("PATH"),
			} {
				e.Setenv(k, v)
			}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": runForCode, "holds": jsonHolds, "perm": perm, "proofs": runStetproof, "forge": forge, "flip": flipRecord,
		},
	})
}

// runStetproof wants an exit code of stetproof: proofs 0 BUNDLE KEYFILE.
func runStetproof(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: proofs CODE BUNDLE KEYFILE")
	}
	err := ts.Exec("stetproof", args[1], "--key", strings.TrimSpace(ts.ReadFile(args[2])))
	if got := map[bool]string{true: "0", false: "1"}[err == nil]; got != args[0] {
		ts.Fatalf("stetproof %s: %v, want code %s", args[1], err, args[0])
	}
}

// forge copies a file and changes the number of events that a checkpoint in it
// names: forge FROM TO.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	changed := regexp.MustCompile(`(stet/[0-9a-f]{32}(?:\n|\\n))`).ReplaceAllString(text, "${1}1")
	if changed == text {
		ts.Fatalf("%s holds no checkpoint", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(changed), 0o600))
}

// flipRecord changes a bit of a record in a closed store: flip STORE POS.
func flipRecord(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	pos, err := strconv.Atoi(args[1])
	ts.Check(err)
	recs, err := recordsOf(path)
	ts.Check(err)
	file, err := os.ReadFile(path)
	ts.Check(err)
	at := bytes.LastIndex(file, recs[pos-1])
	if at < 0 {
		ts.Fatalf("record %d does not lie in %s in one piece", pos, path)
	}
	file[at+100] ^= 0x10 // within the hash of the sentence's words
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(file, recs[pos-1], file[at:at+len(recs[pos-1])]), 0o600))
}

// recordsOf reads all records of a store that nobody has open.
func recordsOf(path string) ([][]byte, error) {
	s, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		return nil, err
	}
	recs, err := s.Records(context.Background(), 0, 1<<20)
	if e := s.Close(); err == nil {
		err = e
	}
	return recs, err
}

// Through the program itself: a byte of a record is changed in the file, and
// verify ends with code 3 and names the record or the one after it.
func TestVerifyNamesTheRecordThatWasChangedInTheFile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("files that were mapped cannot be written over there")
	}
	w := newWorld(t)
	db := filepath.Join(w.dir, "a.db")
	w.must("--db", db, "import", w.file("pier.txt", story))
	for i := range 12 {
		w.must("--db", db, "tag", "pier", strconv.Itoa(1+i%4), []string{"sourced", "contextual"}[i/4%2], "--note", "take "+strconv.Itoa(i))
	}
	recs, err := recordsOf(db)
	if err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	named := regexp.MustCompile(`first bad record: event (\d+),`)
	tries := 40
	if testing.Short() {
		tries = 8
	}
	for range tries {
		i := rnd.IntN(len(recs))
		changed := bytes.Clone(recs[i])
		changed[rnd.IntN(len(changed))] ^= byte(1 + rnd.IntN(255))
		file := bytes.ReplaceAll(sound, recs[i], changed)
		if bytes.Equal(file, sound) {
			t.Fatalf("record %d does not lie in the file in one piece", i+1)
		}
		if err := os.WriteFile(db, file, 0o600); err != nil {
			t.Fatal(err)
		}
		code := w.run("--db", db, "verify")
		m := named.FindStringSubmatch(w.stdout.String())
		if code != exitDamage || m == nil {
			t.Fatalf("record %d: exit code %d, it says %s%s", i+1, code, &w.stdout, &w.stderr)
		}
		if n, err := strconv.Atoi(m[1]); err != nil || n != i+1 && n != i+2 {
			t.Errorf("record %d was changed; named is %s", i+1, m[1])
		}
	}
	if err := os.WriteFile(db, sound, 0o600); err != nil {
		t.Fatal(err)
	}
	w.must("--db", db, "verify")
}
