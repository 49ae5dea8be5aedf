package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"stet.example/stet/annotations"
)

func TestMain(m *testing.M) {
	// Every drawn history opens a store on the disk a score of times: a few
	// are enough each time, and -rapid.checks asks for more.
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"stet": main})
}

// TestScripts runs the real program, each script in a folder, a home and a
// store of its own.
func TestScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) < 14 {
		t.Fatalf("%d scripts were found (%v); there are more", len(files), err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			for k, v := range map[string]string{
				"HOME": e.WorkDir + "/home", "XDG_DATA_HOME": e.WorkDir + "/data", "XDG_CONFIG_HOME": e.WorkDir + "/config",
				"XDG_STATE_HOME": e.WorkDir + "/state", "STET_REVIEWER": "ana", "TERM": "xterm-256color", "LANG": "C.UTF-8",
			} {
				e.Setenv(k, v)
			}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": runForCode, "write": writeQuoted, "hold": hold, "damage": damage, "newer": newer, "harmless": harmlessFile,
			"holds": jsonHolds, "perm": perm,
		},
	})
}

// runForCode runs stet and wants an exit code: code 3 check --deep. Escapes in
// the words are undone: code 1 show "a\x1bb".
func runForCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code N ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	for i, a := range args {
		if strings.Contains(a, `\x`) || strings.Contains(a, `\u`) {
			args[i], err = strconv.Unquote(`"` + a + `"`)
			ts.Check(err)
		}
	}
	err = ts.Exec("stet", args[1:]...)
	got := 0
	if err != nil {
		got = -1
		var exit interface{ ExitCode() int }
		if asExit(err, &exit) {
			got = exit.ExitCode()
		}
	}
	if got != want {
		ts.Fatalf("stet %s: exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

func asExit(err error, to *interface{ ExitCode() int }) bool {
	e, ok := err.(interface{ ExitCode() int })
	*to = e
	return ok
}

// writeQuoted writes Go string literals to a file, for bytes that a script
// cannot hold: write FILE "a\x1b[31m" …
func writeQuoted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: write FILE LITERAL…")
	}
	var b strings.Builder
	for _, a := range args[1:] {
		s, err := strconv.Unquote(`"` + a + `"`)
		ts.Check(err)
		b.WriteString(s)
	}
	name, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(b.String()), 0o600))
}

// hold takes a store's lock as another program would, until the script ends.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0]) + ".lock"
	f := flock.New(path)
	ok, err := f.TryLock()
	ts.Check(err)
	if !ok || neg {
		ts.Fatalf("cannot hold %s", path)
	}
	b, err := json.Marshal(map[string]any{"pid": os.Getpid(), "host": hostname(), "program": "stet review", "since": "2026-01-02T15:04:05Z"})
	ts.Check(err)
	ts.Check(os.WriteFile(path, b, 0o600))
	ts.Defer(func() { f.Unlock() }) //nolint:errcheck // the process ends
}

func hostname() string {
	h, err := os.Hostname()
	if err != nil {
		return ""
	}
	return h
}

// damage flips the type of every page of a store file from page 4 on.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	const page = 4096
	for at := 4 * page; at+page <= len(b); at += page {
		b[at+8] ^= 0xFF
	}
	ts.Check(os.WriteFile(path, b, 0o600))
}

// newer makes a store file look as if a later stet had made it.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	was, now := []byte("format\x00\x00\x00\x01"), []byte("format\x00\x00\x00\x63")
	if !bytes.Contains(b, was) {
		ts.Fatalf("%s holds no layout version", args[0])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(b, was, now), 0o600))
}

// harmlessFile wants a file (or stdout, stderr) without anything that commands
// a terminal or reorders its lines.
func harmlessFile(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if text == "" {
		ts.Fatalf("%s is empty; that proves nothing", args[0])
	}
	for i, line := range strings.Split(text, "\n") {
		for _, cell := range strings.Split(line, "\t") {
			if shown := annotations.Visible(cell); (shown != cell) != neg {
				ts.Fatalf("%s, line %d: %q", args[0], i+1, cell)
			}
		}
	}
}

// jsonHolds looks into JSON: holds FILE articles.0.id VALUE. A value that is no
// string is compared as JSON.
func jsonHolds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: holds FILE PATH VALUE")
	}
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &v); err != nil {
		ts.Fatalf("%s is no JSON: %v", args[0], err)
	}
	for _, step := range strings.Split(args[1], ".") {
		if step == "" {
			continue
		}
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				ts.Fatalf("%s: there is no %s in a list of %d", args[1], step, len(x))
			}
			v = x[i]
		default:
			ts.Fatalf("%s: nothing lies below %v", args[1], v)
		}
	}
	got, ok := v.(string)
	if !ok {
		b, err := json.Marshal(v)
		ts.Check(err)
		got = string(b)
	}
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

// perm wants a file that only its owner may read and write.
func perm(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if info.Mode().Perm()&0o077 != 0 {
		ts.Fatalf("%s has the mode %s", args[0], info.Mode())
	}
}
