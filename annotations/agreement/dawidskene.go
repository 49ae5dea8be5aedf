package agreement

import (
	"fmt"
	"math"
	"slices"
)

// Response is one label that one rater gave one item. A rater may respond to an
// item more than once.
type Response struct{ Item, Rater, Label string }

// EMOptions steer [DawidSkene]. The zero value is the usual choice.
type EMOptions struct {
	MaxIterations int     // 0 for 10,000
	Tolerance     float64 // stop when the log-likelihood gains less; 0 for 1e-10
}

// Consensus is what [DawidSkene] makes of responses.
type Consensus struct {
	Classes []string // as given, or by first appearance
	Items   []string // by first appearance
	Raters  []string // by first appearance
	// Posterior[item][class] is the probability that the class is the true one.
	Posterior [][]float64
	// Marginals[class] is the estimated share of the class among items.
	Marginals []float64
	// ErrorRates[rater][true class][label] is the estimated probability that the
	// rater answers so. A row is nil where no item the rater answered has any
	// probability of that class: nothing is known then.
	ErrorRates    [][][]float64
	LogLikelihood float64 // of the responses, without multinomial constants
	Iterations    int
	Converged     bool // whether Tolerance was met within MaxIterations
}

// DawidSkene estimates true labels and each rater's error rates together by
// expectation-maximisation (Dawid & Skene 1979, Applied Statistics 28:20–28).
// It starts from each item's own label frequencies, as they did, so it is
// deterministic; like every EM it finds a local maximum. classes lists the
// labels; nil takes those that occur.
//
// There must be three raters or more: with two, error rates are not determined
// by the data. It refuses labels outside classes, naming the response (from 1).
func DawidSkene(responses []Response, classes []string, opt EMOptions) (*Consensus, error) {
	m, err := newModel(responses, classes)
	if err != nil {
		return nil, err
	}
	if opt.MaxIterations <= 0 {
		opt.MaxIterations = 10000
	}
	if !(opt.Tolerance > 0) {
		opt.Tolerance = 1e-10
	}
	c := m.out
	last := math.Inf(-1)
	for c.Iterations < opt.MaxIterations {
		c.Iterations++
		m.maximise()
		c.LogLikelihood = m.expect()
		if c.LogLikelihood-last < opt.Tolerance {
			c.Converged = true
			break
		}
		last = c.LogLikelihood
	}
	m.maximise()
	for r := range c.ErrorRates {
		for k, row := range c.ErrorRates[r] {
			if sum(row) == 0 {
				c.ErrorRates[r][k] = nil
			}
		}
	}
	return c, nil
}

// maxRates bounds the error rates that are held in memory.
const maxRates = 20_000_000

// count is how often a rater gave a label to an item.
type count struct {
	item, rater, label int
	n                  float64
}

type model struct {
	out    *Consensus
	counts []count
}

// numbering gives names the numbers 0, 1, 2 … by first appearance.
type numbering struct {
	names []string
	of    map[string]int
}

func (n *numbering) number(name string) int {
	i, ok := n.of[name]
	if !ok {
		i = len(n.names)
		n.of[name] = i
		n.names = append(n.names, name)
	}
	return i
}

func newModel(responses []Response, classes []string) (*model, error) {
	items, raters, labels := &numbering{of: map[string]int{}}, &numbering{of: map[string]int{}}, &numbering{of: map[string]int{}}
	for _, k := range classes {
		labels.number(k)
	}
	if len(labels.names) != len(classes) {
		return nil, fmt.Errorf("a class occurs twice among %q: name each once", classes)
	}
	tally := make(map[[3]int]int)
	m := &model{}
	for i, r := range responses {
		key := [3]int{items.number(r.Item), raters.number(r.Rater), labels.number(r.Label)}
		if classes != nil && len(labels.names) > len(classes) {
			return nil, fmt.Errorf("response %d: %q is not among the classes %q", i+1, r.Label, classes)
		}
		at, ok := tally[key]
		if !ok {
			at = len(m.counts)
			tally[key] = at
			m.counts = append(m.counts, count{key[0], key[1], key[2], 0})
		}
		m.counts[at].n++
	}
	switch {
	case len(responses) == 0:
		return nil, fmt.Errorf("too few: there is no response")
	case len(raters.names) < 3:
		return nil, fmt.Errorf("too few: %d raters, error rates need three", len(raters.names))
	case float64(len(raters.names))*float64(len(labels.names))*float64(len(labels.names)) > maxRates:
		return nil, fmt.Errorf("%d raters and %d classes have too many error rates: choose fewer classes", len(raters.names), len(labels.names))
	case len(labels.names) < 2:
		return nil, fmt.Errorf("undefined: no variation, every response is %q", labels.names[0])
	}
	m.out = &Consensus{Classes: labels.names, Items: items.names, Raters: raters.names}
	m.start()
	return m, nil
}

// start sets the posteriors to each item's label frequencies.
func (m *model) start() {
	c := m.out
	k := len(c.Classes)
	c.Posterior = matrix(len(c.Items), k)
	c.Marginals = make([]float64, k)
	for range c.Raters {
		c.ErrorRates = append(c.ErrorRates, matrix(k, k))
	}
	for _, x := range m.counts {
		c.Posterior[x.item][x.label] += x.n
	}
	for _, p := range c.Posterior {
		normalise(p)
	}
}

// maximise is equations 2.3 and 2.4: error rates and marginals from posteriors.
func (m *model) maximise() {
	c := m.out
	for r := range c.ErrorRates {
		for k := range c.ErrorRates[r] {
			clear(c.ErrorRates[r][k])
		}
	}
	for _, x := range m.counts {
		for k, p := range c.Posterior[x.item] {
			c.ErrorRates[x.rater][k][x.label] += p * x.n
		}
	}
	for r := range c.ErrorRates {
		for _, row := range c.ErrorRates[r] {
			normalise(row)
		}
	}
	clear(c.Marginals)
	for _, p := range c.Posterior {
		for k, v := range p {
			c.Marginals[k] += v / float64(len(c.Items))
		}
	}
}

// expect is equation 2.5, posteriors from error rates and marginals, in
// logarithms; it returns the log-likelihood.
func (m *model) expect() float64 {
	c := m.out
	for _, p := range c.Posterior {
		for k := range p {
			p[k] = math.Log(c.Marginals[k])
		}
	}
	for _, x := range m.counts {
		for k := range c.Classes {
			c.Posterior[x.item][k] += x.n * math.Log(c.ErrorRates[x.rater][k][x.label])
		}
	}
	total := 0.0
	for _, p := range c.Posterior {
		top := slices.Max(p)
		s := 0.0
		for k := range p {
			p[k] = math.Exp(p[k] - top)
			s += p[k]
		}
		for k := range p {
			p[k] /= s
		}
		total += top + math.Log(s)
	}
	return total
}

func matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	cells := make([]float64, rows*columns)
	for i := range m {
		m[i], cells = cells[:columns:columns], cells[columns:]
	}
	return m
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}

// normalise makes v sum to 1; all zeros stay.
func normalise(v []float64) {
	s := sum(v)
	if s == 0 {
		return
	}
	for i := range v {
		v[i] /= s
	}
}

// Class is the most probable class of item i (index into Items) and its
// probability. tied is true when another is as probable, to nine digits; then
// the class is the first of them and no decision.
func (c *Consensus) Class(i int) (class string, probability float64, tied bool) {
	if i < 0 || i >= len(c.Posterior) {
		return "", 0, false
	}
	best := 0
	for k, p := range c.Posterior[i] {
		switch {
		case p > c.Posterior[i][best]+1e-9:
			best, tied = k, false
		case k != best && p > c.Posterior[i][best]-1e-9:
			tied = true
		}
	}
	return c.Classes[best], c.Posterior[i][best], tied
}
