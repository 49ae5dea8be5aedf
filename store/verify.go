package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// Verify implements [Store]. First the log: hashes, chains and tree from the
// stored bytes, and the fold of its events; then that fold against every
// projection, byte by byte. Each step is a short transaction over a log that
// only grows, so others may save meanwhile; what they add is not looked at.
func (s *Bolt) Verify(ctx context.Context, progress func(done, total uint64)) (Report, error) {
	return s.verify(ctx, progress, skims)
}

// Prove does the first half of [Bolt.Verify]: it recomputes every hash, chain
// and root from the stored bytes and compares them with the seals, without
// looking at what the events say or at what was made of them. It finds whatever
// was changed in the log, at several times the speed.
func (s *Bolt) Prove(ctx context.Context, progress func(done, total uint64)) (Report, error) {
	return s.verify(ctx, progress, bare)
}

func (s *Bolt) verify(ctx context.Context, progress func(done, total uint64), d depth) (Report, error) {
	select {
	case <-s.checked: // a walk over a damaged file may crash
	case <-ctx.Done():
		return Report{}, ctx.Err()
	}
	var total uint64
	if err := s.read(ctx, func(t boltTx) error { total, _ = t.size(); return nil }); err != nil {
		return Report{}, err
	}
	v := newVerifier(s, d, total, progress)
	passes := []func(context.Context) error{v.log, v.seals, v.rows, v.strangers, v.lists, v.confidential, v.blobs, v.formerBlobs}
	if d == bare {
		passes = passes[:2]
	}
	for _, pass := range passes {
		if err := pass(ctx); err != nil {
			return v.r, err
		}
	}
	v.r.Seal = v.tree.sealAt(s.clock())
	return v.r, nil
}

func newVerifier(s *Bolt, d depth, total uint64, progress func(done, total uint64)) *verifier {
	if progress == nil {
		progress = func(uint64, uint64) {}
	}
	v := &verifier{
		s: s, depth: d, total: total, progress: progress, folding: newFolding(s.codec), heads: map[annotations.ArticleID]annotations.Head{},
		links: map[annotations.ArticleID][]uint64{}, below: map[uint64]uint64{}, writers: map[annotations.SessionID]written{}, secrets: map[annotations.Hash]annotations.Sealed{},
		named: map[annotations.Hash]uint64{},
	}
	v.r.Events, v.turns.needed = total, s.savedLately
	return v
}

type verifier struct {
	s        *Bolt
	r        Report
	depth    depth
	turns    turns
	total    uint64
	progress func(done, total uint64)
	folding
	heads   map[annotations.ArticleID]annotations.Head // for articles, as links: of all, once something differs
	links   map[annotations.ArticleID][]uint64         // positions of each chain
	below   map[uint64]uint64                          // what the log says lies below acts that were not met yet
	tree    frontier
	broken  bool        // the fold stopped: projections cannot be compared
	roots   []sizedRoot // of the tree at each size that has a seal
	due     []uint64    // sizes with a seal, ascending
	writers map[annotations.SessionID]written
	secrets map[annotations.Hash]annotations.Sealed // all that the log ever named
	named   map[annotations.Hash]uint64             // tables and codebooks that the log ever named: the event that did so first
}

type sizedRoot struct {
	size uint64
	root annotations.Hash
}

// sealSizes lists the sizes that have a seal, and counts the keys that are no size.
func (s *Bolt) sealSizes(ctx context.Context) (sizes []uint64, odd int, err error) {
	err = s.read(ctx, func(t boltTx) error {
		c := t.bucket(bSeals).Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			if len(k) != 8 {
				odd++
				continue
			}
			sizes = append(sizes, binary.BigEndian.Uint64(k))
		}
		return nil
	})
	return sizes, odd, err
}

func (v *verifier) seals(ctx context.Context) error {
	end := v.total // others may have saved, and sealed that, since the check began
	if err := v.s.read(ctx, func(t boltTx) error { n, _ := t.size(); end = max(end, n); return nil }); err != nil {
		return err
	}
	for _, size := range v.due {
		if size > end {
			v.r.add(fmt.Sprintf("seal at %d", size), "the log has only %d events: some were cut off", v.total)
		}
	}
	for part := range slices.Chunk(v.roots, perRead) {
		err := v.s.read(ctx, func(t boltTx) error {
			for _, want := range part {
				where := fmt.Sprintf("seal at %d", want.size)
				seal, _, err := decodeSeal(want.size, t.bucket(bSeals).Get(u64(want.size)))
				switch {
				case err != nil:
					v.r.add(where, "%v", err)
				case seal.Root != want.root:
					v.r.add(where, "has root %s, the log has %s: events before it were changed", seal.Root.Short(), want.root.Short())
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// confidential checks the values that lie beside the log. One that is not there
// was removed on purpose; one that no event names, or that is not what its event
// sealed, is damage.
func (v *verifier) confidential(ctx context.Context) error {
	if v.broken {
		return nil
	}
	for next, more := []byte{}, true; more; {
		err := v.s.read(ctx, func(t boltTx) error {
			c, n := t.bucket(bSecrets).Cursor(), 0
			k, val := c.Seek(next)
			for ; k != nil && n < perRead; k, val = c.Next() {
				n++
				var digest annotations.Hash
				copy(digest[:], k)
				sealed, known := v.secrets[digest]
				if (!known || len(k) != hashSize || !sealed.Opens(string(val))) && (known || !v.moved(t)) {
					v.r.add(fmt.Sprintf("confidential note %.4x", k), "is not what an event sealed")
				}
			}
			next, more = bytes.Clone(k), k != nil
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// blobs checks the text, the table and the codebook of each article against their
// hashes.
func (v *verifier) blobs(ctx context.Context) error {
	seen := map[annotations.Hash]bool{}
	for _, a := range v.state.Articles {
		if a.Meta.Text.IsZero() {
			continue
		}
		where := "article " + a.Meta.Name
		text, ok := v.blob(ctx, a.Meta.Text, where+", text")
		table, ok2 := v.blob(ctx, a.Meta.Table, where+", sentences")
		if !seen[a.Meta.Codebook] {
			seen[a.Meta.Codebook] = true
			v.blob(ctx, a.Meta.Codebook, where+", codebook")
		}
		if !ok || !ok2 {
			continue
		}
		units, err := annotations.ParseTable([]byte(table))
		if err == nil {
			err = annotations.CheckUnits(text, units)
		}
		if err == nil && (len(text) != a.Meta.TextBytes || len(units) != a.Meta.Sentences) {
			err = fmt.Errorf("its text has %d bytes in %d sentences, its entry says %d in %d", len(text), len(units), a.Meta.TextBytes, a.Meta.Sentences)
		}
		if err != nil {
			v.r.add(where, "%v", err)
		}
	}
	return ctx.Err()
}

func (v *verifier) blob(ctx context.Context, h annotations.Hash, where string) (string, bool) {
	data, err := v.s.Blob(ctx, h, 0, -1)
	v.r.Blobs++
	switch {
	case err != nil:
		v.r.add(where, "%v", err)
	case annotations.HashOf(data) != h:
		v.r.add(where, "was changed: it does not hash to %s", h.Short())
	default:
		return data, true
	}
	return "", false
}
