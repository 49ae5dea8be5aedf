//go:build linux || darwin

package main

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAKilledDemoIsClearedAway kills a demo in the middle. Its folder stayed for ever, one
// for each kill; the next demo or lesson removes it now, and nothing that is another's, in
// use, or merely called alike.
func TestAKilledDemoIsClearedAway(t *testing.T) {
	t.Parallel()
	h := newHeldWorld(t)
	tmp := filepath.Join(h.dir, "tmp")
	h.env = append(h.env, "TMPDIR="+tmp)
	kept := []string{"stet-demo-mine", "stet-demo-77", "stet-demo-88", "stet-demo-99", "stet-demo-100"}
	for _, dir := range []string{"tmp/stet-demo-mine", "tmp/stet-demo-77", "elsewhere", "tmp/stet-demo-100", "tmp/stet-demo-100/in-use"} {
		if err := os.MkdirAll(filepath.Join(h.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	h.write("tmp/stet-demo-mine/in-use", "")        // not called by a number
	h.write("tmp/stet-demo-77/work", "of somebody") // no lock
	h.write("elsewhere/in-use", "")
	if err := os.Symlink(filepath.Join(h.dir, "elsewhere"), filepath.Join(tmp, "stet-demo-88")); err != nil {
		t.Fatal(err)
	}
	h.write("tmp/stet-demo-99", "a file")
	for _, command := range []string{"demo", "learn"} {
		killed, living := h.talking("demo"), h.talking("learn")
		folders := demosIn(t, tmp, kept)
		if len(folders) != 2 {
			t.Fatalf("two programs have the folders %q", folders)
		}
		killed()
		if _, talk, code := h.run(command, "--plain"); code != 0 {
			t.Fatalf("%s: %d %s", command, code, talk)
		}
		if left := demosIn(t, tmp, kept); len(left) != 1 || !slices.Contains(folders, left[0]) {
			t.Errorf("after a %s the folders are %q; of %q one was killed over", command, left, folders)
		}
		living()
		h.run(command, "--plain")
		if left := demosIn(t, tmp, kept); len(left) != 0 {
			t.Errorf("after a %s the folders are %q", command, left)
		}
	}
	for _, name := range append(kept, "../elsewhere/in-use", "stet-demo-77/work") {
		if _, err := os.Lstat(filepath.Join(tmp, name)); err != nil {
			t.Errorf("%s was removed", name)
		}
	}
}

// talking starts a program in lines, waits until it asks, and gives what kills it.
func (h *heldWorld) talking(command string) (kill func()) {
	h.tb.Helper()
	ctx, stop := context.WithTimeout(context.Background(), hang)
	c := h.command(ctx, command, "--plain")
	in, err := c.StdinPipe()
	if err != nil {
		h.tb.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		h.tb.Fatal(err)
	}
	if err := c.Start(); err != nil {
		h.tb.Fatal(err)
	}
	kill = func() {
		defer stop()
		_ = c.Process.Kill()
		_ = in.Close()
		_ = c.Wait()
	}
	h.tb.Cleanup(kill)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "What is it?") {
			return kill
		}
	}
	h.tb.Fatalf("%s does not ask", command)
	return nil
}

// demosIn lists the folders of demos, but those that the test made.
func demosIn(t *testing.T, tmp string, but []string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(tmp, demoPrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(path string) bool { return slices.Contains(but, filepath.Base(path)) })
}
