package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// entry of an archive that a test makes.
type zipped struct{ name, text string }

func makeZip(t testing.TB, list ...zipped) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range list {
		f, err := w.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wps="w" xmlns:mc="m" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`

// makeDOCX makes a Word document with this body, styles, lists, notes and links.
func makeDOCX(t testing.TB, body string, more ...zipped) string {
	t.Helper()
	rels := func(s string) string { return `<Relationships xmlns="r">` + s + `</Relationships>` }
	link := func(id, target string) string {
		return `<Relationship Id="` + id + `" Type="http://x/relationships/hyperlink" Target="` + target + `" TargetMode="External"/>`
	}
	parts := []zipped{
		{"[Content_Types].xml", `<Types/>`},
		{"_rels/.rels", rels(`<Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="word/document.xml"/>`)},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordNS + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
		{"word/_rels/document.xml.rels", rels(link("rId1", "https://harbour.example/statement"))},
		{"word/styles.xml", `<w:styles ` + wordNS + `><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My head"/><w:basedOn w:val="berschrift1"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`},
		{"word/numbering.xml", `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`},
		{"word/comments.xml", `<w:comments ` + wordNS + `><w:comment w:id="0" w:author="Mara Lind"><w:p><w:r><w:t>See UNODC 2024,</w:t></w:r></w:p><w:p><w:r><w:t>https://unodc.example/r.pdf.</w:t></w:r></w:p></w:comment>` +
			`<w:comment w:id="1" w:author="B"><w:p><w:r><w:t>On no words.</w:t></w:r></w:p></w:comment></w:comments>`},
		{"word/footnotes.xml", `<w:footnotes ` + wordNS + `><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> The </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>budget</w:t></w:r></w:hyperlink><w:r><w:t>, p. 3</w:t></w:r></w:p></w:footnote></w:footnotes>`},
		{"word/_rels/footnotes.xml.rels", rels(link("rId9", "https://town.example/budget"))},
		{"word/endnotes.xml", `<w:endnotes ` + wordNS + `><w:endnote w:id="3"><w:p><w:r><w:t>An endnote.</w:t></w:r></w:p></w:endnote></w:endnotes>`},
	}
	return makeZip(t, append(more, parts...)...)
}

func para(style, words string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t xml:space="preserve">` + words + `</w:t></w:r></w:p>`
}

func item(list, level, words string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
}

func TestWordDocuments(t *testing.T) {
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	for name, c := range map[string]struct{ body, want string }{
		"headings by their style's own name, whatever its id": {para("berschrift1", "Head") + para("Mine", "Sub") + para("Loop", "Words."), "Head\n\nSub\n\nWords.\n"},
		"runs are one text":          {`<w:p>` + run("The pier ") + run("clo") + run("ses.") + `</w:p>`, "The pier closes.\n"},
		"tabs, breaks, hyphens":      {`<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:br w:type="page"/><w:t>f</w:t><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:char="2192"/></w:r></w:p>`, "a b\nc\u2011d\u00ade f→→\n"},
		"lists by numbering":         {item("1", "0", "One") + item("1", "0", "Two") + para("", "Words.") + item("2", "0", "First") + item("2", "1", "in") + item("2", "0", "Second") + para("", "Between.") + item("2", "0", "Third"), "- One\n- Two\n\nWords.\n\n1. First\n  - in\n2. Second\n\nBetween.\n\n3. Third\n"},
		"lists by style":             {para("LB", "One") + para("LB", "Two"), "- One\n- Two\n"},
		"taken out of a list":        {`<w:p><w:pPr><w:pStyle w:val="LB"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>` + run("Plain.") + `</w:p>`, "Plain.\n"},
		"deleted text is gone":       {`<w:p>` + run("It ") + `<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del><w:ins w:id="2">` + run("always ") + `</w:ins>` + run("rains.") + `</w:p>`, "It always rains.\n"},
		"moved text stands once":     {`<w:p><w:moveFrom w:id="1">` + run("Moved. ") + `</w:moveFrom>` + run("Stays. ") + `<w:moveTo w:id="2">` + run("Moved.") + `</w:moveTo></w:p>`, "Stays. Moved.\n"},
		"a deleted mark joins":       {`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + run("One ") + `</w:p><w:p>` + run("sentence.") + `</w:p>` + para("", "Two."), "One sentence.\n\nTwo.\n"},
		"hidden text":                {`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r></w:p>`, "Shown.\n"},
		"fields":                     {`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE LEAK</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("Page 3") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run(" of it.") + `</w:p>`, "Page 3 of it.\n"},
		"a table of contents":        {`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para("", "LEAK") + `</w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent>` + para("", "Kept.") + `</w:sdtContent></w:sdt>`, "Kept.\n"},
		"a table":                    {`<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>` + para("", "Year") + `</w:tc><w:tc>` + para("", "Cost") + `</w:tc></w:tr><w:tr><w:tc>` + para("", "2024") + `</w:tc><w:tc>` + para("", "5 m") + `</w:tc></w:tr></w:tbl>` + para("", "After."), "Year | Cost\n2024 | 5 m\n\nAfter.\n"},
		"a table that is the layout": {`<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>` + para("", "One.") + para("", "Two.") + `</w:tc></w:tr></w:tbl>`, "One.\n\nTwo.\n"},
		"the fallback is no text":    {`<w:p><w:r><mc:AlternateContent><mc:Choice>` + run("Once.") + `</mc:Choice><mc:Fallback>` + run("LEAK") + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`, "Once.\n"},
		"a text box waits for its turn": {`<w:p>` + run("Before ") + `<w:r><wps:txbx><w:txbxContent>` + para("", "In the box.") + para("", "And more.") + `</w:txbxContent></wps:txbx></w:r>` + run("after.") + `</w:p>` + para("", "Next."),
			"Before after.\n\nIn the box.\n\nAnd more.\n\nNext.\n"},
		"text of a drawing":    {`<w:p><w:r><w:drawing><a:p><a:t>LEAK</a:t></a:p></w:drawing></w:r>` + run("Words.") + `</w:p>`, "Words.\n"},
		"ruby":                 {`<w:p><w:r><w:ruby><w:rt><w:r><w:t>LEAK</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "港\n"},
		"an empty paragraph":   {`<w:p/>` + para("", "One.") + `<w:p/><w:p/>` + para("", "Two."), "One.\n\nTwo.\n"},
		"spaces that are kept": {para("", "5\u00a0km\u2009on &amp; &lt;b&gt;"), "5\u00a0km\u2009on & <b>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, makeDOCX(t, c.body), Options{Name: "story.txt"})
			if got.Article.Body != c.want {
				t.Errorf("got  %q\nwant %q", got.Article.Body, c.want)
			}
			if o := got.Article.Original; o.Format != FormatDOCX || o.Encoding != "UTF-8" {
				t.Errorf("recorded as %+v", o)
			}
		})
	}
}

func TestCommentsAndNotesOfWordStandAtTheirWords(t *testing.T) {
	body := para("T", "The pier closes") + `<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>council will</w:t></w:r>` +
		`<w:r><w:t xml:space="preserve"> close it</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>` +
		`<w:r><w:t xml:space="preserve"> See </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>the statement</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> </w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://field.example/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:t>.</w:t><w:endnoteReference w:id="3"/><w:commentReference w:id="1"/></w:r></w:p>`
	res := mustRead(t, makeDOCX(t, body), Options{})
	const want = "The pier closes\n\nThe council will close it. See the statement here.\n"
	if res.Article.Body != want || res.Article.Title != "The pier closes" {
		t.Fatalf("title %q, text %q", res.Article.Title, res.Article.Body)
	}
	checkHints(t, res, []Hint{
		{Kind: HintComment, Text: "council will close it", URL: "https://unodc.example/r.pdf", Note: "See UNODC 2024, https://unodc.example/r.pdf.", By: "Mara Lind"},
		{Kind: HintFootnote, Text: "it.", URL: "https://town.example/budget", Note: "The budget (https://town.example/budget), p. 3"},
		{Kind: HintLink, Text: "the statement", URL: "https://harbour.example/statement"},
		{Kind: HintLink, Text: "here", URL: "https://field.example/"},
		{Kind: HintEndnote, Text: "here.", Note: "An endnote."},
		{Kind: HintComment, Text: "here.", Note: "On no words.", By: "B"},
	})
}

func checkHints(t *testing.T, res *Result, want []Hint) {
	t.Helper()
	if len(res.Hints) != len(want) {
		t.Fatalf("%d hints, want %d: %+v", len(res.Hints), len(want), res.Hints)
	}
	for _, w := range want {
		found := false
		for _, h := range res.Hints {
			h.Span.Start, h.Span.End = 0, 0
			found = found || h == w
		}
		if !found {
			t.Errorf("no %+v in %+v", w, res.Hints)
		}
	}
}

const odfNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"`

func makeODT(t testing.TB, body string, more ...zipped) string {
	t.Helper()
	parts := append([]zipped{
		{"mimetype", "application/vnd.oasis.opendocument.text"},
		{"META-INF/manifest.xml", `<manifest/>`},
		{"styles.xml", `<office:document-styles ` + odfNS + `><office:styles><style:style style:name="Title"/><text:list-style style:name="Bul"><text:list-level-style-bullet text:level="1"/></text:list-style></office:styles><office:master-styles><style:master-page><style:header><text:p>LEAK</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`},
		{"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odfNS + `><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`},
	}, more...)
	return makeZip(t, parts...)
}

func TestOpenDocumentTexts(t *testing.T) {
	p := func(s string) string { return `<text:p>` + s + `</text:p>` }
	li := func(s string) string { return `<text:list-item>` + s + `</text:list-item>` }
	for name, c := range map[string]struct{ body, want string }{
		"headings and paragraphs":  {`<text:h text:outline-level="2">Head</text:h>` + p("One. <text:span>Two</text:span>."), "Head\n\nOne. Two.\n"},
		"spaces, tabs, line ends":  {p(`a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d`), "a b c\nd\n"},
		"what is deleted is gone":  {`<text:tracked-changes><text:changed-region><text:deletion>` + p("LEAK") + `</text:deletion></text:changed-region></text:tracked-changes>` + p(`It <text:change-start text:change-id="c"/>rains<text:change-end text:change-id="c"/>.`), "It rains.\n"},
		"lists":                    {`<text:list text:style-name="L1">` + li(p("One")+p("more")+`<text:list>`+li(p("in"))+`</text:list>`) + li(p("Two")) + `</text:list>` + p("Words.") + `<text:list text:style-name="L1">` + li(p("Anew")) + `</text:list><text:list text:style-name="Bul">` + li(p("Dot")) + `</text:list>`, "1. One\nmore\n  - in\n2. Two\n\nWords.\n\n1. Anew\n\n- Dot\n"},
		"a list that goes on":      {`<text:list text:style-name="L1">` + li(p("One")) + `</text:list>` + p("Words.") + `<text:list text:style-name="L1" text:continue-numbering="true">` + li(p("Two")) + `</text:list>`, "1. One\n\nWords.\n\n2. Two\n"},
		"a table":                  {`<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell>` + p("Year") + `</table:table-cell><table:table-cell>` + p("Cost") + `</table:table-cell></table:table-row></table:table>` + p("After."), "Year | Cost\n\nAfter.\n"},
		"a picture and its box":    {p(`Before <draw:frame><svg:title>LEAK</svg:title><svg:desc>LEAK</svg:desc><draw:text-box>` + p("In the box.") + `</draw:text-box></draw:frame>after.`), "Before after.\n\nIn the box.\n"},
		"a section that is hidden": {`<text:section text:display="none">` + p("SECRET") + `</text:section><text:section>` + p("Shown.") + `</text:section>`, "Shown.\n"},
		"contents and forms":       {`<office:forms><x>LEAK</x></office:forms><text:table-of-content><text:index-body>` + p("LEAK") + `</text:index-body></text:table-of-content>` + p("Kept."), "Kept.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, makeODT(t, c.body), Options{})
			if got.Article.Body != c.want || got.Article.Original.Format != FormatODT {
				t.Errorf("got  %q (%s)\nwant %q", got.Article.Body, got.Article.Original.Format, c.want)
			}
		})
	}
}

func TestCommentsAndNotesOfOpenDocumentStandAtTheirWords(t *testing.T) {
	comment := `<dc:creator>Mara Lind</dc:creator><dc:date>2025-10-24</dc:date><text:p>See <text:a xlink:href="https://unodc.example/r">the report</text:a></text:p>`
	body := `<text:p text:style-name="P1">The pier closes</text:p><text:p>A claim<text:note text:id="f" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A footnote sentence.</text:p></text:note-body></text:note>. ` +
		`The <office:annotation office:name="c1">` + comment + `</office:annotation>council will<office:annotation-end office:name="c1"/> close it<office:annotation>` + comment + `</office:annotation>. <text:a xlink:href="https://x.example/">Here</text:a>.</text:p>`
	res := mustRead(t, makeODT(t, body), Options{})
	if want := "The pier closes\n\nA claim. The council will close it. Here.\n"; res.Article.Body != want || res.Article.Title != "The pier closes" {
		t.Fatalf("title %q, text %q", res.Article.Title, res.Article.Body)
	}
	checkHints(t, res, []Hint{
		{Kind: HintFootnote, Text: "claim", Note: "A footnote sentence."},
		{Kind: HintComment, Text: "council will", URL: "https://unodc.example/r", Note: "See the report (https://unodc.example/r)", By: "Mara Lind"},
		{Kind: HintComment, Text: "it", URL: "https://unodc.example/r", Note: "See the report (https://unodc.example/r)", By: "Mara Lind"},
		{Kind: HintLink, Text: "Here", URL: "https://x.example/"},
	})
}

// The title in the properties is the last that is asked: offices fill it in
// once and copy it for years.
func TestATitleInThePropertiesComesLast(t *testing.T) {
	core := zipped{"docProps/core.xml", `<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Old template</dc:title></cp>`}
	if got := mustRead(t, makeDOCX(t, para("", "It rained on Monday."), core), Options{}).Article.Title; got != "Old template" {
		t.Errorf("title %q", got)
	}
	withHead := makeDOCX(t, para("berschrift1", "The pier closes")+para("", "It rained on Monday, the council said."), core)
	if got := mustRead(t, withHead, Options{}).Article.Title; got != "The pier closes" {
		t.Errorf("title %q", got)
	}
}

func TestHostileArchivesEndInAClearError(t *testing.T) {
	good := makeDOCX(t, para("", "Words."))
	zeros := strings.Repeat(" ", 64<<20)
	entries := make([]zipped, maxEntries+1)
	for i := range entries {
		entries[i].name = "x" + strings.Repeat("y", i%7)
	}
	for name, c := range map[string]struct {
		raw string
		is  error
	}{
		"cut off":                   {good[:len(good)/2], ErrDamaged},
		"cut off at its last byte":  {good[:len(good)-1], ErrDamaged},
		"a wrong count of entries":  {good[:len(good)-12] + "\x63\x00" + good[len(good)-10:], ErrDamaged},
		"nothing but an end":        {"PK\x05\x06" + strings.Repeat("\x00", 18), ErrBinary},
		"more entries than any":     {makeZip(t, entries...), ErrTooLarge},
		"a bomb":                    {makeDOCX(t, para("", zeros)), ErrTooLarge},
		"a bomb between the parts":  {makeDOCX(t, para("", "Words."), zipped{"word/comments.xml", "<c>" + zeros + "</c>"}), ErrTooLarge},
		"entities that grow":        {makeDOCX(t, "", zipped{"word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x><w:t>&b;</w:t></x>`}), ErrDamaged},
		"an entity from a file":     {makeDOCX(t, "", zipped{"word/document.xml", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><w:t>&a;</w:t></x>`}), ErrDamaged},
		"nested without end":        {makeDOCX(t, strings.Repeat("<w:tbl>", 100_000)), ErrTooLarge},
		"nested boxes":              {makeDOCX(t, strings.Repeat("<w:p><w:txbxContent>", 1000)), ErrTooLarge},
		"a tag without end":         {makeDOCX(t, "<w:p "+strings.Repeat(`a="`+strings.Repeat("x", 7)+`" `, 1<<20)+"/>"), ErrTooLarge},
		"elements that never close": {makeDOCX(t, "", zipped{"word/document.xml", "<w:document><w:body><w:p>"}), ErrDamaged},
		"no XML at all":             {makeDOCX(t, "", zipped{"word/document.xml", "Words."}), nil},
		"an encoding of its own":    {makeDOCX(t, "", zipped{"word/document.xml", `<?xml version="1.0" encoding="klingon"?><x/>`}), ErrDamaged},
		"no text part":              {makeZip(t, zipped{"[Content_Types].xml", "<x/>"}), ErrDamaged},
		"a workbook":                {makeZip(t, zipped{"[Content_Types].xml", "<x/>"}, zipped{"xl/workbook.xml", "<x/>"}), ErrBinary},
		"slides":                    {makeZip(t, zipped{"mimetype", "application/vnd.oasis.opendocument.presentation"}), ErrBinary},
		"some archive":              {makeZip(t, zipped{"../../etc/passwd", "x"}), ErrBinary},
		"an ODT without text part":  {makeZip(t, zipped{"mimetype", "application/vnd.oasis.opendocument.text"}), ErrDamaged},
		"an ODT with a password":    {makeODT(t, "", zipped{"META-INF/manifest.xml", ""})[:0] + lockedODT(t), ErrLocked},
		"a locked entry":            {strings.ReplaceAll(good, "PK\x01\x02\x14\x00\x14\x00\x08\x00", "PK\x01\x02\x14\x00\x14\x00\x09\x00"), ErrLocked},
		"a DOCX with a password":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100) + string(wide("EncryptedPackage")), ErrLocked},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), strings.NewReader(c.raw), Options{Name: "story.docx"})
			var e *Error
			if !errors.As(err, &e) || e.Input != "story.docx" || e.Next == "" || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v, want %v", err, c.is)
			}
		})
	}
}

func lockedODT(t testing.TB) string {
	return makeZip(t, zipped{"mimetype", "application/vnd.oasis.opendocument.text"}, zipped{"META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"}, zipped{"content.xml", "\x93\x01"})
}

// Names with dots and slashes choose no file.
func TestNamesInArchivesAreNoFileNames(t *testing.T) {
	evil := makeDOCX(t, para("", "Words."), zipped{"../../../../tmp/stet-evil", "x"}, zipped{"/etc/stet-evil", "x"})
	if got := mustRead(t, evil, Options{}).Article.Body; got != "Words.\n" {
		t.Errorf("text %q", got)
	}
}

func TestDocumentsInUTF16(t *testing.T) {
	xml := `<?xml version="1.0" encoding="UTF-16"?><w:document ` + wordNS + `><w:body>` + para("", "Straße “eins”.") + `</w:body></w:document>`
	raw := makeZip(t, zipped{"word/document.xml", "\xff\xfe" + must16(xml)})
	if got := mustRead(t, raw, Options{}).Article.Body; got != "Straße “eins”.\n" {
		t.Errorf("text %q", got)
	}
}
