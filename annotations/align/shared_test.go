package align

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// sharedDir finds the folder of shared data beside the repository, or skips.
func sharedDir(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("STET_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no go.mod above the test: the shared data cannot be found")
		}
		dir = filepath.Dir(dir)
	}
	shared := filepath.Join(filepath.Dir(dir), "shared")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared data is not beside the repository; set STET_SHARED to its folder")
	}
	return shared
}

// readLines decodes a file of one JSON object a line, or skips.
func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("no shared data: %v", err)
	}
	var out []T
	sc := bufio.NewScanner(bytes.NewReader(raw))
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		t.Fatalf("%s holds nothing", path)
	}
	return out
}

// heldOut picks a third of the pairs by a hash of their IDs. Their text and
// their errors were never looked at while the rules were made.
func heldOut(id string) bool { return sha256.Sum256([]byte("hold" + id))[0]%3 == 0 }
