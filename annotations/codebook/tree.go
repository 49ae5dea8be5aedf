package codebook

import (
	"errors"
	"slices"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// node is a TOML value that remembers its line. The library's decoder gives
// lines for errors of syntax only; most mistakes in a codebook are errors of
// meaning, found when the file is read as a whole.
type node struct {
	line  int
	kind  unstable.Kind // String, Array, Table (inline or not), or another scalar
	text  string        // of a String
	items []*node       // of an Array
	keys  []string      // of a Table, in the order of the file
	table map[string]*node
}

func newTable(line int) *node {
	return &node{line: line, kind: unstable.Table, table: map[string]*node{}}
}

// child returns the table under key, making it when there is none. When key
// holds an array of tables, it is the last of them.
func (n *node) child(key string, line int) *node {
	c := n.table[key]
	if c == nil {
		c = newTable(line)
		n.set(key, c)
	}
	if c.kind == unstable.Array && len(c.items) > 0 {
		c = c.items[len(c.items)-1]
	}
	if c.table == nil {
		c.table = map[string]*node{}
	}
	return c
}

func (n *node) set(key string, c *node) {
	if _, there := n.table[key]; !there {
		n.keys = append(n.keys, key)
	}
	n.table[key] = c
}

// errCrowded says that a file sets more keys than maxKeys.
var errCrowded = errors.New("sets too many keys")

// grow reads the expressions of src into a tree. It asks for less than TOML
// does (a key may be set twice: the last one counts) and so says nothing of
// whether src is sound; an error of syntax ends the tree there.
func grow(src []byte) (*node, error) {
	lines := lineStarts(src)
	at := func(r unstable.Range) int { return lines.of(int(r.Offset)) }
	root := newTable(1)
	here := root
	var p unstable.Parser
	p.Reset(src)
	for n := 0; p.NextExpression(); n++ {
		if n == maxKeys {
			return nil, errCrowded
		}
		e := p.Expression()
		path, line := keyOf(e, at)
		switch e.Kind {
		case unstable.Table:
			here = root
			for _, k := range path {
				here = here.child(k, line)
			}
		case unstable.ArrayTable:
			up := root
			for _, k := range path[:len(path)-1] {
				up = up.child(k, line)
			}
			here = up.appendTable(path[len(path)-1], line)
		case unstable.KeyValue:
			here.put(path, line, valueOf(e.Value(), line, at))
		default:
		}
	}
	return root, nil
}

func (n *node) appendTable(key string, line int) *node {
	list := n.table[key]
	if list == nil || list.kind != unstable.Array {
		list = &node{line: line, kind: unstable.Array}
		n.set(key, list)
	}
	t := newTable(line)
	list.items = append(list.items, t)
	return t
}

func (n *node) put(path []string, line int, v *node) {
	for _, k := range path[:len(path)-1] {
		n = n.child(k, line)
	}
	n.set(path[len(path)-1], v)
}

// keyOf returns the parts of an expression's dotted key and its line.
func keyOf(e *unstable.Node, at func(unstable.Range) int) (path []string, line int) {
	it := e.Key()
	for it.Next() {
		if line == 0 {
			line = at(it.Node().Raw)
		}
		path = append(path, string(it.Node().Data))
	}
	return path, line
}

// valueOf copies a value out of the parser's arena. Scalars without a position
// of their own take that of their key.
func valueOf(v *unstable.Node, line int, at func(unstable.Range) int) *node {
	if v.Raw.Length > 0 {
		line = at(v.Raw)
	}
	out := &node{line: line, kind: v.Kind}
	switch v.Kind {
	case unstable.String:
		out.text = strings.ReplaceAll(string(v.Data), "\r\n", "\n")
	case unstable.Array:
		for it := v.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				out.items = append(out.items, valueOf(it.Node(), line, at))
			}
		}
	case unstable.InlineTable:
		out.kind, out.table = unstable.Table, map[string]*node{}
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				path, kl := keyOf(it.Node(), at)
				out.put(path, kl, valueOf(it.Node().Value(), kl, at))
			}
		}
	default:
	}
	return out
}

// starts holds the byte offset at which each line begins.
type starts []int

func lineStarts(src []byte) starts {
	out := starts{0}
	for i, b := range src {
		if b == '\n' {
			out = append(out, i+1)
		}
	}
	return out
}

// of returns the line, from 1, that holds byte offset i.
func (s starts) of(i int) int { return sort.SearchInts(s, i+1) }

// unknown returns the keys of a table that are not among known.
func (n *node) unknown(known []string) []string {
	var out []string
	for _, k := range n.keys {
		if !slices.Contains(known, k) {
			out = append(out, k)
		}
	}
	return out
}
