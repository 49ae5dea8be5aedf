package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func newTeam(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "team [set NAME ROLE | remove NAME | open | blind | dissolve |\n            overlap N [PERCENT]]",
		Short: "who works here, and by which rules",
		Long: `Without arguments: shows the team. A store without a team has no rules:
everybody may do and see everything. As soon as there is a team, only its
members may change anything, and the store itself keeps to these rules, whatever
program asks:

  reviewer  annotates; sees what others said of an article, and what leads
            decided there, after finishing it; what leads ask at once
  lead      also rules, assigns, reopens, and sets the team; sees everything

"blind" (the rule to begin with) hides reviewers' tags from each other until
each has finished, and finishing binds; "open" does neither. "overlap 2" deals
each article to two reviewers, "overlap 2 30" to two for 30 percent of the
articles and to one for the rest. The first "set" must name a lead. "dissolve"
takes all rules away.

` + exitWords,
		Example: `  stet team set lea lead
  stet team set ana reviewer
  stet team overlap 2 30`,
		Args:              rangeArgs(0, 3, "what to change"),
		Annotations:       map[string]string{firstWords: strings.Join(teamChanges(), " ")},
		ValidArgsFunction: a.completeTeam,
		RunE:              func(cmd *cobra.Command, args []string) error { return runTeam(cmd.Context(), a, args) },
	}
}

// teamChanges are what may stand behind `stet team`.
func teamChanges() []string {
	return []string{"set", "remove", "open", "blind", "overlap", "dissolve"}
}

func runTeam(ctx context.Context, a *app, args []string) error {
	if err := checkTeamWords(args); err != nil {
		return err
	}
	makes := len(args) > 0 && args[0] == "set" // nothing else can be done where there is no store yet
	return a.withStore(ctx, "team", makes, func(d *desk) error {
		team, err := d.Team(ctx)
		if err != nil {
			return err
		}
		if len(args) > 0 {
			next := team.Clone()
			if err := editTeam(&next, args); err != nil {
				return err
			}
			if err := d.mayShutOut(ctx, &team, &next); err != nil {
				return err
			}
			if _, err := d.do(ctx, d.session, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &next}); err != nil {
				return err
			}
			team = next
		}
		if a.flags.json {
			return a.printJSON(team)
		}
		if team.Empty() {
			return a.print("no team: everybody may do and see everything")
		}
		for _, m := range team.Members {
			if err := a.print("%-9s %s", show(string(m.Role)), show(m.Name)); err != nil {
				return err
			}
		}
		return a.print("%s; %s", map[bool]string{true: "open: everybody sees every tag", false: "blind: reviewers see each other's tags after finishing"}[team.Open], overlapWords(team.Overlap))
	})
}

func overlapWords(o annotations.Overlap) string {
	switch {
	case o.Each == 0:
		return "every article is for everybody"
	case o.Share == 0 || o.Share == 100:
		return "each article is dealt to " + plural(o.Each, "reviewer")
	}
	return fmt.Sprintf("%d percent of the articles are dealt to %s, the others to one", o.Share, plural(o.Each, "reviewer"))
}

// checkTeamWords tells why a command line says nothing of a team, before a store is
// looked for, or made.
func checkTeamWords(args []string) error {
	n := len(args)
	if n == 0 {
		return nil
	}
	want := map[string][2]int{"set": {3, 3}, "remove": {2, 2}, "open": {1, 1}, "blind": {1, 1}, "dissolve": {1, 1}, "overlap": {2, 3}}[args[0]]
	if n < want[0] || n > want[1] {
		return usage("that is no way to change the team: set NAME ROLE, remove NAME, open, blind, overlap N [PERCENT], dissolve")
	}
	if n > 1 && args[0] != "overlap" && args[1] == "" {
		return usage("stet team %s names nobody", args[0])
	}
	if role := annotations.Role(args[n-1]); args[0] == "set" && role != annotations.Reviewer && role != annotations.Lead {
		return usage("%q is no role: reviewer or lead", args[n-1])
	}
	return nil
}

// editTeam changes t as a command line says that [checkTeamWords] found right.
func editTeam(t *annotations.Team, args []string) error {
	had := !t.Empty()
	without := func(name string) {
		t.Members = slices.DeleteFunc(t.Members, func(m annotations.Member) bool { return m.Name == name })
	}
	switch word := args[0]; {
	case word == "set":
		without(args[1])
		t.Members = append(t.Members, annotations.Member{Name: args[1], Role: annotations.Role(args[2])})
		slices.SortFunc(t.Members, func(x, y annotations.Member) int { return strings.Compare(x.Name, y.Name) })
	case word == "remove":
		if t.RoleOf(args[1]) == "" || t.Empty() {
			return fmt.Errorf("%s does not belong to the team. Nothing was changed", show(args[1]))
		}
		without(args[1])
	case t.Empty() && (word == "open" || word == "blind" || word == "overlap"):
		return errors.New("there is no team, so there are no rules. Nothing was changed. `stet team set NAME lead` makes one")
	case word == "open" || word == "blind":
		t.Open = word == "open"
	case word == "dissolve":
		*t = annotations.Team{}
	case word == "overlap":
		var n [2]int
		for i, w := range args[1:] {
			var err error
			if n[i], err = strconv.Atoi(w); err != nil {
				return usage("%q is not a number", w)
			}
		}
		t.Overlap = annotations.Overlap{Each: n[0], Share: n[1]}
	}
	if !t.Empty() && !slices.ContainsFunc(t.Members, func(m annotations.Member) bool { return m.Role == annotations.Lead }) {
		next := "Name one first: `stet team set NAME lead`"
		if had {
			next += "; `stet team dissolve` takes all rules away"
		}
		return errors.New("a team needs a lead, else nobody could change it again. Nothing was changed. " + next)
	}
	if err := t.Check(); err != nil {
		return fmt.Errorf("%w. Nothing was changed", annotations.InWords(err, func(annotations.SentenceID) int { return 0 }))
	}
	return nil
}

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
		Args: minArgs(0, "an article and names"),
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
		return d.assign(ctx, &sum, args[1:])
	})
}

func (d *desk) assign(ctx context.Context, sum *store.Summary, names []string) error {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	team, err := d.Team(ctx)
	if err != nil {
		return err
	}
	for _, n := range names {
		if !team.Empty() && team.RoleOf(n) == "" {
			return fmt.Errorf("%s does not belong to the team. Nothing was changed. `stet team` shows it", show(n))
		}
	}
	if _, err := d.do(ctx, d.session, sum.ID, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: names}); err != nil {
		return err
	}
	switch {
	case d.flags.json:
		return d.printJSON(map[string]any{"article": sum.Name, "assigned": append([]string{}, names...)})
	case d.flags.quiet:
		return nil
	case len(names) == 0:
		return d.print("%s is for everybody. Saved.", sum.Name)
	}
	return d.print("%s is for %s. Saved.", sum.Name, strings.Join(names, ", "))
}

// deal assigns articles that nobody has to the reviewers who have the fewest.
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
		id, err := d.Lookup(ctx, n)
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
	for i := range open {
		if err := d.assign(ctx, &open[i], dealt(team.Overlap, load, open[i].ID)); err != nil {
			return err
		}
	}
	if len(open) == 0 {
		d.say("every article is assigned already; nothing was changed")
	}
	return nil
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
