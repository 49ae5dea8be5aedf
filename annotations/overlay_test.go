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

// Whoever wrote "refutes" for "supports" into an exported table and loaded it was told that
// nothing in it was new: the item was there, with the other stance.
func TestWhatIsSaidOtherwiseOfAnItemOrALinkStands(t *testing.T) {
	item, two := EvidenceID{1}, Target{Sentence: 2}
	full := Annotation{Tag: "contested", Evidence: []Use{{item, EvidenceSupports}}, Links: []Link{{Relation: Disputes, Manner: Partial, To: two, Note: "the sum"}}}
	got := Over(full, Annotation{Tag: "contested", Evidence: []Use{{item, Refutes}}, Links: []Link{{Relation: Disputes, Manner: Direct, To: two}}})
	want := Annotation{Tag: "contested", Evidence: []Use{{item, Refutes}}, Links: []Link{{Relation: Disputes, Manner: Direct, To: two, Note: "the sum"}}}
	if !got.Equal(want) {
		t.Errorf("got %+v", got)
	}
	if got := Over(full, Annotation{Tag: "contested", Links: []Link{{Relation: Disputes, To: two}}}); !got.Equal(full) {
		t.Errorf("what says less changed it to %+v", got)
	}
	if full.Evidence[0].Stance != EvidenceSupports {
		t.Error("what is there was written into")
	}
}
