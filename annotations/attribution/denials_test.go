package attribution

import "testing"

// answerTag is the tag of what answers a first unit in which somebody speaks.
func answerTag(lang, first, second string) Tag {
	text := first + " " + second
	return Suggest(text, Units([][2]int{{0, len(first)}, {len(first) + 1, len(text)}}), Options{Lang: lang}).Tags[1]
}

// TestADenialAnswersTheVoiceBefore has what three outsiders marked as contested and the rules did not see:
// a verb of denial whatever its object has in common with the claim, an outlet's own verdict, and who
// speaks against the voice before and then says more.
func TestADenialAnswersTheVoiceBefore(t *testing.T) {
	for _, second := range []string{
		"The board denied that anyone had been warned.",
		"The board has denied any role in the sale.",
		"The captain, Jan Berg, 40, denies being drunk.",
		"Jan Berg denies fraud.",
		"Jan Berg, of Mill Lane, denies three counts of theft.",
		"The board has denied hiding the letters.",
		"The company disputed the toll, saying three had left by then.",
		"She disputed the 40-ton figure, but did not give another.",
		"Jan Berg denied there was a leak.",
		"In a letter, the board said the files were stolen and denied that crews had been warned.",
		"Jan Berg said no such call had taken place.",
		"The minister ruled out any such probe.",
		"The board disputes that timeline, pointing to an email.",
		"Pilots rejected the idea that rain would stop.",
		"Berg called that number “fiction”.",
		"Pilots at the port disagree, arguing that it is late.",
		"A delegate gave a different version, saying the pier had moved.",
		"Not everyone is persuaded: Jan Berg, a pilot, says the pier moved.",
		"Some pilots, though, doubted that the fee would help.",
		"Jan Berg, the head of the port at the time, told the same board in March, however, that he had not been asked.",
		"But outside experts cautioned that the sample was small.",
		"The claim is false: the pier was built in 1911.",
	} {
		if tag := answerTag("en", "The union said on Monday that the ferry was leaking.", second); tag.ID != contestedTag || tag.Partner != 0 {
			t.Errorf("%s: %s (%s), partner %d, want contested by 0", second, tag.ID, tag.Rule, tag.Partner)
		}
	}
	for _, text := range []string{
		"The union says the pier is safe, but pilots disagree.",
		"Some blame the frost, while others blame the board.",
	} {
		if tag := Suggest(text, nil, Options{Lang: "en"}).Tags[0]; tag.ID != contestedTag || tag.Rule != "C-a" {
			t.Errorf("%s: %s (%s), want contested C-a", text, tag.ID, tag.Rule)
		}
	}
}

// TestWhatOnlyLooksLikeADenial has pleas, refusals, acts and agreement.
func TestWhatOnlyLooksLikeADenial(t *testing.T) {
	for second, want := range map[string]string{
		"The judge denied the motion.":                                          sourcedTag,
		"The rule denies women access.":                                         "",
		"Jan Berg denies hiding the letters, her lawyer said.":                  sourcedTag,
		"The board did not dispute the figure.":                                 sourcedTag,
		"The army confirmed it held the port but denied that a crew was hurt.":  sourcedTag,
		"Pilots, however, agree that it leaks.":                                 sourcedTag,
		"There is no such thing as a dry ferry, said Jan Berg.":                 sourcedTag,
		"The board called that crew a gift.":                                    sourcedTag,
		"Though the fee is high, Berg said it was fair.":                        sourcedTag,
		"A spokesman did not deny that it leaked.":                              sourcedTag,
		"The ferry is old: it was built in 1911.":                               contextualTag,
		"For her part, the pilot Anna Berg clarified that it leaked on Sunday.": sourcedTag,
	} {
		if tag := answerTag("en", "The union said on Monday that the ferry was leaking.", second); tag.ID == contestedTag || want != "" && tag.ID != want {
			t.Errorf("%s: %s (%s), want %s", second, tag.ID, tag.Rule, want)
		}
	}
	if tag := Suggest("Rain fell. The board denied that anyone had been warned.", nil, Options{Lang: "en"}).Tags[1]; tag.ID != sourcedTag {
		t.Errorf("nobody spoke before: %s, want sourced", tag.ID)
	}
}

// TestGermanDenialsAnswerTheVoiceBefore has the same in German, where the words stand apart.
func TestGermanDenialsAnswerTheVoiceBefore(t *testing.T) {
	for second, want := range map[string]string{
		"Der Verband bestreitet auf Anfrage, davon gewusst zu haben.":              contestedTag,
		"Der Verband dementiert heftig.":                                           contestedTag,
		"Lotsen erzählen anderes.":                                                 contestedTag,
		"Genau das bezweifelte Lotsin Anna Berg: Der Wind sei schwach.":            contestedTag,
		"Anna Berg trat dieser Darstellung entgegen: Der Wind sei schwach.":        contestedTag,
		"Anna Berg ortete hingegen eine „Posse auf See“.":                          contestedTag,
		"„Das ist schlicht die Unwahrheit“, kontert Anna Berg.":                    contestedTag,
		"„Stimmt nicht“, sagt Anna Berg.":                                          contestedTag,
		"Davon könne keine Rede sein, sagte Anna Berg.":                            contestedTag,
		"Der Verband hält dagegen: Der Wind sei schwach.":                          contestedTag,
		"Auch der Verband widersprach der Behörde.":                                contestedTag,
		"Laut Verband ist der Wind jedoch schwach.":                                contestedTag,
		"Der Verband stellt das anders dar.":                                       contestedTag,
		"Anders sieht es der Verband.":                                             contestedTag,
		"Der Verband kommt zu einem anderen Ergebnis.":                             contestedTag,
		"Anna Berg aber sagt, der Wind sei schwach.":                               contestedTag,
		"Nicht alle sind überzeugt: Anna Berg sagt, der Wind sei schwach.":         contestedTag,
		"Die Behauptung ist falsch.":                                               contestedTag,
		"Der Verband stimmte dagegen.":                                             contextualTag,
		"Der Verband bestritt gestern sein Fest.":                                  "",
		"Er wollte etwas anderes.":                                                 contextualTag,
		"Die Tür fiel heftig zu.":                                                  contextualTag,
		"Der Verband trat gestern an.":                                             contextualTag,
		"Der Verband teilte mit, man habe das nicht gewusst und danke sehr dafür.": sourcedTag,
	} {
		if tag := answerTag("de", "Die Hafenbehörde sagte, das Tor sei zu.", second); want != "" && tag.ID != want || want == "" && tag.ID == contestedTag {
			t.Errorf("%s: %s (%s), want %s", second, tag.ID, tag.Rule, want)
		}
	}
	for text, want := range map[string]string{
		"Während die Behörde den Pier für sicher hält, warnt der Verband, das Tor sei morsch.": contestedTag,
		"Während der Sturm tobte, warnte der Verband, das Tor sei morsch.":                     sourcedTag,
	} {
		if tag := Suggest(text, nil, Options{Lang: "de"}).Tags[0]; tag.ID != want {
			t.Errorf("%s: %s (%s), want %s", text, tag.ID, tag.Rule, want)
		}
	}
}
