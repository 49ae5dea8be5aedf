package align

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestQuotationsThatDiffer(t *testing.T) {
	var x QuoteIndex
	x.Add("post", sideOf("“We will not leave the valley until the dam is safe,” Orla Finn said.", "“The mill stays open,” she added."))
	x.Add("wire", sideOf("\"We will never leave the valley until the dam is safe,\" Finn said."))
	x.Add("part", sideOf("Finn said they would not “leave the valley until the dam is safe”."))
	x.Add("other", sideOf("“The mill stays open,” she said.", "“Nobody asked the farmers of the valley,” a man said."))
	got := x.Variants()
	if len(got) != 1 {
		t.Fatalf("%d quotations differ, want 1: %v", len(got), got)
	}
	var keys []string
	for _, q := range got[0] {
		keys = append(keys, q.Key)
		if q.Unit != 0 {
			t.Errorf("%+v stands in sentence 0", q)
		}
	}
	if want := "post wire part"; strings.Join(keys, " ") != want {
		t.Errorf("the places are %v, want %s", keys, want)
	}
}

func TestAMarkedOmissionIsNoDifference(t *testing.T) {
	var x QuoteIndex
	x.Add("a", sideOf("“We will stay in this valley and rebuild the old mill,” she said."))
	x.Add("b", sideOf("“We will stay … and rebuild the old mill,” she said."))
	if got := x.Variants(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// TestManyQuotationsTakeSeconds: ten thousand quotations, none compared with all.
func TestManyQuotationsTakeSeconds(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	var x QuoteIndex
	start := time.Now()
	for i := range 1000 {
		var text []string
		for _, s := range article(r, 10) {
			text = append(text, "“"+s+"” she said.")
		}
		x.Add(fmt.Sprint(i), sideOf(text...))
	}
	n := len(x.Variants())
	t.Logf("10,000 quotations: %d differ, %v", n, time.Since(start))
	if n > 0 {
		t.Errorf("%d invented quotations are called the same", n)
	}
	if time.Since(start) > 20*time.Second {
		t.Error("too slow")
	}
}
