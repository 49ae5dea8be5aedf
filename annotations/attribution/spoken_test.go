package attribution

import (
	"slices"
	"testing"
)

// TestBuildsOfTheSpokenPassages has the kinds of misses of passages by one more outsider, in sentences of our own.
func TestBuildsOfTheSpokenPassages(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // source and cue of each attribution
	}{
		{"a short verb of four letters closes a clause", "Two pilots died on Monday, police told reporters.", []string{"police|told"}},
		{"a verb that also raises another", "The pumps failed twice, two people told the Herald.", []string{"two people|told"}},
		{"that at the head of a clause", "That fee is wrong, argues Dana Holm of the guild, because nobody pays it.", []string{"Dana Holm of the guild|argues"}},
		{"that alone at its head", "That is the price of two boats, reckons PORT, the pilots' union.", []string{"PORT, the pilots' union|reckons"}},
		{"a name behind notes, with a body behind it", "The pier is weak there, notes Dana Holm of the guild.", []string{"Dana Holm of the guild|notes"}},
		{"a report with a title", "The study, “Boats at Night,” says fog was common.", []string{"The study, “Boats at Night,”|says"}},
		{"a title with a comma behind its marks", "Her book, “Boats at Night”, argues that fog is rare.", []string{"Her book, “Boats at Night”|argues"}},
		{"a quotation is no title", "The last word, “Never,” said Holm.", []string{"Holm|said"}},
		{"a letter read to a court", "A letter read to the jury showed that he knew.", []string{"A letter read to the jury|showed"}},
		{"who reads", "She read that the pier was closed.", []string{"She|read"}},
		{"quoted by an outlet in a year", "A former guard was quoted by the Herald in 1999 as saying that the door never closed.", []string{"the Herald|was quoted", "A former guard|saying"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sourcesAndCues(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestWhatCameOfItIsToldWithIt has what a participle behind a comma belongs to.
func TestWhatCameOfItIsToldWithIt(t *testing.T) {
	for text, want := range map[string]string{
		"Officers said a shell hit the pier, killing 12.":                            "a shell hit the pier, killing 12.",
		"Dana Holm said the pier was closed, drawing boos from the crowd.":           "the pier was closed",
		"Dana Holm said it was safe, but the mayor, Jan Berg, said it was not.":      "it was safe",
		"Dana Holm said it was safe, but her predecessor, Jan Berg, spoke of “fog”.": "it was safe",
	} {
		a := Suggest(text, nil, Options{Lang: "en"}).Attributions
		if len(a) == 0 || words(text, a[0].Content) != want {
			t.Errorf("%s: %+v, want content %q", text, a, want)
		}
	}
}

// TestAnotherFigureAndACounterChargeAreContested: who counts the same otherwise, and who accuses back, answers
// the voice before.
func TestAnotherFigureAndACounterChargeAreContested(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"Organisers said 30,000 had come.", "Police put it at 6,000.", contestedTag},
		{"Organisers said 30,000 had come.", "The police estimated the number at half of that.", contestedTag},
		{"Organisers said 30,000 had come.", "The board put the win down to luck.", ""},
		{"Organisers said 30,000 had come.", "The bank estimated growth at 3 percent.", ""},
		{"Organisers said the pier was full.", "Police put it at the top of their list.", ""},
		{"Officials said shells struck a queue.", "The ministry said its guns had been silent and accused the rebels of firing.", contestedTag},
		{"Officials said shells struck a queue.", "The ministry accused the rebels of firing.", ""},
		{"Officials said buses were late.", "The firm admitted that two had failed and blamed the frost.", ""},
	} {
		if tag := answerTag("en", c.first, c.second); (tag.ID == contestedTag) != (c.want == contestedTag) {
			t.Errorf("%s %s: %s (%s)", c.first, c.second, tag.ID, tag.Rule)
		}
	}
}
