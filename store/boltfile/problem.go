package boltfile

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what sort of thing is wrong.
type Kind uint8

// The kinds of problem. Those marked so are warnings: bbolt reads and writes
// such a file without harm.
const (
	KindMeta       Kind = iota + 1 // a meta page: its numbers make no sense; a warning when the other one serves
	KindFileSize                   // the file is no whole number of pages (a warning)
	KindTruncated                  // the file ends before its content
	KindUnreadable                 // the device returned an error
	KindHeader                     // a page header: number, type, overflow or count
	KindLayout                     // records that do not lie where they must
	KindOrder                      // keys that do not ascend within a page
	KindPlace                      // keys outside the range the parent page gives
	KindPointer                    // a branch or a bucket that leads to an impossible page
	KindShared                     // a page reached twice
	KindFreeInUse                  // a page in use that the freelist calls free
	KindFreelist                   // the freelist itself
	KindBucket                     // a bucket entry that is none
	KindDepth                      // a tree or a nesting deeper than any bbolt makes, or leaves of unequal depth
	KindLeak                       // pages neither in use nor free (a warning)
	KindTail                       // bytes after the last record of a page (a warning)
	KindSeam                       // a branch key below its child's first key: the next save would enter the child twice
)

var kindNames = [...]string{
	KindMeta: "meta", KindFileSize: "file size", KindTruncated: "truncated", KindUnreadable: "unreadable",
	KindHeader: "header", KindLayout: "layout", KindOrder: "order", KindPlace: "place", KindPointer: "pointer",
	KindShared: "shared", KindFreeInUse: "free in use", KindFreelist: "freelist", KindBucket: "bucket",
	KindDepth: "depth", KindLeak: "leak", KindTail: "tail", KindSeam: "seam",
}

// String gives a short name for tables and logs.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Problem is one thing found wrong.
type Problem struct {
	Page    uint64 // the page it was found on
	Kind    Kind
	Warning bool     // true when bbolt can open, read and write the file in spite of it
	Bucket  [][]byte // path of the bucket the page belongs to, outermost first; nil when unknown, empty for the list of top buckets
	Low     []byte   // the page holds keys from Low on; nil when open or unknown; at most 256 bytes are kept
	High    []byte   // and below High; nil likewise
	Text    string   // what is wrong, in plain words

	cause error
}

// Holds says what the page holds as far as known; it is empty when nothing is.
func (p Problem) Holds() string {
	if p.Bucket == nil {
		return ""
	}
	where := "the list of buckets"
	if len(p.Bucket) > 0 {
		where = "bucket " + pathString(p.Bucket)
	}
	switch {
	case p.Low != nil && p.High != nil:
		return fmt.Sprintf("%s, keys from %s to below %s", where, keyString(p.Low), keyString(p.High))
	case p.Low != nil:
		return fmt.Sprintf("%s, keys from %s on", where, keyString(p.Low))
	case p.High != nil:
		return fmt.Sprintf("%s, keys below %s", where, keyString(p.High))
	}
	return where
}

// String gives the problem as one line.
func (p Problem) String() string {
	word := "damage"
	if p.Warning {
		word = "warning"
	}
	s := fmt.Sprintf("%s, page %d: %s", word, p.Page, p.Text)
	if h := p.Holds(); h != "" {
		s += " (" + h + ")"
	}
	return s
}

func (p Problem) damage() *Damage {
	return &Damage{
		Page: p.Page, What: p.Text, Holds: p.Holds(), Next: nextStep,
		truncated: p.Kind == KindTruncated, cause: p.cause,
	}
}

// pathString joins bucket names; a path of many is shortened in its middle.
func pathString(path [][]byte) string {
	const ends = 3
	var parts []string
	for i, name := range path {
		if len(path) > 2*ends+1 && i >= ends && i < len(path)-ends {
			if i == ends {
				parts = append(parts, "…")
			}
			continue
		}
		parts = append(parts, keyString(name))
	}
	return strings.Join(parts, " / ")
}

// keyString shows a key as quoted text where it is text, else in hexadecimal;
// at most 32 bytes of it.
func keyString(k []byte) string {
	const most = 32
	more := ""
	if len(k) > most {
		k, more = k[:most], "…"
	}
	text := utf8.Valid(k) && bytes.IndexFunc(k, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
	if text && len(k) > 0 {
		return fmt.Sprintf("%q%s", k, more)
	}
	return fmt.Sprintf("0x%x%s", k, more)
}

// clip copies at most maxRangeKeySize bytes of a key, keeping nil as nil.
func clip(k []byte) []byte {
	if k == nil {
		return nil
	}
	return append([]byte{}, k[:min(len(k), maxRangeKeySize)]...)
}

// problems collects up to max problems and counts the rest.
type problems struct {
	max     int
	list    []Problem
	omitted int
	damages int
	first   *Problem // the first that is no warning
}

func (ps *problems) add(p Problem) {
	if !p.Warning {
		ps.damages++
		if ps.first == nil {
			ps.first = &p
		}
	}
	if len(ps.list) >= ps.max {
		ps.omitted++
		return
	}
	ps.list = append(ps.list, p)
}
