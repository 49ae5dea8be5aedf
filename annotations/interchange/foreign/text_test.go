package foreign_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange/foreign"
	"stet.example/stet/annotations/interchange/interchangetest"
)

const tide = "The ferry 🚢 left at six. The board 👨‍👩‍👧 said so. Nobody knows why."

func open(t rapid.TB, words string) (*foreign.Intake, *foreign.View) {
	t.Helper()
	in := foreign.NewIntake(&interchangetest.Desk{})
	v, err := in.Open(foreign.Text{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return in, v
}

func TestASpanIsFoundInWhicheverUnitLeadsToItsWords(t *testing.T) {
	_, v := open(t, tide)
	const quote = "Nobody knows why."
	at := strings.Index(tide, quote)
	want := annotations.Span{Start: at, End: at + len(quote)}
	for u, pair := range map[annotations.Unit][2]int{
		annotations.CodePoints: v.Offsets.Pair(want, annotations.CodePoints), annotations.UTF16: v.Offsets.Pair(want, annotations.UTF16),
		annotations.Bytes: {want.Start, want.End}, foreign.Graphemes: {46, 63},
	} {
		got, repair, err := v.Find(foreign.Claim{Pair: pair, Unit: annotations.CodePoints, Quote: quote})
		if err != nil || got != want {
			t.Errorf("%s: %v, %v", u, got, err)
		}
		if (repair == "") != (u == annotations.CodePoints) || repair != "" && !strings.Contains(repair, string(u)) {
			t.Errorf("%s: the repair says %q", u, repair)
		}
	}
}

func TestWordsThatStandNowhereAreRefused(t *testing.T) {
	_, v := open(t, tide)
	for _, c := range []foreign.Claim{
		{Pair: [2]int{0, 5}, Unit: annotations.CodePoints, Quote: "Somebody"},
		{Pair: [2]int{-1, 5}, Unit: annotations.CodePoints},
		{Pair: [2]int{5, 5}, Unit: annotations.CodePoints},
		{Pair: [2]int{9, 3}, Unit: annotations.UTF16},
		{Pair: [2]int{0, 1 << 30}, Unit: annotations.UTF16},
		{Pair: [2]int{0, 11}, Unit: annotations.UTF16}, // cuts the ship in two
	} {
		if s, _, err := v.Find(c); err == nil {
			t.Errorf("%v was found at %v", c, s)
		}
	}
}

func TestLineEndsOfAFileDoNotMoveItsSpans(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		words := "\ufeffOne is here." + end + end + "Two is here." + end
		_, v := open(t, words)
		if v.Article.Body != "One is here.\n\nTwo is here.\n" {
			t.Fatalf("%q became %q", words, v.Article.Body)
		}
		at := strings.Index(words, "Two")
		got, _, err := v.Find(foreign.Claim{Pair: [2]int{at, at + len("Two is here.")}, Unit: annotations.Bytes})
		if err != nil || got.In(v.Article.Body) != "Two is here." {
			t.Errorf("with %q: %q, %v", end, got.In(v.Article.Body), err)
		}
		if back := v.Back(got); back.In(words) != "Two is here." {
			t.Errorf("with %q the way back leads to %q", end, back.In(words))
		}
	}
}

func TestSpansMeanTheSentencesTheyLieOver(t *testing.T) {
	_, v := open(t, tide)
	for _, c := range []struct {
		story, words string
		want         string
		whole        bool
	}{
		{"a sentence", "Nobody knows why.", "s003", true},
		{"with the blanks around it", " The board 👨‍👩‍👧 said so. ", "s002", true},
		{"a part", "left at", "s001", false},
		{"two sentences", "The ferry 🚢 left at six. The board 👨‍👩‍👧 said so.", "s001 s002", true},
		{"a cut through two", "six. The board", "", false},
		{"a sentence and a piece", "The board 👨‍👩‍👧 said so. Nobody", "", false},
	} {
		at := strings.Index(tide, c.words)
		ids, whole, err := v.Over(annotations.Span{Start: at, End: at + len(c.words)})
		var got []string
		for _, id := range ids {
			got = append(got, id.String())
		}
		if strings.Join(got, " ") != c.want || whole != c.whole || (err != nil) != (c.want == "") {
			t.Errorf("%s: %v, whole %v, %v", c.story, got, whole, err)
		}
	}
	if ids, _, err := v.Over(annotations.Span{Start: strings.Index(tide, " The board"), End: strings.Index(tide, "The board")}); err == nil {
		t.Errorf("a blank between sentences means %v", ids)
	}
}

func TestTheUnitOfATextIsTheOneThatGivesWholeSentences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom([]annotations.Unit{annotations.UTF16, annotations.CodePoints, annotations.Bytes}).Draw(t, "unit")
		_, v := open(t, tide)
		var pairs [][2]int
		for _, s := range v.Article.Units {
			pairs = append(pairs, v.Offsets.Pair(s.Span, u))
		}
		if got := v.BestUnit(pairs, annotations.UTF16); got != u {
			t.Fatalf("%s was taken for %s", u, got)
		}
	})
}

func TestLabelsAreReadAsTheyAreMeant(t *testing.T) {
	book := codebook.Builtin()
	for label, want := range map[string]string{"sourced": "sourced", "Contested": "contested", " CONTEXTUAL": "contextual", "source": "", "": "", "dubious": ""} {
		id, repair, err := foreign.TagOf(book, label)
		if id != want || (err != nil) != (want == "") || want != "" && (repair == "") != (label == want) {
			t.Errorf("%q is read as %q, %q, %v", label, id, repair, err)
		}
	}
	for label, want := range map[string]foreign.Part{"SOURCE": foreign.Source, "speaker": foreign.Source, "Cue": foreign.Cue, "quote": foreign.Content, "sourced": foreign.NoPart} {
		if got := foreign.PartOf(label); got != want {
			t.Errorf("%q is read as %q", label, got)
		}
	}
	for label, want := range map[string]annotations.Relation{"disputes": annotations.Disputes, "Counters": annotations.Disputes, "derived_from": annotations.DerivedFrom, "disputes (partial)": annotations.Disputes, "likes": ""} {
		if got, _, ok := foreign.RelationOf(label); got != want || ok != (want != "") {
			t.Errorf("%q is read as %q", label, got)
		}
	}
}

func TestTooManyFaultsRefuseTheFile(t *testing.T) {
	in, v := open(t, tide)
	for range foreign.MaxFaults + 1 {
		v.Mark(foreign.Claim{Pair: [2]int{0, 1}, Unit: annotations.Bytes}, foreign.Mark{By: "ana", Label: "dubious"})
	}
	if _, _, err := in.Export("test"); err == nil || len(in.Receipt.Rejected) > foreign.MaxFaults {
		t.Errorf("%d problems, error %v", len(in.Receipt.Rejected), err)
	}
}
