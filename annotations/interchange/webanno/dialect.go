package webanno

import (
	"strings"

	"stet.example/stet/annotations/interchange"
)

// Format is the name on the command line.
const Format interchange.Format = "webanno-tsv"

const (
	header    = "#FORMAT=WebAnno TSV 3.3"
	factCheck = "webanno.custom.FactCheck"
	linkLayer = "webanno.custom.FactCheckLink"
)

type dialect struct{}

// New gives WebAnno TSV. It is safe for concurrent use.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

// escapeValue guards what the format uses in the value of a feature.
func escapeValue(s string) string {
	if !strings.ContainsAny(s, "\\[]|_->;\t\n*") {
		return s // nearly always; making a replacer costs more than a word
	}
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "*", `\*`).Replace(s)
}

// unescapeValue is the inverse of [escapeValue].
func unescapeValue(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\[`, "[", `\]`, "]", `\|`, "|", `\_`, "_", `\->`, "->", `\;`, ";", `\t`, "\t", `\n`, "\n", `\*`, "*").Replace(s)
}

// escapeText guards control characters and the backslash in a #Text line. Four
// controls have a letter, the others stand behind a backslash as they are; the
// vertical tab is left alone.
func escapeText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\f':
			b.WriteString(`\f`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\b':
			b.WriteString(`\b`)
		case r < 0x20 && r != '\v':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unescapeText is the inverse of [escapeText]. A backslash before anything else
// stands for itself.
func unescapeText(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == '\\' || c < 0x20:
			b.WriteByte(c)
		case c == 't':
			b.WriteByte('\t')
		case c == 'n':
			b.WriteByte('\n')
		case c == 'f':
			b.WriteByte('\f')
		case c == 'r':
			b.WriteByte('\r')
		case c == 'b':
			b.WriteByte('\b')
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}

// cut parts a value at sep wherever no backslash guards it.
func cut(s string, sep byte) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case sep:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}
