package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
)

type suggestOptions struct {
	jsonl bool
	lang  string
}

func newSuggest(a *app) *cobra.Command {
	var o suggestOptions
	c := &cobra.Command{
		Use:   "suggest [FILE|-]",
		Short: "propose who says what, and a tag for each sentence; no store",
		Long: `Reads the text in FILE, or on standard input, in UTF-8, and proposes for each
sentence a tag of the built-in codebook, the rule that would decide, and who
vouches for it. A "?" stands where the rules have no idea. Suggestions come from
rules; nothing is stored, and nobody has to agree with them.

With --jsonl the input has one object a line,
{"id","text","lang"?,"sentences"?}, and so has the output, in the same order:
{"id","sentences","attributions":
[{"source","cue","content","who"?,"kind"?}],"tags","counter"}. Positions are
bytes, half-open; sentences count from 0. --json is the same for one text.

` + exitWords,
		Example: `  stet suggest article.txt
  echo '{"id":1,"text":"It rained, the mayor said."}' | stet suggest --jsonl`,
		Args: rangeArgs(0, 1, "one file at most, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return runSuggest(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.BoolVar(&o.jsonl, "jsonl", false, "many texts: one JSON object a line, in and out")
	f.StringVar(&o.lang, "lang", "", "the `LANGUAGE`, as en or de; default: detected")
	f.SortFlags = false
	return c
}

func runSuggest(ctx context.Context, a *app, o suggestOptions, args []string) error {
	if err := checkLanguage(o.lang); err != nil {
		return err
	}
	in, name, err := a.input(append(args, "-")[0])
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	if o.jsonl {
		return a.eachLine(ctx, in, name, `{"id":…,"text":"…","lang":"…","sentences":[[0,9],…]}`, func(line []byte) ([]byte, error) {
			job, err := readJob(line)
			if err != nil {
				return nil, err
			}
			return suggestLine(job, o.lang)
		})
	}
	text, err := wholeText(in, name)
	if err != nil {
		return err
	}
	if a.flags.json {
		out, err := suggestLine(&textJob{ID: json.RawMessage("null"), Text: &text}, o.lang)
		if err != nil {
			return err
		}
		_, err = a.stdout.Write(out)
		return written(err)
	}
	return printSuggestions(a.stdout, text, attribution.Suggest(text, nil, attribution.Options{Lang: o.lang}))
}

// suggestLine answers one line. Sentences that come with a text must be spans
// of it, in order.
func suggestLine(job *textJob, lang string) ([]byte, error) {
	if job.Lang != "" {
		lang = job.Lang
	}
	var units []annotations.Sentence
	if job.Sentences != nil {
		units = attribution.Units(job.Sentences)
		at := 0
		for i, u := range units {
			if err := u.Span.Check(*job.Text); err != nil {
				return nil, fmt.Errorf("sentence %d: %w", i, err)
			}
			if u.Span.Start < at {
				return nil, fmt.Errorf("sentence %d starts at byte %d, inside the one before", i, u.Span.Start)
			}
			at = u.Span.End
		}
	}
	line, err := json.Marshal(attribution.Suggest(*job.Text, units, attribution.Options{Lang: lang}).Line(""))
	return withID(line, job.ID), err
}

// withID gives an answer that starts with an empty "id" the one of its question,
// which may be any JSON value, and ends the line.
func withID(answer []byte, id json.RawMessage) []byte {
	rest := strings.TrimPrefix(string(answer), `{"id":""`)
	return append(append(append([]byte(`{"id":`), escapeJSON(id)...), escapeJSON([]byte(rest))...), '\n')
}

func printSuggestions(out io.Writer, text string, r attribution.Result) error {
	w := bufio.NewWriter(out)
	who := make([][]string, len(r.Units))
	for _, at := range r.Voices() {
		name := at.Who
		if name == "" && len(at.Source) > 0 {
			name = at.Source[0].In(text)
		}
		if name != "" && at.Unit < len(who) && !slices.Contains(who[at.Unit], name) { // who opposes and warns is one
			who[at.Unit] = append(who[at.Unit], name)
		}
	}
	for i, s := range r.Suggestions(text) {
		tag, rule := s.Tag, s.Rule
		if tag == "" {
			tag, rule = "?", ""
		}
		fmt.Fprintf(w, "%4d  %-10s %-4s %s\n", i+1, tag, rule, show(r.Units[i].Span.In(text))) //nolint:errcheck // Flush reports it
		if len(who[i]) > 0 {
			fmt.Fprintf(w, "                       %s\n", show("source: "+strings.Join(who[i], "; "))) //nolint:errcheck // Flush reports it
		}
	}
	for _, p := range r.Counter {
		fmt.Fprintf(w, "counter-claims: %d and %d\n", p[0]+1, p[1]+1) //nolint:errcheck // Flush reports it
	}
	return written(w.Flush())
}
