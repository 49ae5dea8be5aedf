package cell_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/cell"
)

func TestGuardedCellsAreSafeAndComeBack(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"=", "+", "-", "@", "'", " ", "\t", "\n", "\r", "\\", "\"", ",", "a", "＝", "\x00", "\x7f", "é"}), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(parts.Draw(t, "cell"), "")
		g := cell.Guard(s)
		if cell.Unguard(g) != s {
			t.Fatalf("%q became %q and then %q", s, g, cell.Unguard(g))
		}
		if g != "" && strings.ContainsRune("=+-@\t\r\n", rune(g[0])) {
			t.Fatalf("%q is still risky", g)
		}
	})
}

func TestSourcesComeBackWhateverTheyAreCalled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []annotations.Attribution
		for range rapid.IntRange(1, 4).Draw(t, "sources") {
			list = append(list, annotations.Attribution{
				Name: interchangetest.Prose(t, 3, "name"), Kind: rapid.SampledFrom([]string{"", "witness"}).Draw(t, "kind"),
				Count: rapid.SampledFrom([]int{0, 1, 2, annotations.MaxSource}).Draw(t, "count"),
			})
		}
		names, kinds := cell.Sources(list)
		got, err := cell.ParseSources(names, kinds)
		if err != nil || len(got) != len(list) {
			t.Fatalf("%q, %q: %+v, %v", names, kinds, got, err)
		}
		for i, at := range list {
			if at.Name = cell.Printable(at.Name); at.Count == 1 {
				at.Count = 0 // what a name says by itself
			}
			if !got[i].Equal(at) {
				t.Fatalf("%q, %q: %+v, not %+v", names, kinds, got[i], at)
			}
		}
	})
}

func TestNamesStayAsTheyAreWhereNobodyCouldMisreadThem(t *testing.T) {
	for _, c := range []struct {
		story        string
		in           annotations.Attribution
		names, kinds string
	}{
		{"a name", annotations.Attribution{Name: "M. Okafor"}, "M. Okafor", "?"},
		{"several of them", annotations.Attribution{Name: "two aides", Count: 2}, "two aides (2)", "?"},
		{"nobody", annotations.Attribution{Kind: "witness"}, "?", "witness"},
		{"several of nobody", annotations.Attribution{Kind: "witness", Count: 3}, "? (3)", "witness"},
		{"somebody called a question mark", annotations.Attribution{Name: "?"}, `"?"`, "?"},
		{"a name that ends like a count", annotations.Attribution{Name: "Area (51)"}, `"Area (51)"`, "?"},
		{"a name with a semicolon", annotations.Attribution{Name: "Kim; Lee", Count: 2}, `"Kim; Lee" (2)`, "?"},
		{"a name in quotation marks", annotations.Attribution{Name: `"Kim"`}, `"""Kim"""`, "?"},
		{"a nickname", annotations.Attribution{Name: `Ann "Kim" Lee`}, `Ann "Kim" Lee`, "?"},
	} {
		names, kinds := cell.Sources([]annotations.Attribution{c.in})
		if names != c.names || kinds != c.kinds {
			t.Errorf("%s: %s and %s", c.story, names, kinds)
		}
	}
}

// What people write by hand has no quotation marks where it would need them.
func TestSourcesOfPeopleAreReadAsTheyAreMeant(t *testing.T) {
	for _, c := range []struct{ story, names, kinds, want string }{
		{"no kinds", "Kim; Lee", "", "Kim/0/ Lee/0/"},
		{"no names", "", "witness; ?", "/0/witness /0/"},
		{"one kind for a name with a semicolon", "Kim; Lee", "witness", "Kim; Lee/0/witness"},
		{"a quotation that goes on", `"Kim" and Lee; Ann`, "?; ?", `"Kim" and Lee/0/ Ann/0/`},
		{"a quotation that never ends", `"Kim; Lee`, "?; ?", `"Kim/0/ Lee/0/`},
		{"a count of one", "Kim (1)", "?", "Kim (1)/0/"},
	} {
		got, err := cell.ParseSources(c.names, c.kinds)
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
		}
		var say []string
		for _, at := range got {
			say = append(say, at.Name+"/"+string(rune('0'+at.Count))+"/"+at.Kind)
		}
		if s := strings.Join(say, " "); s != c.want {
			t.Errorf("%s: %s", c.story, s)
		}
	}
	if _, err := cell.ParseSources("Kim; Lee; Ann", "?; ?"); err == nil {
		t.Error("three names went with two kinds")
	}
}

func fieldsOf(e annotations.Evidence) [5]string {
	return [5]string{e.URL, e.File, e.Locator, e.Quote, e.Note}
}

func TestEvidenceComesBackWhateverItSays(t *testing.T) {
	stances := []annotations.Stance{annotations.EvidenceSupports, annotations.Undercuts, annotations.Refutes, annotations.Neutral}
	rapid.Check(t, func(t *rapid.T) {
		var list []cell.Item
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			x := cell.Item{Stance: rapid.SampledFrom(stances).Draw(t, "stance"), Evidence: annotations.Evidence{
				URL: interchangetest.Prose(t, 1, "address"), File: interchangetest.Prose(t, 1, "file"), Locator: interchangetest.Prose(t, 2, "locator"),
				Quote: interchangetest.Prose(t, 3, "quote"), Note: interchangetest.Prose(t, 3, "note"),
			}}
			if fieldsOf(x.Evidence) == [5]string{} {
				x.Note = "seen"
			}
			list = append(list, x)
		}
		s := cell.Items(list)
		got := cell.ParseItems(s)
		if len(got) != len(list) {
			t.Fatalf("%q: %+v", s, got)
		}
		for i, x := range list {
			want := fieldsOf(x.Evidence)
			for k := range want {
				want[k] = cell.Printable(want[k])
			}
			if got[i].Stance != x.Stance || fieldsOf(got[i].Evidence) != want {
				t.Fatalf("%q: %+v, not %+v", s, got[i], x)
			}
		}
	})
}

func TestEvidenceIsPlainWhereItCanBe(t *testing.T) {
	for _, c := range []struct {
		story string
		in    annotations.Evidence
		want  string
	}{
		{"an address", annotations.Evidence{URL: "https://a.example/1", Locator: "p. 4", Quote: "as it was"}, "neutral: https://a.example/1, p. 4, “as it was”"},
		{"a file with a note", annotations.Evidence{File: "minutes.pdf", Quote: "no", Note: "page torn"}, "neutral: minutes.pdf, “no”, page torn"},
		{"a note alone", annotations.Evidence{Note: "called the clerk"}, `neutral: note "called the clerk"`},
		{"an address with a comma", annotations.Evidence{URL: "https://a.example/1, 2"}, `neutral: address "https://a.example/1, 2"`},
		{"a quotation with a line like an item", annotations.Evidence{Quote: "he\nrefutes: \"it\""}, "neutral: quote \"he\nrefutes: \"\"it\"\"\""},
	} {
		if got := cell.Items([]cell.Item{{Stance: annotations.Neutral, Evidence: c.in}}); got != c.want {
			t.Errorf("%s: %s", c.story, got)
		}
	}
}

func TestLinksComeBackWhateverTheirNotesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []cell.Link
		for range rapid.IntRange(0, 4).Draw(t, "links") {
			l := cell.Link{
				Relation: rapid.SampledFrom([]annotations.Relation{annotations.Disputes, annotations.DerivedFrom}).Draw(t, "relation"),
				To:       rapid.SampledFrom([]string{"1", "12", "s003"}).Draw(t, "to"), Article: rapid.SampledFrom([]string{"", "a.b-2", "0f"}).Draw(t, "article"),
				Note: interchangetest.Prose(t, 3, "note"),
			}
			if l.Relation == annotations.Disputes {
				l.Manner = rapid.SampledFrom([]annotations.Manner{"", annotations.Direct}).Draw(t, "manner")
			}
			list = append(list, l)
		}
		inside := rapid.Bool().Draw(t, "inside")
		s := cell.Links(inside, list)
		in, got, wrong := cell.ParseLinks(s)
		for i := range list {
			list[i].Note = cell.Printable(list[i].Note)
		}
		if in != inside || len(wrong) > 0 || !slices.Equal(got, list) {
			t.Fatalf("%q: %v %+v %v, not %+v", s, in, got, wrong, list)
		}
	})
}

func TestRulingsComeBackWhateverPeopleAreCalled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annotations.RulingRecord{By: interchangetest.Name(t, "lead"), Rev: 1, Ruling: annotations.Ruling{
			Verdict: annotations.Amend, Tag: "contested", Rule: rapid.SampledFrom([]string{"", "C-b"}).Draw(t, "rule"), Reason: interchangetest.Prose(t, 3, "reason"),
		}}
		if rapid.Bool().Draw(t, "on one") {
			r.Reviewer = interchangetest.Name(t, "judged")
		}
		s := cell.Ruling(&r)
		got, err := cell.ParseRuling(s)
		r.Reason = cell.Printable(r.Reason)
		if err != nil || got != r {
			t.Fatalf("%q: %+v, %v", s, got, err)
		}
	})
	for want, r := range map[string]annotations.RulingRecord{
		"amend to contested (C-c) on ana, by lea: see the minutes": {By: "lea", Ruling: annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-c", Reviewer: "ana", Reason: "see the minutes"}},
		`stet on "on leave, by bus: 3", by "lea"`:                  {By: "lea", Ruling: annotations.Ruling{Verdict: annotations.Stet, Reviewer: "on leave, by bus: 3"}},
	} {
		if got := cell.Ruling(&r); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	seeds := []string{
		"refutes: https://a.example, p. 4, “x”, y\nsupports: note \"a\"\"b\"", "disputes (direct) 3: \"x; y\"; repeats s012 of article 0f; disputed inside this sentence",
		`"?"; Kim (2); "a; b" (3)`, `amend to contested (C-c) on "x, by y", by "lea": "why"`,
	}
	for _, s := range seeds {
		inside, links, _ := cell.ParseLinks(s)
		_, err := cell.ParseRuling(s)
		if !inside && len(links) == 0 && err != nil && len(cell.ParseItems(s)) == 0 {
			f.Fatalf("%q is no seed", s)
		}
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items := cell.ParseItems(s)
		again := cell.ParseItems(cell.Items(items))
		if len(again) != len(items) {
			t.Fatalf("%q: %d items, then %d", s, len(items), len(again))
		}
		inside, links, _ := cell.ParseLinks(s)
		if in, got, wrong := cell.ParseLinks(cell.Links(inside, links)); in != inside || len(got) != len(links) || len(wrong) > 0 {
			t.Fatalf("%q: %d links, then %d, %v", s, len(links), len(got), wrong)
		}
		if list, err := cell.ParseSources(s, ""); err == nil && s != "" {
			names, kinds := cell.Sources(list)
			if got, err := cell.ParseSources(names, kinds); err != nil || len(got) != len(list) {
				t.Fatalf("%q: %d sources, then %d, %v", s, len(list), len(got), err)
			}
		}
		if r, err := cell.ParseRuling(s); err == nil {
			if _, err := cell.ParseRuling(cell.Ruling(&r)); err != nil {
				t.Fatalf("%q: %v", s, err)
			}
		}
	})
}
