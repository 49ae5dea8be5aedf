package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// Whoever named the encoding is not told to name it.
func TestAdviceOnANULIsNotGivenTwice(t *testing.T) {
	for _, c := range []struct{ encoding, want string }{{"", "name the encoding"}, {"utf-8", "take it out"}} {
		_, err := Read(t.Context(), strings.NewReader("Plain te\x00xt with a stray NUL in it."), Options{Name: "a.txt", Encoding: c.encoding})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("--encoding %q: %v does not say %q", c.encoding, err, c.want)
		}
	}
}

func TestEmptyInputIsSaidToBeEmpty(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "", "white space": " \r\n\t\n", "only a mark": "\ufeff", "mark and space": "\ufeff \n", "no-break spaces": "\u00a0\u2003\n",
		"UTF-16 mark": "\xff\xfe", "empty page": "<!doctype html><title>Only a title</title><script>x</script>", "only front matter": "---\ntitle: x\n---\n",
	} {
		_, err := Read(t.Context(), strings.NewReader(raw), Options{Name: "x"})
		if !errors.Is(err, annotations.ErrEmpty) || !strings.HasPrefix(err.Error(), "x: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBinaryFilesAreNamedForWhatTheyAre(t *testing.T) {
	pad := strings.Repeat("\x00\x01\x02\xff", 100)
	for looks, raw := range map[string]string{
		"a program (ELF)":         "\x7fELF\x02\x01\x01" + pad,
		"a gzip archive":          "\x1f\x8b\x08\x00" + pad,
		"a picture (PNG)":         "\x89PNG\r\n\x1a\n" + pad,
		"a picture (JPEG)":        "\xff\xd8\xff\xe0" + pad,
		"a picture (GIF)":         "GIF89a" + pad,
		"a picture (WebP)":        "RIFF" + pad[:4] + "WEBP" + pad,
		"an SQLite database":      "SQLite format 3\x00" + pad,
		"a stet store":            pad[:16] + "\xed\xda\x0c\xed" + pad,
		"an old Office document":  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + pad,
		"a Safari web archive":    "bplist00\xd1\x01" + pad,
		"a tar archive":           "article.txt" + strings.Repeat("\x00", 246) + "ustar" + pad,
		"holds a NUL at byte 8":   "Plain te\x00xt with a stray NUL in it, and more text.",
		"holds a NUL at byte 0":   pad,
		"full of control bytes":   strings.Repeat("\x01\x8f\x03\xfe\x05abc\xff", 200),
		"NUL character at byte 3": "\ufeffabc\x00def",
	} {
		_, err := Read(t.Context(), strings.NewReader(raw), Options{Name: "dir/file"})
		var e *Error
		if !errors.Is(err, ErrBinary) || !errors.As(err, &e) || e.Input != "dir/file" || e.Next == "" || !strings.Contains(err.Error(), looks) {
			t.Errorf("%s: %v", looks, err)
		}
	}
}

func TestWordsThatLookLikeSignaturesAreText(t *testing.T) {
	for _, text := range []string{
		"RIFFRAFF was the mayor's word for them.", "BZh is no word, but “this” is a text.", "The ftyp at the fifth letter… is chance.",
		"ID3 tags are explained here.", "GIF89a is the name of a picture format.", "PK is a common shortening.", "MZ stands for Mark Zbikowski.",
	} {
		if got := mustRead(t, text, Options{}).Article.Body; got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.txt")
	locked := filepath.Join(dir, "locked.txt")
	if err := os.WriteFile(locked, []byte("Words."), 0o200); err != nil {
		t.Fatal(err)
	}
	type want struct {
		path string
		is   error
		says string
	}
	cases := []want{
		{missing, fs.ErrNotExist, "no such file"},
		{dir, ErrNotFile, "directory"},
		{os.DevNull, ErrNotFile, "device"},
	}
	if f, err := os.Open(locked); err == nil {
		f.Close() //nolint:errcheck // only opened to learn whether this user may
	} else {
		cases = append(cases, want{locked, fs.ErrPermission, "may not read"})
	}
	for _, c := range cases {
		_, err := File(t.Context(), c.path, Options{})
		if !errors.Is(err, c.is) || !strings.HasPrefix(err.Error(), c.path+": ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

func TestAFileIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my article.txt")
	if err := os.WriteFile(path, []byte("Words were spoken."), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(filepath.Dir(path), "link.txt")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	for _, p := range []string{path, link} {
		res, err := File(t.Context(), p, Options{Name: "ignored"})
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, res)
		if res.Article.Original.File != filepath.Base(p) {
			t.Errorf("file %q", res.Article.Original.File)
		}
	}
}
