package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store/survey"
)

type answerOptions struct {
	noted, all bool
}

func newAnswer(a *app) *cobra.Command {
	var o answerOptions
	c := &cobra.Command{
		Use:   "answer [ARTICLE N [WORDS]]",
		Short: "what leads ask you and where they ruled against you; your answer",
		Long: `Without an article: lists the questions that leads ask the reviewer (--as), and
the rulings under which the reviewer's tag does not stand, each with its reason,
its rule and what was said of it since. What was answered, noted or changed to
fit is left out; --all shows it too.

With an article, a sentence and words: answers. The lead sees the words beside
the sentence and goes on with "stet rule": another query is a reply, any other
verdict closes the matter. --noted says that a ruling was read, and nothing
more. The answer is an entry of the reviewer's own history, which "stet log"
shows and "stet undo" takes back; tag and notes stay as they are.

` + exitWords,
		Example: `  stet answer
  stet answer harbour 2 "two officials of the city, neither on record"
  stet answer harbour 23 --noted
  stet answer --json | jq '.[] | select(.open)'`,
		Args:              rangeArgs(0, 3, "an article, a sentence, and your words in quotation marks"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runAnswer(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.BoolVar(&o.noted, "noted", false, "the ruling was read; there is nothing to say to it")
	f.BoolVar(&o.all, "all", false, "list what is done too")
	f.SortFlags = false
	return c
}

func runAnswer(ctx context.Context, a *app, o answerOptions, args []string) error {
	words := ""
	if len(args) == 3 {
		words = strings.TrimSpace(args[2])
	}
	switch {
	case len(args) == 0 && o.noted, len(args) == 1:
		return usage("name the article and the sentence: stet answer ARTICLE N WORDS")
	case len(args) > 0 && o.all:
		return usage("--all is for the list")
	case len(args) > 0 && (words == "") != o.noted:
		return usage("say something, or give --noted, one of the two")
	}
	command := "answer"
	if len(args) == 0 {
		command = "answers"
	}
	return a.withStore(ctx, command, false, func(d *desk) error {
		list, err := survey.NewAsks(d.Store, d.session.Actor).Read(ctx)
		if err != nil {
			return err
		}
		if len(args) == 0 {
			return d.asked(list, o.all)
		}
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		_, unit, err := d.oneSentence(ctx, &sum.Meta, args[1], "an answer is about")
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].Key == sum.ID && list[i].Sentence == unit.ID {
				return d.answer(ctx, &list[i], words)
			}
		}
		return errors.New("no lead asks you anything there, nor ruled against you. Nothing was changed. `stet answer --all` lists where")
	})
}

// asked lists what is asked.
func (d *desk) asked(list []audit.Asked, all bool) error {
	shown := []audit.Asked{}
	for i := range list {
		if all || list[i].Open {
			shown = append(shown, list[i])
		}
	}
	if d.flags.json {
		return d.printJSON(shown)
	}
	if len(shown) == 0 {
		d.say("nobody asks %s anything, and no ruling against them is unread", d.session.Actor)
		return nil
	}
	for i := range shown {
		x := &shown[i]
		if err := d.print("%s  %s", show(x.Place.String()), show(x.Words())); err != nil {
			return err
		}
		if err := d.print("      %s", show(clip(x.Text))); err != nil {
			return err
		}
		for _, t := range x.Thread {
			if err := d.print("      %s  %s", t.Time.UTC().Format("2006-01-02 15:04"), show(report.Turn(&t))); err != nil {
				return err
			}
		}
	}
	return nil
}

// answer says something to a query or a ruling; no words take note of it.
func (d *desk) answer(ctx context.Context, x *audit.Asked, words string) error {
	was, err := d.mine(ctx, x.Key, x.Sentence)
	if err != nil {
		return err
	}
	if words == "" && x.Query() {
		return errors.New("a question wants words, not a note. Nothing was changed. `stet answer ARTICLE N WORDS`")
	}
	c := x.Answer(was, words)
	r, err := d.do(ctx, d.session, x.Key, c)
	if err != nil {
		return err
	}
	if d.flags.json {
		return d.printJSON(map[string]any{"article": x.Article, "n": x.N, "answer": words, "noted": words == "", "receipt": receiptOf(r)})
	}
	if d.flags.quiet {
		return nil
	}
	if words == "" {
		return d.print("%s: noted that it is %s. Saved.", show(x.Place.String()), orNothing(x.Ruled))
	}
	return d.print("%s: answered %s. Saved.", show(x.Place.String()), show(x.By))
}

func orNothing(tag string) string {
	if tag == "" {
		return fmt.Sprintf("nothing on offer (%s)", annotations.Neither)
	}
	return tag
}
