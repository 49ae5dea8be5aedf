package attribution

import "testing"

func TestWhoseWordOrViewItIsStandsBehindAGermanPreposition(t *testing.T) {
	for _, c := range [][3]string{
		{"Aus Parteikreisen ist zu hören, Berg wolle gehen.", "Parteikreisen", "Berg wolle gehen."},
		{"Aus dem Ministerium war zu erfahren, dass der Plan fertig ist.", "dem Ministerium", "dass der Plan fertig ist."},
		{"Aus dem Ministerium verlautet, der Plan sei fertig.", "dem Ministerium", "der Plan sei fertig."},
		{"Für Lena Roth steht fest: Das Tor bleibt zu.", "Lena Roth", "Das Tor bleibt zu."},
		{"Für den Verband ist längst klar, dass das Tor zu bleibt.", "den Verband", "dass das Tor zu bleibt."},
		{"Geht es nach dem Verband, bleibt das Tor zu.", "dem Verband", "bleibt das Tor zu."},
		{"Ginge es nach Lena Roth, wäre das Tor längst offen.", "Lena Roth", "wäre das Tor längst offen."},
		{"Wenn es nach der Partei geht, wird das Bad saniert.", "der Partei", "wird das Bad saniert."},
		{"Scharfe Kritik kommt vom Bauernverband: Die Regeln seien zu streng.", "Bauernverband", "Die Regeln seien zu streng."},
	} {
		t.Run(c[0], func(t *testing.T) { checkFound(t, c[0], "de", c[1], c[2]) })
	}
	for name, text := range map[string]string{
		"a sound":           "Aus dem Keller ist Musik zu hören, wenn es regnet.",
		"a thing is solid":  "Für den Winter ist das Tor fest verschlossen.",
		"a thing goes on":   "Geht es nach dem Regen weiter, bleibt das Tor zu.",
		"a train comes":     "Unterstützung kommt am Abend mit dem Zug.",
		"a question of who": "Wenn es nach Regen riecht, wird das Bad geschlossen.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := inWords(text, Suggest(text, nil, Options{Lang: "de"})); len(got) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
}
