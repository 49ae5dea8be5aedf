package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func newVerify(a *app) *cobra.Command {
	var checkpoint string
	c := &cobra.Command{
		Use:   "verify",
		Short: "prove the history: hashes, chains, tree, seals",
		Long: `Computes every event's hash, follows the chain of each article, grows the tree
over all events and compares it with the seals in the store. The first entry
that does not hold is named.

All that is in the store itself: who can rewrite the whole file can make it hold.
A checkpoint that somebody keeps elsewhere proves more: with --checkpoint FILE
the log must still begin with exactly the events that it was made of.

` + exitWords,
		Example: `  stet verify
  stet checkpoint > seal.txt      keep it elsewhere
  stet verify --checkpoint seal.txt`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runVerify(cmd.Context(), a, checkpoint) },
	}
	c.Flags().StringVar(&checkpoint, "checkpoint", "", "compare with the checkpoint in `FILE`")
	return c
}

func runVerify(ctx context.Context, a *app, checkpoint string) error {
	var want *note
	if checkpoint != "" {
		in, name, err := a.input(checkpoint)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(io.LimitReader(in, 64<<10))
		if err := errors.Join(err, in.Close()); err != nil {
			return fmt.Errorf("%s cannot be read: %w", name, err)
		}
		if want, err = parseNote(string(b)); err != nil {
			return fmt.Errorf("%s: %w. Nothing was compared. `stet checkpoint` prints one", checkpoint, err)
		}
	}
	return a.withStore(ctx, "verify", false, func(d *desk) error {
		bar := a.progress("log")
		r, err := d.Verify(ctx, bar.at)
		bar.end()
		if err != nil {
			return err
		}
		out := struct {
			OK         bool     `json:"ok"`
			Log        *logJSON `json:"log"`
			Problems   []string `json:"problems"`
			Checkpoint string   `json:"checkpoint,omitempty"` // "holds", or what is wrong
		}{Log: reportOf(&r), Problems: []string{}}
		for _, p := range r.Problems {
			out.Problems = append(out.Problems, p.String())
		}
		if want != nil {
			out.Checkpoint = "holds"
			if why, err := d.against(ctx, want, r.Events); err != nil {
				return err
			} else if why != "" {
				out.Checkpoint = why
				out.Problems = append(out.Problems, "checkpoint: "+why)
			}
		}
		out.OK = len(out.Problems) == 0
		if a.flags.json {
			if err := a.printJSON(out); err != nil {
				return err
			}
		} else if err := verifyText(a, &r, out.Problems, want); err != nil {
			return err
		}
		if !out.OK {
			return &foundError{exitDamage, "the history does not hold: " + out.Problems[0] + ". Nothing was changed. Compare with a backup or the mirror (`stet check --deep`)"}
		}
		return nil
	})
}

func verifyText(a *app, r *store.Report, problems []string, want *note) error {
	for _, p := range problems {
		if err := a.print("broken: %s", p); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return nil
	}
	if err := a.print("%s of %s hold: hashes, chains, tree and seals; root %s", plural(int(r.Events), "event"), plural(r.Articles, "article"), r.Seal.Root.String()); err != nil {
		return err
	}
	if want != nil {
		return a.print("the checkpoint at event %d holds: nothing before it was changed", want.size)
	}
	return nil
}

// against compares the log with a checkpoint and says what is wrong, or "".
func (d *desk) against(ctx context.Context, want *note, events uint64) (string, error) {
	st, err := d.Stat(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case st.ID != want.store:
		return fmt.Sprintf("it is of another store (%s; this is %s)", want.store, st.ID), nil
	case want.size > events:
		return fmt.Sprintf("it was made at event %d, the log has only %d: some were cut off", want.size, events), nil
	}
	root, err := d.rootAt(ctx, want.size)
	if err != nil {
		return "", err
	}
	if root != want.root {
		return fmt.Sprintf("the first %d events are not those it was made of", want.size), nil
	}
	return "", nil
}

// rootAt is the root of the tree over the first size events. Their hashes are
// taken as they stand in the log; Verify proves them.
func (d *desk) rootAt(ctx context.Context, size uint64) (annotations.Hash, error) {
	const at = 512
	var edge []tlog.Hash // roots of the perfect subtrees, largest first
	for n := uint64(0); n < size; {
		list, _, err := d.Events(ctx, store.Query{}, n, int(min(at, size-n)))
		if err != nil {
			return annotations.Hash{}, err
		}
		if len(list) == 0 {
			return annotations.Hash{}, errors.New("the log ended while it was read. Nothing was changed. Run `stet check`")
		}
		for i := range list {
			h := tlog.Hash(list[i].Hash)
			for k := n; k&1 == 1; k >>= 1 {
				h = tlog.NodeHash(edge[len(edge)-1], h)
				edge = edge[:len(edge)-1]
			}
			edge = append(edge, h)
			n++
		}
	}
	if len(edge) == 0 {
		return annotations.Hash{}, nil
	}
	h := edge[len(edge)-1]
	for i := len(edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(edge[i], h)
	}
	return annotations.Hash(h), nil
}
