package agreement

import (
	"fmt"
	"slices"
)

// rating is one cell as read, not yet looked up among the listed labels, which
// may stand after the ratings in the file.
type rating struct {
	what int32 // Missing; or a number into rawCase.found; or, from firstSet down, a set
	at   int   // offset in the file
}

// firstSet is the rating that points to the first set, the next is one less.
const firstSet = Missing - 1

// rawCase is a case as read.
type rawCase struct {
	Case
	at      int
	ordered *bool
	cells   []rating // of all units, one after the other
	rowEnd  []int    // where each unit's end among them
	rowAt   []int
	number  map[Label]int32 // of each label found, into found
	found   []Label
	sets    []Set
	hasRows bool
	hasName bool
	namedAt int
}

// row is the cells of unit u.
func (c *rawCase) row(u int) []rating {
	from := 0
	if u > 0 {
		from = c.rowEnd[u-1]
	}
	return c.cells[from:c.rowEnd[u]]
}

// readObject reads an object: a case, or, at the top level, a file.
func (p *parser) readObject(top bool) error {
	p.next()
	c := rawCase{at: p.at}
	isFile := false
	err := p.object("a case", func(name string, _ int) error {
		if top && name == "cases" {
			isFile = true
			return p.caseList(`"cases"`)
		}
		if top && name == "format" {
			f, err := p.text(`"format"`)
			if err == nil && f != CasesFormat {
				err = p.errorAt(p.at, "format %q is not known here: this reads %q", f, CasesFormat)
			}
			return err
		}
		return p.member(&c, name)
	})
	switch {
	case err != nil:
		return err
	case isFile && c.hasRows:
		return p.errorAt(c.at, `an object holds "cases" or "ratings", not both`)
	case isFile:
		return nil
	case !c.hasRows:
		return p.errorAt(c.at, `this case has no "ratings"`)
	}
	return p.finish(&c)
}

// member reads the value of one member of a case.
func (p *parser) member(c *rawCase, name string) (err error) {
	switch name {
	case "name":
		c.Name, err = p.text(`"name"`)
		c.hasName, c.namedAt = true, p.at
	case "labels":
		c.Labels, err = p.labels()
	case "ordered_scale":
		var b bool
		b, err = p.flag(`"ordered_scale"`)
		c.ordered = &b
	case "raters_identifiable":
		var b bool
		b, err = p.flag(`"raters_identifiable"`)
		c.Anonymous = !b
	case "raters":
		c.Raters, err = p.texts(`"raters"`)
	case "clusters":
		c.Clusters, err = p.texts(`"clusters"`)
	case "ratings":
		c.hasRows = true
		err = p.ratings(c)
	default:
		err = p.skip()
	}
	return err
}

func (p *parser) ratings(c *rawCase) error {
	c.number = make(map[Label]int32)
	return p.list(`"ratings"`, func() error {
		p.next()
		c.rowAt = append(c.rowAt, p.at)
		err := p.list("a unit's ratings", func() error {
			r, err := p.rating(c)
			c.cells = append(c.cells, r)
			return err
		})
		c.rowEnd = append(c.rowEnd, len(c.cells))
		return err
	})
}

func (p *parser) rating(c *rawCase) (rating, error) {
	if p.next() == '[' {
		r := rating{what: firstSet - int32(len(c.sets)), at: p.at}
		s := Set{}
		err := p.list("a set", func() error {
			l, err := p.given()
			s = append(s, l.String())
			return err
		})
		c.sets = append(c.sets, s)
		return r, err
	}
	r := rating{what: Missing, at: p.at}
	l, ok, err := p.label()
	if !ok || err != nil {
		return r, err
	}
	n, known := c.number[l]
	if !known {
		n = int32(len(c.found))
		c.number[l] = n
		c.found = append(c.found, l)
	}
	r.what = n
	return r, nil
}

// finish checks a case as a whole and keeps it.
func (p *parser) finish(c *rawCase) error {
	if !c.hasName {
		c.Name, c.namedAt = fmt.Sprintf("case %d", len(p.cases)+1), c.at
	}
	if p.names[c.Name] {
		return p.errorAt(c.namedAt, "two cases are named %q", c.Name)
	}
	p.names[c.Name] = true
	if err := p.checkShape(c); err != nil {
		return err
	}
	if len(c.sets) > 0 {
		if err := p.fillSets(c); err != nil {
			return err
		}
	} else if err := p.lookUp(c); err != nil {
		return err
	}
	p.cases = append(p.cases, c.Case)
	return nil
}

// checkShape refuses rows, raters and clusters that do not fit together.
func (p *parser) checkShape(c *rawCase) error {
	width := 0
	for u := range c.rowEnd {
		n := len(c.row(u))
		if n == 0 || c.Anonymous {
			continue
		}
		if width == 0 {
			width = n
		}
		if n != width {
			return p.errorAt(c.rowAt[u], "case %q, unit %d has %d ratings where others have %d: write null for a missing one", c.Name, u+1, n, width)
		}
	}
	if c.Raters != nil && width != 0 && len(c.Raters) != width {
		return p.errorAt(c.at, "case %q names %d raters and has %d columns", c.Name, len(c.Raters), width)
	}
	if c.Clusters != nil && len(c.Clusters) != len(c.rowEnd) {
		return p.errorAt(c.at, "case %q gives %d clusters for %d units", c.Name, len(c.Clusters), len(c.rowEnd))
	}
	return nil
}

// fillSets keeps the case as one of sets.
func (p *parser) fillSets(c *rawCase) error {
	c.Sets = make([][]Set, len(c.rowEnd))
	for u := range c.Sets {
		row := c.row(u)
		c.Sets[u] = make([]Set, len(row))
		for r, x := range row {
			if x.what >= 0 {
				return p.errorAt(x.at, "case %q, unit %d: sets and single labels are mixed in one case", c.Name, u+1)
			}
			if x.what <= firstSet {
				c.Sets[u][r] = c.sets[firstSet-x.what]
			}
		}
	}
	return nil
}

// lookUp turns labels into indexes.
func (p *parser) lookUp(c *rawCase) error {
	if c.Labels == nil {
		c.Labels, c.Derived = append([]Label{}, c.found...), true
		slices.SortFunc(c.Labels, compareLabels)
	}
	index := make(map[Label]int, len(c.Labels))
	numbers := 0
	for i, l := range c.Labels {
		index[l] = i
		if l.Numeric {
			numbers++
		}
	}
	allNumbers := numbers == len(c.Labels) && numbers > 0
	c.Ordered = allNumbers
	if c.ordered != nil {
		// Words that the file does not list come in no order that could count.
		c.Ordered = *c.ordered && (allNumbers || !c.Derived)
	}
	place := make([]int, len(c.found))
	for n, l := range c.found {
		i, ok := index[l]
		if !ok {
			return p.unlisted(c, int32(n))
		}
		place[n] = i
	}
	c.Ratings = make([][]int, len(c.rowEnd))
	cells := make([]int, len(c.cells))
	for i, x := range c.cells {
		cells[i] = Missing
		if x.what != Missing {
			cells[i] = place[x.what]
		}
	}
	from := 0
	for u, end := range c.rowEnd {
		c.Ratings[u] = cells[from:end:end]
		from = end
	}
	return nil
}

// unlisted says where a label that is not listed was first given.
func (p *parser) unlisted(c *rawCase, n int32) error {
	for u := range c.rowEnd {
		for r, x := range c.row(u) {
			if x.what != n {
				continue
			}
			l := c.found[n].String()
			if !c.found[n].Numeric {
				l = fmt.Sprintf("%q", l)
			}
			return p.errorAt(x.at, "case %q, unit %d, rater %d: %s is not among the labels", c.Name, u+1, r+1, l)
		}
	}
	return p.errorAt(c.at, "case %q: %q is not among the labels", c.Name, c.found[n].String())
}
