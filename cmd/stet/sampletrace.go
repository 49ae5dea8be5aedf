package main

import (
	"context"
	"errors"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

// signatureOf says who signed a checkpoint, and whether that was checked.
func signatureOf(c *proof.Signed) *signatureJSON {
	return &signatureJSON{State: string(c.Trust), By: c.Signer}
}

// mustHold refuses a checkpoint that is not of this log.
func (d *desk) mustHold(ctx context.Context, c *proof.Signed) error {
	log, err := d.proofs()
	if err != nil {
		return err
	}
	st, err := d.Stat(ctx)
	if err != nil {
		return err
	}
	why, err := against(ctx, log, c, st.ID, st.Events)
	if err == nil && why != "" {
		err = &foundError{exitDamage, "the checkpoint does not hold: " + why + ". Nothing was drawn. `stet verify --checkpoint` says more"}
	}
	return err
}

// tracedJSON says where a seed comes from.
type tracedJSON struct {
	Seed    string `json:"seed"`
	Size    uint64 `json:"size"` // events that the log held
	Root    string `json:"root"`
	Time    string `json:"time"`    // of the newest of them
	Rulings int    `json:"rulings"` // on the draw, as the log names it
	First   uint64 `json:"first"`   // position of the first of them, 0 for none
}

// traceSeed finds the state of the log whose root a seed starts with.
func (d *desk) traceSeed(ctx context.Context, text string) error {
	seed, err := audit.ParseSeed(text)
	if err != nil {
		return usage("--trace: %v", err)
	}
	log, err := d.proofs()
	if err != nil {
		return err
	}
	st, err := d.Stat(ctx)
	if err != nil {
		return err
	}
	out := tracedJSON{Seed: audit.SeedText(seed)}
	if out.Size, out.Root, err = rootOfSeed(ctx, log, seed, st.Events, rootsAtOnce); err != nil {
		return err
	}
	if out.Size == 0 {
		return errors.New("no state of this log has a root that starts so: the seed was not taken from it")
	}
	if err := d.traceRulings(ctx, audit.DrawVerb(seed), &out); err != nil {
		return err
	}
	if d.flags.json {
		return d.printJSON(out)
	}
	ruled := "no ruling names it"
	if out.Rulings > 0 {
		ruled = fmt.Sprintf("%s on its draw, the first is event %d", plural(out.Rulings, "ruling"), out.First)
	}
	return d.print("seed %s is the root at %d events (%s), root %s; %s", out.Seed, out.Size, out.Time, out.Root, ruled)
}

// rootsAtOnce bounds what a search holds of a long log, at 40 bytes each.
const rootsAtOnce = 1 << 20

// rootOfSeed finds the size at which the log's root starts with a seed, and that root;
// 0 for none. It looks at so many roots at once, and no further than it must.
func rootOfSeed(ctx context.Context, log store.Prover, seed [32]byte, events, atOnce uint64) (uint64, string, error) {
	sizes := make([]uint64, 0, min(events, atOnce))
	for from := uint64(1); from <= events; from += atOnce {
		sizes = sizes[:0]
		for n := from; n <= events && n-from < atOnce; n++ {
			sizes = append(sizes, n)
		}
		roots, err := proof.Roots(ctx, log, sizes...)
		if err != nil {
			return 0, "", err
		}
		for i, root := range roots {
			if audit.SeedOf(root) == seed || [32]byte(root) == seed {
				return sizes[i], root.String(), nil
			}
		}
	}
	return 0, "", nil
}

// traceRulings counts the rulings that name a draw.
func (d *desk) traceRulings(ctx context.Context, verb string, out *tracedJSON) error {
	for after := uint64(0); ; {
		list, next, err := d.Events(ctx, store.Query{}, after, 2048)
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			if e.Pos == out.Size {
				out.Time = instant(e.Time)
			}
			if e.Kind == annotations.EventRule && e.Verb == verb && e.Mode == annotations.Do {
				if out.Rulings++; out.First == 0 {
					out.First = e.Pos
				}
			}
		}
		if len(list) == 0 || next == after {
			return nil
		}
		after = next
	}
}
