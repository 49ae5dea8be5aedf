package ingest

import (
	"strings"
	"testing"
)

// A field that begins and never ends, as tools leave behind that cut documents apart,
// kept all that stood behind it from being read: of four sentences one was stored, and
// nothing was said of the others.
func TestAFieldWithoutAnEndSilencesNothing(t *testing.T) {
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	instr := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	begun := char("begin") + instr("PAGE LEAK")
	whole := begun + char("separate") + run("Page 3") + char("end")
	contents := char("begin") + instr(`TOC \o "1-3"`) + char("separate")
	for name, c := range map[string]struct {
		body, want string
		warned     bool
	}{
		"an instruction alone":                      {para("", "One.") + `<w:p>` + begun + run("Two.") + `</w:p>` + para("", "Three.") + para("", "Four."), "One.\n\nTwo.\n\nThree.\n\nFour.\n", true},
		"with a result":                             {`<w:p>` + begun + char("separate") + run("Two.") + `</w:p>` + para("", "Three."), "Two.\n\nThree.\n", false},
		"a table of contents":                       {`<w:p>` + contents + run("Head 3") + `</w:p>` + para("", "Three."), "Head 3\n\nThree.\n", true},
		"whole fields before and behind stay so":    {`<w:p>` + whole + run(" of it. ") + begun + whole + `</w:p>` + para("", "Three."), "Page 3 of it. Page 3\n\nThree.\n", true},
		"whole contents over several paragraphs":    {`<w:p>` + contents + run("LEAK") + `</w:p>` + para("", "LEAK") + `<w:p>` + char("end") + run("Words.") + `</w:p>`, "Words.\n", false},
		"an instruction over several paragraphs":    {`<w:p>` + char("begin") + instr("IF a = b") + `</w:p><w:p>` + whole + instr("LEAK") + char("separate") + run("Words.") + char("end") + `</w:p>`, "Words.\n", false},
		"an end alone":                              {`<w:p>` + char("end") + run("One.") + `</w:p>`, "One.\n", false},
		"more that never end than may nest at once": {`<w:p>` + strings.Repeat(begun, 3*maxDepth) + run("One.") + `</w:p>`, "One.\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, makeDOCX(t, c.body), Options{Name: "story.docx"})
			if got.Article.Body != c.want {
				t.Errorf("got  %q\nwant %q", got.Article.Body, c.want)
			}
			warned := false
			for _, n := range got.Notices {
				warned = warned || n.Caution && strings.Contains(n.Text, "has no end")
			}
			if warned != c.warned {
				t.Errorf("notices %+v", got.Notices)
			}
		})
	}
}
