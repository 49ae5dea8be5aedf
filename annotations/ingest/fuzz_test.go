package ingest

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// FuzzRead: whatever the bytes, Read gives an article that keeps the promises
// of the package, the same twice, or an error that says what to do.
func FuzzRead(f *testing.F) {
	seeds := 0
	add := func(raw string, format uint8) {
		f.Add([]byte(raw), format)
		seeds++
	}
	files, err := filepath.Glob("testdata/in/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for format := range uint8(4) {
			add(string(raw), format)
		}
	}
	for _, text := range hostilePages(40) {
		add(text, 3)
	}
	for _, text := range hostileMarkdown(100) {
		add(text, 2)
	}
	for _, text := range paragraphs {
		add(text, 0)
		add(must16(text), 0)
	}
	if seeds < 100 || len(files) == 0 {
		f.Fatalf("only %d seeds from %d files", seeds, len(files))
	}
	f.Setenv("PATH", f.TempDir()) // other programs are not what is tested here
	formats := []string{"", FormatText, FormatMarkdown, FormatHTML}
	f.Fuzz(func(t *testing.T, raw []byte, format uint8) {
		opt := Options{Format: formats[int(format)%len(formats)], URL: "https://x.example/a/"}
		kept := bytes.Clone(raw)
		res, err := Read(t.Context(), bytes.NewReader(raw), opt)
		if !bytes.Equal(kept, raw) {
			t.Fatal("the input was changed")
		}
		if err != nil {
			checkHelp(t, err)
			return
		}
		checkResult(t, res)
		again, err := Read(t.Context(), bytes.NewReader(raw), opt)
		if err != nil || again.Article.ID != res.Article.ID || describe(again) != describe(res) {
			t.Fatalf("another result for the same bytes: %v", err)
		}
		if res.Article.Original.Format == FormatText {
			textAgain(t, res)
		}
	})
}

// checkHelp: an error says where, what and what next, and is of a known kind.
func checkHelp(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Input == "" || e.Why == "" || e.Next == "" {
		t.Fatalf("an error without help: %v", err)
	}
	for _, kind := range []error{ErrBinary, ErrTooLarge, ErrFormat, ErrEncoding, ErrDamaged, ErrLocked, ErrProgram, ErrSeveral, annotations.ErrEmpty} {
		if errors.Is(err, kind) {
			return
		}
	}
	t.Fatalf("an error of no kind: %v", err)
}

// fuzzAll: whatever the bytes, All gives articles that keep the promises of the
// package, the same twice, or errors that say what to do.
func fuzzAll(t *testing.T, raw string, opt Options) {
	t.Helper()
	var twice [2]string
	for i := range twice {
		var b strings.Builder
		for res, err := range All(t.Context(), strings.NewReader(raw), opt) {
			if err != nil {
				checkHelp(t, err)
				b.WriteString(err.Error() + "\n")
				continue
			}
			checkResult(t, res)
			b.WriteString(res.Part + "\n" + describe(res))
		}
		twice[i] = b.String()
	}
	if twice[0] != twice[1] || twice[0] == "" {
		t.Fatalf("nothing, or something else the second time:\n%s\n%s", twice[0], twice[1])
	}
}

// seedsOf adds a corpus and proves that there is one.
func seedsOf(f *testing.F, least int, list ...string) {
	f.Helper()
	if len(list) < least {
		f.Fatalf("only %d seeds", len(list))
	}
	for _, s := range list {
		f.Add(s)
	}
	f.Setenv("PATH", f.TempDir())
}

func FuzzDOCX(f *testing.F) {
	seedsOf(f, 8, para("T", "Title")+para("berschrift1", "Head")+para("Loop", "Words."), item("1", "0", "a")+item("2", "8", "b")+item("2", "0", "c"),
		`<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>`+para("", "a")+`</w:tc><w:tc><w:tbl><w:tr><w:tc>`+para("", "b")+`</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t><w:commentReference w:id="0"/></w:r></w:p><w:p><w:commentRangeStart w:id="1"/><w:r><w:t>b</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://x.example"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>x</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:r><w:t>a</w:t><w:txbxContent><w:p><w:r><w:t>b</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:txbxContent></w:r></w:p>`,
		`</w:p></w:tbl></w:tc><w:p>`, `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr></w:sdt><w:t>x</w:t>`)
	f.Fuzz(func(t *testing.T, body string) { fuzzAll(t, makeDOCX(t, body), Options{Name: "a.docx"}) })
}

func FuzzODT(f *testing.F) {
	seedsOf(f, 6, `<text:h text:outline-level="2">Head</text:h><text:p text:style-name="P1">One.</text:p>`,
		`<text:list text:style-name="L1"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>`,
		`<text:p>a<text:note text:note-class="endnote"><text:note-body><text:p>n <text:a xlink:href="https://x.example">l</text:a></text:p></text:note-body></text:note></text:p>`,
		`<text:p><office:annotation office:name="c"><dc:creator>M</dc:creator><text:p>x</text:p></office:annotation>w<office:annotation-end office:name="c"/></text:p>`,
		`<table:table><table:table-column table:number-columns-repeated="999999999"/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>`,
		`<text:p>a<draw:text-box><text:p>b</text:p></draw:text-box></text:p></text:list></text:p>`)
	f.Fuzz(func(t *testing.T, body string) { fuzzAll(t, makeODT(t, body), Options{Name: "a.odt"}) })
}

// FuzzArchive takes whole archives, damaged in any way.
func FuzzArchive(f *testing.F) {
	docx, odt := makeDOCX(f, para("", "Words.")), makeODT(f, "<text:p>Words.</text:p>")
	seedsOf(f, 5, docx, odt, docx[:len(docx)/2], docx[:len(docx)-1], makeZip(f, zipped{"mimetype", "application/epub+zip"}), "PK\x05\x06"+strings.Repeat("\x00", 18))
	f.Fuzz(func(t *testing.T, raw string) {
		if strings.HasPrefix(raw, "PK") {
			fuzzAll(t, raw, Options{Name: "a.docx"})
		}
	})
}

func FuzzMHTML(f *testing.F) {
	seedsOf(f, 4, mhtmlOf("", "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64", "PHA+V29yZHMg\r\n4oCTIHNhaWQu"),
		mhtmlOf("Snapshot-Content-Location: https://h.example/\r\n", "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable", "=E2=80=93 x=\r\ny"),
		"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=b\n\n--b\n", "A: b\nContent-Type: text/html\n\n<p>Words.")
	f.Fuzz(func(t *testing.T, raw string) { fuzzAll(t, raw, Options{Name: "a.mht", Format: FormatMHTML}) })
}

func FuzzJSON(f *testing.F) {
	seedsOf(f, 7, "{\"text\":\"One.\"}\nx\n{\"text\":\"a\\u0000\"}", `[{"data":{"text":"a"}},7,{"text":"b","title":"c","url":"https://x.example"}]`, "{\n\"text\":\"a\"}{\"text\":\"b\"}",
		`{"text":"a","meta":{"source":"d#1","paragraph":1},"_input_hash":1}`+"\n"+`{"text":"b","meta":{"source":"d#2","paragraph":1.5},"tokens":[]}`, "[[[[", `{"format":"stet-export"}`, `{"text":"\ud800","published":"x","language":"en"}`)
	f.Fuzz(func(t *testing.T, raw string) { fuzzAll(t, raw, Options{Name: "a.jsonl"}) })
}

func FuzzFeed(f *testing.F) {
	seedsOf(f, 5, `<rss><channel><title>T</title><item><title>a</title><description>&lt;p&gt;b&nbsp;c</description></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div><p>a</p></div></content><author><name>n</name></author></entry></feed>`,
		`<rss><item><pubDate>Fri, 24 Oct 2025 08:05:00 GMT</pubDate><encoded><![CDATA[<p>a</p><p>The post x appeared first on y</p>]]></encoded></item>`, `<rdf:RDF><item/></rdf:RDF>`, `<rss></item></rss><item>`)
	f.Fuzz(func(t *testing.T, raw string) { fuzzAll(t, raw, Options{Name: "a.rss", Format: FormatFeed}) })
}

// FuzzPDFWords takes what pdftotext writes, or might.
func FuzzPDFWords(f *testing.F) {
	seedsOf(f, 5, `<line><line><word>x</word></page>`, `<page height="800"><block xMin="1"><line xMin="1" yMin="2" xMax="3" yMax="14"><word>a-</word></line><line><word>b</word></line></block></page>`,
		`<line><word>x</word></line><line yMin="NaN" yMax="Inf"><word>•</word></line>`, `<word>x</word><line></line>`, `<line><word>-</word></line><line><word>1.</word></line><line><word>港</word></line>`)
	f.Fuzz(func(t *testing.T, raw string) {
		lines, err := pdfLines(t.Context(), strings.NewReader(withoutControls([]byte(raw))))
		if err != nil || len(lines) == 0 {
			return
		}
		kept, dropped := withoutRunningHeads(lines)
		if len(kept)+dropped != len(lines) {
			t.Fatalf("%d and %d of %d lines", len(kept), dropped, len(lines))
		}
		j := &job{}
		body := j.pdfText(lines)
		var printed strings.Builder
		for i := range lines {
			printed.WriteString(lines[i].text())
		}
		if squeeze(body) != squeeze(printed.String()) {
			t.Fatalf("%q became %q", printed.String(), body)
		}
		for _, k := range j.kinds {
			if err := k.span.Check(body); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// textAgain: what came from plain text comes back from it.
func textAgain(t *testing.T, res *Result) {
	t.Helper()
	again, err := Read(t.Context(), strings.NewReader(res.Article.Body), Options{Format: FormatText, Encoding: "utf-8"})
	if errors.Is(err, ErrBinary) {
		return // the words of another encoding may spell a signature
	}
	if err != nil || again.Article.Body != res.Article.Body || again.Article.ID != res.Article.ID {
		t.Fatalf("the text does not come back: %v", err)
	}
}

func must16(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r > 0xffff {
			r = '?'
		}
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// FuzzHead: the readers of dates, datelines and bylines take any line, and what
// they call a date is one.
func FuzzHead(f *testing.F) {
	for _, s := range []string{
		"date 2025-10-24 (CNN) — The", "LONDON, Oct. 24, 2025 (Reuters) - A", "By Jane Doe | 24 October 2025", "Title: x", "2025年10月24日",
		"24.10.2025 08:05", "CNN — x", "Published: 5/5/2025", "(", "‐ (AP) —", "2025-10-24T08:05:00Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if iso, ok := parseDate(line); ok {
			if again, ok := parseDate(iso); !ok || again != iso {
				t.Errorf("%q read as %q, which reads as %q", line, iso, again)
			}
		}
		if d, ok := parseDateline(line); ok && (d.outlet == "" || !strings.Contains(line, d.outlet)) {
			t.Errorf("%q has the outlet %q", line, d.outlet)
		}
		var facts facts
		facts.readLine(line)
		if u := facts.url.value; u != "" && cleanURL(u) != u {
			t.Errorf("%q gives the URL %q", line, u)
		}
		foldedTwice := foldField(foldField(line, 40), 40)
		if foldedTwice != foldField(line, 40) || len(foldedTwice) > 40 {
			t.Errorf("%q folds to %q", line, foldedTwice)
		}
	})
}
