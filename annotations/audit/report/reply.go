package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations/audit"
)

// Reply is a right-of-reply letter: every sentence about one person or body.
type Reply struct {
	Name       string
	Assertions []audit.Assertion
	Seal       Seal
}

// state says in words where a sentence stands.
func state(a *audit.Assertion) string {
	switch {
	case a.Open:
		return "not decided yet"
	case a.Tag == "":
		return "no tag"
	}
	return a.Tag
}

// evidence says where an item is to be found. Notes are the desk's own.
func evidence(e *audit.EvidenceUse) string {
	var parts []string
	for _, s := range []string{e.Item.URL, e.Item.File, e.Item.Locator} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Item.Quote != "" {
		parts = append(parts, "“"+e.Item.Quote+"”")
	}
	if e.Item.Archive != "" {
		parts = append(parts, "archived at "+e.Item.Archive)
	}
	if len(parts) == 0 {
		parts = append(parts, "an item kept at the desk")
	}
	return string(e.Stance) + ": " + strings.Join(parts, ", ")
}

// lines are what a letter says below a sentence.
func lines(a *audit.Assertion) []string {
	out := []string{"we tagged it: " + state(a)}
	if !a.InText {
		out[0] += " (the sentence does not name you; a reviewer read it as yours)"
	}
	if len(a.Sources) > 0 {
		out = append(out, "sources we read in it: "+strings.Join(a.Sources, "; "))
	}
	for _, p := range a.Against {
		out = append(out, "disputed by "+p.Place.String()+": “"+p.Text+"”")
	}
	for i := range a.Evidence {
		out = append(out, "evidence that "+evidence(&a.Evidence[i]))
	}
	return out
}

// heading is the article as a reader knows it.
func heading(a *audit.Assertion) string {
	parts := []string{}
	for _, s := range []string{a.Title, a.Outlet, a.URL} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return a.Article
	}
	return strings.Join(parts, ", ") + " (" + a.Article + ")"
}

func (r *Reply) opening() string {
	n := len(r.Assertions)
	s := "sentences that name you, or that reviewers read"
	if n == 1 {
		s = "sentence that names you, or that reviewers read"
	}
	return fmt.Sprintf("We are checking %d %s as coming from you. Each stands below as it was printed, with how we tagged it and the evidence we have. The tag “sourced” means that the text names who vouches for it; it does not mean that it is true. Please tell us what is wrong or missing, by the number of the sentence.", n, s)
}

// ReplyMarkdown writes the letter as Markdown.
func ReplyMarkdown(out io.Writer, r Reply) error {
	w := writer{bufio.NewWriter(out)}
	w.line("# To %s\n", escape(r.Name))
	w.line("%s\n", r.opening())
	last := ""
	for i := range r.Assertions {
		a := &r.Assertions[i]
		if h := heading(a); h != last {
			last = h
			w.line("## %s\n", escape(h))
		}
		w.line("**%d.** %s\n", a.N, escape(a.Text))
		for _, l := range lines(a) {
			w.line("- %s", escape(l))
		}
		w.line("")
	}
	w.line("Made from this state of our records: %s", escape(r.Seal.String()))
	return w.flush()
}

// textWidth is the width of a letter in plain text, in characters.
const textWidth = 72

// ReplyText writes the letter as plain text, wrapped.
func ReplyText(out io.Writer, r Reply) error {
	w := writer{bufio.NewWriter(out)}
	w.wrap("", "To "+show(r.Name))
	w.line("")
	w.wrap("", r.opening())
	last := ""
	for i := range r.Assertions {
		a := &r.Assertions[i]
		if h := heading(a); h != last {
			last = h
			w.line("")
			w.wrap("", show(h))
		}
		w.line("")
		w.wrap("  ", fmt.Sprintf("%d. %s", a.N, show(a.Text)))
		for _, l := range lines(a) {
			w.wrap("     ", "- "+show(l))
		}
	}
	w.line("")
	w.wrap("", "Made from this state of our records: "+show(r.Seal.String()))
	return w.flush()
}

// wrap writes words with line breaks between them; a word that is too long has a
// line of its own.
func (w writer) wrap(indent, s string) {
	line, n := indent, 0
	for _, word := range strings.Fields(s) {
		if n > 0 && len([]rune(line))+1+len([]rune(word)) > textWidth {
			w.line("%s", line)
			line, n = indent+"  ", 0
			if indent == "" {
				line = ""
			}
		}
		if n > 0 {
			line += " "
		}
		line += word
		n++
	}
	w.line("%s", line)
}
