package attribution

import (
	"strings"
	"testing"
)

// TestQuotationsLeftOpen: a quotation that goes on over paragraphs, each but the last without a closing mark, was given
// to its speaker for the paragraph with his name only.
func TestQuotationsLeftOpen(t *testing.T) {
	for _, c := range []struct {
		text, source string
		tags         []string // of the sentences
	}{
		{"In a statement, Marsh said: “The printer told us today that the draft was filed.\n\n“We have stopped all trading. It will go on by noon.\n\n“Nobody is to blame.”\n\nThe pier is closed.",
			"Marsh", []string{"sourced", "sourced", "sourced", "sourced", "contextual"}},
		{"“The board has noted with concern that some were paid.\n\n“It would like to state that these claims are old,” the statement noted.\n\nThe pier is closed.",
			"the statement", []string{"sourced", "sourced", "contextual"}},
		{"“We waited for a year.\n\n“Then they came and took it away.\n\n“Nobody asked us,” said Lund.\n\n“It was cold,” said Berg.",
			"Lund", []string{"sourced", "sourced", "sourced", "sourced"}},
		{"Anna Lund said most had stayed.\n\n“It is always so. We do not mind.”\n\nThe pier is closed.", // what stands free is hers, too
			"Anna Lund", []string{"sourced", "sourced", "sourced", "contextual"}},
	} {
		res := Suggest(c.text, nil, Options{Lang: "en"})
		if len(res.Tags) != len(c.tags) {
			t.Fatalf("%s: %d units, want %d", c.text, len(res.Tags), len(c.tags))
		}
		for i, tag := range res.Tags {
			if tag.ID != c.tags[i] {
				t.Errorf("%q: %s, want %s", res.Units[i].Span.In(c.text), tag.ID, c.tags[i])
			}
		}
		a := res.Attributions[0]
		if s := words(c.text, a.Source); s != c.source || len(a.Content) < 2 {
			t.Errorf("%s: <%s> with %d pieces", c.text, s, len(a.Content))
		}
	}
	// Each paragraph with a speaker of its own keeps it, though the one before lost its closing mark.
	text := "“We waited for a year, said Lund.\n\n“Then they came,” said Berg."
	for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
		if s := words(text, a.Source); s == "Berg" && len(a.Content) != 1 {
			t.Errorf("Berg says %d pieces", len(a.Content))
		}
	}
}

// TestACarriedQuestionAssertsNothing: a question in the middle of somebody's words was called sourced, though the codebook's
// own example of it is not.
func TestACarriedQuestionAssertsNothing(t *testing.T) {
	res := Suggest("“We waited for a year,” said Lund. “Would you? We did.”", nil, Options{Lang: "en"})
	want := []string{"sourced S-1", "contextual X-1", "sourced S-2"}
	for i, tag := range res.Tags {
		if got := tag.ID + " " + tag.Rule; i >= len(want) || got != want[i] {
			t.Errorf("unit %d: %s, want %q", i, got, want)
		}
	}
	// It is offered, so that a quotation taken whole leaves nothing untagged; nobody vouches for it.
	if list := res.Suggestions("“We waited for a year,” said Lund. “Would you? We did.”"); list[1].Rule != "X-1" || len(list[1].Sources) != 0 || len(list[2].Sources) != 1 {
		t.Errorf("offered: %+v", list)
	}
}

// TestAnotherRoleIsAnotherPerson: "the treasurer" was given the name of the mayor who had spoken before, and a question
// alone at the end of a paragraph was offered nothing.
func TestAnotherRoleIsAnotherPerson(t *testing.T) {
	text := "The fee will rise, said Jane Doe, the mayor of Ellery. “We hope so,” the treasurer said. “Who would pay otherwise?” The mayor said it was late. The woman said no more."
	res := Suggest(text, nil, Options{Lang: "en"})
	var who []string
	for _, a := range res.Attributions {
		who = append(who, a.Who)
	}
	if got := strings.Join(who, "; "); got != "Jane Doe; treasurer (unnamed); Jane Doe; Jane Doe" {
		t.Errorf("%s", got)
	}
	if tag := res.Tags[2]; tag.ID != contextualTag || tag.Rule != "X-1" || tag.Confidence < sure {
		t.Errorf("the question: %+v", tag)
	}
}
