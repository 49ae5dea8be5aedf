package interchange_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/claimreview"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/docx"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/report"
	"stet.example/stet/annotations/interchange/sheet"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
)

// Even where the words of confidential notes are at hand, no format but stet's own
// lets them out, nor the salt with which a guess could be proved.
func TestNoFormatOfAnotherProgramTellsWhatIsConfidential(t *testing.T) {
	const secret = "zq calls the clerk qz"
	salt := [16]byte{0xf1, 0xe2, 0xd3, 0xc4, 0xb5, 0xa6, 0x97, 0x88, 0x79, 0x6a, 0x5b, 0x4c, 0x3d, 0x2e, 0x1f, 0x10}
	forms := []string{secret, hex.EncodeToString(salt[:]), base64.StdEncoding.EncodeToString(salt[:]), base64.RawURLEncoding.EncodeToString(salt[:]), string(salt[:])}
	all := []interchange.Dialect{
		brat.New(), webanno.New(), doccano.New(), labelstudio.New(), prodigy.New(), w3c.New(), sheet.New(), docx.New(), report.HTML(), report.Markdown(), claimreview.New(),
	}
	sealed := 0
	interchangetest.Until(t, func() bool { return sealed > 20 }, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		for i := range e.Documents {
			d := &e.Documents[i]
			d.Secrets = map[annotations.ReviewerKey]string{}
			for _, r := range d.Reviewers {
				for id, rec := range r.Records {
					rec.Confidential = annotations.Seal(salt, secret)
					r.Records[id] = rec
					d.Secrets[annotations.ReviewerKey{Sentence: id, Reviewer: r.Name}] = secret
					sealed++
				}
			}
		}
		for _, d := range all {
			w, err := d.Write(e, interchange.Options{Page: "https://checks.example/a"})
			if errors.Is(err, claimreview.ErrNothing) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range w.Files {
				words := unpacked(t, f)
				for _, s := range forms {
					if strings.Contains(words, s) {
						t.Fatalf("%s tells what is confidential: %q", f.Name, s)
					}
				}
			}
		}
	})
}

// unpacked is a file's words, out of an archive too.
func unpacked(t *rapid.T, f interchange.File) string {
	if !strings.HasSuffix(f.Name, ".docx") {
		return string(f.Data)
	}
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil { //nolint:gosec // an archive of our own
			t.Fatal(err)
		}
	}
	if out.Len() == 0 {
		t.Fatalf("%s is empty", f.Name)
	}
	return out.String()
}
