package slate_test

import (
	"errors"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
	"stet.example/stet/annotations/interchange/slate"
)

const text = "Ferry fares to rise\n\nThe board voted 🚢 today. It met at noon.\n\nA clerk said so.\n"

func load(t *testing.T, items string) (*interchange.Export, *interchange.Receipt) {
	t.Helper()
	e, r, err := slate.New().Read([]interchange.File{{Name: "a.txt", Data: []byte(text)}, {Name: "a.txt.annotations", Data: []byte(items)}}, &standofftest.Library{})
	if err != nil {
		t.Fatal(err)
	}
	return e, r
}

func TestItemsAreRead(t *testing.T) {
	for _, c := range []struct {
		story, items string
		want         string // tags by sentence
		says         string
	}{
		{"a line", "4 - sourced\n", "4=sourced", ""},
		{"tokens, the end included", "((2, 0), (2, 4)) - contested\n", "2=contested", ""},
		{"one token", "(4, 1) - sourced\n", "4=sourced", "part of sentence 4"},
		{"characters of a token", "((4, 1, 0), (4, 1, 2)) - sourced\n", "4=sourced", "part of sentence 4"},
		{"a list and a trailing comma", "[(4,)] - sourced\n", "4=sourced", ""},
		{"a link that says what of", "4 - sourced\n0 - contextual\n4 0 - disputes\n", "1=contextual 4=sourced", ""},
		{"a link that does not", "4 0 -\n", "", "does not say what of"},
		{"the whole document", "() - sourced\n", "", "whole document"},
		{"a line of two sentences", "2 - sourced\n", "", "from sentence 2 to 3"},
		{"a line that is not there", "99 - sourced\n", "", "no line 99"},
		{"a blank line", "1 - sourced\n", "", "blank"},
		{"a token that is not there", "(4, 9) - sourced\n", "", "none is number 9"},
		{"a span backwards", "((2, 4), (2, 0)) - sourced\n", "", "ends before it begins"},
		{"two tags", "4 - sourced contested\n", "", "two tags"},
		{"an unknown tag", "4 - true\n", "", "sourced, contested, contextual"},
		{"a line that would run a command", "__import__('os').system('touch /owned') - sourced\n", "", "not evaluated"},
		{"a call within a tuple", "(4, len('x')) - sourced\n", "", "not evaluated"},
		{"deep brackets", strings.Repeat("(", 5000) + " - sourced\n", "", "not evaluated"},
		{"a number too large", "99999999999999999999 - sourced\n", "", "not evaluated"},
	} {
		t.Run(c.story, func(t *testing.T) {
			e, r := load(t, c.items)
			var got []string
			a := e.Documents[0].Article
			for i, u := range a.Units {
				if rec := standofftest.Said(e, a.ID, "rita", u.ID); rec != nil {
					got = append(got, string(rune('1'+i))+"="+rec.Tag)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s; %v", got, c.want, r.Rejected)
			}
			var all string
			for _, p := range append(r.Repaired, r.Rejected...) {
				all += p.String() + "\n"
			}
			if !strings.Contains(all, c.says) || c.says == "" && all != "" {
				t.Errorf("%q does not say %q", all, c.says)
			}
		})
	}
}

func TestALinkIsFiledWithItsFirstSentence(t *testing.T) {
	e, _ := load(t, "4 - sourced\n4 0 - derived-from\n")
	a := e.Documents[0].Article
	rec := standofftest.Said(e, a.ID, "rita", a.Units[3].ID)
	if rec == nil || len(rec.Links) != 1 || rec.Links[0].Relation != annotations.DerivedFrom || rec.Links[0].To.Sentence != a.Units[0].ID {
		t.Errorf("%+v", rec)
	}
}

func TestSeveralFilesAreSeveralReviewers(t *testing.T) {
	e, _, err := slate.New().Read([]interchange.File{
		{Name: "a.txt", Data: []byte(text)}, {Name: "a.txt.annotations1", Data: []byte("4 - sourced\n")}, {Name: "a.txt.category.annotations2", Data: []byte("4 - contested\n")},
	}, &standofftest.Library{})
	if err != nil || len(e.Documents[0].Reviewers) != 2 || e.Documents[0].Reviewers[1].Name != "rita 2" {
		t.Errorf("%v %+v", err, e)
	}
}

func TestWritingSaysWhyNot(t *testing.T) {
	if _, err := slate.New().Write(standofftest.Sample(), interchange.Options{}); !errors.Is(err, slate.ErrReadOnly) {
		t.Errorf("%v", err)
	}
}

func TestATextThatNobodyHasIsAskedFor(t *testing.T) {
	_, _, err := slate.New().Read([]interchange.File{{Name: "gone.txt.annotations", Data: []byte("0 - sourced\n")}}, &standofftest.Library{})
	if err == nil || !strings.Contains(err.Error(), "needs its text") {
		t.Errorf("%v", err)
	}
}

func TestAMillionBracketsAreTwoLines(t *testing.T) {
	_, r := load(t, strings.Repeat("((", 1_000_000)+"\n["+strings.Repeat("1,", 1_000_000)+"] - sourced\n")
	if len(r.Rejected) != 2 {
		t.Errorf("%v", len(r.Rejected))
	}
}

func FuzzRead(f *testing.F) {
	seeds := []string{"4 - sourced\n", "((2, 0), (2, 4)) - contested\n", "[(4,), (0,)] - disputes\n", "() - x\n", "13 7 -\n"}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(text, s)
	}
	f.Fuzz(func(t *testing.T, text, items string) {
		e, r, err := slate.New().Read([]interchange.File{{Name: "a", Data: []byte(text)}, {Name: "a.annotations", Data: []byte(items)}}, &standofftest.Library{})
		if err != nil {
			return
		}
		if n := standofftest.Count(e); n != r.Annotations.Out || n > r.Annotations.In {
			t.Fatalf("%d annotations, the receipt says %+v", n, r.Annotations)
		}
	})
}
