package attribution

import "testing"

// TestVoicesThatOtherHandsMarkedAreFound has builds that were misread when passages that outsiders
// had written and marked were first tried: papers and figures at the end of a sentence, participles behind
// them, German times and datelines before the verb, and to whom somebody spoke.
func TestVoicesThatOtherHandsMarkedAreFound(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source, content string }{
		{"records seen by an outlet", "en", "Ships were late, records seen by the Courier show.", "records seen by the Courier", "Ships were late"},
		{"a log that no list had", "en", "Ships were late, the harbour's changelog shows.", "the harbour's changelog", "Ships were late"},
		{"figures and a day", "en", "One ship in ten is late, test scores released Wednesday show, a slight rise.", "test scores released Wednesday", "One ship in ten is late"},
		{"what a paper is from", "en", "A timetable from 1997, which Berg keeps at home, shows a late ship.", "A timetable from 1997, which Berg keeps at home", "a late ship."},
		{"a study paid for by", "en", "A study paid for by Berg predicts an extra 38 ships.", "A study paid for by Berg", "an extra 38 ships."},
		{"though, and a figure behind over", "en", "Satellite images, though, show over 40 ships at the pier.", "Satellite images", "over 40 ships at the pier."},
		{"outside pilots", "en", "Outside pilots said ships were late.", "Outside pilots", "ships were late."},
		{"the pilots report", "en", "Ships were late, the pilots report in a journal.", "the pilots", "Ships were late"},
		{"said to reporters", "en", "Berg said to reporters ships were late.", "Berg", "ships were late."},
		{"an age is a person", "en", "“Ships were late,” the 29-year-old told the Courier.", "the 29-year-old", "“Ships were late,”"},
		{"if, and a time behind the verb", "en", "If it rains, ships will be late, the harbour office estimated last week.", "the harbour office", "If it rains, ships will be late"},
		{"one of them, a name", "en", "One of them, Jan Berg, said his ship, which was old, had been late.", "One of them, Jan Berg", "his ship, which was old, had been late."},
		{"for Berg, with quoted words", "en", "For Berg, whose ship was late, it was ‘a day of fog’.", "Berg", "it was ‘a day of fog’."},
		{"by his own account", "en", "He sailed twice, by his own account.", "his", "He sailed twice"},
		{"basis points are no pointing", "en", "The fee rose by 75 basis points to 4 percent, the board said.", "the board", "The fee rose by 75 basis points to 4 percent"},
		{"since two members", "en", "It is late, since two members have signalled that they would leave.", "two members", "that they would leave."},
		{"some blame", "en", "Some blame the fog.", "Some", "the fog."},
		{"clarified that", "en", "Jan Berg clarified that ships were late.", "Jan Berg", "that ships were late."},
		{"denies being", "en", "Anna Berg, 40, denies being late.", "Anna Berg, 40", "being late."},
		{"a forecast", "en", "Analysts expect a late ship.", "Analysts", "a late ship."},
		{"a forecast of its own", "en", "The board now expects losses of $2 million.", "The board", "losses of $2 million."},
		{"German, a time before the verb", "de", "Drei Wochen später schrieb eine Lotsin: „Das Tor ist zu.“", "eine Lotsin", "„Das Tor ist zu.“"},
		{"German, so schildert es X", "de", "Das Tor sei, so schildert es die Frau, lange zu gewesen.", "die Frau", "Das Tor sei … lange zu gewesen."},
		{"German, a day of the month", "de", "In einem Vermerk vom 3. September 2020 heißt es, das Tor sei zu.", "einem Vermerk vom 3. September 2020", "das Tor sei zu."},
		{"German, to an agency", "de", "„Das Tor ist zu“, sagte Anna Berg der Deutschen Presse-Agentur.", "Anna Berg", "„Das Tor ist zu“"},
		{"German, wie X der dpa sagte", "de", "Das Tor ist zu, wie ein Sprecher der dpa sagte.", "ein Sprecher", "Das Tor ist zu"},
		{"German, gegenüber dieser Zeitung", "de", "Das Tor ist zu, wie drei Lotsen gegenüber dieser Zeitung sagen.", "drei Lotsen", "Das Tor ist zu"},
		{"German, begründete X den Schritt", "de", "Das Tor sei morsch, begründete Lotsin Anna Berg den Schritt.", "Lotsin Anna Berg", "Das Tor sei morsch"},
		{"German, hielt sie X entgegen", "de", "Das Tor sei morsch, hielt sie dem Minister entgegen.", "sie", "Das Tor sei morsch"},
		{"German, an insertion ends", "de", "Dies sei, entgegnete der Minister, längst Teil des Plans.", "der Minister", "Dies sei … längst Teil des Plans."},
		{"German, genau das", "de", "Genau das bezweifelte Lotsin Anna Berg: Der Wind sei schwach.", "Lotsin Anna Berg", "Der Wind sei schwach."},
		{"German, das bestätigte X", "de", "Das Tor ist zu. Das bestätigte eine Sprecherin.", "eine Sprecherin", "Das"},
		{"German, findet", "de", "Berg findet, das Tor müsse zu sein.", "Berg", "das Tor müsse zu sein."},
		{"German, ein Sprecher bezifferte", "de", "Die Höhe des Schadens bezifferte ein Sprecher mit 40.000 Euro.", "ein Sprecher", "Die Höhe des Schadens bezifferte ein Sprecher mit 40.000 Euro."},
		{"German, eigene Angaben", "de", "Dort wurde sie nach eigenen Angaben von einem Boot gerammt.", "eigenen Angaben", "Dort wurde sie … von einem Boot gerammt."},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, c.lang, c.source, c.content)
		})
	}
}

// TestWhatOnlyLooksLikeVoicesOfOtherHands has what the rules behind them must leave alone.
func TestWhatOnlyLooksLikeVoicesOfOtherHands(t *testing.T) {
	for name, c := range map[string]struct{ lang, text string }{
		"by hand":                {"en", "The word was underlined by hand."},
		"no answer":              {"en", "The board did not respond when asked which ones."},
		"points are a measure":   {"en", "The fee rose nine basis points to 4.06%."},
		"outside a port":         {"en", "Outside the port it was late."},
		"said to be":             {"en", "The pier is said to be late."},
		"for Berg, no quotation": {"en", "For Berg, the loss was the third in May."},
		"a label of a claim":     {"en", "CLAIM: Ships killed 40 whales this winter."},
		"German, hearsay":        {"de", "Das Tor ist dem Vernehmen nach zu."},
		"German, warb um":        {"de", "Der Verband warb um Geld."},
		"German, hielt stand":    {"de", "Das Tor hielt dem Wind stand."},
	} {
		t.Run(name, func(t *testing.T) {
			if res := Suggest(c.text, nil, Options{Lang: c.lang}); len(res.Attributions) > 0 {
				t.Errorf("got %q", inWords(c.text, res))
			}
		})
	}
}

// TestAttitudesVouchWithANoun: "Analysts fear a loss" reports what somebody thinks as "fear that P" does. A
// plan of people who are not named is none, nor is what somebody fears for.
func TestAttitudesVouchWithANoun(t *testing.T) {
	for text, want := range map[string]string{
		"Retailers fear empty docks.":                         sourcedTag,
		"The team hopes to return in May.":                    sourcedTag,
		"The crew were convinced the ship was late.":          sourcedTag,
		"The board believes dozens of ships were late.":       sourcedTag,
		"The board believes ships were late.":                 sourcedTag,
		"Parents worry about the fog.":                        sourcedTag,
		"Parents worried more about the fog.":                 sourcedTag,
		"The fog came late, pilots on both sides agree.":      sourcedTag,
		"Pilots oppose the fee.":                              sourcedTag,
		"Seine Frau hält das für eine Posse.":                 sourcedTag,
		"Officials expect to leave in May.":                   contextualTag,
		"Crews fear for their ships.":                         contextualTag,
		"A decision is expected in July.":                     contextualTag,
		"The trial is expected to last a week.":               contextualTag,
		"The pilot thought of home.":                          contextualTag,
		"Ships of that kind hope for wind.":                   contextualTag,
		"The firm has not commented on the fog.":              contextualTag,
		"Berg would not comment on the fog.":                  contextualTag,
		"Neither crew would discuss the fog.":                 contextualTag,
		"The board refused to comment on the fog, citing it.": contextualTag,
	} {
		if got := Suggest(text, nil, Options{}).Tags[0]; got.ID != want {
			t.Errorf("%s: got %s (%s), want %s", text, got.ID, got.Rule, want)
		}
	}
}

// TestTheGermanDemnachGoesOn: it goes on with what was told in the sentence before, as "hieß es" does.
func TestTheGermanDemnachGoesOn(t *testing.T) {
	for text, want := range map[string]string{
		"Die Behörde sagte, das Tor sei zu. Demnach ist der Pier gesperrt.":    sourcedTag,
		"Die Behörde sagte, das Tor sei zu. Man prüfe das, hieß es weiter.":    sourcedTag,
		"Das Tor ist zu. Demnach ist der Pier gesperrt.":                       contextualTag,
		"Die Behörde sagte, das Tor sei zu.\n\nDemnach ist der Pier gesperrt.": contextualTag,
		"Das Tor ist zu. Dem Vernehmen nach ist der Pier gesperrt.":            contextualTag,
	} {
		tags := Suggest(text, nil, Options{Lang: "de"}).Tags
		if got := tags[len(tags)-1]; got.ID != want {
			t.Errorf("%s: got %s (%s), want %s", text, got.ID, got.Rule, want)
		}
	}
}
