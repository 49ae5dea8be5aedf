package attribution

import "testing"

// TestOneVoiceInTwoClauses: the second clause has no subject of its own, and the word of contrast behind its verb is none.
func TestOneVoiceInTwoClauses(t *testing.T) {
	for _, c := range []struct{ name, text, source, content string }{
		{"conceded", "Trainerin Lena Korb sah ein gutes Spiel, räumte aber ein, dass das Tor zu früh fiel.", "Trainerin Lena Korb", "dass das Tor zu früh fiel."},
		{"an object behind a preposition", "Die Forscherin hält den Fund für echt, rät aber zur Vorsicht.", "Die Forscherin", "zur Vorsicht"},
		{"what was said first ends there", "Der Verband begrüßte den Plan, warnte allerdings vor den Kosten.", "Der Verband", "den Plan"},
		{"a verb that no list has first", "Die Ministerin reiste ab, versprach jedoch, im Mai wiederzukommen.", "Die Ministerin", "im Mai wiederzukommen."},
		{"the subject behind its verb", "Am Abend sah Trainer Berg ein gutes Spiel, räumte aber ein, dass das Tor zu früh fiel.", "Trainer Berg", "dass das Tor zu früh fiel."},
		{"a relative clause between", "Ein Arzt, der nicht beteiligt war, kam später, betonte jedoch, der Befund sei klar.", "Ein Arzt", "der Befund sei klar."},
		{"an object before a particle", "Der Verband begrüßte den Plan, mahnte aber eine Frist an.", "Der Verband", "eine Frist"},
		{"the first of two with particles", "Der Minister räumte Fehler ein, wies jedoch den Vorwurf der Lüge zurück.", "Der Minister", "Fehler"},
		{"a clause that says nothing", "Die Kirche begrüßt den Schritt, hält ihn aber für zu klein.", "Die Kirche", "den Schritt"},
		{"an object that a verb wants", "Die Gewerkschaft begrüßte das Angebot, forderte aber mehr Geld.", "Die Gewerkschaft", "mehr Geld"},
	} {
		t.Run(c.name, func(t *testing.T) { checkFound(t, c.text, "de", c.source, c.content) })
	}
	for name, c := range map[string][2]string{
		"the subject follows":        {"Das Tor bleibe zu, erklärte indes der Verband.", "der Verband"},
		"a name behind an adverb":    {"Der Plan sei gut, sagt aber auch Berg.", "Berg"},
		"what points back is nobody": {"Daran zweifelt indes Lena Korb: Die Prognose sei zu hoch.", "Lena Korb"},
		"nor before a colon":         {"Davor warnt allerdings der Mieterbund: Die Preise stiegen weiter.", "der Mieterbund"},
	} {
		t.Run(name, func(t *testing.T) {
			got := inWords(c[0], Suggest(c[0], nil, Options{Lang: "de"}))
			if len(got) != 1 || got[0].source != c[1] {
				t.Errorf("got %q, want %q alone", got, c[1])
			}
		})
	}
	for _, text := range []string{"Er lief um das Haus, rief aber niemanden.", "Das Spiel begann spät, versprach aber viel.", "Die Preise stiegen, sagte aber keiner."} {
		if got := inWords(text, Suggest(text, nil, Options{Lang: "de"})); len(got) > 0 {
			t.Errorf("%s: got %q, want nothing", text, got)
		}
	}
	said := "Die Bauten seien sicher, sagte Nele Roth. Der Verband begrüßte den Plan, warnte aber vor den Kosten."
	if tag := Suggest(said, nil, Options{Lang: "de"}).Tags[1]; tag.ID != sourcedTag {
		t.Errorf("%q: got %s, want %s: it sets its own words against each other", said, tag.ID, sourcedTag)
	}
}

func TestARelativeClauseThatTellsWhoItIsBelongsToTheGermanSource(t *testing.T) {
	for _, c := range [][2]string{
		{"„Das Tor ist seit Mai zu“, sagt eine Wirtin, die ihren Namen nicht nennen will.", "eine Wirtin, die ihren Namen nicht nennen will"},
		{"„Das Tor ist seit Mai zu“, sagte die Schwester des Fahrers, die als Zeugin auftrat, nach der Sitzung.", "die Schwester des Fahrers, die als Zeugin auftrat"},
		{"Aus Mails des Reeders, die dem Blatt vorliegen, geht hervor, dass das Tor zu war.", "Mails des Reeders, die dem Blatt vorliegen"},
		{"Der Geologe Jan Berg, der an der Arbeit nicht beteiligt war, sagte, das Tor sei zu.", "Der Geologe Jan Berg, der an der Arbeit nicht beteiligt war"},
		{"Der Geologe Jan Berg vom Institut Nord, der an der Arbeit nicht beteiligt war, hält das Tor für sicher.", "Der Geologe Jan Berg vom Institut Nord, der an der Arbeit nicht beteiligt war"},
		{"Die Behörde, die seit Jahren zählt, sagte, das Tor sei zu.", "Die Behörde"}, // what "the" points at is known
		{"Am Montag sagte Jan Berg, der Hafen ist zu.", "Jan Berg"},                   // a main clause is none
		{"Am Montag sagte Jan Berg, die Gegner schweigen.", "Jan Berg"},
		{"Am Montag sagte Jan Berg, der Vertrag werde gekündigt.", "Jan Berg"},
	} {
		t.Run(c[0], func(t *testing.T) {
			got := inWords(c[0], Suggest(c[0], nil, Options{Lang: "de"}))
			if len(got) == 0 || got[0].source != c[1] {
				t.Errorf("got %q, want %q", got, c[1])
			}
		})
	}
}
