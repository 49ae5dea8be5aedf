package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
)

// Suggestion is what is proposed for a sentence. It is shown dim and never
// counts as said until the reviewer takes it.
type Suggestion struct {
	Tag          string
	Rule         string
	Words        []annotations.Span     // what led to it, bytes of the text
	Partner      annotations.SentenceID // the other side of a contested one; 0 = none
	Inside       bool                   // it stands inside
	Attributions []annotations.Attribution
	Rivals       []annotations.SentenceID // sentences that may speak against it, the likeliest first
	// Whole is what was said of the sentence this one comes from; it is taken as
	// it is, in place of all of the above but Tag, and added to what was said here.
	Whole *annotations.Annotation
	From  string // where that stands: "12 of harbour-2026-01-02-3f9a"
}

// Advice is what an article is shown with once it stands on the screen. Nil
// leaves what is there.
type Advice struct {
	Suggested  map[annotations.SentenceID]Suggestion // of the sentences that were read; added to what is there
	Quotations []annotations.Span                    // among them; added
	Carried    map[annotations.SentenceID]Suggestion
	Beside     map[annotations.SentenceID]string
	Evidence   map[annotations.EvidenceID]annotations.Evidence
	Elsewhere  map[annotations.Target]Elsewhere
}

// Advise takes advice.
func (s *Screen) Advise(a Advice) {
	if a.Suggested != nil {
		s.suggest(a.Suggested, a.Quotations)
	}
	if a.Carried != nil {
		s.doc.Carried = a.Carried
	}
	if a.Beside != nil {
		s.doc.Beside = a.Beside
	}
	if a.Evidence != nil {
		s.doc.Evidence = a.Evidence
	}
	if a.Elsewhere != nil {
		s.doc.Elsewhere = a.Elsewhere
	}
	if s.filter.first { // it may show other sentences
		s.countFilter()
	}
}

// Shown is the article as it is cut on the screen.
func (s *Screen) Shown() annotations.Text { return s.doc.Article }

// LacksAdvice reports whether an item is used that the screen does not know, or
// another article's sentence is linked.
func (s *Screen) LacksAdvice() bool {
	if slices.ContainsFunc(s.Aims(), func(t annotations.Target) bool { _, ok := s.doc.Elsewhere[t]; return !ok }) {
		return true
	}
	for id := range s.tally.used {
		if _, ok := s.doc.Evidence[id]; !ok {
			return true
		}
	}
	return false
}

// suggested is what is proposed for the unit at place i: nothing where a tag
// stands already.
func (s *Screen) suggested(i int) *Suggestion {
	if s.tagNo(i) != 0 {
		return nil
	}
	id := s.sentence(i).ID
	sug, ok := s.doc.Carried[id]
	if !ok {
		sug, ok = s.doc.Suggested[id]
	}
	if !ok || s.doc.Book.Tag(sug.Tag) == nil {
		return nil
	}
	return &sug
}

// see notes that what is proposed for the unit at place i, if anything is, is seen now:
// the history says of an act what the reviewer knew, and no more.
func (s *Screen) see(i int) {
	if sug := s.suggested(i); sug != nil {
		s.seen[s.sentence(i).ID] = sug.Tag
	}
}

// saw reports whether what is proposed for the unit at place i was seen. A reviewer who saw
// another tag proposed has not seen this one.
func (s *Screen) saw(i int) bool {
	sug := s.suggested(i)
	return sug != nil && s.seen[s.sentence(i).ID] == sug.Tag
}

// Framed notes what is proposed in the rows that were laid out last: they are on their way
// to the terminal.
func (s *Screen) Framed() {
	v := &s.view
	clear(s.framed)
	for i, rows := v.top, -v.skip; i < min(s.n, v.top+v.units); i++ {
		if head := rows + s.gap(i); head >= 0 && head < v.height { // the letter stands there
			if sug := s.suggested(i); sug != nil {
				s.framed[s.sentence(i).ID] = sug.Tag
			}
		}
		rows += s.rowsOf(i)
	}
}

// Seen tells that the terminal has what was framed last.
func (s *Screen) Seen() { maps.Copy(s.seen, s.framed) }

// Untold reports whether something is proposed for the current sentence that was not told:
// of many, those are taken that were.
func (s *Screen) Untold() bool {
	return s.anchor < 0 && s.count < 2 && s.suggested(s.cur) != nil && !s.saw(s.cur)
}

// urgent are untagged sentences that look contested, or unsourced.
func (s *Screen) urgent(i int) bool {
	u := s.sentence(i)
	if _, carried := s.doc.Carried[u.ID]; s.urgents != nil && !carried {
		return s.tagNo(i) == 0 && s.urgents[u.ID]
	}
	sug := s.suggested(i)
	return sug != nil && u.Kind.Required() && sug.Urgent()
}

// Urgent reports whether the sentence needs a look first: it looks contested, or as if
// nobody vouched for it.
func (sug *Suggestion) Urgent() bool { return sug.Tag == "contested" || sug.Rule == "X-2" }

// take sets a to what is proposed.
func (s *Screen) take(i int, a *annotations.Annotation) {
	sug := s.suggested(i)
	if sug == nil {
		return
	}
	if sug.Whole != nil {
		takeWhole(a, sug.Whole, s.target(i))
		return
	}
	a.Tag, a.Rule = sug.Tag, ""
	if r := s.doc.Book.Rule(sug.Rule); r != nil && r.Tag == sug.Tag {
		a.Rule = sug.Rule
	}
	if len(a.Attributions) == 0 {
		for _, at := range sug.Attributions {
			if at.Kind != "" && s.doc.Book.SourceKind(at.Kind) == nil {
				at.Kind = ""
			}
			a.Attributions = append(a.Attributions, at)
		}
	}
	if sug.Inside {
		a.Inside = true
	}
	to := annotations.Target{Article: s.Article(), Sentence: sug.Partner}
	if sug.Partner != 0 && !slices.ContainsFunc(a.Links, func(l annotations.Link) bool { return l.To == to }) {
		a.Links = append(a.Links, annotations.Link{Relation: annotations.Disputes, To: to})
	}
	if sug.Rule == "X-2" && s.doc.Book.Flag("unsourced") != nil && !a.HasFlag("unsourced") {
		a.ToggleFlag("unsourced")
	}
}

// takeWhole adds what is carried over to what the reviewer says of a sentence. Where only
// one can hold, the reviewer's own does.
func takeWhole(a, carried *annotations.Annotation, self annotations.Target) {
	whole := carried.Clone()
	if len(a.Attributions) > 0 {
		whole.Attributions = nil
	}
	if a.Verdict != "" {
		whole.Verdict = ""
	}
	if a.Confidential != nil {
		whole.Confidential = nil
	}
	if both, err := annotations.Joined(*a, whole, whole.Tag, self, self); err == nil { // it fails for two confidential notes alone
		*a = both
	}
}

// accept takes the suggestion for the current sentence, or those for a range or a count
// that were seen: nothing unseen is accepted.
func (s *Screen) accept() []action.Outcome {
	all := s.targets()
	at := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return s.suggested(i) == nil })
	if len(all) == 1 || len(at) == 0 {
		return s.acceptAll(at)
	}
	seen := slices.DeleteFunc(slices.Clone(at), func(i int) bool { return !s.saw(i) })
	left := len(at) - len(seen)
	switch {
	case len(seen) == 0:
		return say("nothing of what is suggested there was seen yet; go through it first")
	case left == 0:
		return s.acceptAll(at)
	}
	return adding(s.acceptAll(seen), fmt.Sprintf("; %d more are left, unseen until now", left))
}

// adding says more of the act that outcomes ask for.
func adding(out []action.Outcome, words string) []action.Outcome {
	for i, o := range out {
		if save, ok := o.(action.Save); ok {
			save.Words += words
			out[i] = save
		}
	}
	return out
}

const nothingSuggested = "there is nothing suggested here"

func (s *Screen) acceptAll(at []int) []action.Outcome {
	if len(at) == 0 {
		return say(nothingSuggested)
	}
	words := "as suggested"
	if len(at) == 1 {
		words = s.doc.Book.Tag(s.suggested(at[0]).Tag).Name + ", as suggested"
	}
	out := s.each(at, "accept", words, s.take)
	out = append(out, s.moveTo(at[len(at)-1])...)
	if len(at) == 1 {
		return s.other(s.said(at[0]), out)
	}
	return s.advance(out)
}

// quotation lists the places of the quotation that the current sentence is part
// of: those that are on the screen, because nothing unseen is accepted. It goes on
// after "he said" within the paragraph while nobody else is named, and in the
// next paragraph where a mark opens it again.
func (s *Screen) quotation() []int {
	var out []int
	for at := s.cur; at < min(s.n, s.view.top+s.view.units); at++ {
		if !s.quoted(at) || len(out) > 0 && !s.goesOn(at) {
			break
		}
		out = append(out, at)
	}
	return out
}

// quoted reports whether the unit at place i holds quoted words.
func (s *Screen) quoted(i int) bool {
	u := s.sentence(i).Span
	return slices.ContainsFunc(s.doc.Quotations, func(q annotations.Span) bool { return q.Start < u.End && q.End > u.Start })
}

// goesOn reports whether the quoted words at place i are those of the unit
// before: one quotation holds both, or it is carried over. A question does not say whose
// it is: the rest of its quotation does, and where there is none, its paragraph.
func (s *Screen) goesOn(i int) bool {
	if s.oneQuotation(i) {
		return true
	}
	at := i
	for s.asks(at) && at+1 < s.n && s.oneQuotation(at+1) {
		at++
	}
	if s.asks(at) {
		return s.sentence(i).Paragraph == s.sentence(i-1).Paragraph
	}
	sug := s.doc.Suggested[s.sentence(at).ID]
	return sug.Rule == "S-2" && s.sameVoice(&sug, i)
}

// oneQuotation reports whether one quotation holds words of the unit at place i and of
// the one before.
func (s *Screen) oneQuotation(i int) bool {
	was, now := s.sentence(i-1).Span, s.sentence(i).Span
	return slices.ContainsFunc(s.doc.Quotations, func(q annotations.Span) bool { return q.Start < was.End && q.End > now.Start })
}

// asks reports whether the unit at place i is a question of which nobody is named.
func (s *Screen) asks(i int) bool {
	sug, ok := s.doc.Suggested[s.sentence(i).ID]
	return ok && sug.Rule == "X-1" && len(sug.Attributions) == 0
}

// sameVoice reports whether a suggestion is of whoever was named last between the current
// unit and place i. A voice that is named behind its words is carried to their beginning,
// too, and that is no going on.
func (s *Screen) sameVoice(sug *Suggestion, i int) bool {
	now := sug.names()
	for k := i - 1; k >= s.cur && len(now) > 0; k-- {
		before := s.doc.Suggested[s.sentence(k).ID]
		if was := before.names(); len(was) > 0 {
			return slices.ContainsFunc(was, func(name string) bool { return slices.Contains(now, name) })
		}
	}
	return true
}

// whyQuotation says why nothing of a quotation can be taken; "" when something can.
func (s *Screen) whyQuotation() string {
	all := s.quotation()
	switch {
	case len(all) == 0:
		return "this sentence is not part of a quotation"
	case !slices.ContainsFunc(all, func(i int) bool { return s.suggested(i) != nil }):
		return nothingSuggested
	}
	return ""
}

// acceptQuotation takes what is suggested for all untagged sentences of a
// quotation in one act.
func (s *Screen) acceptQuotation() []action.Outcome {
	all := s.quotation()
	for n, at := range all { // a row may have come on the screen that no frame held yet
		if n > 0 && s.suggested(at) != nil && !s.saw(at) {
			all = all[:n]
			break
		}
	}
	next := all[len(all)-1] + 1
	more := next < s.n && s.quoted(next) && s.goesOn(next) && s.tagNo(next) == 0
	out := s.acceptAll(slices.DeleteFunc(all, func(i int) bool { return s.suggested(i) == nil }))
	if more {
		s.view.top = s.cur // so that as much of the rest as has room is seen
		return adding(out, fmt.Sprintf("; the quotation goes on at %d, unseen until now: %s there takes more", next+1, s.key(action.AcceptAll)))
	}
	return out
}

// names are who is said to vouch, each once.
func (sug *Suggestion) names() []string {
	var names []string
	for _, at := range sug.Attributions {
		if at.Name != "" && !slices.Contains(names, at.Name) {
			names = append(names, at.Name)
		}
	}
	return names
}

// why says what led to a suggestion: "sourced S-1: “according to”".
func (s *Screen) why(sug *Suggestion) string {
	words := s.doc.Book.Tag(sug.Tag).Name
	if sug.Whole != nil {
		return words + ", as " + sug.From
	}
	if sug.Rule != "" {
		words += " " + sug.Rule
	}
	var cues []string
	for _, w := range sug.Words {
		cues = append(cues, "“"+s.in(w)+"”")
	}
	if len(cues) > 0 {
		words += ": " + strings.Join(cues, " ")
	}
	for _, name := range sug.names() {
		words += " → " + name
	}
	return words
}
