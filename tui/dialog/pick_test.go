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
