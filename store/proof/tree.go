package proof

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

const perRead = 2048 // records taken from the log at a time

// errEnded says that a log is shorter than it was said to be.
var errEnded = errors.New("the log ended while it was read. Nothing was changed. Run `stet check`")

// each calls fn with the first size records of a log, in order.
func each(ctx context.Context, log store.Prover, size uint64, fn func(pos uint64, stored []byte) error) error {
	for pos := uint64(0); pos < size; {
		recs, err := log.Records(ctx, pos, int(min(perRead, size-pos)))
		if err != nil {
			return err
		}
		if len(recs) == 0 {
			return errEnded
		}
		for _, rec := range recs {
			pos++
			if err := fn(pos, rec); err != nil {
				return err
			}
		}
	}
	return nil
}

// Roots computes the roots of a log's tree at the given sizes, which must be
// ascending and above zero, in one pass. The leaves are computed from the
// records' bytes; the hashes that stand in the log are not believed.
func Roots(ctx context.Context, log store.Prover, sizes ...uint64) ([]annotations.Hash, error) {
	if len(sizes) == 0 {
		return nil, nil
	}
	if !slices.IsSorted(sizes) || sizes[0] == 0 {
		return nil, fmt.Errorf("sizes %v are not ascending from 1", sizes)
	}
	var out []annotations.Hash
	var edge []tlog.Hash // roots of the perfect subtrees, largest first
	err := each(ctx, log, sizes[len(sizes)-1], func(pos uint64, stored []byte) error {
		h := tlog.RecordHash(store.RecordBody(stored))
		for n := pos - 1; n&1 == 1; n >>= 1 {
			h = tlog.NodeHash(edge[len(edge)-1], h)
			edge = edge[:len(edge)-1]
		}
		edge = append(edge, h)
		for len(out) < len(sizes) && sizes[len(out)] == pos {
			root := edge[len(edge)-1]
			for i := len(edge) - 2; i >= 0; i-- {
				root = tlog.NodeHash(edge[i], root)
			}
			out = append(out, annotations.Hash(root))
		}
		return nil
	})
	return out, err
}

// tree holds all hashes of a log's tree, 64 bytes an event.
type tree struct {
	size   uint64
	hashes []tlog.Hash // by tlog's stored hash index
}

// newTree reads the first size records. One that was changed since it was stored
// is an error that names it.
func newTree(ctx context.Context, log store.Prover, size uint64) (*tree, error) {
	t := &tree{size: size, hashes: make([]tlog.Hash, 0, tlog.StoredHashCount(int64(size)))}
	err := each(ctx, log, size, func(pos uint64, stored []byte) error {
		info, ok := store.ReadRecord(stored)
		if !ok || !info.Proven {
			return &store.Error{
				Kind: store.ErrDamaged, What: fmt.Sprintf("event %d was changed: it does not hash to the hash it carries", pos),
				Safe: "Nothing was written", Next: "Run `stet verify`",
			}
		}
		add, err := tlog.StoredHashesForRecordHash(int64(pos-1), tlog.Hash(info.Leaf), t)
		t.hashes = append(t.hashes, add...)
		return err
	})
	return t, err
}

// ReadHashes implements [tlog.HashReader].
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, 0, len(indexes))
	for _, i := range indexes {
		if i < 0 || i >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("the tree has no hash %d", i)
		}
		out = append(out, t.hashes[i])
	}
	return out, nil
}

func (t *tree) root() (annotations.Hash, error) {
	h, err := tlog.TreeHash(int64(t.size), t)
	return annotations.Hash(h), err
}

// prove gives the hashes that lead from the leaf at pos, from 1, to the root:
// those nearest the leaf first.
func (t *tree) prove(pos uint64) ([][]byte, error) {
	p, err := tlog.ProveRecord(int64(t.size), int64(pos-1), t)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, 0, len(p))
	for _, h := range p {
		out = append(out, h[:])
	}
	return out, nil
}
