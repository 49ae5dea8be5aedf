package annotations

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// cut makes an article's units out of words by random.
func cut(rt *rapid.T) (string, []Sentence) {
	var b strings.Builder
	var units []Sentence
	gap := rapid.SampledFrom([]string{" ", "\n\n", "\u00a0 ", "\t"})
	word := rapid.StringMatching(`[a-zé🚢]{1,12}\.?`)
	for i := range rapid.IntRange(1, 12).Draw(rt, "units") {
		if i > 0 {
			b.WriteString(gap.Draw(rt, "gap"))
		}
		start := b.Len()
		b.WriteString(word.Draw(rt, "word"))
		units = append(units, Sentence{
			ID: SentenceID(i + 1), Span: Span{start, b.Len()}, Kind: Kind(rapid.IntRange(0, 5).Draw(rt, "kind")),
			Paragraph: rapid.Uint32().Draw(rt, "paragraph"), Dateline: rapid.SampledFrom([]int{0, b.Len() - start}).Draw(rt, "dateline"),
		})
	}
	return b.String(), units
}

func TestTableComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text, units := cut(rt)
		if err := CheckUnits(text, units); err != nil {
			rt.Fatal(err)
		}
		b := AppendTable([]byte("ahead"), units)
		got, err := ParseTable(b[5:])
		if err != nil || !reflect.DeepEqual(got, units) {
			rt.Fatalf("%+v came back as %+v, %v", units, got, err)
		}
		for i := range units {
			if TableAt(b[5+i*TableRecord:]) != units[i] || IndexOf(units, units[i].ID) != i {
				rt.Fatalf("record %d", i)
			}
		}
		if again := AppendTable(nil, got); string(again) != string(b[5:]) {
			rt.Fatal("encoded again, the bytes differ")
		}
	})
	if _, err := ParseTable(make([]byte, TableRecord+1)); err == nil {
		t.Error("a table cut short was parsed")
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add(AppendTable(nil, []Sentence{{ID: 1, Span: Span{0, 3}}, {ID: 2, Span: Span{4, 9}, Kind: KindSpeaker, Dateline: 2}}), "one. two.")
	f.Add(make([]byte, TableRecord), "")
	f.Add([]byte{}, "x")
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		units, err := ParseTable(b)
		if err != nil || CheckUnits(text, units) != nil {
			return
		}
		again, err := ParseTable(AppendTable(nil, units))
		if err != nil || !reflect.DeepEqual(again, units) {
			t.Errorf("%+v came back as %+v, %v", units, again, err)
		}
		at := 0
		for _, u := range units {
			if strings.TrimSpace(text[at:u.Span.Start]) != "" || u.Span.In(text) == "" || !utf8.ValidString(u.Span.In(text)) {
				t.Errorf("%+v was let through", u)
			}
			at = u.Span.End
		}
	})
}

func TestUnitsThatDoNotTileTheTextAreRefused(t *testing.T) {
	const text = " Él llegó.  Two more. "
	good := func() []Sentence {
		return []Sentence{{ID: 1, Span: Span{1, 12}}, {ID: 2, Span: Span{14, 23}}}
	}
	if err := CheckUnits(text, good()); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 70_000)
	for name, c := range map[string]struct {
		text string
		edit func(u []Sentence) []Sentence
	}{
		"text that is not UTF-8":          {"\xff", func(u []Sentence) []Sentence { return u }},
		"no unit":                         {text, func([]Sentence) []Sentence { return nil }},
		"a gap with words":                {text, func(u []Sentence) []Sentence { return u[1:] }},
		"words after the last":            {text, func(u []Sentence) []Sentence { return u[:1] }},
		"an overlap":                      {text, func(u []Sentence) []Sentence { u[1].Span.Start = 10; return u }},
		"the wrong order":                 {text, func(u []Sentence) []Sentence { u[0], u[1] = u[1], u[0]; return u }},
		"half a letter":                   {text, func(u []Sentence) []Sentence { u[0].Span.Start = 2; return u }},
		"a span past the end":             {text, func(u []Sentence) []Sentence { u[1].Span.End = 99; return u }},
		"an empty span":                   {text, func(u []Sentence) []Sentence { u[1].Span.End = 14; return u }},
		"a blank ahead":                   {text, func(u []Sentence) []Sentence { u[0].Span.Start = 0; return u }},
		"a blank behind":                  {text, func(u []Sentence) []Sentence { u[1].Span.End = 24; return u }},
		"ID zero":                         {text, func(u []Sentence) []Sentence { u[0].ID = 0; return u }},
		"an ID twice":                     {text, func(u []Sentence) []Sentence { u[1].ID = 1; return u }},
		"a kind of a later version":       {text, func(u []Sentence) []Sentence { u[1].Kind = 99; return u }},
		"a dateline longer than its span": {text, func(u []Sentence) []Sentence { u[1].Dateline = 10; return u }},
		"a negative dateline":             {text, func(u []Sentence) []Sentence { u[1].Dateline = -1; return u }},
		"a dateline that cuts a letter":   {text, func(u []Sentence) []Sentence { u[0].Dateline = 1; return u }},
		"a dateline the table cannot hold": {long, func([]Sentence) []Sentence {
			return []Sentence{{ID: 1, Span: Span{0, len(long)}, Dateline: 66_000}}
		}},
	} {
		if err := CheckUnits(c.text, c.edit(good())); err == nil {
			t.Errorf("%s: was let through", name)
		}
	}
	if err := CheckUnits("  ", nil); !errors.Is(err, ErrEmpty) {
		t.Errorf("blanks alone: %v; want ErrEmpty", err)
	}
}

func TestSealFillsInWhatFollows(t *testing.T) {
	a := Article{Body: "Head\nOne. Two.", Units: []Sentence{{ID: 1, Span: Span{0, 4}, Kind: KindHeading}, {ID: 2, Span: Span{5, 9}}, {ID: 3, Span: Span{10, 14}}}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	if a.ID != ArticleIDOf(HashOf(a.Body)) || a.TextBytes != 14 || a.Sentences != 3 || a.Required != 2 || a.Revision != 1 || a.Table.IsZero() || a.Name == "" {
		t.Errorf("%+v", a.Meta)
	}
	if a.Index(2) != 1 || a.Index(9) != -1 || a.Index(0) != -1 {
		t.Error("Index")
	}
	named := Article{Body: a.Body, Units: a.Units, Meta: Meta{Name: "mine", Revision: 4}}
	if err := named.Seal(); err != nil || named.Name != "mine" || named.Revision != 4 || named.ID != a.ID {
		t.Errorf("%+v, %v", named.Meta, err)
	}
}

func TestSuggestedNames(t *testing.T) {
	id := ArticleID{0x3f, 0x9a, 0x11, 0x22, 0x33}
	for _, c := range []struct {
		name   string
		m      Meta
		digits int
		want   string
	}{
		{"an outlet and a date", Meta{ID: id, Outlet: "CNN", Title: "Long", Published: "2025-10-24T10:00:00Z"}, 4, "cnn-2025-10-24-3f9a"},
		{"a title", Meta{ID: id, Title: "It’s over: the Ferry’s last trip"}, 4, "its-over-the-ferrys-last-trip-3f9a"},
		{"a title cut at a word", Meta{ID: id, Title: "A very long headline about nothing in particular"}, 6, "a-very-long-headline-about-3f9a11"},
		{"a word without end", Meta{ID: id, Outlet: strings.Repeat("x", 40)}, 4, strings.Repeat("x", 24) + "-3f9a"},
		{"a file name", Meta{ID: id, Original: Original{File: "Notes v2.final.txt"}}, 4, "notes-v2-final-3f9a"},
		{"a file that an export named", Meta{ID: id, Original: Original{File: "notes-3f9a.labelstudio.json"}}, 4, "notes-3f9a"},
		{"a file that an export named, of many", Meta{ID: id, Original: Original{File: "notes-3f9a1122.txt"}}, 4, "notes-3f9a"},
		{"a hidden file", Meta{ID: id, Original: Original{File: ".txt"}}, 4, "txt-3f9a"},
		{"nothing that can be spelled", Meta{ID: id, Outlet: "新华社", Title: "標題", Original: Original{File: "稿.txt"}}, 4, "article-3f9a"},
		{"a German headline", Meta{ID: id, Language: "de-AT", Title: "Öl, Käse & Straßen: Über Größe"}, 4, "oel-kaese-strassen-ueber-groesse-3f9a"},
		{"a German headline, its marks apart", Meta{ID: id, Language: "de", Title: "U\u0308ber O\u0308l"}, 4, "ueber-oel-3f9a"},
		{"a Swedish headline", Meta{ID: id, Language: "sv", Title: "Båten går på ön"}, 4, "baten-gar-pa-on-3f9a"},
		{"a French headline", Meta{ID: id, Language: "fr", Title: "L’Élysée dément: « cœur » à Noël"}, 4, "lelysee-dement-coeur-a-noel-3f9a"},
		{"a French headline, its marks apart", Meta{ID: id, Title: "E\u0301le\u0300ve"}, 4, "eleve-3f9a"},
		{"a Polish headline", Meta{ID: id, Language: "pl", Title: "Zażółć gęślą jaźń, Łódź"}, 4, "zazolc-gesla-jazn-lodz-3f9a"},
		{"a Turkish headline", Meta{ID: id, Language: "tr", Title: "İstanbul’da ışık, şeker, ğ"}, 4, "istanbulda-isik-seker-g-3f9a"},
		{"a Vietnamese headline", Meta{ID: id, Title: "Đường phố Hà Nội"}, 4, "duong-pho-ha-noi-3f9a"},
		{"a soft hyphen", Meta{ID: id, Title: "Fak\u00adten\u200dcheck"}, 4, "faktencheck-3f9a"},
		{"a Russian outlet", Meta{ID: id, Outlet: "Газета.Ру"}, 4, "gazeta-ru-3f9a"},
		{"a Russian headline", Meta{ID: id, Title: "Объявили: щедрый Йод"}, 4, "obyavili-shchedryy-yod-3f9a"},
		{"a Ukrainian headline", Meta{ID: id, Language: "uk", Title: "Київ: мʼята, гривня"}, 4, "kyyiv-myata-hryvnya-3f9a"},
		{"a Greek headline", Meta{ID: id, Title: "Η Αθήνα χθες"}, 4, "i-athina-chthes-3f9a"},
		{"an Arabic headline", Meta{ID: id, Title: "مَحكمة ٢٠٢٦"}, 4, "mhkma-2026-3f9a"},
		{"a Hebrew headline", Meta{ID: id, Title: "ירושלים"}, 4, "yrvshlym-3f9a"},
		{"a Korean headline", Meta{ID: id, Title: "서울 지하철"}, 4, "seoul-jihacheol-3f9a"},
		{"wide letters among Chinese", Meta{ID: id, Title: "ＧＤＰ ２０２５ 年"}, 4, "gdp-2025-3f9a"},
		{"Chinese with a digit, and a file", Meta{ID: id, Title: "北京3月", Original: Original{File: "beijing.html"}}, 4, "beijing-3f9a"},
		{"Japanese from a page", Meta{ID: id, Title: "首相が辞任へ", Original: Original{File: "-"}, URL: "https://www.asahi.example/a"}, 4, "asahi-example-3f9a"},
		{"Chinese whose file is Chinese", Meta{ID: id, Title: "標題", Original: Original{File: "稿.txt"}, URL: "http://[broken", Published: "2026-01-02"}, 4, "article-2026-01-02-3f9a"},
		{"a date that is none", Meta{ID: id, Outlet: "CNN", Published: "24 October"}, 4, "cnn-3f9a"},
		{"a month that is none", Meta{ID: id, Outlet: "CNN", Published: "2025-13-01"}, 4, "cnn-3f9a"},
		{"too few digits", Meta{ID: id, Outlet: "CNN"}, 0, "cnn-3f9a"},
		{"too many digits", Meta{ID: id, Outlet: "CNN"}, 99, "cnn-" + id.String()},
	} {
		if got := c.m.SuggestName(c.digits); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		limit := rapid.IntRange(1, 40).Draw(rt, "limit")
		s := slug(rapid.String().Draw(rt, "s"), limit)
		if len(s) > limit || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.Contains(s, "--") {
			rt.Fatalf("%q", s)
		}
		m := Meta{ID: id, Title: rapid.String().Draw(rt, "title"), Language: rapid.SampledFrom([]string{"", "de", "uk"}).Draw(rt, "language")}
		if n := m.SuggestName(4); strings.Trim(n, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || !strings.HasSuffix(n, "-3f9a") || strings.HasPrefix(n, "-") {
			rt.Fatalf("%q is called %q", m.Title, n)
		}
	})
}

// TestEveryLatinLetterLosesItsMarks: what Unicode takes apart into an ASCII letter and
// marks is spelled with that letter.
func TestEveryLatinLetterLosesItsMarks(t *testing.T) {
	seen := 0
	for r := rune(0xC0); r < 0x1F00; r++ {
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(unicode.ToLower(r))))
		if !unicode.IsLetter(r) || base >= utf8.RuneSelf || base == r {
			continue
		}
		seen++
		if got, ok := spell(string(r), ""); !ok || got != string(base) {
			t.Errorf("%c is spelled %q, not %q", r, got, string(base))
		}
	}
	if seen < 400 {
		t.Errorf("only %d letters were looked at", seen)
	}
}

// TestNoLetterIsSpelledTwice: the first spelling would hide the second.
func TestNoLetterIsSpelledTwice(t *testing.T) {
	seen := map[rune]string{}
	for _, f := range spellings {
		if strings.Trim(f.to, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is no ASCII word", f.to)
		}
		for _, r := range f.letters {
			if was, twice := seen[r]; twice || unicode.ToLower(r) != r {
				t.Errorf("%c is spelled %q and %q, or is no lower case", r, was, f.to)
			}
			seen[r] = f.to
		}
	}
}

func TestKeysGoBothWays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := HashOf(rapid.String().Draw(rt, "s"))
		id, ev := ArticleIDOf(h), EvidenceID(h[:8])
		for _, c := range []struct {
			in  interface{ MarshalText() ([]byte, error) }
			out interface{ UnmarshalText([]byte) error }
		}{{h, new(Hash)}, {id, new(ArticleID)}, {ev, new(EvidenceID)}} {
			b, err := c.in.MarshalText()
			if err != nil || c.out.UnmarshalText(b) != nil || !reflect.DeepEqual(reflect.ValueOf(c.out).Elem().Interface(), c.in) {
				rt.Fatalf("%v came back as %v", c.in, c.out)
			}
			if c.out.UnmarshalText(b[:len(b)-1]) == nil || c.out.UnmarshalText(append(b[:len(b)-1], 'x')) == nil {
				rt.Fatal("a key that is none was taken")
			}
		}
	})
}
