package ingest

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// longText makes about size bytes of invented news: paragraphs of three
// sentences, some with quotation marks outside ASCII.
func longText(size int) string {
	var b strings.Builder
	b.Grow(size + 512)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "The council of town %d met on Oct. 24 and agreed on a budget of $%d.5 million, Mayor J. Solheim said. ", i, i%97)
		fmt.Fprintf(&b, "“We had no choice,” she told reporters, “and we’d do it again.” Critics, e.g. the U.S. branch of a shipping line, dispute figure no. %d.\n\n", i)
	}
	return b.String()
}

// 100 MB come in, in bounded time and in memory of a small multiple of the size.
func TestLargeText(t *testing.T) {
	size := 100 << 20
	if testing.Short() {
		size = 4 << 20
	}
	long := longText(size)
	short := longText(size / 10)
	for _, c := range []struct {
		name, raw, text string
		encoding        string
		times           uint64 // memory allowed in all, in sizes of the text
	}{
		{"UTF-8", long, long, "UTF-8", 10},
		{"CRLF", strings.ReplaceAll(short, "\n", "\r\n"), short, "UTF-8", 10},
		{"windows-1252", must1252(t, short), short, "windows-1252", 14},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			read := func(raw string) (*Result, time.Duration) {
				start := time.Now()
				res, err := Read(t.Context(), strings.NewReader(raw), Options{Name: "large.txt"})
				if err != nil {
					t.Fatal(err)
				}
				return res, time.Since(start)
			}
			res, took := read(c.raw)
			runtime.ReadMemStats(&after)
			if res.Article.Body != c.text || res.Article.Original.Encoding != c.encoding {
				t.Fatalf("%d bytes came back as %s, want %d", len(res.Article.Body), res.Article.Original.Encoding, len(c.text))
			}
			grown := after.TotalAlloc - before.TotalAlloc
			t.Logf("%d MB, %d units: %v, %.1f times the size allocated", len(c.raw)>>20, len(res.Article.Units), took.Round(time.Millisecond), float64(grown)/float64(len(c.text)))
			if grown > c.times*uint64(len(c.text)) {
				t.Errorf("allocated %d bytes for a text of %d", grown, len(c.text))
			}
			quarter := c.raw[:strings.LastIndex(c.raw[:len(c.raw)/4], ".")+1]
			again := func(raw string) func() time.Duration {
				return func() time.Duration { _, took := read(raw); return took }
			}
			inStep(t, again(c.raw), again(quarter), nil)
		})
	}
}

func must1252(t testing.TB, text string) string {
	t.Helper()
	raw, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// One line without an end is cut all the same.
func TestOneLongLine(t *testing.T) {
	text := strings.Repeat("word ", 1<<18)
	res := mustRead(t, text, Options{})
	if res.Article.Body != text {
		t.Error("the text was touched")
	}
}

func BenchmarkReadText(b *testing.B) {
	for _, size := range []int{8 << 10, 1 << 20, 32 << 20} {
		raw := []byte(longText(size))
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(b.Context(), bytes.NewReader(raw), Options{Lang: "en"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A page of a hundred paragraphs between menus.
func BenchmarkReadPage(b *testing.B) {
	var page strings.Builder
	page.WriteString("<!doctype html><title>Budget agreed</title>" + strings.Repeat("<nav><a href=/x>menu</a></nav>", 200) + "<article>")
	for _, p := range strings.Split(longText(30<<10), "\n\n") {
		page.WriteString("<p>" + p + "</p>\n")
	}
	page.WriteString("</article>")
	raw := []byte(page.String())
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := Read(b.Context(), bytes.NewReader(raw), Options{Format: FormatHTML}); err != nil {
			b.Fatal(err)
		}
	}
}
