package dialog_test

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// hard are words that panels must draw in whatever room there is.
var hard = []string{
	"harbour", "the board said ", "日本語", "👩\u200d👩\u200d👧\u200d👦", "\u202eabc\u202c", "שלום", "\x1b[31mred\x1b]0;owned\x07", "\u0301\u0301", "\u200d", "e\u0301", "\n", "\r\n", "\t", "\u0085", "\u2028",
	"Donaudampfschifffahrtsgesellschaftskapitän", "\ufeff", "กำ", strings.Repeat("x", 300), "7, 9",
}

// Whatever is typed, pasted and listed, and however little room there is: no row too
// many, none too wide, the cursor within, and no control character on the screen.
func TestAPanelKeepsToItsRoom(t *testing.T) {
	drawn := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(hard), 0, 6).Draw(t, name), "")
		}
		items := make([]dialog.Item, rapid.IntRange(0, 5).Draw(t, "items"))
		for i := range items {
			items[i] = dialog.Item{Label: text("label"), Words: text("words"), Key: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "key"), Off: rapid.SampledFrom([]string{"", "not now"}).Draw(t, "off")}
		}
		var p dialog.Panel
		kind := rapid.SampledFrom([]string{"input", "note", "pick", "typing", "many", "page"}).Draw(t, "kind")
		switch kind {
		case "input", "note":
			in := dialog.NewInput(text("prompt"), text("text"))
			in.Multi, in.Max = kind == "note", rapid.SampledFrom([]int{0, 1, 7, 500}).Draw(t, "max")
			for range rapid.IntRange(0, 2).Draw(t, "abouts") {
				in.About = append(in.About, text("about"))
			}
			in.Offers = []string{text("offer"), text("offer")}
			in.Proposed = rapid.Bool().Draw(t, "proposed")
			p = in
		case "pick", "typing", "many":
			pick := dialog.NewPick(text("prompt"), items)
			pick.Many = kind == "many"
			if kind == "typing" {
				pick.Typing()
			}
			p = pick
		case "page":
			p = &dialog.Page{Title: text("title"), Paras: []dialog.Para{{Head: text("head"), Text: text("para")}, {Text: text("para"), Close: true}}}
		}
		l := dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: rapid.Bool().Draw(t, "clusters")}}
		keys := []tea.KeyPressMsg{
			{Code: 'a', Text: "a"}, {Code: tea.KeyDown}, {Code: tea.KeyUp}, {Code: tea.KeyEnd}, {Code: tea.KeyHome}, {Code: tea.KeyBackspace}, {Code: tea.KeyTab}, {Code: tea.KeyPgDown},
			{Code: tea.KeyLeft}, {Code: tea.KeyRight}, {Code: 'w', Mod: tea.ModCtrl}, {Code: 'j', Mod: tea.ModCtrl}, {Code: tea.KeyDelete}, {Code: 'k', Mod: tea.ModCtrl}, {Code: tea.KeySpace, Text: " "},
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if rapid.IntRange(0, 3).Draw(t, "paste") == 0 {
				p.Paste(text("pasted"))
			} else {
				p.Press(rapid.SampledFrom(keys).Draw(t, "press"))
			}
			w, h := rapid.IntRange(30, 120).Draw(t, "w"), rapid.IntRange(1, 12).Draw(t, "h")
			rows, x, y := p.Rows(l, w, h)
			if len(rows) > h || len(rows) == 0 {
				t.Fatalf("%s: %d rows where there is room for %d", kind, len(rows), h)
			}
			if x >= w || x >= 0 && (y < 0 || y >= len(rows)) {
				t.Fatalf("%s: the cursor is at %d, %d of %dx%d, %d rows", kind, x, y, w, h, len(rows))
			}
			for _, row := range rows {
				plain := ansi.Strip(row)
				if n := l.Meter.Width(plain); n > w {
					t.Fatalf("%s: %q takes %d cells of %d", kind, plain, n, w)
				}
				if strings.IndexFunc(plain, unicode.IsControl) >= 0 || strings.Contains(plain, "\u202e") {
					t.Fatalf("%s: %q holds what could command a terminal", kind, plain)
				}
			}
			drawn[kind]++
			if over, _ := p.Outcome(); over {
				break
			}
		}
	})
	if len(drawn) < 6 {
		t.Errorf("only %v were drawn", drawn)
	}
}
