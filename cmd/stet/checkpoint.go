package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

type checkpointOptions struct {
	keyFile string
	initKey string
	public  bool
}

func newCheckpoint(a *app) *cobra.Command {
	var o checkpointOptions
	c := &cobra.Command{
		Use:   "checkpoint",
		Short: "print the root of the history, signed, to be kept elsewhere",
		Long: `Seals the log as it stands and prints what proves it later, as a signed note:

  stet/STORE                      which store
  number of events
  root of the tree over them, in base64
  time

  — NAME signature                when there is a key

Keep it where nobody who can write to the store can change it: in a mail, on
paper, in another team's hands. "stet verify --checkpoint FILE" compares.

--init-key NAME makes a key that signs from then on, in the state folder, and
prints the verifier key, which is no secret: give it to whoever is to check your
checkpoints and bundles. --public prints it again. Without a key the note is not
signed: it proves what the log was to whoever kept it, not who made it.

` + exitWords,
		Example: `  stet checkpoint --init-key harbour-desk
  stet checkpoint > seal-$(date +%F).txt
  stet checkpoint --public`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCheckpoint(cmd.Context(), a, o) },
	}
	f := c.Flags()
	f.StringVar(&o.initKey, "init-key", "", "make a key with this `NAME`: letters, digits and . _ - /")
	f.BoolVar(&o.public, "public", false, "print the verifier key")
	keyFileFlag(c, &o.keyFile)
	f.SortFlags = false
	return c
}

// keyFileFlag names the file of the signing key.
func keyFileFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "key-file", "", "the signing key's `FILE` (STET_KEY_FILE; default checkpoint.key in the state folder)")
}

func (a *app) keyFile(flag string) string {
	return first(
		setting{value: flag}, setting{value: a.getenv("STET_KEY_FILE")}, setting{value: filepath.Join(a.stateFolder(), "checkpoint.key")},
	).value
}

// signingKey reads the key, nil when there is none. One that was named must be
// there.
func (a *app) signingKey(flag string) (*proof.Key, error) {
	path := a.keyFile(flag)
	k, err := proof.LoadKey(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && flag == "" && a.getenv("STET_KEY_FILE") == "":
		return nil, nil //nolint:nilnil // no key is no error: what is made is not signed, and says so
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no key at %s. Nothing was signed. `stet checkpoint --init-key NAME --key-file FILE` makes one", path)
	case err != nil:
		return nil, fmt.Errorf("the signing key: %w", err)
	}
	return k, nil
}

func runCheckpoint(ctx context.Context, a *app, o checkpointOptions) error {
	switch {
	case o.initKey != "" && o.public:
		return usage("--init-key prints the verifier key already; --public is for later")
	case o.initKey != "":
		return a.initKey(o)
	case o.public:
		key, err := a.signingKey(o.keyFile)
		if err != nil {
			return err
		}
		if key == nil {
			return errors.New("there is no key here yet. Nothing was done. `stet checkpoint --init-key NAME` makes one")
		}
		return a.publicKey(key)
	}
	key, err := a.signingKey(o.keyFile)
	if err != nil {
		return err
	}
	return a.withStore(ctx, "checkpoint", false, func(d *desk) error { return d.checkpoint(ctx, key) })
}

func (a *app) initKey(o checkpointOptions) error {
	key, err := proof.NewKey(a.random, o.initKey)
	if err != nil {
		return usage("%v. Nothing was done", err)
	}
	path := a.keyFile(o.keyFile)
	switch err := key.Save(path); {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("there is a key at %s already, and it was not touched. `stet checkpoint --public` shows it; --key-file names another place", path)
	case err != nil:
		return fmt.Errorf("the key cannot be kept: %w. Nothing was signed", err)
	}
	a.say("the key is in %s; it is a secret, keep a copy. The line printed is not: give it to whoever checks", path)
	return a.publicKey(key)
}

func (a *app) publicKey(key *proof.Key) error {
	if a.flags.json {
		return a.printJSON(map[string]any{"name": key.Name(), "key": key.Public()})
	}
	return a.print("%s", key.Public())
}

func (d *desk) checkpoint(ctx context.Context, key *proof.Key) error {
	log, err := d.proofs()
	if err != nil {
		return err
	}
	if err := d.mustHoldSeen(ctx, log); err != nil {
		return err
	}
	st, err := d.Stat(ctx)
	if err != nil {
		return err
	}
	seal, err := d.Seal(ctx)
	if err != nil {
		return err
	}
	if seal.Size == 0 {
		return &store.Error{Kind: store.ErrNotFound, What: "the log is empty; there is nothing to seal", Next: "`stet import FILE` brings an article in"}
	}
	text, err := proof.Sign(proof.Checkpoint{Store: st.ID, Size: seal.Size, Root: seal.Root, Time: d.clock()}, key)
	if err != nil {
		return err
	}
	if d.flags.json {
		out := map[string]any{"store": st.ID, "seal": sealOf(seal), "signed": key != nil, "note": text}
		if key != nil {
			out["key"] = key.Public()
		}
		return errors.Join(d.printJSON(out), d.remember(st.ID, seal))
	}
	if _, err := fmt.Fprint(d.stdout, text); err != nil {
		return written(err)
	}
	if key == nil {
		d.say("not signed, as there is no key (`stet checkpoint --init-key NAME` makes one): keep it where nobody who can write to the store can change it")
	}
	return d.remember(st.ID, seal)
}

// proofs is the store as a source of proofs.
func (d *desk) proofs() (proof.Source, error) {
	if s, ok := store.Whole(d.Store).(proof.Source); ok {
		return s, nil
	}
	return nil, errors.New("this way of reaching the store gives no proofs. Nothing was done. Run it where the store's file is, while nobody else has it open")
}

// mustHoldSeen refuses to vouch for a log that lacks what was seen of it.
func (d *desk) mustHoldSeen(ctx context.Context, log store.Prover) error {
	l, ok := log.(proof.Log)
	if !ok {
		return nil
	}
	c, err := proof.Check(ctx, d.stateFolder(), l, false)
	if err != nil || c == nil {
		return err
	}
	return &foundError{exitDamage, c.String() + ". Nothing was signed. `stet verify` says more, and how to go on"}
}

// remember notes the seal for the next start. That it cannot is no reason to
// fail: the work is done.
func (d *desk) remember(id string, s store.Seal) error {
	if err := proof.Remember(d.stateFolder(), id, s); err != nil {
		d.say("the seal could not be noted for the next time: %v", err)
	}
	return nil
}
