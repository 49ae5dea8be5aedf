package attribution

import "testing"

func TestBuildsOfManyOutletsAreReadAsTheirWriterMeant(t *testing.T) {
	for _, c := range []struct{ name, text, source, content string }{
		{"how long ago", "The harbour office less than two weeks ago said ships were late.", "The harbour office", "ships were late."},
		{"how long before", "The harbour office a few weeks earlier said ships were late.", "The harbour office", "ships were late."},
		{"long ago", "The board long ago warned that ships were late.", "The board", "that ships were late."},
		{"what is not yet done", "Crews said the pilot had not yet read the order.", "Crews", "the pilot had not yet read the order."},
		{"a time behind a noun", "The director announced her retirement yesterday.", "The director", "her retirement"},
		{"a time that belongs to the noun", "The director criticized the events of last week.", "The director", "the events of last week."},
		{"both of them", "The board urged both crews to wait.", "The board", "both crews to wait."},
		{"something many say", "It was something many captains had urged the board to do.", "many captains", ""},
		{"an infinitive that tells who", "The last sailor to leave the ship said it was late.", "The last sailor to leave the ship", "it was late."},
		{"who may not speak", "“Ships are late,” said a clerk who was not authorized to speak publicly on the tides.", "a clerk who was not authorized to speak publicly on the tides", "“Ships are late,”"},
		{"two verbs behind who", "“Ships are late,” said Anna Berg, who owns two tugs and served on the board.", "Anna Berg, who owns two tugs and served on the board", "“Ships are late,”"},
		{"a newspaper called Today", "Ships are late, the Ellery Today said in an editorial.", "the Ellery Today", "Ships are late"},
		{"a name like a preposition", "“Ships are late,” said Olaf From, who runs the port.", "Olaf From, who runs the port", "“Ships are late,”"},
		{"a participle before a subject with an insertion", "Standing on the pier, Ms. Berg, without a coat, accused the board of sloth.", "Ms. Berg", "the board of sloth."},
		{"a statement posted", "A statement posted on the board's page said ships were late.", "A statement posted on the board's page", "ships were late."},
		{"a letter sent", "A letter sent to crews on Friday said ships were late.", "A letter sent to crews on Friday", "ships were late."},
		{"works that open a sentence", "Plans for the dock have been described as “a gift to the rats” by crews.", "crews", "Plans for the dock … as “a gift to the rats”"},
		{"described as, without quotes", "The dock was dismissed as a folly by opposition leaders.", "opposition leaders", "The dock … as a folly"},
		{"denounced by, as", "The dock was denounced by the ministers as a folly.", "the ministers", "The dock … as a folly."},
		{"accused of doing", "The pilot was accused by the board of taking bribes.", "the board", "The pilot"},
		{"announced on a day by", "The opening of the dock was announced on Monday by the board.", "the board", "The opening of the dock"},
		{"identified by others", "The sailor, identified by crews as Olaf Lund, 34, said ships were late.", "The sailor", "ships were late."},
		{"a name given with as", "A sailor who gave her name as Ada said ships were late.", "A sailor who gave her name as Ada", "ships were late."},
		{"an insertion after was", "It was, said Berg, a mistake.", "Berg", "It was … a mistake."},
		{"an adjective behind the object", "The judge called the fee unlawful.", "The judge", "the fee unlawful."},
		{"an adjective behind it", "The pilots called it absurd.", "The pilots", "it absurd."},
		{"a clause that a comma cannot part", "Crews who sleep on deck catch cold, suggests a study published in the journal Tides.", "a study published in the journal Tides", "Crews who sleep on deck catch cold"},
		{"an office behind according to", "According to Dr Olaf Lund, the head of the port, the tide was late.", "Dr Olaf Lund, the head of the port", "the tide was late."},
		{"a clause behind according to", "According to the log, which the board has seen, the tide was late.", "the log", "the tide was late."},
		{"citing in the middle", "The Courier reported, citing port officials, that ships were late.", "The Courier", "that ships were late."},
		{"whom an outlet cites", "Ships were late, the Courier reported, citing port officials.", "port officials", "Ships were late"},
		{"saying, between subject and verb", "The director, saying she was tired, refused to resign.", "The director", "she was tired"},
		{"saying a number", "Crews left the dock, saying at least 90 ships were late.", "Crews", "at least 90 ships were late."},
		{"report that, behind a comma", "Researchers from Ellery, writing in the journal Tides, report that ships are late.", "Researchers from Ellery", "that ships are late."},
		{"a plural and a verb of mind", "Pilots see the fee as a trap, arguing that it will ruin them.", "Pilots", "that it will ruin them."},
		{"a figure disputed", "The director disputed the figure.", "The director", "the figure."},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: "en"})
			checkPromises(t, c.text, res)
			list := inWords(c.text, res)
			for _, got := range list {
				if got.source == c.source && (got.content == c.content || c.content == "") {
					return
				}
			}
			t.Errorf("got %q, want %q and %q", list, c.source, c.content)
		})
	}
}

func TestWhatOnlyLooksLikeThoseBuilds(t *testing.T) {
	for name, text := range map[string]string{
		"who is no speaker":      "The pilot was known as a drinker by half past nine.",
		"an object of a call":    "The director called the crew early.",
		"a promise of nothing":   "The ship was described as new.",
		"no adjective behind it": "She called the port director.",
	} {
		t.Run(name, func(t *testing.T) {
			if res := Suggest(text, nil, Options{Lang: "en"}); len(res.Attributions) > 0 {
				t.Errorf("got %q", inWords(text, res))
			}
		})
	}
}

func TestAStandInOwnWordsVouches(t *testing.T) {
	for _, c := range []struct{ name, lang, text, tag string }{
		{"a defence", "en", "The coach defended the decision.", sourcedTag},
		{"a criticism that is passed on", "en", "The fee was criticized by pilots and crews.", sourcedTag},
		{"a refusal to tell", "en", "The director declined to say who would pay.", contextualTag}, // six outsiders mark it so
		{"a refusal to tell, by a negation", "en", "The director would not say whether the port had paid.", contextualTag},
		{"nobody who claims it", "en", "No group has claimed the port.", contextualTag},
		{"a denial of knowledge", "en", "The director said she did not know who would pay.", sourcedTag},
		{"a refusal to comment", "en", "The director declined to comment.", contextualTag},
		{"things that raise questions", "en", "The arrival of the tugs has raised questions about the port.", contextualTag},
		{"a statement brought out", "en", "The board issued new passes.", contextualTag},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Suggest(c.text, nil, Options{Lang: c.lang}).Tags[0].ID; got != c.tag {
				t.Errorf("%s: got %s, want %s", c.text, got, c.tag)
			}
		})
	}
}

func TestAnAnswerBehindTheVerbContests(t *testing.T) {
	for name, c := range map[string]struct{ text, tag string }{
		"hingegen":            {"Der Hafen sei sicher, sagte Direktorin Anna Berg. Der Verband kritisierte hingegen, das Tor sei morsch.", contestedTag},
		"without it":          {"Der Hafen sei sicher, sagte Direktorin Anna Berg. Der Verband kritisierte, das Tor sei morsch.", sourcedTag},
		"the same voice":      {"Der Hafen sei sicher, sagte Direktorin Anna Berg. Berg behauptete hingegen, das Tor sei morsch.", sourcedTag},
		"nobody spoke before": {"Der Hafen ist alt. Der Verband kritisierte hingegen, das Tor sei morsch.", sourcedTag},
	} {
		t.Run(name, func(t *testing.T) {
			tags := Suggest(c.text, nil, Options{Lang: "de"}).Tags
			if got := tags[len(tags)-1].ID; got != c.tag {
				t.Errorf("%s: got %s, want %s", c.text, got, c.tag)
			}
		})
	}
}

func TestADisputedFigureContestsTheVoiceBefore(t *testing.T) {
	text := "The director said 40 ships were late. Crews disputed that figure, saying at least 90 were."
	if tags := Suggest(text, nil, Options{Lang: "en"}).Tags; len(tags) != 2 || tags[0].ID != sourcedTag || tags[1].ID != contestedTag {
		t.Errorf("got %+v", tags)
	}
}
