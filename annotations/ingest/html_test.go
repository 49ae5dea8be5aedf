package ingest

import (
	"slices"
	"strings"
	"testing"
)

func TestATitleLosesItsSiteAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name, title, outlet, heading, want string
	}{
		{"the outlet is known", "Ships held at Ellery - Ellery Post", "Ellery Post", "", "Ships held at Ellery"},
		{"with another bar and other marks", "Ships held | The «Ellery Post»", "the ellery-post", "", "Ships held"},
		{"a bar inside the headline stays", "Ships - and crews - held | Post", "Post", "", "Ships - and crews - held"},
		{"the heading tells where it ends", "Ships held – Post", "", "Ships held", "Ships held"},
		{"a kicker is no headline", "Opinion | Why ships are held", "", "Opinion", "Opinion | Why ships are held"},
		{"a short heading over a long title", "Live updates | Ships held at Ellery quay", "", "Live updates", "Live updates | Ships held at Ellery quay"},
		{"a home page", "News - Post", "Post", "", "News - Post"},
		{"only the outlet", "Post", "Post", "", "Post"},
		{"a hyphen without spaces", "Ships held at Kiel-Post", "Post", "", "Ships held at Kiel-Post"},
		{"nothing is known", "Ships held - Post", "", "", "Ships held - Post"},
	} {
		if got := withoutSite(c.title, c.outlet, c.heading); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// A heading of two lines lost the blank between them, and one whose end tag is missing
// swallowed the article: the title, and with it the article's name, was its first 500
// letters.
func TestATitleEndsWhereTheHeadingDoes(t *testing.T) {
	const story = "<p>The harbour board of Ellery said on Tuesday that ferry fares will rise by twelve percent in March.</p>" +
		"<p>“Nobody asked us,” said M. Okafor, who runs a kiosk on the quay and pays for a monthly pass.</p>"
	for name, c := range map[string]struct{ page, want string }{
		"two lines":           {"<body><article><h1>Ferry fares<br>to rise</h1>" + story + "</article></body>", "Ferry fares to rise"},
		"blocks":              {"<body><article><h1><div>Ferry fares</div><div>to rise</div></h1>" + story + "</article></body>", "Ferry fares to rise"},
		"a paragraph inside":  {"<body><article><h1><p>Ferry fares to rise</p></h1>" + story + "</article></body>", "Ferry fares to rise"},
		"without its end tag": {"<title>Ferries</title><h1>Ferry fares to rise" + story, "Ferry fares to rise"},
	} {
		if got := mustRead(t, "<!DOCTYPE html>"+c.page, Options{Name: "x.html"}).Article.Title; got != c.want {
			t.Errorf("%s: the title is %q", name, got)
		}
	}
}

// A page whose words a script puts there was refused as one without any, though it
// carries the whole article for search engines.
func TestAPageThatAScriptWouldBuildIsReadFromItsLinkedData(t *testing.T) {
	page := func(story string) string {
		return `<!DOCTYPE html><title>Fares</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry fares to rise","articleBody":` + story + `}</script>` +
			`<body><noscript>Turn on scripts.</noscript><div id="app"></div></body>`
	}
	const want = "Ferry fares will rise by 5 < 6%.\n\n“Nobody asked us,” she said.\n"
	for name, story := range map[string]string{
		"paragraphs":      `"Ferry fares will rise by 5 < 6%.\n\n“Nobody asked us,” she said.\n"`,
		"entities":        `"Ferry fares will rise by 5 &lt; 6%.\n&ldquo;Nobody asked us,&rdquo; she said."`,
		"piece of a page": `"<p>Ferry fares will rise <b>by</b> 5 &lt; 6%.</p><p>“Nobody asked us,” she said.</p>"`,
	} {
		r := mustRead(t, page(story), Options{Name: "x.html"})
		if r.Article.Body != want {
			t.Errorf("%s: %q", name, r.Article.Body)
		}
		if !slices.ContainsFunc(r.Notices, func(n Notice) bool { return strings.Contains(n.Text, "linked data give as the article's") }) {
			t.Errorf("%s: nobody is told: %v", name, r.Notices)
		}
	}
	seen := strings.Replace(page(`"Ferry fares will rise."`), `<div id="app">`, `<div><p>The fares stay as they are.</p>`, 1)
	if r := mustRead(t, seen, Options{Name: "x.html"}); r.Article.Body != "The fares stay as they are.\n" {
		t.Errorf("what is to be seen goes first: %q", r.Article.Body)
	}
}
