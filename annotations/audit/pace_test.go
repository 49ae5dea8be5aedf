package audit_test

import (
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// Two people tagged two sentences alike on Monday and wrote notes on them on Tuesday.
// Their rhythm said that nobody else had tagged these sentences: what they agreed on
// was booked on Tuesday, which had no decision and was left out.
func TestWhatWasTaggedMeetsOthersOnTheDayOfTheTag(t *testing.T) {
	w := newWorld(42)
	a := w.article(2)
	monday := start()
	for n := 1; n <= 2; n++ {
		for _, who := range []string{"ana", "ben"} {
			w.say(a, n, who, annotations.Annotation{Tag: "sourced", Note: "asked again"}).Time = monday.Add(26 * time.Hour)
			at := monday.Add(time.Duration(n) * time.Minute)
			w.in.Moments = append(w.in.Moments,
				audit.Moment{Article: a.Meta.ID, Sentence: annotations.SentenceID(n), Reviewer: who, Time: at.Add(-48 * time.Hour), After: "contextual"},
				audit.Moment{Article: a.Meta.ID, Sentence: annotations.SentenceID(n), Reviewer: who, Time: at, Before: "contextual", After: "sourced"})
		}
	}
	d := w.desk(t)
	if len(d.Rhythm) != 2 || len(d.Pace) != 4 {
		t.Fatalf("rhythm %+v, pace %+v", d.Rhythm, d.Pace)
	}
	for i, r := range d.Rhythm {
		if p := d.People[i]; !r.Agree.OK || r.Agree.V != p.Agree.V || p.Pairs != 2 {
			t.Errorf("%s agrees %v by rhythm, %v on %d pairs as a person", r.Reviewer, r.Agree, p.Agree, p.Pairs)
		}
		if old, day := d.Pace[2*i], d.Pace[2*i+1]; old.Pairs != 0 || day.Pairs != 2 || day.Day != monday.Format(time.DateOnly) {
			t.Errorf("%d pairs on the day of the tag that fell, %d on %s", old.Pairs, day.Pairs, day.Day)
		}
	}
}
