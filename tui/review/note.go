package review

import (
	"sort"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Draft is a note on a sentence that was not ended, or could not be saved.
type Draft struct {
	Sentence annotations.SentenceID `json:"sentence"`
	// End is the byte of the text where the sentence ended, by which it is found when
	// others have cut the article since.
	End  int    `json:"end,omitempty"`
	Note string `json:"note"`
}

// noteVerb is what an act is called that writes a note.
const noteVerb = "note"

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
		return s.write(at, noteVerb, "note", a.Note, in.Text(), func(a *annotations.Annotation) { a.Note = in.Text() })
	})...)
}

// write sets what was written of places, in the place of what stood in the line: empty
// takes it away. Where none stood there and none was written, nothing is said of the others
// of a range either: an enter too many must not take theirs away.
func (s *Screen) write(at []int, verb, what, was, now string, set func(a *annotations.Annotation)) []action.Outcome {
	switch {
	case now == "" && was == "":
		return say("nothing was written, so nothing was changed")
	case now == "":
		what += " taken away"
	}
	return s.each(at, verb, what, func(_ int, a *annotations.Annotation) { set(a) })
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
	return s.draftOf(n.on, text), text != "" && text != n.was
}

func (s *Screen) draftOf(id annotations.SentenceID, text string) Draft {
	d := Draft{Sentence: id, Note: text}
	if i := s.place(id); i >= 0 {
		d.End = s.sentence(i).Span.End
	}
	return d
}

// NoteOf is the note that changes were to save, of several sentences as that of the
// first; nil for none.
func NoteOf(changes []annotations.Change) *Draft {
	for i := range changes {
		if c := &changes[i]; c.Kind == annotations.EventAnnotate && c.Verb == noteVerb && c.Annotation.Note != "" {
			return &Draft{Sentence: c.Sentence, Note: c.Annotation.Note}
		}
	}
	return nil
}

// Refused takes back what the screen took for known, because it was about to be saved,
// and keeps what was written in it.
func (s *Screen) Refused(changes []annotations.Change) {
	for i := range changes {
		if e := changes[i].Evidence; e != nil {
			delete(s.doc.Evidence, e.ID)
		}
	}
	if n := NoteOf(changes); n != nil {
		d := s.draftOf(n.Sentence, n.Note)
		s.draft, s.unkept = &d, true
	}
	for i := range changes {
		if c := &changes[i]; c.Secret != "" {
			d := s.draftOf(c.Sentence, c.Secret)
			s.secret, s.unkept = &d, true
		}
	}
}

// seatDraft finds the sentence of the draft where its own is gone: the one that has its
// last words now.
func (s *Screen) seatDraft() {
	for _, d := range []*Draft{s.draft, s.secret} {
		s.seat(d)
	}
}

func (s *Screen) seat(d *Draft) {
	if d == nil || s.place(d.Sentence) >= 0 {
		return
	}
	at := s.placeOf(d.End)
	if d.End == 0 { // it was not on the screen when it was kept
		at = max(min(int(d.Sentence), s.n)-1, 0)
	}
	if at >= 0 {
		d.Sentence = s.sentence(at).ID
	}
}

// placeOf is the place of the sentence that has the words before a byte of the text; -1
// for none.
func (s *Screen) placeOf(end int) int {
	n := s.doc.Article.Len()
	if i := sort.Search(n, func(i int) bool { return s.sentence(i).Span.End >= end }); i < n {
		return i
	}
	return -1
}

// Unkept are the drafts of notes that were refused, once it is known what stands there;
// nil for none. A confidential one is for no file.
func (s *Screen) Unkept() (note, secret *Draft) {
	if !s.unkept {
		return nil, nil
	}
	s.unkept = false
	if d := s.draft; d != nil {
		if i := s.place(d.Sentence); i >= 0 && s.copyOf(i).Note == d.Note {
			s.draft = nil // it stands there all the same
		}
	}
	return s.draft, s.secret
}
