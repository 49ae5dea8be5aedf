package review

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// lack is a unit that is not finished, and why.
type lack struct {
	at   int
	what string
}

// missing lists what must still be said before the article is finished, then what
// else could be: at most so many, as is asked for, and counts all, and those that must.
func (s *Screen) missing(most int) (list []lack, all, must int) {
	var could []lack
	add := func(to *[]lack, i int, what string) {
		if all++; len(*to) < most {
			*to = append(*to, lack{i, what})
		}
	}
	all = s.need - s.tally.done // of the untagged it is known how many there are
	must = all
	for i := range s.n {
		a := s.said(i)
		if s.tagNo(i) == 0 {
			if len(list) < most && s.sentence(i).Kind.Required() {
				list = append(list, lack{i, noTag(a)})
			}
			if a == nil {
				continue
			}
		}
		needs, wants := s.doc.Book.Missing(a)
		switch {
		case s.tagNo(i) == 0:
		case len(needs) > 0:
			must++
			add(&list, i, "no "+joinNeeds(needs))
		case s.stale(i):
			must++
			add(&list, i, "cut since it was tagged: look again")
		}
		if len(wants) > 0 {
			add(&could, i, "no "+joinNeeds(wants)+" named")
		}
		if a.Unsure {
			add(&could, i, "unsure")
		}
	}
	list = append(list, could...)
	return list[:min(len(list), most)], all, must
}

// noTag says why a unit counts as untagged: nothing is said of it, or a tag that the
// codebook no longer has.
func noTag(a *annotations.Annotation) string {
	if a == nil || a.Tag == "" {
		return "no tag"
	}
	return "its tag “" + annotations.Visible(a.Tag) + "” is not in the codebook"
}

func joinNeeds(needs []annotations.Need) string {
	var parts []string
	for _, n := range needs {
		parts = append(parts, string(n))
	}
	return strings.Join(parts, ", no ")
}

// maxLacks bounds how much of what is missing is listed.
const maxLacks = 500

func (s *Screen) askFinish() []action.Outcome {
	list, all, open := s.missing(maxLacks)
	prompt := fmt.Sprintf("Missing or open: %d. Enter goes there.", all)
	if all > maxLacks {
		prompt = fmt.Sprintf("Missing or open: %d; the first %d are listed. Enter goes there.", all, maxLacks)
	}
	items, at := make([]dialog.Item, len(list)), make([]int, len(list))
	for n, l := range list {
		items[n], at[n] = dialog.Item{Label: fmt.Sprintf("%d  %s", l.at+1, l.what), Words: s.words(l.at)}, l.at
	}
	finish := dialog.Item{Key: "f", Label: "finish the article", Words: "nothing is missing; your tags are shown to the others"}
	switch {
	case s.doc.Finished && s.doc.Binding:
		finish = dialog.Item{Label: "finished", Off: "that binds; a lead opens it again"}
	case s.doc.Finished:
		finish = dialog.Item{Key: "r", Label: "open the article again", Words: "you have finished it"}
	case open > 0:
		finish.Words, finish.Off = "", map[bool]string{true: "1 is not finished", false: fmt.Sprintf("%d are not finished", open)}[open == 1]
	case s.doc.Binding:
		finish.Words = "nothing is missing; your tags are shown to the others, and stay as they are"
	}
	items, at = slices.Insert(items, 0, finish), slices.Insert(at, 0, -1)
	p := dialog.NewPick(prompt, items)
	p.Aligned, p.Numbers = true, s.digits()
	return s.ask(p, func() []action.Outcome {
		if p.Chosen() > 0 {
			return s.moveTo(at[p.Chosen()])
		}
		if s.doc.Binding && !s.doc.Finished {
			return s.askBinding()
		}
		return s.finish()
	})
}

// bindingWord is what is typed to finish where that binds.
const bindingWord = "finish"

// askBinding has finishing confirmed in a team that works blind: from then on the
// reviewer sees what the others said, and can take nothing back.
func (s *Screen) askBinding() []action.Outcome {
	in := dialog.NewInput("Finishing binds: "+s.key(action.History)+" shows you what the others said, and only a lead opens it again. Type "+bindingWord+":", "")
	in.Help = bindingWord
	return s.ask(in, func() []action.Outcome {
		if strings.TrimSpace(in.Text()) != bindingWord {
			return say("not finished: that takes the word " + bindingWord)
		}
		return s.finish()
	})
}

// finish says that the article is finished, or, where it is, that it is open again.
func (s *Screen) finish() []action.Outcome {
	s.doc.Finished = !s.doc.Finished
	f := annotations.Finish{Reviewer: s.doc.Reviewer, Done: s.doc.Finished}
	words := map[bool]string{true: "finished", false: "open again"}[f.Done]
	return []action.Outcome{action.Save{
		Article: s.Article(), Words: s.Name() + " " + words, Changes: []annotations.Change{{Kind: annotations.EventFinish, Verb: "finish", Finish: &f}},
	}}
}

// Finished reports whether the reviewer has finished the article.
func (s *Screen) Finished() bool { return s.doc.Finished }

// closed says why an action can say nothing more of the current sentence in an article that
// the reviewer has finished where that binds: the store refuses it, and what was written for
// it would be for nothing. Where a lead has ruled or asks, more can be said.
func (s *Screen) closed(id action.ID) string {
	if !s.doc.Finished || !s.doc.Binding || !says(id) {
		return ""
	}
	if r := s.doc.Rulings[s.sentence(s.cur).ID]; r.Verdict != "" && id != action.Split && id != action.Join {
		return ""
	}
	return "you have finished this article, and that binds: only a lead opens it again"
}

// says reports whether an action says something of a sentence, or cuts it.
func says(id action.ID) bool {
	switch id {
	case action.Untag, action.Repeat, action.Accept, action.AcceptAll, action.Unsure, action.Check, action.Inside, action.Spans, action.Verdict,
		action.Split, action.Join, action.Editor, action.Source, action.Evidence, action.Link, action.Rule, action.Flags, action.Note, action.Confidential:
		return true
	}
	return strings.HasPrefix(string(id), string(action.Tag)+"-")
}
