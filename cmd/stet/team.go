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
	command := "team"
	if len(args) == 0 {
		command = "members"
	}
	return a.withStore(ctx, command, makes, func(d *desk) error {
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
