package tui

import (
	"context"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// What is typed behind an act stands on what that said: it says all of it again, and
// more. Where the act is refused, what was typed before that was known must not be
// saved either: it would be refused for a reason that is none, or, where its number
// happens to be that of what another window saved, write over that unseen.

// on reports whether an entry is about something that others, of the same article,
// were about.
func (e *entry) on(t *touched) bool {
	return t.whole || slices.ContainsFunc(e.changes, func(c annotations.Change) bool { return slices.Contains(t.at, c.Sentence) })
}

// touched is what entries were about: all of an article, or some sentences; 0 is the
// article itself.
type touched struct {
	whole bool
	at    []annotations.SentenceID
}

// add notes what an entry is about.
func (t *touched) add(e *entry) {
	for i := range e.changes {
		c := &e.changes[i]
		t.whole = t.whole || c.Kind == annotations.EventCut || c.Kind == annotations.EventCodebook
		t.at = append(t.at, c.Sentence)
	}
}

// refuse notes what an act was about that was not stored; o.mu is held.
func (o *outbox) refuse(e *entry) {
	if o.refused == nil {
		o.refused = map[annotations.ArticleID]*touched{}
	}
	t := o.refused[e.article]
	if t == nil {
		t = &touched{}
		o.refused[e.article] = t
	}
	t.add(e)
	o.newest = true
}

// behind reports whether an entry stands on one that was refused; o.mu is held. What
// was to be taken back is the newest act on the screen: that was it, unless others that
// went through came behind it.
func (o *outbox) behind(e *entry) bool {
	if e.revert != annotations.Do {
		return len(o.refused) > 0 && o.newest
	}
	t := o.refused[e.article]
	return t != nil && e.on(t)
}

// leftBehind is an entry that was not tried.
func leftBehind(e entry) settled {
	words := e.words
	if e.revert != annotations.Do {
		words = map[annotations.Mode]string{annotations.Undo: "undo", annotations.Redo: "redo"}[e.revert]
	}
	return settled{entry: e, behind: true, err: fmt.Errorf("%s: not saved, because what it was said behind was refused", words)}
}

// inNumbers tells why an act was refused with the numbers by which people call the
// sentences of the article now.
func (o *outbox) inNumbers(ctx context.Context, article annotations.ArticleID, err error) error {
	if isStuck(err) {
		return err
	}
	var text annotations.Text // once it is needed
	return annotations.InWords(err, func(id annotations.SentenceID) int {
		if text == nil {
			sum, wrong := o.store.Summary(ctx, o.session.Actor, article)
			if wrong != nil {
				return 0
			}
			text = store.Read(ctx, o.store, &sum)
		}
		return annotations.PlaceOf(text, id) + 1
	})
}

// anew begins anew with an article of which acts were refused: nothing more is typed on
// what they said. What was typed on that and is not tried yet is dropped, and returned.
func (o *outbox) anew(id annotations.ArticleID) (dropped []settled) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refused[id] == nil {
		return nil
	}
	o.pending = slices.DeleteFunc(o.pending, func(e entry) bool {
		if !o.behind(&e) {
			return false
		}
		dropped, o.file.short = append(dropped, leftBehind(e)), true
		return true
	})
	o.taken += len(dropped)
	delete(o.refused, id)
	return dropped
}
