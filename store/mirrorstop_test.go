package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// A program that ends while it looks whether its mirror agrees with the log knows
// nothing against the mirror, and leaves it where it is.
func TestAMirrorIsNotPutAsideForWantOfTime(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "stet.db")
	s, err := Open(t.Context(), Options{Path: path, Create: true, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	newSaver(t, s).save()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(path + ".mirror")
	if err != nil || len(was) == 0 {
		t.Fatal(len(was), err)
	}
	s = gateStore(t, dir, "stet.db")
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := openMirror(ended, path+".mirror", s); !errors.Is(err, context.Canceled) {
		t.Errorf("opened, or not because it was told to stop: %v", err)
	}
	if now, err := os.ReadFile(path + ".mirror"); err != nil || string(now) != string(was) {
		t.Errorf("the mirror of %d bytes has %d: %v", len(was), len(now), err)
	}
	if aside, err := filepath.Glob(path + ".mirror.*"); err != nil || len(aside) > 0 {
		t.Errorf("put aside: %q, %v", aside, err)
	}
}

// A store whose file was gone was begun anew without a word, beside the mirror that
// still had all of it.
func TestANewStoreTellsOfTheMirrorOfTheOldOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	open := func() (*Bolt, []string) {
		t.Helper()
		s, err := Open(t.Context(), Options{Path: path, Create: true, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		info, err := s.Stat(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s, info.Notices
	}
	s, said := open()
	if len(said) > 0 {
		t.Errorf("of the first store: %q", said)
	}
	ana := &Session{ID: annotations.SessionID{1}, Actor: "ana", Tool: "test"}
	ev := annotations.Evidence{URL: "https://harbour.example/1"}
	ev.Identify()
	if _, err := Do(t.Context(), s, ana, annotations.Desk, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.Remove(path)); err != nil {
		t.Fatal(err)
	}
	s, said = open()
	kept, err := filepath.Glob(path + ".mirror.replaced-*")
	if err != nil || len(kept) != 1 || len(said) != 1 || !strings.Contains(said[0], "stet restore "+kept[0]) {
		t.Fatalf("kept %q, said %q", kept, said)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	f, err := os.Open(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	if rep, err := Rebuild(t.Context(), filepath.Join(t.TempDir(), "back.db"), "test", f); err != nil || rep.Events != 1 {
		t.Errorf("%d events come back: %v", rep.Events, err)
	}
	if s, said = open(); len(said) > 0 {
		t.Errorf("and again: %q", said)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
