package attribution

import "testing"

func TestWhoSpeaksInGermanWithoutAVerbThatAnyListHas(t *testing.T) {
	for _, c := range [][3]string{
		{"Wie aus Koalitionskreisen verlautete, soll das Treffen verschoben werden.", "Koalitionskreisen", "soll das Treffen verschoben werden."},
		{"Der Vertrag läuft, wie aus dem Ministerium zu erfahren war, bis März.", "dem Ministerium", "Der Vertrag läuft … bis März."},
		{"Im Dorf erzählt man sich, der Wirt habe das Haus selbst angezündet.", "Dorf", "der Wirt habe das Haus selbst angezündet."},
		{"Im Viertel fürchtet man inzwischen, dass die Mieten steigen.", "Viertel", "dass die Mieten steigen."},
		{"Verantwortlich macht die Opposition den Minister.", "die Opposition", "den Minister"},
		{"Eine Anwohnerin will kurz vor dem Brand zwei Männern begegnet sein.", "Eine Anwohnerin", "kurz vor dem Brand zwei Männern begegnet sein"},
		{"Die Regisseurin will den Film als Mahnung verstanden wissen.", "Die Regisseurin", "den Film als Mahnung verstanden wissen"},
		{"Der Sprecher wollte nicht ausschließen, dass weitere Züge ausfallen.", "Der Sprecher", "dass weitere Züge ausfallen."},
		{"Die Forscherin sieht die Küste in Gefahr.", "Die Forscherin", "die Küste in Gefahr"},
		{"Der Anwalt sieht in der Kündigung einen Verstoß gegen das Gesetz.", "Der Anwalt", "in der Kündigung einen Verstoß gegen das Gesetz"},
		{"Die Untersuchung fand keinen Zusammenhang zwischen Lärm und Schlaf.", "Die Untersuchung", "keinen Zusammenhang zwischen Lärm und Schlaf"},
		{"Eine Prüfung durch die Behörde ergab deutliche Mängel am Dach.", "Eine Prüfung durch die Behörde", "deutliche Mängel am Dach."},
		{"Das Gericht sah es als erwiesen an, dass der Mann gelogen hatte.", "Das Gericht", "dass der Mann gelogen hatte."},
		{"„So kann man nicht spielen“, ärgerte sich am Abend der Kapitän.", "der Kapitän", "„So kann man nicht spielen“"},
		{"Jans Tante Lena (61) ist einfach nur froh: „Er hat es geschafft.“", "Jans Tante Lena (61)", "„Er hat es geschafft.“"},
		{"Die Tiere wanderten weiter, sobald es wärmer wurde, schreiben die Autoren.", "die Autoren", "Die Tiere wanderten weiter, sobald es wärmer wurde"},
		{"Das Tor ist zu – das jedenfalls meint Jan Berg.", "Jan Berg", "Das Tor ist zu"},
		{"Jan Berg hält die Regel für wenig sinnvoll, solange niemand prüft.", "Jan Berg", "die Regel für wenig sinnvoll, solange niemand prüft."},
		{"Zuvor hatte die „Rundschau“ über den Fall berichtet.", "die „Rundschau“", "über den Fall"},
		{"Der Wetterdienst hat vor schweren Gewittern gewarnt.", "Der Wetterdienst", "vor schweren Gewittern"},
		{"Vor Gericht beschrieben Jan und Lena Roth, wie sie den Hof bauten.", "Jan und Lena Roth", "wie sie den Hof bauten."},
		{"Der Minister besuchte das Werk und kündigte Hilfen an.", "Der Minister", "Der Minister besuchte das Werk und kündigte Hilfen an."},
		{"Die Firma weist jede Schuld von sich.", "Die Firma", "jede Schuld"},
		{"Der Verein tut das als Gerede ab.", "Der Verein", "das als Gerede"},
	} {
		t.Run(c[0], func(t *testing.T) { checkFound(t, c[0], "de", c[1], c[2]) })
	}
}

func TestWhatOnlyLooksLikeAGermanVoice(t *testing.T) {
	for name, text := range map[string]string{
		"a sound":               "Wie aus der Küche zu hören war, fiel ein Topf.",
		"a time":                "Im Winter rechnet man mit Schnee.",
		"a word of a craft":     "In der Medizin spricht man von einer Fraktur, wenn der Knochen bricht.",
		"an aim":                "Die Stadt will bis 2030 klimaneutral sein.",
		"to know":               "Der Junge will alles wissen.",
		"a tower":               "Der Wanderer sieht in der Ferne einen Turm.",
		"a danger on the road":  "Der Fahrer sieht die Gefahr.",
		"a key":                 "Die Polizei fand keinen Schlüssel.",
		"salt":                  "Der Koch fügt eine Prise Salz hinzu.",
		"the tone":              "Ein paar Konzerne geben den Ton an, die anderen folgen.",
		"pictures":              "Jedes Bild erzählt seine eigene Geschichte, keines gleicht dem anderen.",
		"what points at it":     "Wenn der Ball rollt, deutet das auf einen Defekt hin.",
		"what nobody has done":  "Es wäre gut, wenn die Bank für sich selbst sprechen würde.",
		"a talk":                "Der Trainer sprach lange mit dem Torwart.",
		"a witness":             "Die Zeugin sagte am Montag vor Gericht aus.",
		"a match":               "Ellern bestreitet das Spiel am Samstag ohne Berg.",
		"a call home":           "Der Fahrer bremste und meldete sich bei der Polizei.",
		"who is to blame":       "Verantwortlich ist der Minister.",
		"a ship across a river": "Zuvor hatte die „Lena“ über den Fluss gesetzt.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := inWords(text, Suggest(text, nil, Options{Lang: "de"})); len(got) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
}

func TestWhereGermanSourcesEnd(t *testing.T) {
	for _, c := range [][3]string{
		{"Die Mittel seien verbraucht, heißt es in einem Bericht der Kommission, der am Montag veröffentlicht wurde.", "einem Bericht der Kommission", "Die Mittel seien verbraucht"},
		{"Der Bürgermeister, sichtlich erschöpft, sagte, das Wasser gehe zurück.", "Der Bürgermeister", "das Wasser gehe zurück."},
		{"Lena Roth, seit 2019 Leiterin der Schule, sagte, das Dach sei dicht.", "Lena Roth, seit 2019 Leiterin der Schule", "das Dach sei dicht."},
		{"Die Zeugin, 81 Jahre alt, sagte, das Dach sei dicht.", "Die Zeugin, 81 Jahre alt", "das Dach sei dicht."},
		{"Als Zeugin schilderte eine ältere Frau aus Ellern, wie sie ihr Geld verlor.", "eine ältere Frau aus Ellern", "wie sie ihr Geld verlor."},
		{"„Wir prüfen das“, sagte ein Sprecher aus Anlass der Sitzung.", "ein Sprecher", "„Wir prüfen das“"},
		{"„Das reicht nicht“, sagte der Sprecher der Nachrichtenagentur dpa.", "der Sprecher", "„Das reicht nicht“"},
		{"„Das reicht nicht“, sagte der Chefredakteur der Zeitung „Der Bote“.", "der Chefredakteur der Zeitung „Der Bote“", "„Das reicht nicht“"},
		{"Der Arzt Jan Berg etwa sagte, die Zahlen sänken.", "Der Arzt Jan Berg", "die Zahlen sänken."},
		{"Die Lage ist ernst, wie der Minister auf Anfrage mitteilte.", "der Minister", "Die Lage ist ernst"},
		{"Die Preise steigen, wie der Verband der Wirte in Ellern mitteilte.", "der Verband der Wirte in Ellern", "Die Preise steigen"},
		{"Am Montag warf die Firma der Partei vor, Ängste zu schüren.", "die Firma", "Ängste zu schüren."},
		{"Er warnte vor Glätte und forderte die Leute auf, daheim zu bleiben.", "Er", "daheim zu bleiben."},
		{"Der Konzern kündigte ein neues Werk an, das 2030 öffnen soll.", "Der Konzern", "Der Konzern kündigte ein neues Werk an, das 2030 öffnen soll."},
		{"Das Amt teilte am Montag mit, die Zahl der Gäste steigt.", "Das Amt", "die Zahl der Gäste steigt."},
	} {
		t.Run(c[0], func(t *testing.T) { checkFound(t, c[0], "de", c[1], c[2]) })
	}
}

func TestGermanDenialsWithoutAVerbOfDenial(t *testing.T) {
	const before = "Die Firma habe Öl in den Fluss geleitet, sagte Lena Roth. "
	for text, want := range map[string]string{
		"Der Chef sprach von „Panikmache“: Das Werk sei dicht.":                    contestedTag,
		"Der Chef sprach von „Rückenwind“ für das Werk.":                           sourcedTag,
		"In Wahrheit war es Regenwasser.":                                          contestedTag,
		"Tatsächlich war es nur Regenwasser.":                                      contestedTag,
		"Tatsächlich steigt das Wasser heute.":                                     contextualTag,
		"Der Chef stellt das in Abrede.":                                           contestedTag,
		"Dass die Firma schuld ist, bestreitet der Chef: Sie halte die Werte ein.": contestedTag,
		"Dass die Werte stimmen, bestätigte der Chef.":                             sourcedTag,
		"Ganz stimmt das nicht: Im Fluss war Regenwasser.":                         contestedTag,
		"Roths Behauptung ist falsch.":                                             contestedTag,
		"Bewertung: Die Aussage ist falsch.":                                       contestedTag,
		"„Mein Mandant hat nichts eingeleitet“, sagte der Anwalt.":                 contestedTag,
		"„Mein Mandant wird morgen aussagen“, sagte der Anwalt.":                   sourcedTag,
		"Der Fluss sei sehr wohl sauber, entgegnete der Chef.":                     contestedTag,
		"Er fühle sich dort sehr wohl, sagte ein Angler.":                          sourcedTag,
		"Der Chef beteuerte, er habe davon nichts gewusst.":                        contestedTag,
		"Der Chef beteuerte, er werde helfen.":                                     sourcedTag,
		"Der Chef bestreitet den Ölunfall.":                                        contestedTag,
		"Die Firma weist das von sich.":                                            contestedTag,
		"Der Chef zweifelt an der Messung.":                                        contestedTag,
		"Der Chef beharrt darauf, dass es Regenwasser war.":                        contestedTag,
		"Die Leitung räumt lediglich eine Panne ein.":                              contestedTag,
		"Die Leitung räumt eine Panne ein.":                                        sourcedTag,
		"„Wir haben nichts dergleichen getan“, sagte der Chef.":                    contestedTag,
		"Aus Sicht des Chefs ist das falsch.":                                      contestedTag,
		"Laut Polizei handelte es sich hingegen um Regenwasser.":                   contestedTag,
		"Die Firma beschäftigt 200 Menschen.":                                      contextualTag,
	} {
		t.Run(text, func(t *testing.T) {
			if tag := Suggest(before+text, nil, Options{Lang: "de"}).Tags[1]; tag.ID != want {
				t.Errorf("%s (%s), want %s", tag.ID, tag.Rule, want)
			}
		})
	}
}

func TestTwoGermanVoicesInOneSentence(t *testing.T) {
	for text, want := range map[string]string{
		"Zwar lobt Jan Berg den Plan, doch der Verein lehnt ihn ab.":                    contestedTag,
		"Berg spricht von einem Sieg, Roth spricht hingegen von einem Patt.":            contestedTag,
		"Lena Roth hält den Bau für nötig, Jan Berg hingegen für Verschwendung.":        contestedTag,
		"Anders als Lena Roth geht Jan Berg davon aus, dass die Kosten sinken.":         contestedTag,
		"Entgegen der Darstellung der Firma stammt das Öl laut Amt aus dem Werk.":       contestedTag,
		"Während die Veranstalter von 5000 Menschen sprachen, zählte die Polizei 2000.": contestedTag,
		"Während der Sitzung sagte Lena Roth, der Bau sei nötig.":                       sourcedTag,
		"Anders als im Vorjahr geht Jan Berg davon aus, dass die Kosten sinken.":        sourcedTag,
		"Lena Roth lobte die Leute und nannte den Plan mutig.":                          sourcedTag,
	} {
		t.Run(text, func(t *testing.T) {
			if tag := Suggest(text, nil, Options{Lang: "de"}).Tags[0]; tag.ID != want {
				t.Errorf("%s (%s), want %s", tag.ID, tag.Rule, want)
			}
		})
	}
}
