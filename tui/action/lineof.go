package action

import (
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lineOf finds the line on which a file names a key of an action, in whatever form it
// does: under a heading, with dots, or in braces; 0 when it does not.
func lineOf(src []byte, scope, name string) int {
	var p unstable.Parser
	p.Reset(src)
	want := []string{"keys", scope, name}
	var table []string
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table, _ = named(e)
		case unstable.KeyValue:
			if raw, ok := inside(table, e, want); ok {
				return p.Shape(raw).Start.Line
			}
		}
	}
	return 0
}

// inside is where the key of these names stands, in an entry of a table or in the
// braces behind it.
func inside(table []string, e *unstable.Node, want []string) (raw unstable.Range, ok bool) {
	names, last := named(e)
	path := slices.Concat(table, names)
	if slices.Equal(path, want) {
		return last, true
	}
	if v := e.Value(); v.Kind == unstable.InlineTable {
		for it := v.Children(); it.Next(); {
			if raw, ok = inside(path, it.Node(), want); ok {
				return raw, true
			}
		}
	}
	return raw, false
}

// named is what a heading or an entry is called, part by part, and where the last stands.
func named(e *unstable.Node) (names []string, last unstable.Range) {
	for it := e.Key(); it.Next(); {
		names, last = append(names, string(it.Node().Data)), it.Node().Raw
	}
	return names, last
}
