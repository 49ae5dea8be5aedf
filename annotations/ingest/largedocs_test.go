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
	whole, quarter := largeFiles(t, paras), largeFiles(t, paras[:len(paras)/4])
	for name, raw := range whole {
		t.Run(name, func(t *testing.T) {
			read := func(raw string) (articles, bytes int, took time.Duration) {
				start := time.Now()
				for res, err := range All(t.Context(), strings.NewReader(raw), Options{Name: name, Lang: "en"}) {
					if err != nil {
						t.Fatal(err)
					}
					articles++
					bytes += len(strings.TrimRight(res.Article.Body, "\n"))
				}
				return articles, bytes, time.Since(start)
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			articles, bytes, took := read(raw)
			runtime.ReadMemStats(&after)
			grown := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
			t.Logf("%d KiB packed, %d MiB of text, %d articles: %v, %.1f times the text allocated", len(raw)>>10, len(text)>>20, articles, took.Round(time.Millisecond), grown)
			want, wantBytes := 1, len(strings.Join(paras, "\n\n"))
			if name == "large.jsonl" {
				want, wantBytes = len(paras), len(strings.Join(paras, ""))
			}
			if articles != want || bytes != wantBytes {
				t.Errorf("%d articles with %d bytes, want %d with %d", articles, bytes, want, wantBytes)
			}
			if grown > 40 {
				t.Errorf("%.1f times the text was allocated", grown)
			}
			again := func(raw string) func() time.Duration {
				return func() time.Duration { _, _, took := read(raw); return took }
			}
			inStep(t, again(raw), again(quarter[name]), nil)
		})
	}
}

// largeFiles hold paragraphs in each of the formats.
func largeFiles(t *testing.T, paras []string) map[string]string {
	t.Helper()
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
	return map[string]string{"large.docx": makeDOCX(t, word.String()), "large.odt": makeODT(t, open.String()), "large.jsonl": lines.String()}
}
