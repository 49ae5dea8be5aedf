package ingest

import "testing"

func TestATitleLosesItsSiteAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name, title, outlet, heading, want string
	}{
		{"the outlet is known", "Ships held at Ellery - Ellery Post", "Ellery Post", "", "Ships held at Ellery"},
		{"with another bar and other marks", "Ships held | The «Ellery Post»", "the ellery-post", "", "Ships held"},
		{"a bar inside the headline stays", "Ships - and crews - held | Post", "Post", "", "Ships - and crews - held"},
		{"the heading tells where it ends", "Ships held – Post", "", "Ships held", "Ships held"},
		{"a kicker is no headline", "Opinion | Why ships are held", "", "Opinion", "Opinion | Why ships are held"},
		{"a short heading over a long title", "Live updates | Ships held at Ellery quay", "", "Live updates", "Live updates | Ships held at Ellery quay"},
		{"a home page", "News - Post", "Post", "", "News - Post"},
		{"only the outlet", "Post", "Post", "", "Post"},
		{"a hyphen without spaces", "Ships held at Kiel-Post", "Post", "", "Ships held at Kiel-Post"},
		{"nothing is known", "Ships held - Post", "", "", "Ships held - Post"},
	} {
		if got := withoutSite(c.title, c.outlet, c.heading); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}
