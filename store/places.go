package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"sync"

	"stet.example/stet/annotations"
)

// A place file remembers where each reviewer stood in each article. It is
// written in place at every step and never synced: it survives the program's
// death, and when the machine dies a reviewer starts a few sentences back. It
// is a run of slots:
//
//	16 bytes reviewer (start of the name's SHA-256) · 16 article · u32 sentence · u64 counter · u32 CRC-32C
//
// Damaged slots are skipped and reused.
const placeSlot = 48

type placeFile struct {
	mu      sync.Mutex
	f       *os.File // nil once it is closed, and where nothing may be written
	reads   bool     // nothing may be written
	counter uint64
	slots   map[placeKey]slot
	size    int64   // slots in the file
	free    []int64 // of these, the ones that hold nothing sound
}

type placeKey struct {
	who     [16]byte
	article annotations.ArticleID
}

type slot struct {
	at       int64
	counter  uint64
	sentence annotations.SentenceID
}

func whoKey(reviewer string) (k [16]byte) {
	h := annotations.HashOf(reviewer)
	copy(k[:], h[:])
	return k
}

func openPlaces(path string) (*placeFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, noAccess(path, err)
	}
	p := &placeFile{f: f, slots: map[placeKey]slot{}}
	if err := p.load(path, f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return p, nil
}

// load reads all slots of f.
func (p *placeFile) load(path string, f io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(f, 64<<20))
	if err != nil {
		return noAccess(path, err)
	}
	for ; len(b) >= placeSlot; b = b[placeSlot:] {
		p.take(b[:placeSlot])
	}
	return nil
}

// take reads the next slot. Of two for the same place the newer counts.
func (p *placeFile) take(b []byte) {
	s := slot{at: p.size, counter: binary.BigEndian.Uint64(b[36:]), sentence: annotations.SentenceID(binary.BigEndian.Uint32(b[32:]))}
	p.size++
	if crc32.Checksum(b[:44], castagnoli()) != binary.BigEndian.Uint32(b[44:]) {
		p.free = append(p.free, s.at)
		return
	}
	k := placeKey{[16]byte(b), annotations.ArticleID(b[16:32])}
	if old, ok := p.slots[k]; ok {
		if old.counter > s.counter {
			old, s = s, old
		}
		p.free = append(p.free, old.at)
	}
	p.slots[k] = s
	p.counter = max(p.counter, s.counter)
}

func (p *placeFile) set(reviewer string, at Place) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reads {
		return &Error{Kind: ErrReadOnly, What: "where you stand could not be noted", Safe: "What was saved is safe"}
	}
	if p.f == nil {
		return errClosed()
	}
	k := placeKey{whoKey(reviewer), at.Article}
	s, ok := p.slots[k]
	switch n := len(p.free); {
	case ok:
	case n > 0:
		s.at, p.free = p.free[n-1], p.free[:n-1]
	default:
		s.at = p.size
		p.size++
	}
	p.counter++
	s.counter, s.sentence = p.counter, at.Sentence
	p.slots[k] = s
	b := append(append(make([]byte, 0, placeSlot), k.who[:]...), k.article[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(at.Sentence))
	b = binary.BigEndian.AppendUint64(b, s.counter)
	b = binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli()))
	if _, err := p.f.WriteAt(b, s.at*placeSlot); err != nil {
		kind := ErrReadOnly
		if isFull(err) {
			kind = ErrFull
		}
		return &Error{Kind: kind, What: "where you stand could not be noted", Safe: "What was saved is safe", Err: err}
	}
	return nil
}

func (p *placeFile) of(reviewer string) (Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.f == nil && !p.reads {
		return Place{}, nil, errClosed()
	}
	who, newest := whoKey(reviewer), uint64(0)
	var last Place
	by := map[annotations.ArticleID]annotations.SentenceID{}
	for k, s := range p.slots {
		if k.who != who {
			continue
		}
		by[k.article] = s.sentence
		if s.counter >= newest {
			newest, last = s.counter, Place{Article: k.article, Sentence: s.sentence}
		}
	}
	return last, by, nil
}

func (p *placeFile) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.f
	p.f = nil
	if f == nil {
		return nil
	}
	return f.Close()
}
