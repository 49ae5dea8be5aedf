package boltfile

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Commit chooses one of the two commits a file holds.
type Commit uint8

const (
	Newest   Commit = iota // the one bbolt opens
	Previous               // the one before it; see [Info.Previous]
)

// String names the commit.
func (c Commit) String() string {
	if c == Previous {
		return "the previous commit"
	}
	return "the newest commit"
}

// choose returns the meta of commit c, or an error that is ErrNoCommit.
func (i Info) choose(c Commit) (Meta, error) {
	m, ok := i.Current()
	if c == Previous {
		m, ok = i.Previous()
	}
	if !ok {
		return Meta{}, fmt.Errorf("%w: %s is not there or the same as the newest", ErrNoCommit, c)
	}
	return m, nil
}

// Options of a [Check]. The zero value is the usual check.
type Options struct {
	Commit Commit // which commit's tree to walk

	// MaxProblems bounds Report.Problems; 0 means 100. The rest is counted.
	MaxProblems int

	// Progress, unless nil, is called now and then from the goroutine of the
	// check, with pages accounted for and pages in all, and once at its end.
	Progress func(done, total uint64)
}

const defaultMaxProblems = 100

// Report is what a [Check] found.
type Report struct {
	Info   Info
	Commit Meta // the commit that was walked

	BranchPages   uint64 // branch pages, without overflow
	LeafPages     uint64 // leaf pages, without overflow
	OverflowPages uint64 // pages that continue a branch or leaf
	FreePages     uint64 // pages the freelist names
	LeakedPages   uint64 // pages neither in use nor free; only counted when the freelist is kept and sound
	Buckets       uint64 // buckets, with the root bucket and inline ones
	InlineBuckets uint64 // of these, buckets inside a leaf
	Records       uint64 // keys that are no buckets
	Depth         int    // levels of the deepest bucket, 1 for a single leaf
	BytesRead     int64  // bytes

	Problems []Problem // in the order found, at most Options.MaxProblems
	Omitted  int       // problems beyond these

	damages int
	first   *Problem
}

// Clean reports that nothing at all was found, not even a warning.
func (r Report) Clean() bool { return len(r.Problems) == 0 && r.Omitted == 0 }

// Damaged reports that bbolt must not open the file.
func (r Report) Damaged() bool { return r.damages > 0 }

// Damages is the number of problems that are no warnings, omitted ones too.
func (r Report) Damages() int { return r.damages }

// Err returns nil, or the first damage as a [*Damage].
func (r Report) Err() error {
	if r.first == nil {
		return nil
	}
	d := r.first.damage()
	if r.damages > 1 {
		d.What += fmt.Sprintf("; and %d more", r.damages-1)
	}
	return d
}

// String gives one line for the whole and one for each problem.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "commit %d: %d records in %d buckets, %d of %d pages free", r.Commit.TxID, r.Records, r.Buckets, r.FreePages, r.Commit.HighWater)
	for _, p := range r.Problems {
		b.WriteString("\n" + p.String())
	}
	if r.Omitted > 0 {
		fmt.Fprintf(&b, "\nand %d more", r.Omitted)
	}
	return b.String()
}

// CheckFile is [Check] for the file at path.
func CheckFile(ctx context.Context, path string, opts Options) (Report, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return Report{Info: Info{Newest: -1}}, err
	}
	defer f.Close()
	return Check(ctx, f, size, opts)
}

// Check walks every page the chosen commit of a file of size bytes can reach,
// and its freelist. What it finds is in the report: damage is no error. The
// error says that there was nothing to walk ([ErrNotBolt], [ErrVersion],
// [ErrNoCommit], [ErrDamaged] when neither meta page is valid) or is the cause
// for which ctx ended.
func Check(ctx context.Context, r io.ReaderAt, size int64, opts Options) (Report, error) {
	info, err := identify(r, size)
	rep := Report{Info: info}
	if err != nil {
		return rep, err
	}
	if rep.Commit, err = info.choose(opts.Commit); err != nil {
		return rep, err
	}
	if opts.MaxProblems <= 0 {
		opts.MaxProblems = defaultMaxProblems
	}
	found := &problems{max: opts.MaxProblems}
	err = rep.walk(ctx, r, opts, found)
	rep.Problems, rep.Omitted, rep.damages, rep.first = found.list, found.omitted, found.damages, found.first
	return rep, err
}

func (rep *Report) walk(ctx context.Context, r io.ReaderAt, opts Options, found *problems) error {
	m := rep.Commit
	for _, p := range rep.Info.Warnings {
		found.add(p)
	}
	if p := judge(rep.Info, m); p != nil {
		found.add(*p)
		if p.Kind != KindTruncated {
			return nil // the numbers to walk by make no sense
		}
	}
	w := newWalker(ctx, r, rep.Info, m, found.add)
	if opts.Progress != nil {
		w.tick = func() { opts.Progress(w.seen.n+w.free.n, m.HighWater) }
	}
	kept, err := w.readFreelist(m)
	if err == nil {
		err = w.walk(m.Root)
	}
	rep.fill(w)
	if err != nil {
		return err
	}
	if kept {
		rep.leaks(w, found)
	}
	if opts.Progress != nil {
		opts.Progress(m.HighWater, m.HighWater)
	}
	return context.Cause(ctx)
}

// newWalker makes a walker over the tree of m.
func newWalker(ctx context.Context, r io.ReaderAt, info Info, m Meta, report func(Problem)) *walker {
	w := &walker{src: newSource(r, info), limit: m.HighWater, report: report}
	w.src.ctx = ctx
	w.seen.add(0)
	w.seen.add(1)
	return w
}

// readFreelist reads the freelist of m and reports what is wrong with it. It
// returns true when w.free then holds all free pages.
func (w *walker) readFreelist(m Meta) (bool, error) {
	if !m.FreelistKept() {
		return false, nil
	}
	fl, err := w.freelist(m.Freelist)
	if fl != nil {
		w.report(Problem{Page: m.Freelist, Kind: fl.kind, Text: fl.text, cause: fl.cause})
	}
	return fl == nil && err == nil, err
}

func (rep *Report) fill(w *walker) {
	c := w.counts
	rep.BranchPages, rep.LeafPages, rep.OverflowPages = c.branches, c.leaves, c.overflow
	rep.Buckets, rep.InlineBuckets, rep.Records = c.buckets, c.inlineBuckets, c.records
	rep.Depth, rep.FreePages, rep.BytesRead = c.depth, w.free.n, w.src.read
}

// leaks reports the pages that are neither in use nor free as one warning.
func (rep *Report) leaks(w *walker, found *problems) {
	const show = 5
	limit := min(w.limit, w.src.pages)
	ids := w.seen.missing(&w.free, firstDataPage, limit, nil, show)
	if len(ids) == 0 {
		return
	}
	// Pages in both sets are rare and reported already; they would hide leaks
	// from the difference only, not from the list above.
	rep.LeakedPages = max(uint64(len(ids)), limit-min(limit, w.seen.n+w.free.n))
	why := "space is lost until the file is compacted"
	if found.damages > 0 {
		why = "their way in may be lost with the damage"
	}
	found.add(Problem{
		Page: ids[0], Kind: KindLeak, Warning: true,
		Text: fmt.Sprintf("%d pages are neither in use nor free, the first of them %d: %s", rep.LeakedPages, ids, why),
	})
}
