package paint

import (
	"fmt"
	"strings"
	"testing"
)

// prose is a screen of sentences, the nth of them marked.
func prose(n int) Frame {
	f := Frame{X: 17, Y: 2 + n*3}
	f.Rows = append(f.Rows, " stet  harbour-post   ana", " "+strings.Repeat("─", 118))
	for i := range 12 {
		mark, bold, end := "   ", "", ""
		if i == n {
			mark, bold, end = " > ", "\x1b[1m", "\x1b[m"
		}
		for range 3 {
			f.Rows = append(f.Rows, fmt.Sprintf("%s\x1b[38;2;158;158;158m%3d\x1b[m \x1b[38;2;47;195;147;1mS\x1b[m          %sThe harbour office said on Monday that the ferries will sail.%s", mark, i, bold, end))
		}
	}
	return f
}

// BenchmarkDraw is a step from one sentence to the next, until its bytes are
// ready to be sent.
func BenchmarkDraw(b *testing.B) {
	p := New(discard{}, 120, 40, Options{Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor"}})
	p.Enter()
	frames := []Frame{prose(4), prose(5)}
	p.draw(frames[0])
	b.ReportAllocs()
	sent := 0
	for i := 0; b.Loop(); i++ {
		p.buf.Reset()
		p.draw(frames[i%2])
		sent += p.buf.Len()
	}
	b.ReportMetric(float64(sent)/float64(b.N), "bytes/frame")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
