package attribution

import "testing"

func TestASourceIsShownWithoutWhatSaysItAgain(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source string }{
		{"the office", "en", "Anna Berg, the mayor of Ellery, said ships were late.", "Anna Berg"},
		{"an office without an article", "en", "Anna Berg, spokeswoman for the port, said ships were late.", "Anna Berg"},
		{"an office that no list has", "en", "Anna Berg, keeper of the lighthouse, said ships were late.", "Anna Berg"},
		{"somebody's lawyer", "en", "Anna Berg, Lund's lawyer, said ships were late.", "Anna Berg"},
		{"its chair", "en", "Anna Berg, its chair, said ships were late.", "Anna Berg"},
		{"the office, then a clause", "en", "Anna Berg, the mayor of Ellery, who took office in May, said ships were late.", "Anna Berg"},
		{"behind what is said", "en", "“Ships are late,” Anna Berg, the mayor of Ellery, said.", "Anna Berg"},
		{"when a paper came out", "en", "A report, published in May, said ships were late.", "A report"},
		{"an abbreviation", "en", "The Harbour Workers' Union (HWU) said ships were late.", "The Harbour Workers' Union"},
		{"an abbreviation at the end", "en", "Ships were late, according to the Harbour Board (HB).", "the Harbour Board"},
		{"a role before a name where the claim may begin", "en", "According to the team's coach, Anna Berg, ships were late.", "the team's coach"},

		{"what is new stays", "en", "Anna Berg, a captain from Ellery, said ships were late.", "Anna Berg, a captain from Ellery"},
		{"an age stays", "en", "Anna Berg, 32, said ships were late.", "Anna Berg, 32"},
		{"what ends the sentence stays", "en", "“Ships are late,” said Anna Berg, the mayor of Ellery.", "Anna Berg, the mayor of Ellery"},
		{"a name stays behind its role", "en", "The board's chair, Anna Berg, said ships were late.", "The board's chair, Anna Berg"},
		{"a list is whole", "en", "Ellery, the Northern Isles and Portsea said ships were late.", "Ellery, the Northern Isles and Portsea"},
		{"a list with an owner is whole", "en", "Berg, Lund's lawyer and Marsh said ships were late.", "Berg, Lund's lawyer and Marsh"},
		{"two bodies, two abbreviations", "en", "The Harbour Board (HB) and the United Crews (UC) said ships were late.", "The Harbour Board (HB) and the United Crews (UC)"},
		{"a party is no abbreviation", "en", "Sen. Anna Berg (D-Conn.) said ships were late.", "Sen. Anna Berg (D-Conn.)"},
		{"German keeps the office", "de", "Anna Berg, die Sprecherin der Behörde, sagte, das Tor sei zu.", "Anna Berg, die Sprecherin der Behörde"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: c.lang})
			checkPromises(t, c.text, res)
			if list := inWords(c.text, res); len(list) != 1 || list[0].source != c.source {
				t.Errorf("got %q, want one source %q", list, c.source)
			}
		})
	}
}

func TestOneVoiceIsShownInOneWay(t *testing.T) {
	for text, source := range map[string]string{
		"Anna Berg, the mayor of Ellery, said ships were late, adding that the port was closed.":               "Anna Berg",
		"Anna Berg, the mayor of Ellery, said ships were late and noted that the port was closed.":             "Anna Berg",
		"“Ships are late,” said Anna Berg, the mayor of Ellery, adding that the port was “as good as closed”.": "Anna Berg, the mayor of Ellery",
	} {
		list := inWords(text, Suggest(text, nil, Options{Lang: "en"}))
		if len(list) != 2 || list[0].source != source || list[1].source != source {
			t.Errorf("got %q, want twice the source %q", list, source)
		}
	}
}
