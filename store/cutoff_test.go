//go:build !windows

package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The file is cut off under a running program, as `cp` does that puts another in its
// place. Whatever comes first says that, each call after it too, and Close comes to an
// end.
func TestAFileCutOffUnderAProgramHangsNobody(t *testing.T) {
	for _, first := range []string{"reading", "writing", "making ready", "writing what is ready", "closing"} {
		t.Run(first, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			s, err := Open(t.Context(), Options{Path: path, Create: true, NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			v := newSaver(t, s)
			v.save()
			b := v.batch()
			ready := s.prepare(jobs(b))
			if ready.err != nil {
				t.Fatal(ready.err)
			}
			s.forget()
			s.mirror.close() // it reads when it likes
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
			calls := map[string]func() error{
				"reading":               func() error { _, err := s.Team(t.Context()); return err },
				"writing":               func() error { _, err := s.Append(t.Context(), b); return err },
				"making ready":          func() error { return s.prepare(jobs(b)).err },
				"writing what is ready": func() error { return s.writeOut(ready.puts) },
				"closing":               s.Close,
			}
			order := []string{first, first, "reading", "writing", "closing"}
			if first == "closing" {
				order = order[:1]
			}
			for _, name := range order {
				said := make(chan error, 1)
				go func() { said <- calls[name]() }()
				select {
				case err := <-said:
					if name != "closing" && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrPoisoned) {
						t.Errorf("%s: %v", name, err)
					}
				case <-time.After(20 * time.Second):
					t.Fatalf("%s hangs", name)
				}
			}
			if b, err := os.ReadFile(path + ".lock"); err != nil || len(slices.DeleteFunc(b, func(c byte) bool { return c == '\n' })) == 0 {
				t.Errorf("the next start takes the file for sound: %v", err)
			}
		})
	}
}
