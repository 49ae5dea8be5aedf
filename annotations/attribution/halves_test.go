package attribution

import "testing"

// Passages by other hands showed where sources began late, ran on or were not seen at all.
func TestSourcesOfThreeHalvesAreShown(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source string }{
		{"who somebody is, before the verb", "de", "Eine Zeugin, die an der Ampel wartete, berichtete, er habe nicht geschaut.", "Eine Zeugin, die an der Ampel wartete"},
		{"a man by what he did", "de", "Der Fahrer, der den Sturz überlebte, gab an, die Bremsen hätten versagt.", "Der Fahrer, der den Sturz überlebte"},
		{"what a body does is a remark", "de", "Das Ministerium, dem die Fragen vorlagen, teilte mit, es prüfe.", "Das Ministerium"},
		{"when and where, before a last verb", "de", "Das Werk baut Stellen ab, wie das Unternehmen am Mittwoch in Oberrode mitteilte.", "das Unternehmen"},
		{"where somebody is from", "de", "„Ich habe Wasser gesehen“, sagt Mandy Kruse (34) aus Zerlitz.", "Mandy Kruse (34) aus Zerlitz"},
		{"a new phrase behind a genitive", "de", "In der Halle waren nach Angaben der Feuerwehr mehrere Fässer in Brand geraten.", "Angaben der Feuerwehr"},
		{"many of them", "de", "Die Piste war nach Ansicht vieler Fahrerinnen grenzwertig.", "Ansicht vieler Fahrerinnen"},
		{"so many", "de", "Im Jahr wurden 243 Pumpen eingebaut, so viele wie nie zuvor.", ""},
		{"a court sentences", "de", "Das Landgericht hat den Fahrer zu vier Jahren Haft verurteilt.", ""},
		{"a condition", "de", "Sagt das Stimmvolk diesmal Ja, fahren die Bagger auf.", ""},
		{"loudly", "de", "Der Wirt hat die Musik laut gedreht.", ""},
		{"what a treaty lays down", "de", "Die Vereinbarung sieht vor, dass beide Seiten Gefangene freilassen.", "Die Vereinbarung"},
		{"that student", "en", "That student, Anna Berg, told the Herald that she was never paid.", "That student, Anna Berg"},
		{"a title behind a role", "en", "\"It is rung for every wedding\", the vicar, Rev. Joan Pell, said in an interview.", "the vicar, Rev. Joan Pell"},
		{"a day behind the last verb", "en", "Millions face hunger, the World Food Board warned today.", "the World Food Board"},
		{"a report states", "en", "The report, obtained by the Herald on Sunday, states that Berg knew of the leak.", "The report"},
		{"a noun that looks like it", "en", "Two states that border the lake closed their ports.", ""},
		{"counsel submits", "en", "Counsel for the port had submitted that the pier was unsafe.", "Counsel for the port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: c.lang})
			checkPromises(t, c.text, res)
			list := inWords(c.text, res)
			if c.source == "" && len(list) > 0 || c.source != "" && (len(list) != 1 || list[0].source != c.source) {
				t.Errorf("got %q, want the source %q", list, c.source)
			}
		})
	}
}

// TestNamesInDoubleBracketsSpeak has interviews as volunteers print them. Who asks speaks for the outlet.
func TestNamesInDoubleBracketsSpeak(t *testing.T) {
	units := []string{"((Open News)) When did you leave?", "((Anna Berg)) It was an accident.", "((Open News)) Were you afraid?", "((AB)) On the second night the mast broke."}
	text := ""
	var spans [][2]int
	for _, u := range units {
		if text != "" {
			text += "\n\n"
		}
		spans = append(spans, [2]int{len(text), len(text) + len(u)})
		text += u
	}
	res := Suggest(text, Units(spans), Options{Lang: "en"})
	checkPromises(t, text, res)
	want := []string{contextualTag, sourcedTag, contextualTag, sourcedTag}
	for u, tag := range res.Tags {
		if tag.ID != want[u] {
			t.Errorf("%s: %s, want %s", units[u], tag.ID, want[u])
		}
	}
	if list := inWords(text, res); len(list) != 2 || list[0].source != "Anna Berg" || list[1].source != "AB" {
		t.Errorf("got %q", list)
	}
}
