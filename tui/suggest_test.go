package tui

import "testing"

// Who is said to believe something vouches for it where nobody speaks; beside one who
// speaks he comes second.
func TestWhoThinksVouchesBehindWhoSpeaks(t *testing.T) {
	a := articleOf("en", 2, func(i int) string {
		return []string{
			"Biologist Ruth Amari believes the whale was hit by a ship.",
			"According to the Herald, Tom Hill also believes the gates are shut.",
		}[i]
	})
	out, _ := suggestPart(a, 0, 2)
	for i, want := range [][]string{{"Ruth Amari"}, {"Herald", "Tom Hill"}} {
		var got []string
		for _, at := range out[a.Units[i].ID].Attributions {
			got = append(got, at.Name)
		}
		if len(got) != len(want) || got[0] != want[0] || got[len(got)-1] != want[len(want)-1] {
			t.Errorf("sentence %d: %q, want %q", i+1, got, want)
		}
	}
}
