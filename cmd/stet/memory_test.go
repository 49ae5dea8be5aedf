package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// An export of 400,000 annotations took 2.7 GB where it used a third of that: garbage might
// come to twice what is in use, however much that is.
func TestMuchMemoryIsCollectedSooner(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	percent := func() int {
		now := debug.SetGCPercent(300)
		debug.SetGCPercent(now)
		return now
	}
	collectMore()
	runtime.GC()
	if got := percent(); got != gcAtStart {
		t.Errorf("%d per cent at the start, want %d", got, gcAtStart)
	}
	much := make([]byte, gcBig+1<<20)
	for until := time.Now().Add(20 * time.Second); percent() != gcWhenBig; {
		if time.Now().After(until) {
			t.Fatalf("%d per cent with much in use, want %d", percent(), gcWhenBig)
		}
		runtime.GC() // each is looked at when it is over
	}
	runtime.KeepAlive(much)
}
