package tui

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// Coach is a tutor: it is told of what is done, and says what to do next.
type Coach interface {
	// Notice is told after each move and after acts have reached the disk. It may
	// read the store; keys wait for it.
	Notice(article annotations.ArticleID, sentence annotations.SentenceID)
	// Lines is what to do now, a few sentences; none when there is nothing to
	// say. {note} stands for the key of that action of the review. It is asked for
	// each frame.
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
	lines := slices.Clone(a.o.Coach.Lines())
	keys := a.taught
	if keys == nil {
		keys = a.keys
	}
	for i, line := range lines {
		lines[i] = withKeys(line, keys)
	}
	return lines
}

// withKeys puts keys in the place of the names of actions that stand in braces.
func withKeys(line string, keys *action.Keymap) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(line, "{")
		name, after, closed := strings.Cut(rest, "}")
		b.WriteString(before)
		if !open || !closed {
			return b.String() + line[len(before):]
		}
		b.WriteString(keys.KeyOf(action.Review, action.ID(name)))
		line = after
	}
}

// coachRows draws what the tutor says above the body, at most a third of h rows
// and a rule. Where that is too little, what to do stands last and is kept: what comes
// before it shrinks to its first sentence, or goes.
func (a *app) coachRows(h int) []string {
	lines := a.coached()
	rows := a.wrapped(lines)
	for len(rows) > h/3 && len(lines) > 1 {
		if first, _, more := strings.Cut(lines[0], ". "); more {
			lines[0] = first + "."
		} else {
			lines = lines[1:]
		}
		rows = a.wrapped(lines)
	}
	if len(rows) == 0 {
		return nil
	}
	rows = rows[max(len(rows)-h/3, 0):]
	return append(rows, a.look.Theme.In(theme.Dim, " "+strings.Repeat("─", max(a.w-2, 0))))
}

func (a *app) wrapped(lines []string) (rows []string) {
	for _, line := range lines {
		for _, row := range dialog.Wrapped(a.look, line, a.w-2) {
			rows = append(rows, " "+a.look.Theme.In(theme.Strong, row))
		}
	}
	return rows
}

// bodyTop is the row of the screen on which the body begins.
func (a *app) bodyTop() int { return 2 + len(a.coachRows(a.h-4)) }
