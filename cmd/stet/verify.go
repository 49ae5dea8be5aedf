package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

type verifyOptions struct {
	checkpoint string
	key        string
	keyFile    string
	forget     bool
}

func newVerify(a *app) *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:   "verify",
		Short: "prove the history: hashes, chains, tree, seals, checkpoints",
		Long: `Computes every event's hash, follows the chain of each article, grows the tree
over all events and compares it with the seals in the store, and what is shown
with what the log says. The first entry that does not hold is named: its place,
article, person and time, as it says itself.

All that is in the store itself: who can rewrite the whole file can make it
hold. So the seals seen earlier are noted in the state folder, and the log must
still hold them; --forget drops them, as after an older backup was restored on
purpose, unless something else does not hold. A checkpoint that somebody keeps
elsewhere proves most: with --checkpoint FILE the log must still begin with
exactly the events that it was made of. Its signature is checked with --key,
else with the key of this machine.

` + exitWords,
		Example: `  stet verify
  stet checkpoint > seal.txt      keep it elsewhere
  stet verify --checkpoint seal.txt
  stet verify --checkpoint seal.txt --key harbour-desk+6b2c1e50+AS2t66Y8…`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runVerify(cmd.Context(), a, o) },
	}
	f := c.Flags()
	f.StringVar(&o.checkpoint, "checkpoint", "", "compare with the checkpoint in `FILE`")
	f.StringVar(&o.key, "key", "", "it must be signed by this verifier `KEY` (or the one in a file)")
	f.BoolVar(&o.forget, "forget", false, "forget the seals that were seen of this store before")
	keyFileFlag(c, &o.keyFile)
	f.SortFlags = false
	return c
}

// proofResult is what verify found.
type proofResult struct {
	OK         bool           `json:"ok"`
	Log        *logJSON       `json:"log"`
	Problems   []string       `json:"problems"`
	First      *firstJSON     `json:"first,omitempty"`      // the first bad record
	Checkpoint string         `json:"checkpoint,omitempty"` // "holds", or what is wrong
	Signature  *signatureJSON `json:"signature,omitempty"`  // of the checkpoint
	Seen       string         `json:"seen"`                 // "holds", or what is missing of what was seen before
}

type signatureJSON struct {
	State string `json:"state"` // good, unchecked, none
	By    string `json:"by,omitempty"`
}

// firstJSON is what a bad record says of itself.
type firstJSON struct {
	Pos      uint64 `json:"pos"`
	Article  string `json:"article,omitempty"`
	Seq      uint64 `json:"seq"` // place in the article's chain
	Sentence int    `json:"sentence,omitempty"`
	By       string `json:"by"`
	Time     string `json:"time"`
}

func runVerify(ctx context.Context, a *app, o verifyOptions) error {
	if o.key != "" && o.checkpoint == "" {
		return usage("--key is for a checkpoint: stet verify --checkpoint FILE --key KEY")
	}
	want, err := a.readCheckpoint(o)
	if err != nil {
		return err
	}
	return a.withStore(ctx, "verify", false, func(d *desk) error {
		bar := a.progress("log")
		r, err := d.Verify(ctx, bar.at)
		bar.end()
		if err != nil {
			return err
		}
		out := proofResult{Log: reportOf(&r), Problems: []string{}}
		for _, p := range r.Problems {
			out.Problems = append(out.Problems, p.String())
		}
		if err := d.examine(ctx, &out, &r, want, o.forget); err != nil {
			return err
		}
		out.OK = len(out.Problems) == 0
		if a.flags.json {
			err = a.printJSON(out)
		} else {
			err = out.text(a, &r, want)
		}
		if err != nil {
			return err
		}
		if !out.OK {
			return &foundError{exitDamage, "the history does not hold: " + out.Problems[0] + ". Nothing was changed. Compare with a backup or the mirror (`stet check --deep`)" + out.wayOn()}
		}
		return nil
	})
}

// wayOn is said to who restored an older copy on purpose.
func (v *proofResult) wayOn() string {
	if v.Seen == "holds" || len(v.Problems) > 1 {
		return ""
	}
	return "; when you restored an older copy yourself, `stet verify --forget` takes it as it is"
}

// examine adds what the report does not know: the checkpoint, what was seen
// before, who made the first bad record.
func (d *desk) examine(ctx context.Context, out *proofResult, r *store.Report, want *proof.Signed, forget bool) error {
	log, err := d.proofs()
	if err != nil {
		return err
	}
	st, err := d.Stat(ctx)
	if err != nil {
		return err
	}
	if out.First, err = d.firstBad(ctx, log, r); err != nil {
		return err
	}
	if want != nil {
		out.Checkpoint, out.Signature = "holds", &signatureJSON{State: string(want.Trust), By: want.Signer}
		why, err := against(ctx, log, want, st.ID, r.Events)
		if err != nil {
			return err
		}
		if why != "" {
			out.Checkpoint = why
			out.Problems = append(out.Problems, "checkpoint: "+why)
		}
	}
	if forget && len(out.Problems) > 0 {
		d.say("something else does not hold. Nothing was forgotten: what was seen before may tell since when")
	} else if forget {
		if err := proof.Forget(d.stateFolder(), st.ID); err != nil {
			return err
		}
	}
	out.Seen = "holds"
	if l, ok := log.(proof.Log); ok {
		c, err := proof.Check(ctx, d.stateFolder(), l, true)
		if err != nil {
			return err
		}
		if c != nil {
			out.Seen = c.String()
			out.Problems = append(out.Problems, "seen before: "+out.Seen)
		}
	}
	if len(out.Problems) == 0 {
		return d.remember(st.ID, r.Seal)
	}
	return nil
}

// readCheckpoint reads the checkpoint that was named and checks its signature;
// nil when none was.
func (a *app) readCheckpoint(o verifyOptions) (*proof.Signed, error) {
	if o.checkpoint == "" {
		return nil, nil //nolint:nilnil // nothing was asked for
	}
	in, name, err := a.input(o.checkpoint)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(in, 2<<20))
	if err := errors.Join(err, in.Close()); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w. Nothing was compared. Check the path", name, bare(err))
	}
	var keys []string
	if o.key != "" {
		k, err := verifierKey(o.key)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	} else if own, err := a.signingKey(o.keyFile); err != nil {
		return nil, err
	} else if own != nil {
		keys = append(keys, own.Public())
	}
	s, err := proof.Open(string(b), keys...)
	switch {
	case errors.Is(err, proof.ErrSignature):
		return nil, &foundError{exitDamage, fmt.Sprintf("%s: %v. Nothing was compared. Get the checkpoint again from who kept it", name, err)}
	case err != nil:
		return nil, fmt.Errorf("%s: %w. Nothing was compared. `stet checkpoint` prints one", name, err)
	case o.key != "" && s.Trust != proof.Good:
		return nil, &foundError{exitDamage, fmt.Sprintf("%s is not signed by the key that was given. Nothing was compared. Get the checkpoint or the key again", name)}
	}
	return &s, nil
}

// verifierKey reads a verifier key as it stands, or out of a file.
func verifierKey(s string) (string, error) {
	if proof.CheckPublic(s) == nil {
		return s, nil
	}
	if info, err := os.Stat(s); err != nil || !info.Mode().IsRegular() || info.Size() > maxKeyFile { // a pipe would be waited for, a device has no end
		return "", errNoKey()
	}
	if b, err := os.ReadFile(s); err == nil && proof.CheckPublic(strings.TrimSpace(string(b))) == nil {
		return strings.TrimSpace(string(b)), nil
	}
	return "", errNoKey()
}

// maxKeyFile is the size of a file from which on it is no verifier key, in bytes.
const maxKeyFile = 4096

func errNoKey() error {
	return usage("--key is neither a verifier key (name+hash+data, as `stet checkpoint --public` prints it) nor a file that holds one")
}

// against compares the log with a checkpoint and says what is wrong, or "".
func against(ctx context.Context, log store.Prover, want *proof.Signed, id string, events uint64) (string, error) {
	switch {
	case id != want.Store:
		return fmt.Sprintf("it is of another store (%s; this is %s)", want.Store, id), nil
	case want.Size > events:
		return fmt.Sprintf("it was made at event %d, the log has only %d: some were cut off", want.Size, events), nil
	}
	roots, err := proof.Roots(ctx, log, want.Size)
	if err != nil {
		return "", err
	}
	if roots[0] != want.Root {
		return fmt.Sprintf("the first %d events are not those it was made of", want.Size), nil
	}
	return "", nil
}

// rootAt is the root of the tree over the first size events, zero for none.
func (d *desk) rootAt(ctx context.Context, size uint64) (annotations.Hash, error) {
	log, err := d.proofs()
	if err != nil || size == 0 {
		return annotations.Hash{}, err
	}
	roots, err := proof.Roots(ctx, log, size)
	if err != nil {
		return annotations.Hash{}, err
	}
	return roots[0], nil
}

// firstBad reads what the first bad record of a report says of itself; nil when
// the report names none.
func (d *desk) firstBad(ctx context.Context, log store.Prover, r *store.Report) (*firstJSON, error) {
	for _, p := range r.Problems {
		n, ok := strings.CutPrefix(p.Where, "event ")
		pos, err := strconv.ParseUint(n, 10, 64)
		if !ok || err != nil || pos == 0 {
			continue
		}
		recs, err := log.Records(ctx, pos-1, 1)
		if err != nil {
			return nil, err
		}
		f := &firstJSON{Pos: pos}
		if len(recs) == 1 {
			if i, ok := store.ReadRecord(recs[0]); ok {
				f.Article, f.Seq, f.Sentence, f.By, f.Time = d.wordsFor(ctx, i.Article).names(i.Article), i.Seq, d.number(ctx, i.Article, i.Sentence), i.Actor, instant(i.Time)
			}
		}
		return f, nil
	}
	return nil, nil //nolint:nilnil // no record is bad
}

// text prints the result for people.
func (v *proofResult) text(a *app, r *store.Report, want *proof.Signed) error {
	for _, p := range v.Problems {
		if err := a.print("broken: %s", p); err != nil {
			return err
		}
	}
	if f := v.First; f != nil {
		sentence := ""
		if f.Sentence > 0 {
			sentence = fmt.Sprintf(", sentence %d", f.Sentence)
		}
		if err := a.print("first bad record: event %d, number %d of %s%s, by %s, %s (as it says itself)", f.Pos, f.Seq, f.Article, sentence, f.By, f.Time); err != nil {
			return err
		}
	}
	if len(v.Problems) > 0 {
		return nil
	}
	if err := a.print("%s of %s hold: hashes, chains, tree and seals; root %s", plural(int(r.Events), "event"), plural(r.Articles, "article"), r.Seal.Root.String()); err != nil {
		return err
	}
	if want == nil {
		return nil
	}
	signed := "it is not signed: that it is the one you kept, you must know yourself"
	switch want.Trust {
	case proof.Good:
		signed = "signed by " + want.Signer
	case proof.Unchecked:
		signed = "the signature by " + want.Signer + " was NOT checked: give its verifier key with --key"
	case proof.Unsigned:
	}
	return a.print("the checkpoint at event %s holds: nothing before it was changed; %s", strconv.FormatUint(want.Size, 10), signed)
}
