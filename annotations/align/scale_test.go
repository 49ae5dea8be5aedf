package align

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestLongTextsTakeSeconds guards against work that grows faster than the
// product of the two texts' sentences. A try takes two seconds on an idle machine and
// six times that on one that is busy for a while: the best of three counts.
func TestLongTextsTakeSeconds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	text := article(r, 500)
	other := append(article(r, 100), text[50:450]...)
	c, took := timed(func() Result { return Compare(sideOf(text...), sideOf(other...)) })
	linked := 0
	for _, l := range c.Links {
		if len(l.From) > 0 {
			linked++
		}
	}
	if linked < 400 || linked > 420 {
		t.Errorf("%d sentences have a source, 400 were taken over", linked)
	}
	_, again := timed(func() []Anchor { return reanchor(sideOf(text...), sideOf(other...)) })
	t.Logf("500 sentences against 500: Compare %v, reanchor %v", took, again)
	if took > scaleLimit || again > scaleLimit {
		t.Errorf("too slow")
	}
}

const scaleLimit = 10 * time.Second

// timed is what work gives and its least time, of three tries where the first ones
// took too long.
func timed[T any](work func() T) (out T, least time.Duration) {
	for range 3 {
		start := time.Now()
		out = work()
		if took := time.Since(start); least == 0 || took < least {
			least = took
		}
		if least <= scaleLimit {
			break
		}
	}
	return out, least
}

// An article whose text is one word of a megabyte was revised, and the letters of
// the two were compared pair by pair, for hours.
func TestAnEndlessWordIsNotComparedLetterByLetter(t *testing.T) {
	endless := func(seed uint64) string {
		r := rand.New(rand.NewPCG(seed, 5))
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = 'a' + byte(r.IntN(26))
		}
		return string(b)
	}
	start := time.Now()
	a, b := endless(1), endless(2)
	for _, pair := range [][2]string{{a, b}, {a, a[:1<<19] + "q" + a[1<<19:]}, {a, b[:1<<10] + a + b[1<<10:]}} {
		PlanRevision(sideOf("The ferry was late.", pair[0]+" was read out."), sideOf("The ferry was late.", pair[1]+" was read out."))
		Compare(sideOf(pair[0]), sideOf(pair[1]))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

// A table that came in as one line has the same number a thousand times. All that could
// go with all were noted down: 36 KB of text took twelve gigabytes.
func TestATableInOneLineIsComparedInLittleMemory(t *testing.T) {
	for _, cell := range []string{"12 ", "may go ", "possibly a ", "He said "} {
		s := sideOf(strings.Repeat(cell, 4000) + "end.")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := Compare(s, s)
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 150 {
			t.Errorf("%q took %d MB", cell, took)
		}
		if len(r.Changes) > 0 {
			t.Errorf("%q: a copy has %v", cell, r.Changes[0])
		}
	}
}

// Of a long list in which every entry has words of every other, each pair was kept as one
// worth trying: two lists of five thousand entries took more than ten gigabytes.
func TestEntriesOfAListAreComparedInLittleMemory(t *testing.T) {
	const n = 1200
	entries := make([]string, n)
	for i := range entries {
		entries[i] = fmt.Sprintf("Pier %d fell into the harbour on day %d of the war.", i, 7*i%n)
	}
	a, b := sideOf(entries...), sideOf(entries[n/10:]...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := Compare(a, b)
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 500 {
		t.Errorf("%d MB", took)
	}
	for _, l := range c.Links {
		if len(l.From) == 0 || l.From[0] != l.B+n/10 {
			t.Fatalf("entry %d comes from %v", l.B, l.From)
		}
	}
}
