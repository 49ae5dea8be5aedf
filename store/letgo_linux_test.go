package store_test

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// resident is how many KiB of a mapped file this process holds in memory.
func resident(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	n, here := 0, false
	for s := bufio.NewScanner(f); s.Scan(); {
		words := strings.Fields(s.Text())
		switch {
		case strings.Contains(words[0], "-"):
			here = strings.HasSuffix(s.Text(), path)
		case here && words[0] == "Rss:":
			kib, err := strconv.Atoi(words[1])
			if err != nil {
				t.Fatal(err)
			}
			n += kib
		}
	}
	return n
}

// Proving a text of a hundred megabytes made the program as large as the text: all of
// the file that was read stayed in its memory.
func TestGoingThroughALongTextKeepsNoneOfItInMemory(t *testing.T) {
	path, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(path, "s.db")
	st := storetest.Open(t, path)
	h, err := st.PutBlob(t.Context(), strings.Repeat("ferries and piers ", 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Blob(t.Context(), h, 0, -1); err != nil {
		t.Fatal(err)
	}
	if n := resident(t, path); n < 16<<10 {
		t.Fatalf("%d KiB are in memory after it was read: the test shows nothing", n)
	}
	if err := st.CopyBlob(t.Context(), io.Discard, h); err != nil {
		t.Fatal(err)
	}
	if n := resident(t, path); n > 4<<10 {
		t.Errorf("%d KiB are in memory still", n)
	}
	if text, err := st.Blob(t.Context(), h, 9<<20, 18); err != nil || !strings.Contains("ferries and piers ferries and piers ", text) {
		t.Errorf("%q, %v", text, err)
	}
}

// The entries of articles lie all over a file, and each that was looked at kept the pages
// around it in the memory of a program that shows a list of some of them.
func TestScreensStaySmallInALargeStore(t *testing.T) {
	path, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(path, "s.db")
	who := storetest.Session(t, "ana")
	filled, err := store.Open(t.Context(), store.Options{Path: path, Create: true, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	var ids []annotations.ArticleID
	for i := range 5000 {
		ids = append(ids, storetest.Import(t, filled, who, storetest.Article(t, "ferries "+strconv.Itoa(i), 2)))
	}
	if err := filled.Close(); err != nil {
		t.Fatal(err)
	}
	held := map[bool]int{}
	for n, lean := range []bool{false, true} {
		st, err := store.Open(t.Context(), store.Options{Path: path, Lean: lean})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if sum, err := st.Summary(t.Context(), "ana", id); err != nil || sum.Sentences != 2 {
				t.Errorf("%d sentences, %v", sum.Sentences, err)
			}
		}
		list, err := st.Articles(t.Context(), "ana", annotations.Desk, 10_000)
		if err != nil || len(list) != len(ids) {
			t.Errorf("%d articles, %v", len(list), err)
		}
		// The first save looks whether the newest events are those that their articles name.
		if _, err := store.Do(t.Context(), st, who, ids[n], storetest.Tag(1, 0, "sourced")); err != nil {
			t.Error(err)
		}
		held[lean] = resident(t, path)
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if held[true] > held[false]/4 {
		t.Errorf("%d KiB of the file are in memory, %d where memory does not count", held[true], held[false])
	}
}
