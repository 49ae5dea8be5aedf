package segment

import (
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// checkTiling fails unless units cover text: in order, trimmed, on rune borders,
// with nothing but white space between them, numbered from 1.
func checkTiling(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, units []annotations.Sentence) {
	t.Helper()
	at, paragraph, valid := 0, uint32(0), utf8.ValidString(text)
	for k, u := range units {
		if err := u.Span.Check(text); err != nil && (valid || u.Span.Empty()) {
			t.Fatalf("unit %d of %q: %v", k, clip(text), err)
		}
		if u.Span.Start < at {
			t.Fatalf("unit %d starts at %d, before %d where the last one ended", k, u.Span.Start, at)
		}
		if gap := text[at:u.Span.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
			t.Fatalf("%q before unit %d belongs to no unit", gap, k)
		}
		in := u.Span.In(text)
		if strings.TrimFunc(in, unicode.IsSpace) != in {
			t.Fatalf("unit %d is not trimmed: %q", k, clip(in))
		}
		if int(u.ID) != k+1 {
			t.Fatalf("unit %d has ID %d", k, u.ID)
		}
		if u.Paragraph < paragraph || u.Paragraph > paragraph+1 || k == 0 && u.Paragraph != 0 {
			t.Fatalf("unit %d is in paragraph %d after %d", k, u.Paragraph, paragraph)
		}
		if !u.Kind.Known() {
			t.Fatalf("unit %d has kind %v", k, u.Kind)
		}
		if u.Dateline < 0 || u.Dateline > u.Span.Len() || !utf8.ValidString(in[:u.Dateline]) && utf8.ValidString(in) {
			t.Fatalf("unit %d has a dateline of %d bytes", k, u.Dateline)
		}
		if u.Span.Len() > MaxUnit+maxGap {
			t.Fatalf("unit %d has %d bytes", k, u.Span.Len())
		}
		at, paragraph = u.Span.End, u.Paragraph
	}
	if rest := text[at:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("%q at the end belongs to no unit", clip(rest))
	}
}

func clip(s string) string { return s[:min(len(s), 120)] }

// shards are pieces of text that meet at awkward places.
var shards = []string{
	"The", "cat", "sat", "U.S.", "Mr.", "Inc.", "p.m.", "No.", "5", "3.2", "I", "J.", "Oct.", "21", "e.g.", "etc.",
	".", "!", "?", "…", "...", ". . .", ":", ";", ",", "\"", "“", "”", "‘", "’", "«", "»", "(", ")", "[1]", "[", "]", "—", "–", "-", "•",
	" ", " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\f", "\v", "\t", "\u00a0", "\u200b", "\u00ad", "\u2028", "\u2029", "\ufeff", "\u3000", "\u0085",
	"1.", "1)", "a.", "(b)", "http://a.b/c.d?e=f", "x@y.org", "NAME:", "PARIS (AP) — ", "Photo: x",
	"。", "！", "「", "」", "これは", "と", "你好", "ہے۔", "है।", "؟", "د.", "Ի՞նչ:", "նա։", "3. Oktober", "г.", "cat. “The", "слово. Слово", "كلمة. كلمة", "слово", "Слово", "كلمة", "नाम", "。", "？", "؟ ", "ね", "カ", "》", "《", "\t", "Image: ", ":) ", "1/2/2025 10:30 AM ", "Regards, Ann\n", "Straße", "É", "ß", "\xff", "\xe2\x80", "\x80", "\xe3", "😀",
	"漢字", "देवनागरी", "。", "）", "（", "\xe0\xa4", "\xe4", "\xf0\x9f", "  ", "\t", "¹", "†", "?” ", "Ann Lee, 45, said", "अहमद ने कहा।", "May 7, 2025 ", "Thursday, ",
}

func drawText(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom(shards), 0, 120).Draw(t, "parts")
	if rapid.Bool().Draw(t, "spaced") {
		return strings.Join(parts, " ")
	}
	return strings.Join(parts, "")
}

func drawLang(t *rapid.T) string {
	return rapid.SampledFrom(append(Languages(), "", "xx", "pt-BR", "zh-Hant")).Draw(t, "lang")
}

func TestUnitsTileAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, lang := drawText(t), drawLang(t)
		checkTiling(t, text, Append(nil, text, Options{Lang: lang}))
	})
}

// Faults sit where few signs meet again and again: texts of few signs each find
// in a second what texts of all signs do not find in an hour.
func TestUnitsTileTextsOfFewSigns(t *testing.T) {
	const rounds, texts = 3000, 100
	signs := append([]string{"talks", "Word", "12", "0", "...", "....", "(12)", "*", "_", "'", "\u0301", "\u202f", "\u200d", "།", "¿", "„"}, shards...)
	langs := append(Languages(), "", "xx")
	r := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		few := make([]string, 2+r.IntN(8))
		for i := range few {
			few[i] = signs[r.IntN(len(signs))]
		}
		lang := langs[r.IntN(len(langs))]
		for range texts {
			var b strings.Builder
			for range 2 + r.IntN(14) {
				b.WriteString(few[r.IntN(len(few))])
			}
			checkTiling(t, b.String(), Append(nil, b.String(), Options{Lang: lang}))
		}
	}
}

func TestScannerGivesWhatAppendGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece, lang := drawText(t), drawLang(t)
		text := strings.Repeat(piece, rapid.IntRange(1, 400).Draw(t, "times"))
		if lang == "" {
			lang = "en"
		}
		compareScanner(t, text, lang, strings.NewReader(text))
	})
}

func TestScannerTakesOneByteAtATime(t *testing.T) {
	text := strings.Repeat("Mr. Smith lives in the U.S. He likes it. “Why?” Jones said.\r\n\r\nOK\n", 300)
	compareScanner(t, text, "en", iotest.OneByteReader(strings.NewReader(text)))
}

func TestScannerHasNoTroubleWithLongRuns(t *testing.T) {
	for name, run := range pathological {
		t.Run(name, func(t *testing.T) {
			text := "One. " + strings.Repeat(run, (1<<20)/len(run)) + " Two. Three."
			compareScanner(t, text, "en", strings.NewReader(text))
		})
	}
}

func compareScanner(t interface {
	Helper()
	Fatalf(string, ...any)
}, text, lang string, r io.Reader) {
	t.Helper()
	want := Append(nil, text, Options{Lang: lang})
	sc := NewScanner(r, Options{Lang: lang})
	k := 0
	for ; sc.Scan(); k++ {
		if k >= len(want) {
			t.Fatalf("the stream gives a unit more: %+v", sc.Unit())
		}
		if got := sc.Unit(); got != want[k] {
			t.Fatalf("unit %d: the stream gives %+v, the whole text %+v", k, got, want[k])
		}
		if sc.Text() != want[k].Span.In(text) {
			t.Fatalf("unit %d has the text %q", k, clip(sc.Text()))
		}
	}
	if sc.Err() != nil || k != len(want) {
		t.Fatalf("the stream ended after %d of %d units: %v", k, len(want), sc.Err())
	}
	if sc.Scan() {
		t.Fatalf("Scan after the end reported a unit")
	}
}

func TestScannerReportsAFailedRead(t *testing.T) {
	r := io.MultiReader(strings.NewReader("One. Two."), iotest.ErrReader(io.ErrUnexpectedEOF))
	sc := NewScanner(r, Options{Lang: "en"})
	n := 0
	for sc.Scan() {
		n++
	}
	if n != 2 || sc.Err() == nil || !strings.Contains(sc.Err().Error(), "after 9 bytes") {
		t.Fatalf("got %d units and the error %v", n, sc.Err())
	}
}

// pathological are texts that make a careless segmenter quadratic.
var pathological = map[string]string{
	"dots": ".", "spaced dots": ". ", "quotes": "\"", "spaced quotes": "\" ", "brackets": "(", "closers": ".)", "notes": "[1]",
	"open notes": ".[", "letters": "a", "single letters": "A. ", "small letters": "a. ", "spaces": " ", "breaks": "\n", "short lines": "a\n",
	"bullets": "- ", "items": "1. ", "inline items": "• a ", "bars": "| ", "words": "word ", "wide": "。", "wide quotes": "。\"字",
	"marks": "?! ", "zero width": "\u200b", "soft hyphens": "a\u00ad", "bad bytes": "\x80", "cut runes": "\xe2", "tabs": "\t", "acronyms": "U.S. ",
	"speakers": "A: ", "wrapped": "a line of words that is as long as the others are here\n", "dashes": " — ", "digits": "1.", "capitals": "A B ",
	"returns": "\r", "form feeds": "\f", "breaks and spaces": "\n ", "stops on lines": ".\n", "danda": "है।", "faces": "! 😀 ", "spaced faces": "😀 ", "spaced notes": ".[1] [2] ", "late quotes": ". » ", "question names": "X? ",
}

func TestTimeGrowsWithLengthAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	for name, run := range pathological {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(run, (1<<20)/len(run))
			start := time.Now()
			units := Append(nil, text, Options{Lang: "en"})
			took := time.Since(start)
			checkTiling(t, text, units)
			if took > 8*time.Second {
				t.Fatalf("1 MB of %q took %v", run, took)
			}
		})
	}
}

// Four dots with spaces among them that opened a text, with a full-width stop
// behind them, were looked at as a sentence's stop and an ellipsis: the byte
// before the text was asked for.
func TestDotsOfAnyMakeTile(t *testing.T) {
	dots := []string{". . . .", ". ...", ". .. .", ".. . .", "... .", "… . .", "….", ". …", ".…."}
	marks := []string{" ", ")", "”", "»", "X", "x", "。", "？", "カ", "।", ".", "…", "1", "!", "？", "(", "\n", "\u2029"}
	for _, before := range []string{"", "Word", "Word ", "One.\n", "（"} {
		for _, run := range dots {
			for i := range len(marks) * len(marks) * len(marks) {
				n := len(marks)
				text := before + run + marks[i%n] + marks[i/n%n] + marks[i/n/n] + "Y"
				checkTiling(t, text, Append(nil, text, Options{}))
			}
		}
	}
}

// A note's number glued to the stop kept a space behind it when there were two.
func TestANoteBehindAStopIsTrimmed(t *testing.T) {
	for _, text := range []string{"talks!0  Next.", "talks.11 12   Next.", "talks.1, 2,  Next."} {
		units := Append(nil, text, Options{})
		checkTiling(t, text, units)
		if len(units) != 2 {
			t.Errorf("%q is %d units", text, len(units))
		}
	}
}

func FuzzAppend(f *testing.F) {
	seeds := 0
	for _, s := range shards {
		f.Add(s+" "+s+"\n"+s, "en")
		seeds++
	}
	for _, c := range cases {
		f.Add(c.text, c.lang)
		seeds++
	}
	if seeds == 0 {
		f.Fatal("the seed corpus is empty")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		checkTiling(t, text, Append(nil, text, Options{Lang: lang}))
	})
}
