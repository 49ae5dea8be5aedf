package review

import (
	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Draft is a note on a sentence that was not ended.
type Draft struct {
	Sentence annotations.SentenceID `json:"sentence"`
	Note     string                 `json:"note"`
}

// noting is a note that is being written.
type noting struct {
	in  *dialog.Input
	on  annotations.SentenceID
	was string
}

func (s *Screen) askNote() []action.Outcome {
	at, a := s.targets(), s.copyOf(s.cur)
	prompt, text := "Note", a.Note
	var out []action.Outcome
	if d := s.draft; d != nil && d.Sentence == s.Current() && len(at) == 1 {
		prompt, text, s.draft = "Note, as far as you had written it (esc leaves the one that is saved)", d.Note, nil
		out = []action.Outcome{action.TakeDraft{}}
	}
	in := dialog.NewInput(prompt, text)
	in.Multi, in.Max = true, annotations.MaxNote
	s.noting = &noting{in: in, on: s.Current(), was: a.Note}
	return append(out, s.ask(in, func() []action.Outcome {
		return s.each(at, "note", "note", func(_ int, a *annotations.Annotation) { a.Note = in.Text() })
	})...)
}

// Writing is the note that is being written; it reports false when none is, or
// nothing but what is saved. A confidential note is never among these: it is
// written down nowhere as it is.
func (s *Screen) Writing() (Draft, bool) {
	n := s.noting
	if n == nil || s.Panel == nil || dialog.Inner(s.Panel) != dialog.Panel(n.in) {
		return Draft{}, false
	}
	text := n.in.Text()
	return Draft{Sentence: n.on, Note: text}, text != "" && text != n.was
}
