package interchange_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

func TestAPackHoldsAllThatWasSaidOfASentence(t *testing.T) {
	seen := 0
	interchangetest.Until(t, func() bool { return seen > 0 }, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		sheets, err := interchange.Sheets(&e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheets {
			u := interchange.NewUnpacker(s.Article(), s.Codebook(), s.Offsets())
			for _, x := range s.Article().Units {
				text, err := s.Pack(x.ID, "")
				if err != nil {
					t.Fatal(err)
				}
				if (text == "") != (len(s.Voices(x.ID)) == 0 && !ruled(s, x.ID)) {
					t.Fatalf("%s: the pack is %q", x.ID, text)
				}
				if text == "" {
					continue
				}
				p, err := u.Unpack(text)
				if err != nil || strings.Contains(text, "\n") {
					t.Fatalf("%s: %v", text, err)
				}
				seen += len(p.Voices)
				if a := s.Answer(x.ID); p.Answer.Tag != a.Tag || p.Answer.How != a.How || p.Sentence != x.ID || len(p.Voices) != len(s.Voices(x.ID)) {
					t.Fatalf("%s came back as %+v", text, p)
				}
				for i, v := range s.Voices(x.ID) {
					want := v.Clone()
					if want.Confidential != nil {
						want.Confidential.Salt = [16]byte{}
					}
					want.Codebook = s.Codebook().Hash
					if got := p.Voices[i]; !got.Equal(want) || got.By != v.By || got.Words != v.Words || !got.Time.Equal(v.Time) {
						t.Fatalf("%+v came back as %+v", v, got)
					}
				}
			}
		}
	})
}

func ruled(s *interchange.Sheet, id annotations.SentenceID) bool {
	_, ok := s.Ruling(id)
	return ok
}

func FuzzUnpack(f *testing.F) {
	e := interchangetest.Sample(f)
	sheets, err := interchange.Sheets(&e)
	if err != nil {
		f.Fatal(err)
	}
	s, seeds := sheets[0], 0
	for _, x := range s.Article().Units {
		if text, err := s.Pack(x.ID, ""); err == nil && text != "" {
			seeds++
			f.Add(text)
		}
	}
	if seeds < 4 {
		f.Fatalf("%d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := interchange.NewUnpacker(s.Article(), s.Codebook(), s.Offsets()).Unpack(text)
		if (p == nil) == (err == nil) {
			t.Fatalf("%+v, %v", p, err)
		}
		if p != nil && s.Article().Index(p.Sentence) < 0 {
			t.Fatalf("%s is no sentence", p.Sentence)
		}
	})
}
