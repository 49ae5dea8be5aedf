package audit

import (
	"encoding/hex"
	"strings"

	"stet.example/stet/annotations"
)

// SeedBytes is how many bytes of the log's root make the seed of a draw: as many
// as the verb of an event has room for, and far more than anybody can try.
const SeedBytes = 13

const verbDraw = "audit"

// SeedOf makes the seed of a draw from the root of the log's tree, the one that a
// checkpoint of that moment is signed over. Nobody can choose it, and whoever has
// the log, or the checkpoint, can draw again.
func SeedOf(root annotations.Hash) [32]byte {
	var seed [32]byte
	copy(seed[:SeedBytes], root[:])
	return seed
}

// SeedText gives a seed as it is typed: without the zeros that follow anyway.
func SeedText(seed [32]byte) string {
	if short(seed) {
		return hex.EncodeToString(seed[:SeedBytes])
	}
	return hex.EncodeToString(seed[:])
}

func short(seed [32]byte) bool {
	return [32 - SeedBytes]byte(seed[SeedBytes:]) == [32 - SeedBytes]byte{}
}

// DrawVerb is the verb of the rulings on a draw, by which the log tells which draw
// it was. A seed that does not fit is not told: "audit".
func DrawVerb(seed [32]byte) string {
	if !short(seed) {
		return verbDraw
	}
	return verbDraw + " " + SeedText(seed)
}

// SeedIn reads the seed from the verb of a ruling; false when there is none.
func SeedIn(verb string) (seed [32]byte, ok bool) {
	digits, ok := strings.CutPrefix(verb, verbDraw+" ")
	if !ok || len(digits) != 2*SeedBytes {
		return seed, false
	}
	_, err := hex.Decode(seed[:], []byte(digits))
	return seed, err == nil
}
