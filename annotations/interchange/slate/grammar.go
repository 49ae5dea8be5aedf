package slate

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// point is a place: line, token, character, as many as are given.
type point []int

// span reaches from one point to another, both included.
type span struct{ from, to point }

// item is one line of a file.
type item struct {
	spans  []span
	labels []string
}

// maxSpans is how many spans one item may have.
const maxSpans = 64

func parseItem(line string) (item, error) {
	where, what, ok := strings.Cut(line, "-")
	if !ok {
		return item{}, errors.New(`is no "PLACE - LABELS"`)
	}
	p := &parser{rest: strings.TrimSpace(where)}
	spans, err := p.spans()
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q stands behind the place", standoff.Clip(p.rest, 40))
	}
	if err != nil {
		return item{}, fmt.Errorf("%q is no place: %w. It was not evaluated", standoff.Clip(line, 60), err)
	}
	return item{spans, strings.Fields(what)}, nil
}

// parser takes a place apart from the left.
type parser struct{ rest string }

func (p *parser) peek() byte {
	p.rest = strings.TrimLeft(p.rest, " \t")
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

// take steps over c where it comes next.
func (p *parser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *parser) spans() ([]span, error) {
	var out []span
	switch {
	case p.take('['):
		for !p.take(']') {
			s, err := p.span()
			if err != nil {
				return nil, err
			}
			if out = append(out, s); len(out) > maxSpans {
				return nil, fmt.Errorf("more than %d spans", maxSpans)
			}
			if !p.take(',') && p.peek() != ']' {
				return nil, errors.New("a comma or ] is missing")
			}
		}
		if len(out) == 0 {
			out = []span{{point{}, point{}}} // the program reads [] as the whole document
		}
		return out, nil
	case p.peek() == '(':
		s, err := p.span()
		return []span{s}, err
	}
	for p.peek() != 0 {
		n, err := p.number()
		if err != nil {
			return nil, err
		}
		if out = append(out, span{point{n}, point{n}}); len(out) > maxSpans {
			return nil, fmt.Errorf("more than %d spans", maxSpans)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("it is empty")
	}
	return out, nil
}

// span reads a point, a pair of points, or a bare number, which is a line.
func (p *parser) span() (span, error) {
	if p.peek() != '(' {
		n, err := p.number()
		return span{point{n}, point{n}}, err
	}
	before := p.rest
	p.take('(')
	if p.peek() != '(' {
		p.rest = before
		at, err := p.point()
		return span{at, at}, err
	}
	from, err := p.point()
	if err != nil {
		return span{}, err
	}
	if !p.take(',') {
		return span{}, errors.New("the second point is missing")
	}
	to, err := p.point()
	if err != nil {
		return span{}, err
	}
	p.take(',')
	if !p.take(')') {
		return span{}, errors.New("a ) is missing")
	}
	if len(from) != len(to) {
		return span{}, errors.New("its points are of different sorts")
	}
	return span{from, to}, nil
}

func (p *parser) point() (point, error) {
	if !p.take('(') {
		return nil, errors.New("a ( is missing")
	}
	at := point{}
	for !p.take(')') {
		n, err := p.number()
		if err != nil {
			return nil, err
		}
		if at = append(at, n); len(at) > 3 {
			return nil, errors.New("a point has at most line, token and character")
		}
		if !p.take(',') && p.peek() != ')' {
			return nil, errors.New("a comma or ) is missing")
		}
	}
	return at, nil
}

func (p *parser) number() (int, error) {
	p.peek()
	i := 0
	for i < len(p.rest) && p.rest[i] >= '0' && p.rest[i] <= '9' {
		i++
	}
	n, err := strconv.ParseInt(p.rest[:i], 10, 32)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", standoff.Clip(p.rest, 20))
	}
	p.rest = p.rest[i:]
	return int(n), nil
}
