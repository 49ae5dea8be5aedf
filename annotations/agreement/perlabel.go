package agreement

// labelSums are the sums over units with two ratings or more that figures of one
// label are made of; x is how many of a unit's n ratings chose it.
type labelSums struct {
	used     []float64 // Σ x
	spread   []float64 // Σ x(n-x) / n(n-1)
	agree    []float64 // Σ x(x-1)
	chances  []float64 // Σ x(n-1)
	noAgree  []float64 // Σ (n-x)(n-x-1), less what units without the label add
	units    float64   // Σ 1
	ratings  float64   // Σ n
	pairings float64   // Σ n(n-1)
}

func (t *Table) labelSums() *labelSums {
	q := len(t.labels)
	s := &labelSums{
		used: make([]float64, q), spread: make([]float64, q), agree: make([]float64, q),
		chances: make([]float64, q), noAgree: make([]float64, q),
	}
	for i, p := range t.patterns {
		if p.n < 2 || t.mult[i] == 0 {
			continue
		}
		m := t.mult[i]
		s.units += m
		s.ratings += m * p.n
		s.pairings += m * p.n * (p.n - 1)
		for j, l := range p.labels {
			x, rest := p.counts[j], p.n-p.counts[j]
			s.used[l] += m * x
			s.spread[l] += m * x * rest / (p.n * (p.n - 1))
			s.agree[l] += m * x * (x - 1)
			s.chances[l] += m * x * (p.n - 1)
			s.noAgree[l] += m * (rest*(rest-1) - p.n*(p.n-1))
		}
	}
	return s
}

const (
	labelUnused = "nobody used the label on a unit with two ratings"
	labelAlone  = "nobody used another label on a unit with two ratings"
)

// FleissLabels is Fleiss's kappa of each label against all others together
// (Fleiss 1971, κ_j; the form of Fleiss, Nee & Landis 1979): 1 - mean of
// x(n-x) / n(n-1) over p(1-p). Index as in Labels.
func (t *Table) FleissLabels() []Value {
	guard := t.comparable()
	s, pi := t.labelSums(), t.proportions()
	return t.eachLabel(func(l int) Value {
		switch {
		case !guard.OK:
			return guard
		case s.used[l] == 0:
			return undefined(labelUnused)
		case s.used[l] == s.ratings:
			return undefined(labelAlone)
		}
		return chanceCorrected(s.spread[l]/s.units, pi[l]*(1-pi[l]))
	})
}

// PositiveAgreements is the specific agreement on each label: of the pairings in
// which one rating chose it, how often the other did too (Dice 1945; Cicchetti &
// Feinstein 1990; for many raters Σx(x-1) / Σx(n-1)). For two raters it is the
// F1 of one against the other. Range 0 to 1; index as in Labels.
func (t *Table) PositiveAgreements() []Value {
	guard := t.anyPair()
	s := t.labelSums()
	return t.eachLabel(func(l int) Value {
		switch {
		case !guard.OK:
			return guard
		case s.used[l] == 0:
			return undefined(labelUnused)
		}
		return Of(s.agree[l] / s.chances[l])
	})
}

// NegativeAgreements is the same for not choosing the label.
func (t *Table) NegativeAgreements() []Value {
	guard := t.anyPair()
	s := t.labelSums()
	return t.eachLabel(func(l int) Value {
		switch {
		case !guard.OK:
			return guard
		case s.used[l] == s.ratings:
			return undefined(labelAlone)
		}
		return Of((s.pairings + s.noAgree[l]) / (s.pairings - s.chances[l]))
	})
}

func (t *Table) eachLabel(figure func(l int) Value) []Value {
	out := make([]Value, len(t.labels))
	for l := range out {
		out[l] = figure(l)
	}
	return out
}
