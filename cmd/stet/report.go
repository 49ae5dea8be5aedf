package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations/audit/report"
)

type reportOptions struct {
	auditOptions
	html, markdown, text string
	reply                []string
}

func newReport(a *app) *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report",
		Short: "the audit as a page to keep or print, or a right-of-reply letter",
		Long: `Writes the whole audit as one HTML page that needs nothing else (charts inside,
no script, no network, fit for printing) or as Markdown; - is standard output,
and without a flag it is Markdown there. Reports name the store's seal.

With --reply NAME it is a letter to one person or body: every sentence whose
text or sources name it, with tags and evidence, and no reviewer's name or note.
Give --reply again for other names of the same one. --text writes plain text.

` + exitWords,
		Example: `  stet report --html audit.html
  stet report --markdown - | less
  stet report --reply "Coastal Safety Board" --reply CSB --text letter.txt`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runReport(cmd.Context(), a, o) },
	}
	f := c.Flags()
	f.StringVar(&o.html, "html", "", "write a page to `FILE`")
	f.StringVar(&o.markdown, "markdown", "", "write Markdown to `FILE`")
	f.StringVar(&o.text, "text", "", "with --reply: write plain text to `FILE`")
	f.StringArrayVar(&o.reply, "reply", nil, "a letter to this `NAME`")
	f.StringVar(&o.seed, "seed", "", "the seed (`HEX`) of the draw that was checked")
	checkFlags(f, &o.confidence, &o.maxRate)
	f.Uint64Var(&o.bootstrap, "bootstrap-seed", 0, "seed (`N`) of the intervals")
	f.SortFlags = false
	return c
}

func runReport(ctx context.Context, a *app, o reportOptions) error {
	opt, err := o.options()
	if err != nil {
		return err
	}
	letter := len(o.reply) > 0
	switch {
	case slices.ContainsFunc(o.reply, func(name string) bool { return strings.TrimSpace(name) == "" }):
		return usage("--reply wants the name of a person or body")
	case letter && o.html != "":
		return usage("a letter is Markdown or plain text: --markdown FILE or --text FILE")
	case !letter && o.text != "":
		return usage("--text is for a letter; a report is --html FILE or --markdown FILE")
	case o.markdown != "" && (o.markdown == o.html || o.markdown == o.text):
		return usage("%s cannot be two files. Nothing was written. Name another for one of them", o.markdown)
	}
	r, hidden, err := a.audited(ctx, "report", opt)
	if err != nil {
		return err
	}
	if letter {
		return replyLetter(a, o, &r, &hidden)
	}
	if r.Intervals, err = intervals(r.Desk, o.bootstrap); err != nil {
		return err
	}
	if a.flags.json {
		return auditJSON(a, &r)
	}
	if o.html == "" && o.markdown == "" {
		o.markdown = "-"
	}
	if err := a.writeReport(o.html, &r, func(w io.Writer) error { return report.HTML(w, r) }); err != nil {
		return err
	}
	return a.writeReport(o.markdown, &r, func(w io.Writer) error { return report.Markdown(w, r) })
}

// writeReport writes to a file whole or not at all; "" is nowhere, "-" standard
// output.
func (a *app) writeReport(path string, r *report.Report, write func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if path == "-" {
		_, err := a.stdout.Write(b.Bytes())
		return written(err)
	}
	if err := a.writeFile(path, b.Bytes()); err != nil {
		return err
	}
	a.say("%s written (%d bytes); %s", path, b.Len(), r.Seal.String())
	return nil
}

// replyLetter writes a right-of-reply letter.
func replyLetter(a *app, o reportOptions, r *report.Report, hidden *hiddenTags) error {
	l := report.Reply{Name: o.reply[0], Assertions: r.Desk.About(o.reply...), Seal: r.Seal}
	if err := hidden.letter(&l); err != nil {
		return err
	}
	a.mind(hidden.words()) // a source that others named may be among it
	if a.flags.json {
		return a.printJSON(map[string]any{"names": o.reply, "assertions": l.Assertions, "seal": sealJSONOf(r.Seal)})
	}
	if len(l.Assertions) == 0 {
		return fmt.Errorf("no sentence names %s, and no reviewer named it as a source. Nothing was written", o.reply[0])
	}
	if o.markdown == "" && o.text == "" {
		o.text = "-"
	}
	if err := a.writeReport(o.markdown, r, func(w io.Writer) error { return report.ReplyMarkdown(w, l) }); err != nil {
		return err
	}
	return a.writeReport(o.text, r, func(w io.Writer) error { return report.ReplyText(w, l) })
}
