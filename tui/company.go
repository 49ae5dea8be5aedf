package tui

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Company knows who else is at the screens of the store now, and where: names and
// places, nothing of what anybody says. It is asked from the screen's own
// goroutine and must answer at once.
type Company interface {
	// Stand notes where this screen's person is; the zero place is the desk.
	Stand(p store.Place)
	// Others tells which other people stand at an article's sentences, their names
	// sorted, and how many other people are at the screens at all.
	Others(article annotations.ArticleID) (at map[annotations.SentenceID][]string, here int)
	// Watch returns a channel that holds a value whenever Others may say something
	// else than before. It is closed when ctx ends.
	Watch(ctx context.Context) <-chan struct{}
}

// glance is the least time between two looks at who is where among so many others.
// People move all the time; a screen that shows it need not move with each of them,
// and in a crowd least of all.
func glance(others int) time.Duration {
	return 500*time.Millisecond + time.Duration(min(others, 40))*10*time.Millisecond
}

// met says that others have come, gone or moved.
type met struct{}

// company is what the screen shows of the others. It is nil where there are none
// to be known of.
type company struct {
	of Company

	mu    sync.Mutex
	place store.Place // of this screen
	at    map[annotations.SentenceID][]string
	here  int
}

// refresh asks who is where, and reports whether that is something else than what
// was known.
func (c *company) refresh() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, here := c.of.Others(c.place.Article)
	if here == c.here && maps.EqualFunc(at, c.at, slices.Equal[[]string]) {
		return false
	}
	c.at, c.here = at, here
	return true
}

// people is how many others there are.
func (c *company) people() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.here
}

// watch tells the program when something is to be drawn anew, until ctx ends. What
// others do in another article wakes nobody.
func (c *company) watch(ctx context.Context, send func(tea.Msg)) {
	news := c.of.Watch(ctx)
	for more := true; more; _, more = <-news {
		if c.refresh() {
			send(met{})
		}
		select {
		case <-time.After(glance(c.people())):
		case <-ctx.Done():
		}
	}
}

// follow begins to show who else is there, until ctx ends.
func (a *app) follow(ctx context.Context, send func(tea.Msg)) {
	if a.measured {
		go follow(ctx, a.o.Store, a.known, send)
	}
	if a.with != nil {
		go a.with.watch(ctx, send)
	}
}

// stand tells the others where this screen's person is now, and shows who is
// there already.
func (a *app) stand() {
	if a.with == nil {
		return
	}
	var p store.Place
	if a.review != nil {
		p = store.Place{Article: a.review.Article(), Sentence: a.review.Current()}
	}
	a.with.mu.Lock()
	was := a.with.place
	a.with.place = p
	a.with.mu.Unlock()
	if p != was {
		a.with.of.Stand(p)
	}
	if p.Article != was.Article {
		a.with.refresh()
	}
	a.meet()
}

// meet hands what is known of the others to the screen.
func (a *app) meet() {
	if a.with == nil || a.review == nil {
		return
	}
	a.with.mu.Lock()
	defer a.with.mu.Unlock()
	a.review.Meet(a.with.at)
}

// others is "2 others here"; "" when nobody else is.
func (a *app) others() string {
	if a.with == nil {
		return ""
	}
	a.with.mu.Lock()
	defer a.with.mu.Unlock()
	switch a.with.here {
	case 0:
		return ""
	case 1:
		return "1 other here"
	}
	return fmt.Sprintf("%d others here", a.with.here)
}

// beside is who was told, in line mode, to be on one's sentence.
type beside struct {
	place store.Place
	names []string
}

// joined tells, for line mode, who has come to the sentence that one is on since
// that was last asked; "" when nobody has. Who is in an article is told when it is
// opened, who is on a sentence already with the sentence; who passes by elsewhere
// is not told: it would interrupt a listener all the time.
func (a *app) joined(before *beside) string {
	if a.with == nil {
		return ""
	}
	a.stand()
	a.with.refresh()
	a.meet()
	a.with.mu.Lock()
	now := beside{a.with.place, a.with.at[a.with.place.Sentence]}
	a.with.mu.Unlock()
	was := *before
	*before = now
	switch {
	case now.place.Article != was.place.Article && a.review != nil:
		return a.review.Around()
	case now.place != was.place:
		return ""
	}
	var fresh []string
	for _, name := range now.names {
		if !slices.Contains(was.names, name) {
			fresh = append(fresh, annotations.Visible(name))
		}
	}
	switch last := len(fresh) - 1; last {
	case -1:
		return ""
	case 0:
		return fresh[0] + " is on this sentence, too."
	default:
		return strings.Join(fresh[:last], ", ") + " and " + fresh[last] + " are on this sentence, too."
	}
}
