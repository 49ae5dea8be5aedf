package interchange_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

// checkUnits reads a native file as any client would and counts in each unit by
// other means than the writer's. It returns how many ranges it saw.
func checkUnits(t rapid.TB, b []byte) int {
	t.Helper()
	var file map[string]any
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, a := range file["articles"].([]any) {
		text := a.(map[string]any)["text"].(string)
		points, units := []rune(text), utf16.Encode([]rune(text))
		for _, o := range objects(a) {
			r, ok := o["range"].(map[string]any)
			if !ok {
				continue
			}
			seen++
			want := o["text"].(string)
			pair := func(unit string) (int, int) {
				p := r[unit].([]any)
				return int(p[0].(float64)), int(p[1].(float64))
			}
			i, j := pair("byte")
			k, l := pair("codepoint")
			m, n := pair("utf16")
			if text[i:j] != want || string(points[k:l]) != want || string(utf16.Decode(units[m:n])) != want {
				t.Fatalf("%q is %q by bytes, %q by code points, %q by UTF-16", want, text[i:j], string(points[k:l]), string(utf16.Decode(units[m:n])))
			}
		}
	}
	return seen
}

func TestEveryRangeHoldsItsWordsInAllThreeUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if n := checkUnits(t, write(t, interchange.JSON, interchangetest.Draw(t))); n == 0 {
			t.Fatal("no range")
		}
	})
	if n := checkUnits(t, write(t, interchange.JSON, sample(t))); n != len(interchangetest.Article(t).Units)+7 {
		t.Errorf("%d ranges in the sample", n)
	}
}

// shared finds the folder of real articles beside the repository.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("STET_SHARED")
	if dir == "" {
		at, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for ; at != filepath.Dir(at); at = filepath.Dir(at) {
			if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
				dir = filepath.Join(filepath.Dir(at), "shared")
				break
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "gold", "seeds_sentences.jsonl")); err != nil {
		t.Skip("the folder of real articles is not here; set STET_SHARED to try them")
	}
	return dir
}

func TestRealArticlesKeepTheirWords(t *testing.T) {
	dir := shared(t)
	f, err := os.Open(filepath.Join(dir, "gold", "seeds_sentences.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // opened for reading only
	e := interchange.Export{Generator: "stet", Version: "1"}
	total := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var gold struct {
			File      string   `json:"id"`
			Sentences [][2]int `json:"sentences"`
		}
		if err := json.Unmarshal(lines.Bytes(), &gold); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(dir, "seeds", gold.File))
		if err != nil {
			t.Fatal(err)
		}
		a := &annotations.Article{Body: strings.TrimPrefix(string(body), "\ufeff"), Meta: annotations.Meta{Original: annotations.Original{File: gold.File}, Codebook: codebook.Builtin().Hash}}
		for i, s := range gold.Sentences {
			a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: s[0], End: s[1]}})
		}
		if err := a.Seal(); err != nil {
			t.Fatalf("%s: %v", gold.File, err)
		}
		total += len(a.Units)
		e.Documents = append(e.Documents, interchange.Document{Article: a, Codebook: codebook.Builtin()})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	for _, f := range []interchange.Format{interchange.JSON, interchange.JSONL, interchange.CSV, interchange.TSV} {
		var b bytes.Buffer
		if err := interchange.Write(&b, f, e); err != nil {
			t.Fatal(err)
		}
		if err := interchange.Verify(f, b.Bytes(), e); err != nil {
			t.Error(err)
		}
		if f == interchange.JSON {
			if n := checkUnits(t, b.Bytes()); n != total || n == 0 {
				t.Errorf("%d ranges, %d sentences", n, total)
			}
		}
	}
}
