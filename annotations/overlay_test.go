package annotations

import "testing"

func TestWhatAnotherProgramCutDownComesBackWithTheRest(t *testing.T) {
	full := Annotation{Tag: "sourced", Rule: "S-1", Note: "see page 3", Flags: []string{"numbers"}, Attributions: []Attribution{{Name: "UNODC"}}, Codebook: Hash{1}}
	if got := Over(full, Annotation{Tag: "sourced", Codebook: Hash{1}}); !got.Equal(full) {
		t.Errorf("a bare tag changed %+v", got)
	}
	got := Over(full, Annotation{Tag: "contested", Inside: true, Flags: []string{"vague"}, Note: "else", Codebook: Hash{1}})
	want := Annotation{Tag: "contested", Inside: true, Note: "else", Flags: []string{"numbers", "vague"}, Attributions: full.Attributions, Codebook: Hash{1}}
	if !got.Equal(want) {
		t.Errorf("got %+v", got)
	}
}
