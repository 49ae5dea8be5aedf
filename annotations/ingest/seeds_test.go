package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// The two real articles: the text byte for byte, the units, the fields.
func TestSeedsComeInAsTheyAre(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "seeds")
	for _, c := range []struct {
		file, title, outlet, published, lang string
		name                                 string
		units                                int
	}{
		{"000_1cb0c55ad63ff44b.txt", "", "CNN", "2025-10-24", "en", `^cnn-2025-10-24-[0-9a-f]{4}$`, 38},
		{"001_3a6df856e15fe0ca.txt", "", "", "", "en", `^001-3a6df856e15fe0ca-[0-9a-f]{4}$`, 16},
	} {
		t.Run(c.file, func(t *testing.T) {
			path := filepath.Join(dir, c.file)
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Skip(err)
			}
			res, err := File(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkResult(t, res)
			a := res.Article
			if !bytes.Equal([]byte(a.Body), raw) {
				t.Error("the text is not the file's bytes")
			}
			if a.Title != c.title || a.Outlet != c.outlet || a.Published != c.published || a.Language != c.lang {
				t.Errorf("title %q, outlet %q, published %q, language %q", a.Title, a.Outlet, a.Published, a.Language)
			}
			if !regexp.MustCompile(c.name).MatchString(a.Name) {
				t.Errorf("name %q does not match %s", a.Name, c.name)
			}
			if len(a.Units) != c.units {
				t.Errorf("%d units, want %d", len(a.Units), c.units)
			}
		})
	}
}
