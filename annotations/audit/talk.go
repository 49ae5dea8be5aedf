package audit

import (
	"maps"
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// The verbs by which a reviewer speaks to the lead. Such an entry is one of the
// reviewer's own annotation, which it leaves as it is: the words are its reason.
const (
	VerbAnswer = "answer" // words in reply to a query, or to a ruling
	VerbNoted  = "noted"  // the ruling was read; there is nothing to say to it
)

// What a turn can be, beside the verdicts of rulings and the verbs of entries.
const TakenBack = "taken back" // a ruling was

// Turn is one step in what was said about a sentence since a lead first ruled on
// it or asked.
type Turn struct {
	By    string    `json:"by"`
	Time  time.Time `json:"time"`
	What  string    `json:"what"`           // a verdict, [TakenBack], or the verb of an entry of a reviewer's annotation
	Tag   string    `json:"tag,omitempty"`  // that the ruling or the change gives
	Rule  string    `json:"rule,omitempty"` // of the codebook, that the ruling names
	Of    string    `json:"of,omitempty"`   // whose annotation a ruling judges
	Words string    `json:"words,omitempty"`
	Lead  bool      `json:"lead"` // a ruling, not a reviewer's entry
}

// Talk follows one sentence's events: rulings, and what reviewers did after the
// first of them. Its zero value has heard nothing.
type Talk struct {
	turns []Turn
	gone  []bool                    // taken back, by place in turns
	on    []uint64                  // the start of the hash of the words that stood there then, by place in turns
	ruled uint64                    // the position of the newest event of a ruling
	acts  map[annotations.Act][]int // places that an act made, took back or made again
	lost  bool                      // a merge left no ruling in force
}

// Add hears the next event of the sentence, in the order of the log.
func (t *Talk) Add(e *annotations.Event) {
	if e.Kind != annotations.EventRule && (e.Kind != annotations.EventAnnotate || len(t.turns) == 0) {
		return
	}
	if e.Kind == annotations.EventRule {
		t.ruled = e.Pos
		t.lost = e.RuleAfter == nil && e.Mode == annotations.Do && e.Verb == annotations.VerbMerge
	}
	if at := t.acts[e.Of]; e.Mode != annotations.Do && len(at) > 0 {
		for _, n := range at {
			t.gone[n] = e.Mode == annotations.Undo
		}
		t.acts[e.Act] = at
		return
	}
	if t.acts == nil {
		t.acts = map[annotations.Act][]int{}
	}
	t.acts[e.Act] = append(t.acts[e.Act], len(t.turns))
	t.turns, t.gone, t.on = append(t.turns, turnOf(e)), append(t.gone, false), append(t.on, wordsAt(e))
}

// wordsAt is the start of the hash of the words that an event is about: a ruling names
// those that it was made on, which for one from another store stood there and not here.
func wordsAt(e *annotations.Event) uint64 {
	if r := e.RuleAfter; r != nil && r.Words != 0 {
		return r.Words
	}
	return e.Words.Start()
}

// wordsOf is the start of the hash of the words that a ruling in force was made on,
// 0 where it is not known. Nobody looks at a sentence to take something back: a
// ruling that came back by undo was made on the words that stood there at its time.
func (t *Talk) wordsOf(r *annotations.RulingRecord) uint64 {
	if t == nil || r.Pos != t.ruled || r.Words != 0 {
		return r.Words // the log was read at another time than the rows, or does not know it better
	}
	for i, turn := range slices.Backward(t.turns) {
		if turn.Lead && !t.gone[i] {
			return t.on[i]
		}
	}
	return 0
}

// otherWords reports whether a ruling in force was made on other words than these.
func (t *Talk) otherWords(r *annotations.RulingRecord, words string) bool {
	on := t.wordsOf(r)
	return on != 0 && on != annotations.HashOf(words).Start()
}

// Clone returns a copy that hears for itself.
func (t *Talk) Clone() *Talk {
	return &Talk{turns: slices.Clone(t.turns), gone: slices.Clone(t.gone), on: slices.Clone(t.on), ruled: t.ruled, acts: maps.Clone(t.acts), lost: t.lost}
}

func turnOf(e *annotations.Event) Turn {
	out := Turn{By: e.Actor, Time: e.Time, What: e.Verb, Lead: e.Kind == annotations.EventRule}
	switch r := e.RuleAfter; {
	case r != nil:
		out.What, out.Tag, out.Rule, out.Of, out.Words = string(r.Verdict), r.Tag, r.Rule, r.Reviewer, r.Reason
	case out.Lead:
		out.What = TakenBack
	case e.Verb == VerbAnswer:
		out.Words = e.Reason
	}
	if e.Mode == annotations.Undo && !out.Lead {
		out.What = "undo of " + e.Verb
	}
	if e.After != nil && (e.Before == nil || e.Before.Tag != e.After.Tag) {
		out.Tag = e.After.Tag
	}
	return out
}

// Turns are the steps that stand, oldest first; what was undone is left out.
func (t *Talk) Turns() []Turn {
	if t == nil {
		return nil
	}
	var out []Turn
	for i := range t.turns {
		if !t.gone[i] {
			out = append(out, t.turns[i])
		}
	}
	return out
}

// since are the turns after the last ruling that stands.
func since(turns []Turn) []Turn {
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i].Lead {
			return turns[i+1:]
		}
	}
	return nil
}

// answered reports whether somebody whom a ruling concerns has done something
// since, beside taking note of it.
func answered(turns []Turn, of string) bool {
	return slices.ContainsFunc(since(turns), func(t Turn) bool { return t.What != VerbNoted && (of == "" || t.By == of) })
}

// Asked is a sentence on which a lead asked a reviewer, or ruled otherwise than
// the reviewer tagged it.
type Asked struct {
	Place
	Text    string              `json:"text"`
	Verdict annotations.Verdict `json:"verdict"`        // of the ruling in force
	Ruled   string              `json:"ruled"`          // the tag that holds by it; "" for none, and for a query
	Rule    string              `json:"rule,omitempty"` // of the codebook, that the ruling names
	Reason  string              `json:"reason,omitempty"`
	By      string              `json:"by"`
	Since   time.Time           `json:"since"`
	Mine    string              `json:"mine"`   // the reviewer's tag; "" for none
	Open    bool                `json:"open"`   // it waits for the reviewer
	Thread  []Turn              `json:"thread"` // what was said of it, oldest first
}

// Query reports whether it is a question rather than a decision.
func (a *Asked) Query() bool { return a.Verdict == annotations.Query }

// AskedOf lists what the rulings on an article ask of one reviewer, in reading
// order: queries on their annotation, or on a sentence of which they, or nobody of
// those at work on the article, said something; and decisions under which their
// tag does not stand, but for those made on other words than the sentence has now. A
// query is open until they do something to the sentence after
// it; a decision, until they answer it or take note. A decision that their tag was
// changed to fit is not in the list. talks are those of the article's sentences;
// one that is missing has heard nothing.
func AskedOf(who string, a *Article, talks map[annotations.SentenceID]*Talk) []Asked {
	said := map[annotations.SentenceID]map[string]*annotations.Record{}
	works := false
	for i := range a.Rows {
		r := &a.Rows[i]
		if r.Reviewer == "" {
			continue
		}
		if said[r.Sentence] == nil {
			said[r.Sentence] = map[string]*annotations.Record{}
		}
		said[r.Sentence][r.Reviewer] = &r.Annotation
		works = works || r.Reviewer == who
	}
	var out []Asked
	for i := range a.Rows {
		r := a.Rows[i].Ruling
		at := annotations.IndexOf(a.Units, a.Rows[i].Sentence)
		if r == nil || r.Verdict == "" || at < 0 || !works {
			continue
		}
		if r.Verdict != annotations.Query && talks[a.Rows[i].Sentence].otherWords(r, a.Units[at].Span.In(a.Body)) {
			continue
		}
		x, ok := asked(who, r, said[a.Rows[i].Sentence])
		if !ok {
			continue
		}
		u := a.Units[at]
		x.Place, x.Text = Place{a.Meta.ID, a.Meta.Name, u.ID, at + 1}, u.Span.In(a.Body)
		x.hear(who, talks[u.ID].Turns())
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y Asked) int { return x.N - y.N })
	return out
}

// asked is what a ruling asks of one reviewer; false when nothing.
func asked(who string, r *annotations.RulingRecord, said map[string]*annotations.Record) (Asked, bool) {
	x := Asked{Verdict: r.Verdict, Rule: r.Rule, Reason: r.Reason, By: r.By, Since: r.Time, Thread: []Turn{}}
	if mine := said[who]; mine != nil {
		x.Mine = mine.Tag
	}
	switch r.Verdict {
	case annotations.Query:
		return x, r.Reviewer == who || r.Reviewer == "" && (said[who] != nil || len(said) == 0)
	case annotations.Amend:
		x.Ruled = r.Tag
	case annotations.Stet:
		picked := said[r.Reviewer]
		if r.Reviewer == who || picked == nil {
			return x, false // theirs stands, or everybody's
		}
		x.Ruled = picked.Tag
	case annotations.Neither:
	}
	return x, x.Mine != "" && x.Mine != x.Ruled
}

// hear says from what was said whether it waits for the reviewer.
func (a *Asked) hear(who string, turns []Turn) {
	a.Thread = append(a.Thread, turns...)
	a.Open = !slices.ContainsFunc(since(turns), func(t Turn) bool {
		if a.Query() {
			return t.By == who && t.What != VerbNoted
		}
		return t.By == who && (t.What == VerbAnswer || t.What == VerbNoted)
	})
}

// Words say what is asked, or how it was ruled: "lea asks: who says so?", "lea: it
// is contested by C-a, not sourced: …". They are not made safe for a terminal.
func (a *Asked) Words() string {
	words := a.By
	switch {
	case a.Query():
		words += " asks"
	case a.Ruled == "":
		words += ": nothing on offer is right, nor " + a.Mine
	default:
		words += ": it is " + a.Ruled
		if a.Rule != "" {
			words += " by " + a.Rule
		}
		words += ", not " + a.Mine
	}
	if a.Reason != "" {
		words += ": " + a.Reason
	}
	return words
}

// Answer is the change that answers what was asked with words, or takes note of
// it when there are none. was is the reviewer's annotation of the sentence, which
// stays as it is; its zero value stands for none.
func (a *Asked) Answer(was annotations.Record, words string) annotations.Change {
	c := annotations.Change{
		Kind: annotations.EventAnnotate, Verb: VerbAnswer, Sentence: a.Sentence, Rev: was.Rev, Annotation: &was.Annotation, Reason: words, On: was.Words,
	}
	if words == "" {
		c.Verb = VerbNoted
	}
	return c
}
