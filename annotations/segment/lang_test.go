package segment

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestEveryLanguageFileIsComplete(t *testing.T) {
	c := catalogue()
	if len(c.codes) < 20 {
		t.Fatalf("%d language files", len(c.codes))
	}
	known := []string{"include", "remove", "scripts", "letters", "common", "captions", "credits", "ends", "speech-signs", "close-after-space", "ordinals", "past-endings", "lower-starts", "endings"}
	for key := range traitOf {
		known = append(known, key)
	}
	for code, l := range c.byCode {
		if !strings.Contains(l.raw, "# Source: ") && !strings.Contains(l.raw, "\n# Source:") {
			t.Errorf("%s names no source", code)
		}
		for line := range strings.Lines(l.raw) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			key, rest, ok := strings.Cut(line, ":")
			if !ok || !slices.Contains(known, key) {
				t.Errorf("%s: the key of %q is unknown", code, line)
			}
			if strings.TrimSpace(rest) == "" {
				t.Errorf("%s: %q has no values", code, line)
			}
			if key == "scripts" {
				for _, s := range strings.Fields(rest) {
					if unicode.Scripts[s] == nil {
						t.Errorf("%s: no script is called %q", code, s)
					}
				}
			}
			if traitOf[key]&abbreviation != 0 {
				for _, w := range strings.Fields(rest) {
					if strings.HasSuffix(w, ".") {
						t.Errorf("%s: %q is written without its last stop here", code, w)
					}
				}
			}
		}
		if r := c.rules(code); code != neutral && len(r.scripts) == 0 {
			t.Errorf("%s names no script", code)
		}
	}
}

func TestShortWordsAnswerLikeTheMap(t *testing.T) {
	for _, code := range catalogue().codes {
		r := catalogue().rules(code)
		for w, want := range r.words {
			if got := r.lookup([]byte(w)); got != want {
				t.Errorf("%s: %q has %b, want %b", code, w, got, want)
			}
		}
		if r.lookup([]byte("qqxzj")) != 0 {
			t.Errorf("%s knows a word that is none", code)
		}
	}
}

func TestTagsPickTheirLanguage(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "EN": "en", "pt-BR": "pt", "zh_Hant_TW": "zh", "xx": neutral, "": "en"} {
		if got := rulesFor(Options{Lang: tag}, "Hello there, my friend.").code; got != want {
			t.Errorf("%q gives %q, want %q", tag, got, want)
		}
	}
}

func TestDetect(t *testing.T) {
	for want, text := range map[string]string{
		"en": "The mayor said that the bridge would not be ready before the summer.",
		"de": "Der Bürgermeister sagte, dass die Brücke nicht vor dem Sommer fertig wird.",
		"fr": "Le maire a dit que le pont ne serait pas prêt avant l’été.",
		"es": "El alcalde dijo que el puente no estaría listo antes del verano.",
		"pt": "O prefeito disse que a ponte não estaria pronta antes do verão.",
		"it": "Il sindaco ha detto che il ponte non sarà pronto prima dell’estate.",
		"nl": "De burgemeester zei dat de brug niet voor de zomer klaar zou zijn.",
		"pl": "Burmistrz powiedział, że most nie będzie gotowy przed latem.",
		"ru": "Мэр сказал, что мост не будет готов до лета, и это плохо.",
		"uk": "Мер сказав, що міст не буде готовий до літа, і це погано.",
		"tr": "Belediye başkanı köprünün yazdan önce hazır olmayacağını söyledi ve bu kötü.",
		"ar": "قال رئيس البلدية إن الجسر لن يكون جاهزا قبل الصيف.",
		"fa": "شهردار گفت که پل تا تابستان آماده نمی‌شود و این بد است.",
		"hi": "महापौर ने कहा कि पुल गर्मी से पहले तैयार नहीं होगा।",
		"zh": "市长说，这座桥在夏天之前不会完工。",
		"ja": "市長は、橋は夏までに完成しないと言った。",
		"ko": "시장은 다리가 여름 전에 완공되지 않을 것이라고 말했다.",
		"el": "Ο δήμαρχος είπε ότι η γέφυρα δεν θα είναι έτοιμη πριν από το καλοκαίρι.",
		"hy": "Քաղաքապետն ասաց, որ կամուրջը պատրաստ չի լինի։",
		"am": "ከንቲባው ድልድዩ ዝግጁ እንደማይሆን ተናገሩ።",
		"my": "မြို့တော်ဝန်က တံတားမပြီးဘူးလို့ ပြောတယ်။",
		"he": "ראש העיר אמר כי הגשר לא יהיה מוכן.",
	} {
		if got := Detect(text); got != want {
			t.Errorf("%q is taken for %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "12 34", "!!!", "Ok"} {
		if got := Detect(text); got != "en" {
			t.Errorf("%q is taken for %q", text, got)
		}
	}
}

// The short way must never say what the long way does not.
func TestPlainAnswersLikeDecide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		s := splitter{text: text, rules: catalogue().rules(drawLang(t)), final: true, itemAt: -1}
		for i := range text {
			if text[i] != '.' && text[i] != '!' && text[i] != '?' || i > 0 && s.rules.table[text[i-1]] != 0 {
				continue
			}
			v, at := s.plain(0, i)
			if v == ask {
				continue
			}
			m := stop
			if text[i] != '.' {
				m = strong
			}
			end, next := s.decide(0, i, m, 1)
			if v == cut && end != at || v == goOn && end != 0 || v == cutLine && (end != 0 || s.joins(at)) {
				t.Fatalf("at %d the short way says %d %d, the long way %d %d", i, v, at, end, next)
			}
		}
	})
}

// So for terminators of several bytes.
func TestPlainLeadAnswersLikeDecide(t *testing.T) {
	answers := map[verdict]int{}
	wide := []string{"。”他说", "。\n\n", "」他", "”说", "“", "「", "。", "！", "？", "।", "؟", "۔", " ", "\n\n", "」", "》", "《", "と言", "ね", "カ", "他来了", "नाम", "كلمة", "a", "5", "\"", "：", "的", "』", "『", "’", "‘", "〉", "）", "（", "表示", "そ", "！”", "？」", "…", "!", "?", "."}
	property := func(t *rapid.T) {
		lang := drawLang(t)
		if rapid.Bool().Draw(t, "Chinese") {
			lang = "zh"
		}
		text := "字。字" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(wide), 0, 60).Draw(t, "parts"), "") + "字字字"
		s := splitter{text: text, rules: catalogue().rules(lang), final: true, itemAt: -1}
		for i := range text {
			if s.rules.table[text[i]] != classLead {
				continue
			}
			m, w := leadMark(text, i)
			if m == noMark || m >= lineSep || i == 0 {
				continue
			}
			v, at := s.plainLead(0, i+w, m)
			if v == ask {
				continue
			}
			answers[v]++
			end, next := s.decide(0, i, m, w)
			if v == cut && end != at || v == goOn && (end != 0 || next != at) || v == cutLine && (end != 0 || next != at || s.joins(at)) {
				t.Fatalf("at %d the short way says %d %d, the long way %d %d", i, v, at, end, next)
			}
		}
	}
	// Few draws may lack an answer; a short way that never gives one would not be tested.
	met := func() bool { return answers[cut] > 0 && answers[cutLine] > 0 && answers[goOn] > 0 }
	for round := 0; round == 0 || round < 200 && !met(); round++ {
		rapid.Check(t, property)
	}
	if !met() {
		t.Errorf("the short way never gave one of its answers: %v", answers)
	}
}

// The short ways of decoding must agree with the library's.
func TestDecodingAgreesWithTheLibrary(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, text string) {
		for i := range len(text) {
			r, n := decode(text, i)
			if wr, wn := utf8.DecodeRuneInString(text[i:]); r != wr || n != wn {
				t.Fatalf("%q at %d: %U %d, want %U %d", text, i, r, n, wr, wn)
			}
			r, n = decodeLast(text, i+1)
			if wr, wn := utf8.DecodeLastRuneInString(text[:i+1]); r != wr || n != wn {
				t.Fatalf("%q before %d: %U %d, want %U %d", text, i+1, r, n, wr, wn)
			}
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if utf8.ValidRune(r) && (r < 0x3000 || r%17 == 0 || r >= 0xD700 && r < 0xE100) {
			check(t, "ab"+string(r)+"cd")
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, string(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes")))
	})
}

// The short ways of the character classes must agree with the Unicode tables.
func TestCharacterClassesAgreeWithUnicode(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if isUpper(r) != (unicode.IsUpper(r) || unicode.IsTitle(r)) || isLower(r) != unicode.IsLower(r) {
			t.Fatalf("%U: case", r)
		}
		if isLetter(r) != (unicode.IsLetter(r) || unicode.IsMark(r)) || isDigit(r) != unicode.IsDigit(r) {
			t.Fatalf("%U: letter or digit", r)
		}
		if lower(r) != unicode.ToLower(r) || isSpace(r) != unicode.IsSpace(r) {
			t.Fatalf("%U: lower case or space", r)
		}
	}
}

// Every terminator that Unicode knows must be found by the skim.
func TestSkimFindsEveryTerminator(t *testing.T) {
	s := splitter{rules: catalogue().rules(neutral)}
	n := 0
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		text := "слово word 字 " + string(r) + " x"
		at := strings.IndexRune(text, r)
		m, _ := s.rules.markAt(text, at)
		for _, found := range []int{s.skim(text, 0), s.skimWide(text, 0, &s.rules.table), s.skimWide(text+text, 0, &s.rules.table)} {
			if (found == at) != (m != noMark) {
				t.Fatalf("%U: found at %d, mark %d", r, found, m)
			}
		}
		if unicode.Is(unicode.STerm, r) && r != '၊' {
			n++
			if m == noMark {
				t.Errorf("%U is no terminator here", r)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d terminators", n)
	}
}

// Whatever way the skim takes, it finds what going rune by rune finds.
func TestSkimAgreesWithTheSlowWay(t *testing.T) {
	found := 0
	pieces := append([]string{"漢字", "かな", "カタカナ", "《", "（", "，", "、", "…", "देवनागरी", "थॵ", "॥", "বাংলা", "ࠀ࠰", "༎", "ᠠ᠃", "꧈", "မ။", "한국", "ﾊﾝ｡"}, shards...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "parts"), "")
		if !utf8.ValidString(text) {
			return
		}
		s := splitter{text: text, rules: catalogue().rules(drawLang(t))}
		for i := range text {
			want := skimBytes(text, i, &s.rules.table)
			if got := s.skim(text, i); got != want {
				t.Fatalf("from %d the skim finds %d, rune by rune it is %d", i, got, want)
			}
			if len(s.rules.ends) > 0 {
				continue // signs of ASCII of its own: no other way is taken
			}
			if got := s.skimWide(text, i, &s.rules.table); got != want {
				t.Fatalf("from %d the skim of Han finds %d, rune by rune it is %d", i, got, want)
			}
			if want < len(text) {
				found++
			}
		}
	})
	if found == 0 {
		t.Error("nothing was there to be found")
	}
}
