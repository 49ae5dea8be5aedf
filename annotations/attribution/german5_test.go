package attribution

import "testing"

func TestGermanAnswersToTheVoiceBefore(t *testing.T) {
	const before = "Das Tor sei seit Mai zu, sagte Lena Roth. "
	for text, want := range map[string]string{
		"Minister Jan Berg sieht dagegen keinen Engpass.":                                            contestedTag,
		"Jan Berg kann das nicht nachvollziehen.":                                                    contestedTag,
		"Jan Berg kann das nicht nachvollziehen: Sein Händler habe ihm mitgeteilt, dass Ware komme.": contestedTag,
		"Jan Berg kann das nicht nachvollziehen, weil ihm Akten fehlen.":                             contextualTag,
		"Die Verteidigung hatte dies stets zurückgewiesen.":                                          contestedTag,
		"Die Firma hat die Vorwürfe mehrfach zurückgewiesen.":                                        contestedTag,
		"Die Firma hatte das bestritten und geltend gemacht, das Tor sei offen.":                     contestedTag,
		"Die Firma hat ihr Angebot zurückgezogen.":                                                   contextualTag,
		"Das trifft nicht zu, stellt der Krisenstab klar.":                                           contestedTag,
		"Das trifft zu, stellt der Krisenstab klar.":                                                 sourcedTag,
		"Von einer Schließung könne man nicht sprechen, so Jan Berg.":                                contestedTag,
		"Mit dem Wirt könne man gut sprechen, so Jan Berg.":                                          sourcedTag,
		"Die Angabe ist falsch.":                                                                     contestedTag,
		"Dafür gibt es keine Belege.":                                                                contestedTag,
		"Im Laden gibt es keine Belege.":                                                             contextualTag,
		"Der Verband sieht keine Gefahr.":                                                            sourcedTag,
		"Der Fahrer sieht keine Ampel.":                                                              contextualTag,
		"Wer dort steht, sieht keinen Turm.":                                                         contextualTag,
	} {
		t.Run(text, func(t *testing.T) {
			if tag := Suggest(before+text, nil, Options{Lang: "de"}).Tags[1]; tag.ID != want {
				t.Errorf("%s (%s), want %s", tag.ID, tag.Rule, want)
			}
		})
	}
	checkFound(t, "Die Firma hatte das stets bestritten und erklärt, das Tor sei offen.", "de", "Die Firma", "das")
	checkFound(t, "Minister Jan Berg sieht dagegen keinen Engpass.", "de", "Minister Jan Berg", "keinen Engpass")
}

func TestWhatGoesOnBehindAnInsertedGermanVoice(t *testing.T) {
	for _, c := range [][3]string{
		{"Das trifft nicht zu, stellt der Krisenstab wenig später klar: Es gebe nur Sickerwasser.", "der Krisenstab", "Das trifft nicht zu … Es gebe nur Sickerwasser."},
		{"Von Gefahr sei keine Rede, so Berg: Das Tor sei sicher.", "Berg", "Von Gefahr sei keine Rede … Das Tor sei sicher."},
		{"„Er griff sich an die Brust“, so die Augenzeugin zum Tagblatt.", "die Augenzeugin", "„Er griff sich an die Brust“"},
		{"„Wir warten“, so Berg im Morgenmagazin, „und hoffen.“", "Berg", "„Wir warten“ … „und hoffen.“"},
		{"„Ich laufe nicht weg“, sagte der Trainer nach dem 0:3 beim Letzten.", "der Trainer", "„Ich laufe nicht weg“"},
		{"In Halden zeigen laut Umfrage etwa 300 Leute ein Muster.", "Umfrage", "In Halden zeigen … etwa 300 Leute ein Muster."},
		{"Es handelt sich, so bestätigen es zwei Beamte unabhängig voneinander, um Vermerke.", "zwei Beamte", "Es handelt sich … um Vermerke."},
		{"Das Amt verweist auf ein Gutachten, wonach das Tor sicher ist.", "ein Gutachten", "das Tor sicher ist."},
	} {
		t.Run(c[0], func(t *testing.T) { checkFound(t, c[0], "de", c[1], c[2]) })
	}
}
