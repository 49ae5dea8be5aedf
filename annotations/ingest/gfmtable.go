package ingest

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tables turns the end of a paragraph into a table: a row, a line of dashes with
// at least as many columns, and what follows.
type tables struct{}

// Transform implements [parser.ParagraphTransformer].
func (tables) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := p.Lines(), reader.Source()
	for i := 1; i < lines.Len(); i++ {
		dashes := lines.At(i)
		columns := ruleColumns(dashes.Value(source))
		if columns == 0 {
			continue
		}
		head := tableRow(lines.At(i-1), source, columns+1)
		if head.ChildCount() > columns {
			return
		}
		table := &gfmBlock{tag: "table"}
		table.AppendChild(table, head)
		for j := i + 1; j < lines.Len(); j++ {
			table.AppendChild(table, tableRow(lines.At(j), source, columns))
		}
		parent := p.Parent()
		parent.InsertAfter(parent, p, table)
		lines.SetSliced(0, i-1)
		if i == 1 {
			parent.RemoveChild(parent, p)
			return
		}
		last := lines.At(i - 2)
		lines.Set(i-2, last.TrimRightSpace(source))
		return
	}
}

// ruleColumns counts the columns of the line under a table's head, such as
// "|:--|--:|", or gives 0 for any other line. A bare run of dashes is none.
func ruleColumns(line []byte) int {
	if w, _ := util.IndentWidth(line, 0); w > 3 || len(bytes.Trim(line, "-")) == 0 {
		return 0
	}
	n, first := 0, true
	for more := true; more; first = false {
		var cell []byte
		cell, line, more = bytes.Cut(line, []byte{'|'})
		cell = bytes.Trim(cell, " \t\r\n")
		if len(cell) == 0 && (first || !more) {
			continue // what stands outside the outer bars
		}
		if cell = bytes.TrimPrefix(cell, []byte{':'}); len(cell) > 0 {
			cell = bytes.TrimSuffix(cell, []byte{':'})
		}
		if len(cell) == 0 || len(bytes.Trim(cell, "-")) > 0 {
			return 0
		}
		n++
	}
	return n
}

// tableRow cuts a line at its bars into at most so many cells; the words beyond
// are dropped, as renderers do. A bar after a backslash does not part cells.
func tableRow(line text.Segment, source []byte, most int) *gfmBlock {
	line = line.TrimLeftSpace(source)
	line = line.TrimRightSpace(source)
	row := &gfmBlock{tag: "tr"}
	at, end := line.Start, line.Stop
	if at < end && source[at] == '|' {
		at++
	}
	if at < end && source[end-1] == '|' {
		end--
	}
	for row.ChildCount() < most && at < end {
		stop := at
		for stop < end && (source[stop] != '|' || stop > line.Start && source[stop-1] == '\\') {
			stop++
		}
		words := text.NewSegment(at, stop)
		words = words.TrimLeftSpace(source)
		cell := &gfmBlock{tag: "td"}
		cell.Lines().Append(words.TrimRightSpace(source))
		row.AppendChild(row, cell)
		at = stop + 1
	}
	return row
}
