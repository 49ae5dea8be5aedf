package segment

import (
	"slices"

	"stet.example/stet/annotations"
)

// Options says what is known of a text before it is cut.
type Options struct {
	// Lang is a BCP 47 tag or an ISO 639-1 code ("en", "pt-BR"). Empty means
	// that the language is to be detected. A tag that has no data file is cut
	// by the language-neutral rules.
	Lang string
}

// MaxUnit is the length in bytes that no unit exceeds. A run of text without a
// boundary is cut there, at white space when there is some near by, so that a
// stream can be cut in bounded memory.
const MaxUnit = 1 << 16

// Append splits text into units and appends them to dst. Spans are in bytes of
// text, trimmed of white space, in reading order, on rune borders, and together
// they hold every byte of text that is not white space. IDs run from 1 for each
// call. With room in dst nothing is allocated. Any text is taken, invalid UTF-8
// included.
func Append(dst []annotations.Sentence, text string, opt Options) []annotations.Sentence {
	s := splitter{text: text, rules: rulesFor(opt, text), final: true, itemAt: -1}
	var u annotations.Sentence
	for s.next(&u) {
		dst = append(dst, u)
	}
	return dst
}

// Languages lists the ISO 639-1 codes that have a data file, in order.
func Languages() []string {
	c := catalogue()
	out := make([]string, 0, len(c.byCode))
	for code := range c.byCode {
		if code != neutral {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// rulesFor picks the rules for a text.
func rulesFor(opt Options, text string) *rules {
	code := baseCode(opt.Lang)
	if code == "" {
		code = Detect(text)
	}
	return catalogue().rules(code)
}

// baseCode is the primary subtag of a BCP 47 tag, in lower case.
func baseCode(tag string) string {
	for i := 0; i < len(tag); i++ {
		if tag[i] == '-' || tag[i] == '_' {
			tag = tag[:i]
			break
		}
	}
	for i := 0; i < len(tag); i++ {
		if tag[i] >= 'A' && tag[i] <= 'Z' {
			b := []byte(tag)
			for j, c := range b {
				if c >= 'A' && c <= 'Z' {
					b[j] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return tag
}
