package store

import (
	"context"
	"fmt"
	"hash/crc32"
	"strings"
	"sync"

	"stet.example/stet/annotations"
)

// A Reader is an article that is read where it is looked at: of a text of a hundred
// megabytes, what is on the screen. It implements [annotations.Text] and may be used by
// several at once. What it gives is not proved to be what was imported until [Reader.Prove] says so.
type Reader struct {
	ctx   context.Context //nolint:containedctx // that of who reads: [annotations.Text] has none
	st    Store
	meta  annotations.Meta
	mu    sync.Mutex
	text  pieces
	table pieces
	fault error
}

// What a reader keeps of what it read, in bytes: pieces of the text, a few times what
// the largest screens show, and of the table of sentences, enough to go through a
// hundred thousand again and again.
const (
	textPiece, textKept   = 16 << 10, 64
	tablePiece, tableKept = 1024 * annotations.TableRecord, 128
)

// Read returns a reader of the article that sum is of. Nothing is read yet.
func Read(ctx context.Context, st Store, sum *Summary) *Reader {
	return &Reader{
		ctx: ctx, st: st, meta: sum.Meta,
		text:  pieces{of: sum.Text, size: textPiece, most: textKept},
		table: pieces{of: sum.Table, size: tablePiece, most: tableKept},
	}
}

// About implements [annotations.Text].
func (r *Reader) About() *annotations.Meta { return &r.meta }

// Len implements [annotations.Text].
func (r *Reader) Len() int { return r.meta.Sentences }

// Unit implements [annotations.Text].
func (r *Reader) Unit(i int) annotations.Sentence {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := i * annotations.TableRecord
	piece, err := r.table.read(r, at/tablePiece)
	if at %= tablePiece; err == nil && at+annotations.TableRecord > len(piece) {
		err = notImported(&r.meta)
	}
	if err != nil {
		r.blame(err)
		return annotations.Sentence{}
	}
	u := annotations.TableAt([]byte(piece[at : at+annotations.TableRecord]))
	if u.Span.End < u.Span.Start || u.Span.End > r.meta.TextBytes || u.Dateline > u.Span.Len() {
		r.blame(notImported(&r.meta))
		return annotations.Sentence{}
	}
	return u
}

// In implements [annotations.Text].
func (r *Reader) In(s annotations.Span) string {
	if s.Start < 0 || s.End <= s.Start || s.End > r.meta.TextBytes {
		return ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	first, last := s.Start/textPiece, (s.End-1)/textPiece
	read := r.text.read
	if last-first >= textKept/2 { // it would push out what is on the screen
		read = r.text.fetch
	}
	var out strings.Builder
	for n := first; n <= last; n++ {
		piece, err := read(r, n)
		from, to := max(s.Start-n*textPiece, 0), min(s.End-n*textPiece, textPiece)
		if err == nil && to > len(piece) {
			err = notImported(&r.meta)
		}
		if err != nil {
			r.blame(err)
			return ""
		}
		if first == last {
			return piece[from:to]
		}
		out.WriteString(piece[from:to])
	}
	return out.String()
}

// blame keeps the first fault.
func (r *Reader) blame(err error) {
	if r.fault == nil {
		r.fault = err
	}
}

// Fault implements [annotations.Text].
func (r *Reader) Fault() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fault
}

// Whole implements [annotations.Text].
func (r *Reader) Whole() (*annotations.Article, error) { return load(r.ctx, r.st, &r.meta) }

// pieces keeps what was read last of a blob, in pieces of one size.
type pieces struct {
	of         annotations.Hash
	size, most int
	kept       map[int]*piece
	clock      int
	last       int // the piece that was looked at last
	words      string
	sums       []uint32 // of each piece, from when all of it was proved; nil before
}

type piece struct {
	words string
	used  int // by the clock, which goes on by one with each look
}

// read returns a piece, from the store where it is not kept.
func (p *pieces) read(r *Reader, n int) (string, error) {
	if n == p.last && p.words != "" {
		return p.words, nil
	}
	p.clock++
	if k := p.kept[n]; k != nil {
		k.used, p.last, p.words = p.clock, n, k.words
		return k.words, nil
	}
	words, err := p.fetch(r, n)
	if err != nil {
		return "", err
	}
	if p.kept == nil {
		p.kept = make(map[int]*piece)
	}
	if len(p.kept) >= p.most {
		oldest := -1
		for at, k := range p.kept {
			if oldest < 0 || k.used < p.kept[oldest].used {
				oldest = at
			}
		}
		delete(p.kept, oldest)
	}
	p.kept[n], p.last, p.words = &piece{words, p.clock}, n, words
	return words, nil
}

// fetch reads a piece from the store, and keeps nothing.
func (p *pieces) fetch(r *Reader, n int) (string, error) {
	words, err := r.st.Blob(r.ctx, p.of, n*p.size, p.size)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", r.meta.Name, err)
	}
	return words, p.check(r, n, words)
}

// check tells whether a piece is the one that was proved, where that was done.
func (p *pieces) check(r *Reader, n int, words string) error {
	if p.sums != nil && (n >= len(p.sums) || crc32.Checksum([]byte(words), castagnoli()) != p.sums[n]) {
		return notImported(&r.meta)
	}
	return nil
}
