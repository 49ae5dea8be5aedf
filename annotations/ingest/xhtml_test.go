package ingest

import (
	"strings"
	"testing"
)

// A page in XML may write any empty element as <x/>. Read by the rules of HTML such
// an element stays open: <title/> took the real title for its words, and <script/>
// took all paragraphs to the end of the page, without a word said.
func TestEmptyElementsOfXMLPagesSwallowNothing(t *testing.T) {
	const page = `<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><script src="a.js"/><title>Le port rouvre</title><style/></head>` +
		`<body><a id="top"/><p>Le port a rouvert mardi, a dit la mairie.<br/>Il est sûr.</p><p/><script src='b>.js' /><textarea/>` +
		"<p>Les pêcheurs <a href=\"https://x.example/a?b=c/\">contestent</a> ce chiffre, disent-ils.</p></body></html>"
	const want = "Le port a rouvert mardi, a dit la mairie.\nIl est sûr.\n\nLes pêcheurs contestent ce chiffre, disent-ils.\n"
	for name, c := range map[string]struct {
		raw string
		opt Options
	}{
		"an XML declaration": {`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + page, Options{}},
		"its name":           {page, Options{Name: "port.xhtml"}},
	} {
		res := mustRead(t, c.raw, c.opt)
		if a := res.Article; a.Body != want || a.Title != "Le port rouvre" {
			t.Errorf("%s: %q: %q", name, a.Title, a.Body)
		}
		if len(res.Hints) != 1 || res.Hints[0].URL != "https://x.example/a?b=c/" {
			t.Errorf("%s: %+v", name, res.Hints)
		}
	}
	// A page of HTML keeps to the rules of HTML: there <div/> opens a division.
	if got := closeEmpty("<p>a<div/>b</p>", "page.html"); got != "<p>a<div/>b</p>" {
		t.Errorf("%q", got)
	}
	if got := closeEmpty("<?xml version='1.0'?>"+page, ""); strings.Contains(got, "<br></br>") || !strings.Contains(got, "<br/>") || !strings.Contains(got, "<script src='b>.js' ></script>") {
		t.Errorf("%q", got)
	}
}
