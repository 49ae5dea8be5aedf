package agreement

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func BenchmarkTable100000UnitsBy5Raters(b *testing.B) {
	cells, _ := simulated(100_000, 5, 0.7, 1)
	b.ReportAllocs()
	for b.Loop() {
		mustTable(b, words("S C X"), cells, Options{})
	}
}

func BenchmarkAlpha100000UnitsBy5Raters(b *testing.B) {
	cells, _ := simulated(100_000, 5, 0.7, 1)
	b.ReportAllocs()
	for b.Loop() {
		if v := mustTable(b, words("S C X"), cells, Options{}).Alpha(Nominal); !v.OK {
			b.Fatal(v)
		}
	}
}

// No two rows alike: the case that keeping equal rows once cannot help.
func BenchmarkOrdinalAlpha100000DifferentRows(b *testing.B) {
	const q = 1000
	values := make([]float64, q)
	for i := range values {
		values[i] = float64(i)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	cells := make([][]int, 100_000)
	for u := range cells {
		for range 5 {
			cells[u] = append(cells[u], rng.IntN(q))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if v := mustTable(b, numbers(values...), cells, Options{Ordered: true}).Alpha(Ordinal); !v.OK {
			b.Fatal(v)
		}
	}
}

func BenchmarkEvaluate100000UnitsBy5Raters(b *testing.B) {
	cells, _ := simulated(100_000, 5, 0.7, 1)
	c := Case{Name: "large", Labels: words("S C X"), Ratings: cells}
	for b.Loop() {
		if _, err := Evaluate(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadCases100000UnitsBy5Raters(b *testing.B) {
	cells, _ := simulated(100_000, 5, 0.7, 1)
	var file bytes.Buffer
	if err := WriteCases(&file, []Case{{Name: "large", Labels: words("S C X"), Ratings: cells}}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		if _, err := ReadCases(bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBootstrap1000Articles(b *testing.B) {
	cells, clusters := simulated(40_000, 5, 0.7, 1)
	tab := mustTable(b, words("S C X"), cells, Options{})
	for b.Loop() {
		if _, err := Bootstrap(tab, clusters, BootstrapOptions{Seed: 1}, alphaOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSampleSizeOfABillion(b *testing.B) {
	for b.Loop() {
		if _, err := SampleSize(1_000_000_000, 0.001, 0.95, 20); err != nil {
			b.Fatal(err)
		}
	}
}
