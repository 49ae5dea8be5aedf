package annotations

import (
	"strings"
	"testing"
	"time"
)

func TestAQuotationIsFoundAcrossLinesAndMarks(t *testing.T) {
	const report = "Page one.\n\nThe “hull”  is\nsound, it's said.\n"
	for _, c := range []struct {
		quote string
		line  int
		found bool
	}{
		{`The "hull" is sound`, 3, true}, {"sound, it’s said", 4, true}, {"Page one. The", 1, true}, {"the hull", 0, false}, {" ", 0, false}, {"said. more", 0, false},
	} {
		if line, found := QuoteIn(report, c.quote); line != c.line || found != c.found {
			t.Errorf("%q: line %d, %v; want %d, %v", c.quote, line, found, c.line, c.found)
		}
	}
	if _, found := QuoteIn("\xff said", "said"); found {
		t.Error("found in what is no text")
	}
}

// A copy of many lines was folded once a line, so that a large one held the
// screen for minutes.
func TestALargeCopyIsReadOnce(t *testing.T) {
	text := strings.Repeat("The hull is sound, as far as anybody knows.\n", 400_000) + "It sank.\n"
	start := time.Now()
	if line, found := QuoteIn(text, "it sank"); found || line != 0 {
		t.Error("letters were folded")
	}
	if line, found := QuoteIn(text, "It sank."); !found || line != 400_001 {
		t.Errorf("line %d, %v", line, found)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%d bytes took %s", len(text), took)
	}
}
