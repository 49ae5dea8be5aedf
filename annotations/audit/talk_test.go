package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// history makes events of one sentence.
type history struct {
	talk *audit.Talk
	n    uint64
}

func (h *history) add(e annotations.Event) annotations.Act {
	h.n++
	e.Pos, e.Act, e.Time = h.n, annotations.Act{Session: annotations.SessionID{1}, N: h.n}, start().Add(time.Duration(h.n)*time.Minute)
	h.talk.Add(&e)
	return e.Act
}

func (h *history) rule(v annotations.Verdict, words string) annotations.Act {
	return h.add(annotations.Event{Kind: annotations.EventRule, Actor: "lea", Verb: "rule", RuleAfter: &annotations.Ruling{Verdict: v, Reason: words}})
}

func (h *history) entry(who, verb, words, tag string) annotations.Act {
	return h.add(annotations.Event{Kind: annotations.EventAnnotate, Actor: who, Verb: verb, Reason: words, Before: &annotations.Annotation{}, After: &annotations.Annotation{Tag: tag}})
}

func (h *history) undo(kind annotations.EventKind, who, verb string, of annotations.Act) annotations.Act {
	return h.add(annotations.Event{Kind: kind, Actor: who, Verb: verb, Mode: annotations.Undo, Of: of})
}

func (h *history) words() string {
	var out []string
	for _, t := range h.talk.Turns() {
		out = append(out, strings.TrimSpace(fmt.Sprint(t.By, " ", t.What, " ", t.Words)))
	}
	return strings.Join(out, "; ")
}

func TestATalkIsWhatStands(t *testing.T) {
	h := &history{talk: &audit.Talk{}}
	h.entry("ana", "tag", "", "sourced")
	if got := h.words(); got != "" {
		t.Errorf("before a ruling there is no talk, not %q", got)
	}
	h.rule(annotations.Query, "who?")
	answer := h.entry("ana", audit.VerbAnswer, "the board", "")
	if got := h.words(); got != "lea query who?; ana answer the board" {
		t.Error(got)
	}
	undone := h.undo(annotations.EventAnnotate, "ana", audit.VerbAnswer, answer)
	if got := h.words(); got != "lea query who?" {
		t.Errorf("after undo: %s", got)
	}
	redone := h.add(annotations.Event{Kind: annotations.EventAnnotate, Actor: "ana", Verb: audit.VerbAnswer, Mode: annotations.Redo, Of: undone})
	if got := h.words(); got != "lea query who?; ana answer the board" {
		t.Errorf("after redo: %s", got)
	}
	h.undo(annotations.EventAnnotate, "ana", audit.VerbAnswer, redone)
	if got := h.words(); got != "lea query who?" {
		t.Errorf("after undoing the redo: %s", got)
	}
	last := h.rule(annotations.Stet, "fine")
	h.add(annotations.Event{Kind: annotations.EventRule, Actor: "lea", Verb: "rule"})
	if got := h.words(); got != "lea query who?; lea stet fine; lea taken back" {
		t.Error(got)
	}
	h.undo(annotations.EventRule, "lea", "rule", last) // another act in between does not matter
	if got := h.words(); got != "lea query who?; lea taken back" {
		t.Error(got)
	}
}

// Whatever is undone and redone, what stands is what was done and not undone, in
// the order in which it was done.
func TestUndoAndRedoInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := &history{talk: &audit.Talk{}}
		h.rule(annotations.Query, "0")
		type said struct {
			act   annotations.Act
			words string
			gone  bool
		}
		var all []*said
		var undone []*said
		for i := range rapid.IntRange(1, 30).Draw(rt, "steps") {
			standing := func() (list []*said) {
				for _, s := range all {
					if !s.gone {
						list = append(list, s)
					}
				}
				return list
			}()
			switch what := rapid.IntRange(0, 2).Draw(rt, "what"); {
			case what == 1 && len(standing) > 0:
				s := rapid.SampledFrom(standing).Draw(rt, "undo")
				s.act, s.gone = h.undo(annotations.EventAnnotate, "ana", audit.VerbAnswer, s.act), true
				undone = append(undone, s)
			case what == 2 && len(undone) > 0:
				s := undone[len(undone)-1]
				undone = undone[:len(undone)-1]
				s.act, s.gone = h.add(annotations.Event{Kind: annotations.EventAnnotate, Actor: "ana", Verb: audit.VerbAnswer, Mode: annotations.Redo, Of: s.act}), false
			default:
				words := fmt.Sprint(i + 1)
				all, undone = append(all, &said{act: h.entry("ana", audit.VerbAnswer, words, ""), words: words}), nil
			}
		}
		want := []string{"lea query 0"}
		for _, s := range all {
			if !s.gone {
				want = append(want, "ana answer "+s.words)
			}
		}
		if got := h.words(); got != strings.Join(want, "; ") {
			rt.Fatalf("%s\nwant %s", got, strings.Join(want, "; "))
		}
	})
}

// asksOf is what is asked of who, "n verdict mine→ruled", an open one with "!".
func asksOf(a *audit.Article, talks map[annotations.SentenceID]*audit.Talk, who string) string {
	var out []string
	for _, x := range audit.AskedOf(who, a, talks) {
		s := fmt.Sprintf("%d %s %s→%s", x.N, x.Verdict, x.Mine, x.Ruled)
		if x.Open {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestWhatARulingAsksOfWhom(t *testing.T) {
	w := newWorld(31)
	a := w.article(9)
	say := func(n int, who, tag string) { w.say(a, n, who, annotations.Annotation{Tag: tag}) }
	for n := 1; n <= 7; n++ {
		say(n, "ana", "sourced")
	}
	say(1, "ben", "contested")
	say(3, "ben", "contextual")
	w.rule(a, 1, annotations.Ruling{Verdict: annotations.Stet, Reviewer: "ben"})
	w.rule(a, 2, annotations.Ruling{Verdict: annotations.Stet}) // everybody's stands
	w.rule(a, 3, annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"})
	w.rule(a, 4, annotations.Ruling{Verdict: annotations.Neither})
	w.rule(a, 5, annotations.Ruling{Verdict: annotations.Query})
	w.rule(a, 6, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ben"})
	w.rule(a, 7, annotations.Ruling{}) // taken back
	w.rule(a, 8, annotations.Ruling{Verdict: annotations.Query})
	for who, want := range map[string]string{
		"ana": "1 stet sourced→contested!, 3 amend sourced→contextual!, 4 neither sourced→!, 5 query sourced→!, 8 query →!",
		"ben": "6 query →!, 8 query →!",
		"eve": "",
	} {
		if got := asksOf(a, nil, who); got != want {
			t.Errorf("%s: %s\nwant %s", who, got, want)
		}
	}
	heard := func(verb string) map[annotations.SentenceID]*audit.Talk {
		out := map[annotations.SentenceID]*audit.Talk{}
		for _, n := range []annotations.SentenceID{1, 3, 5} {
			h := &history{talk: &audit.Talk{}}
			h.rule(annotations.Query, "")
			h.entry("ana", verb, "so", "sourced")
			out[n] = h.talk
		}
		return out
	}
	for verb, want := range map[string]string{
		audit.VerbNoted:  "1 stet sourced→contested, 3 amend sourced→contextual, 4 neither sourced→!, 5 query sourced→!, 8 query →!",
		audit.VerbAnswer: "1 stet sourced→contested, 3 amend sourced→contextual, 4 neither sourced→!, 5 query sourced→, 8 query →!",
		"source":         "1 stet sourced→contested!, 3 amend sourced→contextual!, 4 neither sourced→!, 5 query sourced→, 8 query →!",
	} {
		if got := asksOf(a, heard(verb), "ana"); got != want {
			t.Errorf("after %q: %s\nwant %s", verb, got, want)
		}
	}
}

// A word to the lead is no change of mind: it is no lint, and what the ruling
// settled stays settled.
func TestAWordToTheLeadUnsettlesNothing(t *testing.T) {
	w := newWorld(32)
	a := w.article(2)
	w.say(a, 1, "ana", annotations.Annotation{Tag: "sourced", Unsure: true})
	w.rule(a, 1, annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"})
	r := &a.Rows[0].Annotation
	r.Pos, r.Time = w.next() // touched after the ruling
	if d := w.desk(t); len(d.Lint) != 1 || len(d.Unsure) != 1 {
		t.Fatalf("without the log it is a change: %+v, %+v", d.Lint, d.Unsure)
	}
	h := &history{talk: &audit.Talk{}}
	h.rule(annotations.Amend, "")
	h.entry("ana", audit.VerbAnswer, "I still think so", "")
	w.in.Talks = map[annotations.Target]*audit.Talk{{Article: a.Meta.ID, Sentence: 1}: h.talk}
	d := w.desk(t)
	if len(d.Lint) != 0 || len(d.Unsure) != 0 {
		t.Errorf("with the log it is none: %+v, %+v", d.Lint, d.Unsure)
	}
	if len(d.Replies) != 1 || d.Replies[0].Of != "ana" || d.Replies[0].Note != "I still think so" || d.Counts.Matters != 1 {
		t.Errorf("the lead does not see the words: %+v, %+v", d.Replies, d.Counts)
	}
}

func TestWhatAMergeLeavesIsTheLeads(t *testing.T) {
	w := newWorld(33)
	a := w.article(3)
	w.say(a, 1, "ana", annotations.Annotation{Tag: "sourced"})
	w.say(a, 1, "ana (2)", annotations.Annotation{Tag: "contextual"})
	w.say(a, 2, "ana", annotations.Annotation{Tag: "sourced"})
	w.say(a, 2, "ana (2)", annotations.Annotation{Tag: "contextual"}) // there it is a person's own name
	a.Apart = map[audit.Statement]string{{Sentence: 1, Reviewer: "ana (2)"}: "ana"}
	w.say(a, 3, "ana", annotations.Annotation{Tag: "sourced"})
	h := &history{talk: &audit.Talk{}}
	h.rule(annotations.Stet, "")
	h.add(annotations.Event{Kind: annotations.EventRule, Actor: "lea", Verb: "merge"})
	w.in.Talks = map[annotations.Target]*audit.Talk{{Article: a.Meta.ID, Sentence: 3}: h.talk}
	d := w.desk(t)
	if len(d.Merged) != 2 || d.Merged[0].Of != "ana" || d.Merged[0].N != 1 || d.Merged[1].N != 3 || len(d.Disagreements) != 1 || d.Disagreements[0].N != 2 {
		t.Errorf("merged %+v\ndisagreements %+v", d.Merged, d.Disagreements)
	}
}
