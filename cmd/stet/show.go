package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

type showOptions struct {
	sentence   string
	reviewer   string
	unfinished bool
}

func newShow(a *app) *cobra.Command {
	var o showOptions
	c := &cobra.Command{
		Use:   "show ARTICLE",
		Short: "an article's sentences, numbered, with what was said of them",
		Long: `Prints the sentences in reading order. Each has its number, its tag as letter
and word with the rule that decided, and its text; below it the sources, links,
evidence, flags and notes, and the lead's ruling. With several reviewers each
has a line of their own.

` + exitWords,
		Example: `  stet show harbour-post
  stet show harbour --sentence 16-19
  stet show harbour --unfinished`,
		Args:              exactArgs(1, "the name of one article"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runShow(cmd.Context(), a, o, args[0]) },
	}
	f := c.Flags()
	f.StringVar(&o.sentence, "sentence", "", "only sentence `N`, or N-M")
	f.StringVar(&o.reviewer, "reviewer", "", "only what this `NAME` said")
	f.BoolVar(&o.unfinished, "unfinished", false, "only what the reviewer (--as) still has to tag or finish")
	f.SortFlags = false
	return c
}

// voiced is a sentence with what was said of it.
type voiced struct {
	n      int
	unit   annotations.Sentence
	said   []store.Row
	ruling *annotations.RulingRecord
}

func runShow(ctx context.Context, a *app, o showOptions, name string) error {
	return a.withStore(ctx, "show", false, func(d *desk) error {
		sum, err := d.find(ctx, name)
		if err != nil {
			return err
		}
		art, err := store.Load(ctx, d.Store, sum.ID)
		if err != nil {
			return err
		}
		book, err := d.book(ctx, sum.Codebook)
		if err != nil {
			return err
		}
		list, err := d.voiced(ctx, art, o)
		if err != nil {
			return err
		}
		if o.unfinished {
			list = stillOpen(list, d.session.Actor, book, art)
		}
		if a.flags.json {
			return d.showJSON(ctx, art, book, list)
		}
		return d.showText(ctx, art, book, list)
	})
}

// voiced gathers sentences with what the wanted reviewers said.
func (d *desk) voiced(ctx context.Context, art *annotations.Article, o showOptions) ([]voiced, error) {
	first, last := 1, len(art.Units)
	if o.sentence != "" {
		var err error
		if first, last, err = parseRange(o.sentence, len(art.Units)); err != nil {
			return nil, err
		}
	}
	rows, err := d.rows(ctx, art.ID)
	if err != nil {
		return nil, err
	}
	by := map[annotations.SentenceID]*voiced{}
	list := make([]voiced, 0, last-first+1)
	for n := first; n <= last; n++ {
		list = append(list, voiced{n: n, unit: art.Units[n-1]})
		by[art.Units[n-1].ID] = &list[len(list)-1]
	}
	for _, r := range rows {
		v := by[r.Sentence]
		switch {
		case v == nil:
		case r.Ruling != nil:
			v.ruling = r.Ruling
		case (o.reviewer == "" || o.reviewer == r.Reviewer) && !r.Annotation.IsZero():
			v.said = append(v.said, r)
		}
	}
	return list, nil
}

// stillOpen keeps what a reviewer has yet to tag or to finish.
func stillOpen(list []voiced, who string, book *annotations.Codebook, art *annotations.Article) []voiced {
	var out []voiced
	for _, v := range list {
		open := v.unit.Kind.Required()
		for _, r := range v.said {
			if r.Reviewer == who && r.Annotation.Tag != "" {
				needs, _ := book.Missing(&r.Annotation.Annotation)
				open = len(needs) > 0 || !r.Annotation.On(v.unit.Span.In(art.Body))
			}
		}
		if open {
			out = append(out, v)
		}
	}
	return out
}

func (d *desk) showJSON(ctx context.Context, art *annotations.Article, book *annotations.Codebook, list []voiced) error {
	out := struct {
		Article   articleJSON    `json:"article"`
		Sentences []sentenceJSON `json:"sentences"`
	}{articleOf(&art.Meta), []sentenceJSON{}}
	for _, v := range list {
		words := v.unit.Span.In(art.Body)
		s := sentenceJSON{
			N: v.n, ID: v.unit.ID.String(), Kind: v.unit.Kind.String(), Paragraph: v.unit.Paragraph, Bytes: spanOf(v.unit.Span),
			Text: words, Annotations: []annotationJSON{}, Ruling: rulingOf(v.ruling),
		}
		if s.Ruling != nil {
			s.Ruling.OtherWords = v.ruling.OfOtherWords(words)
		}
		for i := range v.said {
			x, err := d.annotationOf(ctx, v.said[i].Reviewer, &v.said[i].Annotation, book)
			if err != nil {
				return err
			}
			x.OtherWords = v.said[i].Annotation.OfOtherWords(words)
			s.Annotations = append(s.Annotations, x)
		}
		out.Sentences = append(out.Sentences, s)
	}
	return d.printJSON(out)
}

func (d *desk) showText(ctx context.Context, art *annotations.Article, book *annotations.Codebook, list []voiced) error {
	w := d.wordsFor(ctx, art.ID)
	w.body = art.Body
	var b strings.Builder
	for _, v := range list {
		fmt.Fprintf(&b, "%4d ", v.n)
		letter, word := d.tagCell(v.said, book)
		fmt.Fprintf(&b, "%s %-12s %s\n", letter, word, show(v.unit.Span.In(art.Body)))
		for _, line := range d.details(ctx, w, v, book) {
			fmt.Fprintf(&b, "       %s\n", show(line))
		}
	}
	_, err := d.stdout.Write([]byte(b.String()))
	return written(err)
}

// tagCell gives letter and word where everybody who tagged agrees, else "?" and
// "differ".
func (d *desk) tagCell(said []store.Row, book *annotations.Codebook) (letter, word string) {
	tag := ""
	for _, r := range said {
		switch t := r.Annotation.Tag; {
		case t == "":
		case tag == "":
			tag = t
		case tag != t:
			return "?", "differ"
		}
	}
	t := book.Tag(tag)
	if t == nil {
		return "·", show(tag)
	}
	return d.paint(t.Color, show(t.Letter)), t.Name
}

// ofOtherWords is added to what was said of a sentence that had other words then.
const ofOtherWords = "said of other words: the sentence was cut since"

// details are the lines below a sentence.
func (d *desk) details(ctx context.Context, w wording, v voiced, book *annotations.Codebook) []string {
	var lines []string
	sentence := v.unit.Span.In(w.body)
	if v.unit.Kind != annotations.KindSentence {
		lines = append(lines, "kind: "+v.unit.Kind.String())
	}
	for i := range v.said {
		r := &v.said[i]
		words := d.said(w, &r.Annotation.Annotation)
		if !r.Annotation.On(sentence) {
			words += " (" + ofOtherWords + ")"
		}
		lines = append(lines, r.Reviewer+": "+words)
		for _, u := range r.Annotation.Evidence {
			item, shown, err := d.shownEvidence(ctx, u.ID)
			switch {
			case err != nil:
				lines = append(lines, "  evidence "+u.ID.String()+": "+err.Error())
			case !shown:
				lines = append(lines, fmt.Sprintf("  evidence %s: %s is not shown: the rules of the team hide it, or the store does not have it", u.Stance, u.ID))
			default:
				lines = append(lines, fmt.Sprintf("  evidence %s: %s", u.Stance, evidenceWords(&item)))
			}
		}
		if n := r.Annotation.Note; n != "" {
			lines = append(lines, "  note: "+n)
		}
		if needs := unfinished(book, &r.Annotation.Annotation); needs != "" {
			lines = append(lines, "  unfinished: "+needs)
		}
	}
	if v.ruling != nil && v.ruling.Verdict != "" {
		words := rulingWords(&v.ruling.Ruling)
		if v.ruling.OfOtherWords(sentence) {
			words += " (made on other words: the sentence was cut since)"
		}
		lines = append(lines, "ruling by "+v.ruling.By+": "+words)
	}
	return lines
}

// said puts all that one reviewer says into a line.
func (d *desk) said(w wording, a *annotations.Annotation) string {
	short := a.Clone()
	short.Note, short.Evidence = "", nil // these have lines of their own
	if short.IsZero() {
		return "untagged"
	}
	s := w.change(nil, &short)
	if a.Tag == "" {
		s = "untagged, " + s
	}
	plain := short.Clone() // what a link was given at once is no change of it
	for i := range plain.Links {
		plain.Links[i].Manner = ""
	}
	return strings.Join(append([]string{s}, w.mannerChanges(&plain, &short)...), ", ")
}

// unfinished says what the tag still needs, "" for nothing.
func unfinished(book *annotations.Codebook, a *annotations.Annotation) string {
	needs, _ := book.Missing(a)
	var out []string
	for _, n := range needs {
		switch n {
		case annotations.NeedOtherSide:
			out = append(out, "names no other side (--disputes N, --evidence URL --stance undercuts, or --inside)")
		case annotations.NeedSource:
			out = append(out, "names no source (--source NAME)")
		case annotations.NeedRule:
			out = append(out, "names no rule (--rule ID)")
		}
	}
	return strings.Join(out, ", ")
}
