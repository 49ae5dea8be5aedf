package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math"
)

// Source says how a salvaged record was found, from the surest to the least sure.
type Source uint8

const (
	// Tree: the newest commit leads to it. This is what bbolt would have read.
	Tree Source = iota
	// OtherTree: the other meta page leads to it, the older one or a damaged one.
	// It may be an older version of a record, or one deleted since.
	OtherTree
	// Orphan: it stands on a sound leaf page that no tree leads to any more.
	// Its bucket is unknown.
	Orphan
	// Leftover: as Orphan, but the freelist gives the page up. As a rule this is an
	// older version of a record that is still there, or one deleted.
	Leftover

	sources = int(Leftover) + 1
)

// String names the source.
func (s Source) String() string {
	switch s {
	case Tree:
		return "tree"
	case OtherTree:
		return "other tree"
	case Orphan:
		return "orphan"
	case Leftover:
		return "leftover"
	}
	return "unknown"
}

// Record is one key and value. The slices are only valid during the call.
type Record struct {
	// Bucket is the path of names, outermost first, as the tree tells it. For
	// Orphan and Leftover it is what is known of the path's end: nil, or the name
	// of the inline bucket.
	Bucket [][]byte
	Key    []byte
	Value  []byte
	Source Source
	// Suspect: the page has a flaw. Key and value lie inside it, but need not be
	// what was written.
	Suspect bool
	Page    uint64 // the page it stands on
}

// SalvageOptions of a [Salvage]. The zero value is the usual salvage.
type SalvageOptions struct {
	// Everything goes through all pages of the file even when the newest tree
	// has no damage, and so finds what was deleted and not yet written over.
	Everything bool

	// MaxValue bounds the values that are handed out, in bytes; 0 means 64 MiB.
	// Larger ones are counted in Stats.TooLarge.
	MaxValue int64

	// MaxProblems bounds Stats.Problems; 0 means 100.
	MaxProblems int

	// Progress, unless nil, is called now and then with pages done and pages in all.
	Progress func(done, total uint64)
}

const defaultMaxValue = 64 << 20

// Stats is what a salvage did.
type Stats struct {
	Info     Info
	Records  [sources]uint64 // records handed out, by Source
	Suspect  uint64          // of these, records from pages with a flaw
	TooLarge uint64          // values beyond SalvageOptions.MaxValue, not handed out
	Whole    bool            // the newest tree had no damage: the records of Source Tree are all there were
	Scanned  bool            // all pages were looked at
	Problems []Problem       // what is wrong with the newest tree
	Omitted  int             // problems beyond these
}

// SalvageFile is [Salvage] for the file at path.
func SalvageFile(ctx context.Context, path string, opts SalvageOptions, fn func(Record) error) (Stats, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return Stats{Info: Info{Newest: -1}}, err
	}
	defer f.Close()
	return Salvage(ctx, f, size, opts, fn)
}

// Salvage calls fn for every record of a file of size bytes that can still be
// read: first those the newest commit leads to; then, if anything is wrong
// there, those the other meta page leads to; then those on all other leaf pages
// of the file. No page is handed out twice, but one key may come several
// times, in several versions: the caller tells by a hash of the record's own
// which to believe. Records outside damaged pages are all found; of a damaged
// page, those that lie inside it, marked as suspect.
//
// An error of fn ends the salvage and is returned as it is. Other errors are
// [ErrNotBolt] and [ErrVersion] when nothing looks like bbolt, or the cause for
// which ctx ended.
func Salvage(ctx context.Context, r io.ReaderAt, size int64, opts SalvageOptions, fn func(Record) error) (Stats, error) {
	info, err := identify(r, size)
	st := Stats{Info: info}
	if info.PageSize == 0 {
		if info.PageSize = guessPageSize(r, info); info.PageSize == 0 {
			return st, err // an error always comes with an unknown page size
		}
		st.Info = info
	}
	if opts.MaxValue <= 0 {
		opts.MaxValue = defaultMaxValue
	}
	opts.MaxValue = min(opts.MaxValue, math.MaxInt32) // bbolt stores none larger, and it fits an int everywhere
	if opts.MaxProblems <= 0 {
		opts.MaxProblems = defaultMaxProblems
	}
	sv := &salvager{fn: fn, opts: opts, stats: &st, found: problems{max: opts.MaxProblems}}
	if err != nil {
		sv.found.add(Problem{Kind: KindMeta, Text: err.Error()})
	}
	err = sv.run(ctx, r, info)
	st.Problems, st.Omitted = sv.found.list, sv.found.omitted
	return st, err
}

// salvager hands records to the caller. It is the walk's collector.
type salvager struct {
	fn    func(Record) error
	opts  SalvageOptions
	stats *Stats
	found problems
	w     *walker

	source   Source
	pathOf   *bucket // the bucket path was made for
	path     [][]byte
	key, val []byte
	doubtful int64 // bytes that damaged pages may still yield
}

func (sv *salvager) run(ctx context.Context, r io.ReaderAt, info Info) error {
	cur, ok := info.Current()
	w := newWalker(ctx, r, info, cur, sv.found.add)
	w.collect, sv.w = sv, w
	sv.doubtful = readFactor*info.Size + readAllowance
	if sv.opts.Progress != nil {
		w.tick = func() { sv.opts.Progress(min(w.seen.n, w.src.pages), w.src.pages) }
	}
	kept := false
	if ok {
		for _, p := range info.Warnings {
			sv.found.add(p)
		}
		if p := judge(info, cur); p != nil {
			sv.found.add(*p)
		}
		var err error
		if kept, err = w.readFreelist(cur); err != nil {
			return err
		}
		w.limit = min(max(cur.HighWater, firstDataPage), w.src.pages)
		if err := w.walk(cur.Root); err != nil {
			return err
		}
	}
	leak := kept && sv.leaks()
	sv.stats.Whole = ok && sv.found.damages == 0 && !leak && !info.LastSaveDoubtful
	if sv.stats.Whole && !sv.opts.Everything {
		return nil
	}
	if err := sv.otherTrees(info); err != nil {
		return err
	}
	return sv.scan()
}

// leaks reports whether pages are neither in use nor free: then something may
// have been lost without a trace, such as the mark of a bucket.
func (sv *salvager) leaks() bool {
	w := sv.w
	for _, id := range w.seen.missing(&w.free, firstDataPage, w.limit, nil, int(w.spare.n)+1) {
		if !w.spare.has(id) {
			return true
		}
	}
	return false
}

// otherTrees walks what the meta pages besides the newest name, valid or not.
// Their numbers are not believed: only pages that are sound in themselves come of it.
func (sv *salvager) otherTrees(info Info) error {
	w := sv.w
	sv.source, w.quiet, w.report = OtherTree, true, nil
	w.limit = w.src.pages
	for i, m := range info.Metas {
		if i == info.Newest || m.magic != magic || m.Root < firstDataPage || m.Root >= w.limit {
			continue
		}
		if err := w.walk(m.Root); err != nil {
			return err
		}
	}
	return nil
}

// leaf hands out the entries of a leaf page. Of a damaged one it takes those that
// lie inside the page. Entries of a sound page never overlap, those of a forged
// one could without end: damaged pages may yield a multiple of the file, no more.
func (sv *salvager) leaf(b *bucket, n *node, damaged bool) error {
	for i := range n.entries() {
		if i%1024 == 1023 {
			if err := context.Cause(sv.w.src.ctx); err != nil {
				return err
			}
		}
		e := n.element(i)
		if damaged {
			if e.ksize == 0 || e.ksize > maxKeySize || e.end() > n.span || e.flags > bucketFlag || e.off < headerSize {
				continue
			}
			if sv.doubtful -= elementSize + e.ksize + e.vsize; sv.doubtful < 0 {
				return nil
			}
		}
		if e.flags == bucketFlag {
			// In a sound leaf of a tree the walk itself enters the bucket.
			if damaged || b == nil {
				if err := sv.looseBucket(b, n, e); err != nil {
					return err
				}
			}
			continue
		}
		if err := sv.record(b, n, e, damaged); err != nil {
			return err
		}
	}
	return nil
}

// looseBucket follows a bucket entry the walk does not follow itself: in a
// damaged leaf, or in one found outside any tree. An inline bucket is handed out
// if it is sound. Another's pages are entered only from a tree; for orphans the
// scan finds them.
func (sv *salvager) looseBucket(parent *bucket, n *node, e element) error {
	if parent != nil {
		_, err := sv.w.bucketEntry(n, e)
		return err
	}
	if e.vsize < bucketHeaderSize+headerSize || e.vsize > int64(bucketHeaderSize+sv.w.src.pageSize) {
		return nil
	}
	name, fl := n.key(e, &n.far[0])
	if fl != nil {
		return nil
	}
	v, fl := n.bytes(e.off+e.ksize, e.vsize, &n.far[1])
	if fl != nil || binary.NativeEndian.Uint64(v) != 0 {
		return nil
	}
	b := &bucket{parent: &bucket{}, name: bytes.Clone(name), depth: 1}
	_, err := sv.w.inlineBucket(b, v)
	return err
}

// inline hands out the entries of an inline bucket.
func (sv *salvager) inline(b *bucket, n *node) error {
	for i := range n.entries() {
		if err := sv.record(b, n, n.element(i), false); err != nil {
			return err
		}
	}
	return nil
}

// record hands out entry e of page n.
func (sv *salvager) record(b *bucket, n *node, e element, suspect bool) error {
	if e.vsize > sv.opts.MaxValue {
		sv.stats.TooLarge++
		return nil
	}
	key, fl := n.key(e, &sv.key)
	if fl != nil {
		return nil
	}
	val, fl := n.bytes(e.off+e.ksize, e.vsize, &sv.val)
	if fl != nil {
		return nil
	}
	if b != sv.pathOf {
		sv.pathOf, sv.path = b, nil
		if b != nil {
			sv.path = b.path()
		}
	}
	sv.stats.Records[sv.source]++
	if suspect {
		sv.stats.Suspect++
	}
	page := n.id
	if n.inline {
		page = sv.w.leaf.id
	}
	return sv.fn(Record{Bucket: sv.path, Key: key, Value: val, Source: sv.source, Suspect: suspect, Page: page})
}
