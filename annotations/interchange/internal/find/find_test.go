package find

import (
	"strings"
	"testing"
)

func TestWordsAreFoundWhereTheyStandOnce(t *testing.T) {
	const text = "A 😀 ship. A 😀 ship sank. Nobody knew. aaa"
	for _, body := range []string{text, text + strings.Repeat("\n", long)} {
		f := In(body)
		for words, want := range map[string]int{"sank": 25, "Nobody knew.": 31, "😀 ship.": 2, "ship": -1, "boat": -1, "aa": -1, text: 0} {
			at, ok := f.Once(words)
			if ok != (want >= 0) || ok && at != want {
				t.Errorf("%q: %d %v in %d bytes, want %d", words, at, ok, len(body), want)
			}
			if none := words == "boat"; (at < 0) != none {
				t.Errorf("%q: at %d", words, at)
			}
		}
	}
}

func TestASearchOfALongTextIsCheapFromTheSecondOn(t *testing.T) {
	f := In(strings.Repeat("a ship sank. ", long))
	first := f.Cost("ship")
	f.Once("ship")
	if second := f.Cost("ship"); first < long || second > 100 {
		t.Errorf("the first looks at %d bytes, the second at %d", first, second)
	}
}
