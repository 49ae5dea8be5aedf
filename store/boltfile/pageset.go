package boltfile

import "math/bits"

const (
	chunkBits  = 15 // pages a chunk covers: 32,768, in 4 KiB
	chunkWords = 1 << chunkBits / 64
)

// pageSet is a set of page numbers that takes memory only where it has members,
// because the number of pages a file claims to have is not to be trusted with an
// allocation. The zero value is an empty set.
type pageSet struct {
	chunks map[uint64]*[chunkWords]uint64
	last   *[chunkWords]uint64 // the chunk used last, most often the next one wanted
	lastNo uint64
	n      uint64
}

func (s *pageSet) chunk(no uint64) *[chunkWords]uint64 {
	if s.last != nil && s.lastNo == no {
		return s.last
	}
	c := s.chunks[no]
	if c != nil {
		s.last, s.lastNo = c, no
	}
	return c
}

func (s *pageSet) has(id uint64) bool {
	c := s.chunk(id >> chunkBits)
	return c != nil && c[id>>6%chunkWords]>>(id&63)&1 == 1
}

// add puts id in and reports whether it was new.
func (s *pageSet) add(id uint64) bool {
	no := id >> chunkBits
	c := s.chunk(no)
	if c == nil {
		if s.chunks == nil {
			s.chunks = make(map[uint64]*[chunkWords]uint64)
		}
		c = new([chunkWords]uint64)
		s.chunks[no] = c
		s.last, s.lastNo = c, no
	}
	w, bit := &c[id>>6%chunkWords], uint64(1)<<(id&63)
	if *w&bit != 0 {
		return false
	}
	*w |= bit
	s.n++
	return true
}

// missing appends to dst up to limit numbers of [from, to) that are in neither s nor t.
func (s *pageSet) missing(t *pageSet, from, to uint64, dst []uint64, limit int) []uint64 {
	for id := from; id < to && len(dst) < limit; {
		no := id >> chunkBits
		var have uint64
		if c := s.chunk(no); c != nil {
			have = c[id>>6%chunkWords]
		}
		if c := t.chunk(no); c != nil {
			have |= c[id>>6%chunkWords]
		}
		free := ^have >> (id & 63) << (id & 63)
		base := id &^ 63
		for free != 0 && len(dst) < limit {
			m := base + uint64(bits.TrailingZeros64(free))
			if m >= to {
				return dst
			}
			dst = append(dst, m)
			free &= free - 1
		}
		id = base + 64
	}
	return dst
}
