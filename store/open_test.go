//go:build !windows

package store_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func builtin() *annotations.Codebook { return codebook.Builtin() }

func TestFilesThatAreNoStoreAreExplained(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, data string) {
		if err := os.WriteFile(at(name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("empty.db", "")
	write("text.db", strings.Repeat("An article about ferries.\n", 900))
	write("short.db", "x")
	z, err := os.Create(at("gzip.db"))
	if err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(z)
	if _, err := io.WriteString(w, strings.Repeat("ferries ", 9000)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), z.Close(), os.Mkdir(at("folder.db"), 0o700), syscall.Mkfifo(at("pipe.db"), 0o600)); err != nil {
		t.Fatal(err)
	}
	foreign, err := bolt.Open(at("foreign.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = foreign.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
	if err := errors.Join(err, foreign.Close()); err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]error{
		"empty.db": store.ErrForeign, "text.db": store.ErrForeign, "short.db": store.ErrForeign, "gzip.db": store.ErrForeign,
		"folder.db": store.ErrForeign, "pipe.db": store.ErrForeign, "foreign.db": store.ErrForeign, "nowhere.db": store.ErrNotFound,
	} {
		t.Run(name, func(t *testing.T) {
			before := content(t, at(name))
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			s, err := store.Open(ctx, store.Options{Path: at(name), Program: "test"})
			if err == nil {
				t.Fatal("opened", s.Close())
			}
			explained(t, err, kind)
			if !strings.Contains(err.Error(), at(name)) {
				t.Errorf("%q does not name the file", err)
			}
			if after := content(t, at(name)); after != before {
				t.Error("the file was changed")
			}
			t.Log(err)
		})
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestANewStoreMakesItsFolder(t *testing.T) {
	storetest.Open(t, filepath.Join(t.TempDir(), "a", "b", "stet.db"))
}

func TestANewerFormatIsRefusedAndLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	err := store.Tamper(path, func(b func(string) *bolt.Bucket) error { return b("meta").Put([]byte("format"), []byte{0, 0, 0, 2}) })
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, path)
	_, err = store.Open(t.Context(), store.Options{Path: path})
	explained(t, err, store.ErrNewerFormat)
	if content(t, path) != before {
		t.Error("the file was changed")
	}
}

// Whatever is changed behind the store's back, by itself and in a way that
// bbolt cannot see, is found.
func TestEveryValueThatIsChangedIsFound(t *testing.T) {
	dir := t.TempDir()
	base := filepath.Join(dir, "base.db")
	made(t, base)
	var places []struct {
		bucket string
		key    []byte
		drop   bool
	}
	err := store.Tamper(base, func(b func(string) *bolt.Bucket) error {
		for _, name := range []string{"meta", "log", "byart", "state", "acts", "lastacts", "lastrows", "articles", "names", "evidence", "blobs", "secrets", "seals"} {
			n := 0
			c := b(name).Cursor()
			for k, _ := c.First(); k != nil && n < 6; k, _ = c.Next() {
				for _, drop := range []bool{false, true} {
					places = append(places, struct {
						bucket string
						key    []byte
						drop   bool
					}{name, append([]byte{}, k...), drop})
				}
				n++
			}
		}
		return nil
	})
	if err != nil || len(places) < 60 {
		t.Fatal(len(places), err)
	}
	data := content(t, base)
	for i, p := range places {
		if p.drop && (p.bucket == "secrets" || p.bucket == "seals") {
			continue // notes may be removed, and seals kept elsewhere tell of one that is missing
		}
		path := filepath.Join(dir, fmt.Sprintf("%d.db", i))
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		err := store.Tamper(path, func(b func(string) *bolt.Bucket) error {
			if p.drop {
				return b(p.bucket).Delete(p.key)
			}
			v := append([]byte{}, b(p.bucket).Get(p.key)...)
			v[len(v)/2] ^= 0x10
			return b(p.bucket).Put(p.key, v)
		})
		if err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if err != nil {
			if kindName(err) == "UNTYPED" {
				t.Errorf("%s %x: %v", p.bucket, p.key, err)
			}
			continue
		}
		r, err := s.Verify(t.Context(), nil)
		if err == nil && r.OK() {
			t.Errorf("%s %x (dropped: %v): nothing was found", p.bucket, p.key, p.drop)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A head that was changed must not get into the log with the next save.
func TestNothingIsBuiltOnADamagedHead(t *testing.T) {
	for name, spoil := range map[string]func(b func(string) *bolt.Bucket, id annotations.ArticleID) error{
		"another hash": func(b func(string) *bolt.Bucket, id annotations.ArticleID) error {
			v := append([]byte{}, b("lastrows").Get(append(id[:], 0, 0, 0, 0))...)
			v[20] ^= 1
			return b("lastrows").Put(append(id[:], 0, 0, 0, 0), v)
		},
		"no head": func(b func(string) *bolt.Bucket, id annotations.ArticleID) error {
			return b("lastrows").Delete(append(id[:], 0, 0, 0, 0))
		},
		"an event less": func(b func(string) *bolt.Bucket, _ annotations.ArticleID) error {
			c := b("log").Cursor()
			for k, _ := c.Last(); len(k) != 8; {
				k, _ = c.Prev()
			}
			return c.Delete()
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			made(t, path)
			a := storetest.Article(t, "ferries", 9)
			if err := store.Tamper(path, func(b func(string) *bolt.Bucket) error { return spoil(b, a.ID) }); err != nil {
				t.Fatal(err)
			}
			before := content(t, path)
			s, err := store.Open(t.Context(), store.Options{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				_, err = store.Do(t.Context(), s, storetest.Session(t, "ana"), a.ID, storetest.Tag(1, 1, "contested"))
				explained(t, err, store.ErrDamaged)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if content(t, path) != before {
				t.Error("the damaged file was written to")
			}
		})
	}
}

func TestAPanicInTheCommitterPoisonsAndCloseReturns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	s, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 9))
	explained(t, s.PanicInCommitter(), store.ErrPoisoned)
	_, err = store.Do(t.Context(), s, ana, id, storetest.Tag(1, 0, "sourced"))
	explained(t, err, store.ErrPoisoned)
	if b := ana.Batch(id); b.Act.N != 3 {
		t.Errorf("the next act is %d: the number of an act that may have been saved must not be used again", b.Act.N)
	}
	done := make(chan error, 1)
	go func() { done <- s.Close() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Close hangs")
	}
	again := storetest.Open(t, path)
	if events, err := everyEvent(again, store.Query{}, 0); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v; want the import", len(events), err)
	}
}

// childUnprivileged opens a store as somebody who may not write there.
func childUnprivileged(path string) int {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			fmt.Println("skip", err)
			return 0
		}
	}
	_, err := store.Open(context.Background(), store.Options{Path: path, Create: true})
	fmt.Println(kindName(err), "|", err)
	return 0
}

// sharedFolder is a folder that others may look into, whatever rights it is given.
func sharedFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "stet-read-only-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(os.Chmod(dir, 0o700), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFolderThatMayNotBeWrittenIsExplained(t *testing.T) {
	dir := sharedFolder(t)
	made(t, filepath.Join(dir, "old.db"))
	if err := errors.Join(os.Chmod(filepath.Join(dir, "old.db"), 0o444), os.Chmod(filepath.Join(dir, "old.db.lock"), 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"new.db", "old.db", filepath.Join("sub", "new.db")} {
		line, ok := startChild(t, "unprivileged", filepath.Join(dir, name)).line()
		if !ok || strings.HasPrefix(line, "skip") {
			t.Skipf("this system does not let a test give up its rights: %s", line)
		}
		if !strings.HasPrefix(line, store.ErrReadOnly.Error()) || !strings.Contains(line, "Nothing was changed") || !strings.Contains(line, "--db") {
			t.Errorf("%s: %s", name, line)
		}
	}
}
