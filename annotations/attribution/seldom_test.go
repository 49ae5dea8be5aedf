package attribution

import "testing"

// TestNobodySpeaks: forms of the same verbs by which nobody says anything.
func TestNobodySpeaks(t *testing.T) {
	for _, text := range []string{
		"The company maintains the road.", "The company maintains its lead in a market that grows.",
		"Saying so aloud, four months before an election, is another matter.",
	} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("%s: <%s> {%s}", text, words(text, a.Source), words(text, a.Cue))
		}
	}
}

// TestSeldomBuilds has builds that no other text of the tests has.
func TestSeldomBuilds(t *testing.T) {
	for _, c := range []struct{ lang, text, source, cue, content string }{
		{"en", "According to Berg, the head of the board, the pier is safe.", "Berg, the head of the board", "According to", "the pier is safe."},
		{"en", "The board's chairman, Anna Berg said the pier is safe.", "The board's chairman, Anna Berg", "said", "the pier is safe."},
		{"en", "Writing in the Journal of Tides, Berg says the pier is safe.", "Berg", "says", "the pier is safe."},
		{"en", "Scientists using the new method said the pier is safe.", "Scientists using the new method", "said", "the pier is safe."},
		{"en", "The pier is safe, warns Anna Lund, managing director at Pearl.", "Anna Lund, managing director at Pearl", "warns", "The pier is safe"},
		{"en", "The pier is safe, according to British designer, Peter Lund.", "British designer, Peter Lund", "according to", "The pier is safe"},
		{"en", "“The pier is safe,” grins Anna Berg of Ellery.", "Anna Berg of Ellery", "grins", "“The pier is safe,”"},
		{"en", "Speaking to reporters, the board's chairman, Anna Berg said the pier is safe.", "the board's chairman, Anna Berg", "said", "the pier is safe."},
		{"en", "Drugmakers oppose it, warning of higher prices.", "Drugmakers", "warning of", "higher prices."},
		{"en", "An expert, Monday, said it was late.", "An expert", "said", "it was late."},
		{"de", "Am Abend zeigte sich die Sprecherin enttäuscht: Der Plan sei gescheitert.", "die Sprecherin", "zeigte", "Der Plan sei gescheitert."},
		{"de", "Gestern wurde von der Polizei mitgeteilt, dass acht Menschen starben.", "der Polizei", "wurde … mitgeteilt", "dass acht Menschen starben."},
		{"de", "‚Das Geld ist weg‘, sagte Berg.", "Berg", "sagte", "‚Das Geld ist weg‘"},
		{"de", "„Er rief: ‚Halt!‘“, sagte Berg.", "Berg", "sagte", "„Er rief: ‚Halt!‘“"},
		{"de", "Genau das sagte Berg am Montag: Die Mole sei sicher.", "Berg", "sagte", "Die Mole sei sicher."},
		{"en", "In May Berg said nobody would wait.", "Berg", "said", "nobody would wait."}, // a month, no auxiliary
		{"en", "Six months ago Mayor Jan Berg promised that nobody would wait.", "Mayor Jan Berg", "promised", "that nobody would wait."},
		{"en", "Last year Mayor Berg said nobody would wait.", "Mayor Berg", "said", "nobody would wait."},
		{"en", "But a government source played down the assessment, describing it as old.", "a government source", "describing", "it as old."},
		{"en", "The company maintains the road is safe.", "The company", "maintains", "the road is safe."},
		{"en", "Last year's figures show that nobody waited.", "Last year's figures", "show", "that nobody waited."},
		{"en", "The secretary, who left in May, claims Berg lied.", "The secretary", "claims", "Berg lied."},
		{"en", "Jan Berg, 40, claims he lied.", "Jan Berg, 40", "claims", "he lied."},
		{"en", "Residents of Kano, Enugu and Jos said the water was bad.", "Residents of Kano, Enugu and Jos", "said", "the water was bad."},
		{"en", "Ministers from Kenya, Uganda, Rwanda and Burundi warned that it was late.", "Ministers from Kenya, Uganda, Rwanda and Burundi", "warned", "that it was late."},
		{"en", "After talks in Kano, Berg and Lund said the water was bad.", "Berg and Lund", "said", "the water was bad."},
	} {
		all := Suggest(c.text, nil, Options{Lang: c.lang}).Attributions
		if len(all) != 1 {
			t.Errorf("%s: %d attributions, want one", c.text, len(all))
			continue
		}
		if s, cue, said := words(c.text, all[0].Source), words(c.text, all[0].Cue), words(c.text, all[0].Content); s != c.source || cue != c.cue || said != c.content {
			t.Errorf("%s:\n got <%s> {%s} [%s]\nwant <%s> {%s} [%s]", c.text, s, cue, said, c.source, c.cue, c.content)
		}
	}
}
