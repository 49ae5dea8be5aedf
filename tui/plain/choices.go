package plain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/tui/dialog"
)

// maxChoices is how many choices are listed at once.
const maxChoices = 30

// maxNear is how many choices of a list that is narrowed by typing are listed
// before anything was typed.
const maxNear = 9

// heard is how far a list of choices was told.
type heard struct {
	items []int // what is listed, indexes into the items of the list
	told  int   // how many of them were told
	on    bool  // they were just told, and need no reminder
}

// choices lists items by the names that pick them, the first most of them; hearOn
// goes on with the others.
func (t *talk) choices(p *dialog.Pick, items []int, most int) {
	t.heard = heard{items: items}
	t.tellChoices(p, most)
}

// hearOn tells the choices that were not told yet, and after the last the first again:
// on a screen one moves through a list, and need not guess at the words of what it
// holds further down.
func (t *talk) hearOn(p *dialog.Pick) {
	if len(t.heard.items) == 0 { // nothing to choose from yet: what is asked is what can be told
		t.askPick(p, false)
	}
	if t.heard.told == len(t.heard.items) {
		t.heard.told = 0
	}
	t.tellChoices(p, maxChoices)
	t.heard.on = true
}

func (t *talk) tellChoices(p *dialog.Pick, most int) {
	names := choiceNames(p)
	left := t.heard.items[t.heard.told:]
	now := left[:min(len(left), most)]
	for _, i := range now {
		t.out.say(choiceLine(p, i, names[i]))
	}
	t.heard.told += len(now)
	if more := len(left) - len(now); more > 0 {
		t.out.say(fmt.Sprintf("And %d more; ? tells them, words narrow the list.", more))
	}
}

// choiceLine is "2, c: contested: …. It is on." What it is about may hold several
// lines: each would be heard as a choice.
func choiceLine(p *dialog.Pick, i int, name string) string {
	it := p.Items[i]
	if it.Key != "" && it.Key != name {
		name += ", " + it.Key
	}
	line := name
	for _, part := range []string{label(p, i), strings.Join(strings.Fields(it.Words), " ")} {
		if part != "" {
			line += ": " + part
		}
	}
	if it.On {
		line += ". It is on."
	}
	if it.Off != "" {
		line += ". Not now: " + it.Off
	}
	return line
}

// label is an item's label without what its name says already, and without the
// blanks that line up columns.
func label(p *dialog.Pick, i int) string {
	words := strings.Fields(p.Items[i].Label)
	if leadingNumber(p.Items[i].Label) != "" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// leadingNumber is the number of a sentence that a label begins with, behind the blanks
// that line up a column.
func leadingNumber(s string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	if _, err := strconv.ParseUint(word, 10, 32); err != nil {
		return ""
	}
	return word
}

// choiceNames are the names by which the items of a list are picked: a
// sentence's own number where items are sentences; letters where a number that
// is typed means something else; else 1, 2, 3 ….
func choiceNames(p *dialog.Pick) []string {
	names := make([]string, len(p.Items))
	sentences := slices.ContainsFunc(p.Items, func(it dialog.Item) bool { return leadingNumber(it.Label) != "" })
	letters := 0
	for i, it := range p.Items {
		switch number := leadingNumber(it.Label); {
		case sentences && number != "":
			names[i] = number
		case (sentences || p.Free != nil) && it.Key != "":
			names[i] = it.Key
		case sentences || p.Free != nil:
			if letters < 26 {
				names[i] = string(rune('a' + letters))
			}
			letters++
		default:
			names[i] = strconv.Itoa(i + 1)
		}
	}
	return names
}
