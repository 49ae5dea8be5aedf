package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

func TestTextIsKeptAsItCame(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"spaces, tabs and blank lines":     {" \t A  line. \n\n\n  Another.\t\n \n", " \t A  line. \n\n\n  Another.\t\n \n"},
		"CRLF and lone CR":                 {"One.\r\nTwo.\rThree.\r\r\nFour.\n\rFive.", "One.\nTwo.\nThree.\n\nFour.\n\nFive."},
		"a mark is stripped":               {"\ufeffOne.", "One."},
		"and so is a second one":           {"\ufeff\ufeffOne.\ufeff", "One.\ufeff"},
		"decomposed letters stay":          {"Cafe\u0301 and café.", "Cafe\u0301 and café."},
		"quotes, ligatures, soft hyphens":  {"“ﬁne” ‘so’ co\u00adoperate.", "“ﬁne” ‘so’ co\u00adoperate."},
		"no-break and thin spaces":         {"1\u00a0000\u2009km.", "1\u00a0000\u2009km."},
		"escape sequences":                 {"\x1b[31mred\x1b[0m text.\x07", "\x1b[31mred\x1b[0m text.\x07"},
		"bidi overrides, zero-width":       {"a\u202eb\u202c c\u200bd.", "a\u202eb\u202c c\u200bd."},
		"line separators of Unicode":       {"a\u2028b\u0085c.", "a\u2028b\u0085c."},
		"emoji and a replacement that was": {"👩‍👩‍👧 said \ufffd.", "👩‍👩‍👧 said \ufffd."},
		"control characters":               {"a\x01b\x02c.", "a\x01b\x02c."},
		"form feed":                        {"One.\fTwo.", "One.\fTwo."},
	} {
		t.Run(name, func(t *testing.T) {
			res := mustRead(t, c.raw, Options{})
			if res.Article.Body != c.want {
				t.Errorf("got  %q\nwant %q", res.Article.Body, c.want)
			}
			if got, want := res.Article.Original.SHA256, sha256.Sum256([]byte(c.raw)); got != annotations.Hash(want) {
				t.Errorf("hash of the original is %s", got)
			}
			if res.Article.Original.Bytes != int64(len(c.raw)) {
				t.Errorf("%d bytes, want %d", res.Article.Original.Bytes, len(c.raw))
			}
		})
	}
}

func TestTheSameWordsHaveTheSameKey(t *testing.T) {
	const text = "A heading\n\nThe mayor said “no”. She said it twice.\n"
	want := mustRead(t, text, Options{Name: "a.txt"}).Article
	crlf := strings.ReplaceAll(text, "\n", "\r\n")
	for name, raw := range map[string]string{
		"again": text, "CRLF": crlf, "CR": strings.ReplaceAll(text, "\n", "\r"), "mark": "\ufeff" + text, "mark and CRLF": "\ufeff" + crlf,
		"windows-1252": strings.NewReplacer("“", "\x93", "”", "\x94").Replace(crlf),
	} {
		got := mustRead(t, raw, Options{Name: "b.txt"}).Article
		if got.ID != want.ID || got.Table != want.Table || got.Name != want.Name {
			t.Errorf("%s: %s, want %s", name, got.Name, want.Name)
		}
		if (name != "again") == (got.Original.SHA256 == want.Original.SHA256) {
			t.Errorf("%s: the originals' hashes do not tell the files apart", name)
		}
	}
	if other := mustRead(t, text+"\n", Options{}).Article; other.ID == want.ID {
		t.Error("another text has the same key")
	}
}

func TestWhatTheCallerSaysWins(t *testing.T) {
	opt := Options{
		Name: "dir/seed.txt", Title: " A\ttitle\n of\x1b mine ", Outlet: "The Paper", Byline: "Nobody", Published: "24 October 2025",
		URL: "https://mine.example/", Lang: "en_GB",
	}
	a := mustRead(t, "Another title\n\nBy Jane Doe\n\nPARIS (AFP) - It rained on Monday.\n", opt).Article
	got := []string{a.Title, a.Outlet, a.Byline, a.Published, a.URL, a.Language, a.Original.File}
	want := []string{"A title of mine", "The Paper", "Nobody", "2025-10-24", "https://mine.example/", "en-GB", "seed.txt"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
	long := mustRead(t, "It rained.", Options{Title: strings.Repeat("é", 10_000), URL: strings.Repeat("u", 10_000), Outlet: "bad \xff bytes"})
	if a := long.Article; len(a.Title) != maxTitle || a.URL != "" || a.Outlet != "bad \ufffd bytes" {
		t.Errorf("title of %d bytes, URL of %d, outlet %q", len(a.Title), len(a.URL), a.Outlet)
	}
}

func TestFormatIsTold(t *testing.T) {
	const page = "<!-- x --><!DOCTYPE html><p>Some words here.</p>"
	for _, c := range []struct{ name, format, text, want string }{
		{"", "", "Plain words.", "text"},
		{"-", "", page, "html"},
		{"page.txt", "", page, "html"},
		{"page.txt", "text", page, "text"},
		{"a.md", "", "# Title\n\nWords.", "markdown"},
		{"a.MARKDOWN", "", "Words.", "markdown"},
		{"a.htm", "", "Words.", "html"},
		{"", "", "---\ntitle: x\n---\nWords.", "markdown"},
		{"a.txt", "", "---\ntitle: x\n---\nWords.", "text"},
		{"", "", "---\nA rule, then words.\n---\nWords.", "text"},
		{"", "", "<p>A lone tag is no page.", "text"},
		{"", "", "<htmlx> is no page.", "text"},
		{"noext", "html", "Words.", "html"},
		{"-", "", "\ufeff \n<?xml version='1.0'?>\n<html lang='en'>words</html>", "html"},
	} {
		if got := mustRead(t, c.text, Options{Name: c.name, Format: c.format}).Article.Original.Format; got != c.want {
			t.Errorf("%q as %q: %.20q read as %s, want %s", c.name, c.format, c.text, got, c.want)
		}
	}
	_, err := Read(t.Context(), strings.NewReader("x"), Options{Format: "klingon"})
	if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "text, markdown, html") {
		t.Errorf("unknown format: %v", err)
	}
	for _, f := range Formats() {
		if f.Name == "" || f.Words == "" || len(f.Extensions) == 0 || formatByName("x"+f.Extensions[0]) != f.Name {
			t.Errorf("incomplete: %+v", f)
		}
	}
}

func TestASplitterCanBeGiven(t *testing.T) {
	var lang string
	whole := func(text, l string) []annotations.Sentence {
		lang = l
		return []annotations.Sentence{{ID: 1, Span: annotations.Span{Start: 0, End: len(text)}}}
	}
	res := mustRead(t, "One. Two.", Options{Split: whole, Lang: "fr"})
	if len(res.Article.Units) != 1 || lang != "fr" {
		t.Errorf("%d units, language %q", len(res.Article.Units), lang)
	}
	none := func(string, string) []annotations.Sentence { return nil }
	if _, err := Read(t.Context(), strings.NewReader("One."), Options{Split: none}); err == nil {
		t.Error("a splitter that loses the text was believed")
	}
}

func TestElementsTellTheKind(t *testing.T) {
	res := mustRead(t, `<!doctype html><article><h2>Is it true? It is.</h2><p>The ferry stopped on Monday, the harbour master said, and nobody knows why.</p>
<figure><figcaption>The quay in winter.</figcaption></figure><table><tr><th>Ticket</th><th>Price</th></tr><tr><td>Single</td><td>3 pounds</td></tr></table></article>`, Options{})
	want := map[string]annotations.Kind{
		"Is it true?": annotations.KindHeading, "It is.": annotations.KindHeading, "The quay in winter.": annotations.KindCaption,
		"The ferry stopped on Monday, the harbour master said, and nobody knows why.": annotations.KindSentence,
	}
	for _, u := range res.Article.Units {
		if k, ok := want[u.Span.In(res.Article.Body)]; ok && k != u.Kind {
			t.Errorf("%q is a %s, want %s", u.Span.In(res.Article.Body), u.Kind, k)
		}
		delete(want, u.Span.In(res.Article.Body))
	}
	for _, u := range res.Article.Units {
		if u.Span.In(res.Article.Body) == "Single | 3 pounds" && !u.Kind.Required() {
			t.Errorf("a row of figures is a %s, which need not be tagged", u.Kind)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing units: %v in %q", want, res.Article.Body)
	}
}

func TestAnUnreadablePageGivesItsVisibleText(t *testing.T) {
	deep := "<!doctype html><title>Deep</title>" + strings.Repeat("<div>", 3000) +
		"<p>First words.</p><script>leak()</script><div hidden>secret</div><ul><li>An item<li>Another</ul><p>Last <b>words</b>."
	res := mustRead(t, deep, Options{})
	if got, want := res.Article.Body, "First words.\n\n- An item\n- Another\n\nLast words.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	said := false
	for _, n := range res.Notices {
		said = said || n.Caution && n.Topic == TopicText
	}
	if !said || res.Article.Title != "Deep" {
		t.Errorf("title %q, notices %+v", res.Article.Title, res.Notices)
	}
}

// stuck is a reader that never answers until it is closed.
type stuck struct{ closed chan struct{} }

func (s stuck) Read([]byte) (int, error) { <-s.closed; return 0, io.EOF }

func TestAContextEndsAReadThatHangs(t *testing.T) {
	s := stuck{make(chan struct{})}
	defer close(s.closed)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := Read(ctx, s, Options{})
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "standard input: ") {
		t.Errorf("got %v", err)
	}
	if _, err := Read(ctx, strings.NewReader("Words."), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'y'
	}
	return len(p), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestTooMuchAndBrokenInput(t *testing.T) {
	_, err := Read(t.Context(), endless{}, Options{Max: 1 << 20})
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "more than 1 MiB") {
		t.Errorf("endless: %v", err)
	}
	text := strings.Repeat("word ", 20)
	if _, err := Read(t.Context(), strings.NewReader(text), Options{Max: int64(len(text))}); err != nil {
		t.Errorf("exactly as long as allowed: %v", err)
	}
	if _, err := Read(t.Context(), strings.NewReader(text), Options{Max: int64(len(text)) - 1}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a byte too long: %v", err)
	}
	if _, err := Read(t.Context(), broken{}, Options{Name: "x.txt"}); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(err.Error(), "x.txt: ") {
		t.Errorf("broken: %v", err)
	}
}
