package ingest

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

const thaiNews = "กำแพงท่าเรือจะได้รับการสร้างขึ้นใหม่ก่อนฤดูหนาว สภาเมืองประกาศเมื่อวันศุกร์ นายกเทศมนตรีกล่าวว่างานจะมีค่าใช้จ่ายสี่ล้าน แต่ฝ่ายค้านตั้งข้อสงสัยเกี่ยวกับตัวเลขนี้ ไม่มีใครได้รับบาดเจ็บ"

// Files of DOS, of old Macs, of Thailand and of mainframes were taken for another
// encoding each, and signs that are no words were stored: Russian as windows-1252 or with
// capitals inside its words, Thai as Korean, English as Japanese.
func TestWhatDoesNotReadAsWordsIsAnotherEncoding(t *testing.T) {
	for _, c := range []struct {
		story, text, want string
		enc               encoding.Encoding
	}{
		{"Russian of DOS", paragraphs["ru"], "IBM866", charmap.CodePage866},
		{"a line of it", "Мэр заявила, что работы обойдутся дорого.", "IBM866", charmap.CodePage866},
		{"Russian of a Mac", paragraphs["ru"], "x-mac-cyrillic", charmap.MacintoshCyrillic},
		{"a line of it", "Мэр заявила, что работы обойдутся дорого. Яна не пострадала.", "x-mac-cyrillic", charmap.MacintoshCyrillic},
		{"Ukrainian of a Mac", paragraphs["uk"], "x-mac-cyrillic", charmap.MacintoshCyrillic},
		{"Ukrainian of the mail", paragraphs["uk"], "KOI8-U", charmap.KOI8U},
		{"capitals inside words", "МакДоналдс и ВКонтакте, КамАЗ и ГАЗель подорожали в пятницу, сообщил РосСтат.", "windows-1251", charmap.Windows1251},
		{"Thai", thaiNews, "windows-874", charmap.Windows874},
		{"Thai with quotation marks", "“" + thaiNews + "” 2568…", "windows-874", charmap.Windows874},
		{"English of a mainframe", "The harbour wall will be rebuilt before the winter, the council said.\nNobody was hurt.\n", "IBM037", charmap.CodePage037},
		{"Italian of a mainframe", paragraphs["it"], "IBM037", charmap.CodePage037},
	} {
		t.Run(c.story, func(t *testing.T) {
			raw, text, ok := encode(c.enc, c.text)
			if !ok {
				t.Fatal("it cannot be written so")
			}
			res := mustRead(t, raw, Options{})
			if res.Article.Body != text || res.Article.Original.Encoding != c.want {
				t.Errorf("read as %s: %.80q", res.Article.Original.Encoding, res.Article.Body)
			}
			if !cautionOf(res, "decoded as "+c.want) {
				t.Errorf("a guess must say that it is one: %+v", res.Notices)
			}
		})
	}
}

// Where nothing fits, the notice says more than that the encoding was guessed.
func TestSignsInsideWordsAreSaid(t *testing.T) {
	for _, enc := range []encoding.Encoding{charmap.CodePage850, charmap.Macintosh} {
		raw, _, _ := encode(enc, paragraphs["de"])
		if res := mustRead(t, raw, Options{}); !cautionOf(res, "look whether it reads well") {
			t.Errorf("%+v", res.Notices)
		}
	}
	raw, _, _ := encode(charmap.Windows1252, paragraphs["fr"])
	if res := mustRead(t, raw, Options{}); cautionOf(res, "look whether it reads well") {
		t.Errorf("said of what reads well: %+v", res.Notices)
	}
}

// UTF-7 is ASCII throughout and came in as it stands, without a word.
func TestUTF7IsSaid(t *testing.T) {
	shifted := func(s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u>>8), byte(u))
		}
		return "+" + base64.RawStdEncoding.EncodeToString(b) + "-"
	}
	const words = "it looks like UTF-7"
	for _, text := range []string{
		"La maire a pr" + shifted("é") + "cis" + shifted("é") + " les co" + shifted("û") + "ts, 2 +- 3.",
		shifted("Портовая стена") + " " + shifted("будет восстановлена") + ".",
	} {
		if res := mustRead(t, text, Options{}); !cautionOf(res, words) || res.Article.Body != text {
			t.Errorf("%q: %+v", res.Article.Body, res.Notices)
		}
	}
	for _, text := range []string{
		"C++ and 1+1, A+B, +49 30 1234 and +44 20 7946.", "The key is +AOk-, said nobody else.", "Google+ and Disney+ grew, as did Apple TV+.",
		"+1 from ana, +1 from ben, ++ from eve", "a+b+c+d+e+f+abcd+efgh", "naïve 1+1",
	} {
		if res := mustRead(t, text, Options{}); cautionOf(res, words) {
			t.Errorf("%q: %+v", text, res.Notices)
		}
	}
}

func cautionOf(res *Result, words string) bool {
	for _, n := range res.Notices {
		if n.Caution && strings.Contains(n.Text, words) {
			return true
		}
	}
	return false
}
