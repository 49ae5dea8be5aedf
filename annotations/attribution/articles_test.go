package attribution

import "testing"

// TestVoicesOfLongerArticlesAreFound has the builds that were misread when articles of eight to
// fifteen sentences were first tried.
func TestVoicesOfLongerArticlesAreFound(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source, content string }{
		{"added, last", "en", "The firm plans to ship 40 units in the first year, Berg added.", "Berg", "The firm plans to ship 40 units in the first year"},
		{"said to have called", "en", "Anna Berg is said to have called him “a storm”.", "Anna Berg", "him “a storm”."},
		{"used to maintain that", "en", "My late husband used to maintain that ships were late.", "My late husband", "that ships were late."},
		{"heard to say", "en", "“Go around,” she is heard to say.", "she", "“Go around,”"},
		{"letters found somewhere suggest", "en", "Emails found on the laptop suggest that ships were late.", "Emails found on the laptop", "that ships were late."},
		{"a copy of which", "en", "A report from the port, a copy of which was seen by the Herald, found faults.", "A report from the port", "faults."},
		{"a party and a state", "en", "“Ships were late,” said Rep. Anna Berg, R-Okla., who is bald.", "Rep. Anna Berg, R-Okla.", "“Ships were late,”"},
		{"in her view", "en", "In her view, ships were late.", "her", "ships were late."},
		{"in somebody's opinion", "en", "In Anna Berg's opinion, ships were late.", "Anna Berg", "ships were late."},
		{"in the view of", "en", "In the view of Anna Berg, ships were late.", "Anna Berg", "ships were late."},
		{"hit out at", "en", "Berg has hit out at “vile” trolls.", "Berg", "“vile” trolls."},
		{"not guilty", "en", "Berg pleaded not guilty to all counts.", "Berg", "all counts."},
		{"ruled the death a homicide", "en", "The county coroner ruled the death a homicide.", "The county coroner", "the death a homicide."},
		{"ruled the search illegal", "en", "A judge ruled the search illegal.", "A judge", "the search illegal."},
		{"recorded, in quoted words", "en", "An inspection recorded “serious faults”.", "An inspection", "“serious faults”."},
		{"it shows, behind a film", "en", "The footage shows a crash. It shows the car backing away.", "It", "the car backing away."},
		{"a toll in words", "en", "Lund put the number at two.", "Lund", "the number at two."},
		{"took to a platform to say", "en", "Berg took to social media to complain that ships were late.", "Berg", "that ships were late."},
		{"said P but denied Q", "en", "Berg said ships were late but denied that crews were tired.", "Berg", "ships were late"},
		{"a short headline", "en", "Pier to close, sources say", "sources", "Pier to close"},
		{"emails, however, show", "en", "Emails reviewed by the Herald, however, show aides debating the tide.", "Emails reviewed by the Herald", "aides debating the tide."},
		{"in somebody's words, in the middle", "en", "It was, in Berg's words, a ruin.", "Berg", "It was … a ruin."},
		{"adds, behind half a sentence in quotes", "en", "The finding “is a shock,” adds Olaf Lund, a biologist at Ava.", "Olaf Lund, a biologist at Ava", "The finding “is a shock,”"},
		{"another story", "en", "Video released on Friday tells another story.", "Video released on Friday", ""},
		{"begged to differ", "en", "The board, which owns the pier, begged to differ.", "The board", ""},
		{"German, hat X mitgeteilt", "de", "Das Tor öffnet erst im Juli, hat die Gemeinde mitgeteilt.", "die Gemeinde", "Das Tor öffnet erst im Juli"},
		{"German, a verb in the plural before", "de", "Rund 80 Lotsen mussten das Tor verlassen, sagte ein Sprecher.", "ein Sprecher", "Rund 80 Lotsen mussten das Tor verlassen"},
		{"German, meldete elf Tote", "de", "Das örtliche Amt meldete elf Tote.", "Das örtliche Amt", "Das örtliche Amt meldete elf Tote."},
		{"German, a verb before the source", "de", "Die Arbeit kostet einem Gutachten zufolge 300 Euro.", "einem Gutachten", "Die Arbeit kostet … 300 Euro."},
		{"German, gibt zu bedenken", "de", "Das Tor sei zu, gibt er zu bedenken.", "er", "Das Tor sei zu"},
		{"German, gab zu Protokoll", "de", "Das Tor sei zu, gab Berg zu Protokoll.", "Berg", "Das Tor sei zu"},
		{"German, one comma and a verb on no list", "de", "Berg wusste davon, behauptet Lund.", "Lund", "Berg wusste davon"},
		{"German, legen nahe", "de", "Interne Mails legen nahe, dass das Tor zu war.", "Interne Mails", "dass das Tor zu war."},
		{"German, that is what somebody said", "de", "Das Tor ist zu. Das sagte Lund am Montag.", "Lund", "Das Tor ist zu. … Das"},
		{"German, that emerges from a paper", "de", "Das Tor ist zu. Das geht aus einem Bericht hervor.", "einem Bericht", "Das Tor ist zu. … Das"},
		{"German, as emerges from a paper", "de", "Wie aus einem internen Papier hervorgeht, ist das Tor zu.", "einem internen Papier", "ist das Tor zu."},
		{"German, an answer without more", "de", "Das Tor ist zu, sagte Berg. Dem widersprach Lund.", "Lund", ""},
		{"German, the same before its verb", "de", "Das Tor ist zu, sagte Berg. Die Pilotin Anna Lund sieht das anders.", "Die Pilotin Anna Lund", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, c.lang, c.source, c.content)
		})
	}
}

// TestWhatOnlyLooksLikeThoseVoices has what the rules behind them must leave alone.
func TestWhatOnlyLooksLikeThoseVoices(t *testing.T) {
	for name, c := range map[string]struct{ lang, text string }{
		"the writer's own view":      {"en", "In my view, ships were late."},
		"in view of the tide":        {"en", "In view of the tide, ships were late."},
		"ruled a country":            {"en", "The queen ruled the country for 60 years."},
		"a loss in the books":        {"en", "The company recorded a loss."},
		"documents are papers":       {"en", "The clerk carried the documents of the port."},
		"it shows, behind nobody":    {"en", "The pier is old. It shows a crack."},
		"told a story":               {"en", "The board told a story."},
		"added a word":               {"en", "The firm added ships."},
		"put the ship at one side":   {"en", "Lund put the ship at one side of the pier."},
		"for anonymity":              {"en", "He asked for anonymity because he feared for his job."},
		"in other words":             {"en", "In other words, ships were late."},
		"neither, nor":               {"en", "The board would neither confirm nor deny the report."},
		"nothing about":              {"en", "Berg said nothing about the pier."},
		"took a ship":                {"en", "Berg took the ship to say goodbye."},
		"German, no answer":          {"de", "Der Hafen äußerte sich nicht."},
		"German, no comment":         {"de", "Berg lehnte eine Stellungnahme ab."},
		"German, an attribute":       {"de", "Das erklärte Ziel des Hafens ist ein neues Tor."},
		"German, another":            {"de", "Das berichtete Unglück war alt."},
		"German, a list, no speaker": {"de", "Die Lotsen fanden zwei Risse und brachten Planen."},
	} {
		t.Run(name, func(t *testing.T) {
			if res := Suggest(c.text, nil, Options{Lang: c.lang}); len(res.Attributions) > 0 {
				t.Errorf("got %q", inWords(c.text, res))
			}
		})
	}
}

// TestAThoughtMayCloseItsSentence: "P, investigators believe" vouches as "Investigators believe P" does.
func TestAThoughtMayCloseItsSentence(t *testing.T) {
	for text, want := range map[string]string{
		"The van was stolen, investigators believe.": sourcedTag,
		"Ships will be late, analysts expect.":       sourcedTag,
		"The van was stolen, I think.":               contextualTag,
	} {
		if got := Suggest(text, nil, Options{Lang: "en"}).Tags[0].ID; got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
