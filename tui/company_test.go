package tui

import (
	"context"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// crowd is a company that a test decides on.
type crowd struct {
	mu    sync.Mutex
	at    map[annotations.SentenceID][]string
	here  int
	stood []store.Place
	news  chan struct{}
	asked chan struct{} // a value each time it is asked
}

func (c *crowd) Stand(p store.Place) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stood = append(c.stood, p)
}

func (c *crowd) Others(annotations.ArticleID) (map[annotations.SentenceID][]string, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked != nil {
		c.asked <- struct{}{}
	}
	return c.at, c.here
}

func (c *crowd) Watch(context.Context) <-chan struct{} { return c.news }

func (c *crowd) set(at map[annotations.SentenceID][]string, here int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.here = at, here
}

// Only what changes on this screen wakes it.
func TestOnlyNewsOfTheOthersWakesAScreen(t *testing.T) {
	t.Parallel()
	with := &crowd{news: make(chan struct{}), asked: make(chan struct{}, 1)}
	c := &company{of: with}
	sent := make(chan tea.Msg, 8)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.watch(t.Context(), func(m tea.Msg) { sent <- m })
	}()
	<-with.asked // the first look: nobody
	with.news <- struct{}{}
	<-with.asked // somebody moved elsewhere: nothing is to be drawn
	with.set(map[annotations.SentenceID][]string{3: {"ben"}}, 1)
	with.news <- struct{}{}
	<-with.asked
	if _, ok := (<-sent).(met); !ok {
		t.Error("it is told of something else")
	}
	with.news <- struct{}{}
	<-with.asked // the same again
	close(with.news)
	<-ended
	if n := len(sent); n != 0 {
		t.Errorf("it was woken %d times more than there was news", n)
	}
}

func TestACrowdIsLookedAtLessOften(t *testing.T) {
	t.Parallel()
	if few, many := glance(1), glance(500); few > 600*time.Millisecond || many <= few || many >= time.Second {
		t.Errorf("every %v among two, every %v among five hundred; a second is the most", few, many)
	}
}

func TestWhatIsToldOfOthers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		here int
		want string
	}{{0, ""}, {1, "1 other here"}, {7, "7 others here"}} {
		a := &app{with: &company{of: &crowd{}, here: c.here}}
		if got := a.others(); got != c.want {
			t.Errorf("%d: %q, want %q", c.here, got, c.want)
		}
	}
	if got := (&app{}).others(); got != "" {
		t.Errorf("without company: %q", got)
	}
}

// In lines who comes to one's sentence is told once, who is there when one comes
// is told with the sentence, and who passes by elsewhere not at all.
func TestWhoComesIsToldOnceInLines(t *testing.T) {
	t.Parallel()
	with := &crowd{}
	a := &app{with: &company{of: with}}
	var b beside
	on := func(names ...string) string {
		with.set(map[annotations.SentenceID][]string{0: names, 9: {"zoe"}}, len(names)+1)
		return a.joined(&b)
	}
	for i, step := range []struct {
		names []string
		want  string
	}{
		{nil, ""},
		{[]string{"ben"}, "ben is on this sentence, too."},
		{[]string{"ben"}, ""},
		{[]string{"ben", "cy", "da\x1b[2J"}, "cy and da␛[2J are on this sentence, too."},
		{nil, ""},
		{[]string{"ben"}, "ben is on this sentence, too."},
	} {
		if got := on(step.names...); got != step.want {
			t.Errorf("step %d: %q, want %q", i, got, step.want)
		}
	}
}
