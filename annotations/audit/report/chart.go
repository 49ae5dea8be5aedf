package report

import (
	"fmt"
	"slices"
	"strconv"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// What charts show at most.
const (
	maxBars   = 40
	maxLines  = 8
	chartWide = 720
)

// Chart is a drawing in units of a pixel, for the template to write as SVG.
type Chart struct {
	Title  string
	Note   string
	Width  int
	Height int
	Rects  []Rect
	Lines  []Line
	Dots   []Dot
	Labels []Text
	Legend []Key
}

// Rect is a filled rectangle; Class says which tag it stands for.
type Rect struct {
	X, Y, W, H float64
	Class      string
	Title      string
	Opacity    float64 // 0 for the class's own
}

// Line is a line of points, with a dash pattern of its own.
type Line struct {
	Points string
	Class  string
	Title  string
}

// Dot is a point.
type Dot struct {
	X, Y  float64
	Class string
	Title string
}

// Text is a label; Anchor is start, middle or end.
type Text struct {
	X, Y   float64
	Anchor string
	Text   string
}

// Key is an entry of a legend.
type Key struct{ Class, Name string }

func show(s string) string { return annotations.Visible(s) }

// short cuts a label to n runes.
func short(s string, n int) string {
	r := []rune(show(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

// class is the colour class of the i-th tag or reviewer.
func class(i int) string { return "c" + strconv.Itoa(i%8) }

// tagChart is a bar for each article, divided by the tag that holds.
func tagChart(d *audit.Desk) Chart {
	labels := d.Labels()
	c := Chart{Title: "Tags by article", Width: chartWide}
	list := d.Totals.ByArticle
	if len(list) > maxBars {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(a, b audit.ArticleTags) int { return b.Sentences - a.Sentences })
		c.Note = fmt.Sprintf("the %d longest of %d articles", maxBars, len(list))
		list = list[:maxBars]
	}
	for i, l := range labels {
		c.Legend = append(c.Legend, Key{class(i), show(l)})
	}
	c.Legend = append(c.Legend, Key{"copen", "reviewers differ"}, Key{"cnone", "untagged"})
	const left, bar = 190, 480
	for row, a := range list {
		y, x := float64(row*20+4), float64(left)
		c.Labels = append(c.Labels, Text{left - 8, y + 11, "end", short(a.Article, 28)}, Text{left + bar + 8, y + 11, "start", strconv.Itoa(a.Sentences)})
		part := func(n int, class, name string) {
			if n == 0 || a.Sentences == 0 {
				return
			}
			w := float64(bar) * float64(n) / float64(a.Sentences)
			c.Rects = append(c.Rects, Rect{X: x, Y: y, W: w, H: 14, Class: class, Title: fmt.Sprintf("%s: %d %s", show(a.Article), n, show(name))})
			x += w
		}
		for i, l := range labels {
			part(a.Answers[l], class(i), l)
		}
		part(a.Open, "copen", "on which reviewers differ")
		part(a.Untagged, "cnone", "untagged")
	}
	c.Height = len(list)*20 + 8
	return c
}

// labelChart is the agreement on each tag, with its interval.
func labelChart(r *Report) Chart {
	c := Chart{Title: "Agreement on each tag", Width: chartWide, Note: "where one reviewer chose the tag, how often another did too; the line is the 95 % interval"}
	const left, bar = 190, 360
	row := 0
	for i, l := range r.Desk.Sound.Tags.Labels {
		y := float64(row*26 + 6)
		row++
		c.Labels = append(c.Labels, Text{left - 8, y + 12, "end", short(l.Label, 28)})
		if !l.Agreement.OK {
			c.Labels = append(c.Labels, Text{left, y + 12, "start", short(l.Agreement.String(), 70)})
			continue
		}
		words := l.Agreement.String()
		c.Rects = append(c.Rects, Rect{X: left, Y: y, W: bar * l.Agreement.V, H: 16, Class: class(i), Title: show(l.Label) + ": " + words})
		if r.Intervals != nil {
			if ci := r.Intervals.Labels[l.Label]; ci.Low.OK && ci.High.OK {
				words = ci.String()
				c.Lines = append(c.Lines, Line{fmt.Sprintf("%.1f,%.1f %.1f,%.1f", left+bar*ci.Low.V, y+8, left+bar*ci.High.V, y+8), "whisker", words})
				for _, end := range []float64{ci.Low.V, ci.High.V} {
					c.Lines = append(c.Lines, Line{fmt.Sprintf("%.1f,%.1f %.1f,%.1f", left+bar*end, y+3, left+bar*end, y+13), "whisker", words})
				}
			}
		}
		c.Labels = append(c.Labels, Text{left + bar + 12, y + 12, "start", words})
	}
	c.Height = row*26 + 12
	return c
}

// mixChart is the square of which tag met which, all pairs of reviewers
// together.
func mixChart(d *audit.Desk) Chart {
	labels := d.Labels()
	c := Chart{Title: "Which tags are taken for each other", Note: "sentences on which both tags were given", Width: chartWide}
	at := map[string]int{}
	for i, l := range labels {
		at[l] = i
	}
	most := 1
	for _, m := range d.Mixes.Labels {
		most = max(most, m.Sentences)
	}
	const left, top, w, h = 190, 24, 96, 30
	for i, l := range labels {
		c.Labels = append(c.Labels, Text{left - 8, float64(top + i*h + 19), "end", short(l, 28)}, Text{float64(left + i*w + w/2), 14, "middle", short(l, 13)})
	}
	for _, m := range d.Mixes.Labels {
		for _, p := range [][2]int{{at[m.A], at[m.B]}, {at[m.B], at[m.A]}} {
			x, y := float64(left+p[0]*w), float64(top+p[1]*h)
			c.Rects = append(c.Rects, Rect{x + 1, y + 1, w - 2, h - 2, "cmix", fmt.Sprintf("%s and %s: %d", show(m.A), show(m.B), m.Sentences), .15 + .85*float64(m.Sentences)/float64(most)})
			c.Labels = append(c.Labels, Text{x + w/2, y + 19, "middle", strconv.Itoa(m.Sentences)})
		}
	}
	c.Height = top + len(labels)*h + 6
	c.Width = max(chartWide, left+len(labels)*w+10)
	return c
}

// series is one reviewer's line.
type series struct {
	name   string
	days   []string
	values []float64
}

// dayChart draws a figure of every reviewer by day.
func dayChart(d *audit.Desk, title, note, unit string, of func(*audit.Day) audit.Figure) Chart {
	c := Chart{Title: title, Note: note, Width: chartWide}
	var all []series
	for i := range d.Pace {
		p := &d.Pace[i]
		f := of(p)
		if !f.OK {
			continue
		}
		if n := len(all); n == 0 || all[n-1].name != p.Reviewer {
			all = append(all, series{name: p.Reviewer})
		}
		s := &all[len(all)-1]
		s.days, s.values = append(s.days, p.Day), append(s.values, f.V)
	}
	if len(all) == 0 {
		c.Note, c.Height = "nothing to show yet", 4
		return c
	}
	if len(all) > maxLines {
		c.Note += fmt.Sprintf("; the first %d of %d reviewers", maxLines, len(all))
		all = all[:maxLines]
	}
	return c.draw(all, unit)
}

func (c Chart) draw(all []series, unit string) Chart {
	var days []string
	top := 0.0
	for _, s := range all {
		days = append(days, s.days...)
		top = max(top, slices.Max(s.values))
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if unit == "share" || top == 0 {
		top = 1
	}
	const left, right, high, low = 60, 20, 10, 150
	x := func(day string) float64 {
		i, _ := slices.BinarySearch(days, day)
		return left + float64(chartWide-left-right)*(float64(i)+.5)/float64(len(days))
	}
	y := func(v float64) float64 { return low - (low-high)*v/top }
	for _, v := range []float64{0, top / 2, top} {
		c.Lines = append(c.Lines, Line{fmt.Sprintf("%d,%.1f %d,%.1f", left, y(v), chartWide-right, y(v)), "grid", ""})
		c.Labels = append(c.Labels, Text{left - 6, y(v) + 4, "end", strconv.FormatFloat(v, 'g', 3, 64)})
	}
	c.Labels = append(c.Labels, Text{x(days[0]), low + 16, "middle", days[0]})
	if n := len(days); n > 1 {
		c.Labels = append(c.Labels, Text{x(days[n-1]), low + 16, "middle", days[n-1]})
	}
	for i, s := range all {
		points := ""
		for k, v := range s.values {
			points += fmt.Sprintf("%.1f,%.1f ", x(s.days[k]), y(v))
			c.Dots = append(c.Dots, Dot{x(s.days[k]), y(v), class(i), fmt.Sprintf("%s, %s: %.2f", show(s.name), s.days[k], v)})
		}
		c.Lines = append(c.Lines, Line{points, "line " + class(i), show(s.name)})
		c.Legend = append(c.Legend, Key{class(i), show(s.name)})
	}
	c.Height = low + 24
	return c
}
