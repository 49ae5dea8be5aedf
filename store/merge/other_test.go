package merge

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// journalOf is the store of a small desk as a stream.
func journalOf(t *testing.T) []byte {
	t.Helper()
	d := newDesk(t, "y")
	a := article(t, "harbour")
	d.bring(a)
	for s := range annotations.SentenceID(4) {
		d.tag("ana", a.ID, s+1, "sourced")
	}
	var b bytes.Buffer
	if _, err := d.Export(t.Context(), &b, 0); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAStreamCutAnywhereIsRefused(t *testing.T) {
	t.Parallel()
	whole := journalOf(t)
	dir, n := t.TempDir(), 0
	try := func(b []byte) error {
		n++
		return FromStream(t.Context(), bytes.NewReader(b), filepath.Join(dir, string(rune('a'+n%26))+time.Duration(n).String()), "t")
	}
	if err := try(whole); err != nil {
		t.Fatalf("the whole stream: %v", err)
	}
	var ends []int
	for at := 0; at < len(whole); {
		at += 9 + int(binary.BigEndian.Uint32(whole[at:]))
		ends = append(ends, at)
	}
	if len(ends) < 8 || ends[len(ends)-1] != len(whole) {
		t.Fatalf("frames end at %v of %d", ends, len(whole))
	}
	for _, end := range ends[:len(ends)-1] {
		for _, cut := range []int{end, end + 5} {
			if err := try(whole[:cut]); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("cut at %d of %d: %v", cut, len(whole), err)
			}
		}
	}
	for at := 200; at < len(whole); at += 997 {
		bad := bytes.Clone(whole)
		bad[at] ^= 1
		if err := try(bad); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("a bit flipped at %d of %d: %v", at, len(whole), err)
		}
	}
}

func TestADamagedFileIsRefusedWithItsFirstPlace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "y.db")
	if _, err := store.Rebuild(t.Context(), path, "t", bytes.NewReader(journalOf(t))); err != nil {
		t.Fatal(err)
	}
	open := func(path, draft string) error {
		if err := FromFile(t.Context(), path, draft, "t"); err != nil {
			return err
		}
		st, err := Open(t.Context(), draft, "t", storetest.Clock(), nil)
		if err != nil {
			return err
		}
		return st.Close()
	}
	if err := open(path, filepath.Join(dir, "sound")); err != nil {
		t.Fatalf("a sound file: %v", err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.ReplaceAll(b, []byte("stet test"), []byte("stet tesT")) // the program, in every record
	if bytes.Equal(b, changed) {
		t.Fatal("no record was found")
	}
	b = changed
	bad := filepath.Join(dir, "bad.db")
	if err := os.WriteFile(bad, b, 0o600); err != nil {
		t.Fatal(err)
	}
	err = open(bad, filepath.Join(dir, "draft"))
	if !errors.Is(err, store.ErrDamaged) || !bytes.Contains([]byte(err.Error()), []byte("event ")) {
		t.Errorf("a record was changed: %v", err)
	}
	if err := open(dir, filepath.Join(dir, "folder")); !errors.Is(err, store.ErrForeign) {
		t.Errorf("a folder: %v", err)
	}
}

func TestAStoppedCopyStops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := io.ReadAll(stoppable{ctx, bytes.NewReader([]byte("x"))}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// What cannot be read is explained, whatever is the matter: here a link that leads to itself.
func TestWhatCannotBeReadIsExplained(t *testing.T) {
	loop := filepath.Join(t.TempDir(), "loop")
	if err := os.Symlink(loop, loop); err != nil {
		t.Skip(err)
	}
	err := FromFile(t.Context(), loop, loop+".draft", "t")
	var e *store.Error
	if !errors.As(err, &e) || !errors.Is(err, store.ErrForeign) || e.Safe == "" || e.Next == "" {
		t.Errorf("it says %v", err)
	}
}
