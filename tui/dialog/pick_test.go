package dialog_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// What is asked was cut at the right where one picks by letter: of the questions of
// leads, by which key they are answered.
func TestAQuestionIsReadWhole(t *testing.T) {
	l := dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: true}}
	const asked = "What leads ask you and where they ruled against you. Enter goes there, R there answers."
	for _, typing := range []bool{false, true} {
		for _, w := range []int{60, 80} {
			p := dialog.NewPick(asked, []dialog.Item{{Label: "one"}, {Label: "two"}})
			if typing {
				p.Typing()
			}
			rows, x, y := p.Rows(l, w, p.Want()+1)
			text := strings.Join(strings.Fields(ansi.Strip(strings.Join(rows, " "))), " ")
			if !strings.Contains(text, asked) || !strings.Contains(text, "two") {
				t.Errorf("at %d:\n%s", w, strings.Join(rows, "\n"))
			}
			if typing && (x != 2 || y != 2) {
				t.Errorf("at %d the cursor is at %d, %d", w, x, y)
			}
			p.Click(0, len(rows)-1) // a row lower than before
			if got := p.Chosen(); got != 1 {
				t.Errorf("a click on the last item chose %d", got)
			}
			if rows, _, _ := p.Rows(l, w, 3); len(rows) > 3 || !strings.Contains(ansi.Strip(rows[len(rows)-1]), " > two") {
				t.Errorf("in 3 rows:\n%s", strings.Join(rows, "\n"))
			}
		}
	}
}

// What a list says of its items began wherever their names ended, and sentences above the
// ninth stood a column further right.
func TestWhatIsSaidOfItemsStandsInAColumn(t *testing.T) {
	flags := dialog.NewPick("Flags", []dialog.Item{{Key: "a", Label: "unsourced", Words: "WORDS"}, {Key: "b", Label: "interested party", Words: "WORDS"}, {Key: "c", Label: "vague", Off: "WORDS"}})
	flags.Many, flags.Aligned = true, true
	lacks := dialog.NewPick("Missing", []dialog.Item{{Key: "f", Label: "finish the article", Words: "all is said"}, {Label: "2  no tag", Words: "WORDS"}, {Label: "10  no other side", Words: "WORDS"}, {Label: "100  no tag", Words: "WORDS"}})
	lacks.Aligned, lacks.Numbers = true, 3
	links := dialog.NewPick("Which?", []dialog.Item{{Label: "9", Words: "WORDS"}, {Label: "10", Words: "WORDS"}}).Typing()
	links.Numbers = 2
	for _, p := range []*dialog.Pick{flags, lacks, links} {
		for _, w := range []int{60, 80, 120} {
			rows, _, _ := p.Rows(dialog.Look{Theme: theme.New(theme.Mono, true)}, w, 12)
			at := map[int]bool{}
			for _, row := range rows {
				if n := strings.Index(strings.ReplaceAll(ansi.Strip(row), "(", ""), "WORDS"); n >= 0 {
					at[n] = true
				}
			}
			if len(at) != 1 {
				t.Errorf("%s at %d columns: %v\n%s", p.Prompt, w, at, strings.Join(rows, "\n"))
			}
		}
	}
}
