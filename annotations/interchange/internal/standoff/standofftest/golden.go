package standofftest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"stet.example/stet/annotations/interchange"
)

// Golden compares files with those in testdata, or writes them there.
func Golden(t *testing.T, files []interchange.File, update bool) {
	t.Helper()
	if len(files) == 0 {
		t.Fatal("no files were written")
	}
	for _, f := range files {
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
