package plain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Options are what a conversation needs to know of its surroundings.
type Options struct {
	Reviewer    string // who works
	Width       int    // cells of the terminal; 0 = not known, lines are not broken
	Interactive bool   // somebody reads along: long pages wait after 20 lines
}

// pageLines is how many lines of a page are written before it waits.
const pageLines = 20

// talk is a conversation.
type talk struct {
	ctx    context.Context //nolint:containedctx // it lasts as long as the conversation
	p      Program
	o      Options
	in     *reader
	out    *printer
	back   []string     // lines that were read and not used
	behind bool         // the line read last answered a question
	ahead  bool         // those in back came together with an answer
	asked  dialog.Panel // the panel whose question was asked last
	hints  string       // the hints that were told last
	told   told
	heard  heard // of the choices of a list
	stage  int   // of marking words
	failed bool  // something was refused: the rest of the line is left
	cutOff bool  // the end came in the middle of an answer, and that was said
}

// told is what was told last, so that nothing is told twice.
type told struct {
	article annotations.ArticleID
	desk    bool
	place   string
	done    int
	coach   []string
}

// Talk talks until the reviewer leaves, the input or ctx ends, or the output
// fails; that failure is its error.
func Talk(ctx context.Context, in io.Reader, out io.Writer, p Program, o Options) error {
	t := &talk{ctx: ctx, p: p, o: o, in: newReader(in), out: &printer{w: out, width: o.Width}}
	defer t.in.close()
	t.out.say(fmt.Sprintf("stet in lines. You are %s. Give a key and press enter; %s lists the keys, %s goes back, esc leaves a question, an empty line tells again where you are.", o.Reviewer, t.keyOf(action.Help), t.keyOf(action.Back)))
	for {
		t.said()
		t.pages()
		if p.Left() || t.out.err != nil {
			return t.out.err
		}
		if !t.asking() && !t.place() {
			continue // what is said next is why
		}
		t.prompt()
		if !t.asking() {
			t.pasted()
		}
		line, ok := t.read()
		if !ok {
			t.unanswered()
		}
		if !ok || t.out.err != nil {
			return t.out.err
		}
		t.behind = t.asking()
		t.take(line)
	}
}

// unanswered says that the end came in the middle of a question, once: a script that
// goes wrong there ends like one that was done.
func (t *talk) unanswered() {
	if t.asking() && !t.cutOff {
		t.out.say(t.theEnd() + " before this question was answered: nothing of it was saved.")
	}
}

// theEnd begins a sentence on what was not done any more.
func (t *talk) theEnd() string {
	if t.ctx.Err() != nil {
		return "This ended"
	}
	return "The input ended"
}

func (t *talk) read() (string, bool) {
	if len(t.back) > 0 {
		line := t.back[0]
		t.back = t.back[1:]
		return line, true
	}
	return t.in.line(t.ctx)
}

// take does what a line says.
func (t *talk) take(line string) {
	t.failed = false
	if !t.asking() && strings.TrimSpace(line) == "" {
		t.told = told{done: t.told.done}
		t.hints = ""
		return
	}
	rest := line
	for first := true; first || strings.TrimSpace(rest) != ""; first = false {
		switch {
		case t.p.Left():
			return
		case t.asking():
			text := rest
			if rest = ""; !first {
				text, rest = cutAnswer(text)
			}
			if left := t.answer(text, first); left != "" {
				rest = left + " " + rest
			}
		default:
			rest = t.command(rest)
		}
		t.said()
		t.pages()
		if t.failed && strings.TrimSpace(rest) != "" {
			t.out.say("The rest of the line was left.")
			return
		}
	}
}

// command does the first key or word of a line and returns what is left of it.
func (t *talk) command(line string) (rest string) {
	if line = strings.TrimSpace(line); escaped(line) {
		line = "esc"
	}
	if words, ok := strings.CutPrefix(line, ":"); ok {
		t.findCommand(strings.TrimSpace(words))
		return ""
	}
	if t.p.Review() == nil && t.openNumber(line) {
		return ""
	}
	name, rest, ok := cutKey(line)
	if !ok {
		act, found := t.byName(name)
		if !found && t.p.Review() != nil && strings.Trim(name, "0123456789") == "" {
			t.refuse(fmt.Sprintf("%s alone does nothing: %s %s goes to that sentence", name, t.keyOf(action.Goto), name))
			return ""
		}
		if !found {
			t.refuse(fmt.Sprintf("“%s” is neither a key nor the name of an action. Give keys with blanks between them; %s lists them, :words finds one", name, t.keyOf(action.Help)))
			return ""
		}
		t.do(act)
		return rest
	}
	act, found := t.p.Find(key(name).String())
	if !found {
		t.failed = true
		t.out.say(fmt.Sprintf("%s does nothing here; %s lists the keys.", name, t.keyOf(action.Help))) // e is not E
		return rest
	}
	t.do(act)
	return rest
}

// refuse says why something was not done.
func (t *talk) refuse(words string) {
	t.failed = true
	t.out.say(sentence(brief(words)))
}

// maxQuoted is how much of an answer a refusal says again, in characters.
const maxQuoted = 60

// brief shortens what a refusal quotes: who pasted a page by mistake would hear all of it.
func brief(words string) string {
	return longQuote().ReplaceAllStringFunc(words, func(quote string) string {
		return string([]rune(quote)[:maxQuoted+1]) + "…”"
	})
}

func longQuote() *regexp.Regexp {
	return regexp.MustCompile(fmt.Sprintf("“[^”]{%d,}”", maxQuoted+1))
}

// do carries out an action; some are done otherwise in lines.
func (t *talk) do(act action.Action) {
	switch act.ID {
	case action.Help:
		t.help()
	case action.Palette:
		t.out.say("Give a colon and words of what you want to do, such as :undo or :note.")
	case action.Redraw:
		t.told = told{}
	case action.Suspend:
		t.refuse("suspend is the terminal's own affair here")
	case action.PageDown, action.PageUp:
		t.leap(act.ID)
	case action.AcceptAll:
		t.acceptQuotation(act)
	case action.Accept:
		if r := t.p.Review(); r != nil && t.p.Why(act.ID) == "" && r.Untold() {
			t.refuse("what is suggested here was not told yet")
			return
		}
		t.p.Do(act)
	default:
		t.p.Do(act)
	}
}

// leap goes on or back by ten: there is no screen to go by.
func (t *talk) leap(id action.ID) {
	step := map[action.ID]action.ID{action.PageDown: action.Next, action.PageUp: action.Prev}[id]
	i := slices.IndexFunc(t.p.Live(), func(a action.Action) bool { return a.ID == step })
	for range 10 {
		if i >= 0 {
			t.p.Do(t.p.Live()[i])
		}
	}
}

// acceptQuotation reads a quotation out before it is taken, because nothing
// unheard is accepted.
func (t *talk) acceptQuotation(act action.Action) {
	r := t.p.Review()
	if r == nil {
		t.p.Do(act)
		return
	}
	list := r.Quoted()
	if len(list) == 0 || t.p.Why(act.ID) != "" {
		t.p.Do(act)
		return
	}
	for _, s := range list {
		t.out.say(s.Where + " " + s.State + " " + s.Text)
	}
	t.out.say(fmt.Sprintf("Take what is suggested for these %d? y takes them, anything else does not.", len(list)))
	if line, ok := t.read(); ok && (strings.TrimSpace(line) == "y" || strings.TrimSpace(line) == "yes") {
		t.p.Do(act)
		return
	}
	t.refuse("nothing was taken")
}

// byName finds an action by its name or its short words.
func (t *talk) byName(name string) (action.Action, bool) {
	if strings.EqualFold(name, "quit") || strings.EqualFold(name, "exit") {
		name = string(action.Quit)
	}
	for _, a := range t.p.Live() {
		if strings.EqualFold(string(a.ID), name) || strings.EqualFold(a.Hint, name) {
			return a, true
		}
	}
	return action.Action{}, false
}

// findCommand does what words name, or lists what they may mean.
func (t *talk) findCommand(words string) {
	if words == "" {
		t.help()
		return
	}
	if act, ok := t.byName(words); ok {
		t.do(act)
		return
	}
	var fit []action.Action
	for _, a := range t.p.Live() {
		if strings.Contains(strings.ToLower(string(a.ID)+" "+a.Hint+" "+a.Words), strings.ToLower(words)) {
			fit = append(fit, a)
		}
	}
	switch len(fit) {
	case 0:
		t.refuse(fmt.Sprintf("no action has the words “%s”; %s lists all", words, t.keyOf(action.Help)))
	case 1:
		t.do(fit[0])
	default:
		t.refuse(fmt.Sprintf("%d actions have these words. Give one of their keys", len(fit)))
		for _, a := range fit {
			t.out.say(t.keyLine(a))
		}
	}
}

// keyLine is "s, 1: sourced. Tag as sourced and go to …".
func (t *talk) keyLine(a action.Action) string {
	keys := make([]string, len(a.Keys))
	for i, k := range a.Keys {
		keys[i] = strings.NewReplacer("ctrl+", "control ").Replace(k)
	}
	head := strings.Join(keys, ", ")
	if head == "" {
		head = cmp.Or(a.LostTo(t.p.Live()), "no key")
	}
	line := head + ": " + a.Hint + ". " + sentence(a.Words)
	if why := t.p.Why(a.ID); why != "" {
		line += " Not now: " + sentence(why)
	}
	return line
}

// help lists what can be done here, in groups.
func (t *talk) help() {
	p := dialog.Page{Title: "The keys. A line is one or more of them."}
	for _, g := range action.Groups() {
		head := g
		for _, a := range t.p.Live() {
			if a.Group != g || a.ID == action.Suspend || a.ID == action.Redraw {
				continue
			}
			p.Paras = append(p.Paras, dialog.Para{Head: head, Text: t.keyLine(a)})
			head = ""
		}
	}
	t.page(&p)
}
