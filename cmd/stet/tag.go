package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// tagOptions are the flags of `stet tag`. Of a flag that was not given nothing
// changes; changed tells.
type tagOptions struct {
	changed func(flag string) bool

	sources, cues, contents     []string
	kinds, terms                []string
	counts, hops                []int
	noSource                    bool
	evidence                    []string
	stance, quote, locator      string
	noEvidence                  []string
	disputes, supports, repeats []string
	derived, noLink             []string
	manner                      string
	inside                      bool
	flags, noFlags              []string
	note, confidential          string
	verdict                     string
	rule, check, reason         string
	unsure, noUnsure            bool
}

func newTag(a *app) *cobra.Command {
	o := &tagOptions{}
	c := &cobra.Command{
		Use:   "tag ARTICLE N TAG",
		Short: "say what a sentence is: what a key does on the screen",
		Long: `Tags sentence N (or N-M, as one act) of an article. TAG is a tag's id or its
key; "none" takes the tag away and keeps the rest; "-" keeps the tag and sets
only what the flags say.

Flags add to what is there and may be given again without harm: links and
evidence are joined, a flag is set once. --source and its companions are the
exception: they replace all that was said of sources. The i-th --cue, --content,
--source-kind, --count, --hops and --terms belong to the i-th --source; one
given once counts for all. Cue and content are looked for in the sentence and
must stand there exactly once; a source's name is marked too where it stands
once.

A link leads to sentence N of the same article, or to ARTICLE:N. Evidence that
is no URL is a file: a copy of it is kept in the store.

` + exitWords,
		Example: `  stet tag harbour 5 sourced --source CSB --cue "According to"
  stet tag harbour 12 contested --disputes 5 --disputes 11 --rule C-b
  stet tag harbour 31-32 x --flag unsourced
  stet tag harbour 17 - --evidence https://example.org/report --stance undercuts
  stet tag harbour 19 none --reason "was meant for 20"`,
		Args:              exactArgs(3, "an article, a sentence (or a range) and a tag"),
		ValidArgsFunction: a.completeArticleThen(nil, a.bookWords(tagsOf)),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.changed = cmd.Flags().Changed
			return runTag(cmd.Context(), a, o, args[0], args[1], args[2])
		},
	}
	o.register(c.Flags())
	return c
}

func (o *tagOptions) register(f *pflag.FlagSet) {
	f.StringArrayVar(&o.sources, "source", nil, "who vouches for the claim: `NAME` (again for more)")
	f.StringArrayVar(&o.cues, "cue", nil, "the `WORDS` that attribute: said, according to")
	f.StringArrayVar(&o.contents, "content", nil, "the `WORDS` that are attributed")
	f.StringArrayVar(&o.kinds, "source-kind", nil, "the source's `KIND`, an id of the codebook")
	f.IntSliceVar(&o.counts, "count", nil, "how many sources it stands for: `N`")
	f.IntSliceVar(&o.hops, "hops", nil, "`N` hops away, 1: spoke to this outlet, 2: by way of another")
	f.StringArrayVar(&o.terms, "terms", nil, "the `TERMS`: on record, background")
	f.BoolVar(&o.noSource, "no-source", false, "forget all that was said of sources")
	f.StringArrayVar(&o.evidence, "evidence", nil, "`URL|FILE` that bears on the claim (again for more)")
	f.StringVar(&o.stance, "stance", "supports", "what the evidence does, its `STANCE`: supports, undercuts, refutes, neutral")
	f.StringVar(&o.quote, "quote", "", "its `WORDS`, verbatim, for one --evidence")
	f.StringVar(&o.locator, "locator", "", "`WHERE` in it: page, minute, table")
	f.StringArrayVar(&o.noEvidence, "no-evidence", nil, "take the item with this `ID` off, or \"all\"")
	f.StringArrayVar(&o.disputes, "disputes", nil, "`N` or ARTICLE:N that it disputes (again for more)")
	f.StringVar(&o.manner, "manner", "", "`HOW` it disputes: direct, rhetorical, partial")
	f.StringArrayVar(&o.supports, "supports", nil, "`N` or ARTICLE:N that it supports")
	f.StringArrayVar(&o.repeats, "repeats", nil, "`N` or ARTICLE:N that it repeats")
	f.StringArrayVar(&o.derived, "derived-from", nil, "`N` or ARTICLE:N that it follows from")
	f.StringArrayVar(&o.noLink, "no-link", nil, "take the links to `N` or ARTICLE:N off, or \"all\"")
	f.BoolVar(&o.inside, "inside", false, "the other side stands inside the sentence (--inside=false: it does not)")
	f.StringArrayVar(&o.flags, "flag", nil, "set the codebook's flag `ID` (again for more)")
	f.StringArrayVar(&o.noFlags, "no-flag", nil, "take the flag `ID` off, or \"all\"")
	f.StringVar(&o.note, "note", "", "a note in `WORDS`; \"\" takes it off")
	f.StringVar(&o.confidential, "confidential", "", "a confidential note in `WORDS`: the log keeps a salted hash of it only")
	f.StringVar(&o.verdict, "verdict", "", "on the claim, in your `WORDS`, for publication; \"\" takes it off")
	f.StringVar(&o.rule, "rule", "", "`ID` of the codebook rule that decided; \"\" takes it off")
	f.BoolVar(&o.unsure, "unsure", false, "unsure: ask the lead")
	f.BoolVar(&o.noUnsure, "no-unsure", false, "no longer unsure")
	f.StringVar(&o.check, "check", "", "`STATE` of a second reading: wanted, done, none")
	f.StringVar(&o.reason, "reason", "", "why, in `WORDS`, for the history")
	f.SortFlags = false
}

// tagged is what a tag command did, for people and for JSON.
type tagged struct {
	receipt store.Receipt
	numbers []int
	before  []annotations.Annotation
	after   []annotations.Record
	saved   bool // something changed
}

const retries = 5 // of an act that somebody else's came before

func runTag(ctx context.Context, a *app, o *tagOptions, name, n, tag string) error {
	if err := o.contradictions(); err != nil {
		return err
	}
	return a.withStore(ctx, "tag", false, func(d *desk) error {
		sum, err := d.find(ctx, name)
		if err != nil {
			return err
		}
		e, err := d.editor(ctx, o, &sum, n, tag)
		if err != nil {
			return err
		}
		var done tagged
		for range retries {
			if done, err = e.apply(ctx); !errors.Is(err, store.ErrConflict) {
				break
			}
		}
		if err == nil && done.saved && e.adopts {
			err = d.adopted(ctx, &sum, e.book)
		}
		if err != nil {
			return err
		}
		return e.report(ctx, &done)
	})
}

// contradictions refuses flags that contradict each other, before the store is opened.
func (o *tagOptions) contradictions() error {
	switch {
	case o.unsure && o.noUnsure:
		return usage("--unsure and --no-unsure exclude each other")
	case o.noSource && o.attributions() > 0:
		return usage("--no-source and --source exclude each other")
	case len(o.evidence) == 0 && (o.changed("stance") || o.quote != "" || o.locator != ""):
		return usage("--stance, --quote and --locator belong to an --evidence")
	case len(o.evidence) > 1 && (o.quote != "" || o.locator != ""):
		return usage("--quote and --locator are of one item. Give each --evidence a command of its own")
	}
	if len(o.sources) > 0 {
		for _, l := range []struct {
			flag string
			n    int
		}{{"cue", len(o.cues)}, {"content", len(o.contents)}, {"source-kind", len(o.kinds)}, {"count", len(o.counts)}, {"hops", len(o.hops)}, {"terms", len(o.terms)}} {
			if l.n > len(o.sources) {
				return usage("--%s is given %d times for %s", l.flag, l.n, plural(len(o.sources), "source"))
			}
		}
	}
	return nil
}

// attributions is how many the flags describe.
func (o *tagOptions) attributions() int {
	return max(len(o.sources), len(o.cues), len(o.contents), len(o.kinds), len(o.counts), len(o.hops), len(o.terms))
}

// parseRange reads "7", "3-7" or "s007" as places of an article of n sentences.
func parseRange(s string, n int) (first, last int, err error) {
	from, to, isRange := strings.Cut(s, "-")
	if !isRange {
		to = from
	}
	read := func(s string) int {
		i, err := strconv.Atoi(strings.TrimPrefix(s, "s"))
		if err != nil {
			return 0
		}
		return i
	}
	first, last = read(from), read(to)
	switch {
	case first < 1 || last < first:
		return 0, 0, usage("%q is no sentence: give a number from 1 to %d, or a range such as 3-7", s, n)
	case last > n:
		return 0, 0, noSentence(last, n)
	}
	return first, last, nil
}
