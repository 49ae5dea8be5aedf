package audit_test

import (
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// The log must tell which draw a ruling belongs to, in a verb that a store
// takes.
func TestTheVerbTellsTheDraw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		root := annotations.HashOf(rapid.String().Draw(rt, "log"))
		seed := audit.SeedOf(root)
		verb := audit.DrawVerb(seed)
		if len(verb) > 32 {
			rt.Fatalf("%q has %d bytes", verb, len(verb))
		}
		got, ok := audit.SeedIn(verb)
		if !ok || got != seed {
			rt.Fatalf("%q gives %x, %v; want %x", verb, got, ok, seed)
		}
		if verb = audit.DrawVerb(root); verb != "audit" {
			rt.Fatalf("a seed too long to be told gives %q", verb)
		}
	})
	for _, verb := range []string{"", "rule", "audit", "audit ", "audit 12", "audit zz5b6a2a0a4d3c2b1a09080706", "audits5b6a2a0a4d3c2b1a0908070605"} {
		if seed, ok := audit.SeedIn(verb); ok {
			t.Errorf("%q gives %x", verb, seed)
		}
	}
}
