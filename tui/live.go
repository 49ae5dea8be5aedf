package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// pause is the least time between two looks at what others save: many people at
// work on one article must not make every screen read it at every act.
const pause = 250 * time.Millisecond

// Messages about what other screens and programs save.
type (
	moved struct{ size uint64 } // the log has grown
	news  struct {
		size  uint64                              // up to which was looked, or further
		event *annotations.Event                  // the newest that is not this session's; nil for none
		in    map[annotations.ArticleID]*happened // what such events did to each article
		ruled bool                                // somebody ruled on something
		team  bool                                // somebody changed the team
		items bool                                // somebody gave evidence
		err   error
	}
	// bound says whether finishing an article binds, by the rules of the team as they
	// are now.
	bound struct {
		binding bool
		err     error
	}
	happened struct {
		changed
		last annotations.Event
	}
)

// measure notes how far the log goes before anything of it is read, so that what
// others save from then on is told of.
func (a *app) measure() {
	info, err := a.o.Store.Stat(a.load.ctx)
	if err != nil {
		return // the screen still works; it shows what others do when it is opened again
	}
	a.known, a.measured = info.Events, true
}

// follow tells the program when the log grows beyond a size, until ctx ends.
func follow(ctx context.Context, st store.Store, from uint64, send func(tea.Msg)) {
	for size := range st.Tail(ctx, from) {
		send(moved{size})
	}
}

// looked asks what is new. One question is under way at a time; what comes
// meanwhile is asked about after it.
func (a *app) looked(size uint64) tea.Cmd {
	a.grown = max(a.grown, size)
	if a.looking || a.grown <= a.known {
		return nil
	}
	a.looking = true
	after, session := a.known, a.o.Session.ID
	ask := func() tea.Msg { return a.load.news(after, size, session) }
	if wait := pause - time.Since(a.lookedAt); wait > 0 {
		return tea.Tick(wait, func(time.Time) tea.Msg { return ask() })
	}
	return ask
}

// news reads the events after a position, and tells what those of other sessions did.
func (l loader) news(after, size uint64, session annotations.SessionID) tea.Msg {
	out := news{size: size, in: map[annotations.ArticleID]*happened{}}
	for after < size {
		events, next, err := l.store.Events(l.ctx, store.Query{}, after, 256)
		if err != nil {
			return news{size: size, err: err}
		}
		for i := range events {
			e := &events[i]
			if e.Act.Session == session {
				continue
			}
			h := out.in[e.Article]
			if h == nil {
				h = &happened{}
				out.in[e.Article] = h
			}
			h.add(e)
			h.last, out.event = *e, e
			out.ruled = out.ruled || e.Kind == annotations.EventRule
			out.team = out.team || e.Kind == annotations.EventTeam
			out.items = out.items || e.Kind == annotations.EventEvidence
		}
		if len(events) == 0 || next == after {
			break
		}
		after = next
	}
	out.size = max(size, after) // what came while it was read is told with it, once
	return out
}

// heard takes news: what others said of the article on the screen is read anew,
// but never under the reviewer's hands.
func (a *app) heard(n news) tea.Cmd {
	a.looking, a.lookedAt = false, time.Now()
	if n.err != nil {
		return a.lookAgain()
	}
	a.known = max(a.known, n.size)
	again := a.looked(a.grown)
	if n.event == nil {
		return again
	}
	if n.team {
		again = tea.Batch(again, a.teamChanged())
	}
	switch {
	case a.review == nil && a.compared != nil:
		return tea.Batch(again, a.followCompare(&n))
	case a.review == nil && a.audit != nil:
		return tea.Batch(again, a.followAudit())
	case a.review == nil:
		return tea.Batch(again, a.readDesk())
	}
	h := n.in[a.review.Article()]
	var what changed
	switch {
	case n.team:
		what = all() // of what stands there all may be hidden now, or shown
	case h != nil:
		what = h.changed
	case n.items:
	case n.ruled:
		return tea.Batch(again, a.readAsked)
	default:
		return again
	}
	what.items = n.items // it is offered in every article
	if a.busy() {
		a.stale = true // read when the hands are free
		a.behind.join(what)
		return again
	}
	if h != nil && (a.message == "" || !a.bad) { // why something was not saved is not known otherwise
		words := h.last.Actor + ": " + Describe(&h.last)
		if at := a.review.Place(h.last.Sentence); at > 0 {
			words += fmt.Sprintf(" on %d", at)
		}
		a.say(words, false)
	}
	return tea.Batch(again, a.reload(what, 0))
}

// busy reports whether what stands on the screen must stay as it is: an answer is
// awaited, something is written or picked, or an act is on its way.
func (a *app) busy() bool { return a.waits() || a.over != nil || a.typing() || a.out.waiting() > 0 }

// teamChanged asks anew what the team's rules decide of an open article: at once
// whether finishing binds, because it moves nothing and the next key may finish, and
// what others said of the text that it comes from.
func (a *app) teamChanged() tea.Cmd {
	if a.with != nil && a.with.refresh() { // who is there may be hidden, too
		a.meet()
	}
	switch {
	case a.review != nil:
		return tea.Batch(a.load.bound, a.advise(a.review))
	case a.compared != nil && a.compared.under != nil:
		return a.advise(a.compared.under)
	}
	return nil
}

// lookAgain asks anew, after a while, for what could not be read. In lines it is asked
// for between lines.
func (a *app) lookAgain() tea.Cmd {
	if a.o.inLines != nil {
		return nil
	}
	a.looking = true
	after, size, session := a.known, a.grown, a.o.Session.ID
	return tea.Tick(4*pause, func(time.Time) tea.Msg { return a.load.news(after, size, session) })
}

// bound reads whether finishing binds.
func (l loader) bound() tea.Msg {
	binding, err := l.binding()
	return bound{binding, err}
}

// caughtUp reads what was put off while the reviewer was busy.
func (a *app) caughtUp() tea.Cmd {
	if a.auditor.behind && a.review == nil && a.audit != nil {
		return a.followAudit()
	}
	if !a.stale || a.review == nil && a.compared == nil || a.busy() {
		return nil
	}
	what := a.behind
	a.stale, a.behind = false, changed{}
	if a.review == nil {
		return a.backToCompare("")
	}
	return a.reload(what, 0)
}

// retry asks for another try to save what is queued.
type retry struct{}

// againSoon tries again after a while to save what could not be: a stopped program
// comes back, a full disk gets room. After a failed disk this process must not.
func (a *app) againSoon(err error) tea.Cmd {
	if a.retrying || a.o.inLines != nil || errors.Is(err, store.ErrPoisoned) {
		return nil
	}
	a.retrying = true
	return tea.Tick(2*time.Second, func(time.Time) tea.Msg { return retry{} })
}

func (a *app) tryAgain() tea.Cmd {
	a.retrying = false
	if a.out.waiting() == 0 {
		return nil
	}
	return a.drain
}
