package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/store"
)

// waiting are the questions of a revision that a reviewer has not answered: mine
// is what the reviewer said.
func (r *revision) waiting(mine map[annotations.SentenceID]annotations.Record) []align.Question {
	return slices.DeleteFunc(r.plan.Questions(), func(q align.Question) bool {
		u := r.now.Units[q.New]
		return !u.Kind.Required() || mine[u.ID].Tag != ""
	})
}

// saidByMe is what the reviewer said in an article.
func (d *desk) saidByMe(ctx context.Context, id annotations.ArticleID) (map[annotations.SentenceID]annotations.Record, error) {
	rows, err := d.rows(ctx, id)
	out := map[annotations.SentenceID]annotations.Record{}
	for _, r := range rows {
		if r.Reviewer == d.session.Actor && r.Ruling == nil {
			out[r.Sentence] = r.Annotation
		}
	}
	return out, err
}

type waitingJSON struct {
	Article string `json:"article"`
	Parent  string `json:"parent"`
	Pending int    `json:"pending"` // sentences that ask the reviewer
}

// pendingAll counts what asks the reviewer in each revision of the store.
func (d *desk) pendingAll(ctx context.Context) error {
	list := []waitingJSON{}
	err := d.everyArticle(ctx, func(s store.Summary) error {
		if s.Parent == annotations.Desk {
			return nil
		}
		art, err := store.Load(ctx, d.Store, s.ID)
		if err != nil {
			return err
		}
		old, err := store.Load(ctx, d.Store, s.Parent)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		mine, err := d.saidByMe(ctx, s.ID)
		if err != nil {
			return err
		}
		if n := len(revisionOf(old, art).waiting(mine)); n > 0 {
			list = append(list, waitingJSON{s.Name, old.Name, n})
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(x, y waitingJSON) int { return cmp.Or(y.Pending-x.Pending, strings.Compare(x.Article, y.Article)) })
	if d.flags.json {
		return d.printJSON(list)
	}
	if len(list) == 0 {
		d.say("no revision asks you anything")
		return nil
	}
	t := newTable(d.app, "revision", "of", "asks")
	for _, w := range list {
		t.row(w.Article, w.Parent, plural(w.Pending, "sentence"))
	}
	return t.flush()
}

type pendingJSON struct {
	N    int      `json:"n"`
	Fate string   `json:"fate"`
	Text string   `json:"text"`
	Old  []oldSay `json:"old"`
}

type oldSay struct {
	N    int    `json:"n"`
	Text string `json:"text"`
	Tag  string `json:"tag,omitempty"`
	// OtherWords says that the tag was given to other words than Text, which was cut since.
	OtherWords bool `json:"otherWords,omitempty"`
}

// pending lists the sentences that ask the reviewer.
func (d *desk) pending(ctx context.Context, art *annotations.Article) error {
	r, err := d.beside(ctx, art)
	if err != nil {
		return err
	}
	mine, err := d.saidByMe(ctx, art.ID)
	if err != nil {
		return err
	}
	before, err := d.saidByMe(ctx, r.old.ID)
	if err != nil {
		return err
	}
	list := []pendingJSON{}
	for _, q := range r.waiting(mine) {
		item := pendingJSON{N: q.New + 1, Fate: q.Fate.String(), Text: art.Units[q.New].Span.In(art.Body)}
		for _, o := range q.Old {
			u := r.old.Units[o]
			said, words := before[u.ID], u.Span.In(r.old.Body)
			item.Old = append(item.Old, oldSay{o + 1, words, said.Tag, said.OfOtherWords(words)})
		}
		list = append(list, item)
	}
	if d.flags.json {
		return d.printJSON(list)
	}
	for _, p := range list {
		if err := d.print("%4d  %s  %s", p.N, p.Fate, show(p.Text)); err != nil {
			return err
		}
		for _, o := range p.Old {
			tag := o.Tag
			if tag != "" && o.OtherWords {
				tag += " (" + ofOtherWords + ")"
			}
			if err := d.print("      was %d %s  %s", o.N, tag, show(o.Text)); err != nil {
				return err
			}
		}
	}
	if len(list) == 0 {
		d.say("nothing asks in %s", art.Name)
	}
	return nil
}
