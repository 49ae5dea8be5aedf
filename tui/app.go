package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store/survey"
	"stet.example/stet/tui/action"
	lead "stet.example/stet/tui/audit"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
	"stet.example/stet/tui/theme"
)

// app is the root: it turns keys into actions, hands them to the screen that
// is open, and carries out what the screen asks for. It alone does I/O.
type app struct {
	o        Options
	load     loader
	out      *outbox
	keys     *action.Keymap
	taught   *action.Keymap // with the tags of the article that was opened last; nil before one was
	look     dialog.Look
	term     *terminal // nil where Bubble Tea's own renderer draws
	dark     bool
	w, h     int
	desk     *desk.Screen
	review   *review.Screen // nil on the desk
	audit    *lead.Screen   // the lead's desk; nil when closed. A review may be open over it
	auditor  auditor
	compared *comparing // an original and its rewrite; nil when closed. A review may be open over it
	next     tea.Cmd    // what the end of a panel led to, beside its outcomes
	asks     *survey.Asks
	asked    []audit.Asked // what leads ask; nil: not read yet
	over     *overlay      // help or palette, nil when closed
	message  string
	bad      bool
	savedAt  time.Time
	draft    string    // where a half-written note of the article is kept; "" for nowhere
	proving  bool      // a text is shown whose hash is not worked out yet
	opening  bool      // the answer that brings an article must come before the next key counts; see waits
	pairing  bool      // the one that brings a comparison, or a list of those that could be, must
	answers  int       // how many others must
	reverts  int       // what was to be taken back, or done again, and was not yet
	held     []tea.Msg // keys and pastes that came meanwhile
	undrawn  bool      // something was done that no frame shows yet
	filling  bool      // what the desk lacks is being read
	deskTurn int       // how often the desk was asked for anew
	deskDue  bool      // it is going to be, because it could not be read
	hints    []hintBox // where the hints stand, for the mouse
	hintAt   int       // their row
	overTop  int       // the row on which help or the palette begins
	clicked  *clicked  // the last click, if it opened or closed something
	first    tea.Cmd   // what is left to do of the first screen
	grown    uint64    // size of the log, as it was told
	known    uint64    // size up to which it was looked at
	measured bool      // known is; else nobody tells that the log grows
	looking  bool      // a question about it is under way
	lookedAt time.Time // when the last one was answered
	stale    bool      // others said something that is not shown yet: of the article on the screen, what
	behind   changed
	unread   unread   // what of that could not be read
	plight   string   // why acts could not be saved, as it was said; "" when all can be
	retrying bool     // what could not be saved is going to be tried again
	with     *company // who else is there; nil where that is not known
	advice   advising // on its way
	crash    error
	broken   error  // the bindings file, when it cannot be used
	wasTold  string // what was told of that
}

func newApp(o Options, l loader, out *outbox) *app {
	a := &app{o: o, load: l, out: out, dark: !lightByName(o.Environ), desk: desk.New(o.Clock)}
	a.look = dialog.Look{Theme: theme.New(theme.Name(o.Theme), a.dark)}
	a.auditor, a.asks = newAuditor(o, l), survey.NewAsks(o.Store, l.who)
	if o.Company != nil {
		a.with = &company{of: o.Company}
	}
	if !l.suggest {
		a.desk.Blind()
	}
	if o.Import == nil {
		a.desk.NoImport()
	}
	a.bind(nil)
	a.desk.Keyed(func(id action.ID) string {
		if id == action.Answer { // it is done in the article
			return a.keyOf(action.Review, id)
		}
		return a.keyOf(action.Desk, id)
	})
	if o.Article == annotations.Desk { // else it is told when that is open
		a.tellBroken()
	}
	if o.Warning != "" {
		a.say("warning: "+o.Warning, true)
	}
	return a
}

// patience is how long the first frame waits for the store: a frame without
// content, that is replaced at once, only flickers.
const patience = 40 * time.Millisecond

// begin starts reading what the first screen shows and takes it up at once if it
// comes soon; otherwise the screen is drawn without it and Init's command
// brings it.
func (a *app) begin() {
	read := a.load.desk
	if id := a.o.Article; id != annotations.Desk {
		a.opening = true
		read = func() tea.Msg { return a.load.review(id, 0) }
	}
	if a.o.Audit != nil {
		a.audit = a.newAudit()
		read = func() tea.Msg { return a.auditor.load(true, false) }
	}
	if c := a.o.Compare; c != nil {
		a.pairing = true
		read = func() tea.Msg { return a.load.compared(*c, false, "") }
	}
	got := make(chan tea.Msg, 1)
	go func() { got <- guarded(read)() }()
	select {
	case msg := <-got:
		if _, bad := msg.(fault); bad { // told as one that comes later is
			a.first = func() tea.Msg { return msg }
			return
		}
		a.first = a.answer(msg)
	case <-time.After(patience):
		a.first = func() tea.Msg { return <-got }
	}
}

// Init implements [tea.Model].
func (a *app) Init() tea.Cmd {
	if a.term != nil {
		return guarded(a.first) // the terminal was asked for its background when it was taken
	}
	return guarded(tea.Batch(tea.RequestBackgroundColor, a.first))
}

// Update implements [tea.Model].
func (a *app) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = a
	defer func() {
		if r := recover(); r != nil {
			a.crash = panicked(a.o, r)
			cmd = tea.Quit
		}
	}()
	a.glance(msg)
	cmd = guarded(a.update(msg))
	a.stand()
	a.draw()
	cmd = tea.Batch(cmd, guarded(a.afterFrame()))
	if a.review != nil && a.review.Fault() != nil { // words that are to be seen, too
		cmd = tea.Batch(cmd, a.shut(a.review.Fault()))
		a.draw()
	}
	return m, cmd
}

func (a *app) update(msg tea.Msg) tea.Cmd {
	cmd := a.handle(msg)
	if len(a.held) > 0 && !a.waits() && !a.unseen() { // what they waited for has come
		cmd = tea.Batch(cmd, a.replay())
	}
	return tea.Batch(cmd, a.fillIn(), a.readOn(), a.caughtUp())
}

func (a *app) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if (a.waits() || a.early(msg)) && a.holds(msg) || a.unseen() && a.keeps(msg) {
			return nil
		}
		return a.press(msg)
	case tea.PasteMsg:
		if a.waits() || a.unseen() && !a.goesOnWriting() { // what it is pasted into opens with a key that waits too
			a.held = append(a.held, msg)
			return nil
		}
		a.paste(msg.Content)
	case tea.MouseClickMsg, tea.MouseWheelMsg, tea.MouseMotionMsg:
		switch m, ok := msg.(tea.MouseClickMsg); {
		case a.waits() || a.unseen():
		case ok && m.Button == tea.MouseLeft:
			return a.clicks(m)
		default:
			return a.mouse(msg)
		}
	case resized:
		a.resize(Size(msg))
	case tea.WindowSizeMsg:
		if a.term == nil { // else it is what was asked of the terminal already
			a.resize(Size{msg.Width, msg.Height})
		}
	case tea.BackgroundColorMsg:
		if a.dark != msg.IsDark() {
			a.dark = msg.IsDark()
			a.look.Theme = theme.New(theme.Name(a.o.Theme), a.dark)
		}
	case tea.ModeReportMsg:
		a.ability(msg)
	case resumed:
		return a.resumed(msg)
	case continued:
		return a.goesOn()
	case fault:
		panic(msg)
	default:
		return a.answer(msg)
	}
	return nil
}

// answer takes what commands bring back.
func (a *app) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case deskLoaded:
		return a.filled(msg)
	case deskAgain:
		return a.unreadDesk()
	case entriesRead:
		a.told(msg)
	case reviewLoaded:
		a.opening = false
		return a.open(msg)
	case reviewProved:
		return a.proved(msg)
	case reloaded:
		a.came()
		return a.rereadMsg(msg)
	case readAgain:
		a.again()
	case historyLoaded:
		a.came()
		a.report(msg.err)
		switch {
		case msg.err != nil:
		case a.review != nil:
			a.review.ShowHistory(msg.page)
		case a.audit != nil:
			a.audit.ShowHistory(msg.page)
		}
		return a.replay()
	case imported:
		a.came()
		return tea.Batch(a.showImported(msg), a.replay())
	case drained:
		return a.settle(msg.list)
	case advised, partRead, scanned:
		return a.adviceMsg(msg)
	case moved:
		return a.looked(msg.size)
	case met:
		a.meet()
	case retry:
		return a.tryAgain()
	case news:
		return a.heard(msg)
	case bound:
		if msg.err != nil {
			return a.postpone(msg.err, changed{}) // whatever is read anew tells it, too
		}
		if a.review != nil {
			a.review.Bind(msg.binding)
		}
	case auditLoaded, auditRuled, auditDrawn, auditComputed, auditFollow:
		return a.audited(msg)
	case attached, edited, searched:
		return a.fetched(msg)
	case compareLoaded, pairsFound:
		return a.comparedMsg(msg)
	case askedLoaded, answering, answered, urgentFound:
		return a.asking(msg)
	case notPossible:
		a.tellPossible(msg)
	}
	return nil
}

// press finds what a key means and does it.
func (a *app) press(k tea.KeyPressMsg) tea.Cmd {
	if k.Code == tea.KeyEscape {
		k.Mod = 0 // two escapes in a row arrive as one with alt; esc cancels, always
	}
	key := k.String()
	if key == "ctrl+c" {
		return tea.Quit
	}
	if key == "ctrl+z" {
		return a.suspend()
	}
	if act, ok := a.keys.Find(action.Everywhere, key); ok && act.ID == action.Redraw && k.Text == "" {
		return a.redraw() // also while something is written
	}
	if plain, ok := a.behindEsc(k); ok {
		return tea.Batch(a.press(tea.KeyPressMsg{Code: tea.KeyEscape}), a.press(plain))
	}
	if a.over != nil {
		return a.pressOver(k)
	}
	if a.top().Typing() {
		return tea.Batch(a.carry(a.top().Press(k)), a.chosen())
	}
	act, ok := a.keys.Find(a.scope(), key)
	if !ok {
		a.unknown(key)
		return nil
	}
	// A fresh paint shows what was there, and what waits for a frame is of what stands in it.
	if act.ID != action.Redraw && !a.unshown(act.ID) {
		a.message = ""
	}
	return a.do(act)
}

func (a *app) typing() bool { return a.top().Typing() }

func (a *app) scope() action.Scope { return a.top().Scope() }

// do carries out an action, from a key, the palette or the mouse.
func (a *app) do(act action.Action) tea.Cmd {
	if a.awaits(act) {
		return nil
	}
	switch act.ID {
	case action.Quit:
		return tea.Quit
	case action.Suspend:
		return a.suspend()
	case action.Redraw:
		return a.redraw()
	case action.Help, action.Palette:
		a.openOver(act.ID)
		return a.askPossible()
	case action.Cancel:
		return a.carry(a.top().Cancel())
	case action.Back:
		return a.back()
	case action.LeadDesk:
		return a.openAudit()
	case action.Compare:
		return a.openCompare()
	case action.Answer:
		return a.answerHere()
	}
	return a.carry(a.top().Do(act))
}

// back leaves a screen; it never asks, because nothing is unsaved for longer
// than a disk takes.
func (a *app) back() tea.Cmd {
	switch {
	case a.review != nil:
		a.review = nil
		a.bind(nil)
		if a.compared != nil {
			return a.backToCompare("")
		}
		if a.audit != nil {
			return a.reloadAudit(false)
		}
	case a.compared != nil:
		return a.leaveCompare()
	case a.audit != nil:
		if out, ok := a.audit.Back(); ok {
			return a.carry(out)
		}
		a.audit = nil
	default:
		return tea.Quit
	}
	return a.readDesk()
}

func (a *app) paste(text string) {
	if a.over != nil {
		a.over.pick.Paste(text)
		return
	}
	a.top().Paste(text)
}

// say puts words on the message line.
func (a *app) say(words string, bad bool) { a.message, a.bad = annotations.Visible(words), bad }

// report shows an error.
func (a *app) report(err error) {
	if err != nil {
		a.say(dialog.Capital(err.Error()), true)
	}
}
