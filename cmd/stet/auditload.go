package main

import (
	"context"
	"time"

	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store"
	"stet.example/stet/store/survey"
)

// auditInput reads what an audit looks at: the articles that keep wants (nil:
// all), and the log's decisions when moments are asked for.
func (d *desk) auditInput(ctx context.Context, keep func(store.Summary) bool, moments bool) (audit.Input, error) {
	bar := d.progress("reading")
	defer bar.end()
	s, err := survey.New(d.Store, d.session.Actor).Read(ctx, survey.Options{Keep: keep, Moments: moments, Progress: bar.at})
	if err != nil {
		return audit.Input{}, err
	}
	return s.Input, nil
}

// audit reads the store and computes the desk. Without a seed it takes the one that
// the newest rulings on a draw name.
func (d *desk) audit(ctx context.Context, opt audit.Options) (*audit.Desk, error) {
	bar := d.progress("reading")
	defer bar.end()
	r := survey.New(d.Store, d.session.Actor)
	s, err := r.Read(ctx, survey.Options{Moments: true, Progress: bar.at})
	if err != nil {
		return nil, err
	}
	if opt.Seed == nil {
		verb, err := r.NewestVerb(ctx, s, func(verb string) bool { _, ok := audit.SeedIn(verb); return ok })
		if err != nil {
			return nil, err
		}
		if seed, ok := audit.SeedIn(verb); ok {
			opt.Seed = &seed
		}
	}
	s.Input.Options = opt
	return audit.New(s.Input)
}

// sealed signs off the log as it stands, for a report to name. Its time is that
// of the newest event, so that the same state gives the same report.
func (d *desk) sealed(ctx context.Context) (report.Seal, error) {
	info, err := d.Stat(ctx)
	if err != nil {
		return report.Seal{}, err
	}
	s, err := d.Seal(ctx)
	if err != nil {
		return report.Seal{}, err
	}
	out := report.Seal{Store: info.ID, Size: s.Size, Root: s.Root}
	if s.Size > 0 {
		last, _, err := d.Events(ctx, store.Query{}, s.Size-1, 1)
		if err != nil {
			return out, err
		}
		for i := range last {
			out.Time = last[i].Time.UTC().Truncate(time.Second)
		}
	}
	return out, nil
}

// reportSealJSON is the shape of a seal that a report names.
type reportSealJSON struct {
	Store string `json:"store"`
	Size  uint64 `json:"size"`
	Root  string `json:"root"`
	Time  string `json:"time,omitempty"`
}

func sealJSONOf(s report.Seal) reportSealJSON {
	return reportSealJSON{s.Store, s.Size, s.Root.String(), instant(s.Time)}
}
