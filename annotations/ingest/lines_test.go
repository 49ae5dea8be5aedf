package ingest

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLineEndsBecomeLFAndNothingElse(t *testing.T) {
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"\r", "\n", "\r\n", "a", "é", " ", "\r\r\n", "long run of words"})).Draw(t, "pieces"), "")
		if got, want := string(unixLines([]byte(text))), plain.Replace(text); got != want {
			t.Fatalf("%q became %q, want %q", text, got, want)
		}
	})
}

// A page's words come through in order, whatever elements they stand in, by the
// tree as by the tokens.
func TestElementsKeepTheWordsInOrder(t *testing.T) {
	tags := []string{"p", "div", "ul", "li", "ol", "table", "tr", "td", "a", "b", "q", "br", "pre", "h2", "blockquote", "figcaption", "span", "unknown"}
	rapid.Check(t, func(t *rapid.T) {
		var b builder
		var want []string
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			tag := rapid.SampledFrom(tags).Draw(t, "tag")
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				b.open(tag, func(string) string { return "https://x.example/" })
			case 1:
				b.close(tag)
			case 2:
				word := strings.Repeat("w", i%3+1) + string(rune('A'+i%26))
				b.text(rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "before") + word + " ")
				want = append(want, word)
			}
		}
		body, hints := b.finish()
		got := strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune(" \n|-.“”0123456789", r) })
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("got %q, want the words %q", body, want)
		}
		for _, h := range hints {
			if err := h.Span.Check(body); err != nil || h.Span.In(body) == "" {
				t.Fatalf("hint %+v: %v", h, err)
			}
		}
		if strings.HasPrefix(body, "\n") || body != "" && (!strings.HasSuffix(body, "\n") || strings.HasSuffix(body, "\n\n")) {
			t.Fatalf("blank lines around the text: %q", body)
		}
	})
}
