package ingest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// mustRead imports text and fails the test when that fails, or when the result
// breaks a promise of the package.
func mustRead(t *testing.T, text string, opt Options) *Result {
	t.Helper()
	res, err := Read(t.Context(), strings.NewReader(text), opt)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	checkResult(t, res)
	return res
}

// checkResult asserts what every result promises.
func checkResult(t testing.TB, res *Result) {
	t.Helper()
	a := res.Article
	if err := annotations.CheckUnits(a.Body, a.Units); err != nil {
		t.Fatalf("units: %v", err)
	}
	if strings.ContainsAny(a.Body, "\r\x00") || strings.HasPrefix(a.Body, byteOrderMark) {
		t.Fatalf("the text holds a CR, a NUL or a byte order mark: %.80q", a.Body)
	}
	for name, v := range map[string]struct {
		value string
		limit int
	}{
		"title": {a.Title, maxTitle}, "outlet": {a.Outlet, maxOutlet}, "byline": {a.Byline, maxByline},
		"published": {a.Published, maxPublished}, "url": {a.URL, maxURL}, "language": {a.Language, maxLanguage},
	} {
		if len(v.value) > v.limit || v.value != strings.Join(strings.Fields(v.value), " ") || strings.ContainsAny(v.value, "\x00\x1b\x7f") {
			t.Fatalf("%s is not a bounded, folded field: %.100q", name, v.value)
		}
	}
	for _, h := range res.Hints {
		if err := h.Span.Check(a.Body); err != nil {
			t.Fatalf("hint %q: %v", h.URL, err)
		}
		if h.Text != foldField(h.Span.In(a.Body), annotations.MaxField) || h.URL != "" && cleanURL(h.URL) != h.URL || h.URL == "" && h.Note == "" || h.Kind == "" {
			t.Fatalf("hint %+v does not fit its words %q", h, h.Span.In(a.Body))
		}
	}
	last := 0
	for _, p := range res.LeftOut {
		if p.After < last || p.After > len(a.Body) || p.Words < 1 || p.Text == "" || len(p.Text) > maxPassageText || p.Text != foldField(p.Text, maxPassageText) {
			t.Fatalf("passage %+v behind byte %d of %d", p, last, len(a.Body))
		}
		last = p.After
	}
	if a.ID != annotations.ArticleIDOf(annotations.HashOf(a.Body)) || a.Original.SHA256.IsZero() || a.Original.Encoding == "" || a.Original.Format == "" {
		t.Fatalf("not sealed: %+v", a.Meta)
	}
}

// sharedDir finds the folder of data that is not part of the repository, or
// skips the test.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("STET_SHARED")
	if dir == "" {
		dir = filepath.Join(moduleRoot(t), "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no shared data at %s; set STET_SHARED to run this test", dir)
	}
	return dir
}

func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}
