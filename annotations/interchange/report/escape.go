package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// special are the characters that mean something in CommonMark or a common
// extension wherever they stand: code, emphasis, links, HTML, entities, tables,
// strike-through, mathematics, footnotes, addresses (@).
const special = "\\`*_{}[]<>#|~!&$^@"

// starters mean something at the start of a line.
const starters = "-+=.)%\"'(;,?/"

// inline makes text that stands within a line: white space, line ends too,
// becomes single blanks, and nothing of it is markup.
func inline(s string) string {
	var b strings.Builder
	gap, any := false, false
	digits := true // everything so far is a digit: "1." would start a list
	runes := []rune(visible(s))
	for i, r := range runes {
		// A colon begins a bare address, or a symbol such as :x:, before a letter only.
		colon := r == ':' && i+1 < len(runes) && !unicode.IsSpace(runes[i+1])
		if unicode.IsSpace(r) && r != 0xA0 && r != 0x202F && r != 0x2007 || r >= 0x2028 && r <= 0x2029 {
			gap = any
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if colon || strings.ContainsRune(special, r) || !any && strings.ContainsRune(starters, r) || digits && (r == '.' || r == ')') {
			b.WriteByte('\\')
		}
		digits = digits && unicode.IsDigit(r)
		any = true
		b.WriteRune(r)
	}
	return bareWeb(b.String())
}

// bareWeb keeps "www." from becoming a link where a renderer looks for bare
// addresses.
func bareWeb(s string) string {
	var b strings.Builder
	for {
		i := strings.Index(strings.ToLower(s), "www.")
		if i < 0 || len(strings.ToLower(s)) != len(s) {
			break
		}
		b.WriteString(s[:i+3] + `\.`)
		s = s[i+4:]
	}
	return b.String() + s
}

// block makes text that may have several lines, indented as what it belongs to.
func block(s, indent string) string {
	var lines []string
	for _, l := range strings.Split(legible(s), "\n") {
		if l = inline(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\\\n"+indent)
}

// visible is [legible] for a text whose letters stand among others: marks that
// turn the direction of what follows are shown.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return '⇄'
		}
		return r
	}, legible(s))
}

// proveMarkdown reads the report with a CommonMark parser. There must be no
// markup but what was meant, and the paragraphs of the text must hold the words
// of the sentences. It returns how many sentences were found.
func proveMarkdown(data []byte, v *view, links int) (int, error) {
	doc := goldmark.DefaultParser().Parse(text.NewReader(data))
	got := 0
	err := ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindLink:
			got++
		case ast.KindAutoLink, ast.KindImage, ast.KindRawHTML, ast.KindHTMLBlock, ast.KindCodeSpan, ast.KindCodeBlock, ast.KindFencedCodeBlock:
			return ast.WalkStop, fmt.Errorf("some text became markup (%s)", n.Kind())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return 0, err
	}
	if got != links {
		return 0, fmt.Errorf("%d links were meant, there are %d", links, got)
	}
	body := section(doc, data, "Text")
	if len(body) != len(v.Paragraphs) {
		return 0, fmt.Errorf("%d paragraphs of %d read back", len(body), len(v.Paragraphs))
	}
	found := 0
	for i, p := range v.Paragraphs {
		var want strings.Builder
		for _, s := range p {
			want.WriteString(s.Words)
			if s.Found {
				fmt.Fprintf(&want, " %d", s.Number)
			}
			want.WriteString(" ")
			found++
		}
		if !standoff.SameWords(body[i], visible(want.String())) {
			return 0, fmt.Errorf("paragraph %d reads %q, not %q", i+1, standoff.Clip(body[i], 80), standoff.Clip(want.String(), 80))
		}
	}
	return found, nil
}

// section gives the words of each paragraph under a heading.
func section(doc ast.Node, data []byte, name string) []string {
	var out []string
	in := false
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch {
		case n.Kind() == ast.KindHeading:
			in = words(n, data) == name
		case in:
			out = append(out, words(n, data))
		}
	}
	return out
}

// words is the text of a node as a renderer shows it.
func words(n ast.Node, data []byte) string {
	var b bytes.Buffer
	//nolint:errcheck // the walker returns none
	ast.Walk(n, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && enter {
			b.Write(unescape(t.Segment.Value(data)))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape takes off the backslashes before punctuation.
func unescape(s []byte) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && unicode.IsPunct(rune(s[i+1])) || s[i] == '\\' && i+1 < len(s) && strings.IndexByte("$+<=>^`|~", s[i+1]) >= 0 {
			i++
		}
		out = append(out, s[i])
	}
	return out
}
