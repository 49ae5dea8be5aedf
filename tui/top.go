package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	lead "stet.example/stet/tui/audit"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
)

// screen is what stands between the title and the hints. The root speaks to
// whichever is on top in these words only; what one alone can do is asked of it by
// name.
type screen interface {
	Scope() action.Scope
	Title() (left, right string) // may hold anything that a name may hold
	Body(l dialog.Look, w, h int) (rows []string, x, y int)
	Hints() ([]action.ID, []dialog.Hint)
	Why(id action.ID) string
	Typing() bool
	Writes() bool // what is open holds something that was written
	Press(k tea.KeyPressMsg) []action.Outcome
	Paste(text string)
	Do(act action.Action) []action.Outcome
	Cancel() []action.Outcome
	// Click is the left button on row y of the body, column x.
	Click(x, y int) []action.Outcome
	// Wheel turns the open panel by rows, downwards where by is above 0.
	Wheel(by int)
	// Beside is how much of room rows a list over the screen may take, so that the
	// sentence being judged stays in sight; 0 = all of them.
	Beside(room int) int
}

// top is the screen that keys go to. An article lies over a comparison, that over
// the lead's desk, that over the reviewer's.
func (a *app) top() screen {
	switch {
	case a.review != nil:
		return onReview{a.review}
	case a.compared != nil:
		return onCompare{a.compared}
	case a.audit != nil:
		return onAudit{a.audit}
	}
	return onDesk{a.desk}
}

type onReview struct{ *review.Screen }

func (s onReview) Scope() action.Scope                   { return action.Review }
func (s onReview) Do(act action.Action) []action.Outcome { return s.Screen.Do(act.ID, act.Tag) }

func (s onReview) Title() (left, right string) {
	n, of := s.Number()
	done, need := s.Progress()
	right = fmt.Sprintf("%d/%d   %d of %d tagged", n, of, done, need)
	if s.Finished() {
		right += ", done"
	}
	if r := s.Range(); r != "" {
		right = "range " + r + "   " + right
	}
	if name, n := s.Filter(); name != "" {
		right = fmt.Sprintf("%s: %d   %s", name, n, right)
	}
	return s.Name(), right
}

type onCompare struct{ *comparing }

func (s onCompare) Scope() action.Scope                   { return action.Comparing }
func (s onCompare) Beside(room int) int                   { return room * 3 / 5 }
func (s onCompare) Do(act action.Action) []action.Outcome { return s.Screen.Do(act.ID) }

func (s onCompare) Cancel() []action.Outcome {
	s.Screen.Cancel()
	return nil
}

func (s onCompare) Click(x, y int) []action.Outcome {
	if s.Typing() {
		return s.ClickPanel(x, y)
	}
	s.At(y)
	return nil
}

type onAudit struct{ *lead.Screen }

func (s onAudit) Do(act action.Action) []action.Outcome { return s.Screen.Do(act.ID) }

func (s onAudit) Click(x, y int) []action.Outcome {
	if s.Typing() {
		return s.ClickPanel(x, y)
	}
	return s.At(x, y)
}

func (s onAudit) Beside(room int) int {
	if s.Scope() == action.Settle {
		return room / 2
	}
	return 0
}

type onDesk struct{ *desk.Screen }

func (s onDesk) Scope() action.Scope                   { return action.Desk }
func (s onDesk) Beside(int) int                        { return 0 }
func (s onDesk) Do(act action.Action) []action.Outcome { return s.Screen.Do(act.ID) }

func (s onDesk) Cancel() []action.Outcome {
	s.Screen.Cancel()
	return nil
}

func (s onDesk) Click(x, y int) []action.Outcome {
	if s.Typing() {
		return s.ClickPanel(x, y)
	}
	s.At(y)
	return nil
}

func (s onDesk) Title() (left, right string) {
	switch n, more := s.Len(); {
	case n == 0:
		return "desk", ""
	case s.Filtered() != "": // else an article that it hides would be missed
		shown, _ := s.Shown()
		return fmt.Sprintf("desk   “%s”: %d", s.Filtered(), shown), ""
	case n == 1:
		return "desk   1 article", ""
	case more:
		return fmt.Sprintf("desk   more than %d articles", n), ""
	default:
		return fmt.Sprintf("desk   %d articles", n), ""
	}
}

// windowTitle is what the terminal's own title says.
func (a *app) windowTitle() string {
	switch {
	case a.review != nil:
		return "stet " + annotations.Visible(a.review.Name())
	case a.compared != nil:
		return "stet compare"
	}
	return "stet"
}
