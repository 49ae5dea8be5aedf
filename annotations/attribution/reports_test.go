package attribution

import "testing"

// TestReportsOfManyKindsAreReadAsTheirWriterMeant has what was misread when passages of live
// reports, courts, science, transfers, councils, obituaries, wires, wars, sketches, health notices
// and radio were first tried, and the borders that were wrong in many articles.
func TestReportsOfManyKindsAreReadAsTheirWriterMeant(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source, content string }{
		{"a time opens the line", "en", "09:20 A harbour source says the port is “not closed”.", "A harbour source", "the port is “not closed”."},
		{"a time and a colon", "en", "14:40: Our reporter Dan Lund, who is at the pier, says the road “stinks of smoke”.", "Our reporter Dan Lund, who is at the pier", "the road “stinks of smoke”."},
		{"a time, no verb of saying", "en", "09:31 Labour's Anna Berg isn't buying it: “He is hiding from us.”", "Labour's Anna Berg", "“He is hiding from us.”"},
		{"a time that is no label", "en", "12:30 ferries were late, crews said.", "crews", "12:30 ferries were late"},
		{"quoted words hold the verb", "en", "Berg, who runs the port, says the whole road “stinks of smoke”.", "Berg, who runs the port", "the whole road “stinks of smoke”."},
		{"an age and a house", "en", "“I ran,” says Anna Berg, 47, from number 12.", "Anna Berg, 47, from number 12", "“I ran,”"},
		{"she herself", "en", "She herself said ships were late.", "She herself", "ships were late."},
		{"a past that no list has", "en", "The Harbour Board sued to block the sale on Friday, alleging it would raise fees.", "The Harbour Board", "it would raise fees."},
		{"a past that looks like a participle", "en", "The pilots' union responded Friday, saying ships were late.", "The pilots' union", "ships were late."},
		{"an object behind a verb that no list has", "en", "Pilots oppose it, warning of “longer queues.”", "Pilots", "“longer queues.”"},
		{"an outcry without quotation marks", "en", "Had he read the log? asked the member for Ava, innocently.", "the member for Ava", "Had he read the log?"},
		{"not so", "en", "Not so, says pilot Anna Berg: the pier is cracked.", "pilot Anna Berg", "Not so … the pier is cracked."},
		{"a speaker's part in capitals", "en", "ANNA BERG, HOST: The port is shut.\n\nOLAF LUND, BYLINE: I can see it.\n\nMAN: I work here.", "OLAF LUND", "I can see it."},
		{"and even", "en", "Pilots and even some captains say ships were late.", "Pilots and even some captains", "ships were late."},
		{"a list of bodies", "en", "Labour unions, harbour groups, and many young pilots say ships were late.", "Labour unions, harbour groups, and many young pilots", "ships were late."},
		{"of that report", "en", "One of the authors of that 2013 report said ships were late.", "One of the authors of that 2013 report", "ships were late."},
		{"some who", "en", "But some who advocate free tides argue that ships were late.", "some who advocate free tides", "that ships were late."},
		{"have run the numbers", "en", "Senior pilots who have run the numbers argue that ships were late.", "Senior pilots who have run the numbers", "that ships were late."},
		{"being held", "en", "Two pilots being held in Ava said ships were late.", "Two pilots being held in Ava", "ships were late."},
		{"as X, an office, put it", "en", "Or, as Anna Berg, a former pilot, put it: “Ships were late.”", "Anna Berg, a former pilot", "“Ships were late.”"},
		{"an office that a name explains, estimating", "en", "The harbour board's weather office, the HBW, estimates that 40 ships were late.", "The harbour board's weather office, the HBW", "that 40 ships were late."},
		{"a title before the name of an office", "en", "The board's spokesman, Col. Olaf Lund, said the storm hit a depot.", "The board's spokesman, Col. Olaf Lund", "the storm hit a depot."},
		{"the same behind the verb", "en", "“Ships were late,” said the board's lead pilot, Dr Anna Berg, from Ava.", "the board's lead pilot, Dr Anna Berg", "“Ships were late,”"},
		{"his wife, a name", "en", "It was cancer, said his wife of 40 years, Anna.", "his wife of 40 years, Anna", "It was cancer"},
		{"asked not to be named", "en", "“Ships were late,” said a clerk who asked not to be named for fear of the board.", "a clerk", "“Ships were late,”"},
		{"anonymity", "en", "“Ships were late,” said a pilot who spoke on condition of anonymity.", "a pilot", "“Ships were late,”"},
		{"did not want to be named", "en", "One pilot, who did not want to be named, said ships were late.", "One pilot", "ships were late."},
		{"an outlet understands", "en", "The pier will close on Friday, Harbour Sports News understands.", "Harbour Sports News", "The pier will close on Friday"},
		{"a body advises", "en", "The agency advises crews to boil water.", "The agency", "crews to boil water."},
		{"a body advises, last", "en", "Crews should boil water, advises the Agency for Air and Tides.", "the Agency for Air and Tides", "Crews should boil water"},
		{"a body notes, last", "en", "No ships were late, the agency notes.", "the agency", "No ships were late"},
		{"pictures taken", "en", "Satellite images taken on Monday show a burned-out pier.", "Satellite images taken on Monday", "a burned-out pier."},
		{"a court heard he", "en", "Ava Harbour Court heard he had been asleep.", "Ava Harbour Court", "he had been asleep."},
		{"used to say", "en", "“Tides forgive,” she liked to say.", "she", "“Tides forgive,”"},
		{"a verb, a body with of", "en", "The tide was low, notes Jan Brix of Ellery University.", "Jan Brix of Ellery University", "The tide was low"},
		{"a second act", "en", "“I make no apology,” he began, and then made several.", "he", "“I make no apology,”"},
		{"identifying himself", "en", "“Stay,” a man identifying himself as a pilot shouted through the fog.", "a man identifying himself as a pilot", "“Stay,”"},
		{"a name for himself", "en", "A man who identified himself only as Olaf said ships were late.", "A man who identified himself only as Olaf", "ships were late."},
		{"German, a time", "de", "11:20 Uhr – Sprecher Jens Lund sagt, das Tor sei „zu“.", "Sprecher Jens Lund", "das Tor sei „zu“."},
		{"German, an attribute before Angaben", "de", "Nach polnischen Angaben war das Tor zu.", "polnischen Angaben", "war das Tor zu."},
		{"German, erste Erkenntnisse", "de", "Nach ersten Erkenntnissen war das Tor zu.", "ersten Erkenntnissen", "war das Tor zu."},
		{"German, dieser Zeitung", "de", "Nach Informationen dieser Zeitung ist das Tor zu.", "Informationen dieser Zeitung", "ist das Tor zu."},
		{"German, erinnert sich", "de", "„Das Tor war immer zu“, erinnert sich die Pilotin Anna Berg.", "die Pilotin Anna Berg", "„Das Tor war immer zu“"},
		{"German, wie X meldet", "de", "Wie die Agentur Welle meldet, ist das Tor zu.", "die Agentur Welle", "ist das Tor zu."},
		{"German, whom X cites", "de", "Wie die Agentur Welle am Montag unter Berufung auf Lotsen meldete, war das Tor zu.", "die Agentur Welle", "war das Tor zu."},
		{"German, sein Anwalt", "de", "Der Lotse sei krank, betonte sein Anwalt vor Gericht.", "sein Anwalt", "Der Lotse sei krank"},
		{"German, laut and a name in marks", "de", "Laut „Blatt“ ist das Tor zu.", "„Blatt“", "ist das Tor zu."},
		{"German, wie X dem Sender sagte", "de", "Das Tor ist zu, wie seine Tochter dem Sender sagte.", "seine Tochter", "Das Tor ist zu"},
		{"German, am Abend", "de", "Das Tor ist zu, wie die Feuerwehr am Abend mitteilte.", "die Feuerwehr", "Das Tor ist zu"},
		{"German, to whom X spoke", "de", "„Das Tor ist zu“, sagt Anna Berg der Zeitung.", "Anna Berg", "„Das Tor ist zu“"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, c.lang, c.source, c.content)
		})
	}
}

// TestWhatOnlyLooksLikeThoseReports has what the rules behind them must leave alone.
func TestWhatOnlyLooksLikeThoseReports(t *testing.T) {
	for name, c := range map[string]struct{ lang, text string }{
		"told by nobody knows whom": {"en", "Berg was told that ships were late."},
		"a person's advice":         {"en", "Berg advised Lund for two years."},
		"she understands":           {"en", "Nobody understands the tide."},
		"reports that are nouns":    {"en", "Berg left, remarks that were heard on deck."},
		"a label of a piece":        {"en", "EXCLUSIVE: Ferries leave the harbour at dawn."},
		"a call for a crew":         {"en", "Berg boarded a tug called “Anon”, and left."},
		"years, not reports":        {"de", "Nach langen Jahren ist das Tor zu."},
	} {
		t.Run(name, func(t *testing.T) {
			if res := Suggest(c.text, nil, Options{Lang: c.lang}); len(res.Attributions) > 0 {
				t.Errorf("got %q", inWords(c.text, res))
			}
		})
	}
}

func TestOneVoiceIsFoundOnce(t *testing.T) {
	for text, want := range map[string]string{
		"She never complained, recalls a friend.":                                    "a friend",
		"Commenting on the tide, Anna Berg of the port said: “It is low.”":           "Anna Berg of the port",
		"A man who identified himself only as Olaf said ships were late.":            "A man who identified himself only as Olaf",
		"“Ships were late,” said a clerk who asked not to be identified for safety.": "a clerk",
	} {
		if list := inWords(text, Suggest(text, nil, Options{Lang: "en"})); len(list) != 1 || list[0].source != want {
			t.Errorf("%s: got %q, want %q alone", text, list, want)
		}
	}
}

func TestHedgesOfBeliefAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"The pilot is believed to be in Ava.": "believed to",
		"The gate is thought to be shut.":     "thought to",
		"An apparent fault was found.":        "apparent",
		"The cause is not known.":             "not known",
	} {
		list := Suggest(text, nil, Options{Lang: "en"}).Hedges
		if len(list) != 1 || list[0].Span.In(text) != want {
			t.Errorf("%s: got %v, want %q", text, list, want)
		}
	}
}

func TestWhatACourtWasToldIsSourced(t *testing.T) {
	for text, want := range map[string]string{
		"The ship was late, a jury was told today.":  sourcedTag,
		"The inquest was told that ships were late.": sourcedTag,
		"Berg was told that ships were late.":        contextualTag,
		"Crews fear the ships are late.":             sourcedTag,
		"Crews fear for their ships.":                contextualTag,
	} {
		if got := Suggest(text, nil, Options{Lang: "en"}).Tags[0].ID; got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
