package merge

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Verb is the verb of merged events.
const Verb = annotations.VerbMerge

// Source is the other store, as its log stood when it was merged.
type Source struct {
	Store  string           `json:"store"`  // its identity, 32 hexadecimal digits
	Events uint64           `json:"events"` // size of its log
	Root   annotations.Hash `json:"root"`   // of the tree over it
}

// reason is what merged events say of where they come from, for people.
func (s Source) reason() string {
	return fmt.Sprintf("from store %s, %d events, root %s", s.Store, s.Events, s.Root)
}

// mark is what an event says of the register it was merged into. In a reason it
// stands at the end, in brackets, as base64 of:
//
//	u8 version 1 · u8 flags (1: heads are given) · string base
//	list of versions brought: dot, varint time (µs), list of past contents (8 bytes each)
//	list of dots that stand in the row now · list of heads · list of dots seen
//
// Lists and strings are led by their length, numbers are varints, a dot is 8
// bytes of session and two numbers.
type mark struct {
	base  string // whose register; "" for the event's own actor
	bring []brought
	row   dots
	whole bool // heads are all of the register's
	heads dots
	seen  dots
}

// brought is a version whose content is the event's.
type brought struct {
	dot
	when time.Time
	past []uint64
}

const (
	markVersion  = 1
	markHasHeads = 1
)

func appendDots(b []byte, list dots) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, d := range list {
		b = appendDot(b, d)
	}
	return b
}

func appendDot(b []byte, d dot) []byte {
	b = append(b, d.act.Session[:]...)
	return binary.AppendUvarint(binary.AppendUvarint(b, d.act.N), d.i)
}

// text gives the mark's form in a reason, without brackets.
func (m *mark) text() string {
	flags := byte(0)
	if m.whole {
		flags = markHasHeads
	}
	b := []byte{markVersion, flags}
	b = append(binary.AppendUvarint(b, uint64(len(m.base))), m.base...)
	b = binary.AppendUvarint(b, uint64(len(m.bring)))
	for _, v := range m.bring {
		b = appendDot(b, v.dot)
		b = binary.AppendVarint(b, v.when.UnixMicro())
		b = binary.AppendUvarint(b, uint64(len(v.past)))
		for _, n := range v.past {
			b = binary.BigEndian.AppendUint64(b, n)
		}
	}
	b = appendDots(appendDots(appendDots(b, m.row), m.heads), m.seen)
	return base64.RawURLEncoding.EncodeToString(b)
}

// reason puts where an event comes from and its mark into one line.
func (m *mark) reason(s Source) string { return s.reason() + " [" + m.text() + "]" }

// markOf reads the mark of an event. It reports false for events that carry
// none: what people did, and what undoes a merged event.
func markOf(e *annotations.Event) (mark, bool) {
	if e.Verb != Verb || e.Mode != annotations.Do {
		return mark{}, false
	}
	from := strings.LastIndexByte(e.Reason, '[')
	if from < 0 || !strings.HasSuffix(e.Reason, "]") {
		return mark{}, false
	}
	m, err := parseMark(e.Reason[from+1 : len(e.Reason)-1])
	return m, err == nil
}

var errMark = errors.New("not a mark of a merge")

// parseMark is the inverse of [mark.text].
func parseMark(text string) (mark, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < 2 || b[0] != markVersion || b[1]&^markHasHeads != 0 {
		return mark{}, errMark
	}
	r := reader{b: b[2:]}
	m := mark{whole: b[1]&markHasHeads != 0}
	m.base = string(r.take(r.count(1)))
	for range r.count(11) {
		v := brought{dot: r.dot(), when: time.UnixMicro(r.signed()).UTC()}
		for range r.count(8) {
			v.past = append(v.past, r.fixed())
		}
		m.bring = append(m.bring, v)
	}
	m.row, m.heads, m.seen = r.dots(), r.dots(), r.dots()
	if r.bad || len(r.b) > 0 || !utf8.ValidString(m.base) {
		return mark{}, errMark
	}
	return m, nil
}

// reader takes a mark apart. After a failure it gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) fail() { r.b, r.bad = nil, true }

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return make([]byte, min(n, 8))
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) signed() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) fixed() uint64 { return binary.BigEndian.Uint64(r.take(8)) }

// count reads the length of a list whose entries take at least each bytes.
func (r *reader) count(each int) int {
	n := r.number()
	if n > uint64(len(r.b)/each) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) dot() dot {
	var d dot
	copy(d.act.Session[:], r.take(len(d.act.Session)))
	d.act.N, d.i = r.number(), r.number()
	return d
}

// dots reads a set, which must be in order.
func (r *reader) dots() dots {
	var out dots
	for range r.count(10) {
		d := r.dot()
		if n := len(out); n > 0 && out[n-1].compare(d) >= 0 {
			r.fail()
			return nil
		}
		out = append(out, d)
	}
	return out
}
