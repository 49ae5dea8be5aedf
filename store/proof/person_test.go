package proof

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// A merge lets the second of two things that one person said stand as "NAME (2)".
// Who is to be left out is left out under that name, too, and nobody else is.
func TestWhoIsMeantByAName(t *testing.T) {
	long := strings.Repeat("n", annotations.MaxName-2)
	for _, c := range []struct {
		who, name string
		is        bool
	}{
		{"ana", "ana", true}, {"ana (2)", "ana", true}, {"ana (17)", "ana", true}, {"ana (2) (3)", "ana", true}, {"ana (2)", "ana (2)", true},
		{"ana", "ana (2)", false}, {"ana (3)", "ana (2)", false}, {"anat", "ana", false}, {"ana (the elder)", "ana", false}, {"ana (2", "ana", false},
		{"ana(2)", "ana", false}, {" (2)", "", false}, {"", "ana", false}, {"ben (2)", "ana", false}, {"an (2)", "ana", false},
		{long[:annotations.MaxName-4] + " (2)", long, true}, {long[:3] + " (2)", long, false},
	} {
		if got := isPerson(c.who, c.name); got != c.is {
			t.Errorf("%q is %q: %v, want %v", c.who, c.name, got, c.is)
		}
	}
}
