package store

import (
	"crypto/sha256"
	"hash"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Prove tells whether the text and the sentences are those that were imported: what was
// damaged is ErrDamaged, as [Load] has it. It goes through all of both, and keeps none.
func (r *Reader) Prove() error {
	table, text := &proof{hash: sha256.New(), size: tablePiece}, &proof{hash: sha256.New(), size: textPiece}
	l := &letters{}
	if err := r.st.CopyBlob(r.ctx, table, r.meta.Table); err != nil {
		return err
	}
	if err := r.st.CopyBlob(r.ctx, io.MultiWriter(text, l), r.meta.Text); err != nil {
		return err
	}
	if table.sum() != r.meta.Table || text.sum() != r.meta.Text || l.bytes != r.meta.TextBytes || !l.whole() {
		return notImported(&r.meta)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table.sums, r.text.sums = table.sums, text.sums
	for _, p := range []*pieces{&r.table, &r.text} { // what was read before
		for n, k := range p.kept {
			if err := p.check(r, n, k.words); err != nil {
				return err
			}
		}
	}
	return nil
}

// proof works out the hash of a blob, and a checksum of each of its pieces: by these it
// is seen when a piece that is read later is not what was proved.
type proof struct {
	hash hash.Hash
	size int // of a piece, in bytes
	sums []uint32
	at   int // bytes so far
}

// Write implements [io.Writer].
func (p *proof) Write(b []byte) (int, error) {
	n := len(b)
	p.hash.Write(b)
	for len(b) > 0 {
		if p.at%p.size == 0 {
			p.sums = append(p.sums, 0)
		}
		part := b[:min(len(b), p.size-p.at%p.size)]
		last := len(p.sums) - 1
		p.sums[last] = crc32.Update(p.sums[last], castagnoli(), part)
		p.at += len(part)
		b = b[len(part):]
	}
	return n, nil
}

func (p *proof) sum() annotations.Hash { return annotations.Hash(p.hash.Sum(nil)) }

// letters looks whether a text that comes in parts is UTF-8.
type letters struct {
	bytes int
	rest  []byte // the beginning of a letter, at the end of the part before
	wrong bool
}

// Write implements [io.Writer].
func (l *letters) Write(part []byte) (int, error) {
	n := len(part)
	l.bytes += n
	for len(l.rest) > 0 && len(part) > 0 && !utf8.FullRune(l.rest) {
		l.rest, part = append(l.rest, part[0]), part[1:]
	}
	if utf8.FullRune(l.rest) {
		l.wrong, l.rest = l.wrong || !utf8.Valid(l.rest), l.rest[:0]
	}
	end := len(part)
	for k := 1; k < utf8.UTFMax && k <= len(part) && len(l.rest) == 0; k++ {
		if at := len(part) - k; utf8.RuneStart(part[at]) {
			if !utf8.FullRune(part[at:]) {
				end = at
			}
			break
		}
	}
	l.rest = append(l.rest, part[end:]...)
	l.wrong = l.wrong || !utf8.Valid(part[:end])
	return n, nil
}

// whole reports whether all of it was UTF-8, to the end.
func (l *letters) whole() bool { return !l.wrong && len(l.rest) == 0 }
