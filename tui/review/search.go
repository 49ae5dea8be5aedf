package review

import (
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askSearchAll asks what to look for in every article; with link, what to link to. then
// runs after a link that a tag asked for, and nil after any other.
func (s *Screen) askSearchAll(link bool, then func() []action.Outcome) []action.Outcome {
	s.linked = then
	prompt := "Search every article for"
	if link {
		prompt = "Link to a sentence of any article: words of it"
	}
	in := dialog.NewInput(prompt, "")
	in.Help = "search"
	s.ask(in, func() []action.Outcome {
		switch {
		case in.Text() != "":
			return []action.Outcome{action.SearchText{Words: in.Text(), Link: link}}
		case then != nil:
			return then()
		}
		return nil
	})
	if then != nil {
		s.OnCancel(then)
	}
	return nil
}
