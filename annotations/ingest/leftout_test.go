package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// aPage is a page of four paragraphs with something between the second and the
// third, and behind them.
func aPage(between, behind string) string {
	var b strings.Builder
	b.WriteString(`<html><head><title>Ferry fares rise</title></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ferry fares rise</h1>`)
	for i, p := range []string{
		"Ferry fares will rise by a tenth in March, two council aides said on Monday, and the harbour board was not asked before the vote was taken.",
		"The board published its minutes on Tuesday, which say that passengers were consulted in the autumn, but not by whom, nor where, nor when.",
		"Nobody asked the kiosk owners on the quay, who say that every tenth visitor comes by ferry and buys something on the way to the museum.",
		"A vote on the timetable will follow in April, the council said, and the fares of the winter will be looked at again in the year after that.",
	} {
		if i == 2 {
			b.WriteString(between)
		}
		fmt.Fprintf(&b, "<p>%s</p>", p)
	}
	b.WriteString("</article>" + behind + "</body></html>")
	return b.String()
}

// Behind a paywall the article is a sentence or two, and what asks for money beside it
// is longer: what the page itself calls its article goes before it.
func TestTheLeadOfAPaidArticleIsNotLostToWhatAsksForMoney(t *testing.T) {
	const lead = "The harbour board said on Tuesday that fares will rise by four percent next spring."
	const offer = `<h2>Subscribe to continue reading</h2><p>Get unlimited access for only 1 euro a week, with our morning letter on top. Cancel anytime, no questions asked.</p><p>Already a subscriber? Log in and read on, also in our app for telephones and tablets.</p>`
	for story, c := range map[string]struct {
		page string
		want string // how the text begins
	}{
		"the offer beside the article":            {"<article><h1>Ferry fares to rise</h1><p>" + lead + `</p></article><div class="paywall-offer">` + offer + "</div>", lead},
		"teasers are no article of the page":      {"<article><h2>Other news</h2><p>" + lead + "</p></article><article><h2>More</h2><p>" + lead + `</p></article><div class="content">` + offer + "</div>", "Subscribe"},
		"an article of a few words is none":       {`<article><h1>Ferry fares to rise</h1><p>Loading, please wait.</p></article><div class="content">` + offer + "</div>", "Subscribe"},
		"an article of links is none":             {`<article><h1>Ferry fares</h1><p><a href="/1">` + lead + `</a></p></article><div class="content">` + offer + "</div>", "Subscribe"},
		"a heading that stands elsewhere is none": {"<h1>Ferry fares to rise</h1><article><p>" + lead + `</p></article><div class="content">` + offer + "</div>", "Subscribe"},
	} {
		res := mustRead(t, "<html lang=en><head><title>Ferry fares to rise</title></head><body>"+c.page+"</body></html>", Options{Name: "page.html"})
		if !strings.HasPrefix(res.Article.Body, c.want) {
			t.Errorf("%s: the text is %q", story, res.Article.Body)
		}
		if c.want == lead && (len(res.LeftOut) != 1 || !strings.HasPrefix(res.LeftOut[0].Text, "Get unlimited")) {
			t.Errorf("%s: left out: %+v", story, res.LeftOut)
		}
	}
}

// A page without a title of its own has one on top.
func TestAPageWithoutATitleIsCalledByItsOnlyHeading(t *testing.T) {
	res := mustRead(t, `<html lang=en><body><h1>Fares</h1><div id=story>One long first sentence of the story stands here, and goes on for a while.<br><br>Then a second, which is as long as the first one was, or longer by a word.</div></body></html>`, Options{Name: "page.html"})
	if res.Article.Title != "Fares" || strings.Contains(res.Article.Body, "Fares") {
		t.Errorf("%q, %q", res.Article.Title, res.Article.Body)
	}
}

// A checker has to know what the page said and the article does not.
func TestWhatAPageSaysBesideTheArticleIsNamed(t *testing.T) {
	for _, c := range []struct {
		story, between, behind string
		want                   string // first words of the passage; "" = none
		words                  int
		inside                 bool
	}{
		{"a box of running text", `<div class="related sidebar"><p>Correction: the fares were decided in January.</p></div>`, "", "Correction: the fares", 7, true},
		{"an aside of two paragraphs is one passage", `<aside class="sidebar"><p>The board has nine members, four of them elected.</p><p>It meets in the old customs house.</p></aside>`, "", "The board has nine", 16, true},
		{"a list of links is a menu", `<div class="related sidebar"><ul><li><a href="/1">Minister of transport resigns after a long row about bridges</a></li><li><a href="/2">Why the ferry was late again</a></li></ul></div>`, "", "", 0, false},
		{"a word or two is furniture", `<aside class="advert sidebar">Advertisement</aside>`, "", "", 0, false},
		{"a long note behind the article", "", `<footer class="footer"><p>The Ellery Post corrects its errors in public: write to the editors at the old customs house, and they will look into it within a day or two.</p></footer>`, "The Ellery Post corrects", 28, false},
		{"a short note behind the article is furniture", "", `<footer class="footer"><p>Copyright by the Ellery Post, all rights reserved here.</p></footer>`, "", 0, false},
		{"links of blanks that were taken back", `<pre>x` + strings.Repeat(" ", 63) + `<a href="/q">   <div>y</div></a>` + strings.Repeat(" ", 40) + `<a href="/q">   <div>z</div></a></pre>`, "", "", 0, false},
		{"what a style sheet hides is not missed", `<p style="display:none">The editors forgot this sentence in the page, nobody sees it.</p>`, "", "", 0, false},
	} {
		res := mustRead(t, aPage(c.between, c.behind), Options{Name: "page.html"})
		body := res.Article.Body
		if !strings.Contains(body, "A vote on the timetable") || strings.Contains(body, "Home") {
			t.Fatalf("%s: the article is %q", c.story, body)
		}
		if c.want == "" {
			if len(res.LeftOut) != 0 {
				t.Errorf("%s: %+v", c.story, res.LeftOut)
			}
			continue
		}
		if len(res.LeftOut) != 1 || !strings.HasPrefix(res.LeftOut[0].Text, c.want) || res.LeftOut[0].Words != c.words {
			t.Errorf("%s: %+v", c.story, res.LeftOut)
			continue
		}
		after := len(body[:res.LeftOut[0].After])
		if before := strings.Index(body, "Nobody asked"); c.inside && (after > before || after < before-3) || !c.inside && after != len(strings.TrimSpace(body)) {
			t.Errorf("%s: it stood behind byte %d of %q", c.story, after, body)
		}
		whole := mustRead(t, aPage(c.between, c.behind), Options{Name: "page.html", Whole: true})
		if !strings.Contains(whole.Article.Body, c.want) || !strings.Contains(whole.Article.Body, "Home") || len(whole.LeftOut) != 0 {
			t.Errorf("%s: the whole page is %q", c.story, whole.Article.Body)
		}
	}
}
