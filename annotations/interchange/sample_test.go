package interchange_test

import (
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

func sample(t rapid.TB) interchange.Export { return interchangetest.Sample(t) }

func TestTheSampleHoldsTogether(t *testing.T) {
	e := sample(t)
	if n := len(e.Documents[0].Article.Units); n != 7 {
		t.Errorf("%d units", n)
	}
}
