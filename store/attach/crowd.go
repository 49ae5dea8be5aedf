package attach

import (
	"context"
	"slices"
	"strings"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Standing is one person at the screens. It holds nothing of what the person says.
type Standing struct {
	_     struct{} `cbor:",toarray"`
	Name  string
	Place store.Place // zero when at no sentence
}

// Crowd knows who is at the screens of a store at this moment. Nothing of it is
// stored: whoever leaves, or dies, is gone from it. It is safe for concurrent use.
type Crowd struct {
	mu       sync.Mutex
	near     map[*Member]struct{} // of this process, and of its guests
	far      []Standing           // what the owner told of everybody else
	watchers map[chan struct{}]struct{}
}

// NewCrowd makes an empty one.
func NewCrowd() *Crowd {
	return &Crowd{near: map[*Member]struct{}{}, watchers: map[chan struct{}]struct{}{}}
}

// Member is somebody in a crowd.
type Member struct {
	crowd *Crowd
	who   Standing // guarded by the crowd
	guest *guest   // that it came with; nil for this process's own
}

// Join brings somebody in, at no sentence yet.
func (c *Crowd) Join(name string) *Member {
	m := &Member{crowd: c, who: Standing{Name: name}}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.near[m] = struct{}{}
	c.changed()
	return m
}

// Stand notes where the person is; the zero place stands for no sentence.
func (m *Member) Stand(p store.Place) {
	m.crowd.mu.Lock()
	defer m.crowd.mu.Unlock()
	if _, in := m.crowd.near[m]; in && m.who.Place != p {
		m.who.Place = p
		m.crowd.changed()
	}
}

// Leave takes the person out. It may be called twice.
func (m *Member) Leave() {
	m.crowd.mu.Lock()
	defer m.crowd.mu.Unlock()
	if _, in := m.crowd.near[m]; in {
		delete(m.crowd.near, m)
		m.crowd.changed()
	}
}

// Place is where the person stands.
func (m *Member) Place() store.Place {
	m.crowd.mu.Lock()
	defer m.crowd.mu.Unlock()
	return m.who.Place
}

// Others tells which other people stand at an article's sentences, their names
// sorted, and how many other people are at the screens at all. A person who is
// there several times counts once, and is never among the others.
func (m *Member) Others(article annotations.ArticleID) (at map[annotations.SentenceID][]string, here int) {
	m.crowd.mu.Lock()
	defer m.crowd.mu.Unlock()
	at, names := map[annotations.SentenceID][]string{}, map[string]bool{}
	for _, o := range m.crowd.all(nil) {
		if o.Name == m.who.Name {
			continue
		}
		names[o.Name] = true
		if p := o.Place; p.Article == article && article != annotations.Desk && p.Sentence != 0 && !slices.Contains(at[p.Sentence], o.Name) {
			at[p.Sentence] = append(at[p.Sentence], o.Name)
		}
	}
	for _, list := range at {
		slices.Sort(list)
	}
	return at, len(names)
}

// Watch returns a channel that holds a value whenever somebody has come, gone or
// moved since it was last received from. It is closed when ctx ends.
func (m *Member) Watch(ctx context.Context) <-chan struct{} { return m.crowd.Watch(ctx) }

// Watch returns a channel that holds a value whenever somebody has come, gone or
// moved since it was last received from. It is closed when ctx ends.
func (c *Crowd) Watch(ctx context.Context) <-chan struct{} {
	news := make(chan struct{}, 1)
	c.mu.Lock()
	c.watchers[news] = struct{}{}
	c.mu.Unlock()
	context.AfterFunc(ctx, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, news)
		close(news)
	})
	return news
}

// changed tells the watchers; c.mu is held.
func (c *Crowd) changed() {
	for news := range c.watchers {
		select {
		case news <- struct{}{}:
		default:
		}
	}
}

// all lists everybody but those that came with a guest; c.mu is held.
func (c *Crowd) all(but *guest) []Standing {
	out := slices.Clone(c.far)
	for m := range c.near {
		if but == nil || m.guest != but {
			out = append(out, m.who)
		}
	}
	return out
}

// seenBy is what a guest is told: everybody but those it brought, sorted.
func (c *Crowd) seenBy(g *guest) []Standing {
	c.mu.Lock()
	defer c.mu.Unlock()
	return sortedStandings(c.all(g))
}

// own lists those that are in this process.
func (c *Crowd) own() []Standing {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Standing
	for m := range c.near {
		if m.guest == nil {
			out = append(out, m.who)
		}
	}
	return sortedStandings(out)
}

func sortedStandings(list []Standing) []Standing {
	slices.SortFunc(list, func(a, b Standing) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		if c := slices.Compare(a.Place.Article[:], b.Place.Article[:]); c != 0 {
			return c
		}
		return int(a.Place.Sentence) - int(b.Place.Sentence)
	})
	return list
}

// setFar replaces what is known of other processes.
func (c *Crowd) setFar(list []Standing) {
	list = named(slices.Clone(list))
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.far, list) {
		c.far = list
		c.changed()
	}
}

// maxBrought is how many people one guest may bring: a guest is not trusted with the
// owner's memory.
const maxBrought = 1024

// named are those of list who have a person's name: it goes to screens.
func named(list []Standing) []Standing {
	return slices.DeleteFunc(list, func(s Standing) bool { return annotations.CheckName(s.Name) != nil })
}

// bring replaces the people that came with a guest. It makes no more of them than
// there may be.
func (c *Crowd) bring(g *guest, list []Standing) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for m := range c.near {
		if m.guest == g {
			delete(c.near, m)
		}
	}
	for _, who := range named(list[:min(len(list), maxBrought)]) {
		c.near[&Member{crowd: c, who: who, guest: g}] = struct{}{}
	}
	c.changed()
}
