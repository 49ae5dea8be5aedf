package attribution

import "testing"

func TestEveryLanguageFileIsReadWhole(t *testing.T) {
	files, err := dataFiles.ReadDir("data")
	if err != nil || len(files) == 0 {
		t.Fatalf("no language files: %v", err)
	}
	for _, f := range files {
		raw, err := dataFiles.ReadFile("data/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseLexicon(f.Name(), string(raw)); err != nil {
			t.Error(err)
		}
	}
	if len(catalogue()) != len(files) {
		t.Errorf("%d files, %d languages", len(files), len(catalogue()))
	}
}
