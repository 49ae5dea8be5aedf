package review

import (
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askSearchAll asks what to look for in every article.
func (s *Screen) askSearchAll(link bool) []action.Outcome {
	prompt := "Search every article for"
	if link {
		prompt = "Link to a sentence of any article: words of it"
	}
	in := dialog.NewInput(prompt, "")
	in.Help = "search"
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			return nil
		}
		return []action.Outcome{action.SearchText{Words: in.Text(), Link: link}}
	})
}
