package tui

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
	"stet.example/stet/tui/theme"
)

// app is the root: it turns keys into actions, hands them to the screen that
// is open, and carries out what the screen asks for. It alone does I/O.
type app struct {
	o       Options
	load    loader
	out     *outbox
	keys    *action.Keymap
	look    dialog.Look
	dark    bool
	w, h    int
	desk    *desk.Screen
	review  *review.Screen // nil on the desk
	over    *overlay       // help or palette, nil when closed
	message string
	bad     bool
	savedAt time.Time
	waiting bool              // an answer must come before the next key counts
	held    []tea.KeyPressMsg // keys typed meanwhile
	hints   []hintBox         // where the hints stand, for the mouse
	first   tea.Cmd           // what is left to do of the first screen
	crash   error
	broken  error // the bindings file, when it cannot be used
}

func newApp(o Options, l loader, out *outbox) *app {
	a := &app{o: o, load: l, out: out, dark: true, desk: desk.New(o.Clock)}
	a.look = dialog.Look{Theme: theme.New(theme.Name(o.Theme), true)}
	a.bind(nil)
	if a.broken != nil {
		a.say(a.broken.Error(), true)
	}
	return a
}

// bind makes the keymap for a codebook; nil on the desk. A file of bindings that
// cannot be used is reported, and the defaults hold.
func (a *app) bind(book *annotations.Codebook) {
	table := action.Table(book)
	if len(a.o.Keys) > 0 {
		bound, err := action.Rebind(action.Table(book), a.o.KeysAt, a.o.Keys)
		if err == nil {
			table = bound
		}
		a.broken = err
	}
	k, err := action.New(table)
	if err != nil { // a codebook key that the screen needs: the codebook's check refuses those
		a.say(err.Error(), true)
		if k, err = action.New(action.Table(nil)); err != nil {
			a.crash = err
			return
		}
	}
	a.keys = k
}

// patience is how long the first frame waits for the store. The renderer draws
// at ticks, so a frame without content costs a whole tick more.
const patience = 40 * time.Millisecond

// begin starts reading what the first screen shows and takes it up at once if it
// comes soon; otherwise the screen is drawn without it and Init's command
// brings it.
func (a *app) begin() {
	read := a.load.desk
	if id := a.o.Article; id != annotations.Desk {
		a.waiting = true
		read = func() tea.Msg { return a.load.review(id) }
	}
	got := make(chan tea.Msg, 1)
	go func() { got <- read() }()
	select {
	case msg := <-got:
		a.first = a.answer(msg)
	case <-time.After(patience):
		a.first = func() tea.Msg { return <-got }
	}
}

// Init implements [tea.Model].
func (a *app) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, a.first) }

// Update implements [tea.Model].
func (a *app) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = a
	defer func() {
		if r := recover(); r != nil {
			a.crash = panicked(a.o, r)
			cmd = tea.Quit
		}
	}()
	return m, a.update(msg)
}

func (a *app) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if a.waiting && msg.String() != "ctrl+c" {
			a.held = append(a.held, msg)
			return nil
		}
		return a.press(msg)
	case tea.PasteMsg:
		a.paste(msg.Content)
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		if !a.waiting {
			return a.mouse(msg)
		}
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		if a.dark != msg.IsDark() {
			a.dark = msg.IsDark()
			a.look.Theme = theme.New(theme.Name(a.o.Theme), a.dark)
		}
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore {
			a.look.Meter = cells.Meter{Clusters: msg.Value.IsSet() || msg.Value.IsReset()}
		}
	case tea.ResumeMsg:
		return tea.ClearScreen
	default:
		return a.answer(msg)
	}
	return nil
}

// answer takes what commands bring back.
func (a *app) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case deskLoaded:
		a.report(msg.err)
		a.desk.Fill(msg.entries, msg.resume)
	case reviewLoaded:
		if msg.err != nil {
			a.report(msg.err)
			return tea.Batch(a.load.desk, a.replay())
		}
		a.review = review.New(msg.doc)
		a.bind(msg.doc.Book)
		return tea.Batch(a.carry([]action.Outcome{action.Moved{Article: a.review.Article(), Sentence: a.review.Current()}}), a.replay())
	case reloaded:
		a.report(msg.err)
		if a.review != nil && msg.err == nil {
			a.review.Reload(msg.doc.Mine, msg.doc.Rulings, msg.doc.Evidence)
			if msg.show != 0 {
				a.review.Show(msg.show)
				return tea.Batch(a.carry([]action.Outcome{action.Moved{Article: a.review.Article(), Sentence: a.review.Current()}}), a.replay())
			}
		}
		return a.replay()
	case historyLoaded:
		a.report(msg.err)
		if a.review != nil && msg.err == nil {
			a.review.ShowHistory(msg.page)
		}
		return a.replay()
	case imported:
		a.report(msg.err)
		if msg.err == nil {
			a.say("Imported.", false)
		}
		return tea.Batch(a.load.desk, a.replay())
	case drained:
		return a.settle(msg.list)
	}
	return nil
}

// replay takes the keys that were typed while an answer was awaited.
func (a *app) replay() tea.Cmd {
	a.waiting = false
	var cmds []tea.Cmd
	for len(a.held) > 0 && !a.waiting {
		k := a.held[0]
		a.held = a.held[1:]
		cmds = append(cmds, a.press(k))
	}
	return tea.Batch(cmds...)
}

// press finds what a key means and does it.
func (a *app) press(k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	if key == "ctrl+c" {
		return tea.Quit
	}
	if key == "ctrl+z" {
		return tea.Suspend
	}
	if a.over != nil {
		return a.pressOver(k)
	}
	if a.typing() {
		if a.review != nil {
			return a.carry(a.review.Press(k))
		}
		return a.carry(a.desk.Press(k))
	}
	act, ok := a.keys.Find(a.scope(), key)
	if !ok {
		a.say(fmt.Sprintf("%s does nothing here; ? shows the keys", action.Show(annotations.Visible(key))), false)
		return nil
	}
	a.message = ""
	return a.do(act)
}

func (a *app) typing() bool {
	if a.review != nil {
		return a.review.Typing()
	}
	return a.desk.Typing()
}

func (a *app) scope() action.Scope {
	if a.review != nil {
		return action.Review
	}
	return action.Desk
}

// do carries out an action, from a key, the palette or the mouse.
func (a *app) do(act action.Action) tea.Cmd {
	switch act.ID {
	case action.Quit:
		return tea.Quit
	case action.Suspend:
		return tea.Suspend
	case action.Redraw:
		return tea.ClearScreen
	case action.Help, action.Palette:
		a.openOver(act.ID)
		return nil
	case action.Cancel:
		if a.review != nil {
			a.review.Cancel()
		} else {
			a.desk.Cancel()
		}
		return nil
	case action.Back:
		return a.back()
	}
	if a.review != nil {
		return a.carry(a.review.Do(act.ID, act.Tag))
	}
	return a.carry(a.desk.Do(act.ID))
}

// back leaves a screen; it never asks, because nothing is unsaved for longer
// than a disk takes.
func (a *app) back() tea.Cmd {
	if a.review == nil {
		return tea.Quit
	}
	a.review = nil
	a.bind(nil)
	return a.load.desk
}

func (a *app) paste(text string) {
	switch {
	case a.over != nil:
		a.over.pick.Paste(text)
	case a.review != nil:
		a.review.Paste(text)
	default:
		a.desk.Paste(text)
	}
}

// carry does what a screen asked for, in order.
func (a *app) carry(list []action.Outcome) tea.Cmd {
	var cmds []tea.Cmd
	for _, o := range list {
		cmds = append(cmds, a.carryOne(o))
	}
	return tea.Batch(cmds...)
}

func (a *app) carryOne(o action.Outcome) tea.Cmd {
	switch o := o.(type) {
	case action.Save:
		return a.save(o)
	case action.Revert:
		a.waiting = true
		a.out.add(entry{revert: o.Mode})
		return a.drain
	case action.Moved:
		if err := a.o.Store.SetPlace(a.o.Session.Actor, store.Place{Article: o.Article, Sentence: o.Sentence}); err != nil {
			a.report(err)
		}
	case action.Say:
		a.say(o.Words, o.Bad)
	case action.OpenArticle:
		a.waiting = true
		return func() tea.Msg { return a.load.review(o.Article) }
	case action.ImportFile:
		if a.o.Import == nil {
			a.say("import is off here; run: stet import FILE", true)
			return nil
		}
		a.waiting = true
		return func() tea.Msg {
			id, err := a.o.Import(a.load.ctx, o.Path)
			return imported{id: id, err: err}
		}
	case action.CopyText:
		return tea.SetClipboard(o.Text)
	case action.AskHistory:
		a.waiting = true
		n, _ := a.review.Number()
		return func() tea.Msg { return a.load.history(o.Article, o.Sentence, n) }
	case action.Leave:
		return a.back()
	}
	return nil
}

// save queues an act. A confidential note is sealed with a fresh salt first.
func (a *app) save(o action.Save) tea.Cmd {
	for i := range o.Changes {
		c := &o.Changes[i]
		if c.Secret == "" {
			continue
		}
		var salt [16]byte
		if _, err := rand.Read(salt[:]); err != nil {
			a.report(err)
			return nil
		}
		c.Annotation.Confidential = annotations.Seal(salt, c.Secret)
		a.review.Sealed(c.Sentence, c.Annotation.Confidential)
	}
	a.out.add(entry{article: o.Article, changes: o.Changes, words: o.Words})
	a.say(o.Words+" …", false)
	return a.drain
}

func (a *app) drain() tea.Msg { return drained{a.out.drain(a.load.ctx)} }

// settle tells the screen what became of the acts that were saved.
func (a *app) settle(list []settled) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range list {
		switch {
		case errors.Is(s.err, store.ErrNotFound) && s.revert != annotations.Do:
			a.say(capital(s.err.Error())+".", false)
			cmds = append(cmds, a.replay())
		case isStuck(s.err):
			a.report(s.err)
			cmds = append(cmds, a.replay()) // it stays queued, and on the screen with "…"
		case s.err != nil:
			a.report(s.err)
			cmds = append(cmds, a.reload(0))
		case s.revert != annotations.Do:
			a.savedAt = a.o.Clock()
			cmds = append(cmds, a.reverted(s))
		default:
			a.savedAt = a.o.Clock()
			if a.review != nil && a.review.Article() == s.article {
				a.review.Saved(s.changes)
			}
			if a.out.waiting() == 0 && strings.HasPrefix(a.message, s.words) {
				a.say(capital(s.words)+". Saved.", false)
			}
		}
	}
	return tea.Batch(cmds...)
}

// reload reads what is said anew; show is the sentence to go to.
func (a *app) reload(show annotations.SentenceID) tea.Cmd {
	if a.review == nil {
		return tea.Batch(a.load.desk, a.replay())
	}
	a.waiting = true
	id := a.review.Article()
	return func() tea.Msg { return a.load.reload(id, show) }
}

// reverted names what was taken back, and goes there.
func (a *app) reverted(s settled) tea.Cmd {
	e := &s.reverted[len(s.reverted)-1]
	what := map[annotations.Mode]string{annotations.Undo: "Undid", annotations.Redo: "Redid"}[s.revert]
	words := fmt.Sprintf("%s: %s on %s", what, Describe(&annotations.Event{Kind: e.Kind, Verb: e.Verb, Before: e.Before, After: e.After, RuleAfter: e.RuleAfter}), e.Sentence)
	if e.Mode == annotations.Undo {
		words = fmt.Sprintf("%s: %s on %s", what, e.Verb, e.Sentence)
	}
	if len(s.reverted) > 1 {
		words += fmt.Sprintf(" and %d more", len(s.reverted)-1)
	}
	show := e.Sentence
	if a.review == nil || a.review.Article() != e.Article {
		words += " in another article"
		show = 0
	}
	a.say(words+". Saved.", false)
	return a.reload(show)
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// say puts words on the message line.
func (a *app) say(words string, bad bool) { a.message, a.bad = annotations.Visible(words), bad }

// report shows an error.
func (a *app) report(err error) {
	if err != nil {
		a.say(capital(err.Error()), true)
	}
}
