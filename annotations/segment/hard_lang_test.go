package segment

import (
	"fmt"
	"strings"
	"testing"
)

// Each of the twelve languages has a file of passages of its own, written before
// the rules were run on them. In a file the sign \n stands for a line break. The share
// is that of the passages that must be cut exactly.
func TestHardPassagesOfEachLanguage(t *testing.T) {
	for lang, share := range map[string]float64{
		"ar": .90, "de": .95, "es": 1, "fr": .98, "hi": .93, "it": 1,
		"ja": .95, "pl": .98, "pt": 1, "ru": 1, "tr": .98, "zh": .96,
	} {
		t.Run(lang, func(t *testing.T) {
			checkPassages(t, fmt.Sprintf("hard_%s.txt", lang), lang, 60, share)
		})
	}
}

// So for text that is no prose: pages, wikis, feeds, mails and chats.
func TestWebPassages(t *testing.T) { checkPassages(t, "web.txt", "", 150, .96) }

// checkPassages cuts the passages of a file and wants at least a share of them exact.
func checkPassages(t *testing.T, name, lang string, least int, share float64) {
	t.Helper()
	passages := readHard(t, name, lang)
	if len(passages) < least {
		t.Fatalf("only %d passages", len(passages))
	}
	right := 0
	for _, p := range passages {
		text := strings.ReplaceAll(p.text, `\n`, "\n")
		units := Append(nil, text, Options{Lang: p.lang})
		checkTiling(t, text, units)
		var got, want []string
		for _, u := range units {
			got = append(got, u.Span.In(text))
		}
		for _, u := range p.units {
			want = append(want, strings.TrimSpace(strings.ReplaceAll(u, `\n`, "\n")))
		}
		if strings.Join(got, "|") == strings.Join(want, "|") {
			right++
		} else {
			t.Logf("%s cut as %q", p.lang, strings.Join(got, " | "))
		}
	}
	t.Logf("exact: %d of %d", right, len(passages))
	if float64(right) < share*float64(len(passages)) {
		t.Errorf("%d of %d are cut exactly, the share must be %.2f", right, len(passages), share)
	}
}
