package ingest

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// FuzzRead: whatever the bytes, Read gives an article that keeps the promises
// of the package, the same twice, or an error that says what to do.
func FuzzRead(f *testing.F) {
	seeds := 0
	add := func(raw string, format uint8) {
		f.Add([]byte(raw), format)
		seeds++
	}
	files, err := filepath.Glob("testdata/in/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for format := range uint8(4) {
			add(string(raw), format)
		}
	}
	for _, text := range hostilePages(40) {
		add(text, 3)
	}
	for _, text := range hostileMarkdown(100) {
		add(text, 2)
	}
	for _, text := range paragraphs {
		add(text, 0)
		add(must16(text), 0)
	}
	if seeds < 100 || len(files) == 0 {
		f.Fatalf("only %d seeds from %d files", seeds, len(files))
	}
	formats := []string{"", FormatText, FormatMarkdown, FormatHTML}
	f.Fuzz(func(t *testing.T, raw []byte, format uint8) {
		opt := Options{Format: formats[int(format)%len(formats)], URL: "https://x.example/a/"}
		kept := bytes.Clone(raw)
		res, err := Read(t.Context(), bytes.NewReader(raw), opt)
		if !bytes.Equal(kept, raw) {
			t.Fatal("the input was changed")
		}
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Input == "" || e.Why == "" || e.Next == "" {
				t.Fatalf("an error without help: %v", err)
			}
			if !errors.Is(err, ErrBinary) && !errors.Is(err, annotations.ErrEmpty) && !errors.Is(err, ErrEncoding) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		checkResult(t, res)
		again, err := Read(t.Context(), bytes.NewReader(raw), opt)
		if err != nil || again.Article.ID != res.Article.ID || describe(again) != describe(res) {
			t.Fatalf("another result for the same bytes: %v", err)
		}
		if res.Article.Original.Format == FormatText {
			textAgain(t, res)
		}
	})
}

// textAgain: what came from plain text comes back from it.
func textAgain(t *testing.T, res *Result) {
	t.Helper()
	again, err := Read(t.Context(), strings.NewReader(res.Article.Body), Options{Format: FormatText, Encoding: "utf-8"})
	if errors.Is(err, ErrBinary) {
		return // the words of another encoding may spell a signature
	}
	if err != nil || again.Article.Body != res.Article.Body || again.Article.ID != res.Article.ID {
		t.Fatalf("the text does not come back: %v", err)
	}
}

func must16(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r > 0xffff {
			r = '?'
		}
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// FuzzHead: the readers of dates, datelines and bylines take any line, and what
// they call a date is one.
func FuzzHead(f *testing.F) {
	for _, s := range []string{
		"date 2025-10-24 (CNN) — The", "LONDON, Oct. 24, 2025 (Reuters) - A", "By Jane Doe | 24 October 2025", "Title: x", "2025年10月24日",
		"24.10.2025 08:05", "CNN — x", "Published: 5/5/2025", "(", "‐ (AP) —", "2025-10-24T08:05:00Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if iso, ok := parseDate(line); ok {
			if again, ok := parseDate(iso); !ok || again != iso {
				t.Errorf("%q read as %q, which reads as %q", line, iso, again)
			}
		}
		if d, ok := parseDateline(line); ok && (d.outlet == "" || !strings.Contains(line, d.outlet)) {
			t.Errorf("%q has the outlet %q", line, d.outlet)
		}
		var facts facts
		facts.readLine(line)
		if u := facts.url.value; u != "" && cleanURL(u) != u {
			t.Errorf("%q gives the URL %q", line, u)
		}
		foldedTwice := foldField(foldField(line, 40), 40)
		if foldedTwice != foldField(line, 40) || len(foldedTwice) > 40 {
			t.Errorf("%q folds to %q", line, foldedTwice)
		}
	})
}
