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

// So for news of many kinds and for what stands around it on a page. Among what these
// showed: “High: 72. Low: 51.” was taken for a count; a short form in brackets that no list
// has, "(agg. 5-2)", cut its sentence in two, as did "2." of "1. Ann Lee, 2. Bob Roe"; the
// opening of “… and so on” stayed with the sentence before; figures with a comma were ordinals
// in languages that write those with a stop (“yüzde 61,5. Geçen yıl”); "MADRID, 3 may. (EFE) -"
// was a sentence; and lines wrapped in a proportional type were cut at every end.
func TestPassagesOfManyStyles(t *testing.T) {
	checkPassages(t, "styles_en.txt", "en", 425, .93)
	checkPassages(t, "styles_other.txt", "", 390, .96)
	checkPassages(t, "layout_en.txt", "en", 40, .88)
}

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
