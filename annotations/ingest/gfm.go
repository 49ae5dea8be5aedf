package ingest

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What people write beyond CommonMark: tables, struck words, task boxes, bare
// links and footnotes. The library has extensions for these, but linking them
// costs every start of the program a millisecond for patterns that few runs
// use. These read the same syntax by hand and keep only what makes text.

// kindGFM is the kind of both node types below; nothing tells nodes by it.
var kindGFM = ast.NewNodeKind("GFM")

// gfmBlock is a block that CommonMark lacks.
type gfmBlock struct {
	ast.BaseBlock
	tag   string // the HTML element it stands for
	label string // of a footnote
	note  int    // the number of a footnote, from its first mark; 0 when none was met
}

// Kind implements [ast.Node].
func (*gfmBlock) Kind() ast.NodeKind { return kindGFM }

// Dump implements [ast.Node].
func (n *gfmBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// gfmInline is a run of struck words, a task box, or the mark of a footnote.
type gfmInline struct {
	ast.BaseInline
	note int // the footnote's number, or 0
}

// Kind implements [ast.Node].
func (*gfmInline) Kind() ast.NodeKind { return kindGFM }

// Dump implements [ast.Node].
func (n *gfmInline) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// newMarkdownParser gives a parser for one document: it gathers that document's
// footnotes. The order of the inline parsers is that in which they are asked:
// boxes and footnote marks before links, bare links after all else.
func newMarkdownParser() parser.Parser {
	notes := &footnotes{byLabel: map[string]*gfmBlock{}}
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithBlockParsers(util.Prioritized(noteBlocks{notes}, 999)),
		parser.WithParagraphTransformers(util.Prioritized(tables{}, 200)),
		parser.WithASTTransformers(util.Prioritized(notes, 999)),
		parser.WithInlineParsers(
			util.Prioritized(taskBoxes{}, 0),
			util.Prioritized(noteMarks{notes}, 101),
			util.Prioritized(struck{}, 500),
			util.Prioritized(bareLinks{}, 999),
		),
	)
}

// struck reads ~words~ and ~~words~~.
type struck struct{}

// Trigger implements [parser.InlineParser].
func (struck) Trigger() []byte { return []byte{'~'} }

// Parse implements [parser.InlineParser]. Three tildes or more strike nothing;
// the second and later ones of a run are not looked at again, so that a long run
// takes linear time.
func (s struck) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if before == '~' {
		return nil
	}
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, s)
	if d == nil || d.OriginalLength > 2 {
		return nil
	}
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// IsDelimiter implements [parser.DelimiterProcessor].
func (struck) IsDelimiter(c byte) bool { return c == '~' }

// CanOpenCloser implements [parser.DelimiterProcessor].
func (struck) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements [parser.DelimiterProcessor].
func (struck) OnMatch(int) ast.Node { return &gfmInline{} }

// taskBoxes reads the "[ ]" or "[x]" that a list item begins with. It leaves no
// text.
type taskBoxes struct{}

// Trigger implements [parser.InlineParser].
func (taskBoxes) Trigger() []byte { return []byte{'['} }

// Parse implements [parser.InlineParser]. White space or the end must follow:
// "[x](address)" is a link.
func (taskBoxes) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item, ok := parent.Parent().(*ast.ListItem)
	if !ok || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 3 || strings.IndexByte(" \t\f\rxX", line[1]) < 0 || line[2] != ']' {
		return nil
	}
	end := 3
	for end < len(line) && isHTMLSpace(line[end]) {
		end++
	}
	if end == 3 && end < len(line) {
		return nil
	}
	block.Advance(end)
	return &gfmInline{}
}

func isHTMLSpace(c byte) bool {
	return c == ' ' || c >= '\t' && c <= '\r' && c != '\v'
}
