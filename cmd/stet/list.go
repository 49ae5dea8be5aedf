package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func newList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "the articles of the store",
		Long: `Lists the articles with how far the reviewer (--as) is: of the sentences that
must be tagged, the share that is. Reviewers are all who have said something.

` + exitWords,
		Example: `  stet list
  stet list --json | jq -r '.articles[] | select(.tagged < .required) | .id'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runList(cmd.Context(), a) },
	}
}

type listedJSON struct {
	articleJSON
	Tagged    int                     `json:"tagged"` // by the reviewer, of required
	Unsure    int                     `json:"unsure"`
	Reviewers map[string]progressJSON `json:"reviewers"`
}

type progressJSON struct {
	Tagged  int            `json:"tagged"`
	Extra   int            `json:"extra"` // headings and the like that carry a tag
	Unsure  int            `json:"unsure"`
	ByTag   map[string]int `json:"byTag,omitempty"`
	Last    string         `json:"last"`
	Current int            `json:"current"` // sentence said something of last
}

func runList(ctx context.Context, a *app) error {
	return a.withStore(ctx, "list", false, func(d *desk) error {
		var all []store.Summary
		err := d.everyArticle(ctx, func(s store.Summary) error { all = append(all, s); return nil })
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(x, y store.Summary) int { return cmp.Compare(x.Name, y.Name) })
		if a.flags.json {
			return a.printJSON(map[string]any{"reviewer": d.session.Actor, "articles": d.listed(ctx, all)})
		}
		if len(all) == 0 {
			a.say("there are no articles yet. `stet import FILE` brings one in")
			return nil
		}
		t := newTable(a, "id", "title", "outlet", "date", "sentences", "tagged", "reviewers")
		for _, s := range all {
			t.row(s.Name, cut(s.Title, 48), cut(s.Outlet, 24), cut(s.Published, 10), strconv.Itoa(s.Sentences),
				percent(s.Progress.Tagged, s.Required), strings.Join(d.people(s), ", "))
		}
		return t.flush()
	})
}

func (d *desk) listed(ctx context.Context, all []store.Summary) []listedJSON {
	out := []listedJSON{}
	for _, s := range all {
		l := listedJSON{articleJSON: articleOf(&s.Meta), Tagged: s.Progress.Tagged, Unsure: s.Progress.Unsure, Reviewers: map[string]progressJSON{}}
		for who, p := range d.progressOf(s) {
			l.Reviewers[who] = progressJSON{
				Tagged: p.Tagged, Extra: p.Extra, Unsure: p.Unsure, ByTag: p.ByTag, Last: instant(p.Time), Current: d.number(ctx, s.ID, p.Current),
			}
		}
		out = append(out, l)
	}
	return out
}

// progressOf gives everybody's progress, the reviewer's own among it.
func (d *desk) progressOf(s store.Summary) map[string]annotations.Progress {
	all := maps.Clone(s.Others)
	if all == nil {
		all = map[string]annotations.Progress{}
	}
	if s.Progress.Pos > 0 || s.Progress.Finished {
		all[d.session.Actor] = s.Progress
	}
	return all
}

func (d *desk) people(s store.Summary) []string {
	return slices.Sorted(maps.Keys(d.progressOf(s)))
}

// percent gives a share for people. It says 100% only when nothing is missing,
// and 0% only when nothing is done.
func percent(done, of int) string {
	switch {
	case of == 0:
		return "-"
	case done >= of:
		return "100%"
	case done == 0:
		return "0%"
	}
	return fmt.Sprintf("%d%%", min(max(done*100/of, 1), 99))
}

// cut shortens a text to at most n characters.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}
