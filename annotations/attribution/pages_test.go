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
	checkWho(t, "en", map[string]string{
		"Britain’s largest health union, Unison, said the pay was low.":                         "Unison",
		"The dominant carrier, Aeron, said it would close.":                                     "Aeron",
		"Chief Justice Lena Wolfe said the rule was wrong.":                                     "Lena Wolfe",
		"Superior Court Justice Anne Holm said the rule was wrong.":                             "Anne Holm",
		"The Justice Department said the rule was wrong.":                                       "Justice Department",
		"The President of the Church of Tides in New Marl City, Jan Carmel, said it was wrong.": "Jan Carmel",
		"The only foreign scientist to work at the Marl Institute says people are wrong.":       "only foreign scientist (unnamed)",
		"Added Mr Wolfe: “Nothing was said about nets.”":                                        "Wolfe",
	})
}

// TestBuildsOfAgencies: "went" and "went on to say" were two attributions, a noun behind a word in quotation marks a cue, what
// stood under "if" said by whoever told it, and an elderly woman an adverb.
func TestBuildsOfAgencies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, content string }{
		{"“It is late,” Lund went on to say.", "Lund", "“It is late,”"},
		{"Marl condemned the paper for its “exclusive” report which ignored the board.", "Marl", "the paper for its “exclusive” report which ignored the board."},
		{"She said that it would close if the road had not been cleared and had not told of the town.", "She", "that it would close if the road had not been cleared and had not told of the town."},
		{"An elderly lady went to the table and told them they were late.", "An elderly lady", "they were late."},
	} {
		res := Suggest(c.text, Units(cut(c.text)), Options{Lang: "en"})
		if len(res.Attributions) != 1 {
			t.Errorf("%q has %v", c.text, inWords(c.text, res))
		}
		checkFound(t, c.text, "en", c.source, c.content)
	}
	text := "The board denied a claim that its pier was unsafe, reports Jan Ebel of the Post."
	checkFound(t, text, "en", "The board", "a claim that its pier was unsafe")
	checkFound(t, text, "en", "Jan Ebel of the Post", "The board denied a claim that its pier was unsafe")
}

// TestOneSourceIsOnePerson: the same words stood for two people where a name came between two verbs, and a spokeswoman with her
// ministry's name was a second one.
func TestOneSourceIsOnePerson(t *testing.T) {
	t.Parallel()
	checkWho(t, "en", map[string]string{
		"Jan Altun, the director, accused the paper. The official called it old, like the mayor, Ole Lund, and urged it to close.":                             "Jan Altun",
		"The ministry’s spokeswoman Mara Holm said it was late. The Foreign Ministry’s spokeswoman stressed it was over.":                                      "Mara Holm",
		"The ministry’s spokeswoman Mara Holm said it was late. Jan Lund, spokesman for the harbour, said no. The old harbour’s spokeswoman said it was over.": "old harbour’s spokeswoman (unnamed)",
	})
}

// TestBuildsOfBusinessPages: a daily was an adverb, a report behind its article a verb, and "Two of the analysts" a Mr Two.
func TestBuildsOfBusinessPages(t *testing.T) {
	t.Parallel()
	checkFound(t, "The business daily said that Lund was ill.", "en", "The business daily", "that Lund was ill.")
	checkFound(t, "Some people report that Lund was ill.", "en", "Some people", "that Lund was ill.")
	text := "Shares fell more than 4% on Monday following a British tabloid report that Jan Holm was leaving."
	if res := Suggest(text, Units(cut(text)), Options{Lang: "en"}); len(res.Attributions) > 0 {
		t.Errorf("%v", inWords(text, res))
	}
	checkWho(t, "en", map[string]string{
		"Two of the analysts also said it was old.": "Two of the analysts (unnamed)",
		"None of the witnesses said they saw it.":   "None of the witnesses (unnamed)",
	})
}

// TestAnAdverbThatOpensIsNobody: in German the verb stands second, and an adverb before it had a capital like a name.
func TestAnAdverbThatOpensIsNobody(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"Zusätzlich", "Schriftlich", "Mittlerweile", "Überdies", "Abends", "Postwendend", "Gestern"} {
		checkFound(t, first+" teilt der Leiter der Schule mit, die Halle sei sicher.", "de", "der Leiter der Schule", "die Halle sei sicher.")
	}
	checkFound(t, "Das bestätigte eine Sprecherin dem „Kurier“.", "de", "eine Sprecherin", "Das")
	checkFound(t, "Berg teilt der Zeitung mit, die Halle sei sicher.", "de", "Berg", "die Halle sei sicher.")
}

// TestAGermanArticleIsNoPartOfAName: since "von der Leyen" is one name, "Chef der Feuerwehr" was named "der Feuerwehr"; and a
// spokesman was named after the house he speaks for, which comes last and has a capital.
func TestAGermanArticleIsNoPartOfAName(t *testing.T) {
	t.Parallel()
	checkWho(t, "de", map[string]string{
		"Der Chef der Feuerwehr sagte, das Dach sei sicher.":       "Chef der Feuerwehr (unnamed)",
		"Ein Sprecher des Bundes sagte, das Dach sei sicher.":      "Sprecher des Bundes (unnamed)",
		"Die Leiterin der Schule sagte, das Dach sei sicher.":      "Leiterin der Schule",
		"Der Bund der Steuerzahler sagte, das Dach sei sicher.":    "Bund der Steuerzahler",
		"Der Sprecher des Landratsamts Jan Berg sagte, es brenne.": "Jan Berg",
		"Nach Angaben der Feuerwehr brannte das Dach.":             "Feuerwehr",
		"Nach Angaben von Anna Berg brannte das Dach.":             "Anna Berg",
		"Ursula von der Leyen sagte, das Dach sei sicher.":         "Ursula von der Leyen",
		"Laut der Sprecherin der Polizei, Anna Berg, brennt es.":   "Anna Berg",
	})
}

// checkWho holds who the last attribution of each text is from.
func checkWho(t *testing.T, lang string, texts map[string]string) {
	t.Helper()
	for text, who := range texts {
		if got := lastWho(t, lang, text); got != who {
			t.Errorf("%q is from %q; want %q", text, got, who)
		}
	}
}

// TestBuildsOfFactChecks: what an outlet sets against a claim was context, the town of a university spoke, and so did
// the week in which somebody touted his talks.
func TestBuildsOfFactChecks(t *testing.T) {
	t.Parallel()
	checkWho(t, "en", map[string]string{
		"Professor Jan Lund, a physicist at the University of Marl, Ellery, who has been a critic, said it was late.":  "Jan Lund",
		"Last week, touting his talks with the board, Lund said it was late.":                                          "Lund",
		"“The cost was known,” Harbour Week reported.":                                                                 "Harbour Week",
		"The board spoke to Jan Lund. “It is hard,” said one of the man’s attorneys. “It is late,” said the attorney.": "one of the man’s attorneys (unnamed)",
	})
	for _, c := range []struct{ text, source, content string }{
		{"Lund told the paper the following morning that the boats were late.", "Lund", "that the boats were late."},
		{"Stressing that the order was meant \"for lawyers,\" Lund said: \"The court is late.\"", "Lund", "\"The court is late.\""},
	} {
		checkFound(t, c.text, "en", c.source, c.content)
	}
	for text, want := range map[string][]string{
		"Lund said the bridge was seen to in May. In fact, it was closed.": {"sourced", "contested"},
		"The bridge was seen to in May. In fact, it was closed.":           {"contextual", "contextual"},
		"Lund said it was no accident. Instead, “that was me.”":            {"sourced", "sourced"},
	} {
		units := Units(cut(text))
		res := Suggest(text, units, Options{Lang: "en"})
		for i, w := range want {
			if got := res.Tags[i].ID; got != w {
				t.Errorf("unit %d of %q is %s, want %s", i, text, got, w)
			}
		}
	}
}
