package interchangetest

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange"
)

// RoundTrip draws exports and asks of a dialect that it writes each twice the
// same, and reads back without a complaint what it wrote. That the annotations
// are the same, Write itself has to prove.
func RoundTrip(t *testing.T, d interchange.Dialect, o interchange.Options) {
	t.Helper()
	ranges := 0
	Until(t, func() bool { return ranges > 0 }, func(t *rapid.T) {
		e := Draw(t)
		w, err := d.Write(e, o)
		if err != nil {
			t.Fatal(err)
		}
		again, err := d.Write(e, o)
		if err != nil || len(again.Files) != len(w.Files) {
			t.Fatalf("written again: %d files, %v", len(again.Files), err)
		}
		for i := range w.Files {
			if !bytes.Equal(w.Files[i].Data, again.Files[i].Data) {
				t.Fatalf("%s: written again, the bytes differ", w.Files[i].Name)
			}
		}
		_, receipt, err := d.Read(w.Files, &Desk{Export: e})
		if err != nil {
			t.Fatal(err)
		}
		if !receipt.Clean() {
			t.Fatalf("rejected %v, repaired %v", receipt.Rejected, receipt.Repaired)
		}
		ranges += w.Ranges
	})
}
