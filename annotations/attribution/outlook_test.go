package attribution

import "testing"

// TestWhoShowsWhatTheyThinkByANoun has views without a clause, and what only looks like one.
func TestWhoShowsWhatTheyThinkByANoun(t *testing.T) {
	for text, want := range map[string]string{
		"Climate scientists attribute the increase to warm water.":            "Climate scientists|attribute",
		"He attributed the step to an error in question 34.":                  "He|attributed",
		"Residents remember the summer the trout floated.":                    "Residents|remember",
		"Economists had forecast an unchanged reading of 5 per cent.":         "Economists|had forecast",
		"Analysts polled by Lund had been expecting 395mn on average.":        "Analysts polled by Lund|had been expecting",
		"The bank sees loan growth of 8%.":                                    "The bank|sees",
		"The firm forecast a loss of 3 million.":                              "The firm|forecast",
		"Elders of the party have appealed for calm.":                         "Elders of the party|have appealed for",
		"I remember the rain.":                                                "",
		"Jan Berg is still remembered a bit.":                                 "",
		"Gains of the port are expected late in 1961.":                        "",
		"Jan Berg sees 12 patients a day.":                                    "",
		"The pier saw 300 visitors.":                                          "",
		"Jan Berg remembered to lock the door.":                               "",
		"The rise is attributed to anger.":                                    "",
		"The letter, which the board attributed to a clerk, was never found.": "",
	} {
		got := ""
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Voices() {
			got = words(text, a.Source) + "|" + words(text, a.Cue)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
