package ingest

import (
	"strings"
	"testing"
)

const (
	seenLead = "The harbour board voted on Tuesday to close the eastern ferry terminal for eleven weeks while divers repair the pilings that a ship struck in March."
	seenMore = "The board’s engineer, Tom Wexley, disputed that account, saying letters had gone out to every leaseholder on 3 February, before the vote was taken."
)

// seenPage is a page with an article; head stands before its two paragraphs.
func seenPage(head string) string {
	return `<!doctype html><html lang="en"><head><title>Ferry</title></head><body><article><h1>Ferry terminal</h1>` + head + `<p>` + seenLead + `</p><p>` + seenMore + `</p></article></body></html>`
}

// What a page makes small, high or struck is told by its look alone. Without
// that look 10<sup>6</sup> was 106, a note behind a year made it another year, and
// a corrected figure stood glued to the wrong one.
func TestFiguresOfAPageStayTheFiguresThatAreSeen(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a power":                       {"About 10<sup>6</sup> fish died.", "About 10⁶ fish died."},
		"a negative power":              {"At 10<sup>−6</sup> bar.", "At 10⁻⁶ bar."},
		"a note behind a year":          {"It sank in 2015<sup>3</sup>.", "It sank in 2015³."},
		"a note with a link":            {"It sank in 2015<sup><a href=\"#n\">3</a></sup>.", "It sank in 2015³."},
		"several notes":                 {"It sank in 2015<sup>3, 12</sup>.", "It sank in 2015³, ¹²."},
		"a note in brackets":            {"It sank in 2015<sup>[3]</sup>.", "It sank in 2015[3]."},
		"a fraction":                    {"It cost 5<sup>1</sup>⁄<sub>2</sub> euros.", "It cost 5¹⁄2 euros."},
		"a note behind a word":          {"It sank.<sup>3</sup> Nobody died.", "It sank.3 Nobody died."},
		"letters":                       {"On the 1<sup>st</sup> of May.", "On the 1st of May."},
		"apart from the figure":         {"In 2015 <sup>3</sup> it sank.", "In 2015 3 it sank."},
		"a corrected figure":            {"Fares fell by <del>12</del><ins>15</ins> percent.", "Fares fell by 12 15 percent."},
		"a correction that has a space": {"Fares fell by <del>12</del> <ins>15</ins> percent.", "Fares fell by 12 15 percent."},
		"an insertion alone":            {"Fares fell by 1<ins>5</ins> percent.", "Fares fell by 15 percent."},
	} {
		t.Run(name, func(t *testing.T) {
			for _, whole := range []bool{false, true} {
				got := mustRead(t, seenPage("<p>"+c.in+"</p>"), Options{Name: "a.html", Whole: whole}).Article.Body
				if !strings.Contains(got, c.want+"\n") {
					t.Errorf("whole %v: no %q in %q", whole, c.want, got)
				}
			}
		})
	}
}

// A note's number that Word raises behind a year made it another year.
func TestFiguresOfADocumentStayTheFiguresThatAreSeen(t *testing.T) {
	raised := `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>`
	body := `<w:p><w:r><w:t>It sank in 2015</w:t></w:r>` + raised + `<w:r><w:t>, with 10</w:t></w:r>` + raised + `<w:r><w:t>.</w:t></w:r></w:p>`
	if got := mustRead(t, makeDOCX(t, body), Options{}).Article.Body; got != "It sank in 2015³, with 10³.\n" {
		t.Errorf("DOCX: %q", got)
	}
	odt := makeODT(t, `<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="T2"/>`+
		`<text:p>It sank in 2015<text:span text:style-name="T1">3</text:span>, with 1<text:span text:style-name="T2">0</text:span>.</text:p>`)
	if got := mustRead(t, odt, Options{}).Article.Body; got != "It sank in 2015³, with 10.\n" {
		t.Errorf("ODT: %q", got)
	}
}

// The end tags of ruby's parts may be left out. In feeds, and of pages of which
// all was asked for, everything behind the first one was lost.
func TestRubyLeavesTheWordsAndWhatFollows(t *testing.T) {
	for name, ruby := range map[string]string{
		"closed":        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>",
		"left open":     "<ruby>漢<rp>(<rt>かん<rp>)</ruby>字",
		"without marks": "<ruby>漢<rt>かん</ruby>字",
		"never closed":  "<ruby>漢字<rt>かんじ",
	} {
		t.Run(name, func(t *testing.T) {
			item := "<p>One " + ruby + "</p><p>The rest of the story.</p>"
			feed := `<rss><channel><item><description><![CDATA[` + item + `]]></description></item></channel></rss>`
			for from, got := range map[string]string{
				"feed":  mustRead(t, feed, Options{}).Article.Body,
				"page":  mustRead(t, seenPage(item), Options{Name: "a.html"}).Article.Body,
				"whole": mustRead(t, seenPage(item), Options{Name: "a.html", Whole: true}).Article.Body,
			} {
				if !strings.Contains(got, "One 漢字\n\nThe rest of the story.\n") {
					t.Errorf("%s: %q", from, got)
				}
			}
		})
	}
}

// Pages hide the pieces of a word with a large first letter from screen readers,
// which get the word elsewhere. The eye sees the pieces; the text lost them.
func TestALargeFirstLetterStays(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"the word in a label":         {`<p aria-label="The vote"><span aria-hidden="true">T</span>he vote was close, said everybody who was there in the hall.</p>`, "The vote was close"},
		"the word in hidden words":    {`<p><span class="sr-only">The</span><span aria-hidden="true"><span class="drop">T</span>he</span> vote was close, said everybody who was there.</p>`, "\nThe vote was close"},
		"the hidden words come after": {`<p><span aria-hidden="true"><b>T</b>he</span><span class="visually-hidden">The</span> vote was close, said everybody who was there.</p>`, "\nThe vote was close"},
		"an icon's name goes":         {`<p><span aria-hidden="true">arrow_right</span> The vote was close, said everybody who was there in the hall.</p>`, "\nThe vote was close"},
		"words for the ear only go":   {`<p>The <a href="/x">vote<span class="sr-only"> opens in a new window</span></a> was close, said everybody who was there.</p>`, "\nThe vote was close"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, whole := range []bool{false, !strings.Contains(c.in, "class")} {
				if got := mustRead(t, seenPage(c.in), Options{Name: "a.html", Whole: whole}).Article.Body; !strings.Contains("\n"+got, c.want) {
					t.Errorf("whole %v: no %q in %q", whole, c.want, got)
				}
			}
		})
	}
}

// A box about the author became the byline, whole, and a short sentence of the
// article whose class speaks of authors was lost that way.
func TestASentenceIsNoByline(t *testing.T) {
	for name, c := range map[string]struct{ in, byline, kept string }{
		"a box about the author":  {`<div class="author-bio"><p>Ann Lee covers the harbour for the Post. She has won two awards.</p></div>`, "", "She has won two awards."},
		"a sentence of the story": {`<p class="co-authored-study">Two of the five divers who spoke have since left the firm.</p>`, "", "Two of the five divers who spoke have since left the firm."},
		"a byline":                {`<div class="author">By Ann Lee</div>`, "Ann Lee", ""},
		"a byline with a title":   {`<div class="byline">By Dr. Ann B. Lee Jr. and Bo Ek, senior harbour correspondents</div>`, "Dr. Ann B. Lee Jr. and Bo Ek, senior harbour correspondents", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := mustRead(t, seenPage(c.in), Options{Name: "a.html"}).Article
			if a.Byline != c.byline || !strings.Contains(a.Body, c.kept) {
				t.Errorf("byline %q, text %q", a.Byline, a.Body)
			}
		})
	}
}

// Items that name their number were counted from one: "the third demand" was
// numbered 1.
func TestItemsKeepTheNumbersThatTheyName(t *testing.T) {
	for in, want := range map[string]string{
		`<ol><li value="3">Three is here.</li><li>Four is here.</li></ol>`:                        "3. Three is here.\n4. Four is here.\n",
		`<ol start="5"><li>Five.</li><li value="9">Nine.</li><li value="x">Ten.</li></ol>`:        "5. Five.\n9. Nine.\n10. Ten.\n",
		`<ul><li value="3">No number.</li></ul>`:                                                  "- No number.\n",
		`<ol><li value="-1">Below.</li><li value="9999999999">Above.</li><li>After.</li></ol><p>`: "1. Below.\n2. Above.\n3. After.\n",
	} {
		if got := mustRead(t, seenPage(in), Options{Name: "a.html"}).Article.Body; !strings.Contains(got, want) {
			t.Errorf("%s: no %q in %q", in, want, got)
		}
	}
}

// A kicker that the page sets on a line of its own, by a style alone, was glued
// to the sentence behind it.
func TestAnInlineElementThatIsShownAsABlockIsOne(t *testing.T) {
	got := mustRead(t, seenPage(`<p><span style="font-weight: bold; display: block">What we know</span>The vote was close, said everybody who was there in the hall.</p>`), Options{Name: "a.html"}).Article.Body
	if !strings.Contains(got, "What we know\n\nThe vote was close") {
		t.Errorf("%q", got)
	}
}
