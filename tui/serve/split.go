package serve

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// maxCommand bounds a command line, in bytes: a note at its longest, and 4 KiB for all
// else in it.
const maxCommand = annotations.MaxNote + 4<<10

// Split cuts a command line into words as a shell does, without being one: blanks
// divide, single quotes keep all, double quotes keep all but \" and \\, a
// backslash keeps the next character. What a shell would act upon (; | & < > ( )
// $ ` and line ends) is an error outside single quotes, where it stands for
// itself: nobody should believe that it did something.
func Split(line string) ([]string, error) {
	if len(line) > maxCommand {
		return nil, fmt.Errorf("the command is %d bytes long, the limit is %d", len(line), maxCommand)
	}
	if !utf8.ValidString(line) {
		return nil, errors.New("the command is not valid UTF-8")
	}
	s := splitter{rest: line}
	for s.next() {
	}
	return s.words, s.err
}

type splitter struct {
	rest  string
	words []string
	err   error
}

// next takes one word; false at the end or at an error.
func (s *splitter) next() bool {
	s.rest = strings.TrimLeft(s.rest, " \t")
	if s.rest == "" {
		return false
	}
	var w strings.Builder
	for s.rest != "" {
		c := s.take()
		switch {
		case c == ' ' || c == '\t':
			s.words = append(s.words, w.String())
			return true
		case c == '\'':
			end := strings.IndexByte(s.rest, '\'')
			if end < 0 {
				return s.fail("a ' is not closed")
			}
			if i := strings.IndexFunc(s.rest[:end], control); i >= 0 {
				return s.fail("a control character stands in it")
			}
			w.WriteString(s.rest[:end])
			s.rest = s.rest[end+1:]
		case c == '"':
			if !s.quoted(&w) {
				return false
			}
		case c == '\\':
			if s.rest == "" || control(rune(s.rest[0])) {
				return s.fail("nothing follows the last \\")
			}
			w.WriteByte(s.take())
		case acted(c):
			return s.refuse(c)
		default:
			w.WriteByte(c)
		}
	}
	s.words = append(s.words, w.String())
	return true
}

// quoted takes the inside of double quotes.
func (s *splitter) quoted(w *strings.Builder) bool {
	for s.rest != "" {
		c := s.take()
		switch {
		case c == '"':
			return true
		case c == '\\' && s.rest != "" && (s.rest[0] == '"' || s.rest[0] == '\\' || s.rest[0] == '$' || s.rest[0] == '`'):
			c = s.take()
		case c == '$' || c == '`' || control(rune(c)):
			return s.refuse(c)
		}
		w.WriteByte(c)
	}
	return s.fail(`a " is not closed`)
}

func (s *splitter) take() byte {
	c := s.rest[0]
	s.rest = s.rest[1:]
	return c
}

// acted reports whether a shell would act upon c.
func acted(c byte) bool { return strings.IndexByte(";|&<>()$`", c) >= 0 || control(rune(c)) }

func control(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }

func (s *splitter) fail(why string) bool {
	s.err, s.words, s.rest = errors.New(why), nil, ""
	return false
}

func (s *splitter) refuse(c byte) bool {
	if control(rune(c)) {
		return s.fail("a control character or a line end stands in it")
	}
	return s.fail(fmt.Sprintf("there is no shell here to act upon %c; in single quotes it stands for itself", c))
}

// Quote writes words so that [Split] reads them again.
func Quote(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("'" + strings.ReplaceAll(w, "'", `'\''`) + "'")
	}
	return b.String()
}
