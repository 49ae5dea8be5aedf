package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/tui"
	"stet.example/stet/tui/learn"
)

func newLearn(a *app) *cobra.Command {
	var from int
	c := &cobra.Command{
		Use:   "learn",
		Short: "learn to tag in twelve steps, on a built-in article",
		Long: `Opens the review screen on an invented news story, with a tutor above it: what a
step is about, what to press, and a check that it was done. The last step is a
list of sentences to tag alone; at the end the tags are compared with a key, in
percent and by Krippendorff's alpha, and each difference is explained by its
rule.

The store is thrown away. The step is remembered, and in the last one what you
have said, so that the lesson goes on there next time; --from begins a step
anew. q, q leaves at any time. With --plain it is held in lines.

` + exitWords,
		Example: `  stet learn
  stet learn --from 5
  stet learn --plain`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLearn(cmd.Context(), a, from, cmd.Flags().Changed("from"))
		},
	}
	c.Flags().IntVar(&from, "from", 0, fmt.Sprintf("begin at step `N`, 1 to %d; default: where it was left", learn.Count))
	return c
}

func runLearn(ctx context.Context, a *app, from int, given bool) error {
	if given && (from < 1 || from > learn.Count) {
		return usage("--from is %d; there are the steps 1 to %d", from, learn.Count)
	}
	who, err := a.reviewer()
	if err != nil {
		return err
	}
	kept := a.lessonOf(who)
	if !given {
		from = kept.Step
	}
	return a.withDemo(ctx, func(d *desk, id annotations.ArticleID) error {
		t := &tutor{ctx: context.WithoutCancel(ctx), desk: d, article: id, steps: learn.Steps(), at: from - 1}
		if !given && from == learn.Count {
			if err := t.sayAgain(kept.Said); err != nil {
				return err
			}
		}
		shown := d.screen(ctx, id, t.screens)
		t.Notice(id, t.state.Place) // what was saved last, when the screen was gone already
		return errors.Join(shown, t.err, t.end())
	})
}

// tutor follows what the learner does, by what the store holds.
type tutor struct {
	ctx     context.Context //nolint:containedctx // the screens ask without one
	desk    *desk
	article annotations.ArticleID
	steps   []learn.Step
	at      int    // the step, from 0; len(steps) when all are done
	praise  string // that the step before is done; until something goes wrong in this one
	missed  string // what the step that is at hand still misses, of what was begun
	began   uint64 // the log's size when the step began
	seen    uint64
	state   learn.State
	kept    map[annotations.SentenceID]annotations.Annotation // of the last step, as it is remembered
	err     error
	forgot  error // why the lesson is not remembered; it goes on
}

// screens makes of the learner's own screens those of the lesson: suggestions are one
// of its steps, also for who works without them, and half a note has no store to go
// on in.
func (t *tutor) screens(o *tui.Options) { o.Coach, o.Suggest, o.Drafts = t, true, "" }

// Notice implements [tui.Coach].
func (t *tutor) Notice(article annotations.ArticleID, sentence annotations.SentenceID) {
	if article != t.article || t.err != nil {
		return
	}
	if t.err = t.read(sentence); t.err != nil {
		return
	}
	var done []string // a step may have been done before it was its turn
	for t.at < len(t.steps) && t.steps[t.at].Done(&t.state) {
		done = append(done, fmt.Sprintf("Step %d, %s: done.", t.at+1, t.steps[t.at].Title))
		t.at++
		t.began, t.state.Events = t.seen, nil
	}
	if len(done) > 0 {
		t.praise = strings.Join(done, " ")
		t.forgot = t.desk.keepLessonStep(t.desk.session.Actor, t.at)
	}
	if t.at == learn.Count-1 && !maps.EqualFunc(t.kept, t.state.Mine, annotations.Annotation.Equal) {
		t.kept = t.state.Mine
		t.forgot = t.desk.keepLessonSaid(t.desk.session.Actor, t.kept)
	}
	before := t.missed
	if t.missed = ""; t.at < len(t.steps) {
		t.missed = t.steps[t.at].Miss(&t.state)
	}
	if len(done) == 0 && t.missed != "" && t.missed != before { // its praise is old, also when that is mended
		t.praise = ""
	}
}

// read takes from the store what the checks look at.
func (t *tutor) read(sentence annotations.SentenceID) error {
	rows, err := t.desk.rows(t.ctx, t.article)
	if err != nil {
		return err
	}
	t.state.Book, t.state.Place = codebook.Builtin(), sentence
	t.state.Mine = map[annotations.SentenceID]annotations.Annotation{}
	for _, r := range rows {
		if r.Ruling == nil && r.Reviewer == t.desk.session.Actor {
			t.state.Mine[r.Sentence] = r.Annotation.Annotation
		}
	}
	q := store.Query{Article: t.article, Actor: t.desk.session.Actor}
	for t.state.Events, t.seen = nil, t.began; ; {
		const page = 500
		events, next, err := t.desk.Events(t.ctx, q, t.seen, page)
		if err != nil {
			return err
		}
		t.state.Events = append(t.state.Events, events...)
		t.seen = max(next, t.seen)
		if len(events) < page {
			return nil
		}
	}
}

// Lines implements [tui.Coach].
func (t *tutor) Lines() []string {
	var out []string
	if t.praise != "" {
		out = append(out, t.praise)
	}
	switch {
	case t.err != nil:
		return []string{"The tutor cannot go on: " + t.err.Error()}
	case t.at >= len(t.steps):
		return append(out, "All twelve steps are done. Go on as you like; {back}, {back} leaves and shows how your tags compare with the key.")
	}
	s := t.steps[t.at]
	out = append(out, fmt.Sprintf("Step %d of %d, %s. %s", t.at+1, len(t.steps), s.Title, s.About), s.Press)
	if t.missed != "" {
		out = append(out, t.missed)
	}
	return out
}

// end says how far the learner came, and how the tags compare with the key.
func (t *tutor) end() error {
	a := t.desk.app
	if t.forgot != nil {
		a.say("note: the next lesson will not know how far this one came: %v. `stet learn --from N` begins at a step", t.forgot)
	}
	if t.at < len(t.steps)-1 {
		return t.where()
	}
	r, err := learn.Compare(codebook.Builtin(), t.state.Mine)
	if err != nil {
		return err
	}
	width := min(widthOf(a.stdout), 90)
	for _, line := range r.Words(codebook.Builtin()) {
		rows := []string{line}
		if width > 0 { // somebody reads it on a terminal
			rows = append(strings.Split(wrapWords(line, width), "\n"), "")
		}
		for _, row := range rows {
			if err := a.print("%s", row); err != nil {
				return err
			}
		}
	}
	switch {
	case a.flags.quiet:
		return nil
	case t.at == learn.Count-1 && r.Tagged == 0:
		return t.where()
	case t.at == learn.Count-1 && t.forgot == nil:
		return a.print("What you said is kept: stet learn goes on with it; stet learn --from %d begins the step anew.", learn.Count)
	}
	return a.print("The lesson's store is gone. With an article of your own: stet review FILE")
}

// where says at which step the learner is, and how to go on there.
func (t *tutor) where() error {
	if t.desk.flags.quiet {
		return nil
	}
	again := "stet learn goes on there; stet learn --from 1 begins anew"
	if t.forgot != nil {
		again = fmt.Sprintf("stet learn --from %d goes on there", t.at+1)
	}
	return t.desk.print("You are at step %d of %d. %s.", t.at+1, len(t.steps), again)
}
