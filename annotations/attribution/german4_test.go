package attribution

import "testing"

func TestWhatSomebodyHasToTellIsFoundWithoutAVerbOfItsOwn(t *testing.T) {
	for _, c := range [][3]string{
		{"Kassenwart Jan Berg wusste Erfreuliches zu berichten: Die Gilde schließt mit Plus ab.", "Kassenwart Jan Berg", "Die Gilde schließt mit Plus ab."},
		{"Im Mai wusste der Förster Jan Berg nur Schlechtes zu vermelden: Die Buchen sterben.", "der Förster Jan Berg", "Die Buchen sterben."},
		{"Die Wirtin Lena Roth weiß von leeren Tischen zu berichten.", "Die Wirtin Lena Roth", "von leeren Tischen"},
		{"Auch von Strafen ist in dem Dokument keine Rede.", "dem Dokument", "Strafen"},
		{"In dem Brief war von einem „Skandal“ die Rede.", "dem Brief", "einem „Skandal“"},
		{"Von Kürzungen war in dem Schreiben nicht die Rede.", "dem Schreiben", "Kürzungen"},
		{"Der Weg sei zu weit, fanden die Eltern.", "die Eltern", "Der Weg sei zu weit"},
		{"Für Streit sorgte der Beitrag: Sechs Euro mehr seien zu viel, fand Ehrenmitglied Jan Berg.", "Ehrenmitglied Jan Berg", "Sechs Euro mehr seien zu viel"},
		{"Die Frau nickt und sagt, sie bleibe.", "Die Frau", "sie bleibe."},
		{"Lena Roth bleibt gelassen: Ihr Händler habe geschrieben, dass im Mai Ware komme.", "Lena Roth", "Ihr Händler habe geschrieben, dass im Mai Ware komme."},
		{"In einem auf Telegram verbreiteten Video wird behauptet, die Stadt wolle das Heizen verbieten.", "einem auf Telegram verbreiteten Video", "die Stadt wolle das Heizen verbieten."},
		{"Auf Facebook wird behauptet, das Tor sei zu.", "Facebook", "das Tor sei zu."},
		{"Heute, elf Jahre später, sitzt er im Hof und rechnet vor, was das Haus gekostet hat.", "er", "was das Haus gekostet hat."},
		{"Auch die Beauftragte hatte in der Anhörung Bedenken geltend gemacht.", "die Beauftragte", "Bedenken"},
		{"Analysten hatten im Schnitt mit 58 Millionen Euro gerechnet.", "Analysten", "mit 58 Millionen Euro"},
		{"Man müsse handeln, fordert das Bündnis.", "das Bündnis", "Man müsse handeln"},
	} {
		t.Run(c[0], func(t *testing.T) {
			checkFound(t, c[0], "de", c[1], c[2])
			if tag := Suggest(c[0], nil, Options{Lang: "de"}).Tags[0]; tag.ID != sourcedTag {
				t.Errorf("tag %s", tag.ID)
			}
		})
	}
	for name, text := range map[string]string{
		"nothing to say":         "Berg hatte dort nichts zu sagen.",
		"an answer counted":      "Der Wirt hatte mit 20 Gästen gerechnet.",
		"a deed":                 "Berg wusste sich zu helfen.",
		"a speech is given":      "In der Halle ist die Rede zu hören.",
		"what is no paper":       "In der Stadt war von einem Fest die Rede.",
		"a find":                 "Am Ufer fand der Hund einen Schuh.",
		"a find behind a clause": "Als der Regen kam, fand Berg den Schuh.",
	} {
		t.Run(name, func(t *testing.T) {
			if got := inWords(text, Suggest(text, nil, Options{Lang: "de"})); len(got) > 0 {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
	said := "Es gehe um technische Fragen, sagte Nele Roth. Die Fragen seien nur vorgeschoben, kritisierte der Verband."
	if tag := Suggest(said, nil, Options{Lang: "de"}).Tags[1]; tag.ID != contestedTag {
		t.Errorf("%q: got %s", said, tag.ID)
	}
	said = "Es gehe um technische Fragen, sagte Nele Roth. Die Fragen seien nicht falsch, meinte der Verband."
	if tag := Suggest(said, nil, Options{Lang: "de"}).Tags[1]; tag.ID != sourcedTag {
		t.Errorf("%q: got %s", said, tag.ID)
	}
}
