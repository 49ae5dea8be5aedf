package interchangetest

import (
	"testing"

	"pgregory.net/rapid"
)

// rounds bounds how often [Until] checks. Where one check of the usual hundred
// draws misses something one time in ten, all of them do one time in 10^30.
const rounds = 30

// Until checks prop, as [rapid.Check] does, and goes on until met reports that
// what makes the test worth anything was drawn. So a rare case never fails a test
// by bad luck, and a generator that cannot make it does.
func Until(t *testing.T, met func() bool, prop func(*rapid.T)) {
	t.Helper()
	for range rounds {
		rapid.Check(t, prop)
		if met() || t.Failed() {
			return
		}
	}
	t.Errorf("in %d rounds what this test is about was never drawn", rounds)
}
