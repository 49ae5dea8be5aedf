package survey_test

import (
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store/storetest"
	"stet.example/stet/store/survey"
)

// text makes an article of lines, each a sentence; parent is the version before.
func text(t *testing.T, parent *annotations.Article, lines ...string) *annotations.Article {
	t.Helper()
	a := &annotations.Article{Meta: annotations.Meta{Title: "Ferries", Outlet: "Post"}, Body: strings.Join(lines, "\n")}
	from := 0
	for i, l := range lines {
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: from + len(l)}, Paragraph: uint32(i)})
		from += len(l) + 1
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	if parent != nil {
		a.Parent, a.Revision = parent.ID, parent.Revision+1
	}
	return a
}

// A revision asks those who tagged what was edited, until they tag it anew.
func TestARevisionAsksThoseWhoTaggedBefore(t *testing.T) {
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	old := text(t, nil, "The ferry to Quillhaven leaves at six every morning.", "According to the board, twelve boats were lost in the storm.", "The old pier was closed by the council last winter.")
	first := storetest.Import(t, st, lea, old)
	all := func(int) string { return "sourced" }
	judge(t, st, first, ana, 3, all)
	judge(t, st, first, ben, 1, all)
	now := text(t, old, "The ferry to Quillhaven leaves at six every morning.", "According to the board, thirteen boats were lost in the great storm.", "The old pier was closed by the council last winter.", "Nobody was hurt.")
	second := storetest.Import(t, st, lea, now)
	r := survey.New(st, "lea")
	got := read(t, r).Input.Revised
	if len(got) != 1 || got[0].Reviewer != "ana" || got[0].Asks != 1 || got[0].First != 2 || got[0].Key != second {
		t.Fatalf("what asks: %+v", got)
	}
	d, err := audit.New(read(t, r).Input)
	if err != nil || !slices.Equal(d.Revised, got) {
		t.Errorf("the desk has %+v, %v", d.Revised, err)
	}
	judge(t, st, second, ana, 2, all)
	if got := read(t, r).Input.Revised; len(got) != 0 {
		t.Errorf("after it was tagged anew: %+v", got)
	}
}
