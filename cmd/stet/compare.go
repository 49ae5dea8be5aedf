package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
)

func newCompare(a *app) *cobra.Command {
	var jsonl bool
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "an original and its rewrite: what was kept, changed, dropped, added",
		Long: `Says of each sentence of B, the rewrite, which sentences of A it rests on, and names
what changed on the way: quotations altered or dropped, sources dropped or added,
hedges, numbers, cues. Then what of A was left out. A and B are files, or
articles of the store.

With --jsonl there are no arguments: the input has one object a line, {"id",
"a":{"text","sentences"?},"b":{…}}, and so has the output: {"id","links":[{"b",
"from"}],"changes":[{"b","type","was","now"}],"left_out"}. Sentences count from 0;
positions are bytes. --json is the same for one pair.

` + exitWords,
		Example: `  stet compare original.txt rewrite.txt
  stet compare cnn-2025 other-2025 --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if jsonl {
				return exactArgs(0, "no arguments with --jsonl: pairs come on standard input")(cmd, args)
			}
			return exactArgs(2, "an original and a rewrite")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if jsonl {
				return compareLines(cmd.Context(), a)
			}
			return runCompare(cmd.Context(), a, args[0], args[1])
		},
	}
	c.Flags().BoolVar(&jsonl, "jsonl", false, "many pairs: one JSON object a line, in and out")
	return c
}

func compareLines(ctx context.Context, a *app) error {
	return a.eachLine(ctx, a.stdin, "standard input", `{"id":…,"a":{"text":"…"},"b":{"text":"…"}}`, func(line []byte) ([]byte, error) {
		var raw struct {
			ID json.RawMessage `json:"id"`
			A  json.RawMessage `json:"a"`
			B  json.RawMessage `json:"b"`
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			return nil, err
		}
		if len(raw.ID) == 0 {
			raw.ID = json.RawMessage("null")
		}
		sides, err := json.Marshal(map[string]json.RawMessage{"a": orNull(raw.A), "b": orNull(raw.B)})
		if err != nil {
			return nil, err
		}
		var p align.Pair
		if err := json.Unmarshal(sides, &p); err != nil {
			return nil, err
		}
		out, err := json.Marshal(align.Compare(p.A, p.B))
		return withID(out, raw.ID), err
	})
}

func orNull(b json.RawMessage) json.RawMessage {
	if len(b) == 0 {
		return json.RawMessage("null")
	}
	return b
}

func runCompare(ctx context.Context, a *app, one, two string) error {
	original, err := a.side(ctx, one)
	if err != nil {
		return err
	}
	rewrite, err := a.side(ctx, two)
	if err != nil {
		return err
	}
	r := align.Compare(original, rewrite)
	if a.flags.json {
		return a.printJSON(r)
	}
	return printComparison(a.stdout, original, rewrite, r)
}

// side reads a file, or an article of the store where there is no such file.
func (a *app) side(ctx context.Context, name string) (align.Side, error) {
	if _, err := os.Stat(name); err == nil {
		r, err := ingest.File(ctx, name, ingest.Options{})
		if err != nil {
			return align.Side{}, err
		}
		return align.Side{Text: r.Article.Body, Units: r.Article.Units}, nil
	}
	var out align.Side
	err := a.withStore(ctx, "compare", false, func(d *desk) error {
		sum, err := d.find(ctx, name)
		if err != nil {
			return err
		}
		art, err := store.Load(ctx, d.Store, sum.ID)
		if err == nil {
			out = align.Side{Text: art.Body, Units: art.Units}
		}
		return err
	})
	return out, err
}

func printComparison(out io.Writer, a, b align.Side, r align.Result) error {
	w := bufio.NewWriter(out)
	p := func(format string, args ...any) { fmt.Fprintf(w, format, args...) } //nolint:errcheck // Flush reports it
	next := 0
	for _, l := range r.Links {
		from := "nothing in the original"
		if len(l.From) > 0 {
			nums := make([]string, len(l.From))
			for i, n := range l.From {
				nums[i] = strconv.Itoa(n + 1)
			}
			from = "from " + strings.Join(nums, ", ")
		}
		p("%4d  %s\n      %s\n", l.B+1, show(b.Units[l.B].Span.In(b.Text)), from)
		for ; next < len(r.Changes) && r.Changes[next].B == l.B; next++ {
			c := r.Changes[next]
			words := strings.ReplaceAll(string(c.Type), "_", " ")
			if c.Was != "" {
				words += "  [-" + show(c.Was) + "-]"
			}
			if c.Now != "" {
				words += "  {+" + show(c.Now) + "+}"
			}
			p("      %s\n", words)
		}
	}
	if len(r.LeftOut) > 0 {
		p("\nLeft out of the original:\n")
		for _, i := range r.LeftOut {
			p("%4d  %s\n", i+1, show(a.Units[i].Span.In(a.Text)))
		}
	}
	return written(w.Flush())
}
