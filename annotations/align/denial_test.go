package align

import (
	"slices"
	"strings"
	"testing"
)

// A rewrite that turned "was not unsafe" into "was unsafe" showed no change at all.
// Here one not in five sentences is taken out of real and invented news. Rewrites
// that keep the sense must not be said to turn it round: simplified news says the
// same in other words throughout, with "unable" and "declined" for a not.
func TestADenialThatIsTakenOutIsToldAndNoOther(t *testing.T) {
	out, told := 0, 0
	for _, p := range development(t) {
		for _, c := range append(Compare(p.a, p.b).Changes, Compare(p.b, p.a).Changes...) {
			if c.Type == DenialDropped || c.Type == DenialAdded {
				t.Errorf("%s: %+v", p.name, c)
			}
		}
		var was, now []string
		var cut []int
		for _, u := range p.a.Units {
			s := u.Span.In(p.a.Text)
			was, now = append(was, s), append(now, s)
			for _, word := range []string{" not ", " never ", " no "} {
				if strings.Count(s, word) == 1 && len(cut)*5 < len(was) {
					now[len(now)-1] = strings.Replace(s, word, " ", 1)
					cut = append(cut, len(was)-1)
					break
				}
			}
		}
		found := Compare(sideOf(was...), sideOf(now...)).Changes
		for _, i := range cut {
			out++
			if slices.ContainsFunc(found, func(c Change) bool { return c.B == i && (c.Type == DenialDropped || c.Type == QuoteAltered) }) {
				told++
			}
		}
	}
	t.Logf("%d of %d told", told, out)
	if out < 5 || told*100 < out*70 {
		t.Errorf("%d of %d told", told, out)
	}
}
