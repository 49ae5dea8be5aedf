package agreement

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// scanner reads JSON and knows where the last value began. Only what a ratings
// file is made of is read here; other values are left to encoding/json.
type scanner struct {
	data []byte
	pos  int // next byte
	at   int // where the last value began
	seen map[string]string
}

// errorAt puts line and column before words.
func (s *scanner) errorAt(at int, format string, args ...any) error {
	at = min(max(at, 0), len(s.data))
	line := 1 + bytes.Count(s.data[:at], []byte("\n"))
	column := at - bytes.LastIndexByte(s.data[:at], '\n')
	return fmt.Errorf("line %d, column %d: %s", line, column, fmt.Sprintf(format, args...))
}

// next skips white space and gives the byte that follows, 0 at the end.
func (s *scanner) next() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			s.at = s.pos
			return c
		}
	}
	s.at = s.pos
	return 0
}

// bad says what is wrong where the scanner stands.
func (s *scanner) bad() error {
	rest := s.data[min(s.pos, len(s.data)):]
	if len(rest) == 0 {
		return s.errorAt(s.pos, "the file ends in the middle of a value")
	}
	for _, word := range []string{"NaN", "Infinity", "-Infinity", "-NaN"} {
		if bytes.HasPrefix(rest, []byte(word)) {
			return s.errorAt(s.pos, "NaN and Infinity are not ratings: write null for a missing one")
		}
	}
	r, _ := utf8.DecodeRune(rest)
	return s.errorAt(s.pos, "this is not JSON (%q was not expected)", r)
}

// expect passes over one byte that must be there.
func (s *scanner) expect(c byte) error {
	if s.next() != c {
		return s.bad()
	}
	s.pos++
	return nil
}

// sequence reads what stands between two brackets, calling item at each element.
func (s *scanner) sequence(open, end byte, what string, item func() error) error {
	switch c := s.next(); {
	case c != open && (c == 0 || s.invalidStart(c)):
		return s.bad()
	case c != open && open == '[':
		return s.errorAt(s.at, "%s must be a list", what)
	case c != open:
		return s.errorAt(s.at, "%s must be an object", what)
	}
	s.pos++
	if s.next() == end {
		s.pos++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.pos++
		case end:
			s.pos++
			return nil
		default:
			return s.bad()
		}
	}
}

// invalidStart reports whether no JSON value begins with c.
func (s *scanner) invalidStart(c byte) bool {
	return bytes.IndexByte([]byte(`{["-0123456789tfn`), c) < 0
}

func (s *scanner) list(what string, item func() error) error {
	return s.sequence('[', ']', what, item)
}

// object calls member at every value with its name and where the name stands,
// and refuses a name that occurs twice.
func (s *scanner) object(what string, member func(name string, at int) error) error {
	names := make(map[string]bool)
	return s.sequence('{', '}', what, func() error {
		if s.next() != '"' {
			return s.bad()
		}
		at := s.at
		name, err := s.quoted()
		if err != nil {
			return err
		}
		if names[name] {
			return s.errorAt(at, "%q stands twice in one object", name)
		}
		names[name] = true
		if err := s.expect(':'); err != nil {
			return err
		}
		return member(name, at)
	})
}

// skip passes over one value of any kind.
func (s *scanner) skip() error {
	if s.next() == 0 {
		return s.bad()
	}
	var raw json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(s.data[s.pos:]))
	if err := dec.Decode(&raw); err != nil {
		return s.errorAt(s.pos, "this value is not JSON (%v)", err)
	}
	s.pos += int(dec.InputOffset())
	return nil
}

// quoted reads a string. Equal strings share their memory.
func (s *scanner) quoted() (string, error) {
	start := s.pos
	simple := true
	for s.pos++; ; s.pos++ {
		if s.pos >= len(s.data) {
			return "", s.bad()
		}
		c := s.data[s.pos]
		if c == '"' {
			break
		}
		if c == '\\' {
			simple = false
			s.pos++
		} else if c < ' ' {
			return "", s.bad()
		} else if c >= utf8.RuneSelf {
			simple = false
		}
	}
	s.pos++
	raw := s.data[start:s.pos]
	if known, ok := s.seen[string(raw)]; ok {
		return known, nil
	}
	text := string(raw[1 : len(raw)-1])
	if !simple {
		if err := json.Unmarshal(raw, &text); err != nil {
			return "", s.errorAt(start, "this is not JSON (%v)", err)
		}
	}
	s.seen[string(raw)] = text
	return text, nil
}

// word passes over one of JSON's three words.
func (s *scanner) word(w string) error {
	if !bytes.HasPrefix(s.data[s.pos:], []byte(w)) {
		return s.bad()
	}
	s.pos += len(w)
	return nil
}

// number reads a number as JSON writes them.
func (s *scanner) number() (float64, error) {
	start := s.pos
	if s.data[s.pos] == '-' {
		s.pos++
	}
	digits := func() bool {
		from := s.pos
		for s.pos < len(s.data) && s.data[s.pos] >= '0' && s.data[s.pos] <= '9' {
			s.pos++
		}
		return s.pos > from
	}
	one := func(set string) bool {
		if s.pos < len(s.data) && bytes.IndexByte([]byte(set), s.data[s.pos]) >= 0 {
			s.pos++
			return true
		}
		return false
	}
	if !one("0") && !digits() {
		s.pos = start
		if start+1 == len(s.data) {
			s.pos++
		}
		return 0, s.bad()
	}
	if one(".") && !digits() {
		return 0, s.bad()
	}
	if one("eE") {
		one("+-")
		if !digits() {
			return 0, s.bad()
		}
	}
	f, err := strconv.ParseFloat(string(s.data[start:s.pos]), 64)
	if err != nil {
		return 0, s.errorAt(start, "the number %.40s is too large", s.data[start:s.pos])
	}
	return f, nil
}

// label reads a label: words, a number, or true and false as words. null gives
// ok false.
func (s *scanner) label() (l Label, ok bool, err error) {
	switch c := s.next(); {
	case c == '"':
		l.Text, err = s.quoted()
		return l, true, err
	case c == '-' || c >= '0' && c <= '9':
		f, err := s.number()
		return NumberLabel(f), true, err
	case c == 'n':
		return l, false, s.word("null")
	case c == 't':
		return TextLabel("true"), true, s.word("true")
	case c == 'f':
		return TextLabel("false"), true, s.word("false")
	case c == '{' || c == '[':
		return l, false, s.errorAt(s.at, "a label must be words or a number")
	}
	return l, false, s.bad()
}

// given is label where null has no place.
func (s *scanner) given() (Label, error) {
	l, ok, err := s.label()
	if err == nil && !ok {
		err = s.errorAt(s.at, "a label must be words or a number")
	}
	return l, err
}

func (s *scanner) text(what string) (string, error) {
	switch c := s.next(); {
	case c == '"':
		return s.quoted()
	case c == 0 || s.invalidStart(c):
		return "", s.bad()
	}
	return "", s.errorAt(s.at, "%s must be words in quotes", what)
}

func (s *scanner) flag(what string) (bool, error) {
	switch c := s.next(); {
	case c == 't':
		return true, s.word("true")
	case c == 'f':
		return false, s.word("false")
	case c == 0 || s.invalidStart(c):
		return false, s.bad()
	}
	return false, s.errorAt(s.at, "%s must be true or false", what)
}
