package proof

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Source is what bundles are made from; the engines of [store.Store] are.
type Source interface {
	store.Prover
	Stat(ctx context.Context) (store.Stat, error)
	Seal(ctx context.Context) (store.Seal, error)
	Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error)
	Secret(ctx context.Context, s annotations.Sealed) (string, error)
}

// Order says what goes into a bundle.
type Order struct {
	Articles []annotations.ArticleID // each once, at least one
	Key      *Key                    // signs; nil for a bundle without a signature
	Time     time.Time               // of the checkpoint
	Redact   Redaction
}

// Summary says what a bundle holds.
type Summary struct {
	Checkpoint Checkpoint
	Signer     string // name of the key, "" when nobody signed
	Articles   int
	Records    uint64 // in all
	Withheld   uint64 // of these, the ones that only their hash stands for
	Texts      int
	Values     int // confidential notes, opened
	Seals      int // of confidential notes that are not opened, in records that are shown
	// Unfound are the people of the redaction that no record was of, or named.
	Unfound []string
}

// Write seals the log and writes a bundle of the whole chains of the articles.
// It reads all of the log once and keeps 64 bytes an event. A record that was
// changed since it was stored is an error wrapping [store.ErrDamaged].
func Write(ctx context.Context, w io.Writer, src Source, o Order) (Summary, error) {
	var sum Summary
	st, err := src.Stat(ctx)
	if err != nil {
		return sum, err
	}
	seal, err := src.Seal(ctx)
	if err != nil {
		return sum, err
	}
	b := &bundler{src: src, order: &o, out: newLineWriter(w), sum: &sum, met: map[string]bool{}}
	if b.tree, err = newTree(ctx, src, seal.Size); err != nil {
		return sum, err
	}
	sum.Checkpoint = Checkpoint{Store: st.ID, Size: seal.Size, Time: o.Time.UTC().Truncate(time.Second)}
	if sum.Checkpoint.Root, err = b.tree.root(); err != nil {
		return sum, err
	}
	chains := make([][]uint64, len(o.Articles))
	for i, id := range o.Articles {
		if chains[i], err = b.chain(ctx, id); err != nil {
			return sum, err
		}
	}
	head := line{Line: lineBundle, Format: bundleFormat}
	if head.Note, err = Sign(sum.Checkpoint, o.Key); err != nil {
		return sum, err
	}
	if o.Key != nil {
		head.Key, sum.Signer = o.Key.Public(), o.Key.Name()
	}
	b.out.put(head)
	for i, id := range o.Articles {
		if err := b.article(ctx, id, chains[i]); err != nil {
			return sum, err
		}
	}
	sum.Unfound = o.Redact.unfound(b.met)
	return sum, b.out.end()
}

// bundler writes one bundle.
type bundler struct {
	src   Source
	order *Order
	out   *lineWriter
	tree  *tree
	sum   *Summary
	met   map[string]bool // of the people whose records go
}

// chain finds an article's chain and enters its end into the checkpoint.
func (b *bundler) chain(ctx context.Context, id annotations.ArticleID) ([]uint64, error) {
	list, err := b.src.Chain(ctx, id, 0, math.MaxInt)
	if err != nil {
		return nil, err
	}
	for len(list) > 0 && list[len(list)-1] > b.tree.size { // saved since the seal
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return nil, &store.Error{Kind: store.ErrNotFound, What: fmt.Sprintf("no event of article %s is in the log", id)}
	}
	last := list[len(list)-1]
	leaf := b.tree.hashes[tlog.StoredHashIndex(0, int64(last-1))]
	b.sum.Checkpoint.Ends = append(b.sum.Checkpoint.Ends, End{id, annotations.Head{N: uint64(len(list)), Hash: annotations.Hash(leaf)}})
	return list, nil
}

// article writes the lines of one article.
func (b *bundler) article(ctx context.Context, id annotations.ArticleID, chain []uint64) error {
	b.sum.Articles++
	b.out.put(line{Line: lineArticle, Article: &id, Records: uint64(len(chain))})
	var beside extras
	for _, pos := range chain {
		recs, err := b.src.Records(ctx, pos-1, 1)
		if err != nil {
			return err
		}
		if len(recs) != 1 {
			return errEnded
		}
		l := line{Line: lineRecord, Pos: pos, Data: store.RecordBody(recs[0])}
		if l.Proof, err = b.tree.prove(pos); err != nil {
			return err
		}
		b.sum.Records++
		if b.order.Redact.withholds(pos, recs[0], b.met) {
			leaf := b.tree.hashes[tlog.StoredHashIndex(0, int64(pos-1))]
			l = line{Line: lineHidden, Pos: pos, Leaf: leaf[:], Proof: l.Proof}
			b.sum.Withheld++
			b.out.put(l)
			continue
		}
		b.out.put(l)
		e, err := store.DecodeRecord(pos, recs[0])
		if err != nil {
			return fmt.Errorf("event %d: %w. Nothing was changed. Run `stet check`", pos, err)
		}
		beside.note(&e)
	}
	if b.out.err != nil {
		return b.out.err
	}
	return b.beside(ctx, &beside)
}

// extras are what the records of an article name and do not hold.
type extras struct {
	imported bool             // the record that brought the article is among them
	text     annotations.Hash // as that says
	tables   []annotations.Hash
	seals    []annotations.Sealed
	known    map[annotations.Hash]bool
}

// note takes down what e names, once each, in order.
func (x *extras) note(e *annotations.Event) {
	if x.known == nil {
		x.known = map[annotations.Hash]bool{}
	}
	first := func(h annotations.Hash) bool {
		was := x.known[h]
		x.known[h] = true
		return !was
	}
	if e.Meta != nil && e.Kind == annotations.EventImport && first(e.Meta.Table) {
		x.imported, x.text, x.tables = true, e.Meta.Text, append(x.tables, e.Meta.Table)
	}
	if e.Cut != nil && first(e.Cut.Now.Hash) {
		x.tables = append(x.tables, e.Cut.Now.Hash)
	}
	for _, a := range []*annotations.Annotation{e.Before, e.After} {
		if a != nil && a.Confidential != nil && first(a.Confidential.Digest) {
			x.seals = append(x.seals, *a.Confidential)
		}
	}
}

// beside writes text, tables and values. Without the record that brought the
// article there is nothing to hold the text and the tables against, and they go.
func (b *bundler) beside(ctx context.Context, x *extras) error {
	if !b.order.Redact.Text && x.imported {
		body, err := b.src.Blob(ctx, x.text, 0, -1)
		if err != nil {
			return err
		}
		b.out.put(line{Line: lineText, Data: []byte(body)})
		b.sum.Texts++
		for _, h := range x.tables {
			table, err := b.src.Blob(ctx, h, 0, -1)
			if err != nil {
				return err
			}
			b.out.put(line{Line: lineTable, Data: []byte(table)})
		}
	}
	for _, s := range x.seals {
		b.sum.Seals++
		if b.order.Redact.Values {
			continue
		}
		value, err := b.src.Secret(ctx, s)
		if errors.Is(err, store.ErrNotFound) {
			continue // it was removed on purpose
		}
		if err != nil {
			return err
		}
		b.out.put(line{Line: lineValue, Data: append(s.Salt[:], value...)})
		b.sum.Values, b.sum.Seals = b.sum.Values+1, b.sum.Seals-1
	}
	return b.out.err
}

// restored is a record as it is stored, from its line in a bundle, with its hash.
func restored(body []byte) ([]byte, annotations.Hash) {
	leaf := annotations.Hash(tlog.RecordHash(body))
	return append(body[:len(body):len(body)], leaf[:]...), leaf
}
