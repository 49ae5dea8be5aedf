package annotations

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// smallWorld is an article of two sentences and one evidence item.
type smallWorld struct {
	text string
	here Target
	item EvidenceID
}

func (w smallWorld) TextBytes() int                 { return len(w.text) }
func (w smallWorld) Border(i int) bool              { return RuneBorder(w.text, i) }
func (w smallWorld) HasEvidence(id EvidenceID) bool { return id == w.item }
func (w smallWorld) HasSentence(t Target) bool {
	return t.Article == w.here.Article && (t.Sentence == 1 || t.Sentence == 2)
}

func testBook() *Codebook {
	return &Codebook{
		Name: "test", Hash: HashOf("test"),
		Tags:        []Tag{{ID: "sourced"}, {ID: "contested", Needs: []Need{NeedOtherSide}, Wants: []Need{NeedSource, NeedRule}}},
		Rules:       []Rule{{ID: "S-1", Tag: "sourced"}, {ID: "C-1", Tag: "contested"}},
		Flags:       []Flag{{ID: "numbers"}, {ID: "vague"}},
		SourceKinds: []SourceKind{{ID: "official"}},
	}
}

func sound(w smallWorld) Annotation {
	return Annotation{
		Tag: "contested", Rule: "C-1", Codebook: testBook().Hash, Flags: []string{"numbers", "vague"}, Note: "é", Unsure: true, Check: CheckWanted, Inside: true,
		Attributions: []Attribution{{Source: []Span{{0, 2}, {3, 5}}, Cue: []Span{{5, 6}}, Name: "UNODC", Kind: "official", Count: 2, Hops: 1, Terms: "on record"}},
		Evidence:     []Use{{ID: w.item, Stance: Refutes}},
		Links:        []Link{{Relation: Disputes, Manner: Direct, To: Target{w.here.Article, 2}}, {Relation: Repeats, To: Target{w.here.Article, 2}}},
	}
}

func TestOnlyWhatCanBeIsLetThrough(t *testing.T) {
	w := smallWorld{text: "é says yes. é says no.", here: Target{ArticleID{1}, 1}, item: EvidenceID{9}}
	book := testBook()
	a := sound(w)
	if err := CheckAnnotation(&a, w.here, book, w); err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string]func(a *Annotation){
		"an unknown tag":                func(a *Annotation) { a.Tag = "true" },
		"a rule without tag":            func(a *Annotation) { a.Tag, a.Inside = "", false },
		"a rule of another tag":         func(a *Annotation) { a.Rule = "S-1" },
		"an unknown rule":               func(a *Annotation) { a.Rule = "Z-1" },
		"another codebook":              func(a *Annotation) { a.Codebook[0] ^= 1 },
		"an unknown flag":               func(a *Annotation) { a.Flags = []string{"nice"} },
		"flags out of order":            func(a *Annotation) { a.Flags = []string{"vague", "numbers"} },
		"a flag twice":                  func(a *Annotation) { a.Flags = []string{"vague", "vague"} },
		"an unknown state of check":     func(a *Annotation) { a.Check = 3 },
		"a side inside an untagged":     func(a *Annotation) { a.Tag, a.Rule = "", "" },
		"a note without end":            func(a *Annotation) { a.Note = strings.Repeat("x", MaxNote+1) },
		"a note that is not UTF-8":      func(a *Annotation) { a.Note = "\xff" },
		"a span past the end":           func(a *Annotation) { a.Attributions[0].Content = []Span{{0, 99}} },
		"a span before the start":       func(a *Annotation) { a.Attributions[0].Content = []Span{{-1, 2}} },
		"an empty span":                 func(a *Annotation) { a.Attributions[0].Content = []Span{{3, 3}} },
		"half a letter":                 func(a *Annotation) { a.Attributions[0].Content = []Span{{1, 3}} },
		"pieces that overlap":           func(a *Annotation) { a.Attributions[0].Content = []Span{{0, 4}, {3, 5}} },
		"pieces out of order":           func(a *Annotation) { a.Attributions[0].Content = []Span{{5, 6}, {0, 2}} },
		"pieces without end":            func(a *Annotation) { a.Attributions[0].Content = make([]Span, MaxList+1) },
		"an attribution of nothing":     func(a *Annotation) { a.Attributions[0] = Attribution{Count: 3, Terms: "on record"} },
		"attributions without end":      func(a *Annotation) { a.Attributions = make([]Attribution, MaxList+1) },
		"an unknown source kind":        func(a *Annotation) { a.Attributions[0].Kind = "ghost" },
		"less than no source":           func(a *Annotation) { a.Attributions[0].Count = -1 },
		"more sources than people":      func(a *Annotation) { a.Attributions[0].Count = MaxSource + 1 },
		"a rumour of a rumour of …":     func(a *Annotation) { a.Attributions[0].Hops = 10 },
		"a source's name without end":   func(a *Annotation) { a.Attributions[0].Name = strings.Repeat("x", MaxField+1) },
		"terms that are not UTF-8":      func(a *Annotation) { a.Attributions[0].Terms = "\xc3" },
		"an unknown stance":             func(a *Annotation) { a.Evidence[0].Stance = "likes" },
		"evidence that is not there":    func(a *Annotation) { a.Evidence[0].ID = EvidenceID{1} },
		"evidence twice":                func(a *Annotation) { a.Evidence = append(a.Evidence, Use{ID: w.item, Stance: Neutral}) },
		"evidence without end":          func(a *Annotation) { a.Evidence = make([]Use, MaxList+1) },
		"a link to itself":              func(a *Annotation) { a.Links[0].To = w.here },
		"a link to no sentence":         func(a *Annotation) { a.Links[0].To.Sentence = 7 },
		"a link to no article":          func(a *Annotation) { a.Links[0].To.Article = ArticleID{2} },
		"a link twice":                  func(a *Annotation) { a.Links[1] = a.Links[0] },
		"a link without relation":       func(a *Annotation) { a.Links[0].Relation = "" },
		"an unknown manner":             func(a *Annotation) { a.Links[0].Manner = "loud" },
		"a manner of no dispute":        func(a *Annotation) { a.Links[1].Manner = Direct },
		"a link's note without end":     func(a *Annotation) { a.Links[0].Note = strings.Repeat("x", MaxField+1) },
		"links without end":             func(a *Annotation) { a.Links = make([]Link, MaxList+1) },
		"a link's note, not quite text": func(a *Annotation) { a.Links[1].Note = "\xff" },
	} {
		a := sound(w)
		edit(&a)
		err := CheckAnnotation(&a, w.here, book, w)
		var bad *InvalidError
		if !errors.As(err, &bad) || bad.Field == "" || bad.Why == "" || !strings.HasPrefix(err.Error(), bad.Field) {
			t.Errorf("%s: %v; want an InvalidError", name, err)
		}
	}
	if err := CheckAnnotation(&a, Target{w.here.Article, 9}, book, w); err == nil {
		t.Error("a sentence that is not there was annotated")
	}
}

func TestAnnotationsAreCopiedWhole(t *testing.T) {
	w := smallWorld{item: EvidenceID{9}}
	a := sound(w)
	a.Confidential = Seal([16]byte{1}, "hush")
	b := a.Clone()
	if !a.Equal(b) || a.IsZero() {
		t.Fatal("a clone differs")
	}
	b.Attributions[0].Source[0].End, b.Evidence[0].Stance, b.Links[0].Note, b.Flags[0], b.Confidential.Salt[0] = 1, Neutral, "x", "x", 9
	c := sound(w)
	c.Confidential = Seal([16]byte{1}, "hush")
	if !a.Equal(c) {
		t.Error("the clone shares memory with the original")
	}
	for name, edit := range map[string]func(a *Annotation){
		"tag": func(a *Annotation) { a.Tag = "" }, "rule": func(a *Annotation) { a.Rule = "" }, "codebook": func(a *Annotation) { a.Codebook[1] ^= 1 },
		"attributions": func(a *Annotation) { a.Attributions[0].Cue[0].Start = 4 }, "evidence": func(a *Annotation) { a.Evidence = nil },
		"links": func(a *Annotation) { a.Links[1].Note = "x" }, "inside": func(a *Annotation) { a.Inside = false }, "flags": func(a *Annotation) { a.Flags = a.Flags[:1] },
		"note": func(a *Annotation) { a.Note = "" }, "confidential": func(a *Annotation) { a.Confidential = nil },
		"another secret": func(a *Annotation) { a.Confidential = Seal([16]byte{2}, "hush") }, "unsure": func(a *Annotation) { a.Unsure = false }, "check": func(a *Annotation) { a.Check = CheckDone },
	} {
		d := c.Clone()
		edit(&d)
		if d.Equal(c) {
			t.Errorf("%s makes no difference", name)
		}
	}
	if !(Annotation{Codebook: Hash{1}}).IsZero() || (Annotation{Unsure: true}).IsZero() {
		t.Error("IsZero")
	}
}

func TestASealOpensToItsValueOnly(t *testing.T) {
	s := Seal([16]byte{1, 2}, "the skipper’s sister")
	if !s.Opens("the skipper’s sister") || s.Opens("the skipper") || (*Sealed)(nil).Opens("") || Seal([16]byte{}, "the skipper’s sister").Digest == s.Digest {
		t.Error("a seal opens to another value, or without its salt")
	}
}

func TestFlagsStaySorted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var a Annotation
		want := map[string]bool{}
		for _, f := range rapid.SliceOf(rapid.StringMatching(`[a-e]`)).Draw(rt, "flags") {
			kept := append([]string(nil), a.Flags...)
			old := a.Flags
			a.ToggleFlag(f)
			if want[f] = !want[f]; a.HasFlag(f) != want[f] {
				rt.Fatalf("%q is not toggled", f)
			}
			for i := range kept {
				if old[i] != kept[i] {
					rt.Fatal("toggling changed a slice that others may hold")
				}
			}
			for i := 1; i < len(a.Flags); i++ {
				if a.Flags[i-1] >= a.Flags[i] {
					rt.Fatalf("out of order: %q", a.Flags)
				}
			}
		}
	})
}

func TestWhatATagStillNeeds(t *testing.T) {
	book := testBook()
	a := &Annotation{Tag: "contested"}
	needs, wants := book.Missing(a)
	if len(needs) != 1 || needs[0] != NeedOtherSide || len(wants) != 2 {
		t.Errorf("needs %v, wants %v", needs, wants)
	}
	for name, full := range map[string]*Annotation{
		"inside":   {Tag: "contested", Inside: true},
		"a link":   {Tag: "contested", Links: []Link{{Relation: Disputes}}},
		"evidence": {Tag: "contested", Evidence: []Use{{Stance: Undercuts}}},
	} {
		if needs, _ := book.Missing(full); len(needs) != 0 {
			t.Errorf("%s: still needs %v", name, needs)
		}
	}
	if _, wants := book.Missing(&Annotation{Tag: "contested", Rule: "C-1", Attributions: []Attribution{{Name: "ana"}}}); len(wants) != 0 {
		t.Errorf("still wants %v", wants)
	}
	if needs, wants := book.Missing(&Annotation{}); needs != nil || wants != nil {
		t.Error("an untagged sentence needs nothing but a tag")
	}
	if got := book.RulesFor("sourced"); len(got) != 1 || got[0].ID != "S-1" {
		t.Errorf("%+v", got)
	}
}

func TestRulingsThatCannotBe(t *testing.T) {
	book := testBook()
	for _, ok := range []Ruling{
		{Verdict: Stet}, {Verdict: Query, Reason: "who says?"}, {Verdict: Neither, Reviewer: "ana"}, {Verdict: Amend, Tag: "sourced", Rule: "S-1"},
	} {
		ok.Codebook = book.Hash
		if err := CheckRuling(&ok, book); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
	}
	for name, r := range map[string]Ruling{
		"no verdict": {Codebook: book.Hash}, "another verdict": {Verdict: "maybe", Codebook: book.Hash}, "amend to nothing": {Verdict: Amend, Codebook: book.Hash},
		"amend to an unknown tag": {Verdict: Amend, Tag: "true", Codebook: book.Hash}, "stet with a tag": {Verdict: Stet, Tag: "sourced", Codebook: book.Hash},
		"another codebook": {Verdict: Stet}, "an unknown rule": {Verdict: Stet, Rule: "Z-1", Codebook: book.Hash},
		"of nobody": {Verdict: Stet, Reviewer: " ", Codebook: book.Hash}, "a reason without end": {Verdict: Stet, Reason: strings.Repeat("x", MaxField+1), Codebook: book.Hash},
		"a reason that is not UTF-8": {Verdict: Stet, Reason: "\xff", Codebook: book.Hash},
	} {
		if err := CheckRuling(&r, book); err == nil {
			t.Errorf("%s: was let through", name)
		}
	}
}

func TestEvidenceThatCannotBe(t *testing.T) {
	good := Evidence{URL: "https://harbour.example/1", Locator: "p. 3", Quote: "not asked"}
	good.Identify()
	if err := CheckEvidence(&good); err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string]func(e *Evidence){
		"another key":            func(e *Evidence) { e.ID[0] ^= 1 },
		"a word changed":         func(e *Evidence) { e.Quote += "!" },
		"nothing":                func(e *Evidence) { *e = Evidence{Locator: "p. 3"}; e.Identify() },
		"a URL without end":      func(e *Evidence) { e.URL = strings.Repeat("x", MaxField+1); e.Identify() },
		"a quote without end":    func(e *Evidence) { e.Quote = strings.Repeat("x", MaxNote+1); e.Identify() },
		"a note, not quite text": func(e *Evidence) { e.Note = "\xff"; e.Identify() },
	} {
		e := good
		edit(&e)
		if err := CheckEvidence(&e); err == nil {
			t.Errorf("%s: was let through", name)
		}
	}
}

func TestFieldsThatTradePlacesGiveAnotherKey(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		e := Evidence{URL: rapid.String().Draw(rt, "url"), File: rapid.String().Draw(rt, "file"), Locator: rapid.String().Draw(rt, "locator"), Quote: rapid.String().Draw(rt, "quote")}
		f := Evidence{URL: rapid.String().Draw(rt, "url2"), File: rapid.String().Draw(rt, "file2"), Locator: rapid.String().Draw(rt, "locator2"), Quote: rapid.String().Draw(rt, "quote2")}
		same := e == f
		if (e.Identify() == f.Identify()) != same {
			rt.Fatalf("%+v and %+v", e, f)
		}
	})
	a, b := Evidence{URL: "x\x00y"}, Evidence{URL: "x", File: "y\x00"}
	if a.Identify() != b.Identify() {
		t.Error("the trick no longer works: drop this case")
	}
	if CheckEvidence(&a) == nil || CheckEvidence(&b) == nil {
		t.Error("two items that say different things have one key, and can be stored")
	}
}

func TestNames(t *testing.T) {
	for _, ok := range []string{"ana", "Ana María Núñez-Ørsted", "李雷", "أنا", "Renée O’Hara", "reviewer 7"} {
		if err := CheckName(ok); err != nil {
			t.Errorf("%q: %v", ok, err)
		}
	}
	for name, bad := range map[string]string{
		"nothing": "", "blanks": "  ", "a blank ahead": " ana", "a blank behind": "ana ", "a line end": "ana\n", "two lines": "a\nb", "a tab": "a\tb",
		"an escape": "a\x1b[2J", "a C1 control": "a\u009bm", "an override": "a\u202eb", "a hidden blank": "a\u200bb", "a no-break space": "a\u00a0b",
		"a thin space": "a\u2009b", "a wide space": "a\u3000b", "half a letter": "a\xc3", "too long": strings.Repeat("é", MaxName/2+1), "a soft hyphen": "a\u00adb",
	} {
		if err := CheckName(bad); err == nil {
			t.Errorf("%s: %q was let through", name, bad)
		}
	}
}

func FuzzCheckName(f *testing.F) {
	for _, s := range []string{"ana", "a\x00b", " ", "\u202e", "李雷", "\xff", "a  b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if CheckName(s) != nil {
			return
		}
		if s == "" || len(s) > MaxName || !utf8.ValidString(s) || strings.TrimSpace(s) != s || Visible(s) != s {
			t.Errorf("%q was let through", s)
		}
	})
}
