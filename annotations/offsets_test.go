package annotations

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// naive counts text[:b] in unit u, one rune after the other.
func naive(text string, b int, u Unit) int {
	switch u {
	case CodePoints:
		return utf8.RuneCountInString(text[:b])
	case UTF16:
		return len(utf16.Encode([]rune(text[:b])))
	case Bytes:
	}
	return b
}

// longText is text of any characters, long enough to pass several marks.
func longText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		some := rapid.StringOfN(rapid.RuneFrom([]rune("aé→🚢\n\u200d ")), 1, 40, -1)
		return some.Draw(t, "a") + strings.Repeat(some.Draw(t, "b"), rapid.IntRange(0, 200).Draw(t, "times")) + rapid.String().Draw(t, "c")
	})
}

func borders(text string) []int {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

func TestOffsetsCountLikeCountingByHand(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := longText().Draw(rt, "text")
		o, at := NewOffsets(text), borders(text)
		for _, u := range []Unit{Bytes, CodePoints, UTF16} {
			a := rapid.IntRange(0, len(at)-1).Draw(rt, "a")
			b := rapid.IntRange(0, len(at)-1).Draw(rt, "b")
			s := Span{at[min(a, b)], at[max(a, b)]}
			p := o.Pair(s, u)
			if want := [2]int{naive(text, s.Start, u), naive(text, s.End, u)}; p != want {
				rt.Fatalf("%+v is %v in %s, counted %v", s, p, u, want)
			}
			back, err := o.Span(p, u)
			switch {
			case s.Empty() && err == nil:
				rt.Fatalf("the empty range %v in %s is %+v; want an error", p, u, back)
			case !s.Empty() && (err != nil || back != s):
				rt.Fatalf("%v in %s is %+v, %v; want %+v", p, u, back, err, s)
			}
		}
	})
}

func TestOffsetsRefuseWhatDoesNotFit(t *testing.T) {
	o := NewOffsets("é🚢x") // 2 + 4 + 1 bytes, 3 code points, 4 UTF-16 units
	for _, c := range []struct {
		name string
		p    [2]int
		u    Unit
	}{
		{"half a letter", [2]int{0, 1}, Bytes},
		{"from within a ship", [2]int{3, 7}, Bytes},
		{"half a ship", [2]int{1, 2}, UTF16},
		{"from half a ship", [2]int{2, 4}, UTF16},
		{"past the end", [2]int{0, 8}, Bytes},
		{"past the end in code points", [2]int{0, 4}, CodePoints},
		{"past the end in UTF-16", [2]int{0, 5}, UTF16},
		{"before the start", [2]int{-1, 2}, CodePoints},
		{"nothing", [2]int{2, 2}, CodePoints},
		{"backwards", [2]int{2, 1}, CodePoints},
		{"a unit that is none", [2]int{0, 2}, "word"},
	} {
		if s, err := o.Span(c.p, c.u); err == nil {
			t.Errorf("%s: %v in %s is %+v; want an error", c.name, c.p, c.u, s)
		}
	}
	if n := o.At(2, "word"); n >= 0 {
		t.Errorf("byte 2 is %d in words", n)
	}
	if s, err := NewOffsets("").Span([2]int{0, 0}, UTF16); err == nil {
		t.Errorf("an empty text holds %+v", s)
	}
}

func TestSpanCheck(t *testing.T) {
	const text = "é🚢x"
	for s, ok := range map[Span]bool{
		{0, 2}: true, {2, 6}: true, {0, 7}: true, {6, 7}: true,
		{0, 1}: false, {1, 2}: false, {3, 6}: false, {2, 2}: false, {3, 2}: false, {-1, 2}: false, {0, 8}: false,
	} {
		if err := s.Check(text); (err == nil) != ok {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if !(Span{1, 5}).Contains(Span{2, 5}) || (Span{1, 5}).Contains(Span{0, 2}) || (Span{1, 5}).Len() != 4 {
		t.Error("Contains or Len")
	}
}

func TestATextIsCutWhereACharacterBegins(t *testing.T) {
	const text = "a😀é"
	for i, want := range map[int]bool{-1: false, 0: true, 1: true, 2: false, 4: false, 5: true, 6: false, 7: true, 8: false} {
		if got := RuneBorder(text, i); got != want {
			t.Errorf("before byte %d of %q: %v", i, text, got)
		}
	}
}
