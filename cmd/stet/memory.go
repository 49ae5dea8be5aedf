package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"stet.example/stet/cmd/stet/resident"
)

// How much garbage may gather, in per cent of what is in use. Starting up allocates
// a little over the 4 MB at which the first collection would run, in the middle of
// drawing the first frame. Little memory may be tripled, much may not: an
// export of a whole desk holds hundreds of megabytes.
const (
	gcAtStart = 200
	gcWhenBig = 100
	gcBig     = 96 << 20 // bytes in use
	gcShown   = 50       // while somebody looks at the screens
	littleUse = 3 << 20  // bytes on the heap after opening a store
)

// collectMore makes collections frequent once much memory is in use. It looks after each.
func collectMore() {
	debug.SetGCPercent(gcAtStart)
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	type sentinel struct{ _ *sentinel } // a pointer, so that it is collected by itself
	var look func(*sentinel)
	look = func(*sentinel) {
		metrics.Read(live)
		if live[0].Value.Kind() == metrics.KindUint64 && live[0].Value.Uint64() > gcBig {
			if was := debug.SetGCPercent(gcWhenBig); was < gcWhenBig {
				debug.SetGCPercent(was) // screens ask for less
			}
			return // it stays so: what has grown once grows again
		}
		runtime.SetFinalizer(new(sentinel), look)
	}
	runtime.SetFinalizer(new(sentinel), look)
}

// giveBack is for the moment before the screens are built: what opened the store is done.
// What imported an article besides took as much memory as the screens will.
func giveBack() {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	if metrics.Read(heap); heap[0].Value.Kind() == metrics.KindUint64 && heap[0].Value.Uint64() > littleUse {
		debug.FreeOSMemory()
	}
	resident.LetGo()
}

// countMemory is for the moment after the first frame: starting is over, and from here
// memory counts for more than a collection's time.
func countMemory() {
	debug.SetGCPercent(gcShown)
	resident.LetGo()
}
