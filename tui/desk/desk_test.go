package desk

import (
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// The column of figures is as wide as the widest, and columns stay straight.
func TestHowFarALongArticleIsIsShownWhole(t *testing.T) {
	s := New(time.Now)
	one, big := Item{annotations.ArticleID{1}, "one"}, Item{annotations.ArticleID{2}, "big"}
	s.Fill(Filling{Names: []Item{one, big}, Known: []Entry{
		{Item: one, Title: "A title", Required: 38, Tagged: 8}, {Item: big, Title: "A title", Required: 20000, Tagged: 20000, Finished: true},
	}})
	for _, w := range []int{40, 60, 80, 120} {
		rows, _, _ := s.Body(dialog.Look{Theme: theme.New(theme.Mono, true)}, w, 10)
		text := strings.Join(rows, "\n")
		if !strings.Contains(text, " 8/38   21%") || !strings.Contains(text, " 20000/20000  done") {
			t.Errorf("%d cells:\n%s", w, text)
		}
	}
}
