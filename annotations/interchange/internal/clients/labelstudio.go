package clients

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations/interchange"
)

// control is a tag of a labelling configuration that results come from.
type control struct {
	kind   string // lower-case name of the element
	to     string
	values []string
	single bool
}

// labelConfig is a labelling configuration.
type labelConfig struct {
	controls  map[string]control
	objects   map[string]string // name → member of data
	relations []string
}

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func readLabelConfig(data []byte) (*labelConfig, error) {
	var root element
	if err := xml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	c := &labelConfig{controls: map[string]control{}, objects: map[string]string{}}
	if root.XMLName.Local != "View" {
		return nil, fmt.Errorf("the configuration is a %s, not a View", root.XMLName.Local)
	}
	for i := range root.Children {
		e := &root.Children[i]
		name := e.attr("name")
		var values []string
		for k := range e.Children {
			v := e.Children[k].attr("value")
			if v == "" || slices.Contains(values, v) {
				return nil, fmt.Errorf("%s %q has the value %q twice, or an empty one", e.XMLName.Local, name, v)
			}
			values = append(values, v)
		}
		_, twice := c.controls[name]
		switch kind := e.XMLName.Local; kind {
		case "Relations":
			c.relations = values
			continue
		case "Text":
			c.objects[name] = strings.TrimPrefix(e.attr("value"), "$")
		case "Labels", "Choices", "TextArea":
			if kind != "TextArea" && len(values) == 0 {
				return nil, fmt.Errorf("%s %q offers nothing", kind, name)
			}
			c.controls[name] = control{strings.ToLower(kind), e.attr("toName"), values, e.attr("choice") == "single"}
		default:
			return nil, fmt.Errorf("%s is no element that a configuration needs here", kind)
		}
		if name == "" || twice {
			return nil, fmt.Errorf("a %s has no name, or that of another", e.XMLName.Local)
		}
	}
	for name, k := range c.controls {
		if c.objects[k.to] == "" {
			return nil, fmt.Errorf("the control %s names %q, which is no object", name, k.to)
		}
	}
	return c, nil
}

// result is a region or a relation.
type result struct {
	ID, Type  string
	FromName  string `json:"from_name"`
	ToName    string `json:"to_name"`
	FromID    string `json:"from_id"`
	ToID      string `json:"to_id"`
	Direction string
	Labels    []string
	Value     *regionValue
	Meta      struct{ Text []string }
}

type regionValue struct {
	Start, End      *int
	Text            json.RawMessage
	Labels, Choices []string
}

// LabelStudio reads NAME.labelstudio.json with label_config.xml. By is what
// stands in a region's meta.
func LabelStudio(files []interchange.File) ([]Reading, error) {
	configs := ending(files, "label_config.xml")
	if len(configs) != 1 {
		return nil, errors.New("label_config.xml is missing")
	}
	conf, err := readLabelConfig(configs[""])
	if err != nil {
		return nil, fmt.Errorf("label_config.xml: %w", err)
	}
	return each(files, ".labelstudio.json", func(name string, data []byte) (*Reading, error) {
		var tasks []struct {
			Data        map[string]any
			Annotations []struct {
				Result      []result
				CompletedBy any `json:"completed_by"`
			}
			Predictions []struct {
				Model  string `json:"model_version"`
				Score  *float64
				Result []result
			}
		}
		if err := json.Unmarshal(data, &tasks); err != nil || len(tasks) != 1 {
			return nil, fmt.Errorf("%d tasks: %w", len(tasks), err)
		}
		out := &Reading{Name: name}
		words, ok := tasks[0].Data[conf.objects["text"]].(string)
		if !ok || words == "" {
			return nil, errors.New("the task has no text")
		}
		out.Text = words
		for _, a := range tasks[0].Annotations {
			if a.CompletedBy != nil {
				return nil, errors.New("completed_by names somebody whom the server need not have")
			}
			if err := conf.check(newText(words), a.Result, out); err != nil {
				return nil, err
			}
		}
		for _, p := range tasks[0].Predictions {
			if p.Model == "" || p.Score != nil && (*p.Score < 0 || *p.Score > 1) {
				return nil, errors.New("a prediction has no model_version, or a score that is none")
			}
			if err := conf.check(newText(words), p.Result, &Reading{}); err != nil {
				return nil, fmt.Errorf("prediction: %w", err)
			}
		}
		return out, nil
	})
}

// check reads the results of one annotation as the server's validator does.
func (c *labelConfig) check(t text, list []result, out *Reading) error {
	places := map[string][2]int{}
	said := map[[2]string]bool{}
	labelled := map[string]string{}
	for _, r := range list {
		if r.Type == "relation" {
			continue
		}
		k, known := c.controls[r.FromName]
		if !known || r.ID == "" || r.ToName != k.to || r.Type != k.kind || r.Value == nil || r.Value.Start == nil || r.Value.End == nil {
			return fmt.Errorf("region %q by %q: no such control, or a member is missing", r.ID, r.FromName)
		}
		if said[[2]string{r.ID, r.FromName}] {
			return fmt.Errorf("region %q stands twice for %s", r.ID, r.FromName)
		}
		said[[2]string{r.ID, r.FromName}] = true
		place := [2]int{*r.Value.Start, *r.Value.End}
		words, err := t.slice(place[0], place[1])
		if err != nil {
			return err
		}
		if was, ok := places[r.ID]; ok && was != place {
			return fmt.Errorf("region %q stands at two places", r.ID)
		}
		places[r.ID] = place
		if err := k.holds(&r, words); err != nil {
			return fmt.Errorf("region %q: %w", r.ID, err)
		}
		if k.kind == "labels" {
			labelled[r.ID] = r.FromName
			out.Marks = append(out.Marks, Mark{Start: place[0], End: place[1], Label: r.FromName + ":" + r.Value.Labels[0], By: strings.Join(r.Meta.Text, "")})
		}
	}
	for id := range places {
		if labelled[id] == "" {
			return fmt.Errorf("what is said per region of %q is of no region", id)
		}
	}
	for _, r := range list {
		if r.Type != "relation" {
			continue
		}
		from, ok1 := places[r.FromID]
		to, ok2 := places[r.ToID]
		if !ok1 || !ok2 || !slices.Contains([]string{"left", "right", "bi"}, r.Direction) || len(r.Labels) != 1 || !slices.Contains(c.relations, r.Labels[0]) {
			return fmt.Errorf("relation %s→%s: an end is missing, or direction or label are none that are declared", r.FromID, r.ToID)
		}
		if r.Direction == "left" {
			from, to = to, from
		}
		out.Links = append(out.Links, Link{From: from[0], To: to[0], Label: r.Labels[0]})
	}
	return nil
}

// holds reports what a value has that its control does not offer.
func (k control) holds(r *result, words string) error {
	switch k.kind {
	case "labels":
		var s string
		if json.Unmarshal(r.Value.Text, &s) != nil || s != words {
			return fmt.Errorf("its text is %s where %q stands", r.Value.Text, words)
		}
		if len(r.Value.Labels) != 1 || !slices.Contains(k.values, r.Value.Labels[0]) {
			return fmt.Errorf("the label %q is not declared", r.Value.Labels)
		}
	case "choices":
		if len(r.Value.Choices) == 0 || k.single && len(r.Value.Choices) > 1 {
			return fmt.Errorf("the choices are %q", r.Value.Choices)
		}
		for _, x := range r.Value.Choices {
			if !slices.Contains(k.values, x) {
				return fmt.Errorf("the choice %q is not declared", x)
			}
		}
	case "textarea":
		var list []string
		if json.Unmarshal(r.Value.Text, &list) != nil || len(list) == 0 {
			return fmt.Errorf("the text area holds %s, no list of texts", r.Value.Text)
		}
	}
	return nil
}
