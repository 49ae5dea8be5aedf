package main

import (
	"context"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// warnHidden marks figures that are of a part of the store alone.
const warnHidden = "hidden"

// hiddenTags are the articles in which the rules of the team hide from the reviewer what
// others said: what is counted without that is not the store's. why says from whom it is
// hidden and whose step changes that.
type hiddenTags struct {
	articles map[annotations.ArticleID]string // their names
	why      string
}

// hidden lists them.
func (d *desk) hidden(ctx context.Context) (hiddenTags, error) {
	out := hiddenTags{articles: map[annotations.ArticleID]string{}}
	team, err := d.Team(ctx)
	if err != nil || team.MaySee(d.session.Actor, "", false) {
		return out, err
	}
	out.why = hiddenFrom(&team, d.session.Actor)
	err = d.everyArticle(ctx, func(s store.Summary) error {
		for who, p := range d.progressOf(s) {
			if p.Tagged+p.Extra > 0 && !team.MaySee(d.session.Actor, who, s.Progress.Finished) {
				out.articles[s.ID] = s.Name
			}
		}
		return nil
	})
	return out, err
}

// hiddenFrom says from whom something is hidden, and whose step changes it.
func hiddenFrom(team *annotations.Team, who string) string {
	if team.RoleOf(who) == "" {
		return "is hidden from " + who + ", who does not belong to the team. A lead sees all, and changes that: `stet team`"
	}
	return "is hidden from " + who + " until they finish it: `stet finish ARTICLE`. A lead sees all"
}

// words say that figures are of a part; "" where they are of everything.
func (u *hiddenTags) words() string {
	if len(u.articles) == 0 {
		return ""
	}
	return fmt.Sprintf("not counted: what others said of %s; it %s", plural(len(u.articles), "article"), u.why)
}

// mark puts it among the warnings of a report's figures, so that whoever reads the
// report without having made it knows.
func (u *hiddenTags) mark(r *report.Report) {
	if text := u.words(); text != "" {
		r.Desk.Sound.Tags.Warnings = append(r.Desk.Sound.Tags.Warnings, agreement.Warning{Code: warnHidden, Text: text})
	}
}

// letter refuses a letter that would tell somebody outside that a sentence has no tag
// because the tag is hidden from whoever writes it.
func (u *hiddenTags) letter(l *report.Reply) error {
	for _, a := range l.Assertions {
		if name, hidden := u.articles[a.Key]; hidden {
			return fmt.Errorf("the letter would say of sentences of %s that they have no tag: what others said of it %s. Nothing was written", name, u.why)
		}
	}
	return nil
}

// sayHidden tells of an export in which the rules of the team leave something out, or
// which holds nothing of the one person who was asked for.
func (d *desk) sayHidden(ctx context.Context, o exportOptions, e *interchange.Export) error {
	hidden, err := d.hidden(ctx)
	if err != nil {
		return err
	}
	if o.reviewer == d.session.Actor { // nobody's own words are hidden
		hidden.articles = nil
	}
	said := false
	there := map[annotations.ArticleID]string{}
	for i := range e.Documents {
		doc := &e.Documents[i]
		said = said || len(doc.Reviewers) > 0
		if name, ok := hidden.articles[doc.Article.ID]; ok {
			there[doc.Article.ID] = name
		}
	}
	hidden.articles = there
	switch n := len(there); {
	case n > 0:
		d.mind(fmt.Sprintf("left out: what others said of %s; it %s", plural(n, "article"), hidden.why))
	case o.reviewer != "" && !said:
		d.say("note: %s has said nothing of what is exported; `stet list` names the reviewers", show(o.reviewer))
	}
	return nil
}

// mind says what to know of what is printed; "" is nothing.
func (a *app) mind(words string) {
	if words != "" {
		a.say("mind: %s", words)
	}
}
