package desk

import (
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// Asked puts on the desk what leads ask, what is open first.
func (s *Screen) Asked(list []audit.Asked) {
	s.asked, s.notice = list, AskedWords(list)
}

// Blind says that nothing is suggested here.
func (s *Screen) Blind() { s.blind = true }

// NoImport says that no files are imported from here.
func (s *Screen) NoImport() { s.noImport = true }

// AskedWords counts what is open: "leads ask you 2 questions; 1 ruling is against
// your tag". It is "" when nothing is.
func AskedWords(list []audit.Asked) string {
	questions, rulings := 0, 0
	for i := range list {
		switch x := &list[i]; {
		case !x.Open:
		case x.Query():
			questions++
		default:
			rulings++
		}
	}
	words, and := "", ""
	switch {
	case questions == 1:
		words, and = "a lead asks you 1 question", "; "
	case questions > 1:
		words, and = fmt.Sprintf("leads ask you %d questions", questions), "; "
	}
	switch {
	case rulings == 1:
		words += and + "1 ruling is against your tag"
	case rulings > 1:
		words += and + fmt.Sprintf("%d rulings are against your tags", rulings)
	}
	return words
}

// noticeRows say above the list that something is asked.
func (s *Screen) noticeRows(l dialog.Look, w int) []string {
	if s.notice == "" {
		return nil
	}
	return []string{l.Theme.In(theme.Strong, l.Meter.Cut(" ! "+s.notice, w))}
}

// showAsked lists what is asked; one of it is gone to.
func (s *Screen) showAsked() []action.Outcome {
	asked := s.asked // as it is listed: more may come while the list is open
	items := make([]dialog.Item, len(asked))
	for i := range asked {
		x := &asked[i]
		items[i] = dialog.Item{Label: annotations.Visible(x.Place.String()), Words: annotations.Visible(stateOf(x) + x.Words() + "  “" + x.Text + "”")}
	}
	p := dialog.NewPick("What leads ask you and where they ruled against you. Enter goes there, "+s.key(action.Answer)+" there answers.", items)
	s.Slot.Open(p, func() []action.Outcome {
		x := &asked[p.Chosen()]
		return []action.Outcome{action.OpenArticle{Article: x.Key, At: x.Sentence}}
	})
	return nil
}

func stateOf(x *audit.Asked) string {
	switch {
	case x.Open:
		return ""
	case x.Query():
		return "(answered) "
	}
	return "(seen) "
}

// ShowUrgent lists the sentences that need a look first; more says that not all
// articles were looked at, of which looked is how many were.
func (s *Screen) ShowUrgent(hits []dialog.Hit, more bool, looked int) []action.Outcome {
	if len(hits) == 0 && more {
		words := "no untagged sentence of your first %d unfinished articles looks contested or unvouched for; the others were not looked through"
		return []action.Outcome{action.Say{Words: fmt.Sprintf(words, looked)}}
	}
	if len(hits) == 0 {
		return []action.Outcome{action.Say{Words: "no untagged sentence looks contested or unvouched for"}}
	}
	p := dialog.HitList("Untagged, and needs a look first", hits, more)
	s.Slot.Open(p, func() []action.Outcome {
		t := hits[p.Chosen()].Target
		return []action.Outcome{action.OpenArticle{Article: t.Article, At: t.Sentence}}
	})
	return nil
}
