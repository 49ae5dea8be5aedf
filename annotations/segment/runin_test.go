package segment

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// What was written before the rules were run keeps the share it reached then.
func TestUnmarkedOpeningsOfPassages(t *testing.T) {
	passages := readHard(t, "hard_unmarked.txt", "en")
	if len(passages) < 60 {
		t.Fatalf("only %d passages", len(passages))
	}
	right := 0
	for _, p := range passages {
		units := Append(nil, p.text, Options{Lang: p.lang})
		checkTiling(t, p.text, units)
		compareScanner(t, p.text, p.lang, strings.NewReader(p.text))
		got := make([]string, len(units))
		for k, u := range units {
			got[k] = u.Span.In(p.text)
		}
		if strings.Join(got, "|") == strings.Join(p.units, "|") {
			right++
		} else {
			t.Logf("cut as %s", strings.Join(got, " | "))
		}
	}
	if right*100 < len(passages)*92 {
		t.Errorf("%d of %d are cut exactly, the floor is 92 in a hundred", right, len(passages))
	}
}

func TestUnmarkedOpeningsGiveKinds(t *testing.T) {
	text := "Snow in the hills Although most lanes were open, the pass stayed shut.\n\n" +
		"He had a call from the mayor’s office this morning They asked him to wait. He did."
	want := []annotations.Kind{annotations.KindHeading, annotations.KindSentence,
		annotations.KindSentence, annotations.KindSentence, annotations.KindSentence}
	units := Append(nil, text, Options{Lang: "en"})
	if len(units) != len(want) {
		t.Fatalf("%d units: %+v", len(units), units)
	}
	for k, u := range units {
		if u.Kind != want[k] {
			t.Errorf("%q is a %v, want %v", u.Span.In(text), u.Kind, want[k])
		}
	}
}

// A headline may hold such words: without a mark behind them nothing is cut.
func TestHeadlinesAreNotCutAtSmallWords(t *testing.T) {
	for _, line := range []string{
		"Mayor tells town What it costs to stay dry",
		"Method 2 Cooking In the oven",
		"Fox and Lee meet In the hall They built",
	} {
		text := line + "\n\nThe rest follows."
		if units := Append(nil, text, Options{Lang: "en"}); len(units) != 2 || units[0].Span.In(text) != line {
			t.Errorf("%q gives %+v", line, units)
		}
	}
}

// A headline in which a clause opens, with a space at its end, was read past its end.
func TestAHeadlineMayEndWithASpace(t *testing.T) {
	const head = "Budget talks stall Though Mayor Lee"
	for space := range 4 {
		text := head + strings.Repeat(" ", space) + "\n\nThe text."
		units := Append(nil, text, Options{Lang: "en"})
		if len(units) != 2 || units[0].Span.In(text) != head {
			t.Errorf("%d spaces: %v", space, units)
		}
	}
}

func TestOtherLanguagesHaveNoUnmarkedOpenings(t *testing.T) {
	text := "Schnee in den Bergen The bridge stayed shut. Ende."
	if units := Append(nil, text, Options{Lang: "de"}); len(units) != 2 {
		t.Errorf("German gives %+v", units)
	}
}

// Sixty-four at a time or one by one, the same capitals are found.
func TestCapitalsAreFoundWhateverStandsBeside(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		const size = 64 + around
		part := string(rapid.SliceOfN(rapid.Byte(), size, size).Draw(t, "part"))
		hits := capitals(part)
		for i := range 64 {
			c := part[i+2]
			is := c >= '@' && c < '`' // the signs beside them are taken along
			if got := hits>>(i&7<<3|i>>3)&1 == 1; got != is {
				t.Fatalf("byte %d of %q: %v", i, part, got)
			}
			if is {
				found++
			}
		}
	})
	if found == 0 {
		t.Error("no capital was drawn")
	}
}

// Wherever in a line a sentence opens, it is found: at each place of the 64 bytes that
// are looked at together, and behind them.
func TestUnmarkedOpeningsAreFoundAnywhere(t *testing.T) {
	for n := range 200 {
		head := strings.Repeat("x", n+1) + " boats at sea"
		text := head + " They left at noon."
		units := Append(nil, text, Options{Lang: "en"})
		if len(units) != 2 || units[0].Span.In(text) != head {
			t.Fatalf("behind %d bytes: %+v", len(head), units)
		}
	}
}

func TestCountsInRunningText(t *testing.T) {
	for _, c := range []struct{ story, text, want string }{
		{"numbers in brackets are units", "They asked for two things: (1) More money. (2) Less talk. Both came.", "They asked for two things: (1)|More money.|(2)|Less talk.|Both came."},
		{"bare numbers too", "They asked: 1 Who pays? 2 Who knew? 3 Why?", "They asked: 1|Who pays?|2|Who knew?|3|Why?"},
		{"a count that ends leaves other numbers alone", "They asked: 1 Who pays? 2 Who knew? Nobody did. 9 People left.", "They asked: 1|Who pays?|2|Who knew?|Nobody did.|9 People left."},
		{"one number alone counts nothing", "They had one wish: (1) More money. It came.", "They had one wish: (1) More money.|It came."},
		{"clauses of one sentence stay one", "The reasons: 1 The dam was old; 2 The river was high.", "The reasons: 1 The dam was old; 2 The river was high."},
		{"the next line starts afresh", "They asked: (1) Who pays? (2) Who knew?\n(3) Nobody. The end.", "They asked: (1)|Who pays?|(2)|Who knew?|(3) Nobody.|The end."},
	} {
		t.Run(c.story, func(t *testing.T) {
			units := Append(nil, c.text, Options{Lang: "en"})
			checkTiling(t, c.text, units)
			compareScanner(t, c.text, "en", strings.NewReader(c.text))
			got := make([]string, len(units))
			for k, u := range units {
				got[k] = u.Span.In(c.text)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %q\nwant %q", s, c.want)
			}
			for k, u := range units {
				if number := len(got[k]) < 4; number != (u.Kind == annotations.KindHeading) {
					t.Errorf("%q is a %v", got[k], u.Kind)
				}
			}
		})
	}
}
