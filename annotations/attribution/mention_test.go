package attribution

import (
	"regexp"
	"strings"
	"testing"
)

// sentenceEnd is where one of the test's sentences ends and the next begins.
var sentenceEnd = regexp.MustCompile(`([a-z0-9][.]”?) [A-Z“]`)

// cut is the sentences of a text, in bytes.
func cut(text string) [][2]int {
	var out [][2]int
	lo := 0
	for _, m := range sentenceEnd.FindAllStringSubmatchIndex(text, -1) {
		if strings.HasSuffix(text[:m[3]], "Mr.") || strings.HasSuffix(text[:m[3]], "Ms.") {
			continue
		}
		out = append(out, [2]int{lo, m[3]})
		lo = m[3] + 1
	}
	return append(out, [2]int{lo, len(text)})
}

// lastWho is who the last attribution of a text is from.
func lastWho(t *testing.T, lang, text string) string {
	t.Helper()
	res := Suggest(text, Units(cut(text)), Options{Lang: lang})
	if len(res.Attributions) == 0 {
		t.Fatalf("nobody speaks in %q", text)
	}
	return res.Attributions[len(res.Attributions)-1].Who
}

// TestAPronounMeansWhomTheTextIsAbout: he and she were given to the last one who spoke, a woman's words to a man and
// the words of somebody just brought in to somebody three paragraphs before; "it" was given to people.
func TestAPronounMeansWhomTheTextIsAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, lang, text, who string }{
		{"the subject of the sentence before", "en", "“It is late,” said Anna Berg. Peter Lund, a cook, went home. “I am cold,” he said.", "Peter Lund"},
		{"not the object", "en", "“It is late,” said Peter Berg. He met Olaf Lund. “I am cold,” he said.", "Peter Berg"},
		{"she is no man", "en", "Anna Berg said it was late. Peter Lund said it was early. She added that the tide was high.", "Anna Berg"},
		{"by a title", "en", "Ms. Berg said it was late. Mr. Lund said it was early. She added that the tide was high.", "Berg"},
		{"by a noun", "en", "Kim Berg, a mother of three, said it was late. Kip Lund, a fisherman, said it was early. She added that the tide was high.", "Kim Berg"},
		{"an age brings somebody in", "en", "Anna Berg said it was late. One of the crew was Kip Lund, 30, a cook. “I am cold,” he said.", "Kip Lund"},
		{"so does a role", "en", "Anna Berg said it was late. But when the ship's lawyer, Kip Lund, came on deck, it rained. “I am cold,” he said.", "Kip Lund"},
		{"so does For", "en", "Anna Berg said it was late. For Kip Lund, a lawyer, the day was over. It is, he said, a long trip.", "Kip Lund"},
		{"behind an opening", "en", "Kip Lund said it was late. Coming from the pier, Anna Berg, from Ellery, had seen the storm. “I am cold,” she said.", "Anna Berg"},
		{"a last name stands for the full one", "en", "Jan Berg, a cook, works on the pier. Anna Lund said it was late. Berg mostly stays at home now. “I am cold,” he said.", "Jan Berg"},
		{"a clause inside what somebody says is not about him", "en", "Olaf Berg told how Peter Lund broke his leg. “I was there,” he said.", "Olaf Berg"},
		{"an aside behind a name is somebody else's", "en", "Peter Lund said it was late. Olaf Berg, he said, was at sea.", "Peter Lund"},
		{"a thing with a name is nobody", "en", "Peter Lund said it was late. The ship carries Harbour Glass. Glass is heavy. “I am cold,” he said.", "Peter Lund"},
		{"nobody else fits", "en", "Junior Keel came to Ellery in May. Keel is a cook now. “I am cold,” he said.", "Junior Keel"},
		{"it is no person", "en", "Anna Berg said it was late. The board met on Monday. In May it announced that the port would close.", ""},
		{"it is the body that spoke", "en", "The Harbour Board said it was late. It added that the port would close.", "Harbour Board"},
		{"a man of the same name", "en", "Anna Berg said it was late. Mr Berg said it was early.", "Mr Berg"},
		{"a name with a small word", "en", "Anna van der Berg said it was late. Van der Berg said it was early.", "Anna van der Berg"},
		{"German", "de", "Anna Berg sagte, es sei spät. Peter Lund sagte, es sei früh. Er fügte hinzu, die Flut steige.", "Peter Lund"},
	} {
		if who := lastWho(t, c.lang, c.text); who != c.who {
			t.Errorf("%s: %q is from %q, want %q", c.name, c.text, who, c.who)
		}
	}
}

// TestANounMeansWhoIsCalledSo: "the report" was given to whoever had the word anywhere in what explained him, and a
// name behind a preposition stood for the one who spoke.
func TestANounMeansWhoIsCalledSo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, who string }{
		{"not what explains somebody", "Anna Berg, who wrote the report, said it was late. The report found that the pier is old.", "report"},
		{"nor what he belongs to", "The company's founder, Anna Berg, said it was late. The company warned that the pier is old.", "company"},
		{"a body by its noun", "The figures, released by the Ellery Tide Institute, show that it is late. The institute warned that the pier is old.", "Ellery Tide Institute"},
		{"two bodies with one noun", "The Ellery Tide Institute met the Portsea Wind Institute. The institute warned that the pier is old.", "institute"},
		{"where somebody was born", "A girl born in Ellery said it was late.", "girl born in Ellery"},
		{"of what he is the archbishop", "The Archbishop of Ellery, Olaf Lund, said it was late.", "Olaf Lund"},
		{"where a party sits", "The opposition in Ellery said it was late.", "opposition in Ellery"},
		{"a role that was told before", "Olaf Lund, a writer, lives in Ellery. It was late, the author said.", "Olaf Lund"},
	} {
		if who := lastWho(t, "en", c.text); who != c.who {
			t.Errorf("%s: %q is from %q, want %q", c.name, c.text, who, c.who)
		}
	}
}

// TestNoGivenNameIsAmbiguous: a name that stands in both lists would tell nothing, and hide that it does.
func TestNoGivenNameIsAmbiguous(t *testing.T) {
	t.Parallel()
	p := parsePeople(givenNames)
	if len(p.given) < 800 || len(p.pronouns) != 6 || len(p.particles) < 20 || len(p.nouns) < 60 {
		t.Fatalf("%d given names, %d pronouns, %d particles, %d nouns", len(p.given), len(p.pronouns), len(p.particles), len(p.nouns))
	}
	seen := map[string]bool{}
	for line := range strings.Lines(givenNames) {
		if key, rest, _ := strings.Cut(line, ":"); key == "she" || key == "he" {
			for _, name := range strings.Fields(rest) {
				if seen[name] {
					t.Errorf("%s stands twice", name)
				}
				seen[name] = true
			}
		}
	}
}
