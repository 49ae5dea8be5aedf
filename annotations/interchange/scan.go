package interchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner walks through valid JSON beside the Go type it is meant for. It does
// what encoding/json does not: it refuses members that the type does not have,
// in exactly that spelling, members given twice and half surrogate pairs, and
// it knows the place of each value.
type scanner struct {
	b        []byte
	i        int
	path     []step
	fields   map[reflect.Type]map[string]member
	problems []Problem
	wanted   map[string]int // path → line, filled when the path is met; nil = not asked
}

// step is one part of a path: a member's name, or an element's index.
type step struct {
	name  string
	index int
}

type member struct {
	n  uint // 0 … 63, distinct within the struct
	is reflect.Type
}

// maxScan bounds how many problems are listed.
const maxScan = 20

// strict returns what is wrong with the members of b, which must be valid JSON
// for a value of type t.
func strict(b []byte, t reflect.Type) []Problem {
	s := &scanner{b: b, fields: map[reflect.Type]map[string]member{}}
	s.value(t)
	return s.problems
}

// linesOf returns the lines, from 1, on which the values at paths begin.
func linesOf(b []byte, paths []string) map[string]int {
	s := &scanner{b: b, wanted: make(map[string]int, len(paths))}
	for _, p := range paths {
		s.wanted[p] = 0
	}
	if len(paths) > 0 && json.Valid(b) {
		s.value(nil)
	}
	return s.wanted
}

func lineAt(b []byte, i int) int { return bytes.Count(b[:min(i, len(b))], []byte("\n")) + 1 }

// String writes a path as articles[0].sentences[3].tag.
func pathText(path []step) string {
	var b strings.Builder
	for i, p := range path {
		switch {
		case p.name == "":
			b.WriteString("[" + strconv.Itoa(p.index) + "]")
		case i > 0:
			b.WriteString("." + p.name)
		default:
			b.WriteString(p.name)
		}
	}
	return b.String()
}

func (s *scanner) complain(at int, path []step, format string, args ...any) {
	if s.wanted == nil && len(s.problems) < maxScan {
		s.problems = append(s.problems, Problem{Line: lineAt(s.b, at), Path: pathText(path), Msg: fmt.Sprintf(format, args...)})
	}
}

func (s *scanner) space() {
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\n' || s.b[s.i] == '\t' || s.b[s.i] == '\r') {
		s.i++
	}
}

// value passes over the value at s.i. A nil type stands for anything.
func (s *scanner) value(t reflect.Type) {
	s.space()
	if s.wanted != nil {
		if line, asked := s.wanted[pathText(s.path)]; asked && line == 0 {
			s.wanted[pathText(s.path)] = lineAt(s.b, s.i)
		}
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch s.b[s.i] {
	case '{':
		s.object(t)
	case '[':
		s.array(t)
	case '"':
		s.str()
	default:
		for s.i < len(s.b) && strings.IndexByte(",]} \n\t\r", s.b[s.i]) < 0 {
			s.i++
		}
	}
}

// str passes over a string and returns it without its quotation marks.
func (s *scanner) str() []byte {
	start := s.i
	s.i = stringEnd(s.b, s.i)
	raw := s.b[start+1 : s.i-1]
	if bytes.Contains(raw, []byte(`\u`)) && halfSurrogate(raw) {
		s.complain(start, s.path, "holds half of a surrogate pair, which is no character")
	}
	return raw
}

func (s *scanner) object(t reflect.Type) {
	var known map[string]member
	if t != nil && t.Kind() == reflect.Struct {
		known = s.members(t)
	}
	var seen uint64
	for s.b[s.i] != '}' {
		s.i++ // the brace or a comma
		s.space()
		if s.b[s.i] == '}' {
			break // an empty object
		}
		at := s.i
		name := unquote(s.str())
		s.path = append(s.path, step{name: name})
		m, ok := known[name]
		switch {
		case known != nil && !ok:
			s.complain(at, s.path, "unknown field %q", name)
		case ok && seen&(1<<m.n) != 0:
			s.complain(at, s.path, "field %q is given twice", name)
		}
		seen |= 1 << m.n
		s.space()
		s.i++ // the colon
		s.value(m.is)
		s.path = s.path[:len(s.path)-1]
		s.space()
	}
	s.i++
}

func (s *scanner) array(t reflect.Type) {
	var elem reflect.Type
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
		elem = t.Elem()
	}
	start, n := s.i, 0
	for s.b[s.i] != ']' {
		s.i++ // the bracket or a comma
		s.space()
		if s.b[s.i] == ']' {
			break // an empty list
		}
		s.path = append(s.path, step{index: n})
		s.value(elem)
		s.path = s.path[:len(s.path)-1]
		s.space()
		n++
	}
	s.i++
	if t != nil && t.Kind() == reflect.Array && n != t.Len() {
		s.complain(start, s.path, "has %d elements, not %d", n, t.Len())
	}
}

// members returns the JSON members of a struct type, embedded ones included.
func (s *scanner) members(t reflect.Type) map[string]member {
	if m, ok := s.fields[t]; ok {
		return m
	}
	m := map[string]member{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous {
				add(f.Type)
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			m[name] = member{uint(len(m) + 1), f.Type}
		}
	}
	add(t)
	s.fields[t] = m
	return m
}

// unquote decodes the escapes of a member's name; few have any.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	var name string
	if err := json.Unmarshal([]byte(`"`+string(raw)+`"`), &name); err != nil {
		return string(raw)
	}
	return name
}

// halfSurrogate reports whether raw escapes a surrogate without its other half.
// encoding/json would put U+FFFD in its place without a word.
func halfSurrogate(raw []byte) bool {
	for i := 0; i+1 < len(raw); {
		if raw[i] != '\\' {
			i++
			continue
		}
		if raw[i+1] != 'u' {
			i += 2
			continue
		}
		switch u := hex4(raw[i+2:]); {
		case u >= 0xDC00 && u < 0xE000:
			return true
		case u >= 0xD800 && u < 0xDC00:
			if !bytes.HasPrefix(raw[i+6:], []byte(`\u`)) {
				return true
			}
			if low := hex4(raw[i+8:]); low < 0xDC00 || low >= 0xE000 {
				return true
			}
			i += 12
		default:
			i += 6
		}
	}
	return false
}

func hex4(b []byte) rune {
	n, err := strconv.ParseUint(string(b[:min(4, len(b))]), 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
