package store

import (
	"context"
	"fmt"
	"io"

	"stet.example/stet/annotations"
)

// For returns st as one person may see and use it, by the rules of its team. On a
// desk without a team it is all of st.
//
// A reviewer sees what others said of an article after finishing it, and their
// confidential notes never; of their progress, how far they are and not which
// tags they gave. Nobody acts, undoes or asks for a place in another's name, but a
// lead who brings in what others said elsewhere. Only a lead exports the log.
func For(st Store, who string) Store { return &guarded{Store: st, who: who} }

// guarded is a store behind its team's rules.
type guarded struct {
	Store
	who string
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
	if author == s.g.who || s.whole() || s.team.Open {
		return true, nil
	}
	if s.team.RoleOf(s.g.who) == "" {
		return false, nil
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

// Append implements [Store].
func (g *guarded) Append(ctx context.Context, b Batch) (Receipt, error) {
	if b.Actor != g.who {
		team, err := g.Team(ctx)
		if err != nil {
			return Receipt{}, err
		}
		if !team.Empty() && team.RoleOf(g.who) != annotations.Lead {
			return Receipt{}, forbidden("%s cannot act in the name of %s", g.who, b.Actor)
		}
	}
	return g.Store.Append(ctx, b)
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
	for len(out) < limit {
		page, err := g.Store.State(ctx, id, from, to, max(limit, perRead))
		if err != nil {
			return nil, err
		}
		for i := range page {
			ok, err := s.row(ctx, id, &page[i])
			if err != nil {
				return nil, err
			}
			if ok && len(out) < limit {
				out = append(out, page[i])
			}
		}
		if len(page) < max(limit, perRead) {
			break
		}
		if from = page[len(page)-1].Sentence + 1; from >= to || from == 0 {
			break
		}
	}
	return out, nil
}

// row reports whether a row may be seen, and takes out of it what may not.
func (s *sight) row(ctx context.Context, id annotations.ArticleID, r *Row) (bool, error) {
	if r.Ruling != nil {
		return s.sees(ctx, id, orElse(r.Ruling.Reviewer, s.g.who))
	}
	ok, err := s.sees(ctx, id, r.Reviewer)
	if ok && r.Reviewer != s.g.who {
		r.Annotation.Confidential = unsalted(r.Annotation.Confidential)
	}
	return ok, err
}

func orElse(name, other string) string {
	if name == "" {
		return other
	}
	return name
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
		page, next, err := g.Store.Events(ctx, q, after, limit-len(out))
		if err != nil {
			return nil, after, err
		}
		for i := range page {
			ok, err := s.event(ctx, &page[i])
			if err != nil {
				return nil, after, err
			}
			if ok {
				out = append(out, page[i])
			}
		}
		if len(page) == 0 || next == after {
			return out, next, nil
		}
		after = next
	}
	return out, after, nil
}

// event reports whether an event may be seen, and takes out of it what may not.
func (s *sight) event(ctx context.Context, e *annotations.Event) (bool, error) {
	author := e.Actor
	switch e.Kind {
	case annotations.EventAnnotate:
	case annotations.EventRule:
		author = s.g.who
		for _, r := range []*annotations.Ruling{e.RuleBefore, e.RuleAfter} {
			if r != nil && r.Reviewer != "" {
				author = r.Reviewer
			}
		}
	default:
		return true, nil
	}
	ok, err := s.sees(ctx, e.Article, author)
	if !ok || err != nil || author == s.g.who {
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
