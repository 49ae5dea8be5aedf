package attribution

import "testing"

// TestWhoIsQuotedByAnOutletBehindTheWords: “P,” the minister was quoted by state television as saying was the outlet's word
// of the minister, and a ruling written by a judge did not say what it said.
func TestWhoIsQuotedByAnOutletBehindTheWords(t *testing.T) {
	t.Parallel()
	checkFound(t, `"We are ready," the minister was quoted by state television as saying.`, "en", "the minister", `"We are ready,"`)
	if res := Suggest(`"We are ready," the minister was quoted by state television as saying.`, nil, Options{Lang: "en"}); len(res.Attributions) != 1 || len(res.Attributions[0].Cue) == 0 {
		t.Errorf("got %v, want one voice and its cue", res.Attributions)
	}
	checkFound(t, `"We are ready," the minister was quoted as telling the Harbour Post.`, "en", "the minister", `"We are ready,"`)
	checkFound(t, "The ruling, written by Judge Ana Lund, said the law was clear.", "en", "The ruling", "the law was clear.")
	checkFound(t, "The minister was quoted by state television as saying the army was ready.", "en", "The minister", "the army was ready.")
}
