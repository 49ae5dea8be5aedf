package plain

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
)

// Saying is something that the program said: a message, or that an act is saved.
type Saying struct {
	Words string
	Bad   bool // something went wrong, or was not saved
}

// Program is what is talked to. Its methods return when everything that they
// led to is done: what was saved is on the disk, what was read is there.
type Program interface {
	// Find returns what a key means here.
	Find(key string) (action.Action, bool)
	// Live lists what can be done here.
	Live() []action.Action
	// Why says why an action can do nothing now; "" when it can.
	Why(id action.ID) string
	// Do carries out an action.
	Do(act action.Action)
	// Press gives a key to the open panel; without one it is a command.
	Press(k tea.KeyPressMsg)
	// Paste gives text to the open panel.
	Paste(text string)
	// Panel is the open panel, nil for none.
	Panel() dialog.Panel
	// Review is the open article, nil on the desk.
	Review() *review.Screen
	// Desk is the list of articles.
	Desk() *desk.Screen
	// Said returns what was said since it was asked last, in order.
	Said() []Saying
	// Coach is what a tutor wants done now; nil without one.
	Coach() []string
	// Left reports whether the reviewer has left.
	Left() bool
}
