package attribution

import "testing"

// TestAnAnswerThatSaysNoContests has the words by which a second voice disputes what the first has
// said, and words like them that do not.
func TestAnAnswerThatSaysNoContests(t *testing.T) {
	for _, c := range []struct{ first, second, tag string }{
		{"The mayor said the pier is safe.", "Not so, says pilot Anna Berg: its pillars are cracked.", contestedTag},
		{"The mayor said the pier is safe.", "“Rubbish,” said pilot Anna Berg.", contestedTag},
		{"The mayor said the pier is safe.", "Pilots say it is not.", contestedTag},
		{"The mayor said the pier is safe.", "Pilots disagree.", contestedTag},
		{"The mayor said the pier is safe.", "Pilots disagreed, saying its pillars were cracked.", contestedTag},
		{"The mayor said the pier is safe.", "The pilots' union said it “strongly disagrees”.", contestedTag},
		{"The mayor said the pier is safe.", "Pilots dispute that.", contestedTag},
		{"The mayor said 40 people were freed.", "Pilots dismissed that as propaganda.", contestedTag},
		{"The mayor said 40 people were freed.", "A pilot denied that anyone had been freed.", contestedTag},
		{"The mayor alleged that votes were bought.", "The party has denied buying votes.", contestedTag},
		{"The mayor alleged that votes were bought.", "The chairwoman hit back, calling the allegation “fantasy”.", contestedTag},
		{"The mayor alleged that votes were bought.", "There is no evidence for that, the harbour board said.", contestedTag},
		{"The mayor said the pier is safe.", "Pilots disagree on how to paint it.", contextualTag},
		{"The mayor said the pier is safe.", "“I don't disagree,” said pilot Anna Berg.", sourcedTag},
		{"The mayor said the pier is safe.", "“Not now,” said pilot Anna Berg.", sourcedTag},
		{"The mayor said he would run.", "His rival said he would not.", sourcedTag},
		{"The firm said it would sell.", "The council said it would not.", sourcedTag},
		{"The firm said it was sued.", "Lund, who lost his job, said the suit began with a wage dispute.", sourcedTag},
		{"Two pilots said the town had been taken.", "The army confirmed it held the town and denied that anyone was hurt.", sourcedTag},
	} {
		t.Run(c.second, func(t *testing.T) {
			text := c.first + " " + c.second
			cut := len(c.first)
			tags := Suggest(text, Units([][2]int{{0, cut}, {cut + 1, len(text)}}), Options{Lang: "en"}).Tags
			if tags[0].ID != sourcedTag || tags[1].ID != c.tag {
				t.Errorf("%s: got %s and %s, want %s", text, tags[0].ID, tags[1].ID, c.tag)
			}
			if c.tag == contestedTag && tags[1].Partner != 0 {
				t.Errorf("%s: partner %d, want 0", text, tags[1].Partner)
			}
		})
	}
}

// TestGermanAnswersThatSayNoContest has the same in German.
func TestGermanAnswersThatSayNoContest(t *testing.T) {
	first := "Der Minister sagte, der Hafen sei sicher."
	for second, want := range map[string]string{
		"„Das stimmt nicht“, sagte Lotsin Anna Berg.":         contestedTag,
		"„Unsinn“, sagte Lotsin Anna Berg.":                   contestedTag,
		"Lotsin Anna Berg widersprach: „Das Tor ist morsch.“": contestedTag,
		"Dem widersprach der Verband.":                        contestedTag,
		"Der Verband widersprach dieser Darstellung.":         contestedTag,
		"Der Verband nannte die Behauptung „falsch“.":         contestedTag,
		"Das sieht der Verband anders: „Das Tor ist morsch.“": contestedTag,
		"Der Verband sieht das anders.":                       contestedTag,
		"„Das stimmt“, sagte Lotsin Anna Berg.":               sourcedTag,
		"Das ist in Ava anders.":                              contextualTag,
		"Ein Anwalt widersprach dem Antrag der Bank.":         contextualTag,
		"Anna Berg sagte, sie habe das anders in Erinnerung.": sourcedTag,
		"Der Verband sagte, man begrüße das.":                 sourcedTag,
	} {
		text := first + " " + second
		tags := Suggest(text, Units([][2]int{{0, len(first)}, {len(first) + 1, len(text)}}), Options{Lang: "de"}).Tags
		if tags[1].ID != want {
			t.Errorf("%s: got %s, want %s", second, tags[1].ID, want)
		}
	}
}
