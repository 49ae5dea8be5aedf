package agreement

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// ReadCases reads a ratings file: an object with "cases", a list of cases, one
// case, or several of these one after the other. A case is an object
//
//	{"name": "…", "labels": ["a", "b"], "ordered_scale": false,
//	 "raters_identifiable": true, "ratings": [["a", "b"], ["b", null]]}
//
// where ratings[i][j] is the label that rater j gave unit i and null is missing.
// Optional: "raters" (names of columns), "clusters" (article of each unit).
// Members it does not know are skipped. Without "labels" they are taken from the
// ratings, numbers first and ascending; without "ordered_scale" numbers are
// ordered and words are not; without "raters_identifiable" a column is a person.
// A rating that is a list is a set (sources, evidence); then all must be.
//
// Every error names line and column, in bytes and from 1: JSON that does not
// parse (NaN too), ratings that are not among the labels, rows of different
// length, labels or names that occur twice.
func ReadCases(r io.Reader) ([]Case, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading ratings: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	p := &parser{scanner: scanner{data: data, seen: make(map[string]string)}, names: make(map[string]bool)}
	for p.next(); p.pos < len(data); p.next() {
		if err := p.top(); err != nil {
			return nil, err
		}
	}
	if len(p.cases) == 0 && !p.sawList {
		return nil, fmt.Errorf("the ratings file is empty: it should hold a case with \"ratings\", or \"cases\"")
	}
	return p.cases, nil
}

// parser gathers cases.
type parser struct {
	scanner
	cases   []Case
	names   map[string]bool
	sawList bool
}

// top reads one value at the top level: a file, a list of cases, or a case.
func (p *parser) top() error {
	switch c := p.next(); {
	case c == '[':
		return p.caseList("a list of cases")
	case c == '{':
		return p.readObject(true)
	case p.invalidStart(c):
		return p.bad()
	}
	return p.errorAt(p.at, "a ratings file holds objects, not single values")
}

func (p *parser) caseList(what string) error {
	p.sawList = true
	return p.list(what, func() error { return p.readObject(false) })
}

func (p *parser) texts(what string) ([]string, error) {
	out := []string{}
	err := p.list(what, func() error {
		l, err := p.given()
		out = append(out, l.String())
		return err
	})
	return out, err
}

// labels reads the list of labels.
func (p *parser) labels() ([]Label, error) {
	out := []Label{}
	seen := make(map[Label]bool)
	err := p.list(`"labels"`, func() error {
		l, err := p.given()
		if err != nil {
			return err
		}
		if seen[l] {
			return p.errorAt(p.at, "the label %q is listed twice", l.String())
		}
		seen[l] = true
		out = append(out, l)
		return nil
	})
	return out, err
}

// compareLabels orders numbers by value before words by bytes.
func compareLabels(a, b Label) int {
	switch {
	case a.Numeric && b.Numeric:
		if a.Number < b.Number {
			return -1
		}
		if a.Number > b.Number {
			return 1
		}
		return 0
	case a.Numeric:
		return -1
	case b.Numeric:
		return 1
	}
	return strings.Compare(a.Text, b.Text)
}
