package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/store"
)

const (
	sharedText = 0.05 // score of the index from which a pair is compared
	mostPairs  = 5000 // pairs that are compared sentence by sentence, the closest first
)

type pairJSON struct {
	A      string  `json:"a"`        // the earlier one where that is known
	B      string  `json:"b"`        // the later one
	DateA  string  `json:"dateA"`    // as the article has it
	DateB  string  `json:"dateB"`    //
	Dated  bool    `json:"dated"`    // A is known to be the earlier
	Shared int     `json:"shared"`   // sentences of B that rest on A
	ShareA float64 `json:"shareOfA"` // of A's sentences, those that B took up
	ShareB float64 `json:"shareOfB"` // of B's sentences, those that rest on A
}

// compareAll lists the pairs of articles that share text.
func compareAll(ctx context.Context, a *app) error {
	return a.withStore(ctx, "compare", false, func(d *desk) error {
		var x align.Index
		sums := map[string]store.Summary{}
		err := d.eachSide(ctx, "reading", func(s store.Summary, side align.Side) error {
			sums[s.Name] = s
			x.Add(s.Name, side)
			return nil
		})
		if err != nil {
			return err
		}
		found := x.Pairs(sharedText)
		left := max(0, len(found)-mostPairs)
		pairs, long, err := d.sharePairs(ctx, found[:len(found)-left], sums)
		if err != nil {
			return err
		}
		for _, m := range long {
			a.say("note: %s and %s were not compared: they are too long to hold each sentence against each", m.A, m.B)
		}
		if left > 0 {
			a.say("note: %s that share less text were not compared", plural(left, "pair"))
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"articles": x.Len(), "pairs": pairs, "notCompared": left + len(long)})
		}
		if len(pairs) == 0 {
			a.say("no two of %s share text", plural(x.Len(), "article"))
			return nil
		}
		t := newTable(a, "earlier", "date", "later", "date", "sentences", "of the later", "of the earlier", "")
		for _, p := range pairs {
			note := ""
			if !p.Dated {
				note = "which is earlier is not known"
			}
			t.row(p.A, cut(p.DateA, 10), p.B, cut(p.DateB, 10), strconv.Itoa(p.Shared), share(p.ShareB), share(p.ShareA), note)
		}
		return t.flush()
	})
}

// sharePairs compares pairs sentence by sentence and drops those where nothing
// is shared after all. long are those that are too long for that.
func (d *desk) sharePairs(ctx context.Context, found []align.PairMatch, sums map[string]store.Summary) (pairs []pairJSON, long []align.PairMatch, err error) {
	bar := d.progress("comparing")
	defer bar.end()
	pairs = []pairJSON{}
	sides := map[string]align.Side{}
	side := func(name string) (align.Side, error) {
		if s, ok := sides[name]; ok {
			return s, nil
		}
		art, err := store.Load(ctx, d.Store, sums[name].ID)
		if err != nil {
			return align.Side{}, err
		}
		if len(sides) >= 256 {
			clear(sides)
		}
		sides[name] = align.Side{Text: art.Body, Units: art.Units}
		return sides[name], nil
	}
	for i, m := range found {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		bar.at(uint64(i), uint64(len(found)))
		one, two := sums[m.A], sums[m.B]
		order, dated := earlier(one.Published, two.Published)
		if order > 0 {
			one, two = two, one
		}
		a, err := side(one.Name)
		if err != nil {
			return nil, nil, err
		}
		b, err := side(two.Name)
		if err != nil {
			return nil, nil, err
		}
		if align.TooLong(a, b) != nil {
			long = append(long, m)
			continue
		}
		r := align.Compare(a, b)
		p := pairJSON{A: one.Name, B: two.Name, DateA: one.Published, DateB: two.Published, Dated: dated}
		for _, l := range r.Links {
			if len(l.From) > 0 {
				p.Shared++
			}
		}
		if p.Shared == 0 {
			continue
		}
		p.ShareB = float64(p.Shared) / float64(len(b.Units))
		p.ShareA = float64(len(a.Units)-len(r.LeftOut)) / float64(len(a.Units))
		pairs = append(pairs, p)
	}
	slices.SortStableFunc(pairs, func(x, y pairJSON) int {
		return cmp.Or(cmp.Compare(max(y.ShareA, y.ShareB), max(x.ShareA, x.ShareB)), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return pairs, long, nil
}

func share(f float64) string { return fmt.Sprintf("%.0f%%", 100*f) }

// earlier compares two dates as articles have them: below 0 when x is the earlier.
// It is not known when one cannot be read or both name the same day or moment.
func earlier(x, y string) (order int, known bool) {
	a, fineA, okA := readDate(x)
	b, fineB, okB := readDate(y)
	if !okA || !okB {
		return 0, false
	}
	if !fineA || !fineB {
		a, b = a.Truncate(24*time.Hour), b.Truncate(24*time.Hour)
	}
	order = a.Compare(b)
	return order, order != 0
}

// byDate puts articles in an order: by day, on one day those with a time first, and
// those without a date last. Unlike [earlier] it never says of two that they may stand
// either way, which makes no order of three.
func byDate(x, y string) int {
	a, fineA, okA := readDate(x)
	b, fineB, okB := readDate(y)
	last := func(a, b bool) int { // whom it is not true of
		switch {
		case a == b:
			return 0
		case a:
			return -1
		}
		return 1
	}
	return cmp.Or(last(okA, okB), a.Truncate(24*time.Hour).Compare(b.Truncate(24*time.Hour)), last(fineA, fineB), a.Compare(b))
}

// readDate reads an ISO 8601 date or time; fine is false for a day alone.
func readDate(s string) (t time.Time, fine, ok bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true, true
		}
	}
	if len(s) >= 10 {
		if t, err := time.Parse("2006-01-02", s[:10]); err == nil {
			return t, false, true
		}
	}
	return time.Time{}, false, false
}

// eachSide calls fn with the text of every article of the store.
func (d *desk) eachSide(ctx context.Context, what string, fn func(store.Summary, align.Side) error) error {
	var all []store.Summary
	if err := d.everyArticle(ctx, func(s store.Summary) error { all = append(all, s); return nil }); err != nil {
		return err
	}
	slices.SortFunc(all, func(x, y store.Summary) int { return cmp.Compare(x.Name, y.Name) })
	bar := d.progress(what)
	defer bar.end()
	for i, s := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		bar.at(uint64(i), uint64(len(all)))
		art, err := store.Load(ctx, d.Store, s.ID)
		if err != nil {
			return err
		}
		if err := fn(s, align.Side{Text: art.Body, Units: art.Units}); err != nil {
			return err
		}
	}
	return nil
}

type quoteJSON struct {
	Article  string `json:"article"`
	Sentence int    `json:"sentence"` // from 1
	Date     string `json:"date,omitempty"`
	Bytes    [2]int `json:"bytes"`
	Text     string `json:"text"`
}

// compareQuotes lists quotations that articles give in different words.
func compareQuotes(ctx context.Context, a *app) error {
	return a.withStore(ctx, "compare", false, func(d *desk) error {
		var x align.QuoteIndex
		dates := map[string]string{}
		err := d.eachSide(ctx, "reading", func(s store.Summary, side align.Side) error {
			dates[s.Name] = s.Published
			x.Add(s.Name, side)
			return nil
		})
		if err != nil {
			return err
		}
		groups := [][]quoteJSON{}
		for _, g := range x.Variants() {
			var list []quoteJSON
			for _, q := range g {
				list = append(list, quoteJSON{q.Key, q.Unit + 1, dates[q.Key], [2]int{q.Span.Start, q.Span.End}, q.Text})
			}
			slices.SortStableFunc(list, func(x, y quoteJSON) int { return byDate(x.Date, y.Date) })
			groups = append(groups, list)
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"quotes": groups})
		}
		if len(groups) == 0 {
			a.say("no quotation is given in different words")
			return nil
		}
		for _, g := range groups {
			for i, q := range g {
				text := q.Text
				if i > 0 {
					text = report.Inline(g[0].Text, q.Text)
				}
				if err := a.print("%s\n    “%s”", strings.TrimSpace(fmt.Sprintf("%s:%d  %s", q.Article, q.Sentence, cut(q.Date, 10))), text); err != nil {
					return err
				}
			}
			if err := a.print(""); err != nil {
				return err
			}
		}
		return nil
	})
}

type restsJSON struct {
	Article   string `json:"article"`
	Sentence  int    `json:"sentence"` // from 1
	Source    string `json:"source"`
	Kind      string `json:"kind,omitempty"`
	Reviewer  string `json:"reviewer,omitempty"` // who named the source
	Suggested bool   `json:"suggested"`          // read by rules, no reviewer said so
	Text      string `json:"text"`
}

// compareSource lists the sentences that rest on a source.
func compareSource(ctx context.Context, a *app, name string) error {
	want := align.Fold(name)
	return a.withStore(ctx, "compare", false, func(d *desk) error {
		list := []restsJSON{}
		err := d.eachSide(ctx, "reading", func(s store.Summary, side align.Side) error {
			found, err := d.restsOn(ctx, s, side, want)
			list = append(list, found...)
			return err
		})
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"source": name, "sentences": list})
		}
		if len(list) == 0 {
			a.say("no sentence rests on %q", name)
			return nil
		}
		t := newTable(a, "sentence", "source", "by", "text")
		for _, r := range list {
			by := r.Reviewer
			if r.Suggested {
				by = "(suggestion)"
			}
			t.row(fmt.Sprintf("%s:%d", r.Article, r.Sentence), cut(r.Source, 40), by, cut(show(r.Text), 80))
		}
		return t.flush()
	})
}

// restsOn finds the sentences of one article that rest on a source, whose name is
// folded: by what reviewers named; sentences that nobody tagged by suggestion.
func (d *desk) restsOn(ctx context.Context, s store.Summary, side align.Side, want string) ([]restsJSON, error) {
	rows, err := d.rows(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	at := make(map[annotations.SentenceID]int, len(side.Units))
	for i, u := range side.Units {
		at[u.ID] = i
	}
	var out []restsJSON
	tagged := make([]bool, len(side.Units))
	line := func(i int, source, kind, who string) {
		out = append(out, restsJSON{s.Name, i + 1, source, kind, who, who == "", side.Units[i].Span.In(side.Text)})
	}
	for _, r := range rows {
		i, ok := at[r.Sentence]
		if !ok || r.Reviewer == "" || r.Annotation.IsZero() {
			continue
		}
		tagged[i] = true
		for _, x := range r.Annotation.Attributions {
			if source := calledAs(side.Text, x.Name, x.Source); named(source, want) {
				line(i, source, x.Kind, r.Reviewer)
				break
			}
		}
	}
	last := -1
	for _, x := range attribution.Suggest(side.Text, side.Units, attribution.Options{Lang: s.Language}).Attributions {
		if x.Unit < 0 || x.Unit >= len(tagged) || tagged[x.Unit] || x.Unit == last {
			continue
		}
		if source := calledAs(side.Text, x.Who, x.Source); named(source, want) || named(calledAs(side.Text, "", x.Source), want) {
			line(x.Unit, source, x.Kind, "")
			last = x.Unit
		}
	}
	slices.SortStableFunc(out, func(x, y restsJSON) int { return cmp.Compare(x.Sentence, y.Sentence) })
	return out, nil
}

// calledAs is what a source is called: its resolved name, else its words in the text.
func calledAs(text, name string, spans []annotations.Span) string {
	if name != "" {
		return name
	}
	var parts []string
	for _, s := range spans {
		if s.Check(text) == nil {
			parts = append(parts, s.In(text))
		}
	}
	return strings.Join(parts, " … ")
}

// named reports that a source is called by the folded name, or by it among others.
func named(source, want string) bool {
	return strings.Contains(" "+align.Fold(source)+" ", " "+want+" ")
}
