package dialog

import "testing"

// An error that began with an apostrophe was begun with the sign that rings the bell, as
// if that were its large letter: each screen had its own rule for how a sentence begins.
func TestHowASentenceBegins(t *testing.T) {
	for s, want := range map[string]string{
		"'tis refused": "'tis refused", "-x is no flag": "-x is no flag", "": "", " ": " ", "o'clock": "O'clock", "sourced": "Sourced",
		"notes.txt is gone": "notes.txt is gone", "/tmp is full": "/tmp is full", "iPhone": "iPhone", "well-known, too": "Well-known, too",
		"reading …": "Reading …", "2 sourced": "2 sourced", "é is a letter": "é is a letter", "disk: full": "Disk: full",
	} {
		if got := Capital(s); got != want {
			t.Errorf("%q begins as %q; want %q", s, got, want)
		}
	}
}

func TestHowASentenceEnds(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "no": "no.", "no.": "no.", "who?": "who?", "he said “no.”": "he said “no.”", "he said “no”": "he said “no”.", "so …": "so …", "this:": "this:", "(x)": "(x).",
	} {
		if got := Ended(s); got != want {
			t.Errorf("%q ends as %q; want %q", s, got, want)
		}
	}
}
