package attribution

import "testing"

// TestWhoAnswersByTheBuildAlone has answers in which no word of the first voice comes again, and what looks like one.
func TestWhoAnswersByTheBuildAlone(t *testing.T) {
	for second, want := range map[string]string{
		"Jan Berg told a different story, saying crews had left early.": contestedTag,
		"Jan Berg saw it differently: “Every hatch was shut.”":          contestedTag,
		"Jan Berg wasn't buying it.":                                    contestedTag,
		"The pilots are unmoved: the pier, they say, is old.":           contestedTag,
		"A harbour court ruled the opposite on Friday.":                 contestedTag,
		"The board countered that hatches had been shut.":               contestedTag,
		"The board called the allegation “a tale from the pub”.":        contestedTag,
		"The board questioned whether anybody had looked.":              contestedTag,
		"The board disputed her description, saying hatches were shut.": contestedTag,
		"The board has challenged that estimate.":                       contestedTag,
		"The board denied in a statement that a hatch was open.":        contestedTag,
		"“They are lying, they were not there,” said Jan Berg.":         contestedTag,
		"“No, that is not right,” said Jan Berg.":                       contestedTag,
		"That is “laughable”, said Jan Berg, who lives there.":          contestedTag,
		"That is “a pearl”, said Jan Berg.":                             sourcedTag,
		"The argument doesn't hold water, Jan Berg said.":               contestedTag,
		"Jan Berg corrected him, saying hatches were shut.":             contestedTag,
		"Jan Berg was quick to disagree: “It is not proof.”":            contestedTag,
		"It did not.": contestedTag,
		"But his diary has him at home that day.":              contestedTag,
		"His diary, though, has him at home that day.":         contestedTag,
		"But his diary was blue.":                              contextualTag,
		"But the weather has kept the crew at home.":           contextualTag,
		"The board called the harbour “a pearl”.":              sourcedTag,
		"The board questioned why the crew had left.":          sourcedTag,
		"Jan Berg saw it on Friday.":                           contextualTag,
		"They did not ask him.":                                contextualTag,
		"“They are late, they were not there,” said Jan Berg.": sourcedTag,
		"Asked about the pier, Jan Berg replied: “It rained.”": sourcedTag,
	} {
		tag := answerTag("en", "The union said on Monday that the ferry was leaking.", second)
		if tag.ID != want {
			t.Errorf("%s: %s (%s), want %s", second, tag.ID, tag.Rule, want)
		}
		if want == contestedTag && (tag.Partner != 0 || len(tag.Words) == 0) {
			t.Errorf("%s: partner %d, words %v: want the unit before and the words that tell it", second, tag.Partner, tag.Words)
		}
	}
}

// TestTwoVoicesAcrossASemicolonAreSetAgainstEachOther has two who speak or think in one sentence, and what
// only has a semicolon.
func TestTwoVoicesAcrossASemicolonAreSetAgainstEachOther(t *testing.T) {
	for text, want := range map[string]string{
		"Pilots say the pier is sinking; the harbour board says it stands as it stood.":      contestedTag,
		"Campaigners believe the pier is lost; Jan Berg says it can be saved.":               contestedTag,
		"Pilots say the pier is sinking; four of them said it had moved.":                    sourcedTag,
		"Pilots say the pier is sinking; a survey shows that it moved.":                      sourcedTag,
		"More than half said it was late; 46 percent said they were glad.":                   sourcedTag,
		"The pier is old; it was built in 1911.":                                             contextualTag,
		"Earlier papers have found that piers can move (Nagel 2011; Tran & Ode 2015).":       sourcedTag,
		"The pier is sinking, pilots said; the harbour board said that it would look at it.": sourcedTag,
	} {
		if tag := Suggest(text, nil, Options{Lang: "en"}).Tags[0]; tag.ID != want {
			t.Errorf("%s: %s (%s), want %s", text, tag.ID, tag.Rule, want)
		}
	}
}

// TestGermanAnswersByTheBuildAlone has the same in German.
func TestGermanAnswersByTheBuildAlone(t *testing.T) {
	for second, want := range map[string]string{
		"Der Verband, der seit Jahren dort arbeitet, sieht das anders.":   contestedTag,
		"Der Verband erinnert sich anders: Das Tor habe offen gestanden.": contestedTag,
		"Anna Berg konterte, der Wind sei schwach gewesen.":               contestedTag,
		"Anna Berg hält das für vorgeschoben.":                            contestedTag,
		"Anna Berg teilt diese Sorge ausdrücklich nicht.":                 contestedTag,
		"Anna Berg erkannte das Ergebnis nicht an.":                       contestedTag,
		"Anna Berg ist davon nicht überzeugt.":                            contestedTag,
		"Anna Berg sagt am Telefon jedoch, das Tor habe offen gestanden.": contestedTag,
		"Diese Version sei widerlegt, sagte Anna Berg.":                   contestedTag,
		"Anna Berg wiederum behauptet, das Tor sei offen.":                contestedTag,
		"Der Lotse kommt hingegen auf drei Tore.":                         contestedTag,
		"Der Weg dorthin ist jedoch noch weit.":                           contextualTag,
		"Anna Berg teilte mit, man erkenne das Tor nicht.":                sourcedTag,
		"Anna Berg kam nicht an.":                                         contextualTag,
		"Der Verband kann das nicht nachvollziehen, weil Akten fehlen.":   contextualTag,
		"Anna Berg hält das für möglich.":                                 sourcedTag,
	} {
		if tag := answerTag("de", "Die Hafenbehörde sagte, das Tor sei zu.", second); tag.ID != want {
			t.Errorf("%s: %s (%s), want %s", second, tag.ID, tag.Rule, want)
		}
	}
}
