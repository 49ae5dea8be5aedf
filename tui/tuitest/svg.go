package tuitest

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Cell sizes of a picture, in its user units.
const (
	cellWidth  = 8.4
	cellHeight = 18
)

// SVG draws the screen as it stands, on a background, as a picture that needs
// no fonts but a monospaced one. The same screen gives the same bytes.
func (s *Screen) SVG(background, foreground string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, h := float64(s.term.Width())*cellWidth+16, s.term.Height()*cellHeight+16
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" role="img" aria-label="stet in a terminal">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", background)
	fmt.Fprintf(&b, `<g font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="%s" xml:space="preserve">`+"\n", foreground)
	for y := range s.term.Height() {
		s.svgRow(&b, y)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// svgRow draws runs of cells that look the same as one text each.
func (s *Screen) svgRow(b *strings.Builder, y int) {
	var run strings.Builder
	var look string
	start, width := 0, 0
	flush := func() {
		if strings.TrimSpace(run.String()) != "" {
			fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f"%s>%s</text>`+"\n",
				8+float64(start)*cellWidth, 8+y*cellHeight+13, float64(width)*cellWidth, look, html.EscapeString(run.String()))
		}
		run.Reset()
		width = 0
	}
	for x := 0; x < s.term.Width(); {
		c := s.term.CellAt(x, y)
		content, w, next := " ", 1, ""
		if c != nil && c.Content != "" {
			content, w, next = c.Content, max(c.Width, 1), svgLook(c.Style)
		}
		if next != look || content == " " && width > 0 && strings.HasSuffix(run.String(), "  ") {
			flush()
			look = next
		}
		if width == 0 {
			start = x
		}
		run.WriteString(content)
		width += w
		x += w
	}
	flush()
}

func svgLook(st uv.Style) string {
	var out string
	if st.Fg != nil {
		c := color.NRGBAModel.Convert(st.Fg).(color.NRGBA) //nolint:forcetypeassert // the model's own type
		out += fmt.Sprintf(` fill="#%02x%02x%02x"`, c.R, c.G, c.B)
	}
	if st.Attrs&uv.AttrBold != 0 {
		out += ` font-weight="bold"`
	}
	if st.Attrs&uv.AttrFaint != 0 {
		out += ` opacity="0.7"`
	}
	if st.Underline != 0 {
		out += ` text-decoration="underline"`
	}
	return out
}
