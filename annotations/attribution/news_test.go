package attribution

import (
	"slices"
	"testing"
)

// TestPlainNewsIsReadAsItsWriterMeant has the builds of short news that were misread
// when made-up passages in their style were first tried.
func TestPlainNewsIsReadAsItsWriterMeant(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // source and cue of each attribution
	}{
		{"a month that looks like a verb", "A report published by the university in May found that stocks had halved.", []string{"A report published by the university in May|found"}},
		{"a body in capitals that look like a small word", "The WHO said the risk was low.", []string{"The WHO|said"}},
		{"who is urged need not be known", "The ministry is urging travellers to wash their hands.", []string{"The ministry|is urging"}},
		{"an accused with a name", "Opposition members accused Klee of robbing commuters.", []string{"Opposition members|accused"}},
		{"since, between the parts of a verb", "The agency has since said that windows were broken.", []string{"The agency|has since said"}},
		{"denying with a participle", "Tan denies having been offered money.", []string{"Tan|denies"}},
		{"early is part of what suggests", "Early reports suggest that three people died.", []string{"Early reports|suggest"}},
		{"those who report seeing", "Eyewitnesses report seeing flames.", []string{"Eyewitnesses|report"}},
		{"it was reported by somebody that", "It was reported by Reuters that the bridge collapsed.", []string{"Reuters|was reported"}},
		{"a verb with a list of its own before saying", "The judge ruled in favour of the company, saying the law was invalid.", []string{"The judge|saying"}},
		{"a plain phrase closes the sentence", "No one was hurt, said fire officials.", []string{"fire officials|said"}},
		{"an outlet closes the sentence", "Dahl has resigned, reports the Herald.", []string{"the Herald|reports"}},
		{"when is no part of who", "\"We deserved to win\", commented the coach after the match.", []string{"the coach|commented"}},
		{"who is quoted as saying speaks", "The Herald quoted Dahl as saying that he had resigned.", []string{"The Herald|quoted", "Dahl|saying"}},
		{"who was quoted by an outlet speaks", "Dahl was quoted by the Herald as saying that he had resigned.", []string{"the Herald|was quoted", "Dahl|saying"}},
		{"two voices parted by a semicolon", "According to the ministry, two soldiers were shot; Olm denied that its troops had fired.", []string{"the ministry|According to", "Olm|denied"}},
		{"a paper brought out after something", "A joint statement issued after the meeting said the talks were useful.", []string{"A joint statement issued after the meeting|said"}},
		{"terms are no part of who", "An official who spoke on condition of anonymity said the risk was low.", []string{"An official|said"}},
		{"both speaking without leave", "Two officials, both speaking on condition of anonymity, said the risk was low.", []string{"Two officials|said"}},
		{"at least a dozen", "At least a dozen members of the council said they would vote.", []string{"At least a dozen members of the council|said"}},
		{"last year's figures", "Last year's police figures show that crime fell.", []string{"Last year's police figures|show"}},
		{"a party and state with stops", "Rep. Steve Olm (D-N.Y.) said he would vote.", []string{"Rep. Steve Olm (D-N.Y.)|said"}},
		{"a title before a space that does not break", "Candidate Sen.\u00a0Dana Holm said she would vote.", []string{"Candidate Sen.\u00a0Dana Holm|said"}},
		{"where somebody writes is no content", "Writing in the Herald, Dana Holm said that the talks were useful.", []string{"Dana Holm|said"}},
		{"a name is given, nothing said", "The tropical storm, named Hanna, hit the coast.", nil},
		{"a body under attack", "The ministry's website is being attacked by hackers.", nil},
		{"where a reporter is", "Berg reported from Ellery.", nil},
		{"an unknown verb leaves a rest that is no source", "Nine months of climbing in the polls and shouting down rivals by talking about walls paid off.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sourcesAndCues(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// sourcesAndCues are the source and cue of each attribution that is found in an English text.
func sourcesAndCues(text string) (got []string) {
	for _, o := range inWords(text, Suggest(text, nil, Options{Lang: "en"})) {
		got = append(got, o.source+"|"+o.cue)
	}
	return got
}

// TestNobodyIsNamedAfterWhereTheyWork keeps a town, a body or a journal from being taken
// for the one who speaks.
func TestNobodyIsNamedAfterWhereTheyWork(t *testing.T) {
	for _, c := range []struct{ text, who, kind string }{
		{"Professor Jane Roe from the University of Ellery told reporters there was no risk.", "Jane Roe", "named_other"},
		{"Jane Roe of the charity Shelter said there was no risk.", "Jane Roe", "named_other"},
		{"Police in Ellery said a man had been arrested.", "Police in Ellery (unnamed)", "anonymous_official"},
		{"Scientists at Ellery University say they have found a frog.", "Scientists at Ellery University (unnamed)", "anonymous_other"},
		{"The head of the World Health Fund, Dr. Margaret Lund, said the risk was low.", "Margaret Lund", "named_other"},
		{"The daughter of Max Lund, who lives abroad, said he was well.", "daughter of Max Lund (unnamed)", "anonymous_other"},
		{"World Health Fund head Margaret Lund said the risk was low.", "Margaret Lund", "named_other"},
		{"The prime minister's office said the visit was postponed.", "prime minister's office", "organisation"},
		{"Official figures show that profits fell.", "Official figures", "data"},
		{"Profits fell, according to Bob Lee, a farmer in the valley, who said he had lost money.", "Bob Lee", "named_other"},
		{"But Tann said he was never offered money. Tann left.", "Tann", "named_other"},
	} {
		res := Suggest(c.text, nil, Options{Lang: "en"})
		if len(res.Attributions) == 0 {
			t.Errorf("%s: nobody speaks", c.text)
			continue
		}
		if a := res.Attributions[len(res.Attributions)-1]; a.Who != c.who || a.Kind != c.kind {
			t.Errorf("%s: %q, %q; want %q, %q", c.text, a.Who, a.Kind, c.who, c.kind)
		}
	}
}

// TestADenialContestsWhatWasSaid has the denials that name no claim by a noun.
func TestADenialContestsWhatWasSaid(t *testing.T) {
	claim := "The minister lied, opposition leader Ann Vey said. "
	for _, c := range []struct{ name, text, tag, rule string }{
		{"not true", claim + "\"That is not true,\" the minister said.", contestedTag, "C-b"},
		{"an adjective before the verdict", claim + "\"That's absolute nonsense,\" the minister said.", contestedTag, "C-b"},
		{"the claim comes last", claim + "\"There is no truth in that,\" the minister said.", contestedTag, "C-b"},
		{"true is no denial", claim + "\"That is true,\" the minister said.", sourcedTag, "S-1"},
		{"a negation that judges nothing", claim + "\"This is not the end,\" the minister said.", sourcedTag, "S-1"},
		{"nobody spoke before", "Rain fell. \"That is not true,\" the minister said.", sourcedTag, "S-1"},
		{"the same words denied in a clause", "Olm accuses Karsia of training rebels on the border. Karsia denied that it trains rebels.", contestedTag, "C-b"},
		{"a suit is no claim", "The group filed a suit over the harbour plan. The court rejected the suit over the harbour plan.", sourcedTag, "S-1"},
		{"both sides in one sentence", "Rain fell. Vey said the minister lied; the minister denied it.", contestedTag, "C-a"},
		{"two voices that do not deny", "Rain fell. Vey counted 90 ships, she said; the minister spoke of 35.", sourcedTag, "S-1"},
		{"a charge that somebody rejects", "Rain fell. Vey says the vote was rigged, a charge the government rejects.", contestedTag, "C-a"},
		{"which somebody denies", "Rain fell. Vey says the vote was rigged, which the government denies.", contestedTag, "C-a"},
		{"although somebody denies it", "Rain fell. Vey says the vote was rigged, although the government denies this.", contestedTag, "C-a"},
		{"told in other words that it is false", claim + "The minister told reporters that the claim was false.", contestedTag, "C-b"},
		{"dismissed as something", claim + "The minister dismissed this as talk.", contestedTag, "C-b"},
		{"several deny it", claim + "Her friends deny it.", contestedTag, "C-b"},
		{"however, insists", claim + "The minister, however, insists that all was well.", contestedTag, "C-b"},
		{"however, said", claim + "The minister, however, said that all was well.", contestedTag, "C-b"}, // "however" is a marker whatever the verb
		{"what nobody said before is denied", "The court denied the appeal.", sourcedTag, "S-1"},
		{"for its part, without an argument", "Ann Vey said pay was low. The bus company, for its part, said it was sorry.", sourcedTag, "S-1"},
	} {
		tags := Suggest(c.text, nil, Options{Lang: "en"}).Tags
		if last := tags[len(tags)-1]; last.ID != c.tag || last.Rule != c.rule {
			t.Errorf("%s: %s %s, want %s %s", c.name, last.ID, last.Rule, c.tag, c.rule)
		}
	}
}

func TestVoicesAreInReadingOrderAndSpeakersFirst(t *testing.T) {
	text := "Biologists believe the whale was hit. According to the Herald, Tom Hill also believes the gates are shut. Ann Orr said it was late. Experts doubt that it was."
	var got []string
	for _, a := range Suggest(text, nil, Options{Lang: "en"}).Voices() {
		got = append(got, words(text, a.Source)+"|"+words(text, a.Cue))
	}
	want := []string{"Biologists|believe", "the Herald|According to", "Tom Hill|also believes", "Ann Orr|said", "Experts|doubt"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestThoughtsVouchButAreNotSpeech: who is said to think something vouches for it where
// nobody speaks, and never stands before one who does.
func TestThoughtsVouchButAreNotSpeech(t *testing.T) {
	for _, c := range []struct {
		name, text string
		thinkers   []string // as resolved
		speakers   int
		tag        string
		sources    []string // suggested for the last unit, in order
	}{
		{"a biologist believes", "Biologist Ruth Amari believes the animal was hit by a ship.", []string{"Ruth Amari"}, 0, sourcedTag, []string{"Ruth Amari"}},
		{"those who were named before", "Ruth Amari said it was late. She thinks that the gates are shut.", []string{"Ruth Amari"}, 1, sourcedTag, []string{"Ruth Amari"}},
		{"an outlet tells it", "According to the Herald, Ruth Amari also believes the gates are shut.", []string{"Ruth Amari"}, 1, sourcedTag, []string{"Herald", "Ruth Amari"}},
		{"one voice for what he says he believes", "Ruth Amari said she believes the gates are shut.", nil, 1, sourcedTag, []string{"Ruth Amari"}},
		{"quoted words are speech", "Ruth Amari believes “the gates are shut for good”.", nil, 1, sourcedTag, []string{"Ruth Amari"}},
		{"I think is no report", "I think the gates are shut.", nil, 0, contextualTag, nil},
		{"inside quoted words", "“I think the gates are shut,” Ruth Amari said.", nil, 1, sourcedTag, []string{"Ruth Amari"}},
		{"those who believe are nobody", "Those who believe the gates are shut are wrong.", nil, 0, contextualTag, nil},
		{"a wish names no claim", "Officials expect to leave in May.", nil, 0, contextualTag, nil},
	} {
		res := Suggest(c.text, nil, Options{Lang: "en"})
		var thinkers, sources []string
		for _, a := range res.Thoughts {
			thinkers = append(thinkers, a.Who)
		}
		last := len(res.Units) - 1
		for _, s := range res.Suggestions(c.text)[last].Sources {
			sources = append(sources, s.Who)
		}
		if !slices.Equal(thinkers, c.thinkers) || len(res.Attributions) != c.speakers || res.Tags[last].ID != c.tag || !slices.Equal(sources, c.sources) {
			t.Errorf("%s: thinkers %q, %d speak, %s, sources %q", c.name, thinkers, len(res.Attributions), res.Tags[last].ID, sources)
		}
	}
}
