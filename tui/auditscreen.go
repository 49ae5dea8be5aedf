package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/survey"
	"stet.example/stet/tui/action"
	lead "stet.example/stet/tui/audit"
	"stet.example/stet/tui/dialog"
)

// Messages about the lead's desk.
type (
	auditLoaded struct {
		doc    lead.Doc
		fresh  bool // everything saved before is in it
		whole  bool // the log's decisions are in it
		live   bool // it was read because others saved something
		turn   int  // everything saved before that one was asked for is in it
		took   time.Duration
		denied string
		err    error
	}
	auditRuled struct {
		at     annotations.Target
		ruling annotations.RulingRecord // with its revision also when it was taken back
		err    error
	}
	auditDrawn struct {
		doc    lead.Doc
		sample lead.Sample
		turn   int // as of auditLoaded
		err    error
	}
	auditComputed struct{ value any }
	auditFollow   struct{} // it is time to look at what others saved
)

// auditor reads what the lead's desk shows; its methods run in commands.
type auditor struct {
	ctx    context.Context //nolint:containedctx // the program's, for commands that have none of their own
	store  store.Store
	who    string
	reader *survey.Reader // remembers the articles that did not change
	opt    audit.Options
	seed   *[32]byte // of the draw being checked; nil: the log tells

	following bool          // a look at what others saved is due or under way
	turn      int           // how often the figures were asked for
	awaited   int           // keys wait for the figures of that turn; 0: they do not
	shown     int           // the turn of those on the screen
	behind    bool          // others saved something that is not shown
	lookedAt  time.Time     // when what others saved was shown last
	took      time.Duration // to read it
}

func newAuditor(o Options, l loader) auditor {
	x := auditor{ctx: l.ctx, store: l.store, who: l.who, reader: survey.New(l.store, l.who)}
	if o.Audit != nil {
		x.opt, x.seed = *o.Audit, o.Audit.Seed
	}
	return x
}

// denied says why who may not see the lead's desk, or "".
func (x auditor) denied() (string, error) {
	team, err := x.store.Team(x.ctx)
	if err != nil || team.RoleOf(x.who) == annotations.Lead {
		return "", err
	}
	var leads []string
	for _, m := range team.Members {
		if m.Role == annotations.Lead {
			leads = append(leads, m.Name)
		}
	}
	return fmt.Sprintf("The lead's desk is for leads, and %s is none in this team: ask %s. Your own desk is one step back.", x.who, strings.Join(leads, ", ")), nil
}

// load reads the store and computes the desk; whole takes the log in, which costs
// the most and tells least.
func (x auditor) load(fresh, whole bool) tea.Msg {
	m := auditLoaded{fresh: fresh, whole: whole, turn: x.turn}
	if m.denied, m.err = x.denied(); m.denied != "" || m.err != nil {
		return m
	}
	var s *survey.Survey
	if s, m.err = x.reader.Read(x.ctx, survey.Options{Moments: whole, Audit: x.opt}); m.err != nil {
		return m
	}
	var seed *[32]byte
	if seed, m.err = x.running(s); m.err == nil {
		m.doc, m.err = x.doc(s, seed)
	}
	return m
}

// running is the seed of the draw that is being checked: the one at hand, else the
// one that the newest rulings name; nil for none.
func (x auditor) running(s *survey.Survey) (*[32]byte, error) {
	if x.seed != nil {
		return x.seed, nil
	}
	verb, err := x.reader.NewestVerb(x.ctx, s, func(verb string) bool { _, ok := audit.SeedIn(verb); return ok })
	if err != nil || verb == "" {
		return nil, err
	}
	seed, _ := audit.SeedIn(verb)
	return &seed, nil
}

// draw makes the sample that is being checked, or a new one.
func (x auditor) draw(anew bool) tea.Msg {
	doc, sample, err := x.sample(anew)
	return auditDrawn{doc: doc, sample: sample, turn: x.turn, err: err}
}

func (x auditor) sample(anew bool) (doc lead.Doc, sample lead.Sample, err error) {
	s, err := x.reader.Read(x.ctx, survey.Options{Moments: true, Audit: x.opt})
	if err != nil {
		return doc, sample, err
	}
	seed, err := x.running(s)
	if err == nil && (anew || seed == nil) {
		var root store.Seal
		root, err = x.store.Seal(x.ctx)
		drawn := audit.SeedOf(root.Root)
		seed = &drawn
	}
	if err != nil {
		return doc, sample, err
	}
	if doc, err = x.doc(s, seed); err != nil {
		return doc, sample, err
	}
	list, _, err := doc.Figures.Draw(-1, *seed, "")
	return doc, lead.Sample{Seed: *seed, Drawn: list}, err
}

func (x auditor) doc(s *survey.Survey, seed *[32]byte) (lead.Doc, error) {
	in := s.Input
	in.Options.Seed = seed
	d := lead.Doc{Books: in.Codebooks, Evidence: in.Evidence, TakenBack: s.TakenBack, Seed: seed, Articles: make(map[annotations.ArticleID]*audit.Article, len(in.Articles))}
	for i := range in.Articles {
		d.Articles[in.Articles[i].Meta.ID] = &in.Articles[i]
	}
	for _, y := range s.Standings(x.who) {
		d.Standings = append(d.Standings, lead.Standing(y))
	}
	var err error
	d.Figures, err = audit.New(in)
	return d, err
}

// readingWords stand on the message line while the figures are made anew.
const readingWords = "reading anew …"

// newAudit is an empty lead's desk, whose messages name the keys that are in force.
func (a *app) newAudit() *lead.Screen {
	s := lead.New()
	s.Keyed(a.keyOf)
	return s
}

// openAudit shows the lead's desk, and its figures when they come.
func (a *app) openAudit() tea.Cmd {
	a.audit = a.newAudit()
	a.auditor.turn++
	x := a.auditor
	return func() tea.Msg { return x.load(true, false) } // no key waits: there is nothing yet to mistake
}

// reloadAudit reads the figures anew, after everything queued is saved. When they
// are to take the place of all that is shown, after a failure, keys wait.
func (a *app) reloadAudit(fresh bool) tea.Cmd {
	a.auditor.turn++
	if fresh {
		a.auditor.awaited = a.auditor.turn
	}
	x := a.auditor
	return tea.Sequence(guarded(a.drain), guarded(func() tea.Msg { return x.load(fresh, true) }))
}

// followPause is the least time between two readings of the figures because
// others saved something; a reading that takes long is followed by four times its
// time, so that a lead who only looks does not keep the machine busy.
const followPause = time.Second

// auditFree reports whether figures may be read anew behind the lead's back: not in the
// middle of something, and never in a blind check.
func (a *app) auditFree() bool {
	return a.audit != nil && a.review == nil && !a.waits() && a.over == nil && a.out.waiting() == 0 && a.audit.Follows()
}

// followAudit has the figures read anew, soon, because others saved something. While the
// lead is busy nothing is due: the end of that asks again.
func (a *app) followAudit() tea.Cmd {
	x := &a.auditor
	x.behind = true
	if x.following || !a.auditFree() {
		return nil
	}
	x.following = true
	return tea.Tick(max(max(followPause, 4*x.took)-time.Since(x.lookedAt), 0), func(time.Time) tea.Msg { return auditFollow{} })
}

// followed reads what others saved, unless the lead is in the middle of something by
// now: then it is read when the hands are free.
func (a *app) followed() tea.Cmd {
	x := &a.auditor
	if !a.auditFree() {
		x.following = false
		return nil
	}
	x.behind = false
	x.turn++
	y, intervals := a.auditor, a.audit.ShowsIntervals()
	return func() tea.Msg {
		start := time.Now()
		m, _ := y.load(false, true).(auditLoaded)
		if m.live = true; intervals && m.err == nil && m.denied == "" {
			m.doc.Intervals, m.err = lead.IntervalsOf(m.doc.Figures)
		}
		m.took = time.Since(start)
		return m
	}
}

// auditReverted tells the lead's desk what an undo or redo left of a ruling. The
// figures follow in their own time: keys wait for one sentence, not for all.
func (a *app) auditReverted(at annotations.Target) tea.Cmd {
	x := a.auditor
	a.await()
	return func() tea.Msg {
		m := auditRuled{at: at}
		if at.Article == annotations.Desk || at.Sentence == 0 {
			return m
		}
		var rows []store.Row
		rows, m.err = x.store.State(x.ctx, at.Article, at.Sentence, at.Sentence+1, 1<<20)
		for i := range rows {
			if rows[i].Ruling != nil {
				m.ruling = *rows[i].Ruling
			}
		}
		return m
	}
}

// carryAudit does what the lead's desk asked for.
func (a *app) carryAudit(o action.Outcome) tea.Cmd {
	x := a.auditor
	switch o := o.(type) {
	case action.AskAudit:
		if a.message == "" {
			a.say(readingWords, false)
		}
		if o.Wait {
			a.auditor.awaited = a.auditor.turn + 1
		}
		return a.reloadAudit(false)
	case action.AskDraw:
		a.await()
		a.say("drawing …", false)
		a.auditor.turn++
		x = a.auditor
		return tea.Sequence(guarded(a.drain), guarded(func() tea.Msg { return x.draw(o.Anew) }))
	case action.Compute:
		return func() tea.Msg { return auditComputed{o.Do()} }
	case action.AskUrgent:
		a.await()
		a.say("looking …", false)
		return a.load.urgent
	case action.AskTitles:
		a.say("reading what all articles are called …", false)
		return a.load.titles
	case action.Reply:
		return a.reply(o)
	}
	return nil
}

// audited takes what commands bring back for the lead's desk.
func (a *app) audited(msg tea.Msg) tea.Cmd {
	var out []action.Outcome
	awaited := false
	switch msg := msg.(type) {
	case auditFollow:
		return a.followed()
	case auditLoaded:
		// One that was under way when something was saved does not have that yet.
		if awaited = (msg.fresh || a.auditor.awaited > 0) && msg.turn >= a.auditor.awaited; awaited {
			a.auditor.awaited = 0
		}
		if msg.live {
			a.auditor.following, a.auditor.lookedAt, a.auditor.took = false, time.Now(), msg.took
			if a.audit != nil && !a.audit.Follows() {
				a.auditor.behind = true // the lead went on meanwhile
				break
			}
		}
		if a.message == readingWords {
			a.say("", false)
		}
		if a.audit == nil || msg.turn < a.auditor.shown {
			break // it was closed meanwhile, or newer figures came first
		}
		a.report(msg.err)
		switch {
		case msg.denied != "":
			a.audit.Deny(msg.denied)
		case msg.err != nil:
			a.audit.Failed(dialog.Capital(msg.err.Error()))
		default:
			a.auditor.shown = msg.turn
			out = a.audit.Fill(msg.doc, msg.fresh)
			if !msg.whole {
				out = append(out, action.AskAudit{})
			}
		}
	case auditRuled:
		a.came()
		awaited = true
		a.report(msg.err)
		if msg.err == nil && a.audit != nil {
			out = a.audit.Reverted(msg.at, msg.ruling)
		}
	case auditDrawn:
		a.came()
		awaited = true
		a.say("", false)
		a.report(msg.err)
		if msg.err == nil && a.audit != nil {
			a.auditor.seed, a.auditor.shown = &msg.sample.Seed, msg.turn
			out = append(a.audit.Fill(msg.doc, false), a.audit.Begin(msg.sample)...)
		}
	case auditComputed:
		if a.audit != nil {
			out = a.audit.Computed(msg.value)
		}
	}
	cmd := a.carry(out)
	if awaited {
		cmd = tea.Batch(cmd, a.replay())
	}
	return cmd
}

// numberShown is the number, in reading order, of the sentence that a history is
// asked for.
func (a *app) numberShown() int {
	if a.review != nil {
		n, _ := a.review.Number()
		return n
	}
	if a.audit != nil {
		p, _ := a.audit.Place()
		return p.N
	}
	return 0
}
