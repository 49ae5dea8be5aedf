package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func newCheckpoint(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "checkpoint",
		Short: "print the root of the history, to be kept elsewhere",
		Long: `Seals the log as it stands and prints what proves it later, as three lines:

  stet-store ID
  number of events
  root of the tree over them, in base64

Keep it where nobody who can write to the store can change it: in a mail, on
paper, in another team's hands. "stet verify --checkpoint FILE" compares. It is
not signed: it proves what the log was to whoever kept it, not who made it.

` + exitWords,
		Example: `  stet checkpoint > seal-$(date +%F).txt`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCheckpoint(cmd.Context(), a) },
	}
}

func runCheckpoint(ctx context.Context, a *app) error {
	return a.withStore(ctx, "checkpoint", false, func(d *desk) error {
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
		if a.flags.json {
			return a.printJSON(map[string]any{"store": st.ID, "seal": sealOf(seal), "signed": false})
		}
		n := note{store: st.ID, size: seal.Size, root: seal.Root}
		if _, err := fmt.Fprint(a.stdout, n.String()); err != nil {
			return written(err)
		}
		a.say("not signed: keep it where nobody who can write to the store can change it")
		return nil
	})
}

// note is a checkpoint as text.
type note struct {
	store string // 32 hexadecimal digits
	size  uint64
	root  annotations.Hash
}

const noteOrigin = "stet-store "

// String gives the three lines.
func (n note) String() string {
	return fmt.Sprintf("%s%s\n%d\n%s\n", noteOrigin, n.store, n.size, base64.StdEncoding.EncodeToString(n.root[:]))
}

// parseNote reads the three lines; what follows them, such as signatures, is
// not looked at.
func parseNote(text string) (*note, error) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if len(lines) < 3 || !strings.HasPrefix(lines[0], noteOrigin) {
		return nil, errors.New("this is no checkpoint: it does not begin with " + strings.TrimSpace(noteOrigin))
	}
	n := &note{store: strings.TrimPrefix(lines[0], noteOrigin)}
	var err error
	if n.size, err = strconv.ParseUint(lines[1], 10, 64); err != nil || n.size == 0 {
		return nil, errors.New("line 2 is no number of events")
	}
	b, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(b) != len(n.root) {
		return nil, errors.New("line 3 is no root in base64")
	}
	copy(n.root[:], b)
	return n, nil
}
