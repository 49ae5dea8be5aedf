package main

import (
	"bytes"
	"os"
	"testing"
)

// The file that is built is the one that this program writes.
func TestTheAssemblyIsWhatTheGeneratorWrites(t *testing.T) {
	got, err := os.ReadFile("../../lanes_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, assembly()) {
		t.Error("lanes_amd64.s is not what the generator writes: go generate ./store/lanes")
	}
}

func TestRoundConstantsAreThoseOfTheStandard(t *testing.T) {
	k := roundConstants()
	for i, want := range map[int]uint32{0: 0x428a2f98, 1: 0x71374491, 31: 0x14292967, 63: 0xc67178f2} {
		if k[i] != want {
			t.Errorf("constant %d is %08x, not %08x", i, k[i], want)
		}
	}
}
