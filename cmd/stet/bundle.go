package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

type bundleOptions struct {
	output       string
	keyFile      string
	redact       string
	confidential bool
}

func newBundle(a *app) *cobra.Command {
	var o bundleOptions
	c := &cobra.Command{
		Use:   "bundle ARTICLE…",
		Short: "an article's history with proofs, for somebody without the store",
		Long: `Writes a file that proves the history of articles to somebody who has neither
the store nor stet: every record of their chains, byte for byte, with the proof
that it is in the log under a signed checkpoint; the text and its cut into
sentences. "stetproof FILE --key KEY", a small program of its own, checks it.
Make a key first (stet checkpoint --init-key NAME): without one nobody vouches
for it.

Confidential notes are left out, unless --confidential asks for them; their
seals (salt and hash) stand in the records, and who has a guess at a note can
confirm it by its seal: --redact withholds those records, too. It can leave more
out, and the rest is still proved: a record that goes is replaced by its hash,
which proves its place.

  --redact                  records with the seal of a confidential note
  --redact notes            and those with a note, a verdict or a reason
  --redact names            and those that name a source
  --redact by:NAME          and those of this person, or that name them (a merge
                            calls one who said two things apart "NAME (2)", too)
  --redact text             and the texts

Several are joined by commas. Who can guess the whole of a record that was left
out can confirm the guess by its hash.

` + exitWords,
		Example: `  stet bundle harbour -o harbour.bundle
  stet bundle harbour pier --redact notes,names -o harbour.bundle
  stetproof harbour.bundle --key harbour-desk+6b2c1e50+AS2t66Y8…`,
		Args:              anyArgs,
		ValidArgsFunction: a.completeArticle,
		RunE:              func(cmd *cobra.Command, args []string) error { return runBundle(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVarP(&o.output, "output", "o", "-", "the new `FILE`; - for standard output")
	redactFlag(c, &o.redact)
	f.BoolVar(&o.confidential, "confidential", false, "with the words of confidential notes")
	keyFileFlag(c, &o.keyFile)
	f.SortFlags = false
	return c
}

// anyArgs leaves it to the command to say what is wrong with its words.
func anyArgs(*cobra.Command, []string) error { return nil }

func runBundle(ctx context.Context, a *app, o bundleOptions, args []string) error {
	what, args, err := redaction(o.redact, args)
	switch {
	case err != nil:
		return err
	case len(args) == 0:
		return usage("give the names of one article or more: stet bundle ARTICLE -o FILE")
	case o.confidential && o.redact != "":
		return usage("--redact leaves confidential notes out; --confidential puts them in. Choose one")
	}
	if o.redact == "" {
		what.Values = !o.confidential
	}
	key, err := a.signingKey(o.keyFile)
	if err != nil {
		return err
	}
	return a.withStore(ctx, "bundle", false, func(d *desk) error {
		src, err := d.proofs()
		if err != nil {
			return err
		}
		if err := d.mayBundle(ctx); err != nil {
			return err
		}
		if err := d.mustHoldSeen(ctx, src); err != nil {
			return err
		}
		order := proof.Order{Key: key, Time: a.clock(), Redact: what}
		seen := map[annotations.ArticleID]bool{}
		for _, name := range args {
			sum, err := d.find(ctx, name)
			if err != nil {
				return err
			}
			if !seen[sum.ID] {
				seen[sum.ID] = true
				order.Articles = append(order.Articles, sum.ID)
			}
		}
		var sum proof.Summary
		err = a.newFile(o.output, func(w io.Writer) error {
			sum, err = proof.Write(ctx, w, src, order)
			return err
		})
		if err != nil {
			return err
		}
		if key == nil {
			a.say("not signed, as there is no key: nobody vouches for it. `stet checkpoint --init-key NAME` makes one")
		}
		if sum.Seals > 0 {
			a.say("it shows the seal of %s, with its salt: who has a guess at the words can confirm it. --redact withholds such records", plural(sum.Seals, "confidential note"))
		}
		return a.bundleSummary(o.output, &sum)
	})
}

// mayBundle refuses a bundle to who may not see all that it would hold.
func (d *desk) mayBundle(ctx context.Context) error {
	team, err := d.Team(ctx)
	if err != nil || team.Empty() || team.RoleOf(d.session.Actor) == annotations.Lead {
		return err
	}
	return &store.Error{
		Kind: store.ErrForbidden, What: d.session.Actor + " is no lead: a bundle holds what others said", Safe: "Nothing was written",
		Next: "Ask a lead for it; `stet team` shows who may do what",
	}
}

// newFile writes a file that must not be there yet, in one step: after a failure
// there is none. "-" is standard output.
func (a *app) newFile(path string, write func(io.Writer) error) error {
	switch _, err := os.Lstat(path); {
	case path == "":
		return usage("give the path of a new file with -o, or - for standard output")
	case path == "-":
		out := &toldWriter{to: a.stdout}
		if err := write(out); err != nil && out.failed == nil {
			return err
		}
		return written(out.failed)
	case err == nil: // before all the work is done
		return taken(path)
	}
	a.clearLeft(filepath.Dir(path), ".stet-bundle-")
	f, err := os.CreateTemp(filepath.Dir(path), ".stet-bundle-*") // readable by its owner alone
	if err != nil {
		return noFile(path, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone already where it was renamed
	out := &toldWriter{to: f}
	failed := write(out)
	closed := errors.Join(f.Sync(), f.Close())
	switch {
	case out.failed != nil:
		return noFile(path, out.failed)
	case failed != nil:
		return failed
	case closed != nil:
		return noFile(path, closed)
	}
	return give(f.Name(), path)
}

// give gives a finished file its name, which nothing may have yet.
func give(made, path string) error {
	err := os.Link(made, path)
	if _, there := os.Lstat(path); err != nil && errors.Is(there, fs.ErrNotExist) {
		err = os.Rename(made, path) // a file system without hard links
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return taken(path)
	case err != nil:
		return noFile(path, err)
	}
	return nil
}

func taken(path string) error {
	return fmt.Errorf("%s is there already and was not touched. Name another file", path)
}

// noFile says that a new file could not be made. What it names of the system's error
// is the cause alone: the file it was written to is gone.
func noFile(path string, err error) error {
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	return fmt.Errorf("%s cannot be written: %w. Nothing was written. Name another place with -o", path, bare(err))
}

// bundleJSON says what a bundle holds.
type bundleJSON struct {
	Path     string   `json:"path"`
	Store    string   `json:"store"`
	Seal     sealJSON `json:"seal"`
	Signer   string   `json:"signer,omitempty"`
	Articles int      `json:"articles"`
	Records  uint64   `json:"records"`
	Withheld uint64   `json:"withheld"`
	Texts    int      `json:"texts"`
	Values   int      `json:"values"` // confidential notes
}

func (a *app) bundleSummary(path string, s *proof.Summary) error {
	for _, who := range s.Unfound {
		a.say("note: no record is of %s, or names them. Nothing went for that name: is it spelt so?", show(who))
	}
	if path == "-" {
		return nil
	}
	c := s.Checkpoint
	if a.flags.json {
		return a.printJSON(bundleJSON{
			Path: path, Store: c.Store, Seal: sealJSON{Size: c.Size, Root: c.Root.String(), Time: instant(c.Time)}, Signer: s.Signer,
			Articles: s.Articles, Records: s.Records, Withheld: s.Withheld, Texts: s.Texts, Values: s.Values,
		})
	}
	held := ""
	if s.Withheld > 0 {
		held = fmt.Sprintf(", %d of them withheld", s.Withheld)
	}
	if s.Values > 0 {
		held += ", with " + plural(s.Values, "confidential note")
	}
	return a.print("%s: %s of %s%s; root %s at event %d", path, plural(int(s.Records), "record"), plural(s.Articles, "article"), held, c.Root.String(), c.Size)
}
