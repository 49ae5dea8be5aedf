package store

import (
	"encoding/binary"
	"math"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// quick reads the CBOR that this program writes, and nothing else: keys in
// order, known fields, the shortest numbers, nothing that could be left out.
// Whatever is not so makes it give up, and the library, which is several times
// slower, says what it is. It never reads what the library would refuse, nor
// anything differently; and as there is one way to write each thing, two
// annotations of one codebook are the same when their bytes are.
type quick struct {
	b     []byte
	bad   bool
	words map[string]string // strings met before, so that each is made once; may be nil
	own   annotations.Hash  // the event's codebook
	skim  bool              // look at everything and make only what the projections go by
}

// fail gives up.
func (q *quick) fail() { q.bad, q.b = true, nil }

// head reads the head of a data item of a major type.
func (q *quick) head(major byte) uint64 {
	if len(q.b) == 0 || q.b[0]>>5 != major {
		q.fail()
		return 0
	}
	info := q.b[0] & 31
	if info < 24 {
		q.b = q.b[1:]
		return uint64(info)
	}
	size := 1 << (info - 24)
	if info > 27 || len(q.b) < 1+size {
		q.fail()
		return 0
	}
	n, least := uint64(0), uint64(24)
	switch v := q.b[1 : 1+size]; size {
	case 1:
		n = uint64(v[0])
	case 2:
		n, least = uint64(binary.BigEndian.Uint16(v)), 1<<8
	case 4:
		n, least = uint64(binary.BigEndian.Uint32(v)), 1<<16
	default:
		n, least = binary.BigEndian.Uint64(v), 1<<32
	}
	if q.b = q.b[1+size:]; n < least {
		q.fail()
	}
	return n
}

// fields calls fn with each key of a map; keys are small and ascend. Those with
// a bit in must are there.
func (q *quick) fields(must uint32, fn func(key byte)) {
	n, last, seen := q.head(cborMap), -1, uint32(0)
	for ; n > 0; n-- {
		if len(q.b) == 0 || q.b[0] > 23 || int(q.b[0]) <= last {
			q.fail()
			return
		}
		key := q.b[0]
		last, q.b, seen = int(key), q.b[1:], seen|1<<key
		if fn(key); q.bad {
			return
		}
	}
	if seen&must != must {
		q.fail()
	}
}

// both is what must be there of things that have two fields.
const both = 1<<1 | 1<<2

// list is the length of an array that is not empty.
func (q *quick) list() int {
	n := q.head(cborArray)
	if n == 0 || n > annotations.MaxList || n > uint64(len(q.b)) {
		q.fail()
		return 0
	}
	return int(n)
}

func (q *quick) take(major byte) []byte {
	n := q.head(major)
	if n > uint64(len(q.b)) {
		q.fail()
		return nil
	}
	v := q.b[:n]
	q.b = q.b[n:]
	return v
}

// maxWord is how long a string may be to be kept for the next time, and maxWords
// how many are.
const (
	maxWord  = 64
	maxWords = 1 << 12
)

// text reads a string that is not empty; it gives "" unless it is to be kept.
func (q *quick) text(keep bool) string {
	v := q.take(cborText)
	if len(v) == 0 || !utf8.Valid(v) {
		q.fail()
	}
	if !keep || q.bad {
		return ""
	}
	return q.word(v)
}

// yes reads what is written only when it is true.
func (q *quick) yes() bool {
	if len(q.b) == 0 || q.b[0] != cborTrue {
		q.fail()
		return false
	}
	q.b = q.b[1:]
	return true
}

// some reads a number from 1 to most.
func (q *quick) some(most uint64) uint64 {
	n := q.number(most)
	if n == 0 {
		q.fail()
	}
	return n
}

func (q *quick) word(v []byte) string {
	if s, ok := q.words[string(v)]; ok {
		return s
	}
	s := string(v)
	if q.words != nil && len(v) <= maxWord && len(q.words) < maxWords {
		q.words[s] = s
	}
	return s
}

// fixed reads bytes of one length.
func (q *quick) fixed(to []byte) {
	if v := q.take(cborBytes); len(v) != len(to) {
		q.fail()
	} else {
		copy(to, v)
	}
}

// number reads a number from 0 to most.
func (q *quick) number(most uint64) uint64 {
	n := q.head(cborUint)
	if n > most {
		q.fail()
	}
	return n
}

func (q *quick) int() int { return int(q.number(math.MaxInt)) }

// annotation reads one. When it is only looked at, a has its tag, whether it is
// unsure, and what stands for its confidential note: what projections go by.
func (q *quick) annotation(a *annotations.Annotation) {
	all := !q.skim
	q.fields(0, func(key byte) {
		switch key {
		case 1:
			a.Tag = q.text(true)
		case 2:
			a.Rule = q.text(all)
		case 3:
			if q.fixed(a.Codebook[:]); a.Codebook.IsZero() || a.Codebook == q.own || q.skim {
				q.fail()
			}
		case 4, 5, 6:
			q.lists(key, a)
		case 7:
			a.Inside = q.yes()
		case 8:
			for n := q.list(); n > 0; n-- {
				if f := q.text(all); all {
					a.Flags = append(a.Flags, f)
				}
			}
		case 9:
			a.Note = q.text(all)
		case 10:
			s := &annotations.Sealed{}
			q.fields(both, func(key byte) {
				switch key {
				case 1:
					q.fixed(s.Salt[:])
				case 2:
					q.fixed(s.Digest[:])
				default:
					q.fail()
				}
			})
			a.Confidential = s
		case 11:
			a.Unsure = q.yes()
		case 12:
			a.Check = annotations.Check(q.some(math.MaxUint8))
		case 13:
			a.Verdict = q.text(all)
		default:
			q.fail()
		}
	})
}

func (q *quick) lists(key byte, a *annotations.Annotation) {
	n, all := q.list(), !q.skim
	switch {
	case q.bad:
	case key == 4:
		if all {
			a.Attributions = make([]annotations.Attribution, 0, n)
		}
		for ; n > 0 && !q.bad; n-- {
			var at annotations.Attribution
			if q.attribution(&at); all {
				a.Attributions = append(a.Attributions, at)
			}
		}
	case key == 5:
		for ; n > 0 && !q.bad; n-- {
			if u := q.use(); all {
				a.Evidence = append(a.Evidence, u)
			}
		}
	default:
		for ; n > 0 && !q.bad; n-- {
			if l := q.link(); all {
				a.Links = append(a.Links, l)
			}
		}
	}
}

func (q *quick) attribution(a *annotations.Attribution) {
	all := !q.skim
	q.fields(0, func(key byte) {
		switch key {
		case 1:
			a.Source = q.spans()
		case 2:
			a.Cue = q.spans()
		case 3:
			a.Content = q.spans()
		case 4:
			a.Name = q.text(all)
		case 5:
			a.Kind = q.text(all)
		case 6:
			a.Count = int(q.some(math.MaxInt))
		case 7:
			a.Hops = int(q.some(math.MaxInt))
		case 8:
			a.Terms = q.text(all)
		default:
			q.fail()
		}
	})
}

func (q *quick) spans() (out []annotations.Span) {
	n := q.list()
	if !q.skim && n > 0 {
		out = make([]annotations.Span, 0, n)
	}
	for ; n > 0 && !q.bad; n-- {
		var s annotations.Span
		q.fields(both, func(key byte) {
			switch key {
			case 1:
				s.Start = q.int()
			case 2:
				s.End = q.int()
			default:
				q.fail()
			}
		})
		if !q.skim {
			out = append(out, s)
		}
	}
	return out
}

func (q *quick) use() (u annotations.Use) {
	q.fields(both, func(key byte) {
		switch key {
		case 1:
			q.fixed(u.ID[:])
		case 2:
			u.Stance = annotations.Stance(q.text(!q.skim))
		default:
			q.fail()
		}
	})
	return u
}

func (q *quick) link() (l annotations.Link) {
	all := !q.skim
	q.fields(1<<1|1<<3, func(key byte) {
		switch key {
		case 1:
			l.Relation = annotations.Relation(q.text(all))
		case 2:
			l.Manner = annotations.Manner(q.text(all))
		case 3:
			q.fields(both, func(key byte) {
				switch key {
				case 1:
					q.fixed(l.To.Article[:])
				case 2:
					l.To.Sentence = annotations.SentenceID(q.number(math.MaxUint32))
				default:
					q.fail()
				}
			})
		case 4:
			l.Note = q.text(all)
		default:
			q.fail()
		}
	})
	return l
}

// rest reads the CBOR part of a record into e, and tells the bytes of the two
// annotations. It reports false, with e half filled, when it gave up.
func (q *quick) rest(e *annotations.Event, before, after *annotations.Annotation) (rawBefore, rawAfter []byte, ok bool) {
	raw := func(a *annotations.Annotation) []byte {
		b := q.b
		q.annotation(a)
		return b[:len(b)-len(q.b)]
	}
	q.fields(0, func(key byte) {
		switch key {
		case 1:
			e.Tool = q.text(true)
		case 2:
			e.Reason = q.text(!q.skim)
		case 3:
			q.fields(both, func(key byte) {
				switch key {
				case 1:
					q.fixed(e.Of.Session[:])
				case 2:
					e.Of.N = q.number(math.MaxUint64)
				default:
					q.fail()
				}
			})
			if e.Of.IsZero() {
				q.fail()
			}
		case 4:
			e.Rev = q.some(math.MaxUint64)
		case 5:
			rawBefore = raw(before)
			e.Before = before
		case 6:
			rawAfter = raw(after)
			e.After = after
		case 12:
			e.Offered = q.text(!q.skim)
		default:
			q.fail()
		}
	})
	return rawBefore, rawAfter, !q.bad && len(q.b) == 0
}
