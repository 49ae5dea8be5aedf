package serve

import (
	"context"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/attach"
)

// company tells a session who else is at the screens, while its person belongs to the
// team: whoever sees nothing of the team's work does not see the team at it. People
// are taken into a team, and out of it, while they sit there.
type company struct {
	*attach.Member
	ctx  context.Context //nolint:containedctx // the session's
	st   store.Store
	news *newsroom
	who  string

	mu      sync.Mutex
	asked   int // as of which team it is known; -1: of none
	belongs bool
}

// Others implements [tui.Company].
func (c *company) Others(article annotations.ArticleID) (at map[annotations.SentenceID][]string, here int) {
	if !c.member() {
		return nil, 0
	}
	return c.Member.Others(article)
}

// member reports whether the person belongs to the team as it is now. The store is asked
// after a change only; in doubt nobody is told of.
func (c *company) member() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.news.team()
	if now == c.asked {
		return c.belongs
	}
	team, err := c.st.Team(c.ctx)
	if err != nil {
		return false
	}
	c.asked, c.belongs = now, team.Empty() || team.RoleOf(c.who) != ""
	return c.belongs
}
