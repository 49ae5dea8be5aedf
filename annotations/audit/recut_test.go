package audit_test

import (
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
)

// recut is an article of one unit that was split in two after a lead had ruled on it;
// the first part kept the unit's name, and ana has judged it anew.
type recut struct {
	*world
	history
	whole, part string
	key         annotations.Target
}

func newRecut() *recut {
	c := &recut{world: newWorld(41), history: history{talk: &audit.Talk{}}, whole: "One pier stood. Two fell.", part: "One pier stood."}
	a := c.article(1)
	write(a, c.part, "Two fell.")
	c.key = annotations.Target{Article: a.Meta.ID, Sentence: 1}
	c.in.Talks = map[annotations.Target]*audit.Talk{c.key: c.talk}
	return c
}

// ruled adds a ruling to the log, and the row that it leaves when r stands.
func (c *recut) ruled(words string, e annotations.Event) annotations.Act {
	e.Kind, e.Actor, e.Verb, e.Words = annotations.EventRule, "lea", "rule", annotations.HashOf(words)
	act := c.add(e)
	a := &c.in.Articles[0]
	for i := range a.Rows {
		if a.Rows[i].Ruling != nil {
			a.Rows = append(a.Rows[:i], a.Rows[i+1:]...)
			break
		}
	}
	row := annotations.RulingRecord{By: "lea", Rev: c.n, Pos: c.n, Time: start().Add(time.Duration(c.n) * time.Minute)}
	if e.RuleAfter != nil {
		row.Ruling = *e.RuleAfter
	}
	a.Rows = append(a.Rows, audit.Row{Sentence: 1, Ruling: &row})
	return act
}

func (c *recut) judged() {
	c.say(&c.in.Articles[0], 1, "ana", annotations.Annotation{Tag: "sourced"}).Words = annotations.HashOf(c.part).Start()
}

// A ruling on a sentence that was split since counted as a check of the words that it
// has now, and overturned a tag that was given to them later; no list told the lead.
func TestARulingOnOtherWordsIsNoneOnThese(t *testing.T) {
	amend := annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual", Reason: "scenery"}
	c := newRecut()
	c.judged()
	c.ruled(c.whole, annotations.Event{RuleAfter: &amend})
	d := c.desk(t)
	if k := d.Sound.Check; k.Ruled != 0 || k.Overturned != 0 {
		t.Errorf("%d ruled on, %d overturned: nobody ruled on these words", k.Ruled, k.Overturned)
	}
	if n := d.Totals.Answers["sourced"]; n != 1 {
		t.Errorf("answers %v: ana's tag of these words stands", d.Totals.Answers)
	}
	want(t, "stale", places(d.Stale), "post-0001 1")
	if len(d.Stale) == 1 && (d.Stale[0].Reason != "scenery" || len(d.Stale[0].Thread) != 1) {
		t.Errorf("the lead does not see what was ruled: %+v", d.Stale[0])
	}
	if _, r := d.Said(audit.Place{Key: c.key.Article, Sentence: 1}); r == nil || r.Rev != 1 {
		t.Errorf("a next ruling must know the one it builds on, got %+v", r)
	}
	if asked := asksOf(&c.in.Articles[0], map[annotations.SentenceID]*audit.Talk{1: c.talk}, "ana"); asked != "" {
		t.Errorf("ana is told %q of words that are no longer there", asked)
	}

	after, err := d.CheckAfter(map[audit.Place]annotations.Ruling{{Key: c.key.Article, Sentence: 1}: amend})
	if err != nil || after.Ruled != 1 || after.Overturned != 1 {
		t.Errorf("ruled again on these words: %d, %d overturned (%v)", after.Ruled, after.Overturned, err)
	}
}

func TestARulingOnTheseWordsHolds(t *testing.T) {
	amend := annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"}
	for name, words := range map[string]string{"on these words": "One pier stood.", "of an old log, which does not say": ""} {
		c := newRecut()
		c.judged()
		act := annotations.Event{RuleAfter: &amend}
		c.ruled(words, act)
		if words == "" {
			c.talk = &audit.Talk{}
			c.in.Talks = nil
		}
		d := c.desk(t)
		if k := d.Sound.Check; k.Ruled != 1 || k.Overturned != 1 || len(d.Stale) != 0 {
			t.Errorf("%s: %d ruled on, %d overturned, %d stale", name, k.Ruled, k.Overturned, len(d.Stale))
		}
	}
}

// Nobody looks at a sentence to take something back: the ruling that comes back by
// undo was made on the words of its own time, whenever the undo was.
func TestARulingThatComesBackIsOfTheWordsOfItsTime(t *testing.T) {
	amend, stet := annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"}, annotations.Ruling{Verdict: annotations.Stet}
	c := newRecut()
	c.judged()
	c.ruled(c.whole, annotations.Event{RuleAfter: &amend})
	second := c.ruled(c.part, annotations.Event{RuleBefore: &amend, RuleAfter: &stet})
	if d := c.desk(t); d.Sound.Check.Ruled != 1 || len(d.Stale) != 0 {
		t.Errorf("the second ruling is of these words: %d ruled on, %d stale", d.Sound.Check.Ruled, len(d.Stale))
	}
	c.ruled(c.part, annotations.Event{Mode: annotations.Undo, Of: second, RuleBefore: &stet, RuleAfter: &amend})
	if d := c.desk(t); d.Sound.Check.Ruled != 0 || len(d.Stale) != 1 {
		t.Errorf("after undo the first holds, of the whole: %d ruled on, %d stale", d.Sound.Check.Ruled, len(d.Stale))
	}
}

// A question stays asked, whatever became of the sentence.
func TestAQueryIsNotLostWhenTheSentenceIsCut(t *testing.T) {
	c := newRecut()
	c.judged()
	c.ruled(c.whole, annotations.Event{RuleAfter: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}})
	d := c.desk(t)
	if len(d.Queries) != 1 || len(d.Stale) != 0 {
		t.Errorf("queries %+v, stale %+v", d.Queries, d.Stale)
	}
}

// Who had tagged the whole of a sentence was listed as "untagged" after somebody split
// it, with the rule of a tag that was not shown.
func TestATagOfOtherWordsIsNamedAsOne(t *testing.T) {
	c := newRecut()
	c.judged()
	c.say(&c.in.Articles[0], 1, "ben", annotations.Annotation{Tag: "contested", Rule: "C-a"}).Words = annotations.HashOf(c.whole).Start()
	d := c.desk(t)
	if len(d.Stale) != 1 {
		t.Fatalf("stale is %+v", d.Stale)
	}
	if got := report.Voices(d.Stale[0].Says); got != "ana sourced; ben contested of other words" {
		t.Errorf("it says %q", got)
	}
	if got := d.Stale[0].Says[1]; got.Tag != "" || got.Past != "contested" {
		t.Errorf("a tag of other words is none of these: %+v", got)
	}
}
