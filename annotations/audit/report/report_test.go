package report_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/annotations/codebook"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostile holds what would break out of a page, a table or a terminal.
const hostile = `"><script>alert(1)</script><img src=x onerror=y> | [a](javascript:z) ` + "\x1b[2J\u202egnp.exe\u200b `x` </title> & 'q' {{.}}"

type world struct {
	in  audit.Input
	pos uint64
}

// add brings in an article of these sentences.
func (w *world) add(name, title string, sentences ...string) *audit.Article {
	b := codebook.Builtin()
	if w.in.Codebooks == nil {
		w.in.Codebooks = map[annotations.Hash]*annotations.Codebook{b.Hash: b}
		w.in.Evidence = map[annotations.EvidenceID]annotations.Evidence{}
		w.in.Articles = make([]audit.Article, 0, 100)
	}
	a := audit.Article{Meta: annotations.Meta{Name: name, Title: title, Outlet: "The Post", Codebook: b.Hash, Revision: 1}}
	a.Meta.ID[0] = byte(len(w.in.Articles) + 1)
	for i, s := range sentences {
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: len(a.Body), End: len(a.Body) + len(s)}})
		a.Body += s + "\n"
	}
	w.in.Articles = append(w.in.Articles, a)
	return &w.in.Articles[len(w.in.Articles)-1]
}

func (w *world) say(a *audit.Article, n int, who string, ann annotations.Annotation) {
	w.pos++
	at := time.Date(2026, 2, 3, 10, 0, 0, 0, time.UTC).Add(time.Duration(w.pos) * 90 * time.Second).Add(time.Duration(w.pos/4) * 24 * time.Hour)
	a.Rows = append(a.Rows, audit.Row{Sentence: annotations.SentenceID(n), Reviewer: who, Annotation: annotations.Record{Annotation: ann, Rev: 1, Pos: w.pos, Time: at}})
}

func (w *world) report(t *testing.T) report.Report {
	t.Helper()
	d, err := audit.New(w.in)
	if err != nil {
		t.Fatal(err)
	}
	i, err := d.Intervals(agreement.BootstrapOptions{Seed: 1, Replicates: 100})
	if err != nil {
		t.Fatal(err)
	}
	seal := report.Seal{Store: "0123456789abcdef0123456789abcdef", Size: w.pos, Root: annotations.HashOf("root"), Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	return report.Report{Desk: d, Intervals: &i, Seal: seal, Program: "stet test"}
}

// harbour is a small desk with something in every list.
func harbour() *world {
	w := &world{}
	a := w.add("harbour-1", "The harbour", "The pier will close.", "But the board says it will stay.", "Boats leave at six.", "An official said the plan was lost.")
	b := w.add("weir-1", "", "Boats leave at six!", "The weir cost 40 crowns, the mill said.")
	e := annotations.Evidence{URL: "https://example.org/minutes", Locator: "page 3", Quote: "the pier stays"}
	w.in.Evidence[e.Identify()] = e
	w.say(a, 1, "ana", annotations.Annotation{Tag: "contextual", Rule: "X-2", Flags: []string{"high_stakes", "unsourced"}})
	w.say(a, 1, "bob", annotations.Annotation{Tag: "contested", Evidence: []annotations.Use{{ID: e.ID, Stance: annotations.Undercuts}}})
	w.say(a, 2, "ana", annotations.Annotation{Tag: "contested", Inside: true, Rule: "C-a", Attributions: []annotations.Attribution{{Name: "the board", Kind: "organisation"}}})
	w.say(a, 2, "bob", annotations.Annotation{Tag: "contested", Links: []annotations.Link{{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: a.Meta.ID, Sentence: 1}}}})
	w.say(a, 3, "ana", annotations.Annotation{Tag: "contextual", Note: "desk only"})
	w.say(a, 4, "ana", annotations.Annotation{Tag: "sourced", Unsure: true, Attributions: []annotations.Attribution{{Name: "an official", Kind: "anonymous_official", Count: 1}}})
	w.say(b, 1, "ana", annotations.Annotation{Tag: "sourced"})
	w.say(b, 1, "bob", annotations.Annotation{Tag: "sourced"})
	w.say(b, 2, "bob", annotations.Annotation{Tag: "contested"})
	return w
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it and run the test with -update", name)
	}
}

func written(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReportsAreAsTheyWere(t *testing.T) {
	r := harbour().report(t)
	reply := report.Reply{Name: "the board", Assertions: r.Desk.About("The Board", "mill"), Seal: r.Seal}
	if len(reply.Assertions) != 2 {
		t.Errorf("%d assertions", len(reply.Assertions))
	}
	golden(t, "page.html", written(t, func(w io.Writer) error { return report.HTML(w, r) }))
	golden(t, "report.md", written(t, func(w io.Writer) error { return report.Markdown(w, r) }))
	golden(t, "letter.md", written(t, func(w io.Writer) error { return report.ReplyMarkdown(w, reply) }))
	golden(t, "letter.txt", written(t, func(w io.Writer) error { return report.ReplyText(w, reply) }))
}

func TestAnEmptyDeskMakesAReport(t *testing.T) {
	r := (&world{}).report(t)
	r.Intervals = nil
	page := written(t, func(w io.Writer) error { return report.HTML(w, r) })
	if !bytes.Contains(page, []byte("no sentence has a tag yet.")) {
		t.Error("it does not say that there is nothing")
	}
	if !bytes.Contains(written(t, func(w io.Writer) error { return report.Markdown(w, r) }), []byte("0 articles")) {
		t.Error("Markdown of nothing")
	}
}

func TestNoWordFromOutsideBreaksOut(t *testing.T) {
	w := harbour()
	a := w.add(hostile, hostile, hostile, hostile+" 2", "The mill wept.")
	b := w.add("plain", hostile, hostile)
	e := annotations.Evidence{URL: hostile, Quote: hostile, File: hostile}
	w.in.Evidence[e.Identify()] = e
	for n := 1; n <= 3; n++ {
		for i, who := range []string{hostile, "bob", "eve"} {
			w.say(a, n, who, annotations.Annotation{
				Tag: []string{"contested", "sourced", hostile}[i], Rule: hostile, Unsure: true, Note: hostile, Flags: []string{"unsourced"},
				Evidence:     []annotations.Use{{ID: e.ID, Stance: annotations.Refutes}},
				Attributions: []annotations.Attribution{{Name: hostile, Kind: hostile}},
			})
		}
	}
	w.say(b, 1, "bob", annotations.Annotation{Tag: "contextual"})
	a.Rows = append(a.Rows, audit.Row{Sentence: 3, Ruling: &annotations.RulingRecord{Ruling: annotations.Ruling{Verdict: annotations.Query, Reason: hostile}, By: hostile}})
	r := w.report(t)
	r.Program, r.Seal.Store = hostile, hostile
	page := written(t, func(w io.Writer) error { return report.HTML(w, r) })
	standsAlone(t, page)
	reply := report.Reply{Name: hostile, Assertions: r.Desk.About("mill", "alert"), Seal: r.Seal}
	for name, text := range map[string][]byte{
		"page": page, "markdown": written(t, func(w io.Writer) error { return report.Markdown(w, r) }),
		"letter": written(t, func(w io.Writer) error { return report.ReplyMarkdown(w, reply) }), "plain letter": written(t, func(w io.Writer) error { return report.ReplyText(w, reply) }),
	} {
		for i, line := range strings.Split(string(text), "\n") {
			if annotations.Visible(line) != line {
				t.Errorf("%s, line %d holds what commands a terminal: %q", name, i+1, line)
			}
		}
		if name != "plain letter" && bytes.Contains(text, []byte("<script")) || bytes.Contains(text, []byte("<img")) && name != "plain letter" {
			t.Errorf("%s holds markup from outside", name)
		}
	}
	if md := written(t, func(w io.Writer) error { return report.Markdown(w, r) }); bytes.Contains(md, []byte("[a](")) || bytes.Contains(md, []byte(" `x` ")) {
		t.Error("Markdown from outside is Markdown inside")
	}
}

// standsAlone wants a page that runs nothing, asks for nothing and holds no
// element that the template does not have.
func standsAlone(t *testing.T, page []byte) {
	t.Helper()
	z := html.NewTokenizer(bytes.NewReader(page))
	elements := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			if elements < 200 {
				t.Errorf("only %d elements were looked at", elements)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			elements++
			switch tok.Data {
			case "script", "img", "link", "iframe", "object", "embed", "form", "a", "base", "use", "image", "foreignobject":
				t.Errorf("there is a <%s>", tok.Data)
			}
			for _, at := range tok.Attr {
				if strings.HasPrefix(at.Key, "on") || at.Key == "src" || at.Key == "href" || at.Key == "style" || strings.Contains(at.Val, "javascript:") {
					t.Errorf("<%s %s=%q>", tok.Data, at.Key, at.Val)
				}
			}
		default:
		}
	}
}

func TestLettersNameNoReviewer(t *testing.T) {
	r := harbour().report(t)
	all := r.Desk.About("board", "mill", "pier", "official", "boats")
	if len(all) != 6 {
		t.Errorf("%d assertions", len(all))
	}
	reply := report.Reply{Name: "all", Assertions: all, Seal: r.Seal}
	text := string(written(t, func(w io.Writer) error { return report.ReplyText(w, reply) }))
	for _, secret := range []string{"ana", "bob", "desk only", "unsure"} {
		for _, word := range strings.Fields(text) {
			if strings.Trim(word, ".,;:()") == secret {
				t.Errorf("the letter says %q", secret)
			}
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if len([]rune(line)) > 72 && len(strings.Fields(line)) > 1 {
			t.Errorf("a line of %d: %q", len(line), line)
		}
	}
	if !strings.Contains(text, "not decided yet") || !strings.Contains(text, "disputed by harbour-1 1: “") || !strings.Contains(text, "“the pier stays”") {
		t.Errorf("the letter: %s", text)
	}
}

func TestBarsAndSparks(t *testing.T) {
	for share, want := range map[float64]string{0: "", 1: "████", .5: "██", .53125: "██▏", 7: "████", -1: ""} {
		if got := report.Bar(share, 4); got != want {
			t.Errorf("Bar(%v) = %q, want %q", share, got, want)
		}
	}
	there := func(i int) bool { return i != 1 }
	if got := report.Spark([]float64{1, 99, 2, 8}, there); got != "▁ ▂█" {
		t.Errorf("Spark = %q", got)
	}
	if got := report.Spark([]float64{3, 3}, nil); got != "▄▄" {
		t.Errorf("Spark of equals = %q", got)
	}
}
