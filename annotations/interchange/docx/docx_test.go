package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/docx"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func write(t rapid.TB, e interchange.Export) interchange.Written {
	t.Helper()
	w, err := docx.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// parts unpacks a document.
func parts(t rapid.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// The archive is compared by its parts: another version of the compressor may
// pack them otherwise.
func TestGoldenFiles(t *testing.T) {
	w := write(t, standofftest.Team())
	p := parts(t, w.Files[0].Data)
	if len(p) != 6 || w.Files[0].Name != "ellery-post-2026-11-18-5101.comments.docx" {
		t.Fatalf("%s: %d parts", w.Files[0].Name, len(p))
	}
	for _, name := range []string{"word/document.xml", "word/comments.xml"} {
		standofftest.Golden(t, []interchange.File{{Name: path.Base(name), Data: []byte(strings.ReplaceAll(p[name], "<w:p>", "\n<w:p>"))}}, *update)
	}
}

func TestEachTaggedSentenceHasOneComment(t *testing.T) {
	w := write(t, standofftest.Team())
	if w.Ranges != 4 {
		t.Errorf("%d comments", w.Ranges)
	}
	c := parts(t, w.Files[0].Data)["word/comments.xml"]
	for _, want := range []string{`w:author="ana, ben"`, `w:author="lea" w:initials="L" w:date="2026-11-20T10:00:00Z"`, "[contested]", "[open]", "[sourced] =ask her &lt;script&gt;", "Ruling by lea: amend to contested (C-c). see the minutes"} {
		if !strings.Contains(c, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(c, "clerk") {
		t.Error("confidential words are in a comment")
	}
	if len(w.Losses) == 0 || w.Losses[0].String() == "" {
		t.Error("no losses are told")
	}
}

func TestDocumentsAreForReading(t *testing.T) {
	if _, _, err := docx.New().Read(nil, nil); !errors.Is(err, interchange.ErrWriteOnly) {
		t.Error(err)
	}
}

func TestEveryExportMakesSoundXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		w := write(t, e)
		for _, f := range w.Files {
			for name, data := range parts(t, f.Data) {
				d := xml.NewDecoder(strings.NewReader(data))
				for {
					if _, err := d.Token(); errors.Is(err, io.EOF) {
						break
					} else if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
				}
			}
		}
		if again := write(t, e); !bytes.Equal(again.Files[0].Data, w.Files[0].Data) {
			t.Fatal("written again, the bytes differ")
		}
	})
}
