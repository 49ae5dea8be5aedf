package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
)

//go:embed page.html
var pageSource string

var page = sync.OnceValues(func() (*template.Template, error) { return template.New("report").Parse(pageSource) })

// WriteHTML writes the report as one page of HTML 5: two columns, links by number,
// changes coloured and lettered, fit for print. It holds no script and loads
// nothing.
func (r *Report) WriteHTML(w io.Writer) error {
	t, err := page()
	if err != nil {
		return fmt.Errorf("the page's template: %w", err)
	}
	return t.Execute(w, r.view())
}

// view is what the template shows.
type view struct {
	Summary []string
	Grave   bool // the summary begins with what was cut
	Legend  []key
	A, B    column
}

type key struct{ Letter, Words string }

type column struct {
	Title, About string
	Units        []unitView
}

type unitView struct {
	N       int
	Tag     string
	Heading bool
	Gone    bool // left out, or new
	Links   []int
	Pieces  []piece
	Notes   []string
}

// piece is a run of text with the letters of the changes that touch it.
type piece struct{ Text, Letters, Class string }

func (r *Report) view() view {
	v := view{Summary: r.Summary(), Grave: len(r.Result.Orphans) > 0}
	for _, k := range kinds {
		if n := len(v.Legend); n > 0 && v.Legend[n-1].Letter == k.letter {
			v.Legend[n-1].Words += ", " + Words(k.kind)
			continue
		}
		v.Legend = append(v.Legend, key{k.letter, Words(k.kind)})
	}
	v.A, v.B = about("Original", &r.A), about("Rewrite", &r.B)
	to := make([][]int, len(r.A.Side.Units))
	for j, l := range r.Result.Links {
		for _, i := range l.From {
			to[i] = append(to[i], j+1)
		}
	}
	for i, u := range r.A.Side.Units {
		var marks []mark
		for _, c := range r.Result.Changes {
			if c.A == i && !c.WasSpan.Empty() {
				marks = append(marks, mark{c.WasSpan, Letter(c.Type)})
			}
		}
		v.A.Units = append(v.A.Units, unitView{
			N: i + 1, Tag: r.A.shownTag(i), Heading: u.Kind == annotations.KindHeading, Gone: len(to[i]) == 0, Links: to[i],
			Pieces: pieces(r.A.Side.Text, u.Span, marks), Notes: r.supportNotes(i),
		})
	}
	for j, u := range r.B.Side.Units {
		var marks []mark
		var notes []string
		for _, c := range r.Result.Changes {
			if c.B != j {
				continue
			}
			notes = append(notes, note(c))
			if !c.NowSpan.Empty() {
				marks = append(marks, mark{c.NowSpan, Letter(c.Type)})
			}
		}
		for _, o := range r.Result.Orphans {
			if o.B == j {
				notes = append(notes, OrphanWords(o))
			}
		}
		links := make([]int, 0, 2)
		for _, i := range r.Result.Links[j].From {
			links = append(links, i+1)
		}
		sort.Ints(links)
		v.B.Units = append(v.B.Units, unitView{
			N: j + 1, Tag: r.B.shownTag(j), Heading: u.Kind == annotations.KindHeading, Gone: len(links) == 0, Links: links,
			Pieces: pieces(r.B.Side.Text, u.Span, marks), Notes: notes,
		})
	}
	return v
}

func (r *Report) supportNotes(i int) []string {
	var out []string
	for _, o := range r.Result.Orphans {
		if slices.Contains(o.Support, i) {
			out = append(out, fmt.Sprintf("vouched for sentence %d, which the rewrite keeps", o.A+1))
		}
		if slices.Contains(o.Against, i) {
			out = append(out, fmt.Sprintf("spoke against sentence %d, which the rewrite keeps", o.A+1))
		}
	}
	return out
}

func note(c align.Change) string {
	s := Letter(c.Type) + " " + Words(c.Type)
	if c.Was != "" {
		s += ": [-" + show(c.Was) + "-]"
	}
	if c.Now != "" {
		if c.Was == "" {
			s += ":"
		}
		s += " {+" + show(c.Now) + "+}"
	}
	return s
}

func about(what string, t *Text) column {
	c := column{Title: what + ": " + show(t.Name)}
	var parts []string
	for _, s := range []string{t.Outlet, t.Published, t.Title} {
		if s != "" {
			parts = append(parts, show(s))
		}
	}
	if slices.Contains(t.Suggested, true) {
		parts = append(parts, "tags with ~ are suggestions")
	}
	c.About = strings.Join(parts, " · ")
	return c
}

// mark is a place in a text that a change touches.
type mark struct {
	span   annotations.Span
	letter string
}

// pieces cuts a unit where marks begin and end; those that overlap share pieces.
func pieces(text string, u annotations.Span, marks []mark) []piece {
	cuts := []int{u.Start, u.End}
	for _, m := range marks {
		cuts = append(cuts, min(max(m.span.Start, u.Start), u.End), min(max(m.span.End, u.Start), u.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i := 0; i+1 < len(cuts); i++ {
		var in []string
		for _, m := range marks {
			if m.span.Start <= cuts[i] && cuts[i+1] <= m.span.End && !slices.Contains(in, m.letter) {
				in = append(in, m.letter)
			}
		}
		p := piece{Text: annotations.Visible(text[cuts[i]:cuts[i+1]]), Letters: strings.Join(in, "")}
		if len(in) > 0 {
			p.Class = "m" + in[0]
		}
		out = append(out, p)
	}
	return out
}
