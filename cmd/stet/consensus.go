package main

import (
	"fmt"
	"slices"
	"strconv"

	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
)

// consensusJSON is the shape of an estimate.
type consensusJSON struct {
	Classes   []string                       `json:"classes"`
	Shares    []float64                      `json:"shares"`    // of each class among sentences
	Reviewers map[string]map[string]ratesRow `json:"reviewers"` // by reviewer, then true class
	Items     []consensusItem                `json:"items"`
	Converged bool                           `json:"converged"`
}

// ratesRow is how often a reviewer gives each tag where one class is true; null
// where nothing is known.
type ratesRow map[string]float64

type consensusItem struct {
	Item        string  `json:"item"`
	Class       string  `json:"class"`
	Probability float64 `json:"probability"`
	Tied        bool    `json:"tied"`
}

// doubtful is the probability under which an estimate is listed for a person to
// look at.
const doubtful = 0.9

// consensus prints estimated tags and error rates.
func consensus(a *app, d *audit.Desk) error {
	if d == nil {
		a.say("no article was tagged by two reviewers yet. A second one tags under another name: stet --as NAME review ARTICLE")
		return nil
	}
	c, err := d.Consensus()
	if err != nil {
		return fmt.Errorf("no consensus: %w. Nothing was printed. `stet agreement` compares two", err)
	}
	out := consensusOf(c)
	if a.flags.json {
		return a.printJSON(out)
	}
	t := newTable(a, append([]string{"reviewer", "true tag"}, c.Classes...)...)
	for _, who := range slices.Sorted(slices.Values(c.Raters)) {
		for _, class := range c.Classes {
			row := []string{who, class}
			for _, said := range c.Classes {
				cell := "–"
				if rates := out.Reviewers[who][class]; rates != nil {
					cell = strconv.FormatFloat(rates[said], 'f', 2, 64)
				}
				row = append(row, cell)
			}
			t.row(row...)
		}
	}
	if err := t.flush(); err != nil {
		return err
	}
	unsure := newTable(a)
	n := 0
	for _, it := range out.Items {
		if it.Probability < doubtful || it.Tied {
			n++
			unsure.row(it.Item, it.Class, strconv.FormatFloat(it.Probability, 'f', 2, 64))
		}
	}
	if err := a.print("%s, %d of them in doubt (under %.1f)", plural(len(out.Items), "sentence"), n, doubtful); err != nil {
		return err
	}
	return unsure.flush()
}

func consensusOf(c *agreement.Consensus) consensusJSON {
	out := consensusJSON{Classes: c.Classes, Shares: c.Marginals, Reviewers: map[string]map[string]ratesRow{}, Items: []consensusItem{}, Converged: c.Converged}
	for r, who := range c.Raters {
		out.Reviewers[who] = map[string]ratesRow{}
		for k, class := range c.Classes {
			var row ratesRow
			if rates := c.ErrorRates[r][k]; rates != nil {
				row = ratesRow{}
				for l, v := range rates {
					row[c.Classes[l]] = v
				}
			}
			out.Reviewers[who][class] = row
		}
	}
	for i, item := range c.Items {
		class, p, tied := c.Class(i)
		out.Items = append(out.Items, consensusItem{item, class, p, tied})
	}
	return out
}
