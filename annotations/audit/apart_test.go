package audit_test

import (
	"slices"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// Ana said two things in two stores. A merge lets both stand, and that is a case
// for the lead; it is no disagreement between reviewers, of whom there are two.
func TestOnePersonInTwoStoresIsOneReviewer(t *testing.T) {
	w := newWorld(34)
	a := w.article(4)
	for n, tags := range [][3]string{
		{"sourced", "contextual", "sourced"}, // of ana, of ana elsewhere, of ben
		{"sourced", "sourced", "sourced"},
		{"contextual", "", "contextual"},
		{"sourced", "", "contextual"},
	} {
		w.say(a, n+1, "ana", annotations.Annotation{Tag: tags[0]})
		if tags[1] != "" {
			w.say(a, n+1, "ana (2)", annotations.Annotation{Tag: tags[1]})
		}
		w.say(a, n+1, "ben", annotations.Annotation{Tag: tags[2]})
	}
	strangers := w.desk(t)
	a.Apart = map[audit.Statement]string{{Sentence: 1, Reviewer: "ana (2)"}: "ana", {Sentence: 2, Reviewer: "ana (2)"}: "ana"}
	w.in.Articles[0].Apart = a.Apart
	d := w.desk(t)

	if len(strangers.Merged) != 0 || len(strangers.Disagreements) != 2 {
		t.Errorf("a member called “ana (2)” is told to be ana in another store: %+v", strangers.Merged)
	}

	if f := d.Sound.Tags; f.Reviewers != 2 || f.Units != 3 || f.Percent.V < 0.666 || f.Percent.V > 0.667 {
		t.Errorf("%d reviewers on %d sentences, agreement %v; want 2 on 3, two thirds", f.Reviewers, f.Units, f.Percent)
	}
	if f := strangers.Sound.Tags; f.Reviewers != 3 || f.Units != 4 {
		t.Errorf("somebody who is called so is nobody's other voice: %d reviewers on %d sentences", f.Reviewers, f.Units)
	}
	if got := d.Cases()[0].Raters; !slices.Equal(got, []string{"ana", "ben"}) {
		t.Errorf("raters %q", got)
	}
	if got := d.Cases()[1].Raters; !slices.Equal(got, []string{"ana", "ben"}) {
		t.Errorf("raters of sources %q", got)
	}
	if len(d.Merged) != 1 || d.Merged[0].Of != "ana" || len(d.Merged[0].Says) != 3 {
		t.Errorf("the lead does not see both: %+v", d.Merged)
	}
	if len(d.People) != 2 || d.People[0].Tagged != 3 || d.People[0].Pairs != 3 {
		t.Errorf("people: %+v", d.People)
	}
	if len(d.Mixes.Labels) != 1 || d.Mixes.Labels[0].Sentences != 1 || len(d.Mixes.Pairs) != 1 {
		t.Errorf("mixes: %+v", d.Mixes)
	}
	if d.Totals.Tagged != 4 || d.Totals.Doubly != 3 || d.Totals.Annotations != 10 {
		t.Errorf("totals: %+v", d.Totals)
	}
	if len(d.Begun) != 0 || len(d.Steady) != 2 {
		t.Errorf("begun %+v, steady %+v: ana has tagged everything", d.Begun, d.Steady)
	}
	if len(strangers.Begun) != 1 {
		t.Errorf("begun by strangers: %+v", strangers.Begun)
	}
}

// Two reviewers against one who said the same in two stores were "evenly split", which put
// the sentence higher in the lead's list; and one against one, of whom one said it twice,
// were not. In words, too, the lead was told of two that were one.
func TestOnePersonInTwoStoresSplitsNoSentenceAlone(t *testing.T) {
	w := newWorld(34)
	a := w.article(2)
	for n, says := range [][4]string{
		{"sourced", "sourced", "contextual", "contextual"}, // of ana, of ana elsewhere, of ben, of cem
		{"sourced", "sourced", "contextual", ""},
	} {
		for i, who := range []string{"ana", "ana (2)", "ben", "cem"} {
			if says[i] != "" {
				w.say(a, n+1, who, annotations.Annotation{Tag: says[i]})
			}
		}
	}
	a.Apart = map[audit.Statement]string{{Sentence: 1, Reviewer: "ana (2)"}: "ana", {Sentence: 2, Reviewer: "ana (2)"}: "ana"}
	w.in.Articles[0].Apart = a.Apart
	d := w.desk(t)
	if len(d.Disagreements) != 2 {
		t.Fatalf("%d disagreements, want 2: %+v", len(d.Disagreements), d.Disagreements)
	}
	for _, m := range d.Disagreements {
		split, words := slices.Contains(m.Why, "evenly split"), "contextual 2, sourced 1"
		if m.N == 2 {
			words = "sourced 1, contextual 1"
		}
		if split != (m.N == 2) || m.What != words {
			t.Errorf("sentence %d: evenly split is %v, and %q; want %q", m.N, split, m.What, words)
		}
	}
}
