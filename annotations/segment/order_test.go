package segment

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// orders is how many times the sentences of a language are put in another order.
const orders = 20

// In another order every sentence meets other neighbours, so that an end that held only
// because of the word behind it is found out.
func TestSentencesInAnotherOrder(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "segmentation", "dev")
	for lang, floor := range map[string]float64{
		"ar": .997, "de": .997, "es": .995, "fr": .994, "hi": .998, "it": .9985,
		"ja": .998, "pl": .995, "pt": .995, "ru": .9975, "tr": .997, "zh": .9965,
	} {
		t.Run(lang, func(t *testing.T) {
			var parts []string
			for _, d := range readGold(t, filepath.Join(dir, "pud_"+lang+".jsonl")) {
				for _, s := range d.Sentences {
					parts = append(parts, d.Text[s[0]:s[1]])
				}
			}
			space := " "
			if lang == "zh" || lang == "ja" {
				space = ""
			}
			random := rand.New(rand.NewPCG(1, 2))
			var all score
			for range orders {
				random.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
				var d goldDoc
				var text strings.Builder
				for _, part := range parts {
					start := text.Len()
					text.WriteString(part)
					d.Sentences = append(d.Sentences, [2]int{start, text.Len()})
					text.WriteString(space)
				}
				d.Text = text.String()
				all.add(d, Append(nil, d.Text, Options{Lang: lang}))
			}
			t.Logf("F1 %.4f", all.f1())
			if all.f1() < floor {
				t.Errorf("F1 %.4f, the floor is %.4f", all.f1(), floor)
			}
		})
	}
}
