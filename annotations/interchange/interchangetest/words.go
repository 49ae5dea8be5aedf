package interchangetest

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// pieces are what articles are made of. No line ends but line feeds: an import
// has made them so.
var pieces = []string{
	"The toll rose", "“Nobody asked us,”", "said Dr. M. Okafor", "🚢", "👨‍👩‍👧", "é", "e\u0301", "市议会表示", "قال المتحدث", "לא הגיבה",
	"=HYPERLINK(\"x\")", "'=1+1", "-", "+1", "@here", "＝1", "a\tb", "a\nb", "\u2028", "\u202e", "\u00ad", "\ufffd", "\x1b[31m", "\x00", "<b>&amp;</b>",
	`\ufffd`, `\`, `"`, "'", "1,234", "𝕏", "\ufeff", "ﬃ", "x", ".", "?", "\u0085", "\u00a0", "\v", "\x1c", "\x7f", "\ufffe", "\U0010ffff",
	"\u200f", "\u2066", "\ue000", "\u0600", "s003", "*", "_", "[0]", "->", "|", "]]>", "-->", "#", "\\n", "\\t", "{\"a\":1}", "${x}", "~{<:Ky2;S{#,~}",
}

// asides are what people write beside an article: the same, other line ends, and
// whatever the cells and lines of some format are parted by.
var asides = slices.Concat(pieces, []string{
	"\r", "\r\n", "\n\n", "\n", " ", "; ", ";", ": ", ", ", " (2)", " (direct)", "; disputes 2", ", by x", " on ana", "refutes: ", "\nsupports: x",
	"disputed inside this sentence", "“", "”, ", "p. 4", "a.pdf", "https://x.example/a?b", "[closed]", "\u2029",
})

// names are what people may be called.
var names = []string{
	"ana", "ben", "mia Ødegård", "Ana", "ana; ben", "=cmd", "O'Neil", "\"Q\"", "a/b", "..", "x (2)", "on leave, by bus: 3", "李雷", "محمد",
	"e\u0301", "é", "<b>", "[x](y)", "?", "Lea", "#1", "a|b", "{}", "*", "_", `\n`, "a.b", "a-b", "-", "stet-ana", "2026-11-18", "yes",
	"Label Studio user 7", "a, b", "two  blanks", strings.Repeat("ö", annotations.MaxName/2), "@ana", "cleo", "'=x",
}

// Text draws up to n awkward pieces, joined by blanks or nothing.
func Text(t *rapid.T, n int, label string) string { return of(t, pieces, n, label) }

// Prose draws what [Text] does, and carriage returns and separators of cells
// besides: what may stand in notes and names, and not in articles.
func Prose(t *rapid.T, n int, label string) string { return of(t, asides, n, label) }

func of(t *rapid.T, list []string, n int, label string) string {
	var b strings.Builder
	for i := range rapid.IntRange(0, n).Draw(t, label+" pieces") {
		if i > 0 && rapid.Bool().Draw(t, label+" blank") {
			b.WriteByte(' ')
		}
		b.WriteString(rapid.SampledFrom(list).Draw(t, label))
	}
	return b.String()
}

// people draws the names of one to five people, sorted.
func people(t *rapid.T) []string {
	list := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 5, rapid.ID[string]).Draw(t, "people")
	slices.Sort(list)
	return list
}

// articleNames draws three names of articles: of any form, or such as differ in
// little, so that files named after them get into each other's way.
func articleNames(t *rapid.T) []string {
	form := rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,9}`)
	if rapid.Bool().Draw(t, "names alike") {
		form = rapid.SampledFrom([]string{"a", "A", "a.b", "A.B", "a.B", "a-2", "a.2", "a-b", "a_b", "a.", "a..", "a-", "a.b-2", "a.txt", "con"})
	}
	return rapid.SliceOfNDistinct(form, 3, 3, rapid.ID[string]).Draw(t, "names")
}

// someOf draws some of a list in its order, none too.
func (d *drawer) someOf(list []string, label string) []string {
	var out []string
	for _, s := range list {
		if rapid.Bool().Draw(d.T, label) {
			out = append(out, s)
		}
	}
	return out
}

// Name draws the name of a person.
func Name(t *rapid.T, label string) string { return rapid.SampledFrom(names).Draw(t, label) }
