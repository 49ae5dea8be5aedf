package tui_test

import (
	"testing"
)

// Three people speak in turn, and each asks something. The key that takes what is suggested
// for a quotation took all that they said as one act: a question was taken for a going on
// of whatever stood before it, and a voice that is named behind its words as well.
func TestAQuotationEndsWhereSomebodyElseSpeaks(t *testing.T) {
	art := read(t, "Rates will rise, the report says.\n\n"+
		"“Why did we do this? Because the city is broke. The council voted for it in May,” Jane Doe said.\n\n"+
		"“We have a plan. What is it? It is to save money,” Ann Lee said.\n\n"+
		"“Is it? No, it costs millions,” Ben Hall said. “Would you want that? I did not want it.”\n\n"+
		"“Who knows?”\n")
	for _, of := range []struct {
		at, says string
	}{
		{"2", "2-4 as suggested. Saved."},
		{"5", "5-7 as suggested. Saved."},
		{"8", "8-11 as suggested. Saved."},
	} {
		d, _ := open(t, art, 100, 40, suggesting)
		d.WaitFor("Who knows?")
		d.Type("g" + of.at + "<enter>A")
		d.WaitFor(of.says)
	}
}
