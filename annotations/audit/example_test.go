package audit_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/codebook"
)

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
