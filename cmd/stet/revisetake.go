package main

import (
	"context"
	"fmt"

	"stet.example/stet/annotations"
)

// take says of a sentence what the reviewer said of one before.
func (d *desk) take(ctx context.Context, art *annotations.Article, n string, from int) error {
	r, err := d.beside(ctx, art)
	if err != nil {
		return err
	}
	at, unit, err := d.oneSentence(ctx, &art.Meta, n, "--take is for")
	if err != nil {
		return err
	}
	if from < 1 || from > len(r.old.Units) {
		return usage("%s has sentences 1 to %d, no %d", r.old.Name, len(r.old.Units), from)
	}
	was, err := d.mine(ctx, r.old.ID, r.old.Units[from-1].ID)
	if err != nil {
		return err
	}
	if was.IsZero() {
		return fmt.Errorf("you have said nothing of sentence %d of %s. Nothing was changed", from, r.old.Name)
	}
	here, err := d.mine(ctx, art.ID, unit.ID)
	if err != nil {
		return err
	}
	now := r.carried(was.Annotation, from-1, at-1)
	book, err := d.book(ctx, art.Codebook)
	if err != nil {
		return err
	}
	now.Codebook = book.Hash
	c := annotations.Change{Kind: annotations.EventAnnotate, Verb: "carry", Sentence: unit.ID, Rev: here.Rev, Annotation: &now, Reason: fmt.Sprintf("taken from sentence %d of %s", from, r.old.Name)}
	receipt, err := d.do(ctx, d.session, art.ID, c)
	if err != nil {
		return err
	}
	out := takenJSON{
		Article: art.Name, N: at, Tag: now.Tag, From: from, Before: here.Tag, Receipt: receiptOf(receipt),
		OtherWords: was.OfOtherWords(r.old.Units[from-1].Span.In(r.old.Body)), Unmarked: marks(&was.Annotation) - marks(&now),
	}
	if d.flags.json {
		return d.printJSON(out)
	}
	return d.tookText(&out, r)
}

// takenJSON is what was taken, and what a careful reader looks at again.
type takenJSON struct {
	Article    string      `json:"article"`
	N          int         `json:"n"`
	Tag        string      `json:"tag"`
	From       int         `json:"from"`
	Before     string      `json:"before,omitempty"`     // the tag that stood there
	OtherWords bool        `json:"otherWords,omitempty"` // it was said of other words than sentence From has
	Unmarked   int         `json:"unmarked,omitempty"`   // marked words that do not stand there, or more than once
	Receipt    receiptJSON `json:"receipt"`
}

// tookText tells it to people: what was taken to standard output, what to look at beside it.
func (d *desk) tookText(t *takenJSON, r *revision) error {
	if t.OtherWords {
		d.say("note: what you said of sentence %d of %s was %s. Look at it again: `stet show %s --sentence %d`", t.From, r.old.Name, ofOtherWords, t.Article, t.N)
	}
	if t.Unmarked > 0 {
		d.say("note: taken without %s of words that do not stand in sentence %d, or more than once", plural(t.Unmarked, "mark"), t.N)
	}
	if d.flags.quiet {
		return nil
	}
	instead := ""
	if t.Before != "" && t.Before != t.Tag {
		instead = " in place of " + t.Before
	}
	return d.print("%s %d %s%s, as %d was. Saved.", t.Article, t.N, t.Tag, instead, t.From)
}

// marks counts the words of a text that an annotation points at.
func marks(a *annotations.Annotation) (n int) {
	for _, at := range a.Attributions {
		n += len(at.Source) + len(at.Cue) + len(at.Content)
	}
	return n
}
