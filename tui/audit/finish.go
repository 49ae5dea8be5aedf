package audit

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askFinish lists what can be finished for everybody, and opened again.
func (s *Screen) askFinish() []action.Outcome {
	var agreed []string
	items := []dialog.Item{{Label: "finish all in which everybody agrees"}}
	does := [][]action.Outcome{nil}
	for i := range s.doc.Standings {
		x := &s.doc.Standings[i]
		if x.Agreed && len(x.Open) > 0 {
			agreed = append(agreed, x.Name)
			does[0] = append(does[0], finish(x, x.Open, true))
			items = append(items, dialog.Item{Label: "finish " + x.Name, Words: "all agree; for " + strings.Join(x.Open, ", ")})
			does = append(does, []action.Outcome{finish(x, x.Open, true)})
		}
		if len(x.Finished) > 0 {
			items = append(items, dialog.Item{Label: "reopen " + x.Name, Words: "finished by " + strings.Join(x.Finished, ", ")})
			does = append(does, []action.Outcome{finish(x, x.Finished, false)})
		}
	}
	items[0].Words = plural(len(agreed), "article") + ": " + strings.Join(agreed, ", ")
	if len(agreed) == 0 {
		items[0].Off = "in no article has everybody tagged everything alike"
	}
	p := dialog.NewPick("Finish, or open again:", items).Typing()
	s.Open(p, func() []action.Outcome {
		if p.Chosen() < 0 {
			return nil
		}
		return append(does[p.Chosen()], action.AskAudit{Wait: true})
	})
	return nil
}

// finish says of an article, for people, that it is finished or not.
func finish(x *Standing, people []string, done bool) action.Save {
	o := action.Save{Article: x.Article, Words: fmt.Sprintf("%s finished for %s", x.Name, strings.Join(people, ", "))}
	if !done {
		o.Words = fmt.Sprintf("%s open again for %s", x.Name, strings.Join(people, ", "))
	}
	for _, who := range people {
		o.Changes = append(o.Changes, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who, Done: done}})
	}
	return o
}
