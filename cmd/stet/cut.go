package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

type splitOptions struct {
	before string
	at     int
	reason string
}

func newSplit(a *app) *cobra.Command {
	var o splitOptions
	c := &cobra.Command{
		Use:   "split ARTICLE N --before WORDS",
		Short: "cut a sentence in two: each part is then judged by itself",
		Long: `Splits sentence N where WORDS begin, which must stand in it once, or with --at
before that byte of the sentence. The first part keeps the sentence's history;
the second is a new sentence, and those after it count one more.

What the reviewer (--as) said of the whole is carried to both parts in the same
act. What others said stays with the first part, and is shown as said of other
words until they look again. "stet undo" takes the split back.

` + exitWords,
		Example: `  stet split harbour 12 --before "and point out"
  stet split harbour 12 --at 94`,
		Args:              exactArgs(2, "an article and a sentence"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runSplit(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.before, "before", "", "the `WORDS` that begin the second part")
	f.IntVar(&o.at, "at", 0, "how many `BYTES` of the sentence the first part has")
	f.StringVar(&o.reason, "reason", "", "why, in `WORDS`, for the history")
	f.SortFlags = false
	return c
}

func runSplit(ctx context.Context, a *app, o splitOptions, args []string) error {
	if (o.before == "") == (o.at == 0) {
		return usage("say where, in one of two ways: --before WORDS, or --at BYTES")
	}
	return a.withStore(ctx, "split", false, func(d *desk) error {
		return d.recut(ctx, args, "split", o.reason, func(art *annotations.Article, u annotations.Sentence) ([]annotations.Sentence, []pairing, error) {
			at := u.Span.Start + o.at
			if o.before != "" {
				span, found := once(u.Span.In(art.Body), o.before)
				if found != 1 {
					return nil, nil, fmt.Errorf("sentence %s holds the words %q %s. Nothing was changed. `stet show` prints it", args[1], o.before,
						map[int]string{0: "nowhere", 2: "more than once: give more of them"}[found])
				}
				at = u.Span.Start + span.Start
			}
			next := art.NextID()
			if o.before == "" && (o.at < 1 || o.at >= u.Span.Len() || !utf8.RuneStart(art.Body[at])) {
				return nil, nil, noBorder(args[1], u.Span.In(art.Body), o.at)
			}
			now, err := annotations.SplitUnit(art.Body, art.Units, u.ID, at, next)
			if err != nil {
				return nil, nil, fmt.Errorf("%w. Nothing was changed", err)
			}
			return now, []pairing{{to: u.ID, from: u.ID}, {to: next, from: u.ID}}, nil
		})
	})
}

// noBorder says that a sentence cannot be cut behind so many bytes.
func noBorder(n, words string, at int) error {
	if at < 1 || at >= len(words) {
		return fmt.Errorf("--at is %d: sentence %s has %d bytes, and each part wants some. Nothing was changed. --before WORDS need not be counted", at, n, len(words))
	}
	return fmt.Errorf("--at is %d, inside a character of sentence %s. Nothing was changed. --before WORDS need not be counted", at, n)
}

type joinOptions struct {
	tag, reason string
}

func newJoin(a *app) *cobra.Command {
	var o joinOptions
	c := &cobra.Command{
		Use:   "join ARTICLE N",
		Short: "make one sentence of N and the one after it",
		Long: `Joins sentence N with the next. It keeps N's history; the other sentence is
retired, and those after it count one less.

What the reviewer (--as) said of the two is joined in the same act: sources,
links, evidence, flags and notes of both. When their tags differ, --tag says
which holds. What others said stays where it was, and is shown as said of other
words until they look again. "stet undo" takes the join back.

` + exitWords,
		Example: `  stet join harbour 9
  stet join harbour 9 --tag sourced`,
		Args:              exactArgs(2, "an article and a sentence"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runJoin(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.tag, "tag", "", "the `TAG` of the whole, where the two differ")
	f.StringVar(&o.reason, "reason", "", "why, in `WORDS`, for the history")
	f.SortFlags = false
	return c
}

func runJoin(ctx context.Context, a *app, o joinOptions, args []string) error {
	return a.withStore(ctx, "join", false, func(d *desk) error {
		return d.recut(ctx, args, "join", o.reason, func(art *annotations.Article, u annotations.Sentence) ([]annotations.Sentence, []pairing, error) {
			now, err := annotations.JoinUnits(art.Units, u.ID)
			if err != nil && art.Units[len(art.Units)-1].ID == u.ID {
				err = fmt.Errorf("sentence %s is the last one", args[1])
			}
			if err != nil {
				return nil, nil, fmt.Errorf("%w. Nothing was changed", err)
			}
			gone := art.Units[art.Index(u.ID)+1].ID
			return now, []pairing{{to: u.ID, from: u.ID, and: gone, tag: o.tag}}, nil
		})
	})
}

// pairing says whose words a sentence's annotation comes from after a cut.
type pairing struct {
	to, from annotations.SentenceID
	and      annotations.SentenceID // joined with it; 0 = none
	tag      string                 // of the two, where they differ
}

// recut changes the sentences of an article by way of cut, and carries what the
// reviewer said along in the same act.
func (d *desk) recut(ctx context.Context, args []string, verb, reason string, cut func(*annotations.Article, annotations.Sentence) ([]annotations.Sentence, []pairing, error)) error {
	var receipt store.Receipt
	var name string
	var n, units int
	for tries := range retries {
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		name = sum.Name
		var u annotations.Sentence
		if n, u, err = d.oneSentence(ctx, &sum.Meta, args[1], verb+" is of"); err != nil {
			return err
		}
		art, err := store.Load(ctx, d.Store, sum.ID)
		if err != nil {
			return err
		}
		now, carried, err := cut(art, u)
		if err != nil {
			return err
		}
		units = len(now)
		change, err := store.Recut(ctx, d.Store, art, now, verb, u.ID)
		if err != nil {
			return err
		}
		change.Reason = reason
		changes, err := d.carry(ctx, art, carried, verb)
		if err != nil {
			return err
		}
		most := min(len(changes), store.MaxChanges-1)
		receipt, err = d.do(ctx, d.session, art.ID, append([]annotations.Change{change}, changes[:most]...)...)
		if err == nil {
			if err := d.relinkRest(ctx, art.ID, changes[most:]); err != nil {
				return err
			}
			break
		}
		if !errors.Is(err, store.ErrConflict) || tries == retries-1 {
			return err
		}
	}
	if d.flags.json {
		return d.printJSON(map[string]any{"article": name, "n": n, "sentences": units, "receipt": receiptOf(receipt)})
	}
	if d.flags.quiet {
		return nil
	}
	return d.print("%s %d %s; the article has %s now. Saved.", name, n, map[string]string{"split": "split", "join": "joined with the next"}[verb], plural(units, "sentence"))
}

// relinkRest stores the links to a sentence that is no longer there which are too many
// for the act of the cut itself.
func (d *desk) relinkRest(ctx context.Context, id annotations.ArticleID, rest []annotations.Change) error {
	left := len(rest)
	for part := range slices.Chunk(rest, store.MaxChanges) {
		if _, err := d.do(ctx, d.session, id, part...); err != nil {
			return d.soFar(err, fmt.Sprintf("The cut is saved; the links of %s still lead to what is no longer there. `stet undo` takes the cut back", plural(left, "sentence")))
		}
		left -= len(part)
	}
	if len(rest) > 0 {
		d.say("the links of %s did not fit into the act of the cut and have %s of their own; undo takes back one at a time", plural(len(rest), "sentence"), plural((len(rest)+store.MaxChanges-1)/store.MaxChanges, "act"))
	}
	return nil
}

// carry makes the changes that take the reviewer's words along with a cut.
func (d *desk) carry(ctx context.Context, art *annotations.Article, list []pairing, verb string) ([]annotations.Change, error) {
	book, err := d.book(ctx, art.Codebook)
	if err != nil {
		return nil, err
	}
	var out []annotations.Change
	for _, p := range list {
		was, err := d.mine(ctx, art.ID, p.from)
		if err != nil {
			return nil, err
		}
		now := was.Annotation.Clone()
		if p.and != 0 {
			other, err := d.mine(ctx, art.ID, p.and)
			if err != nil {
				return nil, err
			}
			tag, err := tagOfBoth(book, now.Tag, other.Tag, p.tag)
			if err != nil {
				return nil, err
			}
			now, err = annotations.Joined(now, other.Annotation, tag, annotations.Target{Article: art.ID, Sentence: p.to}, annotations.Target{Article: art.ID, Sentence: p.and})
			if err != nil {
				return nil, err
			}
		}
		if !now.IsZero() {
			now.Codebook = book.Hash
			c := annotations.Change{Kind: annotations.EventAnnotate, Verb: verb, Sentence: p.to, Annotation: &now}
			if p.to == p.from {
				c.Rev = was.Rev
			}
			out = append(out, c)
		}
		if p.and == 0 {
			continue
		}
		follow, err := d.relink(ctx, art.ID, p, verb)
		if err != nil {
			return nil, err
		}
		out = append(out, follow...)
	}
	return out, nil
}

// relink makes the changes by which the reviewer's links to a sentence that was joined
// to another lead to that.
func (d *desk) relink(ctx context.Context, id annotations.ArticleID, p pairing, verb string) ([]annotations.Change, error) {
	var out []annotations.Change
	rows, err := d.rows(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.Ruling != nil || r.Reviewer != d.session.Actor || r.Sentence == p.to || r.Sentence == p.and {
			continue
		}
		now, ok := annotations.Relinked(&r.Annotation.Annotation, annotations.Target{Article: id, Sentence: p.and}, annotations.Target{Article: id, Sentence: p.to})
		if ok {
			out = append(out, annotations.Change{Kind: annotations.EventAnnotate, Verb: verb, Sentence: r.Sentence, Annotation: &now, Rev: r.Annotation.Rev})
		}
	}
	return out, nil
}

// tagOfBoth settles the tag of two joined sentences.
func tagOfBoth(book *annotations.Codebook, a, b, wanted string) (string, error) {
	switch {
	case wanted != "":
		return tagNamed(book, wanted)
	case a == b || b == "":
		return a, nil
	case a == "":
		return b, nil
	}
	return "", usage("you tagged the first as %s and the second as %s. Nothing was changed. Say which holds for the whole: --tag %s or --tag %s", a, b, a, b)
}

type kindOptions struct{ reason string }

func newKind(a *app) *cobra.Command {
	var o kindOptions
	c := &cobra.Command{
		Use:   "kind ARTICLE N KIND",
		Short: "say what sort of unit a line is: sentence, heading, caption …",
		Long: `Corrects the kind of unit N: sentence, heading, dateline, list item, caption or
speaker. Only sentences and list items must be tagged before an article is
finished. Tags stay as they are. "stet undo" takes it back.

` + exitWords,
		Example:           `  stet kind harbour 29 sentence`,
		Args:              exactArgs(3, "an article, a unit and a kind"),
		ValidArgsFunction: a.completeArticleThen(nil, unitKinds),
		RunE:              func(cmd *cobra.Command, args []string) error { return runKind(cmd.Context(), a, o, args) },
	}
	c.Flags().StringVar(&o.reason, "reason", "", "why, in `WORDS`, for the history")
	return c
}

func runKind(ctx context.Context, a *app, o kindOptions, args []string) error {
	kind, err := annotations.ParseKind(strings.NewReplacer("-", " ", "_", " ").Replace(args[2]))
	if err != nil {
		var known []string
		for k := annotations.Kind(0); k.Known(); k++ {
			known = append(known, k.String())
		}
		return usage("%q is no kind of unit; the kinds are %s", args[2], strings.Join(known, ", "))
	}
	return a.withStore(ctx, "kind", false, func(d *desk) error {
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		n, u, err := d.oneSentence(ctx, &sum.Meta, args[1], "a kind is of")
		if err != nil {
			return err
		}
		if u.Kind == kind {
			a.say("%s %d is of that kind already; nothing was changed", sum.Name, n)
			if a.flags.json {
				return a.printJSON(map[string]any{"article": sum.Name, "n": n, "kind": kind.String(), "receipt": nil})
			}
			return nil
		}
		art, err := store.Load(ctx, d.Store, sum.ID)
		if err != nil {
			return err
		}
		now := slices.Clone(art.Units)
		now[art.Index(u.ID)].Kind = kind
		change, err := store.Recut(ctx, d.Store, art, now, "kind", u.ID)
		if err != nil {
			return err
		}
		change.Reason = o.reason
		receipt, err := d.do(ctx, d.session, art.ID, change)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"article": sum.Name, "n": n, "kind": kind.String(), "receipt": receiptOf(receipt)})
		}
		if a.flags.quiet {
			return nil
		}
		return a.print("%s %d is of the kind %s. Saved.", sum.Name, n, kind)
	})
}
