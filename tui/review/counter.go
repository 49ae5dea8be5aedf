package review

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// maxCount bounds a count: it is more than any article has sentences on a screen.
const maxCount = 999_999

// counter takes the digits of a count; the first other key ends it and is done
// so many times.
type counter struct {
	n      int
	key    string
	odd    bool // a key came before any digit
	over   bool
	cancel bool
}

// askCount opens the counter.
func (s *Screen) askCount() []action.Outcome {
	c := &counter{}
	return s.ask(c, func() []action.Outcome {
		if c.odd {
			return say("no number was given; a count is " + s.key(action.Count) + " 3, then the key")
		}
		s.count = min(c.n, s.n)
		return []action.Outcome{action.Again{Key: c.key}}
	})
}

// Press implements [dialog.Panel].
func (c *counter) Press(k tea.KeyPressMsg) bool {
	switch key := k.String(); {
	case len(key) == 1 && key[0] >= '0' && key[0] <= '9':
		c.n = min(c.n*10+int(key[0]-'0'), maxCount)
	case key == "esc":
		c.over, c.cancel = true, true
	case key == "backspace" && c.n > 0:
		c.n /= 10
	case c.n == 0:
		c.odd, c.over = true, true
	default:
		c.key, c.over = key, true
	}
	return true
}

// Paste implements [dialog.Panel]: there is nothing to paste into.
func (c *counter) Paste(string) {}

// Want implements [dialog.Panel].
func (c *counter) Want() int { return 1 }

// Hints implements [dialog.Panel].
func (c *counter) Hints() []dialog.Hint {
	return []dialog.Hint{{Key: "0-9", Words: "how many"}, {Key: "any key", Words: "for so many sentences"}, {Key: "esc", Words: "cancel"}}
}

// Outcome implements [dialog.Panel].
func (c *counter) Outcome() (over, cancelled bool) { return c.over, c.cancel }

// Rows implements [dialog.Panel].
func (c *counter) Rows(l dialog.Look, w, _ int) ([]string, int, int) {
	lead := " For how many sentences is the next key? "
	if len(lead)+len(strconv.Itoa(maxCount)) >= w { // the number must be seen, whatever is asked
		lead = " For how many sentences? "
	}
	n := ""
	if c.n > 0 {
		n = strconv.Itoa(c.n)
	}
	return []string{l.Theme.In(theme.Strong, lead) + n}, len(lead + n), 0
}
