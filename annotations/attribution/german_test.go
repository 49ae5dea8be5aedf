package attribution

import "testing"

func TestGermanSentencesAreReadAsTheirWriterMeant(t *testing.T) {
	for _, c := range []struct{ name, text, source, content string }{
		{"the particle before its verb", "Wie die Polizei am Montag bekannt gab, war das Tor zu.", "die Polizei", "war das Tor zu."},
		{"and its participle", "Die Polizei hat bekannt gegeben, dass das Tor zu ist.", "Die Polizei", "dass das Tor zu ist."},
		{"an infinitive behind a modal verb", "Das musste Minister Olaf Lund am Montag einräumen.", "Minister Olaf Lund", "Das"},
		{"let it be said", "Lund ließ mitteilen, das Tor sei zu.", "Lund", "das Tor sei zu."},
		{"what is asked, first", "Dass das Tor zu bleibt, schloss Lund nicht aus.", "Lund", "Dass das Tor zu bleibt"},
		{"the object first, behind a preposition", "Vor einer neuen Welle warnt das Institut.", "das Institut", "Vor einer neuen Welle warnt das Institut."},
		{"quoted words first", "Von einer „gezielten Lüge“ sprach Olaf Lund.", "Olaf Lund", "„gezielten Lüge“"},
		{"so schätzt X", "Im Herbst, so schätzen die Werften, soll das Tor fertig sein.", "die Werften", "Im Herbst … soll das Tor fertig sein."},
		{"auch belongs to its noun", "Auch Minister Olaf Lund attackierte den Hafen als „Fehler“.", "Minister Olaf Lund", "„Fehler“."},
		{"an infinitive is no apposition", "Deshalb forderte Berg, genaue Angaben zu sammeln.", "Berg", "genaue Angaben zu sammeln."},
		{"a paper behind a preposition", "Dies geht aus einer Mitteilung der Behörde hervor.", "einer Mitteilung der Behörde", "Dies"},
		{"the same, the verb last", "Das Tor bleibt zu, wie aus einem Schreiben des Amts hervorgeht.", "einem Schreiben des Amts", "Das Tor bleibt zu"},
		{"what stands in a paper", "In dem Bericht steht, dass das Tor zu war.", "dem Bericht", "dass das Tor zu war."},
		{"what is demanded in one", "So wird in einer Mitteilung der Reederei gefordert, dass das Tor schließt.", "einer Mitteilung der Reederei", "dass das Tor schließt."},
		{"wie es heißt", "Wie es in dem Brief heißt, war das Tor zu.", "dem Brief", "war das Tor zu."},
		{"es heißt, behind a clause", "In dem Brief, den Berg schrieb, heißt es: „Das Tor ist zu.“", "dem Brief", "„Das Tor ist zu.“"},
		{"wonach", "Ein Bericht der Zeitung, wonach das Tor zu ist, wurde bekannt.", "Ein Bericht der Zeitung", "das Tor zu ist"},
		{"nach, behind its noun", "Das Tor ist ihrer Meinung nach zu klein.", "ihrer Meinung", "Das Tor ist … zu klein."},
		{"a long attribute before zufolge", "Einem am Montag veröffentlichten Bericht zufolge ist das Tor zu.", "Einem am Montag veröffentlichten Bericht", "ist das Tor zu."},
		{"a paper's name in quotation marks", "Das Tor ist zu, wie „Das Blatt“ meldete.", "„Das Blatt“", "Das Tor ist zu"},
		{"one that is no quotation", "„Das Tor ist zu“, sagte Hanna Roth (SPD) dem „Merkblatt“.", "Hanna Roth (SPD)", "„Das Tor ist zu“"},
		{"a verb no list has", "„Ist mir egal“, winkt Roth ab.", "Roth", "„Ist mir egal“"},
		{"one with sich", "„Wir haben es gezeigt“, freut sich der Trainer.", "der Trainer", "„Wir haben es gezeigt“"},
		{"one before a colon", "Kern haderte mit dem Tor: „Das war nie ein Treffer.“", "Kern", "„Das war nie ein Treffer.“"},
		{"an opinion", "Das Institut hält eine Öffnung für unbedenklich.", "Das Institut", "Das Institut hält eine Öffnung für unbedenklich."},
		{"a hyphen left open", "Gutachter für Luft- und Seefahrt sagten, das Tor sei zu.", "Gutachter für Luft- und Seefahrt", "das Tor sei zu."},
		{"a name between commas, and its perfect", "Erst am Montag hatte der Leiter des Hafens, Olaf A. Lund, zugesagt, das Tor zu öffnen.", "der Leiter des Hafens, Olaf A. Lund", "das Tor zu öffnen."},
		{"quoted by an agency", "Anna Berg, Sprecherin der Behörde, wird von der Agentur Welle mit den Worten zitiert, das Tor sei zu.", "Anna Berg, Sprecherin der Behörde", "das Tor sei zu."},
		{"a speaker and a party", "Lena Kraus (Grüne): Herr Präsident, das Tor ist seit Jahren zu.", "Lena Kraus", "Herr Präsident, das Tor ist seit Jahren zu."},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, "de", c.source, c.content)
		})
	}
}

func TestGermanSentencesThatOnlyLookLikeSpeech(t *testing.T) {
	for name, text := range map[string]string{
		"a winner emerges":            "Aus der Wahl ging Roth als Siegerin hervor.",
		"a thing stands somewhere":    "In der Vorlage steht ein Fehler.",
		"a speech is held for":        "Sie hielt eine Rede für den Frieden.",
		"where something is":          "Dort liegt das Haus, dessen Hof sich in Halden befindet.",
		"one who leads":               "Er traf den Mann, der die Truppe in Halden anführte.",
		"a threat that nobody speaks": "Wenn das Tor bricht, droht ihm die Schließung.",
		"days after a report":         "Zwei Tage nach dem Bericht trat er zurück.",
		"a name that a thing has":     "Er flog den Hubschrauber, der bald „Möwe“ heißen wird.",
		"an age in brackets":          "Anna Berg (45): Köchin aus Halden, ledig, zwei Kinder",
		"what somebody says is wrong": "Was der Kanzler sagt, ist falsch.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := inWords(text, Suggest(text, nil, Options{Lang: "de"})); len(got) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
}
