package dialog

import "testing"

// Whoever types "step" in the palette means the action whose words hold it. The letters
// s, t, e and p stand in the words of others too, far apart: those were shown first, and
// enter ran one of them.
func TestWhatHoldsTheTypedWordsStandsBeforeScatteredLetters(t *testing.T) {
	items := []string{
		"split cut the sentence in two; each part is then judged by itself",
		"previous go to the previous sentence",
		"filter step through some sentences only: untagged, contested, unsure, by source …",
		"footsteps",
	}
	if got := Fit("step", items); len(got) != 4 || got[0] != 2 || got[1] != 3 {
		t.Errorf("Fit gives %v", got)
	}
	if got := Fit("Some  sentences", items); len(got) == 0 || got[0] != 2 {
		t.Errorf("of two words Fit gives %v", got)
	}
}
