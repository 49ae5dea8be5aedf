package plain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// asking reports whether a panel waits for an answer.
func (t *talk) asking() bool {
	p := t.p.Panel()
	if p == nil {
		t.stage = 0
		return false
	}
	return true
}

// question says what the open panel asks, and how to answer it.
func (t *talk) question() {
	panel := t.p.Panel()
	again := panel == t.asked
	t.asked, t.hints = panel, ""
	switch p := dialog.Inner(panel).(type) {
	case *dialog.Input:
		t.askInput(p, again)
	case *dialog.Pick:
		t.askPick(p, again)
	default:
		if t.askMarks() {
			return
		}
		t.askKeys(panel)
	}
}

// askKeys asks what a panel shows that takes keys, and which these are.
func (t *talk) askKeys(panel dialog.Panel) {
	rows, _, _ := panel.Rows(dialog.Look{Theme: &theme.Theme{}}, 1<<10, 1<<10)
	var parts []string
	for _, h := range panel.Hints() {
		parts = append(parts, h.Key+" "+h.Words)
	}
	t.out.say(sentence(strings.Join(strings.Fields(strings.Join(rows, " ")), " ")) + " " + ended(strings.Join(parts, ", ")))
}

// answer gives a line to the open panel; first is whether it answers a question
// that was put, so that a note may go on over lines. What is left of a line of keys
// when the panel has closed is returned.
func (t *talk) answer(text string, first bool) (left string) {
	if leaves(text) {
		t.leave()
		return ""
	}
	switch p := dialog.Inner(t.p.Panel()).(type) {
	case *dialog.Input:
		t.write(p, text, first)
	case *dialog.Pick:
		word := strings.ToLower(strings.TrimSpace(text))
		if p.Free == nil && (word == "esc" || word == "cancel" || word == "back") { // also letters of choices
			t.leave()
			return ""
		}
		t.pick(p, strings.TrimSpace(text))
	default:
		if t.mark(strings.TrimSpace(text)) {
			return ""
		}
		return t.keys(text)
	}
	return ""
}

// leaves reports whether a line leaves a question. Who dictates, or types on glass, gives
// the word a large letter; all in large letters it may be a name.
func leaves(line string) bool {
	switch word := strings.TrimSpace(line); word {
	case "esc", "Esc", "cancel", "Cancel":
		return true
	default:
		return escaped(word)
	}
}

// escaped reports whether a line is what the key of that name sends: who hears that esc
// leaves a question presses it, and then enter.
func escaped(line string) bool { return line != "" && strings.Trim(line, "\x1b") == "" }

// leave leaves the open question.
func (t *talk) leave() {
	words := "Cancelled."
	if p, ok := dialog.Inner(t.p.Panel()).(*dialog.Pick); ok && p.Later != "" {
		words = sentence(p.Later)
	}
	t.p.Press(key("esc"))
	t.out.say(words)
}

// keys gives each character of a line to a panel that takes keys; blanks part
// them. What stands behind the key that closes the panel is returned: it is no answer.
// Where that was the first, it was none that the panel takes, and the letters of the
// same word are no commands.
func (t *talk) keys(text string) (left string) {
	pressed := 0
	for i, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		if t.p.Panel() == nil {
			t.failed = t.failed || pressed == 1
			return text[i:]
		}
		t.p.Press(key(string(r)))
		pressed++
	}
	if strings.TrimSpace(text) == "" {
		t.p.Press(key("esc"))
	}
	return ""
}

func (t *talk) askPick(p *dialog.Pick, again bool) {
	if again {
		if !t.heard.on {
			t.out.say("Which of them? ? tells the choices again, esc leaves the question.")
		}
		t.heard.on = false
		return
	}
	words := sentence(strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(p.Prompt, " "+dialog.GoesThere), " "+dialog.LinksIt), ": "))
	if p.Many {
		words += " Each that you name is switched on or off; several may be named."
	}
	if p.Later != "" {
		words += " An empty line is " + p.Later + "."
	}
	t.out.say(words)
	all := make([]int, len(p.Items))
	for i := range all {
		all[i] = i
	}
	most := maxChoices
	if p.Filter {
		most = maxNear
	}
	t.choices(p, all, most)
}

// chosen finds the item that a name or a key picks; -1 for none.
func chosen(p *dialog.Pick, text string) int {
	for i, it := range p.Items {
		if it.Key != "" && it.Key == text {
			return i
		}
	}
	return slices.Index(choiceNames(p), text)
}

// pick answers a list.
func (t *talk) pick(p *dialog.Pick, text string) {
	raw, forced := strings.CutPrefix(text, `\`)
	i := -1
	if !forced {
		i = chosen(p, text)
	}
	numbers := p.Free != nil && i >= 0 && leadingNumber(p.Items[i].Label) != ""
	switch {
	case text == "?" && i < 0:
		t.hearOn(p)
	case text == "" && (p.Later != "" || p.Many):
		t.p.Press(key("enter"))
	case text == "":
		t.refuse("that is no answer: name one of the choices")
	case p.Many:
		t.flip(p, text)
	case i >= 0 && !numbers:
		t.pickItem(p, i)
	case p.Free != nil && len(raw) > annotations.MaxField:
		t.tooLong(annotations.MaxField)
	case p.Free != nil && p.Free(raw) == "":
		p.Mark(-1)
		t.p.Paste(raw)
		t.p.Press(key("enter"))
	default:
		t.pickWords(p, raw)
	}
}

// pickItem picks an item, or says why it cannot be.
func (t *talk) pickItem(p *dialog.Pick, i int) {
	if off := p.Items[i].Off; off != "" {
		t.refuse(off)
		return
	}
	p.Mark(i)
	t.p.Press(key("enter"))
}

// flip switches the items that are named.
func (t *talk) flip(p *dialog.Pick, text string) {
	var list []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		found := oneOrKeys(p, word)
		if len(found) == 0 {
			t.refuse(fmt.Sprintf("“%s” is none of the choices; nothing was switched", word))
			return
		}
		list = append(list, found...)
	}
	for _, i := range list {
		p.Flip(i)
	}
	t.p.Press(key("enter"))
}

// oneOrKeys lists what a word of an answer names: an item by its name or by the
// beginning of its label, or several by their keys, "ab", as they are typed on
// the screen. It is empty when the word names nothing, or two things.
func oneOrKeys(p *dialog.Pick, word string) []int {
	if i := chosen(p, word); i >= 0 {
		return []int{i}
	}
	var starts, keys []int
	for i, it := range p.Items {
		if strings.HasPrefix(strings.ToLower(it.Label), strings.ToLower(word)) {
			starts = append(starts, i)
		}
	}
	if len(starts) == 1 {
		return starts
	}
	for _, r := range word {
		i := slices.IndexFunc(p.Items, func(it dialog.Item) bool { return it.Key == string(r) })
		if i < 0 {
			return nil
		}
		keys = append(keys, i)
	}
	return keys
}

// pickWords picks the one item that words name, or lists those that fit. What has no
// more than some letters of them is never picked: in a list of a few choices each
// letter that is typed by mistake stands somewhere.
func (t *talk) pickWords(p *dialog.Pick, words string) {
	fit, named := fitting(p, words)
	switch why := p.NoNumber(words); {
	case why != "":
		t.refuse(why)
	case len(fit) == 1 && named:
		t.pickItem(p, fit[0])
	case len(fit) == 1:
		t.refuse("one choice has these letters; what stands before it picks it")
		t.choices(p, fit, maxNear)
	case len(fit) > 1:
		t.refuse(fmt.Sprintf("%d choices fit", len(fit)))
		t.choices(p, fit, maxNear)
	case p.Free != nil:
		t.refuse(p.Free(words))
	default:
		t.refuse(fmt.Sprintf("no choice has the words “%s”", words))
	}
}

// fitting lists the items that words name: the one that is called so, or those
// whose label begins so, or that hold the words, or their letters in order; the
// first kind that there is. named is false for mere letters.
func fitting(p *dialog.Pick, words string) (fit []int, named bool) {
	low := strings.ToLower(words)
	tests := []func(label, all string) bool{
		func(label, _ string) bool { return label == low },
		func(label, _ string) bool { return strings.HasPrefix(label, low) },
		func(_, all string) bool { return strings.Contains(all, low) },
	}
	for n, holds := range tests {
		var out []int
		for i, it := range p.Items {
			l := strings.ToLower(strings.Join(strings.Fields(it.Label), " "))
			if holds(l, l+" "+strings.ToLower(it.Words)) {
				out = append(out, i)
			}
		}
		if len(out) > 0 {
			return out, n < 2 || len(low) > 1
		}
	}
	labels := make([]string, len(p.Items))
	for i, it := range p.Items {
		labels[i] = it.Label + " " + it.Words
	}
	return dialog.Fit(words, labels), false
}
