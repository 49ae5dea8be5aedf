package merge

import (
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// TestStories merges in both directions and wants the same to stand in both.
func TestStories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		apart     bool // y is no copy of x but a store of its own
		past      func(d *desk, id annotations.ArticleID)
		x, y      func(d *desk, id annotations.ArticleID)
		want      string // of sentence 1
		conflicts int
	}{
		"two people each in their own store": {
			x:    func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y:    func(d *desk, id annotations.ArticleID) { d.tag("ben", id, 1, "contextual") },
			want: "ana: sourced, ben: contextual",
		},
		"she went on in the copy": {
			past: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y:    func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "contextual") },
			want: "ana: contextual",
		},
		"she took it back in the copy": {
			past: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y:    func(d *desk, id annotations.ArticleID) { d.revert("ana", annotations.Undo) },
			want: "",
		},
		"she went there and back in the copy": {
			past: func(d *desk, id annotations.ArticleID) {
				d.tag("ana", id, 1, "sourced")
				d.tag("ana", id, 1, "contextual")
			},
			y:    func(d *desk, id annotations.ArticleID) { d.revert("ana", annotations.Undo) },
			want: "ana: sourced",
		},
		"she decided in two ways apart": {
			past:      func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			x:         func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "contextual") },
			y:         func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "contested") },
			want:      "ana: contextual, ana (2): contested",
			conflicts: 1,
		},
		"taken back here, changed there: what is said stands": {
			past: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			x:    func(d *desk, id annotations.ArticleID) { d.revert("ana", annotations.Undo) },
			y:    func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "contested") },
			want: "ana: contested",
		},
		"the same twice in stores of their own": {
			apart: true,
			x:     func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y:     func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			want:  "ana: sourced",
		},
		"what she says here is an earlier revision there": {
			apart: true,
			x:     func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y: func(d *desk, id annotations.ArticleID) {
				d.tag("ana", id, 1, "sourced")
				d.tag("ana", id, 1, "contested")
			},
			want: "ana: contested",
		},
		"each is an earlier revision of the other": {
			apart: true,
			x: func(d *desk, id annotations.ArticleID) {
				d.tag("ana", id, 1, "contested")
				d.tag("ana", id, 1, "sourced")
			},
			y: func(d *desk, id annotations.ArticleID) {
				d.tag("ana", id, 1, "sourced")
				d.tag("ana", id, 1, "contested")
			},
			want:      "ana: sourced, ana (2): contested",
			conflicts: 1,
		},
		"somebody bears the name that a version would get": {
			x: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "contextual") },
			y: func(d *desk, id annotations.ArticleID) {
				d.tag("ana", id, 1, "contested")
				d.tag("ana (2)", id, 1, "sourced")
			},
			want:      "ana: contextual, ana (2): sourced, ana (3): contested",
			conflicts: 1,
		},
		"two leads rule apart: none stands": {
			past: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			x: func(d *desk, id annotations.ArticleID) {
				d.rule("lena", id, 1, &annotations.Ruling{Verdict: annotations.Stet})
			},
			y: func(d *desk, id annotations.ArticleID) {
				d.rule("max", id, 1, &annotations.Ruling{Verdict: annotations.Query})
			},
			want:      "ruling: , ana: sourced",
			conflicts: 1,
		},
		"a lead rules in the copy": {
			past: func(d *desk, id annotations.ArticleID) { d.tag("ana", id, 1, "sourced") },
			y: func(d *desk, id annotations.ArticleID) {
				d.rule("max", id, 1, &annotations.Ruling{Verdict: annotations.Query})
			},
			want: "ruling: query, ana: sourced",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := article(t, "harbour")
			live := func(d *desk, fn func(*desk, annotations.ArticleID)) {
				if fn != nil {
					fn(d, a.ID)
				}
			}
			x := newDesk(t, "x")
			x.bring(a)
			live(x, c.past)
			y := x.copied("y")
			if c.apart {
				y = newDesk(t, "y")
				y.bring(a)
			}
			live(x, c.x)
			live(y, c.y)
			for _, d := range []*desk{x.merged(y), y.merged(x)} {
				if got := d.says(a.ID, 1); got != c.want {
					t.Errorf("%s says %q, want %q", d.name, got, c.want)
				}
			}
			z := x.copied("z")
			r := z.merge(y)
			if len(r.Conflicts) != c.conflicts {
				t.Errorf("the receipt names %d conflicts, want %d: %+v", len(r.Conflicts), c.conflicts, r.Conflicts)
			}
			if again := z.merge(y); again.Annotations.Taken+again.Rulings.Taken+again.Articles.Taken+again.Evidence.Taken > 0 {
				t.Errorf("merging again took something: %+v", again)
			}
		})
	}
}

// TestAnAnswerSettlesAConflictEverywhere wants what a person decides after a merge
// to replace what stood in that row, in stores that merged before, too.
func TestAnAnswerSettlesAConflictEverywhere(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	x.tag("ana", a.ID, 1, "sourced")
	y.tag("ana", a.ID, 1, "contested")
	z := y.merged(x)
	x.merge(y)
	x.tag("ana", a.ID, 1, "contextual")
	x.say("ana (2)", a.ID, 1, annotations.Annotation{})
	z.merge(x)
	y.merge(z)
	for _, d := range []*desk{x, y, z} {
		if got := d.says(a.ID, 1); got != "ana: contextual" {
			t.Errorf("%s says %q", d.name, got)
		}
	}
}

// TestMergedEventsNameTheirSource wants author, verb and where from in the log.
func TestMergedEventsNameTheirSource(t *testing.T) {
	t.Parallel()
	x, y := newDesk(t, "x"), newDesk(t, "y")
	a := article(t, "harbour")
	y.bring(a)
	y.tag("ben", a.ID, 2, "sourced")
	r := x.merge(y)
	list, _, err := x.Events(t.Context(), store.Query{Actor: "ben"}, 0, 9)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d events by ben: %v", len(list), err)
	}
	seal, err := y.Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r.From.Root != seal.Root || r.From.Events != 2 {
		t.Errorf("the receipt names %+v, the seal is %+v", r.From, seal)
	}
	if e := list[0]; e.Verb != Verb || !strings.HasPrefix(e.Reason, "from store "+r.From.Store+", 2 events, root "+seal.Root.String()+" [") {
		t.Errorf("verb %q, reason %q", e.Verb, e.Reason)
	}
	if r.Articles != (Tally{1, 1, 0}) || r.Annotations != (Tally{1, 1, 0}) {
		t.Errorf("%+v", r)
	}
}

// TestDryRunStoresNothingAndTellsTheSame compares the receipts.
func TestDryRunStoresNothingAndTellsTheSame(t *testing.T) {
	t.Parallel()
	x := newDesk(t, "x")
	a := article(t, "harbour")
	x.bring(a)
	y := x.copied("y")
	x.tag("ana", a.ID, 1, "sourced")
	y.tag("ana", a.ID, 1, "contested")
	y.bring(article(t, "pier"))
	before := x.size()
	dry, err := Merge(t.Context(), x, y, Options{Lead: "lena", Tool: "t", DryRun: true})
	if err != nil || x.size() != before {
		t.Fatalf("%d events were stored: %v", x.size()-before, err)
	}
	wet := x.merge(y)
	dry.DryRun, dry.Redated = wet.DryRun, wet.Redated
	if len(dry.Conflicts) != 1 || dry.Articles != wet.Articles || dry.Annotations != wet.Annotations || !slices.Equal(dry.Conflicts[0].Names, wet.Conflicts[0].Names) {
		t.Errorf("dry %+v\nwet %+v", dry, wet)
	}
}
