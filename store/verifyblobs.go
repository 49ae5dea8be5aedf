package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"

	"stet.example/stet/annotations"
)

// names notes which tables and codebooks e names. Those that are not in force any
// more are history: an undo, a copy of the store and whoever asks what was shown then
// need them.
func (v *verifier) names(e *annotations.Event, pos uint64) {
	var list []annotations.Hash
	switch {
	case e.Kind == annotations.EventImport && e.Meta != nil:
		list = []annotations.Hash{e.Meta.Table, e.Meta.Codebook}
	case e.Kind == annotations.EventCodebook:
		list = []annotations.Hash{e.Codebook}
	case e.Kind == annotations.EventCut && e.Cut != nil:
		list = []annotations.Hash{e.Cut.Now.Hash}
	}
	for _, h := range list {
		if _, known := v.named[h]; !known {
			v.named[h] = pos
		}
	}
}

// formerBlobs checks the tables and codebooks that are in force no more, and the
// copies that were kept as evidence, against their hashes. One that is not there at all
// is no fault: an item stands without its copy, and a salvage leaves out what it cannot
// put together.
func (v *verifier) formerBlobs(ctx context.Context) error {
	for _, a := range v.state.Articles { // these were looked at
		delete(v.named, a.Meta.Table)
		delete(v.named, a.Meta.Codebook)
	}
	byHash := func(a, b annotations.Hash) int { return bytes.Compare(a[:], b[:]) }
	for _, h := range slices.SortedFunc(maps.Keys(v.named), byHash) {
		v.whole(ctx, h, fmt.Sprintf("%s, the sentences or the codebook it names", eventAt(v.named[h])))
	}
	copies := map[annotations.Hash]annotations.EvidenceID{}
	for id, e := range v.state.Evidence {
		if !e.Copy.IsZero() {
			copies[e.Copy] = id
		}
	}
	for _, h := range slices.SortedFunc(maps.Keys(copies), byHash) {
		v.whole(ctx, h, fmt.Sprintf("evidence %s, the copy kept with it", copies[h]))
	}
	return ctx.Err()
}

// whole holds a blob, if it is there, against its hash, piece by piece: a copy may be
// large.
func (v *verifier) whole(ctx context.Context, h annotations.Hash, where string) {
	sum := sha256.New()
	for off := 0; ; {
		part, err := v.s.Blob(ctx, h, off, maxPart)
		if errors.Is(err, ErrNotFound) {
			return
		}
		if err != nil {
			v.r.Blobs++
			v.r.add(where, "%v", err)
			return
		}
		sum.Write([]byte(part)) // never fails
		if off += len(part); len(part) < maxPart {
			break
		}
	}
	if v.r.Blobs++; annotations.Hash(sum.Sum(nil)) != h {
		v.r.add(where, "was changed: it does not hash to %s", h.Short())
	}
}

// strangers looks for rows of articles that the log does not know: they would come
// into force with the article, and those of the desk at once.
func (v *verifier) strangers(ctx context.Context) error {
	if v.broken {
		return nil
	}
	for _, name := range []string{bState, bLastRows, bByArt} {
		for next, more := []byte{}, true; more; {
			err := v.s.read(ctx, func(t boltTx) error {
				c, n := t.bucket(name).Cursor(), 0
				k, _ := c.Seek(next)
				for ; k != nil && n < perRead; n++ {
					known := false
					if len(k) >= 16 {
						_, known = v.state.Articles[annotations.ArticleID(k)]
					}
					if next = append(bytes.Clone(k), 0); known {
						next = behind(k[:16])
					} else if !v.moved(t) {
						v.r.add(fmt.Sprintf("%s, the key %.40x", name, k), "belongs to no article of the log")
					}
					if next == nil {
						k = nil
						break
					}
					k, _ = c.Seek(next)
				}
				more = k != nil
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// behind is the least key that comes after all that begin with prefix; nil when none
// does.
func behind(prefix []byte) []byte {
	out := bytes.Clone(prefix)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
	return nil
}
