package audit

import (
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// item is a sentence to be ruled on.
type item struct {
	place  audit.Place
	of     string // whose annotation it is about, "" for the sentence
	words  string // why it is here
	matter *audit.Matter
}

func (i item) target() annotations.Target {
	return annotations.Target{Article: i.place.Key, Sentence: i.place.Sentence}
}

// sentence is the screen on which one sentence is settled, with those to go on
// with.
type sentence struct {
	queue []item
	done  map[annotations.Target]bool // ruled on here
	n     int                         // into queue
	inner int                         // rows scrolled inside a sentence that is taller than its room
	below int                         // rows scrolled in what reviewers say
	more  bool                        // there is more below to scroll to, at the last drawing
	tall  bool                        // and inside the sentence
}

func (a *sentence) item() item { return a.queue[a.n] }

// goTo makes n the current sentence.
func (s *Screen) goTo(n int) []action.Outcome {
	s.at.n, s.at.inner, s.at.below = max(0, min(n, len(s.at.queue)-1)), 0, 0
	s.Close()
	if s.blind() {
		return s.askBlind()
	}
	return nil
}

// onward goes to the next sentence that is open still; after the last one, back
// to the list.
func (s *Screen) onward() []action.Outcome {
	for k := 1; k < len(s.at.queue); k++ {
		n := (s.at.n + k) % len(s.at.queue)
		if !s.touched(s.at.queue[n]) {
			return s.goTo(n)
		}
	}
	if s.drawn != nil {
		return s.endOfDraw()
	}
	s.at = nil
	return []action.Outcome{action.AskAudit{}}
}

// touched reports whether a sentence was ruled on here, or, in a check, before.
func (s *Screen) touched(it item) bool {
	return s.at.done[it.target()] || s.drawn != nil && s.settled(it)
}

// settled reports whether a ruling decides a sentence.
func (s *Screen) settled(it item) bool {
	r, _, ok := s.ruling(it.place)
	return ok && r.Verdict != annotations.Query
}

func (s *Screen) whySettle(id action.ID) string {
	it := s.at.item()
	book := s.book(it.place.Key)
	blind := s.blind()
	switch id {
	case action.Stet, action.Amend, action.AskBack, action.Neither, action.History, action.Whole:
		switch {
		case blind:
			return "first say what you would tag it, with " + s.key(action.Settle, action.Open) + ". What others said is hidden until then"
		case book == nil:
			return "the article's codebook is not known here"
		case s.doc.Figures.Text(it.place) == "":
			return "the sentence is no longer there: it was cut otherwise"
		case id == action.Stet && len(s.tagged()) == 0:
			return "nobody gave it a tag: " + s.key(action.Settle, action.Amend) + " says which it is"
		}
	case action.Example:
		if s.exampleOf() == nil {
			return "rule on a sentence first: " + s.key(action.Settle, action.Stet) + " lets a tag stand, " + s.key(action.Settle, action.Amend) + " gives another"
		}
	case action.Next, action.Prev:
		if len(s.at.queue) == 1 {
			return "it is the only one"
		}
	case action.Codebook:
		if book == nil {
			return "the article's codebook is not known here"
		}
	case action.PageDown, action.PageUp:
		if !s.at.more && !s.at.tall && s.at.below == 0 && s.at.inner == 0 {
			return "everything is on the screen"
		}
	}
	return ""
}

func (s *Screen) doSettle(id action.ID) []action.Outcome {
	it := s.at.item()
	switch id {
	case action.Next:
		return s.goTo((s.at.n + 1) % len(s.at.queue))
	case action.Prev:
		return s.goTo((s.at.n + len(s.at.queue) - 1) % len(s.at.queue))
	case action.PageDown, action.PageUp:
		s.scroll(id == action.PageDown)
	case action.Open:
		if s.blind() {
			return s.askBlind()
		}
		return s.onward()
	case action.Stet:
		return s.stet()
	case action.Amend:
		return s.askAmend()
	case action.AskBack:
		return s.askReason(annotations.Ruling{Verdict: annotations.Query, Reviewer: it.of})
	case action.Neither:
		return s.askReason(annotations.Ruling{Verdict: annotations.Neither, Reviewer: it.of})
	case action.Example:
		return s.example()
	case action.Codebook:
		s.Open(s.codebookPage(s.book(it.place.Key)), nil)
	case action.Whole:
		return []action.Outcome{action.OpenArticle{Article: it.place.Key, At: it.place.Sentence}}
	}
	return nil
}

func (s *Screen) scroll(down bool) {
	a := s.at
	const by = 4
	switch {
	case down && a.tall:
		a.inner += by
	case down && a.more:
		a.below += by
	case !down && a.below > 0:
		a.below = max(a.below-by, 0)
	case !down:
		a.inner = max(a.inner-by, 0)
	}
}

// tagged are the reviewers who gave the sentence a tag.
func (s *Screen) tagged() []audit.Said {
	said, _ := s.doc.Figures.Said(s.at.item().place)
	return slices.DeleteFunc(said, func(x audit.Said) bool { return x.Record.Tag == "" })
}

// common is the tag that all who gave one gave; false when they differ.
func common(said []audit.Said) (string, bool) {
	for i := range said {
		if said[i].Record.Tag != said[0].Record.Tag {
			return "", false
		}
	}
	if len(said) == 0 {
		return "", false
	}
	return said[0].Record.Tag, true
}

// picks is for how many reviewers there is a key: one digit each.
const picks = 9

// stet lets a tag stand; where reviewers differ it asks whose.
func (s *Screen) stet() []action.Outcome {
	said, it := s.tagged(), s.at.item()
	tag, same := common(said)
	if same {
		r := annotations.Ruling{Verdict: annotations.Stet, Reviewer: it.of}
		if !slices.ContainsFunc(said, func(x audit.Said) bool { return x.Reviewer == it.of }) {
			r.Reviewer = ""
		}
		if s.drawn != nil && s.drawn.said[it.target()] == tag {
			return s.rule(r) // both say the same: nothing to explain
		}
		return s.askReason(r)
	}
	items := make([]dialog.Item, len(said))
	for i, x := range said {
		items[i] = dialog.Item{Label: x.Reviewer, Words: x.Record.Tag + " " + x.Record.Rule}
		if i < picks {
			items[i].Key = fmt.Sprint(i + 1)
		}
	}
	p := dialog.NewPick("Whose stands?", items)
	return s.ask(p, func() []action.Outcome {
		return s.askReason(annotations.Ruling{Verdict: annotations.Stet, Reviewer: said[p.Chosen()].Reviewer})
	})
}

// ask opens a panel on the way to a ruling; cancelling says that nothing came of
// it.
func (s *Screen) ask(p dialog.Panel, then func() []action.Outcome) []action.Outcome {
	s.Open(p, then)
	s.OnCancel(func() []action.Outcome { return say("cancelled: nothing was ruled", false) })
	return nil
}

// tagItems are a codebook's tags to pick from, first the one given.
func tagItems(b *annotations.Codebook, first string) (items []dialog.Item, tags []string) {
	for _, t := range b.Tags {
		it := dialog.Item{Key: t.Key, Label: t.Name, Words: t.Definition}
		if t.ID == first {
			items, tags = slices.Insert(items, 0, it), slices.Insert(tags, 0, t.ID)
			continue
		}
		items, tags = append(items, it), append(tags, t.ID)
	}
	return items, tags
}

func (s *Screen) askAmend() []action.Outcome {
	it := s.at.item()
	mine := ""
	if s.drawn != nil {
		mine = s.drawn.said[it.target()]
	}
	items, tags := tagItems(s.book(it.place.Key), mine)
	p := dialog.NewPick("It is:", items)
	return s.ask(p, func() []action.Outcome {
		return s.askReason(annotations.Ruling{Verdict: annotations.Amend, Tag: tags[p.Chosen()], Reviewer: it.of})
	})
}

// askReason asks why, then by which rule. A query is nothing without its
// question.
func (s *Screen) askReason(r annotations.Ruling) []action.Outcome {
	query := r.Verdict == annotations.Query
	in := dialog.NewInput("Why? (enter without words: no reason)", "")
	in.Help = "next: the rule"
	if query {
		in.Prompt, in.Help = "What do you ask?", "send"
		if r.Reviewer != "" {
			in.Prompt = "What do you ask " + annotations.Visible(r.Reviewer) + "?"
		}
	}
	return s.ask(in, func() []action.Outcome {
		r.Reason = in.Text()
		switch {
		case query && r.Reason == "":
			return say("a query needs its question: nothing was ruled", true)
		case query || r.Verdict == annotations.Neither:
			return s.rule(r)
		}
		return s.askRule(r)
	})
}

func (s *Screen) askRule(r annotations.Ruling) []action.Outcome {
	b := s.book(s.at.item().place.Key)
	tag := s.tagOf(r, s.at.item().place)
	items, ids := []dialog.Item{{Key: "-", Label: "none named"}}, []string{""}
	for _, own := range []bool{true, false} {
		for _, x := range b.Rules {
			if (x.Tag == tag) == own {
				items = append(items, dialog.Item{Key: dialog.Letter(len(ids) - 1), Label: x.ID + " " + x.Name, Words: x.Words})
				ids = append(ids, x.ID)
			}
		}
	}
	p := dialog.NewPick("Which rule decides? (enter: none)", items)
	return s.ask(p, func() []action.Outcome {
		r.Rule = ids[p.Chosen()]
		return s.rule(r)
	})
}

// tagOf is the tag that a ruling lets stand, "" for none.
func (s *Screen) tagOf(r annotations.Ruling, p audit.Place) string {
	switch r.Verdict {
	case annotations.Amend:
		return r.Tag
	case annotations.Stet:
		said, _ := s.doc.Figures.Said(p)
		for i := range said {
			if x := &said[i]; x.Record.Tag != "" && (r.Reviewer == "" || r.Reviewer == x.Reviewer) {
				return x.Record.Tag
			}
		}
	case annotations.Query, annotations.Neither:
	}
	return ""
}

// rule saves a ruling on the current sentence and goes on.
func (s *Screen) rule(r annotations.Ruling) []action.Outcome {
	it := s.at.item()
	_, rev, _ := s.ruling(it.place)
	r.Codebook = s.book(it.place.Key).Hash
	c := annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: it.place.Sentence, Rev: rev, Ruling: &r}
	if s.drawn != nil {
		c.Verb = s.drawn.verb
		if mine, ok := s.drawn.said[it.target()]; ok {
			c.Reason = "blind: " + tagOr(mine)
		}
	}
	m := made{it.place, r, rev + 1}
	s.made[it.target()], s.at.done[it.target()], s.changed = m, true, true
	if r.Verdict != annotations.Query {
		s.last = &m
	}
	words := it.place.String() + " " + verdictWords(r)
	out := []action.Outcome{action.Save{Article: it.place.Key, Changes: []annotations.Change{c}, Words: words}}
	if s.drawn != nil {
		out = append(out, s.recheck()...)
	}
	return append(out, s.onward()...)
}

func verdictWords(r annotations.Ruling) string {
	switch r.Verdict {
	case annotations.Amend:
		return "amended to " + r.Tag
	case annotations.Neither:
		return "neither"
	case annotations.Query:
		return "query"
	case annotations.Stet:
		if r.Reviewer != "" {
			return "stet " + r.Reviewer
		}
	}
	return "stet"
}

func (s *Screen) codebookPage(b *annotations.Codebook) *dialog.Page {
	p := &dialog.Page{Title: fmt.Sprintf("Codebook %s, version %s", annotations.Visible(b.Name), annotations.Visible(b.Version)), Again: s.key(action.Settle, action.Codebook)}
	for _, t := range b.Tags {
		p.Paras = append(p.Paras, dialog.Para{Head: t.Key + "  " + t.Name, Text: t.Definition, Role: theme.ForColor(t.Color)})
		for _, r := range b.Rules {
			if r.Tag == t.ID {
				p.Paras = append(p.Paras, dialog.Para{Head: r.ID + " " + r.Name, Text: r.Words, Close: true})
			}
		}
	}
	return p
}
