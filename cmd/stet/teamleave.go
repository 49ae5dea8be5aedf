package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations"
)

// mayShutOut tells somebody who may set the team now what a change takes from them,
// before it is made: afterwards they cannot take it back. At a terminal they are asked.
func (d *desk) mayShutOut(ctx context.Context, now, next *annotations.Team) error {
	me := d.session.Actor
	if !now.Empty() && now.RoleOf(me) != annotations.Lead { // the store refuses it anyway
		return nil
	}
	lost := ""
	switch role := next.RoleOf(me); {
	case next.Empty() || role == annotations.Lead:
		return nil
	case role == "":
		lost = me + " does not belong to the team from then on and can change nothing"
	default:
		lost = me + " is no lead from then on: no rulings, no changes to the team"
	}
	back := "a lead can change that"
	for _, m := range next.Members {
		if m.Role == annotations.Lead {
			back += fmt.Sprintf(": `stet --as %s team set %s %s`", m.Name, me, roleBack(next, me))
			break
		}
	}
	if !d.isTerminal(d.stdin) || !d.isTerminal(d.stderr) {
		d.say("note: %s; %s", lost, back)
		return nil
	}
	fmt.Fprintln(d.stderr, show(fmt.Sprintf("stet: %s; %s. Type yes to go on", lost, back))) //nolint:errcheck // whoever cannot be asked does not say yes
	in := untilDone(ctx, io.NopCloser(d.stdin))
	defer in.Close() //nolint:errcheck // only read
	if answer, _ := bufio.NewReader(in).ReadString('\n'); strings.TrimSpace(answer) != "yes" {
		return errors.New("that was no yes. Nothing was changed. `stet team` shows the team")
	}
	return nil
}

// roleBack is the role that gives somebody back what a change takes away: that of a
// reviewer to who had no part in the team, that of a lead to who was one.
func roleBack(next *annotations.Team, name string) annotations.Role {
	if next.RoleOf(name) == "" {
		return annotations.Reviewer
	}
	return annotations.Lead
}
