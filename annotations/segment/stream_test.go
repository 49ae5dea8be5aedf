package segment

import (
	"io"
	"testing"
)

// endless gives the same page again and again, up to left bytes.
type endless struct {
	page string
	at   int
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), e.left)], e.page[e.at:])
	e.at = (e.at + n) % len(e.page)
	e.left -= n
	return n, nil
}

func TestAHundredMegabytesPassThroughASmallWindow(t *testing.T) {
	size := 100 << 20
	if testing.Short() {
		size = 4 << 20
	}
	for name, page := range map[string]string{
		"prose":          benchText()[:100_000],
		"no end at all":  "word and word and ",
		"no space":       "a",
		"only spaces":    "  \n \n",
		"bullets inline": "• a ",
	} {
		t.Run(name, func(t *testing.T) {
			if name != "prose" {
				size = 8 << 20
			}
			sc := NewScanner(&endless{page: page, left: size}, Options{Lang: "en"})
			widest, end := 0, 0
			for sc.Scan() {
				u := sc.Unit()
				if u.Span.Start < end || u.Span.Len() != len(sc.Text()) || u.Span.Len() > MaxUnit {
					t.Fatalf("unit %v has %d bytes of text and starts before %d", u, len(sc.Text()), end)
				}
				end = u.Span.End
				widest = max(widest, cap(sc.buf))
			}
			if sc.Err() != nil || end < size-len(page)-1 && name != "only spaces" {
				t.Fatalf("ended at byte %d of %d: %v", end, size, sc.Err())
			}
			if limit := 2 * (window + MaxUnit + lookahead + lookback); widest > limit {
				t.Errorf("the window grew to %d bytes, over %d", widest, limit)
			}
		})
	}
}
