package main

import (
	"testing"

	"stet.example/stet/annotations/audit"
)

// The state of a long log that a seed comes from is looked for in parts, and at any
// place of one.
func TestASeedIsFoundInALongLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	for _, tag := range []string{"sourced", "contextual", "none", "sourced", "contextual"} {
		w.must("tag", "pier", "1", tag)
	}
	a := &app{environment: w.environment()}
	err := a.withStore(t.Context(), "sample", false, func(d *desk) error {
		log, err := d.proofs()
		if err != nil {
			return err
		}
		const events = 6
		for size := uint64(1); size <= events; size++ {
			root, err := d.rootAt(t.Context(), size)
			if err != nil {
				return err
			}
			for _, atOnce := range []uint64{1, 2, 4, events, 100} {
				if n, text, err := rootOfSeed(t.Context(), log, audit.SeedOf(root), events, atOnce); n != size || text != root.String() || err != nil {
					t.Errorf("%d at once: the root at %d was found at %d, %v", atOnce, size, n, err)
				}
			}
		}
		n, _, err := rootOfSeed(t.Context(), log, [32]byte{1}, events, 2)
		if n != 0 {
			t.Errorf("a seed of nothing was found at %d", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
