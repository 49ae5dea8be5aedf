package attribution

import "testing"

// TestBuildsOfRealPages holds builds of newspapers and wires that were read wrong: a clause was taken for the one who
// reports it, a verb that opens its sentence for a name, the town of a church for its president.
func TestBuildsOfRealPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, content string }{
		{"The ships sail at dawn, reported the Harbour Post.", "the Harbour Post", "The ships sail at dawn"},
		{"The mayor, a doctor, reported the case.", "The mayor, a doctor", "the case."},
		{"Added the chief justice: “Nothing was said about nets.”", "the chief justice", "“Nothing was said about nets.”"},
		{"Added Wolfe, “Nothing was said about nets.”", "Wolfe", "“Nothing was said about nets.”"},
		{"The Harbour Post has learned that the parish has begun to sell land.", "The Harbour Post", "that the parish has begun to sell land."},
		{"The boat sank, according to the coroner after a hearing last week.", "the coroner", "The boat sank"},
		{"Lund argued that publishing the letter could taint witnesses.", "Lund", "that publishing the letter could taint witnesses."},
	} {
		checkFound(t, c.text, "en", c.source, c.content)
	}
	for _, text := range []string{"Added benefits: “Sun and sea.”", "Lund has learned to swim."} {
		if res := Suggest(text, Units(cut(text)), Options{Lang: "en"}); len(res.Attributions) > 0 {
			t.Errorf("somebody speaks in %q: %v", text, inWords(text, res))
		}
	}
}

// TestANameStandsForTheBodyOrTheOffice: who is the name, not the words that explain it, nor the town or house behind them.
func TestANameStandsForTheBodyOrTheOffice(t *testing.T) {
	t.Parallel()
	for text, who := range map[string]string{
		"Britain’s largest health union, Unison, said the pay was low.":                         "Unison",
		"The dominant carrier, Aeron, said it would close.":                                     "Aeron",
		"Chief Justice Lena Wolfe said the rule was wrong.":                                     "Lena Wolfe",
		"Superior Court Justice Anne Holm said the rule was wrong.":                             "Anne Holm",
		"The Justice Department said the rule was wrong.":                                       "Justice Department",
		"The President of the Church of Tides in New Marl City, Jan Carmel, said it was wrong.": "Jan Carmel",
		"The only foreign scientist to work at the Marl Institute says people are wrong.":       "only foreign scientist (unnamed)",
		"Added Mr Wolfe: “Nothing was said about nets.”":                                        "Wolfe",
	} {
		if got := lastWho(t, "en", text); got != who {
			t.Errorf("%q is from %q; want %q", text, got, who)
		}
	}
}
