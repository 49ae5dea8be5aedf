package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfLine is a line as it is printed. Coordinates are points from the top left.
type pdfLine struct {
	words          []string
	page, block    int
	xMin, xMax     float64
	yMin, yMax     float64
	blockX, height float64 // left edge of its block; height of the page
}

func (l *pdfLine) text() string { return strings.Join(l.words, " ") }

// size is the line's height, which tells headings from text.
func (l *pdfLine) size() float64 { return l.yMax - l.yMin }

// Bounds on what one page of a newspaper can hold, far above it.
const maxPDFWords = 4_000_000

func (j *job) extractPDF(ctx context.Context) (string, error) {
	j.from.Encoding = "binary"
	p := program{
		name: "pdftotext", reads: "a PDF document", time: programTime, output: 4 * programOutput,
		install: "install it (Debian: apt install poppler-utils; macOS: brew install poppler)",
		args:    func(file string) []string { return []string{"-q", "-bbox-layout", "-enc", "UTF-8", file, "-"} },
	}
	out, err := p.convert(ctx, j.raw)
	if err != nil {
		return "", err
	}
	lines, err := pdfLines(ctx, strings.NewReader(withoutControls(out)))
	if err != nil {
		return "", err
	}
	if len(lines) == 0 {
		return "", &Error{Why: "this PDF document holds no text, only pictures of it", Next: "have it recognised first (OCR), for example with ocrmypdf", Err: ErrBinary}
	}
	j.caution(TopicText, "read through pdftotext: check the text against the document, its paragraphs and hyphens above all")
	kept, dropped := withoutRunningHeads(lines)
	if len(kept) == 0 {
		kept, dropped = lines, 0
	}
	if dropped > 0 {
		j.caution(TopicText, count(dropped, "line", "lines")+" at the edges of pages, repeated there or page numbers, were left out")
	}
	return j.pdfText(kept), nil
}

// withoutControls makes the program's output XML: it copies control characters
// of the document as they are.
func withoutControls(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(string(b), "\ufffd"))
}

// pdfLines reads the lines and where they stand.
func pdfLines(ctx context.Context, r io.Reader) ([]pdfLine, error) {
	x := decodedXML(ctx, "what pdftotext wrote", r)
	x.d.Entity = xml.HTMLEntity
	x.d.Strict = false
	var out []pdfLine
	page, block, words := 0, 0, 0
	var height, blockX float64
	inWord := false
	for {
		tok, err := x.next()
		if errors.Is(err, io.EOF) {
			// One in which another opens has no words of its own.
			return slices.DeleteFunc(out, func(l pdfLine) bool { return len(l.words) == 0 }), nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "page":
				page++
				height = number(t, "height")
			case "block":
				block++
				blockX = number(t, "xMin")
			case "line":
				out = append(out, pdfLine{
					page: page, block: block, blockX: blockX, height: height,
					xMin: number(t, "xMin"), xMax: number(t, "xMax"), yMin: number(t, "yMin"), yMax: number(t, "yMax"),
				})
			case "word":
				inWord = len(out) > 0
			}
		case xml.EndElement:
			inWord = false
			if t.Name.Local == "line" && len(out) > 0 && len(out[len(out)-1].words) == 0 {
				out = out[:len(out)-1]
			}
		case xml.CharData:
			if w := strings.TrimSpace(string(t)); inWord && w != "" {
				if words++; words > maxPDFWords {
					return nil, &Error{Why: "this PDF document holds more words than any article", Next: "import the article alone", Err: ErrTooLarge}
				}
				last := &out[len(out)-1]
				last.words = append(last.words, w)
			}
		}
	}
}

func number(e xml.StartElement, name string) float64 {
	f, err := strconv.ParseFloat(xmlAttr(e, name), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// edge is the share of a page's height at its top and at its foot where running
// heads stand.
const edge = 0.1

// withoutRunningHeads drops lines at the edges of pages that stand there, but
// for their digits, on three pages or more, and page numbers.
func withoutRunningHeads(lines []pdfLine) ([]pdfLine, int) {
	key := func(l *pdfLine) string {
		if l.height <= 0 || l.yMax > l.height*edge && l.yMin < l.height*(1-edge) {
			return ""
		}
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '0'
			}
			return r
		}, l.text())
	}
	pages := map[string]map[int]bool{}
	all := map[int]bool{}
	for i := range lines {
		all[lines[i].page] = true
		if k := key(&lines[i]); k != "" {
			if pages[k] == nil {
				pages[k] = map[int]bool{}
			}
			pages[k][lines[i].page] = true
		}
	}
	kept := slices.Clone(lines)
	kept = slices.DeleteFunc(kept, func(l pdfLine) bool {
		k := key(&l)
		if k == "" {
			return false
		}
		isNumber := strings.Trim(k, "0 -–—/|.") == "" && len(all) > 1
		return isNumber || len(pages[k]) >= 3
	})
	return kept, len(lines) - len(kept)
}

// pdfText makes paragraphs of lines.
func (j *job) pdfText(lines []pdfLine) string {
	usual := usualSize(lines)
	known := wordsOf(lines)
	b := &builder{}
	for i := range lines {
		l := &lines[i]
		isHeading := l.size() > usual*1.2
		if i == 0 || beginsParagraph(&lines[i-1], l, usual) {
			if i > 0 {
				b.close(pdfTag(&lines[i-1], usual))
			}
			b.open(pdfTag(l, usual), noAttr)
			b.text(l.text())
			continue
		}
		if isHeading {
			b.text(" " + l.text())
			continue
		}
		joinLine(b, &lines[i-1], l, known)
	}
	b.close(pdfTag(&lines[len(lines)-1], usual))
	body, _ := b.finish()
	j.kinds = b.kinds
	return body
}

func pdfTag(l *pdfLine, usual float64) string {
	if l.size() > usual*1.2 {
		return "h2"
	}
	return "p"
}

// usualSize is the line height that most letters have.
func usualSize(lines []pdfLine) float64 {
	letters := map[float64]int{}
	best := 0.0
	for i := range lines {
		size := math.Round(lines[i].size()*2) / 2
		letters[size] += len(lines[i].text())
		if n := letters[size]; n > letters[best] || n == letters[best] && size < best {
			best = size
		}
	}
	return best
}

// beginsParagraph decides whether a line goes on with the one before it. A block
// is a paragraph, but one that was cut by the end of a column or page goes on,
// and an indent after a full line's end begins one inside a block.
func beginsParagraph(prev, l *pdfLine, usual float64) bool {
	if (prev.size() > usual*1.2) != (l.size() > usual*1.2) {
		return true
	}
	ended := endsSentence(prev.text())
	if prev.block != l.block {
		return ended || !goesOn(l.text()) || prev.size() > usual*1.2
	}
	indent := l.xMin - l.blockX
	return isBullet(l.words[0]) || ended && indent < 1 && isItemNumber(l.words[0]) || ended && indent > usual*0.6 && indent < usual*6 && prev.xMin-prev.blockX < usual*0.4
}

func isBullet(word string) bool {
	switch word {
	case "•", "◦", "▪", "‣", "–", "·", "●", "○", "■", "□":
		return true
	}
	return false
}

// isItemNumber reports whether a word is "1." to "99)".
func isItemNumber(word string) bool {
	digits := strings.TrimRight(word, ".)")
	return len(digits) > 0 && len(digits) < 3 && len(word) == len(digits)+1 && strings.Trim(digits, "0123456789") == ""
}

// goesOn reports whether a line can be the middle of a sentence.
func goesOn(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) || unicode.IsDigit(r)
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:。！？", r)
}

// wordsOf collects the words that stand inside lines, in lower case, to judge
// hyphens at the ends of lines by.
func wordsOf(lines []pdfLine) map[string]bool {
	known := map[string]bool{}
	parted := false // the line before ends in a hyphen: this one may begin inside a word
	for i := range lines {
		words := lines[i].words
		for k, w := range words {
			if (k > 0 || !parted) && (k < len(words)-1 || !strings.HasSuffix(w, "-")) {
				known[bareWord(w)] = true
			}
		}
		parted = strings.HasSuffix(words[len(words)-1], "-")
	}
	return known
}

func bareWord(w string) string {
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// joinLine adds a line after another of its paragraph. A hyphen between two
// small letters is dropped when the whole word stands elsewhere in the document
// and the hyphened one does not, or when neither does and the second part is no
// word of its own there; every other hyphen stays.
func joinLine(b *builder, prev, l *pdfLine, known map[string]bool) {
	last, first := prev.words[len(prev.words)-1], l.words[0]
	head, hyphened := strings.CutSuffix(last, "-")
	soft := strings.HasSuffix(last, "\u00ad")
	if soft {
		head = strings.TrimSuffix(last, "\u00ad")
	}
	before, _ := utf8.DecodeLastRuneInString(head)
	switch {
	case !hyphened && !soft:
		if !isWide(last) || !isWide(first) {
			b.text(" ")
		}
	case !unicode.IsLetter(before):
		b.text(" ") // a dash
	case soft || dropsHyphen(head, first, known):
		b.out = b.out[:len(b.out)-(len(last)-len(head))]
	}
	b.text(l.text())
}

func dropsHyphen(head, first string, known map[string]bool) bool {
	r, _ := utf8.DecodeRuneInString(first)
	if !unicode.IsLower(r) {
		return false
	}
	whole, apart := known[bareWord(head+first)], known[bareWord(head+"-"+first)]
	if whole != apart {
		return whole
	}
	return !known[bareWord(first)] && !known[bareWord(head)]
}

// isWide reports whether a word is written in a script without spaces.
func isWide(w string) bool {
	for _, r := range w {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return true
		}
	}
	return false
}
