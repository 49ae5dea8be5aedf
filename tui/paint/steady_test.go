package paint_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/paint"
)

// odd are clusters that terminals differ about.
var odd = []string{
	"👩\u200d🚒", "👨\u200d👩\u200d👧\u200d👦", "🏳\ufe0f\u200d🌈", "👍🏽", "🇺🇦", "☎\ufe0f", "1\ufe0f\u20e3", "क्षि", "நி", "กำ", "각", "e\u0301", "ב\u05b0\u05bc",
}

// A joined emoji was counted as the sum of its parts. Terminals that draw it as one,
// and do not say so, had the rest of the row some cells to the left, and the border of
// the panel beside it crooked.
func TestColumnsStayStraightWhereTerminalsDiffer(t *testing.T) {
	count := cells.Meter{} // as the screens count for a terminal that says nothing
	for _, cluster := range odd {
		t.Run(cluster, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out := newScreen(30, 4) // which counts by clusters
				defer out.term.Close()
				p, again := start(t, out, 30, 4)
				row := "a " + cluster + " b" + cluster + "c"
				straight := func(y int, row string) {
					t.Helper()
					for i, r := range row {
						if !strings.ContainsRune("abcd", r) {
							continue
						}
						x := count.Width(row[:i])
						if c := out.term.CellAt(x, y); c == nil || c.Content != string(r) {
							t.Errorf("%c does not stand in column %d of row %d:\n%s\nsent: %q", r, x, y, out.text(), out.sent())
						}
					}
				}
				settle(p, again, paint.Frame{Rows: []string{"xxxxxxxxxxxxxxxxxxxxxxxxx", row}, X: -1})
				straight(1, row)
				settle(p, again, paint.Frame{Rows: []string{row, row + "d"}, X: -1})
				straight(0, row)
				straight(1, row+"d")
				for x := range count.Width(row) {
					if c := out.term.CellAt(x, 0); c != nil && c.Content == "x" {
						t.Errorf("column %d shows what stood there before:\n%s", x, out.text())
					}
				}
				last := fmt.Sprint(cells.Blanks(30-count.Width(cluster)), cluster) // to the very edge
				settle(p, again, paint.Frame{Rows: []string{"a", last, "b", last}, X: -1})
				straight(0, "a")
				straight(2, "b")
				_ = p.Close()
			})
		})
	}
}

// A terminal that measures by clusters, and text that all agree on, need no moves.
func TestWhatIsAgreedOnIsSentAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, row := range []string{"“Café — naïve”, 日本語, Κύριε, привет", strings.Join(odd, " ")} {
			out := newScreen(100, 2)
			p, again := start(t, out, 100, 2)
			if strings.Contains(row, odd[0]) {
				p.Clusters()
			}
			settle(p, again, paint.Frame{Rows: []string{row, "x"}, X: -1})
			if !strings.Contains(out.sent(), row) {
				t.Errorf("%q is not in what was sent: %q", row, out.sent())
			}
			_ = p.Close()
			_ = out.term.Close()
		}
	})
}
