package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// came writes what All yields, one line each, for a comparison.
func came(t *testing.T, raw string, opt Options) []string {
	t.Helper()
	var out []string
	last := 0.0
	for res, err := range All(t.Context(), strings.NewReader(raw), opt) {
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Input == "" || e.Why == "" || e.Next == "" {
				t.Errorf("an error without help: %v", err)
			}
			out = append(out, "error: "+err.Error())
			continue
		}
		checkResult(t, res)
		if res.Done < last || res.Done > 1 {
			t.Errorf("%s: %v of the file is read, after %v", res.Part, res.Done, last)
		}
		last = res.Done
		a := res.Article
		out = append(out, fmt.Sprintf("%s: %s|%s|%s|%s|%s|%s|%s", res.Part, a.Title, a.URL, a.Outlet, a.Byline, a.Published, a.Language, a.Body))
	}
	return out
}

func wantLines(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w && !(strings.HasPrefix(w, "error: ") && strings.HasPrefix(g, w)) {
			t.Errorf("no. %d\ngot  %q\nwant %q", i+1, g, w)
		}
	}
}

func TestArticlesALine(t *testing.T) {
	raw := `{"text":"UNODC says 😀. Two.\r\nThree.","title":"T","url":"https://x.example/a","published":"24 October 2025","language":"en","outlet":"O","byline":"By Jane Doe","label":[[0,3,"x"]]}
not json
{"data":{"text":"A task’s text.","lang":"en","title":9}}
{"notext":1,"b":2}

{"text":7}
{"text":"   "}
{"text":"a\u0000b"}
["x"]
{"text":"A last one.","language":"en"}`
	wantLines(t, came(t, raw, Options{Name: "dir/stories.jsonl"}), []string{
		"line 1: T|https://x.example/a|O|Jane Doe|2025-10-24|en|UNODC says 😀. Two.\nThree.",
		"error: dir/stories.jsonl, line 2: this is no JSON: ",
		"line 3: |||||en|A task’s text.",
		`error: dir/stories.jsonl, line 4: it has no text, only "b", "notext"; `,
		"error: dir/stories.jsonl, line 6: it has no text, ",
		"error: dir/stories.jsonl, line 7: ",
		"error: dir/stories.jsonl, line 8: its text holds a NUL character at byte 1, ",
		"error: dir/stories.jsonl, line 9: this is no JSON object; ",
		"line 10: |||||en|A last one.",
	})
}

func TestFilesOfTasks(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"Label Studio's list":  {"[\n {\"id\":1,\"data\":{\"text\":\"One.\",\"lang\":\"en\"},\n \"annotations\":[{\"result\":[]}]},\n 7, {\"data\":{\"text\":\"Two.\",\"lang\":\"en\"}}]", []string{"item 1: |||||en|One.", "error: x.json, item 2: this is no JSON object", "item 3: |||||en|Two."}},
		"cut off inside":       {`[{"text":"One.","lang":"en"},{"text":"Tw`, []string{"item 1: |||||en|One.", "error: x.json, item 2: the JSON ends too early"}},
		"cut off behind":       {`[{"text":"One.","lang":"en"}`, []string{"item 1: |||||en|One.", "error: x.json, item 2: the JSON ends too early"}},
		"one object, indented": {"{\n  \"text\": \"One.\",\n  \"lang\": \"en\"\n}\n", []string{"item 1: |||||en|One."}},
		"objects, indented":    {"{\n\"text\": \"One.\",\"lang\":\"en\"}\n{\n\"text\":\"Two.\",\"lang\":\"en\"}", []string{"item 1: |||||en|One.", "item 2: |||||en|Two."}},
		"an empty list":        {"[]", []string{"error: x.json: it holds no article"}},
		// Told that it had no text but "text", a user was to name the text "text".
		"a number for a text": {`{"text":5}` + "\n" + `{"text":null}`, []string{`error: x.json, line 1: it has no text, for what stands under "text" is none; write the words as one JSON string`, `error: x.json, line 2: it has no text, for what stands under "text" is none; write the words as one JSON string`}},
		"nothing of ours":     {`{"name":"package","version":"1"}`, []string{`error: x.json, line 1: it has no text, only "name", "version"`}},
		"stet's own export":   {`{"format":"stet-export","version":1,"articles":[]}`, []string{"error: x.json, line 1: this is an export of stet"}},
		"nested without end":  {strings.Repeat("[", 200_000), []string{"error: x.json, item 1: this is no JSON: "}},
	} {
		t.Run(name, func(t *testing.T) { wantLines(t, came(t, c.raw, Options{Name: "x.json"}), c.want) })
	}
}

func TestSentencesOfProdigyAreJoined(t *testing.T) {
	raw := `{"text":"One.","meta":{"source":"doc-1#s1","paragraph":1},"_input_hash":1,"_annotator_id":"a"}
{"text":"One.","meta":{"source":"doc-1#s1","paragraph":1},"_input_hash":1,"_annotator_id":"b"}
{"text":"Two.","meta":{"source":"doc-1#s2","paragraph":1},"_input_hash":2}
{"text":"Three.","meta":{"source":"doc-1#s3","paragraph":2},"_input_hash":3}
{"text":"Alone.","meta":{"source":"elsewhere"},"_input_hash":4,"language":"en"}
{"text":"A.","meta":{"doc_id":7},"tokens":[],"language":"en"}
{"text":"B.","meta":{"doc_id":7},"tokens":[]}
{"text":"No mark of Prodigy.","meta":{"doc_id":7},"language":"en"}`
	wantLines(t, came(t, raw, Options{Name: "p.jsonl", Lang: "en"}), []string{
		"line 5: |||||en|Alone.",
		"line 8: |||||en|No mark of Prodigy.",
		"doc-1, from line 1: |||||en|One. Two.\n\nThree.",
		"7, from line 6: |||||en|A.\nB.",
	})
}

func TestFeeds(t *testing.T) {
	rss := `<?xml version="1.0" encoding="ISO-8859-1"?><!-- x -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour Post</title><link>https://h.example</link><language>en-gb</language><image><title>Logo</title></image>
<item><title>Pier &amp;amp; boats</title><media:title>NO</media:title><link>https://h.example/1</link><dc:creator>Jane Doe</dc:creator><pubDate>Fri, 24 Oct 2025 08:05:00 +0100</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The pier &amp; the <a href="/x">caf` + "\xe9" + `s</a> close.</p><p>Why?</p><p>The post <a href="a">Pier</a> appeared first on <a href="b">HP</a>.</p>]]></content:encoded></item>
<item><title>Two</title><link>https://h.example/2</link><author>jd@h.example (John Roe)</author><description>Just a &lt;b&gt;summary&lt;/b&gt;.&nbsp;End.</description></item>
<item><title>Three</title></item></channel></rss>`
	wantLines(t, came(t, rss, Options{Name: "f.xml"}), []string{
		"entry 1: Pier & boats|https://h.example/1|Harbour Post|Jane Doe|2025-10-24T08:05:00+01:00|en-GB|The pier & the cafés close.\n\nWhy?\n",
		"entry 2: Two|https://h.example/2|Harbour Post|John Roe||en-GB|Just a summary.\u00a0End.\n",
		"error: f.xml, entry 3: it has no text, only a title",
	})
	atom := `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title><author><name>Owner</name></author>
<entry><title type="html">Eins</title><link rel="self" href="https://b.example/self"/><link href="https://b.example/1"/><author><name>Max Muster</name><email>m@b.example</email></author><author><name>Eva</name></author><updated>2025-10-24T08:05:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der &lt;Hafen&gt;. <a href="https://q.example/">Quelle</a>.</p></div></content></entry>
<entry><title>Zwei</title><id>https://b.example/2</id><summary>Nur &lt;Text&gt;.</summary></entry></feed>`
	wantLines(t, came(t, atom, Options{}), []string{
		"entry 1: Eins|https://b.example/1|Blatt|Max Muster, Eva|2025-10-24T08:05:00Z|de|Der <Hafen>. Quelle.\n",
		"entry 2: Zwei|https://b.example/2|Blatt|||de|Nur <Text>.\n",
	})
	for name, c := range map[string]struct{ raw, want string }{
		"other XML":          {`<?xml version="1.0"?><urlset><url/></urlset>`, "error: f.xml, entry 1: this XML is no RSS or Atom feed"},
		"cut off":            {`<rss><channel><item><title>x`, "error: f.xml, entry 1: the feed is cut off or damaged"},
		"nested without end": {`<rss><channel><item>` + strings.Repeat("<a>", 10_000), "error: f.xml, entry 1: the feed is no document that a person wrote"},
		"entities that grow": {`<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><description>&a; stays.</description></item></channel></rss>`, "entry 1: ||||||&a; stays.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := came(t, c.raw, Options{Name: "f.xml"})
			if len(got) == 1 {
				got[0] = strings.Replace(got[0], "|en|", "||", 1)
			}
			wantLines(t, got, []string{c.want})
		})
	}
}

func TestASummaryOfAFeedIsSaidToBeOne(t *testing.T) {
	res := mustRead(t, `<rss><channel><item><description>Cut off in the</description></item></channel></rss>`, Options{})
	for _, n := range res.Notices {
		if n.Caution && strings.Contains(n.Text, "summary") {
			return
		}
	}
	t.Errorf("no word of it in %+v", res.Notices)
}

func TestReadTakesOneArticleOnly(t *testing.T) {
	one := `{"text":"One says so."}`
	if got := mustRead(t, one, Options{}).Article.Body; got != "One says so." {
		t.Errorf("text %q", got)
	}
	_, err := Read(t.Context(), strings.NewReader(one+"\n"+one), Options{Name: "s.jsonl"})
	if !errors.Is(err, ErrSeveral) || !strings.Contains(err.Error(), "stet import") {
		t.Errorf("%v", err)
	}
}

// A caller may leave off at any article, and a cancelled context ends the rest.
func TestTheIterationEndsWhenAsked(t *testing.T) {
	raw := strings.Repeat(`{"text":"One says so."}`+"\n", 50)
	n := 0
	for range All(t.Context(), strings.NewReader(raw), Options{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d came", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	n = 0
	for res, err := range All(ctx, strings.NewReader(raw), Options{}) {
		if n++; n == 2 {
			cancel()
		}
		if last = err; err == nil && res == nil {
			t.Error("neither an article nor an error")
		}
	}
	if n != 3 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d came, the last with %v", n, last)
	}
}

func mhtmlOf(header, part, body string) string {
	return header + "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----b\r\n" + part + "\r\n\r\n" + body + "\r\n----b--\r\n"
}

func TestPagesSavedInOneFile(t *testing.T) {
	page := "<title>T</title><article><h1>T</h1>" + strings.Repeat("<p>Die Stra=DFe ist zu, sagt der Rat, und zwar l=\r\nang, wie <a href=3D\"/rel\">hier</a> steht.</p>", 6) + "</article>"
	blink := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://h.example/page?x=1\r\nSubject: x\r\n"
	res := mustRead(t, mhtmlOf(blink, "Content-Type: text/html; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://h.example/page", page), Options{Name: "p.mht"})
	a := res.Article
	if !strings.HasPrefix(a.Body, "Die Straße ist zu, sagt der Rat, und zwar lang, wie hier steht.\n\n") || a.URL != "https://h.example/page?x=1" || a.Original.Format != FormatMHTML || a.Original.Encoding != "windows-1252" {
		t.Errorf("%+v\n%s", a.Meta, a.Body)
	}
	if len(res.Hints) != 6 || res.Hints[0].URL != "https://h.example/rel" {
		t.Errorf("hints %+v", res.Hints)
	}
	base64 := mhtmlOf(blink, "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64", "PHA+V29yZHMg\r\n4oCTIHNhaWQu\r\nPC9wPg==")
	if got := mustRead(t, base64, Options{}).Article.Body; got != "Words – said.\n" {
		t.Errorf("text %q", got)
	}
	deep := "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Words.</p>\n--b--\n--a--\n"
	if got := mustRead(t, deep, Options{}).Article.Body; got != "Words.\n" {
		t.Errorf("text %q", got)
	}
	matryoshka := "MIME-Version: 1.0\n" + strings.Repeat("Content-Type: multipart/related; boundary=a\n\n--a\n", 20)
	for name, raw := range map[string]string{
		"cut off":        base64[:len(base64)-30],
		"no page":        mhtmlOf(blink, "Content-Type: text/css", "x"),
		"no boundary":    "MIME-Version: 1.0\nContent-Type: multipart/related\n\nx",
		"nested":         matryoshka,
		"bad base64":     mhtmlOf(blink, "Content-Type: text/html\r\nContent-Transfer-Encoding: base64", "%%%%"),
		"header only":    blink + "Content-Type: multipart/related",
		"bad quoting":    mhtmlOf(blink, "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable", "=Q\x01\x02"),
		"a header bomb":  "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n" + strings.Repeat("X: y\n", 1<<20) + "\n",
		"parts and more": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + strings.Repeat("--a\nContent-Type: text/css\n\n", maxMIMEParts+1),
	} {
		_, err := Read(t.Context(), strings.NewReader(raw), Options{Name: "p.mht"})
		var e *Error
		if !errors.As(err, &e) || e.Next == "" || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, annotations.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a server says of the encoding is believed where the bytes do not know
// better.
func TestACarriersCharset(t *testing.T) {
	for name, c := range map[string]struct{ raw, charset, want string }{
		"it tells 8-bit encodings apart":        {"Caf\xe9", "iso-8859-2", "ISO-8859-2"},
		"bytes that are UTF-8 know better":      {"Café", "windows-1252", "UTF-8"},
		"so does a byte order mark":             {"\xff\xfea\x00b\x00", "utf-8", "UTF-16LE"},
		"ISO-2022-JP looks like ASCII":          {"\x1b$B4A;z\x1b(B.", "iso-2022-jp", "ISO-2022-JP"},
		"a name that is none":                   {"Café", "klingon", "UTF-8"},
		"it goes before the page's declaration": {"<!doctype html><meta charset=windows-1251><p>Caf\xe9 noir", "windows-1252", "windows-1252"},
	} {
		if got := mustRead(t, c.raw, Options{Charset: c.charset}).Article.Original.Encoding; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhereAPageWasFetched(t *testing.T) {
	page := func(head string) string {
		return "<!doctype html>" + head + strings.Repeat("<p>The council will close the pier, it said, and <a href=rel>more</a>, long enough to count.</p>", 6)
	}
	at := "https://h.example/news/1?utm=x"
	for name, c := range map[string]struct{ raw, want string }{
		"its own address":                    {page(""), at},
		"a canonical link goes first":        {page(`<link rel=canonical href="/news/1">`), "https://h.example/news/1"},
		"but not to the site's home page":    {page(`<link rel=canonical href="https://h.example/">`), at},
		"og:url counts when nothing else is": {page(`<meta property="og:url" content="https://h.example/og">`), "https://h.example/og"},
	} {
		res := mustRead(t, c.raw, Options{Address: at, Format: FormatHTML})
		if res.Article.URL != c.want || len(res.Hints) == 0 || res.Hints[0].URL != "https://h.example/news/rel" {
			t.Errorf("%s: %s, %+v", name, res.Article.URL, res.Hints)
		}
	}
}
