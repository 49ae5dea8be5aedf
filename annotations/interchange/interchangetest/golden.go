package interchangetest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"stet.example/stet/annotations/interchange"
)

// Golden compares the files of an export with those in testdata, or writes them.
func Golden(t *testing.T, w interchange.Written, update bool) {
	t.Helper()
	if len(w.Files) == 0 {
		t.Fatal("no file was written")
	}
	for _, f := range w.Files {
		path := filepath.Join("testdata", f.Name)
		if update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(f.Data, want) {
			t.Errorf("%s differs from what is written now; look at the difference, then run with -update", path)
		}
	}
}
