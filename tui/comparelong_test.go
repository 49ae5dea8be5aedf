package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/store/storetest"
)

// Two texts of thousands of sentences each were compared for minutes, in gigabytes of memory,
// and the screen said only that it was looking. They are refused, and what is read stays.
func TestTextsThatAreTooLongAreNotCompared(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	var b strings.Builder
	for i := range 8100 {
		fmt.Fprintf(&b, "Pier %d fell. ", i)
	}
	was := storetest.Import(t, st, ana, read(t, b.String()))
	id := revision(t, st, ana, "piers-r2", was, 2, b.String()+"None stands. ")
	d := show(t, st, id, 110, 30)
	d.WaitFor("piers-r2", "tagged")
	d.Type("C")
	d.WaitFor("8100 and 8101 sentences", "more than 64 million pairs", "piers-r2")
	d.Type("x")
	d.WaitFor("1 contextual. Saved.")
}
