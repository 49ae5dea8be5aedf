package audit_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/audit"
)

// The log must tell which draw a ruling belongs to, in a verb that a store
// takes.
func TestTheVerbTellsTheDraw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		root := annotations.HashOf(rapid.String().Draw(rt, "log"))
		seed := audit.SeedOf(root)
		verb := audit.Verb(seed)
		if len(verb) > 32 {
			rt.Fatalf("%q has %d bytes", verb, len(verb))
		}
		got, ok := audit.SeedIn(verb)
		if !ok || got != seed {
			rt.Fatalf("%q gives %x, %v; want %x", verb, got, ok, seed)
		}
		if verb = audit.Verb(root); verb != "audit" {
			rt.Fatalf("a seed too long to be told gives %q", verb)
		}
	})
	for _, verb := range []string{"", "rule", "audit", "audit ", "audit 12", "audit zz5b6a2a0a4d3c2b1a09080706", "audits5b6a2a0a4d3c2b1a0908070605"} {
		if seed, ok := audit.SeedIn(verb); ok {
			t.Errorf("%q gives %x", verb, seed)
		}
	}
}

// What is copied as an example is one: a codebook with it reads, and gives it
// back, whatever the sentence holds.
func TestAnExampleReadsBack(t *testing.T) {
	base := codebook.Builtin().Source
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.StringMatching(`[a-zA-Z0-9 "'\\“”é🚢.,<>&#=\[\]{}-]{1,60}`)
		e := annotations.Example{Text: "“A” \\ said: " + words.Draw(rt, "text"), Tag: "sourced", Rule: "S-1", Why: "because " + words.Draw(rt, "why") + "."}
		b, err := codebook.Parse("codebook.toml", []byte(string(base)+"\n"+audit.ExampleTOML(e)))
		if err != nil {
			rt.Fatalf("%v\n%s", err, audit.ExampleTOML(e))
		}
		got := b.Examples[len(b.Examples)-1]
		if strings.TrimSpace(got.Text) != strings.TrimSpace(e.Text) || got.Tag != e.Tag || got.Rule != e.Rule || strings.TrimSpace(got.Why) != strings.TrimSpace(e.Why) {
			rt.Fatalf("%+v came back as %+v", e, got)
		}
	})
}
