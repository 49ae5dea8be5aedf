package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stopping ends a run's context after so many lines were printed.
type stopping struct {
	io.Writer
	left int
	stop func()
}

func (s *stopping) Write(p []byte) (int, error) {
	if s.left--; s.left == 0 {
		s.stop()
	}
	return s.Writer.Write(p)
}

func TestAnInterruptedImportSaysWhatCameIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var lines strings.Builder
	for i := range 50 {
		fmt.Fprintf(&lines, "{\"text\":\"Story number %d says so.\",\"title\":\"Story %d\"}\n", i, i)
	}
	file := w.file("stories.jsonl", lines.String())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	env := w.environment()
	env.stdout = &stopping{Writer: &w.stdout, left: 7, stop: cancel}
	if code := run(ctx, env, []string{"import", file, w.file("pier.txt", story)}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	said := w.stderr.String()
	if !strings.Contains(said, "stopped on request. 7 articles imported and safe (the last: ") || !strings.Contains(said, "2 files were not looked at to the end") {
		t.Errorf("it says %q", said)
	}
	out := w.must("list", "--json")
	if got := strings.Count(out, `"title": "Story`); got != 7 {
		t.Errorf("%d articles are there, want the 7 that were named", got)
	}
	again := w.must("import", file)
	if got := strings.Count(again, "known already"); got != 7 || strings.Count(again, "\n") != 50 {
		t.Errorf("%d were known the second time: %s", got, again)
	}
}

// Whenever it is stopped: what is in the store was named, and the other way round.
func TestAnInterruptedImportNamesAllThatIsStored(t *testing.T) {
	t.Parallel()
	cut := 0
	for looks := 1; looks < 25; looks++ {
		w := newWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		env := w.environment()
		clock, n := env.clock, 0
		env.clock = func() time.Time { // the store looks at it when it commits
			if n++; n == looks {
				cancel()
			}
			return clock()
		}
		args := []string{"import"}
		for i := range 6 {
			args = append(args, w.file(fmt.Sprintf("story%d.txt", i), fmt.Sprintf("Story number %d says so.\n", i)))
		}
		if run(ctx, env, args) == exitFailed {
			cut++
		}
		cancel()
		named := strings.Count(w.stdout.String(), "\n")
		stored := 0
		if w.run("list", "--json") == exitOK {
			stored = strings.Count(w.stdout.String(), `"key"`)
		}
		if named != stored {
			t.Errorf("stopped at look %d: %d named, %d stored", looks, named, stored)
		}
	}
	if cut < 3 {
		t.Errorf("only %d runs were stopped", cut)
	}
}

// A folder that was named through a link, as ~/news often is, was said to have nothing
// in it to import: a walk follows no link, and that was taken for one inside the folder.
func TestAFolderIsFoundThroughTheLinkThatTheUserNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	link := filepath.Join(t.TempDir(), "news")
	w.file("pier.txt", story)
	if err := os.Symlink(w.dir, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if out := w.must("import", link); !strings.Contains(out, filepath.Join(link, "pier.txt")) {
		t.Errorf("it says %q and %q", out, w.stderr.String())
	}
}

func TestAThousandArticlesWithABadOneAmongThem(t *testing.T) {
	t.Parallel()
	n := 1000
	if testing.Short() {
		n = 100
	}
	w := newWorld(t)
	w.tty = true
	var lines strings.Builder
	for i := range n {
		if i == n/2 {
			lines.WriteString("{\"text\": 1}\n")
			continue
		}
		fmt.Fprintf(&lines, "{\"text\":\"Story number %d says so. Nobody said why.\",\"title\":\"Story %d\"}\n", i, i)
	}
	start := time.Now()
	code := w.run("import", w.file("stories.jsonl", lines.String()))
	t.Logf("%d articles in %v", n, time.Since(start).Round(time.Millisecond))
	said := w.stderr.String()
	if code != exitFailed || !strings.Contains(said, fmt.Sprintf("stories.jsonl, line %d: it has no text", n/2+1)) || !strings.Contains(said, fmt.Sprintf("1 article could not be imported, %d were", n-1)) {
		t.Errorf("exit code %d, it says %.300q", code, said)
	}
	if got := strings.Count(w.stdout.String(), "\n"); got != n-1 {
		t.Errorf("%d lines", got)
	}
	if !strings.Contains(said, "importing  50% [==========") {
		t.Errorf("no progress is shown: %.300q", said)
	}
}
