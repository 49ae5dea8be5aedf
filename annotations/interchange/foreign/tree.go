package foreign

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what is read.
const (
	MaxFile   = 256 << 20 // bytes of one file
	MaxLine   = 128 << 20 // bytes of one line of JSONL, or of a text in it
	MaxFaults = 20_000    // parts of all files that cannot be read
	MaxDepth  = 64        // lists and objects inside each other
	MaxNodes  = 8 << 20   // values of one document
)

// Kind is what sort of value a node is.
type Kind uint8

// The kinds of value.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

var kindNames = [...]string{"null", "true or false", "a number", "a string", "a list", "an object"}

// String names the kind as a writer of JSON knows it.
func (k Kind) String() string { return kindNames[min(int(k), len(kindNames)-1)] }

// Node is one value of a JSON text.
type Node struct {
	Kind  Kind
	Line  int      // from 1
	Text  string   // of a string, decoded; of the other scalars, as it stands
	Items []*Node  // of a list or an object
	Names []string // of an object, beside Items
}

// SyntaxError says why a text is refused.
type SyntaxError struct {
	Line int // from 1
	Why  string
}

// Error implements error.
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// parser reads one JSON text.
type parser struct {
	b     []byte
	i     int
	line  int
	nodes int
}

// Parse reads b, which must hold one JSON value and nothing else. Its first
// line counts as line. Errors are of type *[SyntaxError].
func Parse(b []byte, line int) (*Node, error) {
	p := &parser{b: bytes.TrimPrefix(b, []byte("\ufeff")), line: line}
	n, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.i < len(p.b) {
		return nil, p.fail("something follows the end of the JSON value")
	}
	return n, nil
}

func (p *parser) fail(format string, args ...any) error {
	return &SyntaxError{p.line, fmt.Sprintf(format, args...)}
}

func (p *parser) space() {
	for ; p.i < len(p.b); p.i++ {
		switch p.b[p.i] {
		case '\n':
			p.line++
		case ' ', '\t', '\r':
		default:
			return
		}
	}
}

// next passes white space and returns the byte that follows, 0 at the end.
func (p *parser) next() byte {
	p.space()
	if p.i < len(p.b) {
		return p.b[p.i]
	}
	return 0
}

func (p *parser) value(depth int) (*Node, error) {
	c := p.next()
	if p.nodes++; p.nodes > MaxNodes {
		return nil, p.fail("holds more than %d values; split the file", MaxNodes)
	}
	n := &Node{Line: p.line}
	var err error
	switch {
	case (c == '{' || c == '[') && depth >= MaxDepth:
		err = p.fail("lists and objects are nested deeper than %d", MaxDepth)
	case c == '{':
		n.Kind = Object
		err = p.object(n, depth)
	case c == '[':
		n.Kind = List
		err = p.list(n, depth)
	case c == '"':
		n.Kind = String
		n.Text, err = p.str()
	case c == 0 && p.i >= len(p.b):
		err = p.fail("ends in the middle of JSON; the file may be cut off")
	default:
		err = p.scalar(n)
	}
	return n, err
}

func (p *parser) list(n *Node, depth int) error {
	p.i++
	if p.next() == ']' {
		p.i++
		return nil
	}
	for {
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
		if done, err := p.more(']'); done || err != nil {
			return err
		}
	}
}

// more passes the comma or the closing mark after an item.
func (p *parser) more(end byte) (done bool, err error) {
	switch c := p.next(); c {
	case ',':
		p.i++
		return false, nil
	case end:
		p.i++
		return true, nil
	case 0:
		return true, p.fail("ends in the middle of JSON; the file may be cut off")
	}
	return true, p.fail("is not JSON here: expected a comma or %q", end)
}

func (p *parser) object(n *Node, depth int) error {
	p.i++
	if p.next() == '}' {
		p.i++
		return nil
	}
	var seen map[string]bool
	for {
		if p.next() != '"' {
			return p.fail("is not JSON here: expected the name of a member")
		}
		name, err := p.str()
		if err != nil {
			return err
		}
		if len(n.Names) == 16 {
			seen = make(map[string]bool, 32)
			for _, k := range n.Names {
				seen[k] = true
			}
		}
		if seen != nil && seen[name] || seen == nil && n.Get(name) != nil {
			return p.fail("the member %.40q stands twice", name)
		}
		if seen != nil {
			seen[name] = true
		}
		if p.next() != ':' {
			return p.fail("is not JSON here: expected a colon")
		}
		p.i++
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		n.Names, n.Items = append(n.Names, name), append(n.Items, item)
		if done, err := p.more('}'); done || err != nil {
			return err
		}
	}
}

func (p *parser) scalar(n *Node) error {
	start := p.i
	for p.i < len(p.b) && strings.IndexByte(",]}: \n\t\r\"[{", p.b[p.i]) < 0 {
		p.i++
	}
	n.Text = string(p.b[start:p.i])
	switch n.Text {
	case "null":
		n.Kind = Null
	case "true", "false":
		n.Kind = Bool
	default:
		n.Kind = Number
		if !number(n.Text) {
			return p.fail("is not JSON here: %.20q", n.Text)
		}
	}
	return nil
}

// number reports whether s is a JSON number.
func number(s string) bool {
	s = strings.TrimPrefix(s, "-")
	digits := func() int {
		n := len(s) - len(strings.TrimLeft(s, "0123456789"))
		s = s[n:]
		return n
	}
	zero := strings.HasPrefix(s, "0")
	if n := digits(); n == 0 || zero && n > 1 {
		return false
	}
	if rest, ok := strings.CutPrefix(s, "."); ok {
		if s = rest; digits() == 0 {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if digits() == 0 {
			return false
		}
	}
	return s == ""
}

// str reads the string that starts at the quotation mark.
func (p *parser) str() (string, error) {
	p.i++
	start := p.i
	for p.i < len(p.b) && p.b[p.i] != '"' && p.b[p.i] != '\\' && p.b[p.i] >= 0x20 {
		p.i++
	}
	if p.i < len(p.b) && p.b[p.i] == '"' { // no escape, the rule
		raw := p.b[start:p.i]
		p.i++
		return p.valid(raw)
	}
	out := append([]byte(nil), p.b[start:p.i]...)
	for p.i < len(p.b) {
		switch c := p.b[p.i]; {
		case c == '"':
			p.i++
			return p.valid(out)
		case c < 0x20:
			return "", p.fail("a string holds a control character that is not escaped")
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
			p.i++
		}
	}
	return "", p.fail("ends in the middle of a string; the file may be cut off")
}

func (p *parser) valid(b []byte) (string, error) {
	if !utf8.Valid(b) {
		return "", p.fail("is not UTF-8 here")
	}
	return string(b), nil
}

// escape reads one escape, a surrogate pair as one.
func (p *parser) escape() (rune, error) {
	if p.i+1 >= len(p.b) {
		return 0, p.fail("ends in the middle of a string; the file may be cut off")
	}
	c := p.b[p.i+1]
	if k := strings.IndexByte(`"\/bfnrt`, c); k >= 0 {
		p.i += 2
		return rune("\"\\/\b\f\n\r\t"[k]), nil
	}
	if c != 'u' {
		return 0, p.fail("a string holds the escape \\%c, which JSON does not have", c)
	}
	r, ok := p.hex4(p.i + 2)
	if !ok {
		return 0, p.fail("a string holds \\u without four hexadecimal digits")
	}
	p.i += 6
	if r < 0xD800 || r >= 0xE000 {
		return r, nil
	}
	if r < 0xDC00 && bytes.HasPrefix(p.b[p.i:], []byte(`\u`)) {
		if low, ok := p.hex4(p.i + 2); ok && low >= 0xDC00 && low < 0xE000 {
			p.i += 6
			return 0x10000 + (r-0xD800)<<10 + (low - 0xDC00), nil
		}
	}
	return 0, p.fail("holds half of a surrogate pair, which is no character")
}

func (p *parser) hex4(i int) (rune, bool) {
	if i+4 > len(p.b) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(p.b[i:i+4]), 16, 16)
	return rune(n), err == nil && p.b[i] != '+'
}

// Get returns the member of an object, or nil. It may be called on nil.
func (n *Node) Get(name string) *Node {
	if n == nil || n.Kind != Object {
		return nil
	}
	for i, k := range n.Names {
		if k == name {
			return n.Items[i]
		}
	}
	return nil
}

// First returns the first of the members that is there and not null, or nil.
func (n *Node) First(names ...string) *Node {
	for _, name := range names {
		if m := n.Get(name); m != nil && m.Kind != Null {
			return m
		}
	}
	return nil
}

// Is reports whether n is there and of kind k.
func (n *Node) Is(k Kind) bool { return n != nil && n.Kind == k }

// Str is the text of a string, "" for anything else.
func (n *Node) Str() string {
	if n.Is(String) {
		return n.Text
	}
	return ""
}

// Int is the value of a whole number of at most 31 bits.
func (n *Node) Int() (int, bool) {
	if !n.Is(Number) || len(n.Text) > 32 {
		return 0, false
	}
	f, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

// Each returns the items of a list, or n itself where a single value stands for
// a list of one; nothing for null and for nil.
func (n *Node) Each() []*Node {
	switch {
	case n == nil || n.Kind == Null:
		return nil
	case n.Kind == List:
		return n.Items
	}
	return []*Node{n}
}

// What describes a node in a message.
func (n *Node) What() string {
	if n == nil {
		return "nothing"
	}
	return n.Kind.String()
}
