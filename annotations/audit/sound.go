package audit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
)

// Sound says whether the work can be trusted.
type Sound struct {
	Tags     Figures          `json:"tags"`
	Sources  Figures          `json:"sources"`  // who vouches, as sets of names; see [agreement.MASI]
	Evidence Figures          `json:"evidence"` // the same of evidence items
	Articles []ArticleFigures `json:"articles"` // those with two reviewers or more; least agreement first
	Check    Check            `json:"check"`

	table *agreement.Table
	rows  []*unit // the unit of each row of table
	cases [3]agreement.Case
}

// Figures are the coefficients of one table of ratings.
type Figures struct {
	Units     int                 `json:"units"`     // with two ratings or more
	Reviewers int                 `json:"reviewers"` // who rated anything
	Percent   Figure              `json:"percent_agreement"`
	Alpha     Figure              `json:"krippendorff_alpha"` // nominal for tags, with MASI for sets
	Fleiss    Figure              `json:"fleiss_kappa"`
	AC1       Figure              `json:"gwet_ac1"`
	Labels    []LabelFigures      `json:"labels"` // of tags only
	Warnings  []agreement.Warning `json:"warnings"`
}

// LabelFigures are the figures of one tag.
type LabelFigures struct {
	Label     string `json:"label"`
	Agreement Figure `json:"agreement"` // specific agreement: where one chose it, how often another did too
	Fleiss    Figure `json:"fleiss_kappa"`
}

// ArticleFigures are the figures of one article's tags.
type ArticleFigures struct {
	Key       annotations.ArticleID `json:"key"`
	Article   string                `json:"article"`
	Units     int                   `json:"units"`
	Reviewers int                   `json:"reviewers"`
	Percent   Figure                `json:"percent_agreement"`
	Alpha     Figure                `json:"krippendorff_alpha"`
}

// sound computes the figures of agreement, and the state of a check.
func (x *index) sound() (Sound, error) {
	s := Sound{Articles: []ArticleFigures{}}
	s.cases[0], s.rows = x.tagCase()
	var errs [4]error
	together(
		func() {
			if s.table, errs[0] = s.cases[0].Table(); errs[0] == nil {
				s.Tags = x.tagFigures(s.table)
				s.Tags.Warnings = append(s.Tags.Warnings, agreement.MixedWarnings(x.provenance(s.rows))...)
				s.Tags.Warnings = append(s.Tags.Warnings, x.seenWarnings(s.rows)...)
				s.Articles, errs[0] = x.articleFigures(s.cases[0], s.rows)
			}
		},
		func() {
			s.cases[1] = x.setCase("sources", s.rows, folder{}.sources)
			s.Sources, errs[1] = setFigures(s.cases[1])
		},
		func() {
			s.cases[2] = agreement.Case{Name: "evidence", Sets: [][]agreement.Set{}}
			s.Evidence = noFigures("undefined: nobody attached evidence to a sentence with a tag")
			if x.anybody(evidenced) {
				s.cases[2] = x.setCase("evidence", s.rows, itemNames{}.evidence)
				s.Evidence, errs[2] = setFigures(s.cases[2])
			}
		},
		func() { s.Check, errs[3] = x.check() },
	)
	return s, errors.Join(errs[:]...)
}

// tagCase is the table of tags: a row for each unit that somebody tagged, a
// column for each person.
func (x *index) tagCase() (agreement.Case, []*unit) {
	c := agreement.Case{Name: "tags", Raters: x.raters, Ratings: [][]int{}, Labels: make([]agreement.Label, len(x.tags))}
	for i, t := range x.tags {
		c.Labels[i] = agreement.TextLabel(t)
	}
	rows := make([]*unit, 0, len(x.units))
	for i := range x.units {
		if u := &x.units[i]; u.tagged > 0 {
			rows = append(rows, u)
		}
	}
	flat := make([]int, len(rows)*len(x.raters))
	for _, u := range rows {
		row := flat[:len(x.raters):len(x.raters)]
		flat = flat[len(x.raters):]
		for k := range row {
			row[k] = agreement.Missing
		}
		for k := range u.rated {
			if o := &u.rated[k]; o.tag != none {
				row[x.column[o.who]] = int(o.tag)
			}
		}
		c.Ratings = append(c.Ratings, row)
		c.Clusters = append(c.Clusters, u.art.Meta.Name)
	}
	return c, rows
}

// setCase is a table of sets: what each person who tagged a unit named there.
func (x *index) setCase(name string, rows []*unit, setOf func(*annotations.Annotation) agreement.Set) agreement.Case {
	c := agreement.Case{Name: name, Raters: x.raters, Sets: make([][]agreement.Set, len(rows)), Clusters: make([]string, len(rows))}
	flat := make([]agreement.Set, len(rows)*len(x.raters))
	for i, u := range rows {
		c.Sets[i] = flat[:len(x.raters):len(x.raters)]
		flat = flat[len(x.raters):]
		c.Clusters[i] = u.art.Meta.Name
		for k := range u.rated {
			if o := &u.rated[k]; o.tag != none {
				c.Sets[i][x.column[o.who]] = setOf(&o.rec.Annotation)
			}
		}
	}
	return c
}

// folder remembers names as they are compared: without regard to case and blanks.
type folder map[string]string

// sources is who vouches. A source that is only marked in the text stands as its
// place there.
func (f folder) sources(a *annotations.Annotation) agreement.Set {
	if len(a.Attributions) == 0 {
		return agreement.Set{}
	}
	out := make(agreement.Set, 0, len(a.Attributions))
	for i := range a.Attributions {
		at := &a.Attributions[i]
		switch {
		case at.Name != "":
			name, ok := f[at.Name]
			if !ok {
				name = foldName(at.Name)
				f[at.Name] = name
			}
			out = append(out, name)
		case len(at.Source) > 0:
			out = append(out, fmt.Sprintf("bytes %d-%d", at.Source[0].Start, at.Source[len(at.Source)-1].End))
		}
	}
	return out
}

func foldName(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// itemNames remembers the names of evidence items.
type itemNames map[annotations.EvidenceID]string

func (n itemNames) evidence(a *annotations.Annotation) agreement.Set {
	out := make(agreement.Set, 0, len(a.Evidence))
	for _, u := range a.Evidence {
		name, ok := n[u.ID]
		if !ok {
			name = u.ID.String()
			n[u.ID] = name
		}
		out = append(out, name)
	}
	return out
}

func (x *index) tagFigures(t *agreement.Table) Figures {
	f := Figures{
		Units: t.PairableUnits(), Reviewers: raters(t), Percent: Figure{t.Percent()}, Alpha: Figure{t.Alpha(agreement.Nominal)},
		Fleiss: Figure{t.Fleiss(agreement.Identity)}, AC1: Figure{t.GwetAC(agreement.Identity)},
		Labels: []LabelFigures{}, Warnings: append([]agreement.Warning{}, t.Warnings()...),
	}
	specific, fleiss := t.PositiveAgreements(), t.FleissLabels()
	for i, name := range x.tags {
		f.Labels = append(f.Labels, LabelFigures{Label: name, Agreement: Figure{specific[i]}, Fleiss: Figure{fleiss[i]}})
	}
	return f
}

// raters is the number of columns with a rating.
func raters(t *agreement.Table) int {
	n := 0
	for _, used := range t.Loads() {
		if used > 0 {
			n++
		}
	}
	return n
}

// anybody reports whether an opinion has one of the marks.
func (x *index) anybody(m marks) bool {
	return slices.ContainsFunc(x.units, func(u unit) bool { return u.marks.has(m) })
}

func noFigures(why string) Figures {
	f := Figure{agreement.Value{Why: why}}
	return Figures{Percent: f, Alpha: f, Fleiss: f, AC1: f, Labels: []LabelFigures{}, Warnings: []agreement.Warning{}}
}

func setFigures(c agreement.Case) (Figures, error) {
	s, err := c.SetTable()
	if err != nil {
		return Figures{}, err
	}
	t := s.Table()
	why := agreement.Value{Why: "not comparable: the ratings are sets; see krippendorff_alpha"}
	return Figures{
		Units: t.PairableUnits(), Reviewers: raters(t), Percent: Figure{t.Percent()}, Alpha: Figure{s.Alpha(agreement.MASI)},
		Fleiss: Figure{why}, AC1: Figure{why}, Labels: []LabelFigures{}, Warnings: append([]agreement.Warning{}, t.Warnings()...),
	}, nil
}

// articleFigures are those of each article with a unit that two people tagged.
func (x *index) articleFigures(c agreement.Case, rows []*unit) ([]ArticleFigures, error) {
	out := []ArticleFigures{}
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to].art == rows[from].art {
			to++
		}
		t, err := agreement.NewTable(c.Labels, c.Ratings[from:to], agreement.Options{Raters: c.Raters})
		if err != nil {
			return nil, err
		}
		if t.PairableUnits() > 0 {
			m := &rows[from].art.Meta
			out = append(out, ArticleFigures{m.ID, m.Name, t.PairableUnits(), raters(t), Figure{t.Percent()}, Figure{t.Alpha(agreement.Nominal)}})
		}
		from = to
	}
	slices.SortStableFunc(out, func(a, b ArticleFigures) int {
		switch {
		case a.Percent.V < b.Percent.V:
			return -1
		case a.Percent.V > b.Percent.V:
			return 1
		}
		return 0
	})
	return out, nil
}

// provenance tells under which codebooks, and of which revisions of a text, the
// compared tags were given. Revisions of one text share their first one.
func (x *index) provenance(rows []*unit) []agreement.Provenance {
	type key struct {
		book *book
		hash annotations.Hash
		art  *article
	}
	counts := map[key]int{}
	var order []key
	var last key
	run := 0
	for _, u := range rows {
		if u.tagged < 2 {
			continue
		}
		for i := range u.rated {
			k := key{u.rated[i].book, u.rated[i].rec.Codebook, u.art}
			if k != last {
				counts[last] += run
				last, run = k, 0
			}
			run++
			if run == 1 && counts[k] == 0 && !slices.Contains(order, k) {
				order = append(order, k)
			}
		}
	}
	counts[last] += run
	out := make([]agreement.Provenance, len(order))
	for i, k := range order {
		out[i] = agreement.Provenance{Article: x.firstRevision(k.art), Revision: k.art.Meta.Revision, Ratings: counts[k]}
		if k.book != nil {
			out[i].Codebook = fmt.Sprintf("%s %s (%s)", k.book.Name, k.book.Version, k.book.Hash.Short())
		} else if !k.hash.IsZero() {
			out[i].Codebook = k.hash.Short()
		}
	}
	return out
}

// firstRevision is the name of the oldest revision of an article that is here.
func (x *index) firstRevision(a *article) string {
	for range len(x.articles) {
		parent := x.places[a.Meta.Parent]
		if parent == nil || parent == a {
			break
		}
		a = parent
	}
	return a.Meta.Name
}
