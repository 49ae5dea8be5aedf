package ingest

import (
	"os/exec"
	"strings"
	"testing"
)

func TestSignsOfFontsBecomeTheirCharacters(t *testing.T) {
	for _, c := range []struct {
		font  string
		place uint64
		want  rune // 0: it has none
	}{
		{"Symbol", 0xF061, 'α'}, {"Symbol", 0xF044, 'Δ'}, {"Symbol", 0xF057, 'Ω'}, {"Symbol", 0xF07E, '∼'}, {"Symbol", 0xF0B7, '•'}, {"Symbol", 0xB7, '•'},
		{"Symbol", 0xF0A3, '≤'}, {"Symbol", 0xF0B3, '≥'}, {"Symbol", 0xF0AE, '→'}, {"symbol ", 0xF0D6, '√'}, {"Symbol", 0xF0DE, '⇒'}, {"Symbol", 0xF0E5, '∑'}, {"Symbol", 0xF0F2, '∫'},
		{"Symbol", 0xF0E6, 0}, {"Symbol", 0xF0FF, 0}, {"Symbol", 0xF020, 0},
		{"Wingdings", 0xF0E0, '→'}, {"Wingdings", 0xF0FC, '✓'}, {"Wingdings", 0xF0FB, '✗'}, {"Wingdings", 0xF04A, '☺'}, {"Wingdings", 0xF0A7, '▪'}, {"Wingdings", 0xF0FE, '☑'},
		{"Wingdings", 0xF0FF, 0}, {"Wingdings 2", 0xF050, 0}, {"Webdings", 0xF061, 0},
		{"Times New Roman", 0x41, 'A'}, {"", 0x2192, '→'}, {"Symbol", 0x2192, '→'}, {"Arial", 0x1F6A2, '🚢'},
		{"Arial", 0x00, 0}, {"Arial", 0x1B, 0}, {"Arial", 0x7F, 0}, {"Arial", 0x9B, 0}, {"Arial", 0xE000, 0}, {"Arial", 0xD800, 0}, {"Arial", 0xFFFE, 0}, {"Arial", 0xFFFFFFFF, 0},
	} {
		got, ok := signOf(c.font, c.place)
		if ok != (c.want != 0) || ok && got != c.want {
			t.Errorf("%s %X is %q (%v), not %q", c.font, c.place, got, ok, c.want)
		}
	}
}

// A sign that is gone may have been the word "approved": whoever checks the text
// has to know of it.
func TestASignWithoutACharacterIsNamed(t *testing.T) {
	body := `<w:p><w:r><w:t>The fee is </w:t><w:sym w:font="Symbol" w:char="F0A3"/><w:t> 5 euros </w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Webdings" w:char="F061"/><w:sym w:font="Webdings" w:char="F061"/></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:sym w:font="Webdings" w:char="F062"/></w:r></w:p>`
	res := mustRead(t, makeDOCX(t, body), Options{Name: "a.docx"})
	if res.Article.Body != "The fee is ≤ 5 euros ✓\n" {
		t.Errorf("%q", res.Article.Body)
	}
	said := ""
	for _, n := range res.Notices {
		if n.Caution {
			said += n.Text
		}
	}
	if said != "2 signs of fonts that Unicode does not have were left out: Webdings F061" {
		t.Errorf("said: %q", said)
	}
}

func TestRTFIsReadWithoutLoss(t *testing.T) {
	for _, c := range []struct{ story, rtf, tidy, text string }{
		{"an apostrophe by number with a stand-in", `It\u8217?s a`, `It\u8217 ?s a`, "It’s a"},
		{"quotation marks before letters", `\u8220?Yes\u8221?, she`, `\u8220 ?Yes\u8221 ?, she`, "“Yes”, she"},
		{"a stand-in of two digits", `It\u8217\'92s a`, `It\u8217\'92s a`, "It’s a"},
		{"a blank that ends the number already", `It\u8217 ?s a`, `It\u8217 ?s a`, "It’s a"},
		{"a number below zero", `\u-10179?\u-8446?x`, `\u-10179 ?\u-8446 ?x`, ""},
		{"no number at all", `\ul on\ulnone  \uc1 off`, `\ul on\ulnone  \uc1 off`, "on off"},
		{"a backslash that is text", `a\\u8217?s`, `a\\u8217?s`, `a\u8217?s`},
		{"a link without inner braces", `{\field{\*\fldinst HYPERLINK "http://x.example/y"}{\fldrslt the minutes}} say so`, `{\field{\*\fldinst{HYPERLINK "http://x.example/y"}}{\fldrslt the minutes}} say so`, "the minutes say so"},
		{"binary data", `{\pict\bin9 \u1?\u2?}} It\u8217?s a`, `{\pict\bin9 \u1?\u2?}} It\u8217 ?s a`, ""},
		{"binary data beyond the end", `a\bin999999999999 \u1?s`, `a\bin999999999999 \u1?s`, ""},
		{"a word that begins as binary data does", `\binary\u1?s`, `\binary\u1 ?s`, ""},
		{"an instruction that is text", `a\\fldinst x}`, `a\\fldinst x}`, ""},
		{"a backslash at the very end", `a\`, `a\`, ""},
	} {
		if got := string(tidyRTF([]byte(c.rtf))); got != c.tidy {
			t.Errorf("%s: %q became %q, not %q", c.story, c.rtf, got, c.tidy)
		}
		if _, err := exec.LookPath("pandoc"); err != nil || c.text == "" {
			continue
		}
		res := mustRead(t, `{\rtf1\ansi\ansicpg1252 `+c.rtf+`\par}`, Options{Name: "a.rtf"})
		if got := strings.TrimSpace(res.Article.Body); got != c.text {
			t.Errorf("%s: %q reads as %q, not as %q", c.story, c.rtf, got, c.text)
		}
	}
}
