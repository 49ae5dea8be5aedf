package attribution

import "testing"

// TestBuildsOfSportAndMourning: pages of sport and obituaries have families for their voices, verbs of remembering between two
// commas, and a clause that "she said" cuts behind its auxiliary.
func TestBuildsOfSportAndMourning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, content string }{
		{"The job was, she said, too hard.", "she", "The job was … too hard."},
		{"The job, he maintained, was too hard.", "he", "The job … was too hard."},
		{"Singer Anna Berg took to Instagram to remember “the woman who led us”.", "Singer Anna Berg", "“the woman who led us”."},
	} {
		checkFound(t, c.text, "en", c.source, c.content)
	}
	checkWho(t, "en", map[string]string{
		"The former Republic of Ireland manager said it was over.": "former Republic of Ireland manager (unnamed)",
	})
	for text, want := range map[string]string{
		"Her grandparents told the paper they were sad. They have alleged that the purse was empty.": "Her grandparents (unnamed)",
		"The rapper said the song was stolen. He added that it was late.":                            "rapper (unnamed)",
	} {
		if who := lastWho(t, "en", text); who != want {
			t.Errorf("%q: %q speaks, want %q", text, who, want)
		}
	}
}

// TestBuildsOfGermanSport: somebody speaks "zum Spiel" without a verb, though the score has a colon too, and agrees with
// another; "dem" alone is what a report says.
func TestBuildsOfGermanSport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, content string }{
		{"Anna Berg (TSV Halden) über den Treffer zum 2:3: „Das hat jeder im Stadion gesehen.“", "Anna Berg", "„Das hat jeder im Stadion gesehen.“"},
		{"Berg zum Spiel: „Das hat jeder im Stadion gesehen.“", "Berg", "„Das hat jeder im Stadion gesehen.“"},
		{"„Das Spiel war gut“, pflichtete Anna Berg ihrem Trainer bei.", "Anna Berg", "„Das Spiel war gut“"},
		{"Laut dem erzielte das Werk im vergangenen Jahr einen Umsatz von zwei Millionen Euro.", "dem", "erzielte das Werk im vergangenen Jahr einen Umsatz von zwei Millionen Euro."},
	} {
		checkFound(t, c.text, "de", c.source, c.content)
	}
	checkWho(t, "de", map[string]string{
		"Der Plan sei fertig, sagte Anna Berg vom Verband der Deutschen Industrie.": "Anna Berg",
	})
}

// TestBuildsOfGermanFactChecks: a date behind "a year later" spoke, what a picture shows was said by it, the topic of "heißt es"
// was its source, and who answers "us" was lost.
func TestBuildsOfGermanFactChecks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, content string }{
		{"Rund ein Jahr später, am 11. Juli, teilte die Stadt mit, dass der Hafen schließt.", "die Stadt", "dass der Hafen schließt."},
		{"Zu einem Video, in dem der Hafen brennt, heißt es online, es zeige Halden.", "", "es zeige Halden."},
		{"„Kein Bock auf Arbeit“, heißt es zu dem Video in mehreren Kanälen, und weiter: „Der Hafen brennt.“", "mehreren Kanälen", "„Kein Bock auf Arbeit“ … „Der Hafen brennt.“"},
		{"„Die Stimmen sind vertauscht“, empört sich eine Nutzerin.", "eine Nutzerin", "„Die Stimmen sind vertauscht“"},
		{"Das bestätigte uns auch der Sprecher der Stadt.", "der Sprecher der Stadt", "Das"},
		{"Wie ein Sprecher der Stadt uns mitteilte, ist die Zahl falsch.", "ein Sprecher der Stadt", "ist die Zahl falsch."},
	} {
		checkFound(t, c.text, "de", c.source, c.content)
	}
	for _, text := range []string{
		"Im Netz wird ein Video verbreitet, das angeblich Leute in Halden zeigt.",
		"Wir wollten wissen, wie viel Geld das Land gezahlt hat.",
	} {
		text = "Die Ministerin sagt, der Plan sei fertig. " + text
		if res := Suggest(text, Units(cut(text)), Options{Lang: "de"}); len(res.Attributions) > 1 {
			t.Errorf("somebody speaks in %q: %v", text, inWords(text, res))
		}
	}
}
