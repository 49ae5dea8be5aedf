package compare_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/compare"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

func text(body string) report.Text {
	return report.Text{Name: "t", Side: align.Side{Text: body, Units: segment.Append(nil, body, segment.Options{})}}
}

// sentences that texts are made of: some say the same in other words, some hold
// what is hard to draw.
var sentences = []string{
	"The ferry allegedly struck the old pier at noon on Friday.", "The ferry struck the pier at noon.", "Nobody was hurt in the harbour.",
	"“We will never close the island route,” Ida Holm said.", "\"We will not close the island route,\" Ida Holm said.",
	"The route has not lost money.", "According to the audit office, the route has not lost money since 1998.", "渡船在星期五中午撞上了旧码头。", "Das Schiff 👩‍👩‍👧‍👦 traf den Pier\x1b[31m um zwölf.",
	"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurfsbegründung.", "e\u0301 \u202eabc\u202c ภาษาไทยไม่มีช่องว่าง.", "No.",
}

// Whatever two texts and keys and sizes come: no row is too wide, there are not too
// many, the marked block is on the screen, and no control character is drawn.
func TestAnyComparisonIsDrawnWhole(t *testing.T) {
	acts := []action.ID{
		action.Next, action.Prev, action.First, action.Last, action.PageDown, action.PageUp, action.NextChange, action.PrevChange,
		action.NextKind, action.PrevKind, action.Sides, action.Goto, action.Filter, action.Search, action.Cancel, action.Open, action.Swap,
	}
	seen := map[string]int{}
	words := []string{"left out  ", "no source", "word for word", "reworded", "orphan", "hedge dropped", "quote altered", "query by lea", "query by l␛"}
	tried := func() bool {
		return !slices.ContainsFunc(words, func(w string) bool { return seen[w] == 0 })
	}
	one := func(t *rapid.T) {
		body := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(sentences), 0, 12).Draw(t, name), rapid.SampledFrom([]string{" ", "\n\n"}).Draw(t, name+" gap"))
		}
		a, b := text(body("original")), text(body("rewrite"))
		if rapid.Bool().Draw(t, "tags") {
			for range a.Side.Units {
				a.Tags = append(a.Tags, rapid.SampledFrom([]string{"", "sourced", "contested", "contextual", "differ", "ours"}).Draw(t, "tag"))
			}
		}
		asks := rapid.SliceOfN(rapid.SampledFrom([]string{"", "lea", "l\x1b[31mea\u202e"}), 0, len(a.Side.Units)).Draw(t, "asks")
		s := compare.New(compare.Doc{Report: report.New(a, b), A: annotations.ArticleID{1}, Tags: codebook.Builtin().Tags, Queried: asks})
		l := dialog.Look{Theme: theme.New(theme.Mono, true), Meter: cells.Meter{Clusters: rapid.Bool().Draw(t, "clusters")}}
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			id := rapid.SampledFrom(acts).Draw(t, "act")
			w, h := rapid.IntRange(36, 170).Draw(t, "w"), rapid.IntRange(5, 50).Draw(t, "h")
			if id == action.Cancel {
				s.Cancel()
			} else {
				for _, o := range s.Do(id) {
					if say, ok := o.(action.Say); ok && say.Words == "" {
						t.Fatalf("%s says nothing", id)
					}
				}
			}
			rows, _, y := s.Body(l, w, h)
			if len(rows) > h || y >= h {
				t.Fatalf("%d rows of %d, cursor on %d", len(rows), h, y)
			}
			for _, row := range rows {
				plain := ansi.Strip(row)
				if n := l.Meter.Width(plain); n > w {
					t.Fatalf("%q takes %d cells of %d", plain, n, w)
				}
				if strings.IndexFunc(plain, unicode.IsControl) >= 0 {
					t.Fatalf("%q holds a control character", plain)
				}
			}
			all := ansi.Strip(strings.Join(rows, "\n"))
			if !s.Typing() && !strings.Contains(all, " > ") && !strings.Contains(all, "nothing to show") && h >= 6 {
				t.Fatalf("no block is marked at %dx%d:\n%s", w, h, all)
			}
			for _, word := range words {
				if strings.Contains(all, word) {
					seen[word]++
				}
			}
			s.Close()
		}
	}
	for round := 0; round == 0 || !tried(); round++ { // until each was drawn
		if round == 100 {
			t.Fatalf("some of %q were never shown, only %v: the texts do not try them", words, seen)
		}
		rapid.Check(t, one)
	}
}

// A source sentence that lost two hedges is one place with two changes. The head counted
// four, and the key that goes to the next kind said that this was the first of three.
func TestTheHeadAndTheKeyCountChangesAlike(t *testing.T) {
	s := compare.New(compare.Doc{Tags: codebook.Builtin().Tags, Report: report.New(
		text("The ferry allegedly struck the old pier at noon on Friday, and reportedly sank a boat. Ticket prices may have risen twice last winter, the office said."),
		text("The ferry struck the old pier at noon on Friday, and sank a boat. Ticket prices have risen twice last winter, the office said."),
	)})
	rows, _, _ := s.Body(dialog.Look{Theme: theme.New(theme.Mono, true)}, 160, 40)
	head := ansi.Strip(strings.Join(rows, "\n"))
	if !strings.Contains(head, "H hedge dropped 3") {
		t.Fatalf("the head:\n%s", head)
	}
	out := s.Do(action.NextKind)
	if words := out[0].(action.Say).Words; words != "hedge dropped: 3 in 2 places, the first. Kind 1 of 1" { //nolint:forcetypeassert // it says no other
		t.Errorf("the key: %q", words)
	}
}
