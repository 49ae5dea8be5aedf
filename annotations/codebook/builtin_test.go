package codebook

import (
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

func TestBuiltinHoldsTheWholeScheme(t *testing.T) {
	c := Builtin()
	if c.Name != "stet" || c.Version != "1" || c.Language != "en" {
		t.Errorf("built-in codebook is %q version %q in %q", c.Name, c.Version, c.Language)
	}
	var tags, rules, flags, kinds []string
	for _, x := range c.Tags {
		tags = append(tags, x.ID+" "+x.Key+" "+x.Letter)
	}
	for _, x := range c.Rules {
		rules = append(rules, x.ID+" "+x.Tag)
	}
	for _, x := range c.Flags {
		flags = append(flags, x.ID)
	}
	for _, x := range c.SourceKinds {
		kinds = append(kinds, x.ID)
	}
	for _, l := range []struct {
		name      string
		got, want []string
	}{
		{"tags", tags, []string{"sourced s S", "contested c C", "contextual x X"}},
		{"rules", rules, []string{
			"C-a contested", "C-b contested", "C-c contested", "C-d contested",
			"S-1 sourced", "S-2 sourced", "X-1 contextual", "X-2 contextual",
		}},
		{"flags", flags, []string{
			"unsourced", "high_stakes", "single_source", "interested_party", "vague", "speculative", "accusation",
			"numbers", "orphan", "laundered", "tension", "sic", "heading", "unsure",
		}},
		{"source kinds", kinds, []string{
			"named_official", "named_other", "anonymous_official", "anonymous_other", "organisation", "document", "data",
			"image", "video", "own_reporting", "other_outlet",
		}},
	} {
		if !slices.Equal(l.got, l.want) {
			t.Errorf("%s are %q, want %q", l.name, l.got, l.want)
		}
	}
	if got := c.Tag("contested").Needs; !slices.Equal(got, []annotations.Need{annotations.NeedOtherSide}) {
		t.Errorf("contested needs %q", got)
	}
	if got := c.Tag("sourced").Wants; !slices.Equal(got, []annotations.Need{annotations.NeedSource}) {
		t.Errorf("sourced wants %q", got)
	}
	if len(c.Questions) < 5 {
		t.Errorf("%d questions, want 0 to 4 at least", len(c.Questions))
	}
	if c.Hash != annotations.HashOf(string(c.Source)) {
		t.Error("the hash is not that of the source")
	}
}

func TestBuiltinShowsEveryTagAndRuleAtWork(t *testing.T) {
	c := Builtin()
	for _, r := range c.Rules {
		if !slices.ContainsFunc(c.Examples, func(x annotations.Example) bool { return x.Rule == r.ID }) {
			t.Errorf("no example of rule %s", r.ID)
		}
	}
	for _, x := range c.Examples {
		if !strings.Contains(x.Why, "Trap:") {
			t.Errorf("the example %q does not name its trap", x.Text)
		}
	}
}

func TestEachCallerOfBuiltinHasACopyOfItsOwn(t *testing.T) {
	a := Builtin()
	a.Tags[1].Needs[0] = annotations.NeedRule
	a.Tags[0].ID, a.Source[0] = "changed", 'X'
	b := Builtin()
	if b.Tags[0].ID != "sourced" || b.Tags[1].Needs[0] != annotations.NeedOtherSide || b.Source[0] == 'X' {
		t.Error("a change to one copy shows in the next")
	}
}

func TestBuiltinParsesFromItsOwnSource(t *testing.T) {
	b := Builtin()
	c, err := Parse("again.toml", b.Source)
	if err != nil {
		t.Fatal(err)
	}
	if c.Hash != b.Hash || !Diff(b, c).Empty() {
		t.Error("reading the source again gives another codebook")
	}
}
