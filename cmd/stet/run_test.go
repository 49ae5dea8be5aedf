package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// world is a made-up environment for tests that run the program in process.
type world struct {
	tb     testing.TB
	dir    string
	vars   map[string]string
	stdin  string
	tty    bool // all three streams are a terminal
	now    time.Time
	stdout bytes.Buffer
	stderr bytes.Buffer
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	return &world{
		tb: tb, dir: tb.TempDir(), vars: map[string]string{"TERM": "xterm-256color"},
		now: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC),
	}
}

// run executes one command line; the clock goes on by a second at every look.
func (w *world) run(args ...string) int {
	w.stdout.Reset()
	w.stderr.Reset()
	if args == nil {
		args = []string{} // for none at all cobra takes those of the test's own program
	}
	return run(context.Background(), w.environment(), args)
}

func (w *world) environment() *environment {
	return &environment{
		stdin: strings.NewReader(w.stdin), stdout: &w.stdout, stderr: &w.stderr,
		getenv:  func(k string) string { return w.vars[k] },
		environ: func() []string { return nil },
		home:    func() string { return w.dir }, user: func() string { return "ana" },
		clock:      func() time.Time { w.now = w.now.Add(time.Second); return w.now },
		random:     rand.Reader,
		isTerminal: func(any) bool { return w.tty },
		build:      func() (string, string) { return "test", "" },
	}
}

// must runs a command that has to succeed and returns what it printed.
func (w *world) must(args ...string) string {
	w.tb.Helper()
	if code := w.run(args...); code != exitOK {
		w.tb.Fatalf("stet %s: exit code %d: %s", strings.Join(args, " "), code, w.stderr.String())
	}
	return w.stdout.String()
}

func (w *world) file(name, text string) string {
	w.tb.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.tb.Fatal(err)
	}
	return path
}

const story = `The council will close the pier, two officials said on Monday.

The harbour board disputes that. "Nothing is decided," said its chair, Mara Lind. She has said so before.

But officials still say that the pier is unsafe. Boats leave at six.
`

func TestExitCodesTellUsageFromFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"version"}, exitOK, ""},
		{[]string{"lisst"}, exitUsage, "did you mean list?"},
		{[]string{"list", "--nonsense"}, exitUsage, "stet list has no flag --nonsense. Nothing was done. `stet help list` explains it"},
		{[]string{"list", "-Z"}, exitUsage, "stet list has no flag -Z"},
		{[]string{"list", "extra"}, exitUsage, `stet list takes no words, and "extra" is one`},
		{[]string{"list", "--wait", "soon"}, exitUsage, `--wait is "soon", not a time such as 30s or 5m`},
		{[]string{"undo", "--count", "many"}, exitUsage, `--count is "many", not a whole number`},
		{[]string{"tag", "a", "1", "x", "--note"}, exitUsage, "--note wants a word after it"},
		{[]string{"--", "list"}, exitUsage, `the command "list" stands behind --`},
		{[]string{"nosuch", "--help"}, exitUsage, `there is no command "nosuch"`},
		{[]string{"--help", "nosuch"}, exitUsage, `there is no command "nosuch"`},
		{[]string{"codebook", "nosuch", "--help"}, exitUsage, `there is no command "codebook nosuch"`},
		{[]string{"codebook", "-h", "chekc"}, exitUsage, "did you mean check?"},
		{[]string{"codebook", "check", "book.toml", "--help"}, exitOK, ""},
		{[]string{"team", "nosuch", "--help"}, exitUsage, `"nosuch"`},
		{[]string{"team", "set", "--help"}, exitOK, ""},
		{[]string{"completion", "tcsh", "--help"}, exitUsage, `"tcsh"`},
		{[]string{"help", "nosuch", "--help"}, exitUsage, `there is no command "nosuch"`},
		{[]string{"help", "keys", "--help"}, exitOK, ""},
		{[]string{"help", "codebook", "list", "--help"}, exitOK, ""},
		{[]string{"show", "nosuch", "--help"}, exitOK, ""},
		{[]string{"tag", "a", "1"}, exitUsage, "an article, a sentence (or a range) and a tag"},
		{[]string{"--color", "red", "list"}, exitUsage, "not one of auto, always, never"},
		{[]string{"--wait", "-1s", "list"}, exitUsage, "--wait is negative"},
		{[]string{"list"}, exitFailed, "there is no store at"},
		{[]string{"--as", " ", "import", "x"}, exitFailed, "there is no such file"},
		{[]string{"export", "--format", "xml"}, exitUsage, "not one of json"},
		{[]string{"undo", "--count", "0"}, exitUsage, "1 or more"},
		{[]string{"log", "--sentence", "3"}, exitUsage, "needs an article"},
		{[]string{"completion", "tcsh"}, exitUsage, "no completions"},
	} {
		if got := w.run(c.args...); got != c.code || !strings.Contains(w.stderr.String(), c.says) {
			t.Errorf("stet %v: exit code %d, want %d; it says %q, want %q in it", c.args, got, c.code, w.stderr.String(), c.says)
		}
	}
}

func TestScreensRefuseWhereTheyCannotBeDrawn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tty  bool
		vars map[string]string
		args []string
		says string
	}{
		"the desk in a pipe":   {false, nil, nil, "no terminal"},
		"a review in a pipe":   {false, nil, []string{"review"}, "no terminal"},
		"the demo in a pipe":   {false, nil, []string{"demo"}, "no terminal"},
		"the lesson in a pipe": {false, nil, []string{"learn"}, "--plain"},
		"a dumb terminal":      {true, map[string]string{"TERM": "dumb"}, []string{"review"}, "TERM is dumb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.tty = c.tty
			for k, v := range c.vars {
				w.vars[k] = v
			}
			code := w.run(c.args...)
			said := w.stderr.String()
			if code != exitUsage || !strings.Contains(said, c.says) || !strings.Contains(said, "stet tag") {
				t.Errorf("exit code %d, it says %q", code, said)
			}
			if w.stdout.Len() > 0 || strings.Contains(said, "\x1b") {
				t.Errorf("something was drawn: %q %q", w.stdout.String(), said)
			}
			if _, err := os.Stat(filepath.Join(w.dir, ".local")); err == nil {
				t.Error("a store was made all the same")
			}
		})
	}
}

func TestColourFollowsTheDocumentedOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tty  bool
		vars map[string]string
		args []string
		want bool
	}{
		"a terminal":                          {true, nil, nil, true},
		"a pipe":                              {false, nil, nil, false},
		"NO_COLOR":                            {true, map[string]string{"NO_COLOR": "1"}, nil, false},
		"NO_COLOR goes before CLICOLOR_FORCE": {true, map[string]string{"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, nil, false},
		"CLICOLOR_FORCE in a pipe":            {false, map[string]string{"CLICOLOR_FORCE": "1"}, nil, true},
		"CLICOLOR=0":                          {true, map[string]string{"CLICOLOR": "0"}, nil, false},
		"TERM=dumb":                           {true, map[string]string{"TERM": "dumb"}, nil, false},
		"the flag goes before all":            {false, map[string]string{"NO_COLOR": "1"}, []string{"--color", "always"}, true},
		"never":                               {true, map[string]string{"CLICOLOR_FORCE": "1"}, []string{"--color", "never"}, false},
		"--plain":                             {true, nil, []string{"--plain"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.must("import", w.file("pier.txt", story))
			w.must("tag", "pier", "1", "sourced")
			w.tty = c.tty
			for k, v := range c.vars {
				w.vars[k] = v
			}
			out := w.must(append([]string{"show", "pier"}, c.args...)...)
			if got := strings.Contains(out, "\x1b["); got != c.want {
				t.Errorf("coloured %v, want %v:\n%s", got, c.want, out)
			}
			if !strings.Contains(out, "S") || !strings.Contains(out, "sourced") {
				t.Errorf("the tag is not there as letter and word:\n%s", out)
			}
		})
	}
}

func TestExportToATerminalIsHarmlessAndStaysTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("evil.txt", "One \x1b[2J two \u009b31m. Right \u202e left \x7f.\n"))
	args := []string{"export", "--exported", "2026-01-02T00:00:00Z"}
	piped := w.must(args...)
	w.tty = true
	shown := w.must(args...)
	if shown == piped || strings.ContainsAny(shown, "\x1b\x7f\u009b\u202e") {
		t.Errorf("the terminal gets %q", shown)
	}
	if got, want := compact(t, shown), compact(t, piped); got != want {
		t.Errorf("it is other JSON on a terminal:\n%s\n%s", got, want)
	}
	for _, format := range []string{"jsonl", "csv", "tsv"} {
		if out := w.must("export", "--format", format); strings.ContainsAny(out, "\x1b\x7f\u009b\u202e") {
			t.Errorf("%s: the terminal gets %q", format, out)
		}
	}
}

func TestACancelledRunSaysThatTheWorkIsSafe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	env := systemEnvironment()
	var stderr bytes.Buffer
	env.stderr, env.stdout, env.getenv = &stderr, io.Discard, func(k string) string {
		return map[string]string{"STET_DB": filepath.Join(w.dir, "s.db")}[k]
	}
	if code := run(ctx, env, []string{"import", w.file("pier.txt", story)}); code != exitFailed || !strings.Contains(stderr.String(), "safe") {
		t.Errorf("exit code %d, it says %q", code, stderr.String())
	}
}
