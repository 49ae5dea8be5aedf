package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/segment"
)

var update = flag.Bool("update", false, "write the golden files anew")

func textOf(name, body string, tags ...string) Text {
	return Text{Name: name, Side: align.Side{Text: body, Units: segment.Append(nil, body, segment.Options{Lang: "en"})}, Tags: tags}
}

// The pair is made up. The rewrite merges 1 and 2, splits 3, alters a quotation,
// drops a hedge and a source, and keeps the claim of 7 without what vouched for it.
const (
	original = `The ferry allegedly struck the old pier at noon on Friday. Nobody was hurt in the harbour.

The harbour master said the pier would be rebuilt next spring, and the council will vote on the cost of four million euros in May.

“We will never close the island route,” Mayor Ida Holm told the Varner Post.

The island route has not lost money in any year, but the opposition wants to end it. Ticket prices rose twice.

According to the audit office, the island route has not lost money since 1998. But the opposition still says that the island route lost money last winter.
`
	rewrite = `The ferry struck the old pier at noon on Friday, but nobody was hurt in the harbour. The pier will be rebuilt next spring. The council will vote on the cost of 4 million euros in May.

Trouble ahead

"We will not close the island route," Mayor Ida Holm said. The island route has not lost money in any year, but the opposition wants to end it.
`
)

func sample() *Report {
	a := textOf("original.txt", original, "sourced", "contextual", "sourced", "sourced", "contested", "contextual", "sourced", "contested")
	a.Outlet, a.Published = "Varner Post", "2026-03-04"
	return New(a, textOf("rewrite.txt", rewrite))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v. Write it with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it and run with -update. Got:\n%s", path, got)
	}
}

func TestTheReportAsTextAndPage(t *testing.T) {
	for name, s := range map[string]Style{
		"plain.txt":  {},
		"narrow.txt": {Width: 40},
		"colour.txt": {Width: 80, Paint: func(role, s string) string { return "<" + role + ">" + s + "</>" }},
	} {
		var b strings.Builder
		if err := sample().WriteText(&b, s); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
	}
	var b strings.Builder
	if err := sample().WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "page.html", b.String())
}

func TestTheSummarySaysWhatWasCut(t *testing.T) {
	s := strings.Join(sample().Summary(), "\n")
	for _, want := range []string{
		"The rewrite drops the evidence and keeps the claim.",
		"what vouched for it is cut: 7 of the original; so is what spoke against it: 8",
		"Of 6 sentences in the rewrite", "1 new",
		"3 left out: 1 contested, 1 contextual, 1 sourced",
		"quote altered 1", "outlet laundered 1", "hedge dropped 1", "attribution dropped 1",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("the summary does not say %q:\n%s", want, s)
		}
	}
}

func TestWordsAreCompared(t *testing.T) {
	for _, c := range []struct{ name, was, now, want string }{
		{"nothing", "We stay here.", "We stay here.", "We stay here."},
		{"marks are no change", "“We’ll stay,” he said – twice.", "\"We'll stay,\" he said - twice.", "\"We'll stay,\" he said - twice."},
		{"one word", "We will not leave.", "We will never leave.", "We will [-not-] {+never+} leave."},
		{"taken out", "The alleged spy left.", "The spy left.", "The [-alleged-] spy left."},
		{"put in at the start", "A spy left.", "Then a spy left.", "[-A-]{+Then a+} spy left."},
		{"a short word between two changes", "big red of old barns", "small blue of new barns", "[-big red of old-]{+small blue of new+} barns"},
		{"figures are words", "It cost 1,200.50 crowns.", "It cost 1,300.50 crowns.", "It cost [-1,200.50-] {+1,300.50+} crowns."},
		{"all new", "", "Words.", "{+Words.+}"},
		{"hostile words", "safe", "\x1b[31mred\u202e", "[-safe-]{+␛[31mred⇄+}"},
	} {
		if got := Inline(c.was, c.now); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPartsAreTheTexts: without what was put in, the parts are the original, and
// without what was taken out, the rewrite.
func TestPartsAreTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "the", "ferry", "pier", "not", "10", "1,200", "“", "”", ".", "co-op", "d'or"})
		was := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "was"), " ")
		now := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "now"), " ")
		sides := [2]string{}
		for _, p := range compareWords(was, now) {
			if p.Kind != Now {
				sides[0] += p.Text
			}
			if p.Kind != Was {
				sides[1] += p.Text
			}
		}
		plain := func(s string) string { return foldMarks(strings.Join(strings.Fields(s), "")) }
		if plain(sides[0]) != plain(was) || plain(sides[1]) != plain(now) {
			t.Fatalf("%q and %q, want %q and %q", sides[0], sides[1], was, now)
		}
	})
}

const hostile = "<script>alert(1)</script> \x1b]0;x\x07 said \u202e\"quoted & <b>bold</b>\" at 10 \x9b31m."

// hostileReport is full of what must not get through.
func hostileReport() *Report {
	a, b := textOf("<a>\x1b[1m", hostile+" The ferry allegedly sank."), textOf("</title><script>", "The ferry sank. "+hostile)
	a.Title, a.Outlet, a.Tags = hostile, hostile, []string{hostile, hostile, hostile, hostile}
	return New(a, b)
}

func TestNothingHostileReachesATerminal(t *testing.T) {
	for _, width := range []int{0, 1, 30, 200} {
		var b strings.Builder
		if err := hostileReport().WriteText(&b, Style{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if s := strings.TrimSuffix(line, "\n"); annotations.Visible(s) != s {
				t.Errorf("width %d: %q", width, s)
			}
		}
	}
}

func TestThePageHoldsNoScriptAndLoadsNothing(t *testing.T) {
	for name, r := range map[string]*Report{"sample": sample(), "hostile": hostileReport()} {
		var b strings.Builder
		if err := r.WriteHTML(&b); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if !utf8.ValidString(out) || strings.ContainsAny(out, "\x1b\x07\u202e") {
			t.Errorf("%s: the page holds control characters", name)
		}
		ids, links, marks := map[string]bool{}, []string{}, 0
		z := html.NewTokenizer(strings.NewReader(out))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
				continue
			}
			switch tok.Data {
			case "script", "iframe", "img", "link", "object", "embed", "b":
				t.Errorf("%s: the page has <%s>", name, tok.Data)
			case "mark":
				marks++
			}
			for _, at := range tok.Attr {
				switch {
				case at.Key == "id":
					ids[at.Val] = true
				case at.Key == "href":
					links = append(links, at.Val)
				case strings.HasPrefix(at.Key, "on") || at.Key == "src":
					t.Errorf("%s: the page has %s=%q", name, at.Key, at.Val)
				}
			}
		}
		if len(links) == 0 || marks == 0 {
			t.Errorf("%s: %d links, %d marks: the page shows nothing", name, len(links), marks)
		}
		for _, l := range links {
			if !strings.HasPrefix(l, "#") || !ids[l[1:]] {
				t.Errorf("%s: the link %q leads nowhere in the page", name, l)
			}
		}
	}
}

// TestRowsKeepTheirWidth: no row is wider than asked for, unless a single word is.
func TestRowsKeepTheirWidth(t *testing.T) {
	for _, width := range []int{40, 60, 100} {
		var b strings.Builder
		if err := sample().WriteText(&b, Style{Width: width}); err != nil {
			t.Fatal(err)
		}
		rows := 0
		for line := range strings.Lines(b.String()) {
			rows++
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: a row of %d: %s", width, n, line)
			}
		}
		if rows < 20 {
			t.Errorf("only %d rows", rows)
		}
	}
}

func TestEmptyTextsMakeAReport(t *testing.T) {
	for _, r := range []*Report{New(Text{}, Text{}), New(textOf("a", "One."), Text{}), New(Text{}, textOf("b", "One."))} {
		var b strings.Builder
		if err := r.WriteText(&b, Style{Width: 80}); err != nil {
			t.Error(err)
		}
		if err := r.WriteHTML(&b); err != nil {
			t.Error(err)
		}
		if !strings.Contains(b.String(), "0 sentences") {
			t.Errorf("no figures in %q", b.String())
		}
	}
}

// What reviewers linked decides what words only propose.
func TestReviewersLinksDecideOrphans(t *testing.T) {
	rewritten := textOf("rewrite.txt", rewrite)
	for name, c := range map[string]struct {
		supports, disputes []Tie
		want               string // claim, support, against, linked
	}{
		"without links, the words propose":            {nil, nil, "4 by [6] not [7] false"},
		"a linked sentence that is left out":          {[]Tie{{5, 4}}, nil, "4 by [5 6] not [7] true"},
		"a linked sentence that is kept":              {[]Tie{{0, 4}, {5, 4}}, nil, ""},
		"a claim that the words say nothing of":       {[]Tie{{5, 3}}, []Tie{{7, 3}}, "3 by [5] not [7] true, 4 by [6] not [7] false"},
		"what disputes it and is kept is not counted": {[]Tie{{6, 4}}, []Tie{{0, 4}}, "4 by [6] not [7] true"},
		"a claim that is left out itself":             {[]Tie{{6, 5}}, nil, "4 by [6] not [7] false"},
		"links to nowhere":                            {[]Tie{{99, 4}, {6, 99}, {-1, 4}, {4, 4}}, nil, "4 by [6] not [7] false"},
	} {
		a := textOf("original.txt", original)
		a.Supports, a.Disputes = c.supports, c.disputes
		var got []string
		for _, o := range New(a, rewritten).Result.Orphans {
			got = append(got, fmt.Sprintf("%d by %v not %v %v", o.A, o.Support, o.Against, o.Linked))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
	}
}

// The words of a group, read with those put in or those taken out, are the
// sentences of either text.
func TestPartsHoldBothTexts(t *testing.T) {
	tests := [][2]string{{original, rewrite}, {"He said “no, never” – twice.", "He said \"no, never\" - once."}, {"", "a b"}, {"a b", ""}, {"one, two", "one two"}}
	for _, c := range tests {
		var was, now strings.Builder
		for _, p := range compareWords(c[0], c[1]) {
			switch p.Kind {
			case Same:
				was.WriteString(p.Old)
				now.WriteString(p.Text)
			case Was:
				was.WriteString(p.Text)
			case Now:
				now.WriteString(p.Text)
			}
		}
		for _, x := range [][2]string{{was.String(), c[0]}, {now.String(), c[1]}} {
			squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if squeeze(x[0]) != squeeze(x[1]) {
				t.Errorf("%q became %q", x[1], x[0])
			}
		}
	}
}
