package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store/proof"
)

type sampleOptions struct {
	confidence, maxRate        float64
	n                          int
	seed, reviewer             string
	checkpoint, key, trace     string
	population, checked, wrong int
	planned, after, numbered   bool // --population, --checked, --number were given
}

func newSample(a *app) *cobra.Command {
	var o sampleOptions
	c := &cobra.Command{
		Use:   "sample",
		Short: "what to check, drawn by chance, so that it vouches for the rest",
		Long: `Answers "how many must I check to be 95% sure that under 5% are wrong", exactly,
and draws them: sentences on which reviewers differ, are unsure or not finished,
of high stakes or accusing somebody always, others by chance, shared among tags.
Rule on them in the order printed, then: stet audit --seed SEED.

The seed decides the draw; the same seed and store give the same. By default it
is the start of the root of the store's history at this moment, which nobody
could choose; "stet checkpoint" signs that root. With --checkpoint it is the
root in a checkpoint that you keep, after the log was compared with it. Rulings
on a draw name it ("stet rule --draw SEED", and the screen by itself), so the
log tells which draw was checked; --trace SEED finds the state of the log that a
seed was taken from.

With --population N nothing is read: how many of N must be checked. With
--checked and --wrong too: how many of N may be wrong after that check.

` + exitWords,
		Example: `  stet sample
  stet sample --checkpoint seal.txt
  stet sample --trace 5f3a09c1e2d44b0b7a6f1c2d3e
  stet sample --max 0.02 --confidence 0.99 --reviewer bob
  stet sample --population 500
  stet sample --population 500 --checked 56 --wrong 1`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.planned = cmd.Flags().Changed("population")
			o.after = cmd.Flags().Changed("checked")
			o.numbered = cmd.Flags().Changed("number")
			return runSample(cmd.Context(), a, o)
		},
	}
	f := c.Flags()
	checkFlags(f, &o.confidence, &o.maxRate)
	f.IntVarP(&o.n, "number", "n", -1, "draw `N` by chance; default: as many as are needed")
	f.StringVar(&o.seed, "seed", "", "the seed, 1 to 64 digits `HEX`")
	f.StringVar(&o.checkpoint, "checkpoint", "", "the seed is the root in this checkpoint (`FILE`, - for standard input)")
	f.StringVar(&o.key, "key", "", "with --checkpoint: verifier `KEY`, or a file with it; default: your own")
	f.StringVar(&o.trace, "trace", "", "say which state of the log the `SEED` is the root of")
	f.StringVar(&o.reviewer, "reviewer", "", "only from what this `NAME` tagged")
	f.IntVar(&o.population, "population", 0, "plan for `N`, without the store")
	f.IntVar(&o.checked, "checked", -1, "with --population: `N` were checked")
	for _, name := range []string{"number", "checked"} {
		f.Lookup(name).DefValue = "0" // -1 means that nobody said; help shows no zero
	}
	f.IntVar(&o.wrong, "wrong", 0, "with --checked: `N` of them were wrong; without: so many may be")
	f.SortFlags = false
	return c
}

// checkFlags are the two numbers that a check is planned by.
func checkFlags(f *pflag.FlagSet, confidence, maxRate *float64) {
	f.Float64Var(confidence, "confidence", 0.95, "how sure to be (`SHARE`)")
	f.Float64Var(maxRate, "max", 0.05, "the `SHARE` of wrong tags that is too many")
}

func checkRates(confidence, maxRate float64) error {
	switch {
	case !(confidence > 0 && confidence < 1):
		return usage("--confidence is %v, not between 0 and 1, such as 0.95", confidence)
	case !(maxRate > 0 && maxRate < 1):
		return usage("--max is %v, not between 0 and 1, such as 0.05", maxRate)
	}
	return nil
}

func runSample(ctx context.Context, a *app, o sampleOptions) error {
	if err := checkRates(o.confidence, o.maxRate); err != nil {
		return err
	}
	if o.after && o.checked < 0 {
		return usage("--checked is %d: it must be 0 or more", o.checked)
	}
	if o.planned {
		return planSample(a, o)
	}
	if o.after || o.wrong != 0 {
		return usage("--checked and --wrong need --population N; with the store, `stet audit --seed` does this")
	}
	if o.numbered && o.n < 0 {
		return usage("--number is %d: it must be 0 or more", o.n)
	}
	if o.reviewer != "" {
		if err := annotations.CheckName(o.reviewer); err != nil {
			return usage("--reviewer: %v", err)
		}
	}
	switch {
	case o.trace != "" && (o.seed != "" || o.checkpoint != ""), o.seed != "" && o.checkpoint != "":
		return usage("--seed, --checkpoint and --trace exclude each other")
	case o.key != "" && o.checkpoint == "":
		return usage("--key is for --checkpoint")
	case o.trace != "":
		return a.withStore(ctx, "sample", false, func(d *desk) error { return d.traceSeed(ctx, o.trace) })
	}
	kept, err := a.readCheckpoint(verifyOptions{checkpoint: o.checkpoint, key: o.key})
	if err != nil {
		return err
	}
	return a.withStore(ctx, "sample", false, func(d *desk) error { return d.sample(ctx, o, kept) })
}

// planSample answers without a store.
func planSample(a *app, o sampleOptions) error {
	if o.checked < 0 {
		n, err := agreement.SampleSize(o.population, o.maxRate, o.confidence, o.wrong)
		if err != nil {
			return usage("%v", err)
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"population": o.population, "confidence": o.confidence, "max_rate": o.maxRate, "allowed_wrong": o.wrong, "needed": n})
		}
		return a.print("check %d of %d: if %s wrong, you can be %g%% sure that under %g%% are", n, o.population, atMost(o.wrong), 100*o.confidence, 100*o.maxRate)
	}
	b, err := agreement.UpperBound(o.population, o.checked, o.wrong, o.confidence)
	if err != nil {
		return usage("%v", err)
	}
	if a.flags.json {
		return a.printJSON(map[string]any{"population": o.population, "confidence": o.confidence, "checked": o.checked, "wrong": o.wrong, "upper_count": b.Count, "upper_rate": b.Rate})
	}
	return a.print("at most %d of %d are wrong (%.2f%%), with %g%% confidence, after %d of %d checked ones were", b.Count, o.population, 100*b.Rate, 100*o.confidence, o.wrong, o.checked)
}

func atMost(n int) string {
	if n == 0 {
		return "none is"
	}
	return fmt.Sprintf("at most %d are", n)
}

// drawJSON is the shape of a draw.
type drawJSON struct {
	Seed       string              `json:"seed"`
	SeedFrom   string              `json:"seed_from"`           // "flag", "seal" or "checkpoint"
	Signature  *signatureJSON      `json:"signature,omitempty"` // of the checkpoint
	Confidence float64             `json:"confidence"`
	MaxRate    float64             `json:"max_rate"`
	Population int                 `json:"population"`
	Risky      int                 `json:"risky"`
	Strata     []agreement.Stratum `json:"strata"`
	Drawn      []audit.Drawn       `json:"drawn"`
	Seal       reportSealJSON      `json:"seal"`
}

func (d *desk) sample(ctx context.Context, o sampleOptions, kept *proof.Signed) error {
	seal, err := d.sealed(ctx)
	if err != nil {
		return err
	}
	seed, from := audit.SeedOf(seal.Root), "seal"
	var signed *signatureJSON
	switch {
	case o.seed != "":
		if seed, err = audit.ParseSeed(o.seed); err != nil {
			return usage("--seed: %v", err)
		}
		from = "flag"
	case kept != nil:
		if err := d.mustHold(ctx, kept); err != nil {
			return err
		}
		seed, from, signed = audit.SeedOf(kept.Root), "checkpoint", signatureOf(kept)
		seal.Size, seal.Root, seal.Time = kept.Size, kept.Root, kept.Time
	}
	in, err := d.auditInput(ctx, nil, false)
	if err != nil {
		return err
	}
	hidden, err := d.hidden(ctx)
	if err != nil {
		return err
	}
	d.mind(hidden.words())
	in.Options = audit.Options{Confidence: o.confidence, MaxRate: o.maxRate}
	found, err := audit.New(in)
	if err != nil {
		return err
	}
	drawn, s, err := found.Draw(o.n, seed, o.reviewer)
	if err != nil {
		return err
	}
	population := s.Risky
	for _, x := range s.Strata {
		population += x.Size
	}
	if d.flags.json {
		if s.Strata == nil {
			s.Strata = []agreement.Stratum{}
		}
		return d.printJSON(drawJSON{audit.SeedText(seed), from, signed, o.confidence, o.maxRate, population, s.Risky, s.Strata, drawn, sealJSONOf(seal)})
	}
	return sampleText(d.app, o, audit.SeedText(seed), seal, population, s.Risky, drawn)
}

func sampleText(a *app, o sampleOptions, seed string, seal report.Seal, population, risky int, drawn []audit.Drawn) error {
	if population == 0 {
		whose := ""
		if o.reviewer != "" {
			whose = " of " + o.reviewer
		}
		a.say("no sentence has a tag%s yet: there is nothing to check", whose)
		return nil
	}
	a.say("%s with a tag; to check: %s, %d by chance", plural(population, "sentence"), plural(risky, "risky one"), len(drawn)-risky)
	a.say("seal: %s", seal.String())
	if err := a.print("seed %s", seed); err != nil {
		return err
	}
	t := newTable(a)
	for i := range drawn {
		it := &drawn[i]
		why := it.Stratum
		if it.Risky {
			why = "risky"
		}
		if it.Ruled {
			why += ", ruled on"
		}
		t.row(strconv.Itoa(i+1), it.Place.String(), why, it.Text)
	}
	if err := t.flush(); err != nil {
		return err
	}
	next := "in this order: stet rule --draw " + seed + " ARTICLE N …"
	if o.reviewer != "" {
		next = "in this order; the rulings on them tell about " + o.reviewer + "'s work"
	}
	a.say("rule on them %s. `stet audit --seed %s` gives the bound", next, seed)
	return nil
}
