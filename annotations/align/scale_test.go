package align

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestLongTextsTakeSeconds guards against work that grows faster than the
// product of the two texts' sentences.
func TestLongTextsTakeSeconds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	text := article(r, 500)
	other := append(article(r, 100), text[50:450]...)
	start := time.Now()
	c := Compare(sideOf(text...), sideOf(other...))
	took := time.Since(start)
	linked := 0
	for _, l := range c.Links {
		if len(l.From) > 0 {
			linked++
		}
	}
	if linked < 400 || linked > 420 {
		t.Errorf("%d sentences have a source, 400 were taken over", linked)
	}
	start = time.Now()
	Reanchor(sideOf(text...), sideOf(other...))
	t.Logf("500 sentences against 500: Compare %v, Reanchor %v", took, time.Since(start))
	if took > 10*time.Second || time.Since(start) > 10*time.Second {
		t.Errorf("too slow")
	}
}
