package plain

import (
	"fmt"
	"strings"
	"time"

	"stet.example/stet/tui/action"
)

// together is within what lines come that were there already, pasted or typed ahead:
// nobody hears a prompt and answers it in that time.
const together = 100 * time.Millisecond

// pasted looks at the lines that came together with an answer, where somebody sits at a
// terminal. Who pastes a paragraph into a question that takes one line means the others
// for no keys, though words like "a" are some. So the first that would be read as keys and
// is not plainly some stops them all, until it is said that they are meant. An input that
// ends has nobody to say it.
func (t *talk) pasted() {
	if !t.o.Interactive {
		return
	}
	if len(t.back) == 0 {
		if t.ahead = t.behind; t.ahead {
			t.back = t.waiting()
		}
	}
	if !t.ahead || len(t.back) == 0 || t.plainKeys(t.back[0]) {
		return
	}
	lines := t.back
	t.back, t.ahead = nil, false
	words := fmt.Sprintf("%d more lines came together with that answer, the first is “%s”. Nothing of them is done yet: y reads them as keys, anything else leaves them.", len(lines), clip(lines[0]))
	if len(lines) == 1 {
		words = fmt.Sprintf("One more line came together with that answer, “%s”. Nothing of it is done yet: y reads it as keys, anything else leaves it.", clip(lines[0]))
	}
	t.out.say(words)
	if line, ok := t.read(); ok && (strings.TrimSpace(line) == "y" || strings.TrimSpace(line) == "yes") {
		t.back = lines
		return
	}
	t.out.say("Left.")
	t.prompt()
}

// waiting reads the lines that are there already.
func (t *talk) waiting() (lines []string) {
	for !t.in.over {
		late := time.NewTimer(together)
		line, ok, came := t.in.within(t.ctx, late.C)
		late.Stop()
		if !came || !ok {
			return lines
		}
		lines = append(lines, line)
	}
	return lines
}

// plainKeys reports whether a line is nothing but single keys and names of actions, or
// on the desk the number of an article. The key that runs an editor is not counted: a
// read for the next line is under way, and would take what is typed there.
func (t *talk) plainKeys(line string) bool {
	if number := strings.TrimSpace(line); t.p.Review() == nil && strings.Trim(number, "0123456789") == "" {
		return true
	}
	for _, word := range strings.Fields(line) {
		act, found := t.byName(word)
		if k, ok := keyOf(word); ok && !found {
			act, found = t.p.Find(k.String())
		}
		if (!found || act.ID == action.Editor) && !escaped(word) {
			return false
		}
	}
	return true
}

// clip is the beginning of a line that is quoted.
func clip(line string) string {
	if r := []rune(strings.TrimSpace(line)); len(r) > maxQuoted {
		return string(r[:maxQuoted]) + "…"
	}
	return strings.TrimSpace(line)
}
