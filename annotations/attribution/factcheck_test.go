package attribution

import "testing"

// TestVerdictsOfFactChecks: what a fact check finds of what goes round was plain context unless it began "This is false".
func TestVerdictsOfFactChecks(t *testing.T) {
	t.Parallel()
	checkSecondTag(t, "en", "A post by Anna Berg claims the harbour will close. ", map[string]string{
		"But that is not true.":                             contestedTag,
		"Both claims are false.":                            contestedTag,
		"The quote is entirely made up.":                    contestedTag,
		"The image has been doctored.":                      contestedTag,
		"The image has not been doctored.":                  contextualTag,
		"There is no evidence for this.":                    contestedTag,
		"No evidence supports this claim.":                  contestedTag,
		"There is no evidence of a crime.":                  contextualTag,
		"The photos do not prove that.":                     contestedTag,
		"This number is not correct.":                       contestedTag,
		"None of this is true.":                             contestedTag,
		"All of this is true.":                              contextualTag,
		"That's not so.":                                    contestedTag,
		"The photo was not taken in Halden.":                contestedTag,
		"The photo was taken in Halden.":                    contextualTag,
		"The claim misrepresents the study.":                contestedTag,
		"The picture is real, and the harbour has a fence.": contextualTag,
	})
}

// TestVerdictsOfGermanFactChecks: what a fact check finds of what goes round was plain context unless it began "Das ist falsch".
func TestVerdictsOfGermanFactChecks(t *testing.T) {
	t.Parallel()
	checkSecondTag(t, "de", "Auf einer Plattform behauptet Anna Berg, der Hafen werde geschlossen. ", map[string]string{
		"Doch das stimmt nicht.":                           contestedTag,
		"Doch beide Angaben sind falsch.":                  contestedTag,
		"Die genannte Zahl war im Mai 2022 falsch.":        contestedTag,
		"Das Zitat ist frei erfunden.":                     contestedTag,
		"Das Bild ist nicht manipuliert.":                  contextualTag,
		"Dahinter steckt Satire.":                          contestedTag,
		"Dahinter steckt ein Verein.":                      contextualTag,
		"Belege dafür gibt es nicht.":                      contestedTag,
		"Für die Behauptung gibt es keinen Beleg.":         contestedTag,
		"Der Behauptung fehlt jede Grundlage.":             contestedTag,
		"Die Fotos beweisen das nicht.":                    contestedTag,
		"Dabei handelt es sich um eine Fälschung.":         contestedTag,
		"Dabei handelt es sich um eine Aufnahme von 2012.": contextualTag,
		"Nichts davon stimmt.":                             contestedTag,
		"Dem ist nicht so.":                                contestedTag,
		"Richtig ist: Er bleibt offen.":                    contestedTag,
		"Richtig ist, dass er alt ist.":                    contextualTag,
		"Das Bild stammt nicht aus Halden.":                contestedTag,
		"Das Bild stammt aus Halden.":                      contextualTag,
	})
}

// TestWhoGermanPronounsMean: "sie" meant nobody, since it may be several, and "er" no body; the article and the verb tell.
func TestWhoGermanPronounsMean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Eine Sprecherin sagte, der Hafen sei alt. Sie sagte, er sei neu.":                                "Sprecherin (unnamed)",
		"Die Anwohner sagten, der Hafen sei alt. Sie sagten, er sei neu.":                                 "Anwohner",
		"Die Anwohner sagten, der Hafen sei alt. Ein Sprecher sagte nichts. Sie sagten, er sei neu.":      "Anwohner",
		"Der Verband teilte mit, der Hafen sei alt. Er erklärte, der Kai sei neu.":                        "Verband",
		"Anna Berg sagte, der Hafen sei alt. Klaus Lund sagte, er sei neu. Sie sagte, der Kai sei schön.": "Anna Berg",
		"Die Politikerin Anna Berg ist 50. Sie sagte, der Hafen sei alt.":                                 "Anna Berg",
		"Das Ministerium erklärte, der Hafen sei alt. Er sagte, der Kai sei neu.":                         "",
		"Nach Angaben der Polizei sei der Hafen alt. Er sagte, der Kai sei neu.":                          "",
	} {
		if who := lastWho(t, "de", text); who != want {
			t.Errorf("%q: %q speaks, want %q", text, who, want)
		}
	}
	if who := lastWho(t, "en", "A quote attributed to the mayor Anna Berg goes round. She said it was late."); who != "Anna Berg" {
		t.Errorf("%q speaks, whose quote goes round", who)
	}
	checkFound(t, "Hier sparte der Minister nicht mit Kritik: „Das Ende ist nah.“", "de", "der Minister", "„Das Ende ist nah.“")
}

// TestWhoGermanNounsMean: nouns have capitals in German, and none was read as pointing back; a role before a name was part of it.
func TestWhoGermanNounsMean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Die Grünen-Politikerin Anna Berg sagte, der Hafen sei alt. Die Politikerin sagte, der Kai sei neu.": "Anna Berg",
		"Anna Berg, Ministerin für Verkehr, sagte, der Hafen sei alt. Die Ministerin sagte, er sei neu.":     "Anna Berg",
		"Ein Sprecher der Polizei sagte, der Hafen sei alt. Der Sprecher sagte, der Kai sei neu.":            "Sprecher der Polizei (unnamed)",
		"Trainer Klaus Lund sagte, das Spiel sei gut. Der 48-Jährige sagte, er sei müde.":                    "Klaus Lund",
		"Ein 48-Jähriger steht vor Gericht. Anwalt Klaus Lund schwieg. Der 48-Jährige sagte, er sei müde.":   "48-Jährige (unnamed)",
		"Das Robert-Koch-Institut teilte mit, der Hafen sei alt. Das Institut sagte, der Kai sei neu.":       "Robert-Koch-Institut",
		"Die Ministerin Anna Berg sagte, der Hafen sei alt. Der Minister sagte, der Kai sei neu.":            "Minister (unnamed)",
		"SPD-Chef Lars Klingbeil sagte, der Hafen sei alt.":                                                  "Lars Klingbeil",
	} {
		if who := lastWho(t, "de", text); who != want {
			t.Errorf("%q: %q speaks, want %q", text, who, want)
		}
	}
}

// checkSecondTag compares the tags of sentences that stand behind a claim.
func checkSecondTag(t *testing.T, lang, claim string, texts map[string]string) {
	t.Helper()
	for text, want := range texts {
		if got := Suggest(claim+text, Units(cut(claim+text)), Options{Lang: lang}).Tags[1].ID; got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestNobodySpeaksWhereAnotherWordStandsForWhoever: "unclear" ordered the closure, and "no record of Berg" said so.
func TestNobodySpeaksWhereAnotherWordStandsForWhoever(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"There is no record of Berg ever saying this.",
		"It is unclear who ordered the closure.",
		"Neither Berg nor her lawyer responded to requests for comment.",
	} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("somebody speaks in %q: %v", text, a)
		}
	}
	checkFound(t, "We asked the city for comment, and it told us the harbour would stay open.", "en", "it", "the harbour would stay open.")
}

// TestWhatStandsBeforeTheClaimIsNotSaid: the day a suit was filed, and the plan that the words are of, were part of them.
func TestWhatStandsBeforeTheClaimIsNotSaid(t *testing.T) {
	t.Parallel()
	checkFound(t, "According to the lawsuit, filed on Monday, Berg lied.", "en", "the lawsuit", "Berg lied.")
	checkFound(t, "According to the lawsuit, armed men lied, cheated and stole.", "en", "the lawsuit", "armed men lied, cheated and stole.")
	checkFound(t, "Berg said of the plan: “It is late.”", "en", "Berg", "“It is late.”")
	checkFound(t, "Berg said of the new plan for the harbour: “It is late.”", "en", "Berg", "“It is late.”")
}

// TestGermanHousesAreNamedInTheNominative: "aus Sicht des Verbands" was the view of "Verbands", another voice than "der Verband".
func TestGermanHousesAreNamedInTheNominative(t *testing.T) {
	t.Parallel()
	checkWho(t, "de", map[string]string{
		"Aus Sicht des Verbands ist der Hafen zu klein.":         "Verband",
		"Nach Ansicht des Institutes ist der Hafen zu klein.":    "Institut",
		"Nach Ansicht des Komitees ist der Hafen zu klein.":      "Komitee",
		"Nach Ansicht des Ausschusses ist der Hafen zu klein.":   "Ausschuss",
		"Nach dem Willen des Landes wird der Hafen geschlossen.": "Land",
	})
	checkSecondTag(t, "de", "Auf einer Plattform behauptet Anna Berg, der Hafen werde geschlossen. ", map[string]string{
		"Das belegt die Studie nicht.":                 contestedTag,
		"Das belegt die Studie.":                       sourcedTag,
		"Die Stadt antwortete auf eine Anfrage nicht.": contextualTag,
	})
}
