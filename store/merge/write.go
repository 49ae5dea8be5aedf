package merge

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Limits of one act. A change of codebook may come with each step.
const (
	maxSteps = 60
	maxBytes = 400 << 10
)

// unit is the steps of one plan that belong to one act.
type unit struct {
	plan  *plan
	steps []step
}

func (u *unit) size() (n int) {
	for i := range u.steps {
		n += u.steps[i].size
	}
	return n
}

// store carries the plans out. Where our log ends before what is to come, each is
// dated as it was said, in that order; else everything is dated now and
// what one person said of one article goes in few acts.
func (j *joiner) store(ctx context.Context) error {
	if j.SetClock != nil && len(j.plans) > 0 {
		slices.SortStableFunc(j.plans, func(a, b *plan) int { return a.when.Compare(b.when) })
		if first := j.plans[0].when; !first.IsZero() && !first.Before(j.last) {
			return j.oneByOne(ctx)
		}
		j.SetClock(time.Time{})
	}
	j.receipt.Redated = len(j.plans)
	slices.SortStableFunc(j.plans, func(a, b *plan) int {
		return cmp.Or(slices.Compare(a.article[:], b.article[:]), cmp.Compare(a.sentence, b.sentence))
	})
	for left := j.plans; len(left) > 0; {
		n := 1
		for n < len(left) && left[n].article == left[0].article {
			n++
		}
		if err := j.article(ctx, left[:n]); err != nil {
			return err
		}
		left = left[n:]
	}
	return nil
}

func (j *joiner) oneByOne(ctx context.Context) error {
	for _, p := range j.plans {
		if !j.at(p.when) {
			j.receipt.Redated++
		}
		if err := j.article(ctx, []*plan{p}); err != nil {
			return err
		}
	}
	return nil
}

// article carries out plans of one article, phase by phase.
func (j *joiner) article(ctx context.Context, plans []*plan) error {
	for phase := range phases {
		var list []unit
		for _, p := range plans {
			list = append(list, unitsOf(p, phase)...)
		}
		slices.SortStableFunc(list, func(a, b unit) int { return cmp.Compare(a.steps[0].actor, b.steps[0].actor) })
		for len(list) > 0 {
			n, steps, size := 0, 0, 0
			for n < len(list) && (n == 0 || j.together(&list[0], &list[n]) && steps+len(list[n].steps) <= maxSteps && size+list[n].size() <= maxBytes) {
				steps += len(list[n].steps)
				size += list[n].size()
				n++
			}
			if err := j.act(ctx, list[:n]); err != nil {
				return err
			}
			list = list[n:]
		}
	}
	return nil
}

// unitsOf divides the steps of a phase by whose they are.
func unitsOf(p *plan, phase int) []unit {
	var out []unit
	for _, s := range p.steps[phase] {
		if n := len(out); n > 0 && out[n-1].steps[0].actor == s.actor {
			out[n-1].steps = append(out[n-1].steps, s)
			continue
		}
		out = append(out, unit{p, []step{s}})
	}
	return out
}

// together reports whether two units may go into one act.
func (j *joiner) together(a, b *unit) bool {
	return a.steps[0].actor == b.steps[0].actor && (j.mayJudge(a.steps[0].actor) || a.steps[0].book == b.steps[0].book)
}

// mayJudge reports whether a person may change the codebook in force.
func (j *joiner) mayJudge(who string) bool { return j.team.RoleOf(who) == annotations.Lead }

// act stores units of one person in one act. When the store declines it, each is
// tried alone, and what is declined again is left out with all of its plan.
func (j *joiner) act(ctx context.Context, list []unit) error {
	list = slices.DeleteFunc(slices.Clone(list), func(u unit) bool { return u.plan.failed != nil })
	if len(list) == 0 {
		return nil
	}
	var steps []step
	for _, u := range list {
		steps = append(steps, u.steps...)
	}
	err := j.write(ctx, list[0].plan.article, steps)
	switch {
	case err == nil || !store.Refused(err):
		return err
	case len(list) == 1:
		list[0].plan.failed = err
		return nil
	}
	for i := range list {
		if err := j.act(ctx, list[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// write stores steps of one person. A statement under another codebook than the one in
// force is stored while that one is in force.
func (j *joiner) write(ctx context.Context, id annotations.ArticleID, steps []step) error {
	force := j.force[id]
	for i := range steps {
		if b := steps[i].book; b != force && !b.IsZero() {
			if err := j.blob(ctx, b); err != nil {
				return err
			}
		}
		if err := j.secret(ctx, &steps[i].change); err != nil {
			return err
		}
	}
	if !j.mayJudge(steps[0].actor) {
		return j.underLead(ctx, id, steps, force)
	}
	var changes []annotations.Change
	now := force
	judge := func(b annotations.Hash) {
		if b != now && !b.IsZero() {
			changes = append(changes, annotations.Change{Kind: annotations.EventCodebook, Verb: Verb, Codebook: b})
			now = b
		}
	}
	return numbered(steps, func() error {
		for i := range steps {
			judge(steps[i].book)
			changes = append(changes, steps[i].change)
		}
		judge(force)
		return j.do(ctx, steps[0].actor, id, changes...)
	})
}

// numbered gives steps the revisions that they replace and stores them by fn.
// Several people may write to one row, in an order that is settled here.
func numbered(steps []step, fn func() error) error {
	for i := range steps {
		steps[i].change.Rev = steps[i].at.rev
		steps[i].at.rev++
	}
	err := fn()
	if err != nil {
		for i := range steps {
			steps[i].at.rev--
		}
	}
	return err
}

// underLead stores steps of somebody who may not change the codebook: the lead
// does it for them, in acts around theirs, and back even if ctx ends.
func (j *joiner) underLead(ctx context.Context, id annotations.ArticleID, steps []step, force annotations.Hash) error {
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].book == steps[0].book {
			n++
		}
		book, part := steps[0].book, steps[:n]
		say := func() error {
			return numbered(part, func() error {
				var changes []annotations.Change
				for i := range part {
					changes = append(changes, part[i].change)
				}
				return j.do(ctx, part[0].actor, id, changes...)
			})
		}
		if book.IsZero() || book == force {
			if err := say(); err != nil {
				return err
			}
		} else if err := j.judged(ctx, id, book, force, say); err != nil {
			return err
		}
		steps = steps[n:]
	}
	return nil
}

func (j *joiner) judged(ctx context.Context, id annotations.ArticleID, book, force annotations.Hash, fn func() error) error {
	judge := func(ctx context.Context, b annotations.Hash) error {
		return j.do(ctx, j.Lead, id, annotations.Change{Kind: annotations.EventCodebook, Verb: Verb, Codebook: b, Reason: j.receipt.From.reason()})
	}
	if err := judge(ctx, book); err != nil {
		return err
	}
	err := fn()
	return errors.Join(err, judge(context.WithoutCancel(ctx), force))
}

// secret adds the confidential note that an annotation stands for, where one of
// the stores still has it.
func (j *joiner) secret(ctx context.Context, c *annotations.Change) error {
	if c.Annotation == nil || c.Annotation.Confidential == nil {
		return nil
	}
	for _, st := range []store.Store{j.theirs, j.ours} {
		words, err := st.Secret(ctx, *c.Annotation.Confidential)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err == nil && c.Annotation.Confidential.Opens(words) {
			c.Secret = words
			return nil
		}
	}
	return nil
}
