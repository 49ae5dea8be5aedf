package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

type assignOptions struct {
	deal, everyone bool
}

func newAssign(a *app) *cobra.Command {
	var o assignOptions
	c := &cobra.Command{
		Use:   "assign ARTICLE NAME… | assign --deal [ARTICLE…]",
		Short: "say who is to do an article",
		Long: `Assigns an article to reviewers, in place of those it was assigned to before;
--everyone takes an assignment back. It is a plan, not a lock: the desk shows
each reviewer what is theirs first.

--deal assigns all articles (or those named) that nobody has, by the team's
overlap: each to the reviewers who have the fewest. The deal follows from the
articles' keys, so the same articles are dealt the same way again.

` + exitWords,
		Example: `  stet assign harbour ana ben
  stet assign --deal`,
		Args: cobra.ArbitraryArgs, // how many it wants depends on the flags: see runAssign
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 || o.deal {
				return a.completeArticle(cmd, args, word)
			}
			return a.people(cmd.Context(), args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runAssign(cmd.Context(), a, o, args) },
	}
	c.Flags().BoolVar(&o.deal, "deal", false, "deal out what nobody has")
	c.Flags().BoolVar(&o.everyone, "everyone", false, "assigned to nobody in particular")
	return c
}

func runAssign(ctx context.Context, a *app, o assignOptions, args []string) error {
	switch {
	case o.deal && o.everyone:
		return usage("--deal and --everyone exclude each other")
	case o.everyone && len(args) != 1:
		return usage("--everyone wants one article")
	case !o.deal && !o.everyone && len(args) < 2:
		return usage("name an article and who is to do it, or --deal")
	}
	return a.withStore(ctx, "assign", false, func(d *desk) error {
		if o.deal {
			return d.deal(ctx, args)
		}
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		done, err := d.assign(ctx, &sum, args[1:])
		if err != nil || !a.flags.json {
			return err
		}
		return a.printJSON(done)
	})
}

// assignedJSON says who is to do an article; nobody named: everybody.
type assignedJSON struct {
	Article  string   `json:"article"`
	Assigned []string `json:"assigned"`
}

// assign stores who is to do an article, and says so, but for --json: there the caller
// prints what it returns.
func (d *desk) assign(ctx context.Context, sum *store.Summary, names []string) (assignedJSON, error) {
	out := assignedJSON{sum.Name, append([]string{}, slices.Compact(slices.Sorted(slices.Values(names)))...)}
	names = out.Assigned
	team, err := d.Team(ctx)
	if err != nil {
		return out, err
	}
	for _, n := range names {
		if !team.Empty() && team.RoleOf(n) == "" {
			return out, fmt.Errorf("%s does not belong to the team. Nothing was changed. `stet team` shows it", show(n))
		}
	}
	if _, err := d.do(ctx, d.session, sum.ID, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: names}); err != nil {
		return out, err
	}
	switch {
	case d.flags.json, d.flags.quiet:
		return out, nil
	case len(names) == 0:
		return out, d.print("%s is for everybody. Saved.", sum.Name)
	}
	return out, d.print("%s is for %s. Saved.", sum.Name, strings.Join(names, ", "))
}

// deal assigns articles that nobody has to the reviewers who have the fewest. After a
// failure it still prints what was dealt before.
func (d *desk) deal(ctx context.Context, names []string) error {
	team, err := d.Team(ctx)
	if err != nil {
		return err
	}
	load := map[string]int{}
	for _, m := range team.Members {
		if m.Role == annotations.Reviewer {
			load[m.Name] = 0
		}
	}
	if len(load) == 0 {
		return fmt.Errorf("the team has no reviewers. Nothing was changed. `stet team set NAME reviewer` adds one")
	}
	var open []store.Summary
	wanted := map[annotations.ArticleID]bool{}
	for _, n := range names {
		id, err := store.Find(ctx, d.Store, n)
		if err != nil {
			return err
		}
		wanted[id] = true
	}
	err = d.everyArticle(ctx, func(s store.Summary) error {
		for _, who := range s.Assigned {
			if _, ok := load[who]; ok {
				load[who]++
			}
		}
		if len(s.Assigned) == 0 && (len(names) == 0 || wanted[s.ID]) {
			open = append(open, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	all := []assignedJSON{}
	for i := range open {
		var one assignedJSON
		if one, err = d.assign(ctx, &open[i], dealt(team.Overlap, load, open[i].ID)); err != nil {
			if len(all) > 0 {
				err = d.soFar(err, fmt.Sprintf("%s dealt before it: that is saved. The same command goes on with the others", wereOf(len(all), "article")))
			}
			break
		}
		all = append(all, one)
	}
	if len(open) == 0 {
		d.say("every article is assigned already; nothing was changed")
	}
	if d.flags.json {
		err = errors.Join(err, d.printJSON(all))
	}
	return err
}

// dealt picks reviewers for one article and counts it to them. Among those who
// have equally few, the article's key decides.
func dealt(o annotations.Overlap, load map[string]int, id annotations.ArticleID) []string {
	each := o.Each
	if each == 0 {
		each = len(load)
	}
	if o.Share > 0 && o.Share < 100 && int(id[15])*100 >= o.Share*256 {
		each = 1
	}
	people := make([]string, 0, len(load))
	for who := range load {
		people = append(people, who)
	}
	slices.SortFunc(people, func(x, y string) int {
		if load[x] != load[y] {
			return load[x] - load[y]
		}
		hx, hy := annotations.HashOf(id.String()+x), annotations.HashOf(id.String()+y)
		return strings.Compare(hx.String(), hy.String())
	})
	people = people[:min(each, len(people))]
	for _, who := range people {
		load[who]++
	}
	return people
}
