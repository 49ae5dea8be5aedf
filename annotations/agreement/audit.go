package agreement

import (
	"fmt"
	"math"
	"math/big"
	"sort"
)

// SampleSize answers "how many must I check to be 95% sure that under 5% are
// wrong": the smallest number to draw at random from a population so that, if
// allowed or fewer of them prove wrong, a wrong share of maxRate or more is
// excluded with the confidence given. It is exact: the probability is
// hypergeometric, the count to exclude is maxRate·population rounded up, and
// rates are taken as the decimals they are written as.
//
// population is 1 to 1,000,000,000; maxRate and confidence lie inside (0, 1);
// allowed is 0 or more. There is an error when even checking everything would
// not do, since allowed wrong ones are already maxRate.
func SampleSize(population int, maxRate, confidence float64, allowed int) (int, error) {
	a, rate, err := plan(maxRate, confidence, allowed)
	if err != nil {
		return 0, err
	}
	if population < 1 || population > maxPopulation {
		return 0, fmt.Errorf("population of %d: it must hold from 1 to %d", population, maxPopulation)
	}
	wrong := countFor(population, rate)
	if wrong <= allowed {
		return 0, fmt.Errorf("%d wrong of %d is already %v or more: allow fewer than %d", allowed, population, maxRate, wrong)
	}
	n := sort.Search(population, func(n int) bool {
		return hyper{population, wrong, n}.atMost(allowed, a)
	})
	return n, nil
}

// SampleSizeUnlimited is [SampleSize] for a population without end, such as all
// sentences that a machine will ever tag: the probability is binomial.
func SampleSizeUnlimited(maxRate, confidence float64, allowed int) (int, error) {
	a, rate, err := plan(maxRate, confidence, allowed)
	if err != nil {
		return 0, err
	}
	if maxRate < 1e-12 {
		return 0, fmt.Errorf("a rate of %v is too small to be tested by checking: choose 1e-12 or more", maxRate)
	}
	high := allowed + 1
	for !binomialAtMost(high, allowed, rate, a) {
		high *= 2
		if high > 1<<55 {
			return 0, fmt.Errorf("more than %d would have to be checked: choose a larger rate or less confidence", high/2)
		}
	}
	low := high / 2
	return low + sort.Search(high-low, func(i int) bool {
		return binomialAtMost(low+i, allowed, rate, a)
	}), nil
}

func plan(maxRate, confidence float64, allowed int) (doubt, *big.Rat, error) {
	a, err := doubtOf(confidence)
	if err != nil {
		return a, nil, err
	}
	rate, ok := decimal(maxRate)
	if !ok || rate.Sign() <= 0 || rate.Cmp(big.NewRat(1, 1)) >= 0 {
		return a, nil, fmt.Errorf("rate %v: choose one between 0 and 1, such as 0.05", maxRate)
	}
	if allowed < 0 || allowed > maxPopulation {
		return a, nil, fmt.Errorf("%d wrong ones allowed: choose from 0 to %d", allowed, maxPopulation)
	}
	return a, rate, nil
}

// countFor is rate·population rounded up.
func countFor(population int, rate *big.Rat) int {
	x := new(big.Rat).Mul(rate, big.NewRat(int64(population), 1))
	q, m := new(big.Int).DivMod(x.Num(), x.Denom(), new(big.Int))
	if m.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return int(q.Int64())
}

// Bound is what a finished check says about the whole.
type Bound struct {
	Count int     `json:"upper_count"` // at most so many are wrong
	Rate  float64 `json:"upper_rate"`  // the same as a share of the population, 0 to 1
}

// UpperBound is the largest number of wrong ones in the population that a random
// check of checked with wrong found does not exclude at this confidence: the
// exact one-sided hypergeometric bound (Buonaccorsi 1987).
//
// 0 ≤ wrong ≤ checked ≤ population, population 1 to 1,000,000,000.
func UpperBound(population, checked, wrong int, confidence float64) (Bound, error) {
	a, err := doubtOf(confidence)
	if err != nil {
		return Bound{}, err
	}
	if err := checkCounts(population, checked, wrong); err != nil {
		return Bound{}, err
	}
	return boundOf(upperCount(population, checked, wrong, a), population), nil
}

func checkCounts(population, checked, wrong int) error {
	switch {
	case population < 1 || population > maxPopulation:
		return fmt.Errorf("population of %d: it must hold from 1 to %d", population, maxPopulation)
	case checked < 0 || checked > population:
		return fmt.Errorf("%d checked of %d: no more than all can be checked", checked, population)
	case wrong < 0 || wrong > checked:
		return fmt.Errorf("%d wrong of %d checked: no more than all can be wrong", wrong, checked)
	}
	return nil
}

func boundOf(count, population int) Bound {
	return Bound{Count: count, Rate: float64(count) / float64(population)}
}

func upperCount(population, checked, wrong int, a doubt) int {
	most := population - (checked - wrong) // the checked sound ones are sound
	// The first count that is excluded, less one. wrong itself never is.
	return wrong + sort.Search(most-wrong, func(i int) bool {
		return hyper{population, wrong + i + 1, checked}.atMost(wrong, a)
	})
}

// UpperRate is the bound for a population without end: the one-sided exact
// binomial limit (Clopper & Pearson 1934), 0 to 1, to 12 digits or so.
func UpperRate(checked, wrong int, confidence float64) (Value, error) {
	a, err := doubtOf(confidence)
	if err != nil {
		return Value{}, err
	}
	if checked > maxPopulation {
		return Value{}, fmt.Errorf("%d checked: choose at most %d", checked, maxPopulation)
	}
	if checked == 0 && wrong == 0 {
		return tooFew("nothing was checked"), nil
	}
	if err := checkCounts(max(checked, 1), checked, wrong); err != nil {
		return Value{}, err
	}
	if wrong == checked {
		return Of(1), nil
	}
	low, high := float64(wrong)/float64(checked), 1.0
	for range 200 {
		mid := low + (high-low)/2
		if mid == low || mid == high {
			break
		}
		if binomialCDF(checked, wrong, mid, 1-mid) <= a.f {
			high = mid
		} else {
			low = mid
		}
	}
	return Of(math.Min(high, 1)), nil
}
