package labelstudio

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// reader reads one file.
type reader struct {
	*foreign.Intake
	file string
}

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	in := foreign.NewIntake(lib)
	type parsed struct {
		name string
		n    *foreign.Node
	}
	var trees []parsed
	for _, f := range files {
		if strings.HasSuffix(strings.ToLower(f.Name), ".xml") {
			continue // a labelling configuration holds no annotations
		}
		if len(files) > 1 {
			in.File(f.Name)
		}
		n, err := foreign.Tree(f)
		if err != nil {
			return nil, nil, err
		}
		trees = append(trees, parsed{f.Name, n})
		for _, t := range n.Each() {
			data := t.Get("data")
			if isMinimal(t) {
				data = t
			}
			in.Noted(data, foreign.Place{Line: data.Get(foreign.CutsMember).LineOr(t.Line)})
		}
	}
	for _, f := range trees {
		if len(files) > 1 {
			in.File(f.name)
		}
		r := &reader{in, f.name}
		for _, t := range f.n.Each() {
			r.task(t)
		}
	}
	return in.Export(Format)
}

func (r *reader) task(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	if isMinimal(n) {
		r.minimal(n)
		return
	}
	data := n.Get("data")
	text, err := textOf(n, data)
	if err != nil {
		r.Met()
		r.Reject(at, "%v", err)
		return
	}
	t := foreign.Text{Words: text, About: interchange.About{Title: data.Get("title").Str(), URL: data.First("url", "article_url").Str(), Language: data.Get("language").Str()}, File: r.file}
	for _, name := range []string{"stet_key", "stet_article", "url", "article_url", "article"} {
		t.Names = append(t.Names, data.Get(name).Str())
	}
	v, err := r.Open(t)
	if err != nil {
		r.Met()
		r.Reject(at, "%v", err)
		return
	}
	packs := data.Get("stet")
	for _, pack := range strings.Split(packs.Str(), "\n") {
		v.Unpack(pack, foreign.Place{Line: packs.LineOr(n.Line)})
	}
	var known []string
	for _, name := range data.Get("stet_reviewers").Each() {
		known = append(known, name.Str())
	}
	for _, a := range n.Get("annotations").Each() {
		r.annotation(v, a, known)
	}
	for _, x := range [][2]string{{"predictions", "a prediction is a suggestion, not an annotation"}, {"drafts", "a draft was never submitted"}} {
		for _, p := range n.Get(x[0]).Each() {
			r.Met()
			r.Leave(foreign.Place{Line: p.Line}, "%s", x[1])
		}
	}
}

// textOf finds the text of a task.
func textOf(n, data *foreign.Node) (string, error) {
	if !n.Is(foreign.Object) {
		return "", fmt.Errorf("a task is %s, not an object", n.What())
	}
	if !data.Is(foreign.Object) {
		return "", fmt.Errorf("the task has no data; export from Label Studio as JSON")
	}
	if t := data.Get("text"); t != nil {
		if !t.Is(foreign.String) {
			return "", fmt.Errorf("data.text is %s, not a string", t.What())
		}
		return t.Text, nil
	}
	found := ""
	for _, item := range data.Items {
		switch {
		case !item.Is(foreign.String):
		case found != "":
			return "", fmt.Errorf("data has no text, and more than one string: nobody can say which was annotated; call it text")
		default:
			found = item.Text
		}
	}
	if found == "" {
		return "", fmt.Errorf("data has no text")
	}
	return found, nil
}

// group is one annotation of a task while it is read.
type group struct {
	*reader
	view    *foreign.View
	mark    foreign.Mark
	regions map[string][]annotations.SentenceID // by region id
}

func (r *reader) annotation(v *foreign.View, n *foreign.Node, known []string) {
	at := foreign.Place{Line: n.Line}
	results := n.Get("result").Each()
	if c := n.Get("was_cancelled"); c.Is(foreign.Bool) && c.Text == "true" {
		r.Met()
		r.Leave(at, "the annotation was cancelled")
		return
	}
	g := &group{reader: r, view: v, regions: map[string][]annotations.SentenceID{}}
	g.mark = foreign.Mark{By: r.reviewer(n, results, known), When: foreign.Instant(first(n.Get("updated_at").Str(), n.Get("created_at").Str()))}
	for _, later := range []bool{false, true} { // labels first: the rest hangs on them
		for _, x := range results {
			if (x.Get("type").Str() != "labels") == later {
				g.result(x)
			}
		}
	}
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// reviewer finds whose annotation it is.
func (r *reader) reviewer(n *foreign.Node, results []*foreign.Node, known []string) string {
	for _, x := range results {
		for _, m := range x.Get("meta").Get("text").Each() {
			if slices.Contains(known, m.Str()) {
				return m.Str()
			}
		}
	}
	by := n.Get("completed_by")
	if by.Is(foreign.Object) {
		full := strings.TrimSpace(by.Get("first_name").Str() + " " + by.Get("last_name").Str())
		if name := first(by.Get("email").Str(), by.Get("username").Str(), full); name != "" {
			return name
		}
		by = by.Get("id")
	}
	if id, ok := by.Int(); ok {
		return fmt.Sprintf("Label Studio user %d", id)
	}
	return first(by.Str(), r.Reviewer())
}

func (g *group) result(n *foreign.Node) {
	m := g.mark
	m.At = foreign.Place{Line: n.Line}
	value := n.Get("value")
	kind := n.Get("type").Str()
	switch kind {
	case "labels":
		g.labels(n, value, m)
	case "relation":
		g.relation(n, m)
	case "choices":
		g.choices(n, value, m)
	case "textarea":
		g.area(n, value, m)
	default:
		g.Met()
		g.Reject(m.At, "regions of type %.40q cannot be read; labels, choices, textarea and relation can", kind)
	}
}

// claim reads the positions of a region.
func claim(value *foreign.Node) (foreign.Claim, error) {
	c := foreign.Claim{Unit: annotations.CodePoints, Quote: value.Get("text").Str(), Loose: true}
	if s := value.Get("start"); s.Is(foreign.String) {
		return c, fmt.Errorf("the region's start is the path %.40q: regions in HTML cannot be read, only those in plain text", s.Text)
	}
	var err error
	c.Pair, err = foreign.Pair(value.Get("start"), value.Get("end"))
	return c, err
}

func (g *group) labels(n, value *foreign.Node, m foreign.Mark) {
	c, err := claim(value)
	labels := value.Get("labels").Each()
	if err == nil && len(labels) == 0 {
		err = fmt.Errorf("the region has no label")
	}
	if err != nil {
		g.Met()
		g.Reject(m.At, "%v", err)
		return
	}
	id := n.Get("id").Str()
	// s002-a1-cue-1 and what belongs to it share all but the last two parts.
	if parts := strings.Split(id, "-"); len(parts) == 4 && n.Get("from_name").Str() == partControl {
		m.Piece = parts[0] + "-" + parts[1]
	}
	for _, l := range labels {
		m.Label = l.Str()
		if ids := g.view.Mark(c, m); id != "" && len(ids) > 0 && g.regions[id] == nil {
			g.regions[id] = ids
		}
	}
}

// sentence is the one that the region of a result means.
func (g *group) sentence(n, value *foreign.Node) (annotations.SentenceID, error) {
	ids, ok := g.regions[n.Get("id").Str()]
	if !ok {
		if value.Get("start") == nil {
			return g.view.Whole()
		}
		c, err := claim(value)
		if err != nil {
			return 0, err
		}
		c.Quote = "" // text is what was written, not what stands there
		s, _, err := g.view.Find(c)
		if err != nil {
			return 0, err
		}
		if ids, _, err = g.view.Over(s); err != nil {
			return 0, err
		}
	}
	if len(ids) != 1 {
		return 0, fmt.Errorf("the region covers %s to %s: nobody can say which is meant", ids[0], ids[len(ids)-1])
	}
	return ids[0], nil
}

func (g *group) relation(n *foreign.Node, m foreign.Mark) {
	from, to := g.regions[n.Get("from_id").Str()], g.regions[n.Get("to_id").Str()]
	if n.Get("direction").Str() == "left" {
		from, to = to, from
	}
	if len(from) != 1 || len(to) != 1 {
		g.Met()
		g.Reject(m.At, "the relation names a region that was not taken, or one over several sentences")
		return
	}
	labels := n.Get("labels").Each()
	if len(labels) == 0 {
		g.Met()
		g.Reject(m.At, "the relation has no label")
	}
	for _, l := range labels {
		g.view.Link(from[0], to[0], l.Str(), "", m)
	}
}

func (g *group) choices(n, value *foreign.Node, m foreign.Mark) {
	id, err := g.sentence(n, value)
	if err != nil {
		g.Met()
		g.Reject(m.At, "%v", err)
		return
	}
	var list []string
	for _, c := range value.Get("choices").Each() {
		list = append(list, c.Str())
	}
	switch n.Get("from_name").Str() {
	case ruleControl:
		if len(list) != 1 {
			g.Met()
			g.Reject(m.At, "%d rules were chosen; one decides", len(list))
			return
		}
		g.view.Rule(id, m, list[0])
	case flagControl:
		g.view.Say(id, m, func(a *annotations.Annotation) error {
			slices.Sort(list)
			a.Flags = slices.Compact(list)
			return nil
		})
	case markControl:
		g.view.Say(id, m, func(a *annotations.Annotation) error {
			a.Unsure, a.Inside = slices.Contains(list, unsureMark), slices.Contains(list, insideMark)
			return nil
		})
	default:
		for _, label := range list {
			m.Label = label
			g.view.Tag(id, m)
		}
	}
}

func (g *group) area(n, value *foreign.Node, m foreign.Mark) {
	id, err := g.sentence(n, value)
	if err != nil {
		g.Met()
		g.Reject(m.At, "%v", err)
		return
	}
	var lines []string
	for _, l := range value.Get("text").Each() {
		lines = append(lines, l.Str())
	}
	words := strings.Join(lines, "\n")
	if n.Get("from_name").Str() == verdictControl {
		g.view.Say(id, m, func(a *annotations.Annotation) error { a.Verdict = words; return nil })
		return
	}
	g.view.Note(id, m, words)
}
