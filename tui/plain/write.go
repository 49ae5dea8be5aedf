package plain

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
)

func (t *talk) askInput(p *dialog.Input, again bool) {
	if again {
		return
	}
	for _, about := range p.About {
		t.out.say(sentence(annotations.Visible(about)))
	}
	prompt, empty := inLines(p.Prompt)
	words, enter, minus := sentence(prompt), "Enter", "a minus"
	if p.Multi { // an empty line is one of its lines
		words += " Several lines may be given; a dot alone ends them."
		enter, minus = "A dot alone", "a minus before it"
	}
	switch now := p.Text(); {
	case now == "" && empty != "":
		words += " " + map[bool]string{true: enter, false: "An empty line"}[p.Multi] + ": " + ended(empty)
	case now == "":
	case p.Proposed: // nobody has said it yet
		words += fmt.Sprintf(" Proposed: “%s”. %s takes it, %s leaves it empty.", now, enter, minus)
	default:
		words += fmt.Sprintf(" Now: “%s”. %s keeps it, %s empties it.", now, enter, minus)
	}
	if len(p.Offers) > 0 {
		words += " Earlier: " + strings.Join(p.Offers[:min(len(p.Offers), 5)], ", ") + "."
	}
	t.out.say(words)
}

// inLines is a prompt without what it says of an answer that is empty, and that by
// itself. The words are of a screen, where one wipes out what stands there and presses
// keys: in lines an empty line keeps it.
func inLines(prompt string) (words, empty string) {
	at := strings.LastIndex(prompt, " (empty")
	if at < 0 || !strings.HasSuffix(prompt, ")") {
		return prompt, ""
	}
	if what, ok := strings.CutPrefix(prompt[at:len(prompt)-1], " (empty: "); ok {
		empty = what
	}
	return prompt[:at], empty
}

// write answers an input. An empty line leaves what stands there.
func (t *talk) write(p *dialog.Input, text string, first bool) {
	lines := []string{strings.TrimSpace(text)}
	if p.Multi && first {
		var ended bool
		if lines, ended = t.several(p, text); !ended {
			return
		}
	}
	switch whole := strings.TrimSpace(strings.Join(lines, "\n")); {
	case whole == "." && p.Multi: // it ends an answer that has no lines
	case whole == ".": // a line too late for the question before
		t.refuse("a dot alone ends an answer of several lines, and this one is one line: give it, or leave it empty")
		return
	case whole == "":
	case strings.TrimSpace(dialog.Clean(whole)) == "": // it would empty what stands there
		t.refuse("that has no words, and nothing was changed")
		return
	case whole == "-" && p.Text() != "":
		p.Set("")
	default:
		before, answer := p.Text(), plainly(lines)
		p.Set("")
		t.p.Paste(answer)
		if most := len(p.Text()); most < len(strings.TrimSpace(dialog.Clean(answer))) {
			p.Set(before)
			t.tooLong(most)
			return
		}
	}
	t.p.Press(key("enter"))
}

// tooLong refuses an answer of which a panel took the beginning: on a screen one sees
// what was left out, in lines it would be saved unseen.
func (t *talk) tooLong(most int) {
	t.refuse(fmt.Sprintf("that is too long: %d bytes fit here. Nothing of it was taken; give a shorter answer, or esc", most))
}

// plainly joins lines of an answer, each without the backslash that makes an answer
// of what would be a command.
func plainly(lines []string) string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimPrefix(line, `\`)
	}
	return strings.Join(out, "\n")
}

// several takes the lines of an answer that goes on to a dot; false when it was left,
// or the input ended before it did: nobody has said then that this is all, and what
// there is stays in the panel, as it does on a screen that ends.
func (t *talk) several(p *dialog.Input, line string) (lines []string, ended bool) {
	for {
		switch {
		case strings.TrimSpace(line) == ".":
			return lines, true
		case leaves(line):
			t.leave()
			return nil, false
		}
		if len(lines) == 0 && strings.TrimSpace(line) == "" { // whoever hears nothing does not know that it is waited for
			t.out.say("Go on; a dot alone ends the answer.")
		}
		lines = append(lines, line)
		var ok bool
		if line, ok = t.read(); !ok {
			p.Set("")
			t.p.Paste(plainly(lines))
			t.refuse(t.theEnd() + " before a dot alone ended the answer: nothing of this answer was saved")
			t.cutOff = true
			return nil, false
		}
	}
}
