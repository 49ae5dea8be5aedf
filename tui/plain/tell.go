package plain

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
)

// said tells what the program said, and how far one is where that changed.
func (t *talk) said() {
	list := t.p.Said()
	for i, s := range list {
		t.failed = t.failed || s.Bad
		if i > 0 && s == list[i-1] {
			continue
		}
		if s.Bad {
			s.Words = brief(s.Words)
		}
		t.out.say(sentence(s.Words))
	}
	if r := t.p.Review(); r != nil && r.Article() == t.told.article {
		if done, need := r.Progress(); done != t.told.done {
			t.told.done = done
			t.out.say(fmt.Sprintf("%d of %d tagged.", done, need))
		}
	}
	coach := t.p.Coach()
	for _, line := range coach { // of a step that goes on, what is new about it
		if !slices.Contains(t.told.coach, line) {
			t.out.say(line)
		}
	}
	t.told.coach = coach
}

// place tells where one is, if that was not told already. It reports false, and tells
// nothing, where that cannot be read.
func (t *talk) place() bool {
	r := t.p.Review()
	if r == nil {
		t.deskPlace()
		return true
	}
	s := r.Tell()
	if r.Fault() != nil {
		return false
	}
	if t.told.desk || t.told.article != r.Article() {
		done, need := r.Progress()
		t.told = told{article: r.Article(), done: done, coach: t.told.coach}
		t.out.say(fmt.Sprintf("Article %s. %d of %d tagged.", r.Name(), done, need))
	}
	where := s.Where
	if name, n := r.Filter(); name != "" {
		where += fmt.Sprintf(" Filter %s: %d.", name, n)
	}
	if where == t.told.place {
		return true
	}
	t.told.place = where
	t.out.say(strings.Join(append([]string{where, s.State}, s.More...), " "))
	t.out.say(s.Text)
	return true
}

// maxDesk is how many articles are listed at once.
const maxDesk = 20

func (t *talk) deskPlace() {
	d := t.p.Desk()
	_, marked := d.Shown()
	if !t.told.desk || t.told.place != deskKey(d) {
		t.told = told{desk: true, place: deskKey(d), done: marked, coach: t.told.coach}
		t.listDesk(d)
		return
	}
	if t.told.done != marked {
		t.told.done = marked
		t.out.say(entryLine(d, marked))
	}
}

// deskKey tells lists apart, as far as they are listed.
func deskKey(d *desk.Screen) string {
	var b strings.Builder
	n, _ := d.Shown()
	fmt.Fprintf(&b, "%s\x00%d;", d.Filtered(), n)
	for i := range min(n, maxDesk) {
		e := d.Entry(i)
		fmt.Fprintf(&b, "%s %d %v %v %v %d;", e.Name, e.Tagged, e.Finished, e.Yours, e.Older, d.AskedIn(e.ID))
	}
	return b.String()
}

func (t *talk) listDesk(d *desk.Screen) {
	n, _ := d.Shown()
	switch filter := d.Filtered(); {
	case n == 0 && filter != "":
		t.out.say(fmt.Sprintf("The desk. No article has the letters “%s”; esc shows all.", filter))
		return
	case n == 0:
		if why := d.Why(action.Import); why != "" {
			t.out.say("The desk. No article yet: " + why + ".")
			return
		}
		t.out.say("The desk. No article yet: " + t.keyOf(action.Import) + " imports a file.")
		return
	case filter != "":
		t.out.say(fmt.Sprintf("The desk. %s with the letters “%s”; esc shows all.", articles(n), filter))
	default:
		t.out.say("The desk. " + articles(n) + ".")
	}
	for i := range min(n, maxDesk) {
		t.out.say(entryLine(d, i))
	}
	if more := n - maxDesk; more > 0 {
		t.out.say(fmt.Sprintf("And %d more; %s narrows the list, a number opens any of them.", more, t.keyOf(action.Filter)))
	}
}

func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}

// entryLine is "1 harbour-post-…: Title. Harbour Post. 2026-01-02. 3 of 5 tagged."
func entryLine(d *desk.Screen, n int) string {
	if of, _ := d.Shown(); n >= of {
		return "No article."
	}
	e := d.Entry(n)
	line := fmt.Sprintf("%d %s.", n+1, e.Name)
	for _, part := range []string{e.Title, e.Outlet, e.Published} {
		if part != "" {
			line += " " + ended(part)
		}
	}
	line += fmt.Sprintf(" %d of %d tagged.", e.Tagged, e.Required)
	switch {
	case e.Finished:
		line += " Finished."
	case e.Yours:
		line += " Assigned to you."
	}
	switch n := d.AskedIn(e.ID); {
	case n == 1:
		line += " A lead asks once there."
	case n > 1:
		line += fmt.Sprintf(" A lead asks %d times there.", n)
	}
	if e.Older {
		line += " Its text was changed since: a later one is here."
	}
	return line
}

// openNumber opens an article by its number.
func (t *talk) openNumber(line string) bool {
	n := 0
	if _, err := fmt.Sscanf(line, "%d", &n); err != nil || fmt.Sprint(n) != line {
		return false
	}
	if !t.p.Desk().Mark(n - 1) {
		of, _ := t.p.Desk().Shown()
		t.refuse(fmt.Sprintf("there is no article %d: %s", n, articles(of)))
		return true
	}
	for _, a := range t.p.Live() {
		if a.ID == action.Open {
			t.p.Do(a)
		}
	}
	return true
}

// prompt asks: what the open panel asks, or what is to be done.
func (t *talk) prompt() {
	if t.asking() {
		t.question()
		return
	}
	t.asked = nil
	lead := "Which article? A number opens it."
	var ids []action.ID
	if r := t.p.Review(); r != nil {
		ids, _ = r.Hints()
		lead = "What next?"
		if !r.Tell().Tagged {
			lead = "What is it?"
		}
	} else {
		ids, _ = t.p.Desk().Hints()
		if n, _ := t.p.Desk().Shown(); n == 0 {
			lead = "What is to be done?"
		}
	}
	hints := t.hintWords(ids)
	if hints == t.hints {
		t.out.say(lead)
		return
	}
	t.hints = hints
	t.out.say(lead + " " + hints)
}

// keyOf is the key of an action that is live; its name where it has none.
func (t *talk) keyOf(id action.ID) string {
	for _, a := range t.p.Live() {
		if a.ID == id && len(a.Keys) > 0 {
			return strings.NewReplacer("ctrl+", "control ").Replace(a.Keys[0])
		}
	}
	return string(id)
}

// hintWords is "s sourced, c contested, x contextual, ? for all keys."
func (t *talk) hintWords(ids []action.ID) string {
	var parts []string
	for _, id := range ids {
		for _, a := range t.p.Live() {
			if a.ID == id && len(a.Keys) > 0 && id != action.Help {
				parts = append(parts, a.Keys[0]+" "+a.Hint)
				break
			}
		}
	}
	return strings.Join(append(parts, t.keyOf(action.Help)+" for all keys."), ", ")
}

// pages writes the page that is open and closes it.
func (t *talk) pages() {
	p, ok := dialog.Inner(t.p.Panel()).(*dialog.Page)
	if !ok {
		return
	}
	t.page(p)
	t.p.Press(key("esc"))
}

// page writes a page, for somebody who reads along in pieces.
func (t *talk) page(p *dialog.Page) {
	lines := t.out.lines(sentence(p.Title))
	for _, para := range p.Paras {
		for _, text := range []string{sentence(para.Head), para.Text} {
			if text != "" {
				lines = append(lines, t.out.lines(text)...)
			}
		}
	}
	for n, line := range lines {
		if t.o.Interactive && n > 0 && n%pageLines == 0 {
			t.out.say(fmt.Sprintf("%d lines more. Enter goes on, q ends it.", len(lines)-n))
			next, ok := t.read()
			switch strings.TrimSpace(next) {
			case "":
				if !ok {
					return
				}
			case "q", "esc":
				return
			default: // whoever has heard enough goes on with the work
				t.back = append([]string{next}, t.back...)
				return
			}
		}
		t.out.say(annotations.Visible(line))
	}
}
