package store

import (
	"context"

	"stet.example/stet/annotations"
)

// Append implements [Store]. In a team that works blind finishing binds: whoever
// has finished an article has been shown what others said of it.
func (g *guarded) Append(ctx context.Context, b Batch) (Receipt, error) {
	team, err := g.Team(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if role := team.RoleOf(g.who); !team.Empty() && role != annotations.Lead {
		if b.Actor != g.who {
			return Receipt{}, forbidden("%s cannot act in the name of %s", g.who, b.Actor)
		}
		for i := range b.Changes { // a merged entry can say whose words it brings
			if b.Changes[i].Verb == annotations.VerbMerge {
				return Receipt{}, forbidden("%s is no lead and merges nothing", g.who)
			}
		}
		if role == annotations.Reviewer && !team.Open {
			if err := g.bound(ctx, &b); err != nil {
				return Receipt{}, err
			}
		}
	}
	return g.Store.Append(ctx, b)
}

// bound refuses what somebody who has seen the others' tags may not change any
// more: what was said of a sentence, unless a lead has asked or ruled there; how the
// text is cut, which takes tags back whose words it changes; and that the article is
// finished.
func (g *guarded) bound(ctx context.Context, b *Batch) error {
	asked := false
	for i := range b.Changes {
		switch c := &b.Changes[i]; c.Kind {
		case annotations.EventAnnotate, annotations.EventCut:
			asked = true
		case annotations.EventFinish:
			asked = asked || c.Finish != nil && !c.Finish.Done
		}
	}
	if !asked {
		return nil
	}
	sum, err := g.Store.Summary(ctx, g.who, b.Article)
	if err != nil || !sum.Progress.Finished {
		return err
	}
	for i := range b.Changes {
		switch c := &b.Changes[i]; c.Kind {
		case annotations.EventCut:
			return finished(sum.Name)
		case annotations.EventFinish:
			if c.Finish != nil && !c.Finish.Done {
				return finished(sum.Name)
			}
		case annotations.EventAnnotate:
			rows, err := g.Store.State(ctx, b.Article, c.Sentence, c.Sentence+1, perRead)
			if err != nil {
				return err
			}
			ruled := false
			for k := range rows {
				ruled = ruled || rows[k].Ruling != nil && rows[k].Ruling.Verdict != ""
			}
			if !ruled {
				return finished(sum.Name)
			}
		}
	}
	return nil
}

func finished(name string) error {
	return &Error{
		Kind: ErrForbidden, What: "you have finished " + name + " and could see what others said of it",
		Safe: "Nothing was changed", Next: "`stet show " + name + "` shows what they said. Ask a lead to open it again; where a lead has ruled or asked, you can still answer",
	}
}

// bringing is an item of evidence, who brought or used it and for which article.
type bringing struct {
	item    annotations.EvidenceID
	article annotations.ArticleID
	by      string
}

// Evidence implements [Store]. An item is shown to who may see what its bringer
// said of the article it was brought for, as it says as much as a tag; and to whoever
// uses it.
func (g *guarded) Evidence(ctx context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error) {
	s, err := g.sight(ctx)
	if err != nil {
		return nil, err
	}
	if s.everyItem() {
		return g.Store.Evidence(ctx, after, limit)
	}
	shown, err := s.items(ctx)
	if err != nil {
		return nil, err
	}
	var out []annotations.Evidence
	for len(out) < limit {
		page, err := g.Store.Evidence(ctx, after, perRead)
		if err != nil {
			return nil, err
		}
		for i := range page {
			if after = page[i].ID; shown[after] && len(out) < limit {
				out = append(out, page[i])
			}
		}
		if len(page) < perRead {
			break
		}
	}
	return out, nil
}

// Item implements [Store].
func (g *guarded) Item(ctx context.Context, id annotations.EvidenceID) (annotations.Evidence, error) {
	s, err := g.sight(ctx)
	if err != nil {
		return annotations.Evidence{}, err
	}
	e, err := g.Store.Item(ctx, id)
	if err != nil || s.everyItem() {
		return e, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.readOn(ctx); err != nil {
		return annotations.Evidence{}, err
	}
	for _, b := range g.brought {
		if b.item != id {
			continue
		}
		if ok, err := s.sees(ctx, b.article, b.by); ok || err != nil {
			return e, err
		}
	}
	return annotations.Evidence{}, noItem(id)
}

// everyItem reports whether all evidence may be seen.
func (s *sight) everyItem() bool { return s.whole() || s.team.Open && s.team.RoleOf(s.g.who) != "" }

// items are the keys of the evidence that may be seen.
func (s *sight) items(ctx context.Context) (map[annotations.EvidenceID]bool, error) {
	g := s.g
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.readOn(ctx); err != nil {
		return nil, err
	}
	out := map[annotations.EvidenceID]bool{}
	for _, b := range g.brought {
		if out[b.item] {
			continue
		}
		ok, err := s.sees(ctx, b.article, b.by)
		if err != nil {
			return nil, err
		}
		out[b.item] = ok
	}
	return out, nil
}

// readOn notes what evidence the new end of the log brings. g.mu is held.
func (g *guarded) readOn(ctx context.Context) error {
	for {
		page, next, err := g.Store.Events(ctx, Query{}, g.read, perRead)
		if err != nil {
			return err
		}
		for i := range page {
			if e := &page[i]; e.Kind == annotations.EventEvidence && e.Evidence != nil {
				g.brought = append(g.brought, bringing{e.Evidence.ID, e.Article, e.Actor})
			} else if e.Kind == annotations.EventAnnotate && e.Actor == g.who && e.After != nil {
				for _, u := range e.After.Evidence { // a merge may have left it to another
					g.brought = append(g.brought, bringing{u.ID, e.Article, g.who})
				}
			}
		}
		if len(page) == 0 || next == g.read {
			return nil
		}
		g.read = next
	}
}
