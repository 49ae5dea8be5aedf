package main

import (
	"testing"

	"stet.example/stet/annotations/align"
)

func TestWhichArticleIsEarlier(t *testing.T) {
	for _, c := range []struct {
		name, x, y string
		order      int
		known      bool
	}{
		{"two days", "2026-03-04", "2026-03-05", -1, true},
		{"the other way round", "2026-03-05", "2026-03-04", 1, true},
		{"one day", "2026-03-04", "2026-03-04", 0, false},
		{"a day and a time on it", "2026-03-04", "2026-03-04T23:00:00Z", 0, false},
		{"two times in two zones", "2026-03-04T23:30:00+02:00", "2026-03-04T22:00:00Z", -1, true},
		{"no date", "", "2026-03-04", 0, false},
		{"a date as printed", "4 March 2026", "2026-03-04", 0, false},
	} {
		if order, known := earlier(c.x, c.y); order != c.order || known != c.known {
			t.Errorf("%s: got %d, %v, want %d, %v", c.name, order, known, c.order, c.known)
		}
	}
}

func TestANameIsFoundAmongOthers(t *testing.T) {
	for _, c := range []struct {
		source, name string
		want         bool
	}{
		{"the United Nations Office on Drugs and Crime (UNODC)", "unodc", true},
		{"Nicolás Maduro", "NICOLAS  MADURO", true},
		{"Rubio", "Rub", false},
		{"", "Rubio", false},
	} {
		if got := named(c.source, align.Fold(c.name)); got != c.want {
			t.Errorf("%q in %q: got %v", c.name, c.source, got)
		}
	}
}
