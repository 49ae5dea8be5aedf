package attribution

import "testing"

// TestWhatSetsVoicesAgainstEachOtherIsContested has what longer articles showed: the answer does not
// always stand right behind the claim, and it takes many forms. The codebook's C-b asks for a
// denial or a marker, not for certain verbs.
func TestWhatSetsVoicesAgainstEachOtherIsContested(t *testing.T) {
	claim := "The union said the pier was cracked. "
	accused := "The union accused the board of hiding the crack. "
	for _, c := range []struct{ name, lang, text, rule string }{
		{"but, behind a remark of the outlet's", "en", claim + "The pier opened in 1974. But pilots say ships will come.", "C-b"},
		{"but somebody thinks", "en", claim + "But Anna Berg thinks the ships will come.", "C-b"},
		{"however, said", "en", claim + "The board, however, said ships would come.", "C-b"},
		{"however, a paper", "en", claim + "Satellite images, however, show ships at the pier.", "C-b"},
		{"by contrast", "en", claim + "The board, by contrast, said ships would come.", "C-b"},
		{"on the other hand, in front", "en", claim + "On the other hand, the board said ships would come.", "C-b"},
		{"even so", "en", claim + "Even so, the board said ships would come.", "C-b"},
		{"the findings, behind a remark", "en", claim + "The pier opened in 1974. The board rejected the findings as “gossip”.", "C-b"},
		{"no wrongdoing", "en", accused + "The board has denied any wrongdoing.", "C-b"},
		{"claims without an article", "en", accused + "The board rejected claims that it hid a crack.", "C-b"},
		{"called it a lie", "en", accused + "The board called it a lie.", "C-b"},
		{"not the case", "en", accused + "“That is simply not the case,” the board said.", "C-b"},
		{"without merit", "en", accused + "The board said the claims were without merit and that nobody was hurt.", "C-b"},
		{"not recognised", "en", accused + "The board said it “does not recognise these claims”.", "C-b"},
		{"the claim was disputed by", "en", claim + "That claim was disputed by the board.", "C-b"},
		{"contested that", "en", claim + "The board contested that.", "C-b"},
		{"otherwise", "en", claim + "Emails found on a laptop suggest otherwise.", "C-b"},
		{"another story", "en", claim + "Video released on Friday tells another story.", "C-b"},
		{"another view", "en", claim + "The board took a different view.", "C-b"},
		{"the opposite", "en", claim + "The board insists the opposite is true.", "C-b"},
		{"there is, against there is none", "en", "The board said there was no crack. Pilot Anna Berg says there is.", "C-b"},
		{"several say he did not", "en", "Olaf Lund told the board he had paid, according to three people. Several pilots on duty said he did not.", "C-b"},
		{"something somebody denies", "en", "Rain fell. The union says the pier is cracked — something the board denies.", "C-a"},
		{"a claim that one body disputes", "en", "Rain fell. The union says the pier is cracked, a claim the board disputes.", "C-a"},
		{"whereas, and a number in words", "en", "Rain fell. Whereas Berg puts the toll at six, Lund says it is nine.", "C-a"},
		{"German, that is rejected", "de", "Die Lotsen werfen dem Hafen vor, Mängel ignoriert zu haben. Der Hafen weist das zurück.", "C-b"},
		{"German, a denial alone", "de", "Das Tor ist zu, sagte Berg. Die Miliz dementierte.", "C-b"},
		{"German, a denial and more", "de", "Das Tor ist zu, sagte Berg. Die Miliz dementierte und sprach von Lügen.", "C-b"},
		{"German, hingegen before the verb", "de", "Das Tor ist zu, sagte Berg. Lund hingegen sagte, das Tor sei offen.", "C-b"},
		{"German, jedoch behind it", "de", "Das Tor ist zu, sagte Berg. Lund betonte jedoch, das Tor sei offen.", "C-b"},
		{"German, contradicted with a colon", "de", "Das Tor ist zu, sagte Berg. Lund widersprach: Das Tor sei offen.", "C-b"},
	} {
		tags := Suggest(c.text, nil, Options{Lang: c.lang}).Tags
		if last := tags[len(tags)-1]; last.ID != contestedTag || last.Rule != c.rule {
			t.Errorf("%s: %s %s, want contested %s", c.name, last.ID, last.Rule, c.rule)
		}
	}
}

// TestWhatOnlyLooksLikeAContrast has what the rules for those must leave alone.
func TestWhatOnlyLooksLikeAContrast(t *testing.T) {
	claim := "The union said the pier was cracked. "
	for _, c := range []struct{ name, text, tag string }{
		{"not disputed", claim + "A spokesman did not dispute that account.", sourcedTag},
		{"not denied", claim + "A spokesman did not deny it.", sourcedTag},
		{"the same voice goes on", claim + "The pier opened in 1974. But the union said ships would come.", sourcedTag},
		{"nobody spoke before", "Rain fell. The board, by contrast, said ships would come.", sourcedTag},
		{"too far back", claim + "Rain fell. Fog came. Snow fell. Ice came. But pilots say ships will come.", sourcedTag},
		{"however, and agrees", claim + "Berg, however, agreed that it was late.", ""},
		{"a suit is no claim", claim + "The board said the lawsuit was without merit.", sourcedTag},
		{"a report not seen", claim + "The board said it had not seen the report.", sourcedTag},
		{"there is, and nobody had said no", "The board said there was a crack. Pilot Anna Berg says there is.", sourcedTag},
		{"of himself", "The board said it would not pay. The board said it would.", sourcedTag},
		{"a story", claim + "The board told a story.", contextualTag},
		{"called her a pilot", claim + "The board called her a pilot.", sourcedTag},
		{"a thought without a marker", claim + "Anna Berg thinks the ships will come.", sourcedTag},
	} {
		tags := Suggest(c.text, nil, Options{Lang: "en"}).Tags
		if last := tags[len(tags)-1]; last.ID == contestedTag || c.tag != "" && last.ID != c.tag {
			t.Errorf("%s: %s %s, want %s and not contested", c.name, last.ID, last.Rule, c.tag)
		}
	}
}

// TestAnAnaphorGoesOnWithWhatWasTold: the codebook's S-2 carries a voice over to "That includes P",
// within a paragraph and behind a voice only.
func TestAnAnaphorGoesOnWithWhatWasTold(t *testing.T) {
	for text, rule := range map[string]string{
		"Berg said 40 people were hurt. That includes two children.":      "S-2",
		"Figures show 40 ships sank. That compares with two in May.":      "S-2",
		"Berg said 40 people were hurt.\n\nThat includes two children.":   "X-2",
		"About 40 people were hurt. That includes two children.":          "X-2",
		"Berg said 40 people were hurt. That would leave two at the pier": "X-2",
	} {
		tags := Suggest(text, nil, Options{Lang: "en"}).Tags
		if got := tags[len(tags)-1].Rule; got != rule {
			t.Errorf("%s: %s, want %s", text, got, rule)
		}
	}
}
