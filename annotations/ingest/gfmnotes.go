package ingest

import (
	"bytes"
	"cmp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes gathers the footnotes of one document. They are numbered by their
// first mark.
type footnotes struct {
	list    *gfmBlock // holds the notes where the first of them stood, until the end
	byLabel map[string]*gfmBlock
	count   int // notes with a number
}

// maxLabel is the longest label of a note with its bracket, in bytes: that of
// CommonMark's link labels.
const maxLabel = 999

// noteLabel reads "[^label]" at the start of s, and gives the label and the
// bytes read.
func noteLabel(s []byte) (label []byte, n int, ok bool) {
	if len(s) < 2 || s[0] != '[' || s[1] != '^' {
		return nil, 0, false
	}
	s = s[2:min(len(s), 2+maxLabel)]
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ']':
			return s[:i], i + 3, true
		case c == '[':
			return nil, 0, false
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
		}
	}
	return nil, 0, false
}

// noteBlocks reads the notes: "[^label]:" and what stands in its line and,
// indented by four, in the next ones.
type noteBlocks struct{ *footnotes }

// Trigger implements [parser.BlockParser].
func (noteBlocks) Trigger() []byte { return []byte{'['} }

// Open implements [parser.BlockParser].
func (noteBlocks) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	label, n, ok := noteLabel(line[at:])
	at += n
	if !ok || util.IsBlank(label) || at >= len(line) || line[at] != ':' {
		return nil, parser.NoChildren
	}
	note := &gfmBlock{tag: "div", label: string(label)} // before Advance, which may reuse line
	reader.Advance(at + 1)
	return note, parser.HasChildren
}

// Continue implements [parser.BlockParser].
func (noteBlocks) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if !util.IsBlank(line) {
		at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
		if at < 0 {
			return parser.Close
		}
		reader.AdvanceAndSetPadding(at, padding)
	}
	return parser.Continue | parser.HasChildren
}

// Close implements [parser.BlockParser]. The note moves into the list, which
// must not stand inside a note itself.
func (b noteBlocks) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	note, ok := node.(*gfmBlock)
	if !ok {
		return
	}
	if b.list == nil {
		b.list = &gfmBlock{tag: "section"}
		outer := node
		for up := node.Parent(); up != nil; up = up.Parent() {
			if n, ok := up.(*gfmBlock); ok && n.tag == note.tag {
				outer = n
			}
		}
		outer.Parent().InsertBefore(outer.Parent(), outer, b.list)
	}
	b.list.AppendChild(b.list, note)
	if b.byLabel[note.label] == nil {
		b.byLabel[note.label] = note
	}
}

// CanInterruptParagraph implements [parser.BlockParser].
func (noteBlocks) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements [parser.BlockParser].
func (noteBlocks) CanAcceptIndentedLine() bool { return false }

// noteMarks reads "[^label]" in running text, also after an exclamation mark,
// which would else begin a picture.
type noteMarks struct{ *footnotes }

// Trigger implements [parser.InlineParser].
func (noteMarks) Trigger() []byte { return []byte{'!', '['} }

// Parse implements [parser.InlineParser].
func (m noteMarks) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	words, exclaimed := bytes.CutPrefix(line, []byte{'!'})
	label, n, ok := noteLabel(words)
	if !ok {
		return nil
	}
	note := m.byLabel[string(label)]
	if note == nil {
		return nil
	}
	if note.note == 0 {
		m.count++
		note.note = m.count
	}
	if exclaimed {
		parent.AppendChild(parent, ast.NewTextSegment(segment.WithStop(segment.Start+1)))
		n++
	}
	block.Advance(n)
	return &gfmInline{note: note.note}
}

// Transform implements [parser.ASTTransformer]: it moves the notes that have a
// mark to the end, by number, and drops the others, which no reader sees.
func (f *footnotes) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	if f.list == nil {
		return
	}
	for n := f.list.FirstChild(); n != nil; {
		next := n.NextSibling()
		if numberOf(n) == 0 {
			f.list.RemoveChild(f.list, n)
		}
		n = next
	}
	f.list.SortChildren(func(a, b ast.Node) int { return cmp.Compare(numberOf(a), numberOf(b)) })
	doc.AppendChild(doc, f.list)
}

func numberOf(n ast.Node) int {
	if b, ok := n.(*gfmBlock); ok {
		return b.note
	}
	return 0
}
