package store

import (
	"encoding/hex"
	"testing"

	"stet.example/stet/annotations"
)

// A ruling that names no words has the bytes that it had before rulings named any, in its
// row and in its event: else every older store would be found damaged.
func TestAnOlderRulingKeepsItsBytes(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	const old = "a501636c656102010307041a000f424005a201647374657405657369646573"
	row := storedRuling{By: "lea", Rev: 1, Pos: 7, Time: 1000000, Ruling: annotations.Ruling{Verdict: annotations.Stet, Reason: "sides"}}
	b, err := c.enc.Marshal(row)
	if err != nil || hex.EncodeToString(b) != old {
		t.Errorf("the row is %x, %v; want %s", b, err, old)
	}
	r, err := (&shared{codec: c}).decodeRuling(b)
	if err != nil || r.Words != 0 || r.Verdict != annotations.Stet || r.OfOtherWords("anything") {
		t.Errorf("read back: %+v, %v", r, err)
	}
	row.Ruling.Words = 1
	if b, err = c.enc.Marshal(row); err != nil || len(b) != len(old)/2+2 {
		t.Errorf("with words the row is %x, %v", b, err)
	}
}
