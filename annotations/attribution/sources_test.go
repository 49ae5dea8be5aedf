package attribution

import "testing"

func TestSourcesEndWhereAReaderWouldEndThem(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source string }{
		{"a clause that says who a name is", "en", "Anna Berg, who runs the port, said ships were late.", "Anna Berg, who runs the port"},
		{"a remark about a name known already", "en", "Anna Berg runs the port. Berg, who has no children, said ships were late.", "Berg"},
		{"a remark about how somebody spoke", "en", "A second official, who spoke on condition of anonymity, said ships were late.", "A second official"},
		{"a remark about somebody pointed back to", "en", "The official, who has seen the plans, said ships were late.", "The official"},
		{"a town and its state", "en", "Paul Lund, a driver from Ava, Mo., said ships were late.", "Paul Lund, a driver from Ava, Mo."},
		{"the same at the end", "en", "Mayor Bob Lund of Portsea, Maine, said ships were late.", "Mayor Bob Lund of Portsea, Maine"},
		{"an age and a town", "en", "Paul Lund, 30, of Ava, Mo., said ships were late.", "Paul Lund, 30, of Ava, Mo."},
		{"an age and a job", "en", "Paul Lund, 30, a driver from Ava, Mo., said ships were late.", "Paul Lund, 30, a driver from Ava, Mo."},
		{"a clause, and then a time", "en", "Anna Berg, who lost her job in Ava, Mo., in July, said ships were late.", "Anna Berg, who lost her job in Ava, Mo."},
		{"a role, then a name", "en", "“Ships are late,” said a spokesman for the port, Oleg Lund.", "a spokesman for the port, Oleg Lund"},
		{"what somebody was then", "en", "“Ships are late,” said Anna Berg, then the port's director.", "Anna Berg, then the port's director"},
		{"two adjectives", "en", "“Ships are late,” the bespectacled, 71-year-old diplomat said.", "the bespectacled, 71-year-old diplomat"},
		{"nearly so many", "en", "Nearly three in five said ships were late.", "Nearly three in five"},
		{"early results", "en", "Early results of the count show that ships were late.", "Early results of the count"},
		{"when a poll came out", "en", "A poll released last week showed that ships were late.", "A poll released last week"},
		{"posts are no verb here", "en", "Posts on the board argued that ships were late.", "Posts on the board"},
		{"a name like a small word", "en", "May said she would not resign.", "May"},
		{"of whom it was said", "en", "“They expect us to know,” Terry Lund, the chair of the board, said of the plan.", "Terry Lund"},
		{"by phone is nobody", "en", "“Ships are late,” Mr. Lund, now 81 and retired in Ava, Mo., said by phone.", "Mr. Lund, now 81 and retired in Ava, Mo."},
		{"this past week", "en", "Anna Berg, the director, this past week announced that ships were late.", "Anna Berg"},
		{"responded by saying", "en", "The board responded by saying ships were late.", "The board"},
		{"what a figure is not", "en", "According to the poll, 46 percent of voters say ships are late.", "the poll"},
		{"a message speaks itself", "en", "All they saw was a message saying ships were late.", "a message"},
		{"a byline under a quotation", "en", "“Ships are late, and so are we.” — Anna Berg, director of the port", "Anna Berg, director of the port"},
		{"researchers report in", "en", "Ships are late, researchers at the institute report in a journal.", "researchers at the institute"},
		{"councillors heard", "en", "Ships are late, councillors heard on Monday.", "councillors"},
		{"told by somebody to do it", "en", "Residents were told by the council to leave.", "the council"},
		{"a letter signed by many", "en", "The port must close, says a letter signed by 40 sailors.", "a letter signed by 40 sailors"},
		{"a vow in quoted words", "en", "“Never again,” vows Anna Berg, who lost her ship.", "Anna Berg, who lost her ship"},
		{"a noun that ends like an adverb", "en", "The boat sank, the family said.", "the family"},
		{"backers claim", "en", "The new law, its backers claim, will save ships.", "its backers"},
		{"nobody is warned here", "en", "Experts warn the bird could be gone.", "Experts"},
		{"at least so many", "en", "At least 40 sailors said ships were late.", "At least 40 sailors"},
		{"nearly two-thirds", "en", "Nearly two-thirds of the crews said ships were late.", "Nearly two-thirds of the crews"},
		{"many of you", "en", "Many of you said ships were late.", "Many of you"},
		{"than the board says", "en", "There were more delays than the board says there should be.", "the board"},
		{"more than so many", "en", "More than 40 sailors said ships were late.", "More than 40 sailors"},
		{"columns Berg wrote", "en", "The board found the columns Berg wrote about late ships.", "Berg"},
		{"the captain herself", "en", "Berg herself said ships were late.", "Berg herself"},
		{"what else somebody said", "en", "“Ships are late,” said Anna Berg, a captain from Ellery, who also said the port was closed.", "Anna Berg, a captain from Ellery"},
		{"a group called so", "en", "“Ships are late,” said Anna Berg, founder of a group called Harbour First.", "Anna Berg, founder of a group called Harbour First"},
		{"an apostrophe that closes no quotation", "en", "“Ships are late,” said the Harbour Workers' Union.", "the Harbour Workers' Union"},
		{"German, a clause behind a name", "de", "Anna Berg, die den Hafen seit Jahren leitet, sagte, das Tor sei zu.", "Anna Berg"},
		{"German, an office behind a name", "de", "Anna Berg, die Sprecherin der Behörde, sagte, das Tor sei zu.", "Anna Berg, die Sprecherin der Behörde"},
		{"German, the object first", "de", "Anna Berg war da. Den Plan nannte Berg einen Fehler.", "Berg"},
		{"German, als", "de", "Als Grund nannte die örtliche Behörde den Frost.", "die örtliche Behörde"},
		{"German, Angaben von", "de", "Nach Angaben von Augenzeugen war das Tor zu.", "Angaben von Augenzeugen"},
		{"German, wie … mitteilte", "de", "Das Tor bleibt zu, wie die Reederei am Freitag mitteilte.", "die Reederei"},
		{"German, und sagte", "de", "Der Zeuge kam am Montag und behauptete, er sei krank.", "Der Zeuge"},
		{"German, wird zitiert", "de", "Anna Berg wird von der Zeitung mit den Worten zitiert, das Tor sei zu.", "Anna Berg"},
		{"German, a doctor", "de", "Laut Vereinsarzt Dr. Uwe Kern fällt er aus.", "Vereinsarzt Dr. Uwe Kern"},
		{"German, gegenüber", "de", "Gegenüber der Zeitung berichtete Anna Berg davon, dass das Tor zu sei.", "Anna Berg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: c.lang})
			checkPromises(t, c.text, res)
			list := inWords(c.text, res)
			for _, got := range list {
				if got.source == c.source {
					return
				}
			}
			t.Errorf("got %q, want the source %q", list, c.source)
		})
	}
}

func TestSourceAndContentOfOtherStyles(t *testing.T) {
	for _, c := range []struct{ name, text, source, content string }{
		{"per an office", "A hall will open at noon, per the mayor's office.", "the mayor's office", "A hall will open at noon"},
		{"both belongs to the verb", "Berg and Lund both said ships were late.", "Berg and Lund", "ships were late."},
		{"a warning at the end", "Ships are late, warns the Harbour Board.", "the Harbour Board", "Ships are late"},
		{"who cites another", "The Herald, citing two officials, reported ships were late.", "The Herald", "ships were late."},
		{"what was asked is no answer", "Asked about the cost, Berg replied, “It was cheap enough.”", "Berg", "“It was cheap enough.”"},
		{"a role and a name before a colon", "Police spokeswoman Ana Ruud: “We are looking into it.”", "Police spokeswoman Ana Ruud", "“We are looking into it.”"},
		{"later, of people", "Later chroniclers blamed the harbour board.", "Later chroniclers", "the harbour board."},
		{"as she puts it", "“Follow the money,” as Berg puts it.", "Berg", "“Follow the money,”"},
		{"made clear", "Berg made it clear that ships were late.", "Berg", "that ships were late."},
		{"figures that came out on Monday", "Ships were late, government data released on Monday showed.", "government data released on Monday", "Ships were late"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, "en", c.source, c.content)
		})
	}
}

func TestWhatOnlyLooksLikeSpeechIsLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"an attack with weapons":       "Gunmen attacked the harbour at night.",
		"one in a headline":            "Hackers attack port website",
		"accused, not accusing":        "The man accused of stealing the boat was held.",
		"no answer":                    "The board did not respond to requests for comment.",
		"the name of a thing":          "The robot, named “Hope,” won two games.",
		"only when it was":             "One month after announcing the plan, Berg left the port.",
		"to add to a heap":             "Berg is adding to her lead.",
		"a dash that is no byline":     "“We are closed for good.” — The shop stood empty.",
		"a court that heard witnesses": "The court heard three witnesses.",
		"there is nobody":              "There were reports that ships were late.",
		"who somebody is":              "Berg is the candidate who has pledged to close the port.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := inWords(text, Suggest(text, nil, Options{Lang: "en"})); len(got) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
}

func TestADisagreementContestsTheVoiceBefore(t *testing.T) {
	for _, text := range []string{
		"Anna Berg said ships were late. Paul Lund disagreed: “They came in time.”",
		"Anna Berg said ships were late. Paul Lund, for his part, insisted that they came in time.",
		"Anna Berg said ships were late. The harbour board denied it.",
		"Ships are late, Anna Berg said in a report. The harbour board has called the findings “baseless”.",
	} {
		res := Suggest(text, nil, Options{Lang: "en"})
		if len(res.Tags) != 2 || res.Tags[1].ID != contestedTag || res.Tags[1].Partner != 0 {
			t.Errorf("%s: tags %+v, want the second contested with the first as its partner", text, res.Tags)
		}
	}
}
