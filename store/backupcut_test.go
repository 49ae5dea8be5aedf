package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

var errLeft = errors.New("the holder went")

// leaving is a store whose holder goes in the middle of an export, some bytes before
// its end.
type leaving struct {
	store.Store
	early int
}

func (l leaving) Export(ctx context.Context, w io.Writer, after uint64) (store.ExportInfo, error) {
	var whole bytes.Buffer
	info, err := l.Store.Export(ctx, &whole, after)
	if err != nil {
		return info, err
	}
	if _, err := w.Write(whole.Bytes()[:max(0, whole.Len()-l.early)]); err != nil {
		return info, err
	}
	return info, errLeft
}

// Whatever was sent before the holder went, be it all but one frame, in the middle of
// one, or nothing: there is no copy, and the error is the holder's.
func TestABackupOfWhichTheEndIsMissingIsNone(t *testing.T) {
	s := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 3))
	if _, err := store.Do(t.Context(), s, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	for _, early := range []int{0, 57, 100, 1 << 20} { // a seal has 57 bytes
		path := filepath.Join(t.TempDir(), "copy.db")
		if _, err := store.Backup(t.Context(), leaving{s, early}, path, "test"); !errors.Is(err, errLeft) {
			t.Errorf("%d bytes early: %v", early, err)
		}
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%d bytes early: there is a copy", early)
		}
	}
}

// A store was put in the place of a folder, with all that was in it, or of a device.
func TestOnlyAFileIsPutAside(t *testing.T) {
	s := storetest.New(t)
	from := filepath.Join(t.TempDir(), "copy.db")
	if _, err := store.Backup(t.Context(), s, from, "test"); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "notes")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Replace(t.Context(), folder, from, "test", storetest.Clock()()); !errors.Is(err, store.ErrForeign) {
		t.Errorf("a folder: %v", err)
	}
	if left, err := filepath.Glob(filepath.Dir(folder) + "/*"); err != nil || len(left) != 1 || left[0] != folder {
		t.Errorf("beside it stands %q, %v", left, err)
	}
}

func TestAJournalThatEndsInOrder(t *testing.T) {
	s := storetest.New(t)
	storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3))
	var b bytes.Buffer
	if _, err := s.Export(t.Context(), &b, 0); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	if !store.EndsInOrder(bytes.NewReader(whole), int64(len(whole))) {
		t.Error("an export does not")
	}
	for _, n := range []int{0, 1, 40, len(whole) - 57, len(whole) - 1} {
		if store.EndsInOrder(bytes.NewReader(whole[:n]), int64(n)) {
			t.Errorf("its first %d bytes of %d do", n, len(whole))
		}
	}
}
