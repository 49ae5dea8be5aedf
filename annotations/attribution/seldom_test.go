package attribution

import "testing"

// TestSeldomBuilds has builds that no other text of the tests has.
func TestSeldomBuilds(t *testing.T) {
	for _, c := range []struct{ lang, text, source, cue, content string }{
		{"en", "According to Berg, the head of the board, the pier is safe.", "Berg, the head of the board", "According to", "the pier is safe."},
		{"en", "The board's chairman, Anna Berg said the pier is safe.", "The board's chairman, Anna Berg", "said", "the pier is safe."},
		{"en", "Drugmakers oppose it, warning of higher prices.", "Drugmakers", "warning of", "higher prices."},
		{"en", "An expert, Monday, said it was late.", "An expert", "said", "it was late."},
		{"de", "Am Abend zeigte sich die Sprecherin enttäuscht: Der Plan sei gescheitert.", "die Sprecherin", "zeigte", "Der Plan sei gescheitert."},
		{"de", "Gestern wurde von der Polizei mitgeteilt, dass acht Menschen starben.", "der Polizei", "wurde … mitgeteilt", "dass acht Menschen starben."},
		{"de", "‚Das Geld ist weg‘, sagte Berg.", "Berg", "sagte", "‚Das Geld ist weg‘"},
		{"de", "„Er rief: ‚Halt!‘“, sagte Berg.", "Berg", "sagte", "„Er rief: ‚Halt!‘“"},
		{"de", "Genau das sagte Berg am Montag: Die Mole sei sicher.", "Berg", "sagte", "Die Mole sei sicher."},
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
