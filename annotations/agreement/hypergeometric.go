package agreement

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
)

// maxPopulation is the largest population that samples are sized for.
const maxPopulation = 1_000_000_000

// undecided is how near, relatively, a probability in floating point may come to
// the level of doubt before it is computed again with bigPrec bits; tied is when
// even then the two count as equal.
const (
	undecided = 1e-9
	bigPrec   = 1024
	tiedBits  = 900
	maxSteps  = 2_000_000 // factors multiplied at that precision
)

// decimal reads a fraction as the decimal it is written as: 0.05 is 5/100, not
// the binary fraction nearest to it.
func decimal(v float64) (*big.Rat, bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, false
	}
	return new(big.Rat).SetString(strconv.FormatFloat(v, 'g', -1, 64))
}

// doubt is 1 - confidence, exactly.
type doubt struct {
	f float64
	r *big.Rat
}

func doubtOf(confidence float64) (doubt, error) {
	c, ok := decimal(confidence)
	if !ok || c.Sign() <= 0 || c.Cmp(big.NewRat(1, 1)) >= 0 {
		return doubt{}, fmt.Errorf("confidence %v: choose one between 0 and 1, such as 0.95", confidence)
	}
	return newDoubt(c.Sub(big.NewRat(1, 1), c)), nil
}

func newDoubt(r *big.Rat) doubt {
	f, _ := r.Float64()
	return doubt{f, r}
}

// among is that level shared evenly by n.
func (a doubt) among(n int) doubt {
	return newDoubt(new(big.Rat).Quo(a.r, big.NewRat(int64(max(n, 1)), 1)))
}

// covers reports whether p, or the costlier exact one when p is too near to
// tell, is at most a. Where even exact cannot be had it says no, the side on
// which more is checked.
func (a doubt) covers(p float64, exact func() *big.Float) bool {
	if math.Abs(p-a.f) > undecided*a.f {
		return p < a.f
	}
	x := exact()
	if x == nil {
		return false
	}
	level := new(big.Float).SetPrec(bigPrec).SetRat(a.r)
	diff := new(big.Float).SetPrec(bigPrec).Sub(x, level)
	if diff.Sign() <= 0 {
		return true
	}
	return diff.MantExp(nil) < level.MantExp(nil)-tiedBits
}

// hyper is a draw of n from a population of size that holds wrong ones.
type hyper struct{ size, wrong, n int }

// atMost reports whether at most e wrong ones turn up with a probability of a or
// less.
func (h hyper) atMost(e int, a doubt) bool {
	return a.covers(h.cdf(e), func() *big.Float { return h.exactCDF(e) })
}

func (h hyper) lowest() int  { return max(0, h.n+h.wrong-h.size) }
func (h hyper) highest() int { return min(h.n, h.wrong) }

// cdf is P(X ≤ e). It starts from one probability by the saddle-point expansion
// (Loader 2000) and sums the shorter tail by the ratio of neighbours.
func (h hyper) cdf(e int) float64 {
	if e < h.lowest() {
		return 0
	}
	if e >= h.highest() {
		return 1
	}
	n, k, rest := float64(h.n), float64(h.wrong), float64(h.size-h.wrong-h.n)
	mean := n * k / float64(h.size)
	if float64(e) <= mean {
		term := h.pmf(e)
		sum := term
		for x := float64(e); x > float64(h.lowest()) && term > sum*1e-18; x-- {
			term *= x * (rest + x) / ((k - x + 1) * (n - x + 1))
			sum += term
		}
		return min(sum, 1)
	}
	term := h.pmf(e + 1)
	sum := term
	for x := float64(e + 1); x < float64(h.highest()) && term > sum*1e-18; x++ {
		term *= (k - x) * (n - x) / ((x + 1) * (rest + x + 1))
		sum += term
	}
	return max(1-sum, 0)
}

func (h hyper) pmf(x int) float64 {
	p := float64(h.n) / float64(h.size)
	q := float64(h.size-h.n) / float64(h.size)
	a := binomial(float64(x), float64(h.wrong), p, q)
	b := binomial(float64(h.n-x), float64(h.size-h.wrong), p, q)
	return a * b / binomial(float64(h.n), float64(h.size), p, q)
}

// exactCDF is P(X ≤ e) to bigPrec bits, or nil when that takes too long.
func (h hyper) exactCDF(e int) *big.Float {
	// P(X = lowest) is a draw that avoids something altogether: the wrong ones
	// when lowest is 0, and otherwise the part left undrawn avoids the sound ones.
	lowest, drawn, avoid := h.lowest(), h.n, h.wrong
	if lowest > 0 {
		drawn, avoid = h.size-h.n, h.size-h.wrong
	}
	few, many := min(drawn, avoid), max(drawn, avoid)
	if few > maxSteps || e-lowest > maxSteps {
		return nil
	}
	term := bigOf(1)
	for i := range few {
		term.Mul(term, bigOf(h.size-many-i))
		term.Quo(term, bigOf(h.size-i))
	}
	sum := bigOf(0).Set(term)
	for x := lowest; x < min(e, h.highest()); x++ {
		term.Mul(term, bigOf(h.wrong-x))
		term.Mul(term, bigOf(h.n-x))
		term.Quo(term, bigOf(x+1))
		term.Quo(term, bigOf(h.size-h.wrong-h.n+x+1))
		sum.Add(sum, term)
	}
	return sum
}

func bigOf(v int) *big.Float { return new(big.Float).SetPrec(bigPrec).SetInt64(int64(v)) }

// binomialAtMost reports whether n draws, each wrong with probability rate, hold
// at most e wrong ones with a probability of a or less.
func binomialAtMost(n, e int, rate *big.Rat, a doubt) bool {
	if e >= n {
		return false
	}
	p, _ := rate.Float64()
	q, _ := new(big.Rat).Sub(big.NewRat(1, 1), rate).Float64()
	return a.covers(binomialCDF(n, e, p, q), func() *big.Float { return exactBinomialCDF(n, e, rate) })
}

func binomialCDF(n, e int, p, q float64) float64 {
	if e < 0 {
		return 0
	}
	if e >= n {
		return 1
	}
	total := float64(n)
	if float64(e) <= total*p {
		term := binomial(float64(e), total, p, q)
		sum := term
		for x := float64(e); x > 0 && term > sum*1e-18; x-- {
			term *= x * q / ((total - x + 1) * p)
			sum += term
		}
		return min(sum, 1)
	}
	term := binomial(float64(e+1), total, p, q)
	sum := term
	for x := float64(e + 1); x < total && term > sum*1e-18; x++ {
		term *= (total - x) * p / ((x + 1) * q)
		sum += term
	}
	return max(1-sum, 0)
}

func exactBinomialCDF(n, e int, rate *big.Rat) *big.Float {
	if e > maxSteps {
		return nil
	}
	p := new(big.Float).SetPrec(bigPrec).SetRat(rate)
	q := new(big.Float).SetPrec(bigPrec).SetRat(new(big.Rat).Sub(big.NewRat(1, 1), rate))
	term, square := bigOf(1), bigOf(0).Set(q)
	for k := n; k > 0; k >>= 1 {
		if k&1 == 1 {
			term.Mul(term, square)
		}
		square.Mul(square, square)
	}
	sum := bigOf(0).Set(term)
	odds := bigOf(0).Quo(p, q)
	for x := range e {
		term.Mul(term, odds)
		term.Mul(term, bigOf(n-x))
		term.Quo(term, bigOf(x+1))
		sum.Add(sum, term)
	}
	return sum
}

// binomial is the probability of x in n at rate p = 1 - q, by Loader's
// saddle-point expansion ("Fast and accurate computation of binomial
// probabilities", 2000): relative error near 1e-14 at any size.
func binomial(x, n, p, q float64) float64 {
	switch {
	case p == 0:
		return indicator(x == 0)
	case q == 0:
		return indicator(x == n)
	case x == 0:
		if p < 0.1 {
			return math.Exp(-deviance(n, n*q) - n*p)
		}
		return math.Exp(n * math.Log(q))
	case x == n:
		if q < 0.1 {
			return math.Exp(-deviance(n, n*p) - n*q)
		}
		return math.Exp(n * math.Log(p))
	case x < 0 || x > n:
		return 0
	}
	c := stirlingError(n) - stirlingError(x) - stirlingError(n-x) - deviance(x, n*p) - deviance(n-x, n*q)
	return math.Exp(c) * math.Sqrt(n/(2*math.Pi*x*(n-x)))
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// deviance is x·ln(x/m) + m - x, kept exact where x is near m.
func deviance(x, m float64) float64 {
	if math.Abs(x-m) >= 0.1*(x+m) {
		return x*math.Log(x/m) + m - x
	}
	v := (x - m) / (x + m)
	s := (x - m) * v
	term := 2 * x * v
	for j := 3.0; j < 2000; j += 2 {
		term *= v * v
		next := s + term/j
		if next == s {
			break
		}
		s = next
	}
	return s
}

// stirlingError is ln n! less Stirling's formula for it.
func stirlingError(n float64) float64 {
	if n <= 15 {
		lg, _ := math.Lgamma(n + 1)
		return lg - (n+0.5)*math.Log(n) + n - 0.5*math.Log(2*math.Pi)
	}
	s := 1 / (n * n)
	return (1.0/12 - s*(1.0/360-s*(1.0/1260-s*(1.0/1680-s/1188)))) / n
}
