package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// paragraphs are invented news in the languages of the encodings below.
var paragraphs = map[string]string{
	"en": "The harbour wall will be rebuilt “before the winter”, the council said – at a cost of €4.2m. It’s the third storm in as many years, said the mayor’s office… and not the last.\nNobody was hurt.",
	"de": "Die Hafenmauer wird vor dem Winter wieder aufgebaut, teilte der Rat am Freitag mit. Bürgermeisterin Sölheim nannte die Kosten von vier Millionen „überraschend hoch“. Die Fähre fährt trotzdem, größere Schiffe müssen warten.\nVerletzt wurde niemand.",
	"fr": "Le mur du port sera reconstruit avant l’hiver, a annoncé vendredi le conseil municipal. La maire a précisé que les travaux coûteraient « près de quatre millions », un chiffre que ses adversaires contestent déjà. Les pêcheurs, eux, espèrent une aide de l’État.",
	"es": "El muro del puerto se reconstruirá antes del invierno, anunció el viernes el ayuntamiento. La alcaldesa señaló que las obras costarán cuatro millones, cifra que la oposición pone en duda. ¿Quién pagará? Mañana habrá una reunión.",
	"pt": "O muro do porto será reconstruído antes do inverno, anunciou a câmara na sexta-feira. A presidente disse que as obras custarão quatro milhões, número que a oposição contesta. Não há feridos, segundo os bombeiros, mas a situação é difícil.",
	"it": "Il muro del porto sarà ricostruito prima dell'inverno, ha annunciato venerdì il consiglio. La sindaca ha detto che i lavori costeranno più di quattro milioni, cifra che l'opposizione contesta. Perché così tanto? La città aspetta, e c'è già chi protesta.",
	"sv": "Hamnmuren ska byggas upp igen före vintern, meddelade kommunen på fredagen. Borgmästaren sade att arbetet kostar fyra miljoner kronor, en summa som oppositionen ifrågasätter. Ingen människa skadades när stormen slog till, enligt räddningstjänsten.",
	"da": "Havnemuren skal genopføres før vinteren, meddelte kommunen fredag. Borgmesteren sagde, at arbejdet vil koste fire millioner kroner, et beløb, som oppositionen sætter spørgsmålstegn ved. Ingen kom til skade, da stormen ramte øen, oplyser beredskabet.",
	"pl": "Mur portowy zostanie odbudowany przed zimą, poinformowała w piątek rada miasta. Burmistrz powiedziała, że prace będą kosztować cztery miliony złotych, choć opozycja podważa tę kwotę. Nikt nie został ranny, gdy sztorm uderzył w nabrzeże. Żaden statek nie zatonął, ale część łodzi została uszkodzona, a mieszkańcy czekają na pomoc.",
	"ru": "Портовая стена будет восстановлена до зимы, сообщил в пятницу городской совет. Мэр заявила, что работы обойдутся в четыре миллиона, однако оппозиция сомневается в этой цифре. По словам спасателей, во время шторма никто не пострадал. Рыбаки надеются на помощь государства.",
	"uk": "Портову стіну відбудують до зими, повідомила в п'ятницю міська рада. Мер заявила, що роботи коштуватимуть чотири мільйони, однак опозиція сумнівається в цій цифрі. За словами рятувальників, під час шторму ніхто не постраждав. Рибалки сподіваються на допомогу держави.",
	"el": "Το τείχος του λιμανιού θα ξαναχτιστεί πριν από τον χειμώνα, ανακοίνωσε την Παρασκευή το δημοτικό συμβούλιο. Η δήμαρχος είπε ότι τα έργα θα κοστίσουν τέσσερα εκατομμύρια, ποσό που η αντιπολίτευση αμφισβητεί. Κανείς δεν τραυματίστηκε.",
	"he": "חומת הנמל תיבנה מחדש לפני החורף, הודיעה ביום שישי מועצת העיר. ראשת העיר אמרה כי העבודות יעלו ארבעה מיליון, סכום שהאופוזיציה מטילה בו ספק. איש לא נפגע בסערה, לדברי כוחות ההצלה.",
	"ar": "سيعاد بناء جدار الميناء قبل الشتاء، كما أعلن مجلس المدينة يوم الجمعة. وقالت رئيسة البلدية إن الأعمال ستكلف أربعة ملايين، وهو رقم تشكك فيه المعارضة. ولم يصب أحد في العاصفة، بحسب فرق الإنقاذ.",
	"tr": "Liman duvarı kıştan önce yeniden inşa edilecek, belediye meclisi cuma günü açıkladı. Başkan, çalışmaların dört milyona mal olacağını söyledi; muhalefet bu rakamı şüpheyle karşılıyor. Fırtınada kimse yaralanmadı, ancak bazı tekneler ağır hasar gördü.",
	"ja": "港の防波堤は冬までに再建されると、市議会が金曜日に発表した。市長によると、工事の費用は四百万ドルに上るが、野党はこの数字に疑問を示している。嵐による負傷者はいなかったと消防は説明した。漁師たちは国の支援を求めている。",
	"ko": "항구의 방파제가 겨울 전에 다시 지어질 것이라고 시의회가 금요일 발표했다. 시장은 공사에 사백만 달러가 들 것이라고 말했지만 야당은 이 수치에 의문을 제기하고 있다. 폭풍으로 다친 사람은 없었다고 구조대는 밝혔다. 어민들은 정부의 지원을 바라고 있다.",
	"zh": "市议会星期五宣布，港口的防波堤将在冬天之前重建。市长说，工程费用为四百万元，但是反对派对这个数字表示怀疑。救援人员说，暴风雨中没有人受伤。渔民希望得到国家的帮助，他们已经等了很长时间。",
	"tw": "市議會星期五宣布，港口的防波堤將在冬天之前重建。市長說，工程費用為四百萬元，但是反對派對這個數字表示懷疑。救援人員說，暴風雨中沒有人受傷。漁民希望得到國家的幫助，他們已經等了很長時間。",
}

// Which encodings are told apart, and for which languages. Encodings that are
// not listed for a language can be named by the user.
func TestEncodingsAreDetected(t *testing.T) {
	western := []string{"en", "de", "fr", "es", "pt", "it", "sv", "da"}
	all := make([]string, 0, len(paragraphs))
	for lang := range paragraphs {
		all = append(all, lang)
	}
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, b) }
	for _, c := range []struct {
		name  string
		enc   encoding.Encoding
		langs []string
		want  string // the recorded name; empty when several names read alike
	}{
		{"UTF-8", encoding.Nop, all, "UTF-8"},
		{"UTF-8 with mark", unicode.UTF8BOM, all, "UTF-8"},
		{"UTF-16LE with mark", utf16(unicode.LittleEndian, unicode.UseBOM), all, "UTF-16LE"},
		{"UTF-16BE with mark", utf16(unicode.BigEndian, unicode.UseBOM), all, "UTF-16BE"},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.IgnoreBOM), all, "UTF-16LE"},
		{"UTF-16BE", utf16(unicode.BigEndian, unicode.IgnoreBOM), all, "UTF-16BE"},
		{"UTF-32LE with mark", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), all, "UTF-32LE"},
		{"windows-1252", charmap.Windows1252, western, "windows-1252"},
		{"ISO-8859-1", charmap.ISO8859_1, western[1:], "windows-1252"},
		{"ISO-8859-15", charmap.ISO8859_15, western, ""},
		{"windows-1250", charmap.Windows1250, []string{"pl"}, "windows-1250"},
		{"ISO-8859-2", charmap.ISO8859_2, []string{"pl"}, "ISO-8859-2"},
		{"windows-1251", charmap.Windows1251, []string{"ru"}, "windows-1251"},
		{"KOI8-R", charmap.KOI8R, []string{"ru"}, "KOI8-R"},
		{"windows-1253", charmap.Windows1253, []string{"el"}, ""},
		{"windows-1255", charmap.Windows1255, []string{"he"}, ""},
		{"windows-1256", charmap.Windows1256, []string{"ar"}, "windows-1256"},
		{"windows-1254", charmap.Windows1254, []string{"tr"}, "windows-1254"},
		{"Shift_JIS", mustEncoding(t, "shift_jis"), []string{"ja"}, "Shift_JIS"},
		{"EUC-JP", mustEncoding(t, "euc-jp"), []string{"ja"}, "EUC-JP"},
		{"EUC-KR", mustEncoding(t, "euc-kr"), []string{"ko"}, "EUC-KR"},
		{"GB 18030", mustEncoding(t, "gb18030"), []string{"zh"}, "GB18030"},
		{"Big5", mustEncoding(t, "big5"), []string{"tw"}, "Big5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, lang := range c.langs {
				raw, text, ok := encode(c.enc, paragraphs[lang])
				if !ok {
					t.Errorf("%s: cannot be written in %s", lang, c.name)
					continue
				}
				res := mustRead(t, raw, Options{})
				if res.Article.Body != text {
					t.Errorf("%s: read as %s: %.120q", lang, res.Article.Original.Encoding, res.Article.Body)
				} else if got := res.Article.Original.Encoding; c.want != "" && got != c.want {
					t.Errorf("%s: recorded as %s, want %s", lang, got, c.want)
				}
				if res.Article.Original.SHA256.String() == res.Article.Text.String() && raw != text {
					t.Errorf("%s: the original's hash is the text's", lang)
				}
			}
		})
	}
}

func mustEncoding(t *testing.T, name string) encoding.Encoding {
	t.Helper()
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// encode writes text in enc, after replacing what old encodings lack by what
// people typed instead, and gives back both.
func encode(enc encoding.Encoding, text string) (raw, same string, ok bool) {
	if raw, err := enc.NewEncoder().String(text); err == nil {
		return raw, text, true
	}
	text = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "’", "'", "–", "-", "…", "...", "€", "EUR ", "«", `"`, "»", `"`).Replace(text)
	raw, err := enc.NewEncoder().String(text)
	return raw, text, err == nil
}

// The same on real text in many languages, where that is at hand: the measured
// table of the package comment.
func TestEncodingsOfRealText(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "segmentation", "dev")
	files, err := filepath.Glob(filepath.Join(dir, "pud_*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Skipf("no texts in %s", dir)
	}
	latin := map[string]bool{"en": true, "de": true, "es": true, "fr": true, "it": true, "pt": true}
	type score struct{ right, all int }
	scores := map[string]*score{}
	try := func(name string, enc encoding.Encoding, text string) {
		raw, text, ok := encode(enc, text)
		if !ok {
			return
		}
		s := scores[name]
		if s == nil {
			s = &score{}
			scores[name] = s
		}
		s.all++
		j := &job{raw: []byte(raw)}
		if d, err := j.decode(); err == nil && d.text == text {
			s.right++
		}
	}
	for _, f := range files {
		lang := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "pud_"), ".jsonl")
		for _, text := range texts(t, f, 40) {
			try("UTF-8", encoding.Nop, text)
			try("UTF-8 with mark", unicode.UTF8BOM, text)
			try("UTF-16LE with mark", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text)
			try("UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text)
			try("UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text)
			if latin[lang] {
				try("windows-1252", charmap.Windows1252, text)
				try("ISO-8859-15", charmap.ISO8859_15, text)
			}
			switch lang {
			case "ru":
				try("windows-1251", charmap.Windows1251, text)
				try("KOI8-R", charmap.KOI8R, text)
			case "pl":
				try("windows-1250", charmap.Windows1250, text)
				try("ISO-8859-2", charmap.ISO8859_2, text)
			case "ja":
				try("Shift_JIS", mustEncoding(t, "shift_jis"), text)
				try("EUC-JP", mustEncoding(t, "euc-jp"), text)
			case "zh":
				try("GB 18030", mustEncoding(t, "gb18030"), text)
				try("Big5", mustEncoding(t, "big5"), text)
			case "ar":
				try("windows-1256", charmap.Windows1256, text)
			case "tr":
				try("windows-1254", charmap.Windows1254, text)
			}
		}
	}
	for name, s := range scores {
		t.Logf("%-20s %d of %d", name, s.right, s.all)
		floor := 0.9
		if strings.HasPrefix(name, "UTF") {
			floor = 1
		}
		if float64(s.right) < floor*float64(s.all) {
			t.Errorf("%s: only %d of %d", name, s.right, s.all)
		}
	}
}

func texts(t *testing.T, path string, most int) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() && len(out) < most {
		var line struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(line.Text) != "" {
			out = append(out, line.Text)
		}
	}
	if in.Err() != nil || len(out) == 0 {
		t.Fatalf("%s: %d texts, %v", path, len(out), in.Err())
	}
	return out
}

func TestAnEncodingCanBeNamed(t *testing.T) {
	for _, c := range []struct{ label, raw, want, name string }{
		{"koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4.", "Привет.", "KOI8-R"},
		{"latin1", "caf\xe9 \x93here\x94.", "café “here”.", "windows-1252"},
		{"IBM850", "caf\x82 here.", "café here.", "IBM850"},
		{"utf-16", "h\x00i\x00.\x00", "hi.", "UTF-16LE"},
		{"utf-16", "\xfe\xff\x00h\x00i\x00.", "hi.", "UTF-16BE"},
		{"UTF-16BE", "\xfe\xff\x00h\x00i\x00.", "hi.", "UTF-16BE"},
		{"utf8", "\xef\xbb\xbfhi.", "hi.", "UTF-8"},
		{"iso-2022-jp", "\x1b$B9A\x1b(B.", "港.", "ISO-2022-JP"},
		{"utf-32le", "h\x00\x00\x00i\x00\x00\x00.\x00\x00\x00", "hi.", "UTF-32LE"},
	} {
		res := mustRead(t, c.raw, Options{Encoding: c.label})
		if res.Article.Body != c.want || res.Article.Original.Encoding != c.name {
			t.Errorf("%s: %q as %s, want %q as %s", c.label, res.Article.Body, res.Article.Original.Encoding, c.want, c.name)
		}
	}
	for _, label := range []string{"klingon", "replacement", "iso-2022-kr", "utf-7", ""} {
		_, err := Read(t.Context(), strings.NewReader("text."), Options{Encoding: label})
		if label == "" && err != nil || label != "" && !errors.Is(err, ErrEncoding) {
			t.Errorf("%q: %v", label, err)
		}
	}
}

// Old mail and wire copy from Japan is ASCII to the eye, with escapes between: it
// came in as a line of signs, in French, and nothing was said.
func TestTheEscapesOfJapaneseMailAreKnown(t *testing.T) {
	const want = "港は火曜日に再開した、と市は述べた。\nIt is open.\n"
	raw, err := japanese.ISO2022JP.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ raw, want string }{
		"text": {raw, want}, "page": {"<!doctype html><meta charset=utf-8><p>" + raw, want[:len(want)-1]},
	} {
		res := mustRead(t, c.raw, Options{})
		got := strings.Join(strings.Fields(res.Article.Body), " ")
		if got != strings.Join(strings.Fields(c.want), " ") || res.Article.Original.Encoding != "ISO-2022-JP" || res.Article.Language != "ja" {
			t.Errorf("%s: %q as %s, language %s", name, res.Article.Body, res.Article.Original.Encoding, res.Article.Language)
		}
	}
	for name, raw := range map[string]string{
		"a terminal's colours": "It is \x1b[31mred\x1b[0m, he said.\n", "a mention": "The escape \x1b$B begins it, he said.\n",
		"beside UTF-8": "Café \x1b$B9A\x1b(B, he said.\n", "a stray sign": "It cost \x1b$Big money, he said.\n",
	} {
		if res := mustRead(t, raw, Options{}); res.Article.Original.Encoding != "UTF-8" || res.Article.Body != raw {
			t.Errorf("%s: read as %s: %q", name, res.Article.Original.Encoding, res.Article.Body)
		}
	}
}

func TestPagesDeclareTheirEncoding(t *testing.T) {
	body := "<p>Caf\xe9 and more words in a sentence.</p>"
	for _, c := range []struct{ head, want string }{
		{`<meta charset="windows-1252">`, "windows-1252"},
		{`<meta charset=iso-8859-2>`, "ISO-8859-2"},
		{`<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-7">`, "ISO-8859-7"},
		{strings.Repeat("<!-- padding padding -->", 400) + `<meta charset=koi8-r>`, "KOI8-R"},
		{`<meta charset=utf-8>`, "windows-1252"},
		{`<meta charset=nonsense>`, "windows-1252"},
	} {
		res := mustRead(t, "<!doctype html><head>"+c.head+"</head>"+body, Options{})
		if got := res.Article.Original.Encoding; got != c.want {
			t.Errorf("%.60s: read as %s, want %s", c.head, got, c.want)
		}
	}
	res := mustRead(t, `<?xml version="1.0" encoding="ISO-8859-2"?><html xmlns="x">`+body+"</html>", Options{})
	if got := res.Article.Original.Encoding; got != "ISO-8859-2" {
		t.Errorf("XML declaration: read as %s", got)
	}
}

func TestDamagedUTF8IsRepairedAndSaid(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"cut inside a character":   {"The mayor said “no” twice, then €", "The mayor said “no” twice, then \ufffd"},
		"one stray byte among ten": {strings.Repeat("“x” ", 10) + "\xff end.", strings.Repeat("“x” ", 10) + "\ufffd end."},
	} {
		raw := c.raw
		if strings.HasPrefix(name, "cut") {
			raw = raw[:len(raw)-1]
		}
		res := mustRead(t, raw, Options{})
		if res.Article.Body != c.want || res.Article.Original.Encoding != "UTF-8" {
			t.Errorf("%s: %q as %s", name, res.Article.Body, res.Article.Original.Encoding)
		}
		said := false
		for _, n := range res.Notices {
			said = said || n.Caution && strings.Contains(n.Text, "U+FFFD")
		}
		if !said {
			t.Errorf("%s: nothing said of the repair: %+v", name, res.Notices)
		}
	}
}

// A NUL that slipped into a short text does not turn it into ideographs; UTF-16
// without a mark is still told, ASCII or not.
func TestAStrayNULIsNoUTF16(t *testing.T) {
	for _, raw := range []string{"One.\x00Two. Three.", "\x00One. Two.", "One said so. Two.\r\n\x00", "Thirty words of plain text, and one\x00 NUL in the middle of them."} {
		if res, err := Read(t.Context(), strings.NewReader(raw), Options{}); !errors.Is(err, ErrBinary) {
			t.Errorf("%q was read: %v, %v", raw, res, err)
		}
	}
	for _, c := range []struct{ raw, want string }{
		{"O\x00n\x00e\x00.\x00", "One."},
		{"\x00O\x00n\x00e\x00.", "One."},
		{"\x6e\x6f\x4e\x00\x6e\x00\x02\x30", "潮Nn。"},
	} {
		if got := mustRead(t, c.raw, Options{}).Article.Body; got != c.want {
			t.Errorf("%q is read as %q, not %q", c.raw, got, c.want)
		}
	}
}

// A language that is none is refused, as an encoding is, not left out in passing.
func TestALanguageThatIsNone(t *testing.T) {
	for _, lang := range []string{"xx-invalid-zz", "e", "English please"} {
		if _, err := Read(t.Context(), strings.NewReader("One said so."), Options{Lang: lang}); !errors.Is(err, ErrLanguage) {
			t.Errorf("%q: %v", lang, err)
		}
	}
	if got := mustRead(t, "One said so.", Options{Lang: "pt_br"}).Article.Language; got != "pt-BR" {
		t.Errorf("pt_br is %q", got)
	}
}
