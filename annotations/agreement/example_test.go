package agreement_test

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations/agreement"
)

func ExampleEvaluate() {
	cases, err := agreement.ReadCases(strings.NewReader(`{
		"name": "two reviewers", "labels": ["sourced", "contested", "contextual"],
		"ratings": [["sourced", "sourced"], ["sourced", "contested"], ["contextual", "contextual"], ["contested", null]]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := agreement.Evaluate(cases[0])
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"percent_agreement", "krippendorff_alpha_nominal", "cohen_kappa", "krippendorff_alpha_ordinal"} {
		fmt.Println(name, r.Values[name])
	}
	// Output:
	// percent_agreement 0.667
	// krippendorff_alpha_nominal 0.545
	// cohen_kappa 0.500
	// krippendorff_alpha_ordinal not comparable: the labels have no order, and the ordinal scale needs one
}

func ExampleSampleSize() {
	n, err := agreement.SampleSize(200, 0.05, 0.95, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := agreement.UpperBound(200, n, 0, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("check %d of 200; if all are right, at most %d (%.1f%%) are wrong\n", n, b.Count, 100*b.Rate)
	// Output:
	// check 51 of 200; if all are right, at most 9 (4.5%) are wrong
}
