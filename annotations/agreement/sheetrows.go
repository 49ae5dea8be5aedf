package agreement

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// rows reads all ratings.
func (s *sheet) rows() error {
	for {
		row, line, err := s.next()
		if row == nil || err != nil {
			return err
		}
		if len(row) != len(s.names) {
			return fmt.Errorf("line %d has %d cells where the first line has %d", line, len(row), len(s.names))
		}
		if i := slices.IndexFunc(s.names, func(n string) bool { return n == "" }); i >= 0 && row[i] != "" {
			return fmt.Errorf("line %d: there is something in column %d, and the first line gives that column no name", line, i+1)
		}
		if s.rating >= 0 {
			err = s.one(row, line)
		} else {
			err = s.wide(row, line)
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheet) cell(row []string, column int) string {
	if column < 0 {
		return ""
	}
	return row[column]
}

// wide takes a row that is a unit.
func (s *sheet) wide(row []string, line int) error {
	key := unitKey{s.cell(row, s.article), s.cell(row, s.unit)}
	if key.unit != "" {
		if u, twice := s.units[key]; twice {
			return fmt.Errorf("line %d: the unit %q stands in line %d already", line, key.unit, s.lines[u])
		}
	}
	u := s.newUnit(key, line)
	for r, column := range s.columns {
		s.ratings[u][r] = s.word(row[column], line)
	}
	return nil
}

// one takes a row that is one rating.
func (s *sheet) one(row []string, line int) error {
	key := unitKey{s.cell(row, s.article), row[s.unit]}
	if key.unit == "" {
		return fmt.Errorf("line %d: the column %q is empty: which unit is rated?", line, s.names[s.unit])
	}
	u, known := s.units[key]
	if !known {
		u = s.newUnit(key, line)
	}
	given, who := s.word(row[s.rating], line), row[s.rater]
	if who == "" {
		if given != Missing {
			return fmt.Errorf("line %d: the column %q is empty: who rates?", line, s.names[s.rater])
		}
		return nil
	}
	r, known := s.seen[who]
	if !known {
		r = len(s.raters)
		s.seen[who] = r
		s.raters = append(s.raters, who)
	}
	for len(s.ratings[u]) <= r {
		s.ratings[u] = append(s.ratings[u], Missing)
	}
	if s.ratings[u][r] != Missing && given != Missing {
		return fmt.Errorf("line %d: %s rates the unit %q a second time", line, who, key.unit)
	}
	if given != Missing {
		s.ratings[u][r] = given
	}
	return nil
}

func (s *sheet) newUnit(key unitKey, line int) int {
	u := len(s.ratings)
	s.ratings = append(s.ratings, make([]int32, len(s.columns)))
	s.lines = append(s.lines, line)
	if s.article >= 0 {
		s.clusters = append(s.clusters, key.article)
	}
	if key.unit != "" {
		s.units[key] = u
	}
	return u
}

// missingWord reports whether a cell says that there is no rating.
func missingWord(cell string) bool {
	switch cell {
	case "", ".", "NA", "NaN", "null":
		return true
	}
	return false
}

// word is the number of what a cell says.
func (s *sheet) word(cell string, line int) int32 {
	if missingWord(cell) {
		return Missing
	}
	n, known := s.found[cell]
	if !known {
		n = int32(len(s.words)) //nolint:gosec // fewer than bytes in memory
		cell = strings.Clone(cell)
		s.found[cell] = n
		s.words, s.firstAt = append(s.words, cell), append(s.firstAt, line)
	}
	return n
}

// numberOf is the number that a cell is, written with digits, a sign, a decimal
// point and an exponent; comma tells whether a comma may stand for the point. What
// is too large for a number is an infinity.
func numberOf(cell string, comma bool) (float64, bool) {
	if comma {
		cell = strings.Replace(cell, ",", ".", 1)
	}
	if strings.Trim(cell, "0123456789+-.eE") != "" || strings.Trim(cell, "+-.eE") == "" {
		return 0, false
	}
	if first, last := cell[0], cell[len(cell)-1]; first == 'e' || first == 'E' || first == '.' || last == '.' {
		return 0, false
	}
	v, err := strconv.ParseFloat(cell, 64)
	return v, err == nil || errors.Is(err, strconv.ErrRange)
}

// finish makes the case.
func (s *sheet) finish(name string) (Case, error) {
	if len(s.ratings) == 0 {
		return Case{}, errors.New("line 2: there are no ratings behind the names of columns")
	}
	if named := slices.IndexFunc(s.raters, func(r string) bool { _, label := s.found[r]; return !label }); named < 0 && len(s.words) > 0 && s.rating < 0 {
		return Case{}, errors.New("line 1: the first line should name the raters, and all it holds are ratings further down. Put a line of names in front")
	}
	all, err := s.labels()
	if err != nil {
		return Case{}, err
	}
	labels := slices.Clone(all)
	slices.SortFunc(labels, compareLabels)
	labels = slices.Compact(labels) // 1 and 1.0 are one
	c := Case{
		Name: name, Labels: labels, Derived: true, Ordered: len(labels) > 0 && labels[0].Numeric,
		Raters: s.raters, Clusters: s.clusters, Ratings: make([][]int, len(s.ratings)),
	}
	place := make([]int, len(all))
	for i, l := range all {
		place[i], _ = slices.BinarySearchFunc(labels, l, compareLabels)
	}
	cells := make([]int, len(s.ratings)*len(s.raters))
	for u, row := range s.ratings {
		c.Ratings[u] = cells[u*len(s.raters) : (u+1)*len(s.raters) : (u+1)*len(s.raters)]
		for r := range c.Ratings[u] {
			c.Ratings[u][r] = Missing
			if r < len(row) && row[r] != Missing {
				c.Ratings[u][r] = place[row[r]]
			}
		}
	}
	return c, nil
}

// labels is what each word stands for: numbers if all are, else words.
func (s *sheet) labels() ([]Label, error) {
	all := make([]Label, len(s.words))
	large := -1
	for i, w := range s.words {
		v, ok := numberOf(w, s.comma != ',')
		if !ok {
			for j, w := range s.words {
				all[j] = TextLabel(w)
			}
			return all, nil
		}
		if math.IsInf(v, 0) && large < 0 {
			large = i
		}
		all[i] = NumberLabel(v)
	}
	if large >= 0 {
		return nil, fmt.Errorf("line %d: the number %s is too large", s.firstAt[large], s.words[large])
	}
	return all, nil
}
