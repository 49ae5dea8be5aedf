package audit

import (
	"encoding/json"
	"strings"

	"stet.example/stet/annotations"
)

// ExampleTOML is an example as it stands in a codebook's file.
func ExampleTOML(e annotations.Example) string {
	var b strings.Builder
	b.WriteString("[[examples]]\n")
	for _, f := range []struct{ key, value string }{{"text", e.Text}, {"tag", e.Tag}, {"rule", e.Rule}, {"why", e.Why}} {
		if f.value != "" {
			b.WriteString(f.key + " = " + quoted(f.value) + "\n")
		}
	}
	return b.String()
}

// quoted is a basic string of TOML. JSON's escapes are among TOML's, but for
// DEL, which TOML wants escaped too.
func quoted(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil { // a string can always be encoded
		return `""`
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}
