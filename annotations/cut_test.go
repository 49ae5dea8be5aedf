package annotations

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const cutText = "The port closed, but ferries ran. Nobody was hurt.\n\nIt opens in May."

func cutArticle(t rapid.TB) *Article {
	t.Helper()
	a := &Article{Body: cutText, Units: []Sentence{
		{ID: 1, Span: Span{0, 33}, Paragraph: 1}, {ID: 2, Span: Span{34, 50}, Paragraph: 1}, {ID: 3, Span: Span{52, 68}, Paragraph: 2},
	}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestASplitKeepsTheFirstPartsNameAndTheTextWhole(t *testing.T) {
	a := cutArticle(t)
	now, err := SplitUnit(a.Body, a.Units, 1, strings.Index(a.Body, "but"), a.NextID())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range now {
		got = append(got, u.ID.String()+" "+u.Span.In(a.Body))
	}
	want := []string{"s001 The port closed,", "s004 but ferries ran.", "s002 Nobody was hurt.", "s003 It opens in May."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	c, err := CutOf(a.Body, &a.Meta, a.Units, now)
	if err != nil {
		t.Fatal(err)
	}
	if want := []UnitChange{{1, KindSentence, KindSentence}, {4, Absent, KindSentence}}; !slices.Equal(c.Touched, want) || c.Next != 5 || c.Now.Needed != 4 {
		t.Errorf("got %+v", c)
	}
	back, err := JoinUnits(now, 1)
	if err != nil || !slices.Equal(back, a.Units) {
		t.Errorf("joined again: %+v, %v", back, err)
	}
}

func TestWhatCannotBeCut(t *testing.T) {
	a := cutArticle(t)
	for name, try := range map[string]func() error{
		"at its start":       func() error { _, err := SplitUnit(a.Body, a.Units, 2, 34, 9); return err },
		"at its end":         func() error { _, err := SplitUnit(a.Body, a.Units, 2, 50, 9); return err },
		"elsewhere":          func() error { _, err := SplitUnit(a.Body, a.Units, 2, 3, 9); return err },
		"a sentence unknown": func() error { _, err := SplitUnit(a.Body, a.Units, 7, 3, 9); return err },
		"the last with none": func() error { _, err := JoinUnits(a.Units, 3); return err },
		"joining an unknown": func() error { _, err := JoinUnits(a.Units, 7); return err },
		"nothing":            func() error { _, err := CutOf(a.Body, &a.Meta, a.Units, a.Units); return err },
		"a name that moves": func() error {
			now := slices.Clone(a.Units)
			now[0].ID, now[2].ID = 3, 1
			_, err := CutOf(a.Body, &a.Meta, a.Units, now)
			return err
		},
		"a gap": func() error {
			_, err := CutOf(a.Body, &a.Meta, a.Units, a.Units[1:])
			return err
		},
	} {
		if err := try(); err == nil {
			t.Errorf("%s was allowed", name)
		}
	}
	if _, err := SplitUnit("“é” she", []Sentence{{ID: 1, Span: Span{0, 12}}}, 1, 4, 2); err == nil {
		t.Error("a character was cut in two")
	}
}

// Splits and joins in any order tile the text, never give a name to other words,
// and are undone by their inverse.
func TestCutsTileAndInvert(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := cutArticle(rt)
		m, units := a.Meta, a.Units
		for range rapid.IntRange(1, 12).Draw(rt, "cuts") {
			id := rapid.SampledFrom(units).Draw(rt, "unit").ID
			var now []Sentence
			var err error
			if rapid.Bool().Draw(rt, "split") {
				now, err = SplitUnit(a.Body, units, id, rapid.IntRange(0, len(a.Body)).Draw(rt, "at"), m.NextID())
			} else {
				now, err = JoinUnits(units, id)
			}
			if err != nil {
				continue
			}
			c, err := CutOf(a.Body, &m, units, now)
			if err != nil {
				rt.Fatal(err)
			}
			after := m
			after.Recut(&c)
			back, err := CutOf(a.Body, &after, now, units)
			if err != nil {
				rt.Fatal(err)
			}
			if inv := c.Inverse(); inv.Was != back.Was || inv.Now != back.Now || inv.Next != back.Next || !slices.Equal(inv.Touched, back.Touched) {
				rt.Fatalf("the inverse is %+v, taking it back by hand %+v", inv, back)
			}
			m, units = after, now
		}
	})
}

func TestATeamSaysWhoMayDoAndSeeWhat(t *testing.T) {
	var none Team
	team := Team{Members: []Member{{"ana", Reviewer}, {"ben", Reviewer}, {"lea", Lead}}}
	if err := team.Check(); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Team{
		{Members: []Member{{"ana", Reviewer}}}, {Members: []Member{{"lea", Lead}, {"ana", Reviewer}}}, {Members: []Member{{"lea", Lead}, {"lea", Lead}}},
		{Members: []Member{{"lea", "boss"}}}, {Members: []Member{{" ", Lead}}}, {Overlap: Overlap{Each: -1}}, {Overlap: Overlap{Share: 101}},
	} {
		if bad.Check() == nil {
			t.Errorf("%+v was taken for a team", bad)
		}
	}
	rule, tag, own := &Change{Kind: EventRule}, &Change{Kind: EventAnnotate}, &Change{Kind: EventFinish, Finish: &Finish{Reviewer: "ana"}}
	for _, c := range []struct {
		team *Team
		who  string
		what *Change
		may  bool
	}{
		{&none, "ana", rule, true}, {&team, "ana", rule, false}, {&team, "lea", rule, true}, {&team, "ana", tag, true}, {&team, "eve", tag, false},
		{&team, "ana", own, true}, {&team, "ben", own, false}, {&team, "lea", own, true}, {&team, "ana", &Change{Kind: EventTeam}, false},
	} {
		if why := c.team.MayChange(c.who, c.what); (why == "") != c.may {
			t.Errorf("%s, %s: %q", c.who, c.what.Kind, why)
		}
	}
	for _, c := range []struct {
		viewer, author string
		finished, open bool
		may            bool
	}{
		{"ana", "ana", false, false, true}, {"ana", "ben", false, false, false}, {"ana", "ben", true, false, true}, {"ana", "ben", false, true, true}, {"lea", "ben", false, false, true},
	} {
		team.Open = c.open
		if team.MaySee(c.viewer, c.author, c.finished) != c.may {
			t.Errorf("%+v", c)
		}
	}
}

func TestWhatWasSaidOfTwoIsSaidOfTheOneTheyBecame(t *testing.T) {
	self, gone, other := Target{Sentence: 1}, Target{Sentence: 2}, Target{Sentence: 3}
	a := Annotation{Tag: "sourced", Rule: "S-1", Flags: []string{"numbers"}, Note: "first", Links: []Link{{Relation: Disputes, To: gone}}}
	b := Annotation{Tag: "contested", Rule: "C-a", Flags: []string{"vague"}, Note: "second", Unsure: true, Links: []Link{{Relation: Disputes, To: other}, {Relation: Supports, To: self}}}
	got, err := Joined(a, b, "contested", self, gone)
	want := Annotation{
		Tag: "contested", Rule: "C-a", Inside: true, Flags: []string{"numbers", "vague"}, Note: "first\n\nsecond", Unsure: true,
		Links: []Link{{Relation: Disputes, To: other}},
	}
	if err != nil || !got.Equal(want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got, _ := Joined(Annotation{}, b, "contested", self, gone); got.Rule != "C-a" || got.Note != "second" {
		t.Errorf("joined to nothing: %+v", got)
	}
}

// Notes of both were kept, but of two verdicts, two confidential notes, or two notes on
// a link to the same sentence the second was gone without a word.
func TestNothingThatWasWrittenIsLostByAJoin(t *testing.T) {
	self, gone, other := Target{Sentence: 1}, Target{Sentence: 2}, Target{Sentence: 3}
	link := func(m Manner, note string) []Link {
		return []Link{{Relation: Disputes, To: other, Manner: m, Note: note}}
	}
	a := Annotation{Verdict: "No pier fell.", Confidential: Seal([16]byte{1}, "her cousin"), Links: link("", "the mayor")}
	b := Annotation{Verdict: "Two did.", Links: link(Direct, "the clerk")}
	got, err := Joined(a, b, "", self, gone)
	if err != nil || got.Verdict != "No pier fell.; Two did." || *got.Confidential != *a.Confidential {
		t.Errorf("%+v, %v", got, err)
	}
	if l := got.Links; len(l) != 1 || l[0].Manner != Direct || l[0].Note != "the mayor; the clerk" {
		t.Errorf("links %+v", l)
	}
	with := func(s Stance) Annotation { return Annotation{Evidence: []Use{{ID: EvidenceID{1}, Stance: s}}} }
	for _, c := range [][3]Stance{{EvidenceSupports, Refutes, Refutes}, {Undercuts, EvidenceSupports, Undercuts}, {Neutral, EvidenceSupports, EvidenceSupports}} {
		if got, _ := Joined(with(c[0]), with(c[1]), "", self, gone); len(got.Evidence) != 1 || got.Evidence[0].Stance != c[2] {
			t.Errorf("evidence that %s and %s: %+v", c[0], c[1], got.Evidence)
		}
	}
	if got, err := Joined(b, a, "", self, gone); err != nil || *got.Confidential != *a.Confidential {
		t.Errorf("the second one's: %+v, %v", got, err)
	}
	parted := a.Clone() // both parts of a split have what was said of the whole
	if got, err := Joined(a, parted, "", self, gone); err != nil || !got.Equal(a) {
		t.Errorf("joined again: %+v, %v", got, err)
	}
	b.Confidential = Seal([16]byte{2}, "the ferryman")
	if _, err := Joined(a, b, "", self, gone); !errors.Is(err, ErrTwoSecrets) {
		t.Errorf("one of two confidential notes was let go: %v", err)
	}
}
