package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/annotations/segment"
)

type segmentOptions struct {
	jsonl bool
	lang  string
}

func newSegment(a *app) *cobra.Command {
	var o segmentOptions
	c := &cobra.Command{
		Use:   "segment [FILE|-]",
		Short: "cut a text into sentences; no store",
		Long: `Cuts the text in FILE, or on standard input, into sentences and prints one a
line. The text is taken as it stands, in UTF-8; positions are bytes, half-open.

With --json: {"language", "sentences": [[start,end],…], "units": [{"start",
"end","kind","paragraph","dateline","text"},…]}.

With --jsonl the input has one object a line, {"id","text","lang"?}, and so has
the output, {"id","sentences":[[start,end],…]}, in the same order and as soon as
each line is read. A line that is not such an object ends the run: its number is
in the message, and all lines before it are answered.

` + exitWords,
		Example: `  stet segment article.txt
  printf '%s\n' '{"id":1,"text":"One. Two."}' | stet segment --jsonl`,
		Args: rangeArgs(0, 1, "one file at most, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return runSegment(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.BoolVar(&o.jsonl, "jsonl", false, "many texts: one JSON object a line, in and out")
	f.StringVar(&o.lang, "lang", "", "the `LANGUAGE`, as en or pt-BR; default: detected")
	f.SortFlags = false
	return c
}

func runSegment(ctx context.Context, a *app, o segmentOptions, args []string) error {
	if err := checkLanguage(o.lang); err != nil {
		return err
	}
	in, name, err := a.input(append(args, "-")[0])
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	if o.jsonl {
		return segmentLines(ctx, a, in, name, o.lang)
	}
	text, err := wholeText(in, name)
	if err != nil {
		return err
	}
	lang := o.lang
	if lang == "" {
		lang = segment.Detect(text)
	}
	units := segment.Append(nil, text, segment.Options{Lang: lang})
	if a.flags.json {
		return segmentJSON(a, text, lang, units)
	}
	w := bufio.NewWriter(a.stdout)
	for _, u := range units {
		fmt.Fprintln(w, show(u.Span.In(text))) //nolint:errcheck // Flush reports it
	}
	return written(w.Flush())
}

// checkLanguage refuses a --lang that is no language: its text would be read by
// other rules, and nothing said.
func checkLanguage(lang string) error {
	if lang != "" && !ingest.KnownLanguage(lang) {
		return usage("there is no language %q; use a tag such as en or pt-BR, or none to have it detected. Nothing was done", lang)
	}
	return nil
}

// wholeText reads a text as it stands.
func wholeText(in io.Reader, name string) (string, error) {
	b, err := io.ReadAll(io.LimitReader(in, annotations.MaxText+1))
	switch {
	case errors.Is(err, context.Canceled):
		return "", err
	case err != nil:
		return "", fmt.Errorf("%s cannot be read: %w. Nothing was done. Check the path", name, bare(err))
	case len(b) > annotations.MaxText:
		return "", fmt.Errorf("%s is longer than %d bytes. Nothing was printed. Cut it into several files", name, annotations.MaxText)
	}
	text := string(b)
	if !utf8.ValidString(text) {
		return "", fmt.Errorf("%s is not UTF-8 (byte %d). Nothing was printed. `stet import` reads other encodings; or convert it first", name, firstInvalid(text))
	}
	return text, nil
}

func firstInvalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return len(s)
}

func segmentJSON(a *app, text, lang string, units []annotations.Sentence) error {
	type unitJSON struct {
		Start     int    `json:"start"`
		End       int    `json:"end"`
		Kind      string `json:"kind"`
		Paragraph uint32 `json:"paragraph"`
		Dateline  int    `json:"dateline,omitempty"`
		Text      string `json:"text"`
	}
	out := struct {
		Language  string     `json:"language"`
		Sentences []spanJSON `json:"sentences"`
		Units     []unitJSON `json:"units"`
	}{lang, []spanJSON{}, []unitJSON{}}
	for _, u := range units {
		out.Sentences = append(out.Sentences, spanOf(u.Span))
		out.Units = append(out.Units, unitJSON{u.Span.Start, u.Span.End, u.Kind.String(), u.Paragraph, u.Dateline, u.Span.In(text)})
	}
	return a.printJSON(out)
}

// segmentLines answers line by line.
func segmentLines(ctx context.Context, a *app, in io.Reader, name, lang string) error {
	var units []annotations.Sentence
	var out []byte
	return a.eachLine(ctx, in, name, `{"id":…,"text":"…","lang":"…"}`, func(line []byte) ([]byte, error) {
		job, err := readJob(line)
		if err != nil {
			return nil, err
		}
		if job.Lang == "" {
			job.Lang = lang
		}
		units = segment.Append(units[:0], *job.Text, segment.Options{Lang: job.Lang})
		out = appendSpans(out[:0], job.ID, units)
		return out, nil
	})
}

// textJob is a line of input of segment and suggest.
type textJob struct {
	ID   json.RawMessage `json:"id"`
	Text *string         `json:"text"`
	Lang string          `json:"lang"`

	Sentences [][2]int `json:"sentences"` // suggest only: nil when the text is to be cut
}

func readJob(line []byte) (*textJob, error) {
	var job textJob
	if err := json.Unmarshal(line, &job); err != nil {
		return nil, lineFault(err)
	}
	if job.Text == nil {
		return nil, errors.New("has no \"text\"")
	}
	if len(job.ID) == 0 {
		job.ID = json.RawMessage("null")
	}
	return &job, nil
}

func appendSpans(b []byte, id json.RawMessage, units []annotations.Sentence) []byte {
	b = append(append(b, `{"id":`...), escapeJSON(id)...)
	b = append(b, `,"sentences":[`...)
	for i, u := range units {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), int64(u.Span.Start), 10)
		b = strconv.AppendInt(append(b, ','), int64(u.Span.End), 10)
		b = append(b, ']')
	}
	return append(b, "]}\n"...)
}
