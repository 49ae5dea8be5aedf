package segment

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

func TestSplitPointsComeBestFirst(t *testing.T) {
	for _, c := range []struct {
		story, text string
		want        []string // what the second part begins with
	}{
		{"a short form's stop goes before all else", "He went to the U.S. Hong Kong, too, was on his list, and he liked it.",
			[]string{"Hong Kong", "and he", "too", "was on"}},
		{"a title is no place", "Mr. Fox came, but Dr. Lee left.", []string{"but Dr."}},
		{"an initial is no place", "Ann B. Lee came; Bo left.", []string{"Bo left"}},
		{"semicolons before commas", "She won, he lost; they left.", []string{"they left", "he lost"}},
		{"a colon and a dash", "Two came: Ann – the mayor – and Bo.", []string{"Ann", "– the", "the mayor", "– and", "and Bo"}},
		{"a clause without a comma", "He left because it rained.", []string{"because"}},
		{"nothing but words: the middle first", "One two three four", []string{"three", "two", "four"}},
		{"a line break inside", "Long words here\nand there", []string{"and there"}},
		{"quotes stay with what they open", "“We won”, he said. “They lost”, she said.", []string{"“They", "he said", "she said"}},
		{"scripts without spaces", "《他。来了》她走了", []string{"来了"}},
		{"one word", "Word", nil},
	} {
		t.Run(c.story, func(t *testing.T) {
			points := SplitPoints(c.text, annotations.Span{End: len(c.text)})
			if len(points) != len(c.want) {
				t.Fatalf("%d places, want %d: %q", len(points), len(c.want), rests(c.text, points))
			}
			for k, p := range points {
				if !strings.HasPrefix(c.text[p:], c.want[k]) {
					t.Errorf("place %d is before %q, want %q", k+1, c.text[p:], c.want[k])
				}
			}
		})
	}
}

func rests(text string, points []int) []string {
	var out []string
	for _, p := range points {
		out = append(out, text[p:])
	}
	return out
}

func TestSplitAtTrimsAndProposes(t *testing.T) {
	text := "Intro. She won the race, but he lost it."
	unit := annotations.Span{Start: 7, End: len(text)}
	s, err := SplitAt(text, unit, strings.Index(text, " he lost"))
	if err != nil {
		t.Fatal(err)
	}
	if l, r := s.Left.In(text), s.Right.In(text); l != "She won the race, but" || r != "he lost it." {
		t.Errorf("parts %q and %q", l, r)
	}
	if !strings.HasPrefix(text[s.Nearest:], "but he") {
		t.Errorf("proposes %q", text[s.Nearest:])
	}
	if s, err = SplitAt(text, unit, s.Nearest); err != nil || s.Nearest != s.Right.Start {
		t.Errorf("a proposed place is not its own nearest: %+v, %v", s, err)
	}
}

func TestSplitAtSaysWhyNot(t *testing.T) {
	text := "Zoë won.  She left."
	for story, c := range map[string]struct {
		unit annotations.Span
		at   int
		want string
	}{
		"before the unit":  {annotations.Span{Start: 1, End: len(text)}, 0, "not inside"},
		"at its end":       {annotations.Span{End: len(text)}, len(text), "not inside"},
		"inside a letter":  {annotations.Span{End: len(text)}, 3, "begins at byte 2"},
		"a unit too long":  {annotations.Span{End: 99}, 4, "the unit"},
		"nothing but gaps": {annotations.Span{End: 11}, 10, "blanks"},
	} {
		if _, err := SplitAt(text, c.unit, c.at); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", story, err)
		}
	}
}

func TestJoinedHoldsBothAndTheGap(t *testing.T) {
	a, b := annotations.Span{Start: 2, End: 5}, annotations.Span{Start: 6, End: 9}
	if got, err := Joined(a, b); err != nil || got != (annotations.Span{Start: 2, End: 9}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, pair := range [][2]annotations.Span{{b, a}, {a, a}, {a, {}}, {{}, b}} {
		if _, err := Joined(pair[0], pair[1]); err == nil {
			t.Errorf("%v were joined", pair)
		}
	}
}

// Whatever the text, every place can be cut at, and joining the parts gives the
// unit again.
func TestEveryPlaceSplitsAndJoins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		for _, u := range Append(nil, text, Options{Lang: "en"}) {
			seen := map[int]bool{}
			for _, p := range SplitPoints(text, u.Span) {
				if seen[p] || p <= u.Span.Start || p >= u.Span.End {
					t.Fatalf("place %d in %v comes twice or lies outside", p, u.Span)
				}
				seen[p] = true
				if !utf8.RuneStart(text[p]) && utf8.ValidString(text) {
					t.Fatalf("place %d cuts a character", p)
				}
				if !utf8.ValidString(text) {
					continue
				}
				s, err := SplitAt(text, u.Span, p)
				if err != nil || s.Nearest != p || s.Right.Start != p {
					t.Fatalf("place %d in %q: %+v, %v", p, u.Span.In(text), s, err)
				}
				if whole, err := Joined(s.Left, s.Right); err != nil || whole != u.Span {
					t.Fatalf("joined %v, was %v: %v", whole, u.Span, err)
				}
			}
		}
	})
}
