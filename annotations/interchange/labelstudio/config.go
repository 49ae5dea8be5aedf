package labelstudio

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// names of the controls.
const (
	tagControl     = "tag"
	partControl    = "part"
	noteControl    = "note"
	verdictControl = "verdict"
	ruleControl    = "rule"
	flagControl    = "flag"
	markControl    = "mark"
	object         = "text"
)

// marks are the choices of markControl.
const (
	unsureMark = "unsure"
	insideMark = "disputed inside this sentence"
)

// colours that labels get by the roles in the codebook.
func colour(role string) string {
	switch role {
	case "green":
		return "#2e7d32"
	case "orange":
		return "#ef6c00"
	case "blue":
		return "#1565c0"
	case "red":
		return "#c62828"
	case "purple":
		return "#6a1b9a"
	case "yellow":
		return "#f9a825"
	}
	return "#546e7a"
}

// config is the labelling configuration for all the sheets.
func config(sheets []*interchange.Sheet) []byte {
	var b bytes.Buffer
	seen := map[string]bool{}
	item := func(kind, element, value, colour string) {
		if seen[kind+"\x00"+value] {
			return
		}
		seen[kind+"\x00"+value] = true
		if colour != "" {
			colour = fmt.Sprintf(` background="%s"`, colour)
		}
		fmt.Fprintf(&b, "    <%s value=\"%s\"%s/>\n", element, escape(value), colour)
	}
	all := func(each func(c *annotations.Codebook)) {
		for _, s := range sheets {
			each(s.Codebook())
		}
	}
	b.WriteString("<View>\n  <Labels name=\"" + tagControl + "\" toName=\"" + object + "\">\n")
	all(func(c *annotations.Codebook) {
		for _, t := range c.Tags {
			item(tagControl, "Label", t.ID, colour(t.Color))
		}
	})
	b.WriteString("  </Labels>\n  <Labels name=\"" + partControl + "\" toName=\"" + object + "\">\n")
	for _, p := range foreign.Parts() {
		item(partControl, "Label", p, "#9e9e9e")
	}
	b.WriteString("  </Labels>\n  <Relations>\n")
	for _, r := range foreign.Relations() {
		item("relation", "Relation", r, "")
	}
	b.WriteString("  </Relations>\n  <Text name=\"" + object + "\" value=\"$text\" granularity=\"word\"/>\n")
	choices := func(name, choice string, fill func()) {
		fmt.Fprintf(&b, "  <Choices name=\"%s\" toName=\"%s\" perRegion=\"true\" choice=\"%s\" required=\"false\">\n", name, object, choice)
		fill()
		b.WriteString("  </Choices>\n")
	}
	choices(ruleControl, "single", func() {
		all(func(c *annotations.Codebook) {
			for _, r := range c.Rules {
				item(ruleControl, "Choice", r.ID, "")
			}
		})
	})
	choices(flagControl, "multiple", func() {
		all(func(c *annotations.Codebook) {
			for _, f := range c.Flags {
				item(flagControl, "Choice", f.ID, "")
			}
		})
	})
	choices(markControl, "multiple", func() {
		item(markControl, "Choice", unsureMark, "")
		item(markControl, "Choice", insideMark, "")
	})
	areas(&b)
	b.WriteString("</View>\n")
	return b.Bytes()
}

// areas are the fields for free words.
func areas(b *bytes.Buffer) {
	for _, name := range []string{noteControl, verdictControl} {
		fmt.Fprintf(b, "  <TextArea name=\"%s\" toName=\"%s\" perRegion=\"true\" required=\"false\"/>\n", name, object)
	}
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) //nolint:errcheck // a buffer takes everything
	return b.String()
}
