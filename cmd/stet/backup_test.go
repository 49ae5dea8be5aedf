package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// leaving is a store whose holder goes in the middle of a copy.
type leaving struct{ *store.Memory }

func (l leaving) Export(ctx context.Context, w io.Writer, after uint64) (store.ExportInfo, error) {
	var whole bytes.Buffer
	info, err := l.Memory.Export(ctx, &whole, after)
	if err != nil {
		return info, err
	}
	if _, err := w.Write(whole.Bytes()[:whole.Len()-100]); err != nil {
		return info, err
	}
	return info, &store.Error{
		Kind: store.ErrClosed, What: "the program that holds the store went in the middle of the copy", Safe: "The store is as it was, the copy is not whole", Next: "Do it again",
	}
}

// A backup through another program that was killed meanwhile was left where it was
// wanted, shorter than the store, and said to hold every event.
func TestABackupThatWasCutShortIsNone(t *testing.T) {
	st, err := store.NewMemory(store.StoreID{1, 2, 3}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 3))
	if _, err := store.Do(t.Context(), st, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	a := &app{environment: w.environment(), shared: leaving{st}}
	a.root = newRoot(a)
	path := filepath.Join(w.dir, "copy.db")
	a.root.SetArgs([]string{"backup", path})
	err = a.root.ExecuteContext(t.Context())
	if err == nil || !strings.Contains(err.Error(), "in the middle of the copy") || codeOf(err) != exitFailed {
		t.Errorf("code %d: %v\n%s", codeOf(err), err, w.stderr.String())
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("the copy that is not whole is there")
	}
}
