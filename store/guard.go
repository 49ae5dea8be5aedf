package store

import (
	"context"
	"fmt"
	"io"
	"sync"

	"stet.example/stet/annotations"
)

// For returns st as one person may see and use it, by the rules of its team. On a
// desk without a team it is all of st.
//
// A reviewer sees what others said of an article, what evidence they brought for it
// and what leads decided there, after finishing it, and their confidential notes
// never; of their progress, how far they are and not which tags they gave. What leads
// ask is seen at once. Finishing binds: what was said is changed after it only where a
// lead has asked or ruled, its sentences are not cut anew, and only a lead opens the
// article again. Nobody acts, undoes or asks for a place in another's name, but a
// lead who brings in what others said elsewhere. Only a lead exports the log. Evidence
// that belongs to no article is for leads, and for who brought or uses it.
func For(st Store, who string) Store { return &guarded{Store: st, who: who} }

// guarded is a store behind its team's rules.
type guarded struct {
	Store
	who string

	mu      sync.Mutex
	brought []bringing // what evidence was brought, as far as the log was read
	read    uint64
}

// Whole is the store behind the rules that [For] keeps: for proofs over all of the
// log, which hold nothing of what was said.
func Whole(st Store) Store {
	if g, ok := st.(*guarded); ok {
		return g.Store
	}
	return st
}

func forbidden(format string, args ...any) error {
	return &Error{Kind: ErrForbidden, What: fmt.Sprintf(format, args...), Safe: "Nothing was changed", Next: "`stet team` shows who may do what"}
}

// sight answers what one person may see. It asks once per article.
type sight struct {
	g    *guarded
	team annotations.Team
	done map[annotations.ArticleID]bool
}

func (g *guarded) sight(ctx context.Context) (*sight, error) {
	team, err := g.Team(ctx)
	return &sight{g: g, team: team, done: map[annotations.ArticleID]bool{}}, err
}

// whole reports whether everything may be seen.
func (s *sight) whole() bool { return s.team.Empty() || s.team.RoleOf(s.g.who) == annotations.Lead }

// sees reports whether what author said of an article may be seen.
func (s *sight) sees(ctx context.Context, id annotations.ArticleID, author string) (bool, error) {
	if author == s.g.who || s.whole() {
		return true, nil
	}
	if s.team.RoleOf(s.g.who) == "" {
		return false, nil // open to each other, not to everybody
	}
	if s.team.Open {
		return true, nil
	}
	if id == annotations.Desk {
		return false, nil // of no article: there is nothing to finish
	}
	done, known := s.done[id]
	if !known {
		sum, err := s.g.Store.Summary(ctx, s.g.who, id)
		if err != nil {
			return false, err
		}
		done = sum.Progress.Finished
		s.done[id] = done
	}
	return s.team.MaySee(s.g.who, author, done), nil
}

// Articles implements [Store].
func (g *guarded) Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]Summary, error) {
	list, err := g.Store.Articles(ctx, reviewer, after, limit)
	if err != nil {
		return list, err
	}
	s, err := g.sight(ctx)
	if err != nil || s.whole() {
		return list, err
	}
	for i := range list {
		if err := s.blind(ctx, reviewer, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Summary implements [Store].
func (g *guarded) Summary(ctx context.Context, reviewer string, id annotations.ArticleID) (Summary, error) {
	sum, err := g.Store.Summary(ctx, reviewer, id)
	if err != nil {
		return sum, err
	}
	s, err := g.sight(ctx)
	if err == nil && !s.whole() {
		err = s.blind(ctx, reviewer, &sum)
	}
	return sum, err
}

// blind takes out of a summary which tags others gave, where that may not be seen.
func (s *sight) blind(ctx context.Context, reviewer string, sum *Summary) error {
	hide := func(who string, p annotations.Progress) (annotations.Progress, error) {
		ok, err := s.sees(ctx, sum.ID, who)
		if err != nil || ok {
			return p, err
		}
		p.ByTag, p.Unsure, p.Current = nil, 0, 0
		return p, nil
	}
	var err error
	if sum.Progress, err = hide(reviewer, sum.Progress); err != nil {
		return err
	}
	for who, p := range sum.Others {
		if sum.Others[who], err = hide(who, p); err != nil {
			return err
		}
	}
	return nil
}

// State implements [Store].
func (g *guarded) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]Row, error) {
	s, err := g.sight(ctx)
	if err != nil {
		return nil, err
	}
	if s.whole() {
		return g.Store.State(ctx, id, from, to, limit)
	}
	var out []Row
	var last Row // of the page before
	for each := max(limit, perRead); len(out) < limit; {
		page, err := g.Store.State(ctx, id, from, to, each)
		if err != nil {
			return nil, err
		}
		for i := range page {
			if !last.before(&page[i]) {
				continue // the page before had it
			}
			ok, err := s.row(ctx, id, &page[i])
			if err != nil {
				return nil, err
			}
			if ok && len(out) < limit {
				out = append(out, page[i])
			}
		}
		if len(page) < each {
			break
		}
		// The rows of the sentence that the page ends in may go on behind it.
		end := page[len(page)-1]
		if from == end.Sentence {
			each *= 2 // they fill a page
		}
		from, last = end.Sentence, end
	}
	return out, nil
}

// before reports whether a row comes before another in an article's state.
func (r *Row) before(other *Row) bool {
	return r.Sentence < other.Sentence || r.Sentence == other.Sentence && r.Reviewer < other.Reviewer
}

// row reports whether a row may be seen, and takes out of it what may not.
func (s *sight) row(ctx context.Context, id annotations.ArticleID, r *Row) (bool, error) {
	if r.Ruling != nil {
		return s.ruling(ctx, id, &r.Ruling.Ruling)
	}
	ok, err := s.sees(ctx, id, r.Reviewer)
	if ok && r.Reviewer != s.g.who {
		r.Annotation.Confidential = unsalted(r.Annotation.Confidential)
	}
	return ok, err
}

// ruling reports whether a ruling may be seen: what leads ask, by everybody whom it
// concerns; what they decided, by whoever has finished, or said something that it is
// about.
func (s *sight) ruling(ctx context.Context, id annotations.ArticleID, r *annotations.Ruling) (bool, error) {
	if s.whole() {
		return true, nil
	}
	if s.team.RoleOf(s.g.who) == "" {
		return false, nil
	}
	if r.Reviewer == "" && r.Verdict == annotations.Query {
		return true, nil
	}
	return s.sees(ctx, id, r.Reviewer)
}

// ruled reports whether an event that rules may be seen, and takes out of it what
// was ruled before where that may not.
func (s *sight) ruled(ctx context.Context, e *annotations.Event) (bool, error) {
	last := e.RuleAfter
	if last == nil {
		last = e.RuleBefore
	}
	if last == nil {
		return s.whole(), nil
	}
	ok, err := s.ruling(ctx, e.Article, last)
	if !ok || err != nil || e.RuleBefore == nil {
		return ok, err
	}
	before, err := s.ruling(ctx, e.Article, e.RuleBefore)
	if !before {
		e.RuleBefore, e.Recovered = nil, nil // a record that was recovered says what was ruled before, too
	}
	return true, err
}

// unsalted is a seal that opens nothing.
func unsalted(s *annotations.Sealed) *annotations.Sealed {
	if s == nil {
		return nil
	}
	return &annotations.Sealed{Digest: s.Digest}
}

// Events implements [Store].
func (g *guarded) Events(ctx context.Context, q Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	s, err := g.sight(ctx)
	if err != nil {
		return nil, after, err
	}
	if s.whole() {
		return g.Store.Events(ctx, q, after, limit)
	}
	var out []annotations.Event
	for len(out) < limit {
		page, next, failed := g.Store.Events(ctx, q, after, limit-len(out))
		for i := range page {
			ok, err := s.event(ctx, &page[i])
			if err != nil {
				return nil, after, err
			}
			if ok {
				out = append(out, page[i])
			}
		}
		if failed != nil || len(page) == 0 || next == after {
			return out, next, failed
		}
		after = next
	}
	return out, after, nil
}

// event reports whether an event may be seen, and takes out of it what may not.
func (s *sight) event(ctx context.Context, e *annotations.Event) (bool, error) {
	switch e.Kind {
	case annotations.EventAnnotate, annotations.EventEvidence:
	case annotations.EventRule:
		return s.ruled(ctx, e)
	default:
		return true, nil
	}
	ok, err := s.sees(ctx, e.Article, e.Actor)
	if !ok || err != nil || e.Actor == s.g.who {
		return ok, err
	}
	for _, a := range []**annotations.Annotation{&e.Before, &e.After} {
		if *a != nil && (*a).Confidential != nil {
			b := **a
			b.Confidential = unsalted(b.Confidential)
			*a = &b
		}
	}
	e.Recovered = nil
	return true, nil
}

// Undoable implements [Store].
func (g *guarded) Undoable(ctx context.Context, actor string, mode annotations.Mode) (annotations.Done, []annotations.Event, error) {
	if err := g.own(ctx, actor); err != nil {
		return annotations.Done{}, nil, err
	}
	return g.Store.Undoable(ctx, actor, mode)
}

// own refuses what concerns somebody else.
func (g *guarded) own(ctx context.Context, name string) error {
	if name == g.who {
		return nil
	}
	s, err := g.sight(ctx)
	if err == nil && !s.whole() {
		err = forbidden("%s asks for what is %s's own", g.who, name)
	}
	return err
}

// SetPlace implements [Store].
func (g *guarded) SetPlace(reviewer string, p Place) error {
	if err := g.own(context.Background(), reviewer); err != nil {
		return err
	}
	return g.Store.SetPlace(reviewer, p)
}

// Places implements [Store].
func (g *guarded) Places(reviewer string) (Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	if err := g.own(context.Background(), reviewer); err != nil {
		return Place{}, nil, err
	}
	return g.Store.Places(reviewer)
}

// Export implements [Store].
func (g *guarded) Export(ctx context.Context, w io.Writer, after uint64) (ExportInfo, error) {
	s, err := g.sight(ctx)
	if err == nil && !s.whole() {
		err = forbidden("%s is no lead: the whole log holds what others said", g.who)
	}
	if err != nil {
		return ExportInfo{}, err
	}
	return g.Store.Export(ctx, w, after)
}
