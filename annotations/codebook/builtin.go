package codebook

import (
	_ "embed" // the built-in scheme
	"slices"
	"sync"

	"stet.example/stet/annotations"
)

//go:embed builtin.toml
var builtinSource []byte

// builtin parses the embedded scheme once. The tests parse it too, so that it
// cannot be wrong in a program that was tested.
var builtin = sync.OnceValues(func() (*annotations.Codebook, error) {
	return Parse("builtin.toml", builtinSource)
})

// Builtin returns the scheme that stet comes with: sourced, contested,
// contextual. Each caller gets a copy of its own.
func Builtin() *annotations.Codebook {
	c, err := builtin()
	if err != nil {
		panic("codebook: the embedded scheme is broken: " + err.Error())
	}
	return Clone(c)
}

// Clone returns a deep copy of c.
func Clone(c *annotations.Codebook) *annotations.Codebook {
	d := *c
	d.Source = slices.Clone(c.Source)
	d.Questions = slices.Clone(c.Questions)
	d.Tags = slices.Clone(c.Tags)
	for i := range d.Tags {
		d.Tags[i].Needs = slices.Clone(d.Tags[i].Needs)
		d.Tags[i].Wants = slices.Clone(d.Tags[i].Wants)
	}
	d.Rules = slices.Clone(c.Rules)
	d.Flags = slices.Clone(c.Flags)
	d.SourceKinds = slices.Clone(c.SourceKinds)
	d.Examples = slices.Clone(c.Examples)
	return &d
}
