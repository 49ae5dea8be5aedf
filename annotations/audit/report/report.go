package report

import (
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// Report is what is written.
type Report struct {
	Desk      *audit.Desk
	Intervals *audit.Intervals // nil to leave them out
	Seal      Seal
	Program   string // name and version
}

// Seal says at which state of the store a report was made.
type Seal struct {
	Store string // its ID
	Size  uint64 // events
	Root  annotations.Hash
	Time  time.Time // of the newest event, not of the report: the same state gives the same bytes
}

// String gives the seal in one line.
func (s Seal) String() string {
	out := fmt.Sprintf("%d events, root %s", s.Size, s.Root)
	if s.Store != "" {
		out = "store " + s.Store + ", " + out
	}
	if !s.Time.IsZero() {
		out += ", " + s.Time.UTC().Format(time.RFC3339)
	}
	return out
}

// Bar draws a share (0 to 1) as a bar of so many cells, with eighths of a block.
func Bar(share float64, cells int) string {
	share = min(max(share, 0), 1)
	eighths := int(share*float64(cells)*8 + .5)
	out := strings.Repeat("█", eighths/8)
	if r := eighths % 8; r > 0 {
		out += string([]rune("▏▎▍▌▋▊▉")[r-1])
	}
	return out
}

// Spark draws values as a line of blocks, the lowest at the bottom and the
// highest at the top; a value that is not there is a blank. All equal, they
// stand in the middle.
func Spark(values []float64, there func(i int) bool) string {
	low, high, any := 0.0, 0.0, false
	for i, v := range values {
		if there != nil && !there(i) {
			continue
		}
		if !any {
			low, high, any = v, v, true
		}
		low, high = min(low, v), max(high, v)
	}
	steps := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for i, v := range values {
		switch {
		case there != nil && !there(i):
			b.WriteByte(' ')
		case high == low:
			b.WriteRune(steps[3])
		default:
			b.WriteRune(steps[int((v-low)/(high-low)*7+.5)])
		}
	}
	return b.String()
}

// percent gives a figure of 0 to 1 in per cent, or its words.
func percent(f audit.Figure) string {
	if !f.OK {
		return f.String()
	}
	return fmt.Sprintf("%.0f %%", 100*f.V)
}

// figure gives a figure with its interval where there is one.
func (r *Report) figure(name string, f audit.Figure) string {
	if r.Intervals != nil {
		if ci, ok := r.Intervals.Tags[name]; ok && ci.Low.OK && ci.High.OK {
			return ci.String()
		}
	}
	return f.String()
}

// Row is a name and what is to be said of it.
type Row struct{ Name, Value, Note string }

// agreementRows are the chief figures in words.
func (r *Report) agreementRows() []Row {
	t := &r.Desk.Sound.Tags
	return []Row{
		{"agreement", r.figure("percent_agreement", t.Percent), "of pairs of tags on one sentence, chance included"},
		{"Krippendorff's alpha", r.figure("krippendorff_alpha", t.Alpha), "1 perfect, 0 chance"},
		{"Fleiss's kappa", r.figure("fleiss_kappa", t.Fleiss), ""},
		{"Gwet's AC1", r.figure("gwet_ac1", t.AC1), "less moved by one frequent tag"},
		{"sources, alpha (MASI)", r.Desk.Sound.Sources.Alpha.String(), "who vouches, as sets of names"},
		{"evidence, alpha (MASI)", r.Desk.Sound.Evidence.Alpha.String(), ""},
	}
}

// warnings are those of the figures and of the intervals.
func (r *Report) warnings() []string {
	var out []string
	for _, w := range r.Desk.Sound.Tags.Warnings {
		out = append(out, w.Text)
	}
	if r.Intervals != nil {
		for _, w := range r.Intervals.Warnings {
			out = append(out, w.Text)
		}
	}
	return out
}

// Bound is the audit bound in a sentence, or why there is none.
func Bound(c audit.Check) string {
	if c.Bound == nil {
		return "No audit bound: " + c.Why + "."
	}
	return fmt.Sprintf("With %.0f %% confidence at most %d of %d tags are wrong (%.1f %%): %d of %d drawn by chance and %d of %d risky ones were checked, %d did not stand. Seed %s.",
		100*c.Confidence, c.Bound.Count, c.Population, 100*c.Bound.Rate, c.Checked, max(c.Needed, c.Checked), c.RiskyChecked, c.Risky, c.Wrong+c.RiskyWrong, c.Seed)
}

// need is one line of "what needs you".
type need struct {
	What string
	N    int
	List []audit.Matter
}

func needs(d *audit.Desk) []need {
	return []need{
		{"open queries", len(d.Queries), d.Queries},
		{"rulings that a reviewer answered", len(d.Replies), d.Replies},
		{"two stores were joined, and do not go together", len(d.Merged), d.Merged},
		{"disagreements without a ruling", len(d.Disagreements), d.Disagreements},
		{"reviewers who are unsure", len(d.Unsure), d.Unsure},
		{"contested, the other side not named", len(d.OneSided), d.OneSided},
		{"tags that need something else", len(d.Unfinished), d.Unfinished},
		{"second checks wanted", len(d.Wanted), d.Wanted},
		{"judged, then cut otherwise", len(d.Stale), d.Stale},
	}
}

// Turn puts one step of a talk into a line: "lea asks: who says so?", "ana
// answers: the board". It is not made safe for a terminal.
func Turn(t *audit.Turn) string {
	words := t.By + " "
	switch {
	case t.What == audit.VerbAnswer:
		words += "answers"
	case t.What == audit.VerbNoted:
		words += "has noted it"
	case t.What == audit.TakenBack:
		words += "takes the ruling back"
	case !t.Lead && t.Tag != "":
		words += "tags it " + t.Tag
	case !t.Lead:
		words += "changes it (" + t.What + ")"
	case t.What == string(annotations.Query):
		words += "asks"
		if t.Of != "" {
			words += " " + t.Of
		}
	default:
		words += "rules " + t.What
		if t.Tag != "" {
			words += " to " + t.Tag
		}
		if t.Of != "" {
			words += ", on " + t.Of
		}
		if t.Rule != "" {
			words += ", by " + t.Rule
		}
	}
	if t.Words != "" {
		words += ": " + t.Words
	}
	return words
}
