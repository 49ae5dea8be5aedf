package ingest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	mdtext "github.com/yuin/goldmark/text"
	"pgregory.net/rapid"
)

// byLibrary gives the text of a Markdown document with the syntax beyond
// CommonMark read by the library's own extensions.
func byLibrary(t testing.TB, src string) (string, []Hint) {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.Linkify))
	doc := md.Parser().Parse(mdtext.NewReader([]byte(src)))
	var theirs []ast.Node
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && asOurs(n) != nil {
			theirs = append(theirs, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range theirs {
		parent, ours := n.Parent(), asOurs(n)
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			ours.AppendChild(ours, c)
		}
		if n.Kind() == extast.KindFootnoteBacklink {
			parent.RemoveChild(parent, n)
		} else {
			parent.ReplaceChild(parent, n, ours)
		}
	}
	w := &mdWalker{src: []byte(src), b: &builder{}}
	if err == nil {
		err = ast.Walk(doc, w.visit)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.b.finish()
}

// asOurs gives the node that stands for one of the library's extensions here,
// without children, or nil.
func asOurs(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *extast.Table:
		return &gfmBlock{tag: "table"}
	case *extast.TableHeader, *extast.TableRow:
		return &gfmBlock{tag: "tr"}
	case *extast.TableCell:
		return &gfmBlock{tag: "td"}
	case *extast.FootnoteList:
		return &gfmBlock{tag: "section"}
	case *extast.Footnote:
		return &gfmBlock{tag: "div", note: n.Index}
	case *extast.FootnoteLink:
		return &gfmInline{note: n.Index}
	case *extast.Strikethrough, *extast.TaskCheckBox, *extast.FootnoteBacklink:
		return &gfmInline{}
	}
	return nil
}

func byUs(t testing.TB, src string) (string, []Hint) {
	t.Helper()
	b := &builder{}
	if err := buildMarkdown(b, []byte(src)); err != nil {
		t.Fatalf("%v for %q", err, src)
	}
	return b.finish()
}

// knownBetter are the texts that the library's extensions read worse; what
// is made of them here stands in TestBetterThanTheLibrary.
var knownBetter = regexp.MustCompile(strings.Join([]string{
	`\[[ xX\t\f]\]\S`, // a box without a space after it
	`\[\^[^\]]*\]:(.*|(?s:.*)\n    .*)\[\^[^\]]*\]:`, // a note inside a note
	`\t(?s:.*)\[\^`, // a note after a tab
	`![^\[]\^`,      // no mark of a note
	`www\.\S*@`,     // a mail address
}, "|"))

// Tables, struck words, boxes, notes and bare links are read as the library's
// extensions read them.
func TestAsTheLibraryReads(t *testing.T) {
	pieces := []string{
		"a", "b c", " ", "  ", "    ", "\n", "\n", "\n\n", "|", "|", "-", "--", ":-:", "|-|", "|-|-|\n", "|a|b|\n", "`", "``", `\`, `\|`, "`x\\|y`",
		"~", "~~", "~~~", "*", "**", "_", "- ", "1. ", "> ", "- [ ] ", "- [x] z", "[", "]", "(", ")", "[^1]", "[^2]", "[^x y]", "![^1]", "\n[^1]: ", "\n[^2]: n\n", "!", "^", ":",
		"http://", "https://x.example/y", "www.", "www.x.example", "x.example", "ftp://h.x", ":80", "/", "?q=1", "#f", "&amp;", "&", ";", "&#65;", "&#x1F600;", "&copy;", ".", ",", "a@b.example", "@", "<", ">", "$", "%", "é", "\u00a0",
		"[a](b)", "![a](b)", "<br>", "<b>", "# ", "===\n", "---\n", "```\n", "\t", "x\n|-\n",
	}
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 30).Draw(rt, "pieces"), "")
		if knownBetter.MatchString(src) {
			return
		}
		compared++
		want, wantHints := byLibrary(t, src)
		got, gotHints := byUs(t, src)
		if got != want || len(gotHints) != len(wantHints) {
			rt.Fatalf("%q\nreads as  %q, %v\nbut it is %q, %v", src, got, gotHints, want, wantHints)
		}
		for i := range gotHints {
			if gotHints[i] != wantHints[i] {
				rt.Fatalf("%q: link %v, not %v", src, gotHints[i], wantHints[i])
			}
		}
	})
	if compared < 20 {
		t.Fatalf("only %d texts were compared", compared)
	}
}

// What this package reads better than the extensions do, and what it must not
// take for more than it is.
func TestBetterThanTheLibrary(t *testing.T) {
	for name, c := range map[string]struct{ src, want, link string }{
		"a link is no task box":             {"- [x](https://x.example/)\n", "- x\n", "https://x.example/"},
		"a reference is no task box":        {"- [x][r]\n\n[r]: https://x.example/\n", "- x\n", "https://x.example/"},
		"a note in a note is kept":          {"a[^1] b[^2]\n\n[^1]: one\n\n    [^2]: two\n", "a[1] b[2]\n\n[1] one\n\n[2] two\n", ""},
		"a note after a tab is whole":       {"a[^1]\n\n>\t[^1]: one\n", "a[1]\n\n[1] one\n", ""},
		"a mark needs its bracket":          {"a !b^1] c[^1]\n\n[^1]: one\n", "a !b^1] c[1]\n\n[1] one\n", ""},
		"a mail address is no page":         {"www./a@b.example\n", "www./a@b.example\n", ""},
		"a picture alone in a note":         {"a[^1]\n\n[^1]: ![the words](p.png)\n", "a[1]\n\n[1] the words\n", ""},
		"an escaped bar in a cell's code":   {"|a|\n|-|\n|`x\\|y\\|z`|\n", "a\nx|y|z\n", ""},
		"a backslash in code out of cells":  {"`x\\|y`\n", "x\\|y\n", ""},
		"a table ends a paragraph":          {"words\na|b\n-|-\n1|2\n", "words\n\na | b\n1 | 2\n", ""},
		"notes by the order of their marks": {"a[^b] c[^a]\n\n[^a]: A\n[^b]: B\n[^c]: never\n", "a[1] c[2]\n\n[1] B\n\n[2] A\n", ""},
		"a link ends before the sentence":   {"(see www.x.example/y_(z).)\n", "(see www.x.example/y_(z).)\n", "http://www.x.example/y_(z)"},
		"struck words stay":                 {"~~a~~ ~b~ ~~~c~~~\n", "a b ~~~c~~~\n", ""},
	} {
		got, hints := byUs(t, c.src)
		link := ""
		if len(hints) > 0 {
			link = hints[0].URL
		}
		if got != c.want || link != c.link || len(hints) > 1 {
			t.Errorf("%s: %q with %v, want %q with %q", name, got, hints, c.want, c.link)
		}
	}
}

// FuzzGFM: whatever the text, it is read without a fault of the tree, and twice
// alike.
func FuzzGFM(f *testing.F) {
	seeds := 0
	for _, text := range hostileMarkdown(40) {
		f.Add(text)
		seeds++
	}
	for _, text := range []string{"a[^1]\n\n[^1]: b\n", "a|b\n-|-\n1|2", "- [x] a", "~~a~~ www.x.example a@b.example"} {
		f.Add(text)
		seeds++
	}
	if seeds < 20 {
		f.Fatalf("only %d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if unfitMarkdown(src) != "" {
			return
		}
		got, _ := byUs(t, src)
		if again, _ := byUs(t, src); again != got {
			t.Fatalf("%q reads as %q, then as %q", src, got, again)
		}
		if unescape(src) == "" && src != "" {
			t.Fatalf("%q is lost", src)
		}
	})
}

func TestEscapesAndEntities(t *testing.T) {
	for src, want := range map[string]string{
		`a\*b\\c`: `a*b\c`, `\&amp;`: "&amp;", "&amp;lt;": "&lt;", "&copy; &nosuch; &amp": "© &nosuch; &amp", "&#65;&#x1F600;": "A😀",
		"&#0;&#xD800;": "\ufffd\ufffd", "&#x1234567;&#12345678;&#;&#x;&;": "&#x1234567;&#12345678;&#;&#x;&;", `a\b\`: `a\b\`, "&#128;": "\u0080",
		"&#+5;&#x_1;": "&#+5;&#x_1;", "&CounterClockwiseContourIntegral;": "∳",
	} {
		if got := unescape(src); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}
