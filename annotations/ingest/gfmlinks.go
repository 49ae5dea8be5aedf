package ingest

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bareLinks reads the addresses of pages and people that stand in running text
// without brackets.
type bareLinks struct{}

// Trigger implements [parser.InlineParser]. The space stands for all white space
// and for where a line, or what is left of it, begins.
func (bareLinks) Trigger() []byte { return []byte(" *_~(") }

// Parse implements [parser.InlineParser].
func (bareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, segment := block.PeekLine()
	lead := 0
	if strings.IndexByte(" *_~(", line[0]) >= 0 {
		lead = 1
	}
	words := line[lead:]
	kind, protocol := ast.AutoLinkURL, []byte(nil)
	n := webAddress(words)
	if n == 0 {
		if n = wwwAddress(words); n > 0 {
			protocol = []byte("http")
		}
	}
	if n == 0 {
		n, kind = mailAddress(words), ast.AutoLinkEmail
	}
	if n == 0 {
		return nil
	}
	if lead > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+lead))
	}
	n = withoutTail(words[:n])
	block.Advance(lead + n)
	start := segment.Start + lead
	link := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(start, start+n)))
	link.Protocol = protocol
	return link
}

// Bytes of an address, beside letters and digits.
const (
	hostMarks = "-@:%._+~#="
	pathMarks = hostMarks + "!?&/();,'\">^{}[]`"
	maxHost   = 256 // bytes before the full stop of the last part
)

// webAddress gives the length of the address with a scheme that s begins with,
// or 0.
func webAddress(s []byte) int {
	for _, scheme := range []string{"http://", "https://", "ftp://"} {
		rest, ok := bytes.CutPrefix(s, []byte(scheme))
		if !ok {
			continue
		}
		n := hostLength(rest)
		if n == 0 {
			return 0
		}
		if n+1 < len(rest) && rest[n] == ':' && isDigit(rest[n+1]) {
			for n++; n < len(rest) && isDigit(rest[n]); n++ {
			}
		}
		return len(scheme) + pathEnd(rest, n, pathMarks+"$")
	}
	return 0
}

// wwwAddress does the same for addresses that begin with "www.".
func wwwAddress(s []byte) int {
	rest, ok := bytes.CutPrefix(s, []byte("www."))
	if !ok {
		return 0
	}
	n := hostLength(rest)
	if n == 0 {
		return 0
	}
	return len(s) - len(rest) + pathEnd(rest, n, pathMarks)
}

// hostLength gives the length of a host with at least one full stop, the last of
// which lower-case letters follow, or 0.
func hostLength(s []byte) int {
	n := 0
	for n < len(s) && n < maxHost && isOneOf(s[n], hostMarks) {
		n++
	}
	for ; n > 0; n-- {
		if n+1 < len(s) && s[n] == '.' && isLower(s[n+1]) {
			for n++; n < len(s) && isLower(s[n]); n++ {
			}
			return n
		}
	}
	return 0
}

// pathEnd gives where the path, query or fragment at n of s ends, if there is
// one.
func pathEnd(s []byte, n int, marks string) int {
	if n < len(s) && strings.IndexByte("/#?", s[n]) >= 0 {
		for n++; n < len(s) && isOneOf(s[n], marks); n++ {
		}
	}
	return n
}

func isOneOf(c byte, marks string) bool {
	return util.IsAlphaNumeric(c) || strings.IndexByte(marks, c) >= 0
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// mailAddress gives the length of the mail address that s begins with, or 0. Its
// host has a full stop.
func mailAddress(s []byte) int {
	if len(s) == 0 || util.IsPunct(s[0]) {
		return 0
	}
	n := util.FindEmailIndex(s)
	if n < 0 || bytes.IndexByte(s[bytes.IndexByte(s, '@'):n], '.') < 0 {
		return 0
	}
	if n < len(s) && (s[n] == '-' || s[n] == '_') {
		return 0
	}
	return n
}

// withoutTail gives the length of an address without what belongs to the
// sentence: punctuation at its end, a bracket that was not opened inside, an
// entity.
func withoutTail(s []byte) int {
	open, closed := bytes.Count(s, []byte{'('}), bytes.Count(s, []byte{')'})
	n := len(s)
	for n > 1 {
		switch c := s[n-1]; {
		case strings.IndexByte("?!.,:*_~", c) >= 0:
			n--
		case c == ')' && closed > open:
			closed--
			n--
		case c == ';':
			name := bytes.TrimRightFunc(s[:n-1], func(r rune) bool { return r < 0x80 && util.IsAlphaNumeric(byte(r)) })
			if len(name) == n-1 || len(name) == 0 || name[len(name)-1] != '&' {
				return n
			}
			n = len(name) - 1
		default:
			return n
		}
	}
	return n
}
