package tui

import (
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// Coach is a tutor: it is told of what is done, and says what to do next.
type Coach interface {
	// Notice is told after each move and after acts have reached the disk. It may
	// read the store; keys wait for it.
	Notice(article annotations.ArticleID, sentence annotations.SentenceID)
	// Lines is what to do now, a few sentences; none when there is nothing to
	// say. It is asked for each frame.
	Lines() []string
}

// notice tells the tutor, if there is one, that something was done.
func (a *app) notice() {
	if a.o.Coach != nil && a.review != nil {
		a.o.Coach.Notice(a.review.Article(), a.review.Current())
	}
}

// coached is what the tutor says now.
func (a *app) coached() []string {
	if a.o.Coach == nil {
		return nil
	}
	return a.o.Coach.Lines()
}

// coachRows draws what the tutor says above the body, at most a third of h rows
// and a rule; where that is too little the end is kept, since what to do stands last.
func (a *app) coachRows(h int) []string {
	var rows []string
	for _, line := range a.coached() {
		for _, row := range dialog.Wrapped(a.look, line, a.w-2) {
			rows = append(rows, " "+a.look.Theme.In(theme.Strong, row))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	rows = rows[max(len(rows)-h/3, 0):]
	return append(rows, a.look.Theme.In(theme.Dim, " "+strings.Repeat("─", max(a.w-2, 0))))
}

// bodyTop is the row of the screen on which the body begins.
func (a *app) bodyTop() int { return 2 + len(a.coachRows(a.h-4)) }
