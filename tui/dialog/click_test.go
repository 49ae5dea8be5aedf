package dialog_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// A click where the cursor stands leaves it there, and a click anywhere puts it where
// the next one leaves it: whatever is written, in however little room.
func TestTheCursorGoesWhereTheMouseClicks(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		words := []string{"harbour", " ", "the board said ", "日本語", "e\u0301", "\n", "שלום", "👩\u200d👩\u200d👧\u200d👦", strings.Repeat("x", 40)}
		in := dialog.NewInput("Note:", strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "text"), ""))
		in.Multi = true
		l := dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: true}}
		w, h := rapid.IntRange(12, 40).Draw(t, "width"), rapid.IntRange(1, 8).Draw(t, "height")
		for _, k := range rapid.SliceOfN(rapid.SampledFrom([]rune{tea.KeyUp, tea.KeyLeft, tea.KeyHome}), 0, 9).Draw(t, "keys") {
			in.Press(tea.KeyPressMsg{Code: k})
		}
		rows, x, y := in.Rows(l, w, h)
		in.Click(x, y)
		if _, x2, y2 := in.Rows(l, w, h); x2 != x && x < w-1 || y2 != y {
			t.Fatalf("a click at %d,%d, where the cursor is, puts it to %d,%d in\n%s", x, y, x2, y2, strings.Join(rows, "\n"))
		}
		atX, atY := rapid.IntRange(-2, w+2).Draw(t, "x"), rapid.IntRange(-2, h+2).Draw(t, "y")
		in.Click(atX, atY)
		_, x, y = in.Rows(l, w, h)
		in.Click(x, y)
		if _, x2, y2 := in.Rows(l, w, h); x2 != x && x < w-1 || y2 != y {
			t.Fatalf("clicked at %d,%d the cursor is at %d,%d, and clicked there at %d,%d", atX, atY, x, y, x2, y2)
		}
		moved++
	})
	if moved == 0 {
		t.Error("nothing was clicked")
	}
}
