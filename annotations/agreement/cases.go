package agreement

import (
	"encoding/json"
	"fmt"
	"io"
)

// CasesFormat is the value of "format" in a ratings file.
const CasesFormat = "stet-agreement-cases/1"

// Case is one table of a ratings file. Either Ratings or Sets is used.
type Case struct {
	Name    string
	Labels  []Label
	Derived bool // Labels were taken from the ratings, the file lists none
	// Ordered and Anonymous as in [Options]; the file has "ordered_scale" and,
	// the other way round, "raters_identifiable".
	Ordered   bool
	Anonymous bool
	Raters    []string // names of columns; optional
	Clusters  []string // the article of each unit; optional
	Ratings   [][]int  // [unit][rater], indexes into Labels or Missing
	Sets      [][]Set  // [unit][rater], nil for missing
}

func (c Case) options() Options {
	return Options{Ordered: c.Ordered, Anonymous: c.Anonymous, Raters: c.Raters}
}

// Table is the case's ratings; a case of sets gives whole sets as labels.
func (c Case) Table() (*Table, error) {
	if c.Sets != nil {
		s, err := c.SetTable()
		if err != nil {
			return nil, err
		}
		return s.Table(), nil
	}
	t, err := NewTable(c.Labels, c.Ratings, c.options())
	if err != nil {
		return nil, fmt.Errorf("case %q: %w", c.Name, err)
	}
	return t, nil
}

// SetTable is the case's sets; it refuses a case of plain labels.
func (c Case) SetTable() (*SetTable, error) {
	if c.Sets == nil {
		return nil, fmt.Errorf("case %q holds labels, not sets", c.Name)
	}
	t, err := NewSetTable(c.Sets, c.options())
	if err != nil {
		return nil, fmt.Errorf("case %q: %w", c.Name, err)
	}
	return t, nil
}

// jsonCase is a case as it stands in a file.
type jsonCase struct {
	Name         string   `json:"name"`
	Labels       []Label  `json:"labels,omitempty"`
	Ordered      bool     `json:"ordered_scale"`
	Identifiable bool     `json:"raters_identifiable"`
	Raters       []string `json:"raters,omitempty"`
	Clusters     []string `json:"clusters,omitempty"`
	Ratings      any      `json:"ratings"`
}

// WriteCases writes a ratings file that [ReadCases] reads back to the same
// cases. It refuses indexes outside the labels.
func WriteCases(w io.Writer, cases []Case) error {
	file := struct {
		Format string     `json:"format"`
		Cases  []jsonCase `json:"cases"`
	}{CasesFormat, make([]jsonCase, len(cases))}
	for i, c := range cases {
		j := jsonCase{Name: c.Name, Ordered: c.Ordered, Identifiable: !c.Anonymous, Raters: c.Raters, Clusters: c.Clusters}
		if !c.Derived {
			j.Labels = c.Labels
		}
		ratings, err := c.jsonRatings()
		if err != nil {
			return err
		}
		j.Ratings = ratings
		file.Cases[i] = j
	}
	b, err := json.Marshal(file)
	if err != nil {
		return fmt.Errorf("writing ratings: %w", err)
	}
	if _, err := w.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("writing ratings: %w", err)
	}
	return nil
}

func (c Case) jsonRatings() (any, error) {
	if c.Sets != nil {
		return c.Sets, nil
	}
	rows := make([][]*Label, len(c.Ratings))
	for u, row := range c.Ratings {
		rows[u] = make([]*Label, len(row))
		for r, l := range row {
			if l < Missing || l >= len(c.Labels) {
				return nil, fmt.Errorf("case %q, unit %d, rater %d: label number %d does not exist, there are %d (from 0)", c.Name, u+1, r+1, l, len(c.Labels))
			}
			if l != Missing {
				rows[u][r] = &c.Labels[l]
			}
		}
	}
	return rows, nil
}
