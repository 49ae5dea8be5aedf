package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/store/storetest"
)

// In a narrow window half a count stood in the title line: "5/38   4 o…". What has no room
// is left out whole, and the name of the article has the room.
func TestTheTitleLineHasNoHalfCounts(t *testing.T) {
	st := storetest.New(t)
	d := show(t, st, storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 38)), 40, 12)
	d.WaitFor("> 2")
	d.Type("s")
	d.WaitFor("✓ saved", "3/38")
	title := strings.Split(d.Text(), "\n")[0]
	if strings.Contains(title, "of") || strings.Contains(title, "o…") || !strings.Contains(title, "harbour-p") {
		t.Errorf("the title line: %q", title)
	}
	d.resize(60, 12)
	d.WaitFor("1 of 37 tagged")
}
