package segment_test

import (
	"fmt"
	"os"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

func ExampleAppend() {
	text := "OSLO (Reuters) - Mr. Vik left. “Why now? I do not know,” he said.\n\nWhat comes next\nA vote is due."
	var units []annotations.Sentence
	units = segment.Append(units[:0], text, segment.Options{Lang: "en"})
	for _, u := range units {
		fmt.Printf("%d %d %v: %s\n", u.ID, u.Paragraph, u.Kind, u.Span.In(text)[u.Dateline:])
	}
	// Output:
	// 1 0 sentence: Mr. Vik left.
	// 2 0 sentence: “Why now?
	// 3 0 sentence: I do not know,” he said.
	// 4 1 heading: What comes next
	// 5 1 sentence: A vote is due.
}

func ExampleScanner() {
	sc := segment.NewScanner(strings.NewReader("Es war am 3. Mai. Dann kam z. B. Dr. Adler."), segment.Options{Lang: "de"})
	for sc.Scan() {
		fmt.Println(sc.Unit().Span.Start, sc.Text())
	}
	if err := sc.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	// Output:
	// 0 Es war am 3. Mai.
	// 18 Dann kam z. B. Dr. Adler.
}

// A reviewer's key steps through the places where a unit can be cut.
func ExampleSplitPoints() {
	text := "Goods come from the U.S. China makes the rest, and no one minds."
	unit := annotations.Span{End: len(text)}
	for _, at := range segment.SplitPoints(text, unit) {
		s, err := segment.SplitAt(text, unit, at)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s | %s\n", s.Left.In(text), s.Right.In(text))
	}
	// Output:
	// Goods come from the U.S. | China makes the rest, and no one minds.
	// Goods come from the U.S. China makes the rest, | and no one minds.
}
