package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/store/proof"
)

type redactOptions struct {
	output string
	redact string
}

func newRedact(a *app) *cobra.Command {
	var o redactOptions
	c := &cobra.Command{
		Use:   "redact BUNDLE",
		Short: "leave things out of a bundle, so that the rest is still proved",
		Long: `Copies a bundle that "stet bundle" wrote and leaves things out of it. Neither
the store nor the key is needed: the signature stays and still holds. A record
that goes is replaced by its hash, which proves its place in the log.

Confidential notes always go, and the records with their seals. --redact takes
more out: notes (records with a note, a verdict in words or a reason), names
(records that name a source), by:NAME (records of this person, or that name
them), text (the texts); several are joined by commas. A note cannot be taken
out of a record alone, as the record's hash is over all of it. Who can guess the
whole of a record that was left out can confirm the guess by its hash.

` + exitWords,
		Example: `  stet redact harbour.bundle -o public.bundle
  stet redact harbour.bundle --redact notes,by:ana -o public.bundle`,
		Args: anyArgs,
		RunE: func(_ *cobra.Command, args []string) error { return runRedact(a, o, args) },
	}
	f := c.Flags()
	f.StringVarP(&o.output, "output", "o", "-", "the new `FILE`; - for standard output")
	redactFlag(c, &o.redact)
	f.SortFlags = false
	return c
}

// redactFlag takes words, or stands alone.
func redactFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "redact", "", "leave out `WHAT`: confidential, notes, names, text, by:NAME")
	c.Flags().Lookup("redact").NoOptDefVal = proof.WordConfidential
}

// redaction reads the words of --redact. As the flag may stand alone, the words
// after it come as an argument when no = joins them: they are told from the
// names of articles and files by all of them being known.
func redaction(flag string, args []string) (proof.Redaction, []string, error) {
	if flag == "" {
		return proof.Redaction{}, args, nil
	}
	words := strings.Split(flag, ",")
	var rest []string
	for _, arg := range args {
		_, err := proof.ParseRedaction(strings.Split(arg, ","))
		if err == nil && flag == proof.WordConfidential {
			words = append(words, strings.Split(arg, ",")...)
			continue
		}
		if flag == proof.WordConfidential && meantAsWords(arg) {
			return proof.Redaction{}, rest, usage("--redact: %v. Nothing was done", err)
		}
		rest = append(rest, arg)
	}
	r, err := proof.ParseRedaction(words)
	if err != nil {
		return r, rest, usage("--redact: %v. Nothing was done", err)
	}
	return r, rest, nil
}

// meantAsWords reports whether an argument, not all of which is known, is no name of
// an article or a file all the same: "by:" begins none, and a known word in a list
// says that the others are misspelt.
func meantAsWords(arg string) bool {
	list := strings.Split(arg, ",")
	return strings.HasPrefix(arg, proof.WordBy) || len(list) > 1 && slices.ContainsFunc(list, func(w string) bool {
		_, err := proof.ParseRedaction([]string{w})
		return err == nil
	})
}

func runRedact(a *app, o redactOptions, args []string) error {
	if o.redact == "" {
		o.redact = proof.WordConfidential
	}
	what, args, err := redaction(o.redact, args)
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return usage("give the path of one bundle: stet redact BUNDLE -o FILE")
	}
	in, name, err := a.input(args[0])
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	var sum proof.Summary
	err = a.newFile(o.output, func(w io.Writer) error {
		if sum, err = proof.Redact(w, in, what); err != nil {
			return fmt.Errorf("%s: %w. Nothing was written. `stet bundle ARTICLE -o FILE` makes a bundle", name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.bundleSummary(o.output, &sum)
}
