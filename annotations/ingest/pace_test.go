package ingest

import (
	"testing"
	"time"
)

// inStep fails where reading takes more time than its input explains: where the whole,
// four times as long, takes more than ten times as long as a quarter. What grows with the
// square takes sixteen times. A time in seconds would be a limit for one machine, and
// let what is forty times slower pass on it; two busy cores slow both readings. Each is
// taken at its best of three, and what takes less than a fifth of a second is no harm
// to anybody, whatever it grows with. Nor is what a limit stops: where four times the
// whole, if it is given, takes less time than the whole.
func inStep(t *testing.T, whole, quarter, fourfold func() time.Duration) {
	t.Helper()
	a, b, ok := step(whole, quarter, fourfold)
	t.Logf("%v, a quarter %v", a.Round(time.Millisecond), b.Round(time.Millisecond))
	if !ok {
		t.Errorf("takes %v, and a quarter of it %v: more than in step", a, b)
	}
}

// step gives the times of the whole and, where it matters, of the quarter.
func step(whole, quarter, fourfold func() time.Duration) (a, b time.Duration, ok bool) {
	const harmless, most = 200 * time.Millisecond, 10
	if a = whole(); a < harmless {
		return a, 0, true
	}
	b = quarter()
	for range 2 {
		if a <= most*b {
			break
		}
		a, b = min(a, whole()), min(b, quarter())
	}
	return a, b, a <= most*b || a < harmless || fourfold != nil && fourfold() <= a
}

// What grows with the square is told from what grows with the size.
func TestInStepTellsSquaresFromLines(t *testing.T) {
	spend := func(d time.Duration) func() time.Duration { return func() time.Duration { return d } }
	for _, c := range []struct {
		whole, quarter, fourfold time.Duration
		fails                    bool
	}{
		{4 * time.Second, time.Second, 16 * time.Second, false}, {16 * time.Second, time.Second, time.Minute, true},
		{160 * time.Millisecond, time.Millisecond, time.Minute, false}, {16 * time.Second, time.Second, time.Millisecond, false},
	} {
		if _, _, ok := step(spend(c.whole), spend(c.quarter), spend(c.fourfold)); ok == c.fails {
			t.Errorf("%v against %v: in step %v", c.whole, c.quarter, ok)
		}
	}
}
