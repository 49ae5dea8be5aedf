package review

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// endless is a text that is made where it is looked at, and counts how often that is.
type endless struct {
	annotations.Meta
	looks int
}

// width is how many bytes a sentence of it takes, with the blank behind it.
const width = 64

func newEndless(n int) *endless {
	e := &endless{}
	e.Name, e.Sentences, e.Required, e.TextBytes = "endless", n, n, n*width
	return e
}

func (e *endless) About() *annotations.Meta { return &e.Meta }
func (e *endless) Len() int                 { return e.Sentences }
func (e *endless) Fault() error             { return nil }
func (e *endless) Whole() (*annotations.Article, error) {
	return nil, fmt.Errorf("%d bytes are too many", e.TextBytes)
}

func (e *endless) Unit(i int) annotations.Sentence {
	e.looks++
	return annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: i * width, End: (i+1)*width - 1}, Paragraph: uint32(i / 5)}
}

func (e *endless) In(s annotations.Span) string {
	e.looks++
	words := fmt.Sprintf("Pier %d costs more than was planned", s.Start/width)
	return words + strings.Repeat("e", width-2-len(words)) + "."
}

// Where a reviewer goes and what they say costs the same in an article of a million
// sentences as in one of a thousand: by what is looked at, and by the memory it takes.
func TestNothingGrowsWithTheArticle(t *testing.T) {
	look := dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: true}}
	story := func(n int) (looks int, bytes uint64) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text := newEndless(n)
		s := New(Doc{Article: text, Book: codebook.Builtin(), Reviewer: "ana"})
		shows := func(want int) {
			t.Helper()
			rows, _, _ := s.Body(look, 120, 36)
			if all := strings.Join(rows, "\n"); !strings.Contains(all, fmt.Sprintf("Pier %d ", want)) {
				t.Fatalf("of %d: sentence %d is not on the screen:\n%s", n, want, all)
			}
		}
		shows(0)
		for _, at := range []int{1, n / 2, n - 1, 3, n / 3} {
			s.moveTo(at)
			shows(at)
			for range 5 {
				s.Do(action.Tag+"-contextual", "contextual")
				s.Do(action.Prev, "")
				s.Do(action.NextUntagged, "")
				shows(s.cur)
			}
			for _, id := range []action.ID{action.Step, action.Finish, action.Link} { // lists
				s.Do(id, "")
				s.Body(look, 120, 36)
				s.Press(tea.KeyPressMsg{Code: tea.KeyEscape})
			}
		}
		if done, _ := s.Progress(); done == 0 {
			t.Fatal("nothing was tagged")
		}
		runtime.ReadMemStats(&after)
		return text.looks, after.TotalAlloc - before.TotalAlloc
	}
	story(100) // what is made once
	few, little := story(1000)
	many, much := story(1_000_000)
	if many > few+few/5 {
		t.Errorf("%d looks at a million sentences, %d at a thousand", many, few)
	}
	if much > little+little/5+64<<10 {
		t.Errorf("%d bytes for a million sentences, %d for a thousand", much, little)
	}
}
