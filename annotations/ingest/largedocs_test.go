package ingest

import (
	"encoding/json"
	"html"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Long documents come in, in bounded time and in memory of a small multiple of
// their text.
func TestLargeDocuments(t *testing.T) {
	size := 24 << 20
	if testing.Short() {
		size = 2 << 20
	}
	text := longText(size)
	paras := strings.Split(strings.TrimSpace(text), "\n\n")
	var word, open, lines strings.Builder
	for _, p := range paras {
		escaped := html.EscapeString(p)
		word.WriteString(para("", escaped))
		open.WriteString("<text:p>" + escaped + "</text:p>")
		b, err := json.Marshal(map[string]string{"text": p, "language": "en"})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(b, '\n'))
	}
	for _, c := range []struct {
		name, raw string
		articles  int
	}{
		{"large.docx", makeDOCX(t, word.String()), 1},
		{"large.odt", makeODT(t, open.String()), 1},
		{"large.jsonl", lines.String(), len(paras)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			articles, bytes := 0, 0
			for res, err := range All(t.Context(), strings.NewReader(c.raw), Options{Name: c.name, Lang: "en"}) {
				if err != nil {
					t.Fatal(err)
				}
				articles++
				bytes += len(strings.TrimRight(res.Article.Body, "\n"))
			}
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			grown := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
			t.Logf("%d KiB packed, %d MiB of text, %d articles: %v, %.1f times the text allocated", len(c.raw)>>10, len(text)>>20, articles, took.Round(time.Millisecond), grown)
			want := len(strings.Join(paras, "\n\n"))
			if c.articles > 1 {
				want = len(strings.Join(paras, ""))
			}
			if articles != c.articles || bytes != want {
				t.Errorf("%d articles with %d bytes, want %d with %d", articles, bytes, c.articles, want)
			}
			if grown > 40 {
				t.Errorf("%.1f times the text was allocated", grown)
			}
			if took > 2*time.Minute { // of a machine that may have much else to do; alone it is some seconds
				t.Errorf("took %v", took)
			}
		})
	}
}
