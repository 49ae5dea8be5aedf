package agreement

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDawidSkene1979Anaesthetists(t *testing.T) {
	f := sharedAudit(t).DawidSkene
	var responses []Response
	for item := 1; item <= len(f.Responses); item++ {
		for rater := 1; rater <= 5; rater++ {
			for _, l := range f.Responses[fmt.Sprint(item)][fmt.Sprint(rater)] {
				responses = append(responses, Response{fmt.Sprint(item), fmt.Sprint(rater), fmt.Sprint(l)})
			}
		}
	}
	if len(responses) != 45*7 {
		t.Fatalf("%d responses", len(responses))
	}
	c, err := DawidSkene(responses, []string{"1", "2", "3", "4"}, EMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Converged {
		t.Error("not converged")
	}
	near(t, "log-likelihood", Of(c.LogLikelihood), f.Expected.LogLikelihood, 6)
	for k, want := range f.Expected.Marginals {
		near(t, "marginal "+c.Classes[k], Of(c.Marginals[k]), want, 4)
	}
	for r, rater := range c.Raters {
		for k, row := range f.Expected.ObserverErrorRates[rater] {
			for l, want := range row {
				near(t, fmt.Sprintf("rater %s, %d for %d", rater, l+1, k+1), Of(c.ErrorRates[r][k][l]), want, 3)
			}
		}
	}
	for i, want := range f.Expected.MapClass {
		if got, p, tied := c.Class(i); got != fmt.Sprint(want) || tied || p <= 0.5 {
			t.Errorf("item %s is %s (%v, tied %v), want %d", c.Items[i], got, p, tied, want)
		}
	}
}

func TestCrowdkitToy(t *testing.T) {
	f := sharedAudit(t).CrowdkitToy
	var responses []Response
	for _, a := range f.Answers {
		responses = append(responses, Response{Rater: a[0], Item: a[1], Label: a[2]})
	}
	c, err := DawidSkene(responses, nil, EMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, item := range c.Items {
		if got, p, tied := c.Class(i); got != f.Expected[item] || tied {
			t.Errorf("%s is %s (%v, tied %v), want %s", item, got, p, tied, f.Expected[item])
		}
	}
	for _, v := range Majority(responses) {
		if v.Label != f.Expected[v.Item] || v.Tied {
			t.Errorf("majority: %+v, want %s", v, f.Expected[v.Item])
		}
		if v.Broken != (v.Item == "t1") {
			t.Errorf("tie of %s broken: %v", v.Item, v.Broken)
		}
	}
}

func TestDawidSkeneRefusesWhatItCannotKnow(t *testing.T) {
	three := []Response{{"i", "a", "x"}, {"i", "b", "y"}, {"i", "c", "x"}}
	for _, c := range []struct {
		story     string
		responses []Response
		classes   []string
		want      string
	}{
		{"nothing", nil, nil, "too few: there is no response"},
		{"two raters", three[:2], nil, "too few: 2 raters"},
		{"one label", []Response{{"i", "a", "x"}, {"i", "b", "x"}, {"j", "c", "x"}}, nil, "undefined: no variation"},
		{"a label outside the classes", three, []string{"x", "z"}, `response 2: "y"`},
		{"a class twice", three, []string{"x", "y", "x"}, "twice"},
	} {
		if _, err := DawidSkene(c.responses, c.classes, EMOptions{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.story, err, c.want)
		}
	}
}

func TestDawidSkeneStaysWithinProbabilities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var responses []Response
		for range rapid.IntRange(1, 60).Draw(t, "responses") {
			responses = append(responses, Response{
				fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "item")),
				fmt.Sprint(rapid.IntRange(0, 4).Draw(t, "rater")),
				fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "label")),
			})
		}
		c, err := DawidSkene(responses, []string{"0", "1", "2", "3", "never"}, EMOptions{MaxIterations: 200})
		if err != nil {
			return
		}
		rows := [][]float64{c.Marginals}
		rows = append(rows, c.Posterior...)
		for _, r := range c.ErrorRates {
			for _, row := range r {
				if row != nil {
					rows = append(rows, row)
				}
			}
		}
		for _, row := range rows {
			s := 0.0
			for _, p := range row {
				if !(p >= 0 && p <= 1+1e-9) {
					t.Fatalf("a probability of %v", p)
				}
				s += p
			}
			if math.Abs(s-1) > 1e-9 {
				t.Fatalf("probabilities sum to %v: %v", s, row)
			}
		}
		if math.IsNaN(c.LogLikelihood) || math.IsInf(c.LogLikelihood, 0) || c.LogLikelihood > 1e-9 {
			t.Fatalf("log-likelihood %v", c.LogLikelihood)
		}
		for r := range c.Raters {
			if c.ErrorRates[r][4] != nil {
				t.Fatalf("error rates of a class that never is: %v", c.ErrorRates[r][4])
			}
		}
	})
}

func TestDawidSkeneOnVeryManyResponsesToOneItem(t *testing.T) {
	var responses []Response
	for i := range 30000 {
		responses = append(responses, Response{"i", fmt.Sprint(i % 3), []string{"x", "x", "y"}[i/3%3]}, Response{"j", fmt.Sprint(i % 3), "y"})
	}
	c, err := DawidSkene(responses, nil, EMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got, _, _ := c.Class(0); got != "x" || math.IsNaN(c.LogLikelihood) {
		t.Errorf("item i is %q, log-likelihood %v", got, c.LogLikelihood)
	}
}

func TestMajorityWithoutDecision(t *testing.T) {
	got := Majority([]Response{{"i", "a", "x"}, {"i", "b", "y"}})
	if len(got) != 1 || !got[0].Tied || got[0].Label != "" || got[0].Share != 0.5 {
		t.Errorf("%+v", got)
	}
	if got := Majority(nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
