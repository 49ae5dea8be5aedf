package attribution

import "testing"

// TestAClauseIsNoSpeaker: what stands before ", reckons X" was taken for the speaker where its own verb
// was on no list, and a station in plain words for what is reported.
func TestAClauseIsNoSpeaker(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"It doesn't cover the diesel, reckons Giles Allard, who grows beet.", "Giles Allard, who grows beet", "reckons", "It doesn't cover the diesel"},
		{"It was not so, cried Blaise.", "Blaise", "cried", "It was not so"},
		{"Two people were hurt, reports local station Coast 96, citing the police.", "local station Coast 96", "reports", "Two people were hurt"},
		{"The minister disagrees: The prairies have always come back.", "The minister", "disagrees", "The prairies have always come back."},
		{"Jan Berg hailed the findings as proof that the scheme works.", "Jan Berg", "hailed", "the findings as proof that the scheme works."},
		{"The bureau, in its latest report, put the cost of a litre at N1,041 in October.", "The bureau", "put", "the cost of a litre at N1,041"},
		// lookalikes
		{"The board, which has three members, warned Berg.", "", "", ""},
		{"He must report to prison by Monday.", "", "", ""},
		{"Voters hailed a taxi as rain fell.", "", "", ""},
		{"The house was sold, with no reports of noise.", "", "", ""},
	} {
		all := Suggest(c.text, nil, Options{Lang: "en"}).Attributions
		if c.source == "" {
			if len(all) > 0 {
				t.Errorf("%s: <%s> {%s}", c.text, words(c.text, all[0].Source), words(c.text, all[0].Cue))
			}
			continue
		}
		if len(all) == 0 {
			t.Errorf("%s: nobody speaks", c.text)
			continue
		}
		if s, cue, said := words(c.text, all[0].Source), words(c.text, all[0].Cue), words(c.text, all[0].Content); s != c.source || cue != c.cue || said != c.content {
			t.Errorf("%s:\n got <%s> {%s} [%s]\nwant <%s> {%s} [%s]", c.text, s, cue, said, c.source, c.cue, c.content)
		}
	}
}
