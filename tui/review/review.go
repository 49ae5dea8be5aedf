// Package review is the screen people live in: the article in reading order,
// one sentence under judgement, a key a tag.
//
// The screen knows no store. It is given a [Doc], whose text may be read where it is
// looked at, takes actions, and returns outcomes that the program carries out; what it shows is ahead of the disk by
// the acts that are being saved, and says so with "…".
package review

import (
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Doc is what the screen shows: an article, its codebook, and what was said.
type Doc struct {
	Article  annotations.Text // a long one may be read where it is looked at
	Book     *annotations.Codebook
	Reviewer string
	Mine     map[annotations.SentenceID]*annotations.Record // the screen keeps the records
	Rulings  map[annotations.SentenceID]annotations.RulingRecord
	Evidence map[annotations.EvidenceID]annotations.Evidence
	// Elsewhere are the sentences of other articles that links lead to.
	Elsewhere map[annotations.Target]Elsewhere
	Start     annotations.SentenceID // where to begin; 0 = the first untagged
	Finished  bool                   // the reviewer has said so
	// Binding says that what is finished stays so, until a lead opens it: in a team that
	// works blind, for its reviewers.
	Binding bool
	// Part says that Mine and Rulings are those of the sentences around Start only; Done
	// units are tagged in all. Complete brings the rest.
	Part bool
	Done int
	// Suggested is what is proposed for the sentences that were read, with an empty one
	// where there is no idea; nil shows none, as in blind work.
	Suggested map[annotations.SentenceID]Suggestion
	// Carried is what was said of the sentences that some of these come from; it is
	// offered in place of what is suggested.
	Carried map[annotations.SentenceID]Suggestion
	// Beside is what stands beside a sentence: the words it comes from, in the
	// revision before or in the original, and what was said of them.
	Beside map[annotations.SentenceID]string
	// Quotations are the stretches of quoted words, bytes of the text, in order.
	Quotations []annotations.Span
	// Draft is a note that the reviewer was writing when the screens ended; nil for
	// none.
	Draft *Draft
}

// Screen is the review of one article.
type Screen struct {
	doc    Doc
	order  order
	tally  tally
	n      int         // how many sentences there are
	mine   shelf       // what is said of them
	busy   map[int]int // acts being saved, by place
	cur    int
	last   *annotations.Annotation // what was said last, for repeat
	search string
	linked func() []action.Outcome // what comes after a link to what is searched for in every article; nil for nothing
	found  bool                    // the current sentence was found by it
	keyOf  func(action.ID) string  // what to press for an action; nil: the defaults hold
	dialog.Slot
	seen     map[annotations.SentenceID]string // the tag of whose suggestion was on the screen, or was told
	framed   map[annotations.SentenceID]string // the same of the frame that was drawn last
	urgents  map[annotations.SentenceID]bool   // what needs a look first in an article that is not read as a whole; nil: not looked for
	draft    *Draft                            // to be offered at its sentence
	secret   *Draft                            // a confidential note that was refused; it is in no file
	unkept   bool                              // one is of a note that was refused, which is to be told
	noting   *noting
	names    []string // sources named so far, newest first
	anchor   int      // place where a range began; -1 = none
	count    int      // how many sentences the next key is for; 0 = one
	filter   filter
	matching int // how many units the filter shows
	cursor   int // byte of the text that the cursor is on while words are marked; -1 = none
	marks    []mark
	view     view
	others   map[annotations.SentenceID][]string // who else is where; see Meet
	need     int                                 // required units
}

// New makes the screen.
func New(d Doc) *Screen {
	s := &Screen{doc: d, draft: d.Draft, order: orderOf(d.Article), anchor: -1, cursor: -1, need: d.Article.About().Required, seen: map[annotations.SentenceID]string{}, framed: map[annotations.SentenceID]string{}}
	if s.doc.Rulings == nil {
		s.doc.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	}
	s.fill(d.Mine)
	s.doc.Mine = nil // they are held by place
	s.cur = max(s.firstPlace(), 0)
	s.collectNames()
	s.seatDraft()
	return s
}

func (s *Screen) firstPlace() int {
	if s.doc.Start != 0 {
		return s.place(s.doc.Start)
	}
	if i, ok := s.nextUntagged(-1, 1); ok {
		return i
	}
	return 0
}

// collectNames lists who is said to vouch, as if it had been said in reading order, behind
// whom is known already.
func (s *Screen) collectNames() {
	seen := map[string]bool{"": true}
	for _, name := range s.names {
		seen[name] = true
	}
	for _, at := range s.mine.backward() {
		for _, at := range slices.Backward(at.said.Attributions) {
			if !seen[at.Name] {
				seen[at.Name] = true
				s.names = append(s.names, at.Name)
			}
		}
	}
}

// hearOf lists who is said to vouch in what was said elsewhere, or taken back, behind whom
// is known already.
func (s *Screen) hearOf(r *annotations.Record) {
	if r == nil {
		return
	}
	for _, at := range r.Attributions {
		if at.Name != "" && !slices.Contains(s.names, at.Name) {
			s.names = append(s.names, at.Name)
		}
	}
}

func (s *Screen) remember(name string) {
	if name == "" {
		return
	}
	s.names = slices.DeleteFunc(s.names, func(n string) bool { return n == name })
	s.names = slices.Insert(s.names, 0, name)
}

// Article is the key of the article on the screen.
func (s *Screen) Article() annotations.ArticleID { return s.doc.Article.About().ID }

// Name is the article's short readable ID.
func (s *Screen) Name() string { return s.doc.Article.About().Name }

// Table is the hash of the article's sentences as they are shown.
func (s *Screen) Table() annotations.Hash { return s.doc.Article.About().Table }

// Current is the sentence under judgement.
func (s *Screen) Current() annotations.SentenceID { return s.sentence(s.cur).ID }

// Fault is why some of the article could not be read; nil as long as all is well.
func (s *Screen) Fault() error { return s.doc.Article.Fault() }

// Readable reads the current sentence, and says as Fault does what could not be read.
func (s *Screen) Readable() error {
	s.text(s.cur)
	return s.Fault()
}

// record is what is said of the unit at place i; nil for nothing.
func (s *Screen) record(i int) *annotations.Record { return s.mine.at(i).said }

// tagNo is the tag of the unit at place i: 0 for none, else its place in the codebook + 1.
func (s *Screen) tagNo(i int) uint8 { return s.mine.at(i).tag }

// sentence is that at place i.
func (s *Screen) sentence(i int) annotations.Sentence { return s.doc.Article.Unit(i) }

// in is the words of a span.
func (s *Screen) in(sp annotations.Span) string { return s.doc.Article.In(sp) }

// Keyed tells the screen by which keys its actions are called, for its messages.
func (s *Screen) Keyed(keyOf func(action.ID) string) { s.keyOf = keyOf }

// key is what to press for an action.
func (s *Screen) key(id action.ID) string {
	if s.keyOf != nil {
		return s.keyOf(id)
	}
	return action.Usual(s.doc.Book, action.Review, id)
}

// Place is the number of a sentence on the screen, from 1; 0 when it is not there.
func (s *Screen) Place(id annotations.SentenceID) int { return s.place(id) + 1 }

// Progress is how many of the units that must be tagged are.
func (s *Screen) Progress() (done, need int) {
	if s.doc.Part {
		return s.doc.Done, s.need
	}
	return s.tally.done, s.need
}

// Complete takes all that was said, where the screen was made with a part of it.
func (s *Screen) Complete(d Doc) {
	s.doc.Part, s.doc.Rulings, s.doc.Finished, s.doc.Binding = false, d.Rulings, d.Finished, d.Binding
	s.fill(d.Mine)
	s.collectNames()
}

// Bind says whether what is finished stays so, until a lead opens it.
func (s *Screen) Bind(binding bool) { s.doc.Binding = binding }

// Number is the place of the current sentence, from 1, and how many there are.
func (s *Screen) Number() (n, of int) { return s.cur + 1, s.n }

// Book is the codebook the article is judged by.
func (s *Screen) Book() *annotations.Codebook { return s.doc.Book }

// lacking are the actions that say what a tag is not complete without.
func (s *Screen) lacking(a *annotations.Annotation) (ids []action.ID) {
	needs, _ := s.doc.Book.Missing(a)
	for _, n := range needs {
		switch n {
		case annotations.NeedOtherSide:
			ids = append(ids, action.Link)
		case annotations.NeedSource:
			ids = append(ids, action.Source)
		case annotations.NeedRule:
			ids = append(ids, action.Rule)
		}
	}
	return ids
}

// said returns what is said of the unit at place i; nil for nothing.
func (s *Screen) said(i int) *annotations.Annotation {
	if r := s.record(i); r != nil {
		return &r.Annotation
	}
	return nil
}

// copyOf returns a copy of what is said of place i, to be changed and saved.
func (s *Screen) copyOf(i int) annotations.Annotation {
	if r := s.record(i); r != nil {
		return r.Annotation.Clone()
	}
	return annotations.Annotation{}
}

// moveTo makes place i the current one.
func (s *Screen) moveTo(i int) []action.Outcome {
	i = max(0, min(i, s.n-1))
	if i == s.cur {
		return nil
	}
	s.cur, s.view.inner, s.found = i, 0, false
	return []action.Outcome{action.Moved{Article: s.Article(), Sentence: s.Current()}}
}

// Saved tells the screen that an act it asked for is on the disk.
func (s *Screen) Saved(changes []annotations.Change) {
	for _, c := range changes {
		if i := s.place(c.Sentence); c.Kind == annotations.EventAnnotate && i >= 0 && s.busy[i] > 0 {
			if s.busy[i]--; s.busy[i] == 0 {
				delete(s.busy, i)
			}
		}
	}
}

// Queued shows acts that are on their way to the disk, where they were made on what is
// shown. It reports false when there are some that cannot be shown before they are there.
func (s *Screen) Queued(changes []annotations.Change) bool {
	all := true
	for _, c := range changes {
		i := s.place(c.Sentence)
		switch {
		case c.Kind == annotations.EventFinish && c.Finish.Reviewer == s.doc.Reviewer:
			s.doc.Finished = c.Finish.Done
		case c.Kind == annotations.EventCut || c.Kind == annotations.EventAnnotate && i < 0:
			all = false
		case c.Kind == annotations.EventAnnotate && s.rev(i) == c.Rev:
			s.put(i, &annotations.Record{Annotation: c.Annotation.Clone(), Rev: c.Rev + 1, Words: annotations.HashOf(s.text(i)).Start()})
			s.busy[i]++
		}
	}
	return all
}

// rev is the revision of what is said of the unit at place i; 0 for nothing.
func (s *Screen) rev(i int) uint64 {
	if r := s.record(i); r != nil {
		return r.Rev
	}
	return 0
}

// Sealed gives an unsaved annotation the stand-in for its confidential note,
// which the program makes.
func (s *Screen) Sealed(id annotations.SentenceID, sealed *annotations.Sealed) {
	if i := s.place(id); i >= 0 && s.record(i) != nil {
		s.record(i).Confidential = sealed
	}
}

// Reload replaces what is said with what the store says, when a save was refused or
// another program changed much. A document with an article or a codebook replaces
// that too.
func (s *Screen) Reload(d Doc) {
	if d.Book != nil {
		s.doc.Book, s.filter = d.Book, filter{} // its tags are others
	}
	s.doc.Rulings, s.doc.Finished, s.doc.Binding = d.Rulings, d.Finished, d.Binding
	if d.Article != nil {
		s.lay(d.Article)
		clear(s.seen)
		clear(s.framed)
		s.doc.Suggested, s.doc.Quotations = nil, nil // they were made for other sentences; a look at the whole article holds for those that stayed
	}
	s.fill(d.Mine)
	s.collectNames()
	s.seatDraft()
}

// Refresh is Reload for some sentences, as after an undo: of the others it is known
// that nothing new was said.
func (s *Screen) Refresh(d Doc, only []annotations.SentenceID) {
	s.doc.Finished, s.doc.Binding = d.Finished, d.Binding
	for _, id := range only {
		i := s.place(id)
		if i < 0 {
			continue
		}
		s.counts(i, -1)
		if r, ok := d.Rulings[id]; ok {
			s.doc.Rulings[id] = r
		} else {
			delete(s.doc.Rulings, id)
		}
		s.set(i, d.Mine[id])
		delete(s.busy, i)
		s.counts(i, 1)
		s.hearOf(d.Mine[id])
	}
}

// Show moves to a sentence, as after an undo.
func (s *Screen) Show(id annotations.SentenceID) {
	if i := s.place(id); i >= 0 {
		s.moveTo(i)
	}
}

// ask opens a panel; after runs when it ends without being cancelled.
func (s *Screen) ask(p dialog.Panel, after func() []action.Outcome) []action.Outcome {
	s.Open(p, after)
	return nil
}

// ShowHistory opens a page of events. Before them stands what is known of the sentence
// now, where the screen had no room for all of it.
func (s *Screen) ShowHistory(p *dialog.Page) {
	if s.view.hidden {
		p.Paras = append(s.inFull(), p.Paras...)
	}
	p.Again = s.key(action.History)
	s.Open(p, nil)
}

// Hints are the keys that matter now: a panel's own, or actions.
func (s *Screen) Hints() (ids []action.ID, panel []dialog.Hint) {
	if s.Panel != nil {
		return nil, s.Panel.Hints()
	}
	if v := &s.view; v.curRows > v.height && v.height > 0 {
		ids = append(ids, action.PageDown) // the rest of the sentence
	}
	proposed, narrow := s.suggested(s.cur) != nil, s.view.whole < 80
	if proposed && narrow {
		ids = append(ids, action.Accept)
	}
	for _, t := range s.doc.Book.Tags {
		ids = append(ids, action.Tag+"-"+action.ID(t.ID))
	}
	if a := s.said(s.cur); a != nil && a.Tag != "" {
		ids = append(ids, s.lacking(a)...)
		if !slices.Contains(ids, action.Source) {
			ids = append(ids, action.Source)
		}
	}
	if s.anchor >= 0 {
		ids = append(ids, action.Range)
	}
	ids = append(ids, action.Undo, action.Note)
	if proposed && !narrow { // in a place of its own, so that the others stay in theirs from sentence to sentence
		return append(ids, action.Accept, action.Help), nil
	}
	return append(ids, action.Codebook, action.Help), nil
}
