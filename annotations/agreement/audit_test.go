package agreement

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

type auditFile struct {
	ZeroErrorSampleSize []struct {
		Population, N int
		MaxRate       float64 `json:"max_rate"`
		Conf          float64
	} `json:"zero_error_sample_size"`
	ZeroErrorInfinite []struct {
		MaxRate float64 `json:"max_rate"`
		Conf    float64
		N       int
	} `json:"zero_error_infinite"`
	UpperBoundAfterErrors []struct {
		Population, N, Errors int
		UpperCount            int     `json:"upper_count"`
		UpperRate             float64 `json:"upper_rate"`
	} `json:"upper_bound_after_errors"`
	DawidSkene struct {
		Classes   []int
		Responses map[string]map[string][]int
		Expected  struct {
			Marginals          []float64
			ObserverErrorRates map[string][][]float64 `json:"observer_error_rates"`
			MapClass           []int                  `json:"map_class"`
			LogLikelihood      float64                `json:"log_likelihood"`
		}
	} `json:"dawid_skene"`
	CrowdkitToy struct {
		Answers  [][3]string
		Expected map[string]string
	} `json:"crowdkit_toy"`
}

func sharedAudit(t *testing.T) auditFile {
	t.Helper()
	raw := sharedFile(t, "agreement/audit_cases.json")
	// "N" and "n" are two members there; encoding/json reads names without
	// regard to case, so one of them is renamed.
	var f auditFile
	if err := json.Unmarshal(bytes.ReplaceAll(raw, []byte(`"N":`), []byte(`"Population":`)), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSharedAuditNumbers(t *testing.T) {
	f := sharedAudit(t)
	if len(f.ZeroErrorSampleSize) == 0 || len(f.ZeroErrorInfinite) == 0 || len(f.UpperBoundAfterErrors) == 0 {
		t.Fatal("the file holds no numbers")
	}
	for _, c := range f.ZeroErrorSampleSize {
		if n, err := SampleSize(c.Population, c.MaxRate, c.Conf, 0); err != nil || n != c.N {
			t.Errorf("of %d, under %v: check %d, want %d (%v)", c.Population, c.MaxRate, n, c.N, err)
		}
	}
	for _, c := range f.ZeroErrorInfinite {
		if n, err := SampleSizeUnlimited(c.MaxRate, c.Conf, 0); err != nil || n != c.N {
			t.Errorf("without end, under %v: check %d, want %d (%v)", c.MaxRate, n, c.N, err)
		}
	}
	for _, c := range f.UpperBoundAfterErrors {
		b, err := UpperBound(c.Population, c.N, c.Errors, 0.95)
		if err != nil || b.Count != c.UpperCount || math.Abs(b.Rate-c.UpperRate) > 0.00005 {
			t.Errorf("%d wrong of %d checked of %d: %+v, want %d, %v (%v)", c.Errors, c.N, c.Population, b, c.UpperCount, c.UpperRate, err)
		}
	}
}

// exactTail is P(X ≤ e) as a fraction of whole numbers.
func exactTail(h hyper, e int) *big.Rat {
	sum := new(big.Int)
	for x := h.lowest(); x <= min(e, h.highest()); x++ {
		ways := new(big.Int).Binomial(int64(h.wrong), int64(x))
		ways.Mul(ways, new(big.Int).Binomial(int64(h.size-h.wrong), int64(h.n-x)))
		sum.Add(sum, ways)
	}
	return new(big.Rat).SetFrac(sum, new(big.Int).Binomial(int64(h.size), int64(h.n)))
}

func TestHypergeometricTailsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hyper{size: rapid.IntRange(1, 400).Draw(t, "size")}
		h.wrong = rapid.IntRange(0, h.size).Draw(t, "wrong")
		h.n = rapid.IntRange(0, h.size).Draw(t, "n")
		e := rapid.IntRange(0, h.n).Draw(t, "e")
		exact := exactTail(h, e)
		want, _ := exact.Float64()
		if got := h.cdf(e); math.Abs(got-want) > 1e-11*want+1e-300 && math.Abs(got-want) > 1e-12 {
			t.Fatalf("%+v P(X ≤ %d) = %v, exactly %v", h, e, got, want)
		}
		if e >= h.lowest() && e < h.highest() {
			high, _ := h.exactCDF(e).Float64()
			if math.Abs(high-want) > 1e-14*want {
				t.Fatalf("%+v P(X ≤ %d) = %v at high precision, exactly %v", h, e, high, want)
			}
		}
	})
}

// The size is the least that will do: one fewer would not.
func TestSampleSizesAreTheLeastThatDo(t *testing.T) {
	doubtful := big.NewRat(1, 20)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 300).Draw(t, "size")
		percent := rapid.IntRange(1, 60).Draw(t, "percent")
		allowed := rapid.IntRange(0, 4).Draw(t, "allowed")
		wrong := (size*percent + 99) / 100
		n, err := SampleSize(size, float64(percent)/100, 0.95, allowed)
		if wrong <= allowed {
			if err == nil {
				t.Fatalf("%d allowed where %d are too many, and no error", allowed, wrong)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if exactTail(hyper{size, wrong, n}, allowed).Cmp(doubtful) > 0 {
			t.Fatalf("checking %d of %d leaves too much doubt", n, size)
		}
		if n > 0 && exactTail(hyper{size, wrong, n - 1}, allowed).Cmp(doubtful) <= 0 {
			t.Fatalf("%d of %d would do, not only %d", n-1, size, n)
		}
	})
}

func TestUpperBoundsAreTheLargestNotExcluded(t *testing.T) {
	doubtful := big.NewRat(1, 10)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 200).Draw(t, "size")
		n := rapid.IntRange(0, size).Draw(t, "n")
		wrong := rapid.IntRange(0, n).Draw(t, "wrong")
		b, err := UpperBound(size, n, wrong, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		if exactTail(hyper{size, b.Count, n}, wrong).Cmp(doubtful) <= 0 {
			t.Fatalf("%d of %d is excluded after all", b.Count, size)
		}
		if b.Count < size && exactTail(hyper{size, b.Count + 1, n}, wrong).Cmp(doubtful) > 0 {
			t.Fatalf("%d of %d is not excluded", b.Count+1, size)
		}
	})
}

func TestTiesAndDecimalRatesAreTakenAsWritten(t *testing.T) {
	for _, c := range []struct {
		story      string
		size       int
		rate, conf float64
		want       int
	}{
		{"one wrong of 20, unseen with exactly 5%", 20, 0.05, 0.95, 19},
		{"one wrong of 10, unseen with exactly 30%", 10, 0.1, 0.7, 7},
		{"7% of 100 is 7, though not in binary", 100, 0.07, 0.95, 34},
	} {
		n, err := SampleSize(c.size, c.rate, c.conf, 0)
		if err != nil || n != c.want {
			t.Errorf("%s: %d, want %d (%v)", c.story, n, c.want, err)
		}
	}
	for _, c := range []struct {
		rate, conf float64
		want       int
	}{{0.5, 0.75, 2}, {0.1, 0.19, 2}, {0.5, 0.9990234375, 10}} {
		if n, err := SampleSizeUnlimited(c.rate, c.conf, 0); err != nil || n != c.want {
			t.Errorf("without end, %v at %v: %d, want %d (%v)", c.rate, c.conf, n, c.want, err)
		}
	}
}

func TestHugePopulationsAreAnsweredAtOnce(t *testing.T) {
	// With a population that large the answer is that of one without end.
	for _, rate := range []float64{0.1, 0.01, 0.0001} {
		for _, allowed := range []int{0, 3, 50} {
			finite, err := SampleSize(1_000_000_000, rate, 0.95, allowed)
			if err != nil {
				t.Fatal(err)
			}
			endless, err := SampleSizeUnlimited(rate, 0.95, allowed)
			if err != nil {
				t.Fatal(err)
			}
			if finite > endless || float64(endless-finite) > 1+0.001*float64(endless) {
				t.Errorf("rate %v, %d allowed: %d of a billion, %d without end", rate, allowed, finite, endless)
			}
		}
	}
	b, err := UpperBound(1_000_000_000, 300_000_000, 1_000_000, 0.95)
	if err != nil || b.Count < 3_333_333 || b.Count > 3_340_000 {
		t.Errorf("bound %+v, %v", b, err)
	}
	// A tie that no floating point can see: 1 - n/N = 0.05 exactly.
	if n, err := SampleSize(1_000_000_000, 1e-9, 0.95, 0); err != nil || n != 950_000_000 {
		t.Errorf("one wrong in a billion: %d, %v", n, err)
	}
}

func TestUpperRateIsClopperPearson(t *testing.T) {
	for _, c := range []struct{ n, wrong int }{{59, 0}, {100, 0}, {10, 3}, {1000, 12}} {
		v, err := UpperRate(c.n, c.wrong, 0.95)
		if err != nil || !v.OK {
			t.Fatalf("%+v: %v, %v", c, v, err)
		}
		tail := 0.0
		for x := 0; x <= c.wrong; x++ {
			lc, _ := math.Lgamma(float64(c.n + 1))
			lx, _ := math.Lgamma(float64(x + 1))
			ln, _ := math.Lgamma(float64(c.n - x + 1))
			tail += math.Exp(lc - lx - ln + float64(x)*math.Log(v.V) + float64(c.n-x)*math.Log1p(-v.V))
		}
		if math.Abs(tail-0.05) > 1e-9 {
			t.Errorf("%+v: at %v the tail is %v", c, v.V, tail)
		}
	}
	if v, err := UpperRate(0, 0, 0.95); err != nil || v.OK {
		t.Errorf("nothing checked: %v, %v", v, err)
	}
	if v, err := UpperRate(4, 4, 0.95); err != nil || v.V != 1 {
		t.Errorf("all wrong: %v, %v", v, err)
	}
}

func TestPlansThatMakeNoSenseAreRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, bad := range []float64{0, 1, -0.1, 1.5, nan, inf, -inf} {
		if _, err := SampleSize(10, bad, 0.95, 0); err == nil {
			t.Errorf("rate %v was taken", bad)
		}
		if _, err := SampleSize(10, 0.1, bad, 0); err == nil {
			t.Errorf("confidence %v was taken", bad)
		}
		if _, err := UpperBound(10, 5, 0, bad); err == nil {
			t.Errorf("confidence %v of a bound was taken", bad)
		}
		if _, err := SampleSizeUnlimited(bad, 0.95, 0); err == nil {
			t.Errorf("rate %v without end was taken", bad)
		}
	}
	for _, c := range [][3]int{{0, 0, 0}, {-1, 0, 0}, {10, 11, 0}, {10, 5, 6}, {10, -1, 0}, {10, 5, -1}, {maxPopulation + 1, 1, 0}} {
		if _, err := UpperBound(c[0], c[1], c[2], 0.95); err == nil {
			t.Errorf("counts %v were taken", c)
		}
	}
	for _, c := range [][2]int{{0, 0}, {-5, 0}, {10, -1}, {math.MaxInt, 0}, {10, 1}, {10, math.MaxInt}} {
		if _, err := SampleSize(c[0], 0.1, 0.95, c[1]); err == nil {
			t.Errorf("population %d with %d allowed was taken", c[0], c[1])
		}
	}
	for _, c := range [][2]int{{-1, 0}, {3, 4}, {0, 1}, {math.MaxInt, 0}} {
		if _, err := UpperRate(c[0], c[1], 0.95); err == nil {
			t.Errorf("%d wrong of %d was taken", c[1], c[0])
		}
	}
	if _, err := SampleSizeUnlimited(1e-300, 0.95, 0); err == nil {
		t.Error("a rate beyond reach was taken")
	}
	if n, err := SampleSizeUnlimited(1e-12, 0.95, 0); err != nil || n < 2_990_000_000_000 || n > 3_000_000_000_000 {
		t.Errorf("a tiny rate: %d, %v", n, err)
	}
}
