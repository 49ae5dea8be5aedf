package labelstudio

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// Format is the name of this dialect.
const Format interchange.Format = "label-studio"

type dialect struct{}

// New returns the dialect of Label Studio.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

type task struct {
	Data        data         `json:"data"`
	Annotations []annotation `json:"annotations"`
	Predictions []prediction `json:"predictions,omitempty"`
}

type data struct {
	Text      string   `json:"text"`
	Title     string   `json:"title"`
	URL       string   `json:"url"`
	Language  string   `json:"language"`
	Article   string   `json:"stet_article"`
	Key       string   `json:"stet_key"`
	Reviewers []string `json:"stet_reviewers"`
	Packs     string   `json:"stet"`
	Cuts      string   `json:"stet_cuts"`
	About     string   `json:"stet_about"`
}

type annotation struct {
	Result []any `json:"result"`
}

type prediction struct {
	Model  string `json:"model_version"`
	Result []any  `json:"result"`
}

type region struct {
	ID    string `json:"id"`
	From  string `json:"from_name"`
	To    string `json:"to_name"`
	Type  string `json:"type"`
	Value value  `json:"value"`
	Meta  *meta  `json:"meta,omitempty"`
}

type meta struct {
	Text []string `json:"text"`
}

type value struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    any      `json:"text,omitempty"` // of labels the words, of a text area its lines
	Labels  []string `json:"labels,omitempty"`
	Choices []string `json:"choices,omitempty"`
}

type relation struct {
	From      string   `json:"from_id"`
	To        string   `json:"to_id"`
	Type      string   `json:"type"`
	Direction string   `json:"direction"`
	Labels    []string `json:"labels"`
}

// Write implements [interchange.Dialect].
func (d dialect) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	var losses foreign.Losses
	sheets, err := foreign.Prepare(&e, &losses)
	if err != nil {
		return interchange.Written{}, err
	}
	w := interchange.Written{Unit: annotations.CodePoints}
	for _, s := range sheets {
		x := writer{sheet: s, losses: &losses}
		t, err := x.task()
		if err != nil {
			return interchange.Written{}, fmt.Errorf("label-studio: article %s: %w", s.Article().Name, err)
		}
		if o.Suggest {
			t.Predictions = []prediction{{Model: strings.TrimSpace(e.Generator + " " + e.Version), Result: x.suggest()}}
		}
		b, err := foreign.EncodeIndented([]task{t})
		if err != nil {
			return interchange.Written{}, err
		}
		w.Files = append(w.Files, foreign.Files(s, ".labelstudio.json", append(b, '\n')))
	}
	w.Losses = losses.List()
	if w.Ranges, err = foreign.ReadBack(d, w.Files, sheets); err != nil {
		return interchange.Written{}, err
	}
	w.Files = append(w.Files, interchange.File{Name: "label_config.xml", Data: config(sheets)})
	return w, nil
}

// writer writes one article.
type writer struct {
	sheet  *interchange.Sheet
	losses *foreign.Losses
}

func (x *writer) task() (task, error) {
	s, a := x.sheet, x.sheet.Article()
	t := task{Annotations: []annotation{}, Data: data{
		Text: a.Body, Title: a.Title, URL: a.URL, Language: a.Language, Article: a.Name, Key: a.ID.String(), Reviewers: []string{}, Cuts: s.Cuts(), About: s.About(),
	}}
	var packs []string
	for _, u := range a.Units {
		p, err := s.Pack(u.ID, "")
		if err != nil {
			return t, err
		}
		if p != "" {
			packs = append(packs, p)
		}
		if _, ok := s.Ruling(u.ID); ok {
			x.losses.Add(1, "rulings", "Label Studio has no place for them; kept in the task's data, which stet reads back")
		}
	}
	t.Data.Packs = strings.Join(packs, "\n")
	for _, by := range s.Reviewers() {
		if result := x.results(by); len(result) > 0 {
			t.Annotations = append(t.Annotations, annotation{result})
		}
		t.Data.Reviewers = append(t.Data.Reviewers, by)
	}
	return t, nil
}

// results is one reviewer's annotation.
func (x *writer) results(by string) []any {
	var out, relations []any
	tagged := map[annotations.SentenceID]bool{}
	mine := func(each func(u annotations.Sentence, v *interchange.Voice)) {
		for _, u := range x.sheet.Article().Units {
			for _, v := range x.sheet.Voices(u.ID) {
				if v.By == by {
					each(u, &v)
				}
			}
		}
	}
	mine(func(u annotations.Sentence, v *interchange.Voice) { tagged[u.ID] = v.Tag != "" })
	mine(func(u annotations.Sentence, v *interchange.Voice) {
		if v.Tag != "" {
			out = append(out, x.sentence(u, v)...)
		} else {
			x.losses.Add(1, "annotations without a tag", "a region needs a label; kept in the task's data, which stet reads back")
		}
		for i := range v.Attributions {
			out = append(out, x.pieces(u, i, v)...)
		}
		x.losses.Add(len(v.Evidence), "uses of evidence", "Label Studio has no place for them; kept in the task's data, which stet reads back")
		for _, l := range v.Links {
			if l.To.Article != x.sheet.Article().ID || v.Tag == "" || !tagged[l.To.Sentence] {
				x.losses.Add(1, "links", "one end is no region of the reviewer; kept in the task's data, which stet reads back")
				continue
			}
			relations = append(relations, relation{u.ID.String(), l.To.Sentence.String(), "relation", "right", []string{string(l.Relation)}})
		}
	})
	return append(out, relations...)
}

func (x *writer) at(s annotations.Span) (start, end int) {
	pair := x.sheet.Offsets().Pair(s, annotations.CodePoints)
	return pair[0], pair[1]
}

func (x *writer) label(id, control, label, by string, s annotations.Span) region {
	start, end := x.at(s)
	r := region{ID: id, From: control, To: object, Type: "labels"}
	r.Value = value{Start: start, End: end, Text: s.In(x.sheet.Article().Body), Labels: []string{label}}
	if by != "" {
		r.Meta = &meta{[]string{by}}
	}
	return r
}

// sentence is the region of a tagged sentence and what hangs on it.
func (x *writer) sentence(u annotations.Sentence, v *interchange.Voice) []any {
	id := u.ID.String()
	start, end := x.at(u.Span)
	out := []any{x.label(id, tagControl, v.Tag, v.By, u.Span)}
	area := func(control, words string) {
		if words != "" {
			out = append(out, region{ID: id, From: control, To: object, Type: "textarea", Value: value{Start: start, End: end, Text: []string{words}}})
		}
	}
	choose := func(control string, list []string) {
		if len(list) > 0 {
			out = append(out, region{ID: id, From: control, To: object, Type: "choices", Value: value{Start: start, End: end, Choices: list}})
		}
	}
	area(noteControl, v.Note)
	area(verdictControl, v.Verdict)
	if v.Rule != "" {
		choose(ruleControl, []string{v.Rule})
	}
	choose(flagControl, v.Flags)
	var marks []string
	if v.Unsure {
		marks = append(marks, unsureMark)
	}
	if v.Inside {
		marks = append(marks, insideMark)
	}
	choose(markControl, marks)
	return out
}

// pieces are the regions of an attribution that lie in the sentence itself.
func (x *writer) pieces(u annotations.Sentence, i int, v *interchange.Voice) []any {
	var out []any
	for _, part := range []foreign.Part{foreign.Source, foreign.Cue, foreign.Content} {
		for k, s := range *part.List(&v.Attributions[i]) {
			if !u.Span.Contains(s) || strings.TrimSpace(s.In(x.sheet.Article().Body)) == "" {
				x.losses.Add(1, "pieces of attributions outside their sentence", "kept in the task's data, which stet reads back")
				continue
			}
			out = append(out, x.label(fmt.Sprintf("%s-a%d-%s-%d", u.ID, i+1, part, k+1), partControl, part.String(), v.By, s))
		}
	}
	return out
}

// suggest is the program's own suggestion for the article.
func (x *writer) suggest() []any {
	a, out := x.sheet.Article(), []any{}
	r := attribution.Suggest(a.Body, a.Units, attribution.Options{Lang: a.Language})
	for i, t := range r.Tags {
		if u := a.Units[i]; x.sheet.Codebook().Tag(t.ID) != nil {
			out = append(out, x.label("p-"+u.ID.String(), tagControl, t.ID, "", u.Span))
		}
	}
	for i, at := range r.Attributions {
		pieces := annotations.Attribution{Source: at.Source, Cue: at.Cue, Content: at.Content}
		for _, part := range []foreign.Part{foreign.Source, foreign.Cue, foreign.Content} {
			for k, s := range *part.List(&pieces) {
				out = append(out, x.label(fmt.Sprintf("p-a%d-%s-%d", i+1, part, k+1), partControl, part.String(), "", s))
			}
		}
	}
	return out
}
