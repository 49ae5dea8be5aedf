package clients

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations/interchange"
)

// Prodigy reads NAME.prodigy.jsonl as tasks of the choice recipe with spans. A
// mark's Start is the number of the task's text among those that differ in their
// input hash.
func Prodigy(files []interchange.File) ([]Reading, error) {
	return each(files, ".prodigy.jsonl", func(name string, data []byte) (*Reading, error) {
		lines, err := jsonLines(data)
		if err != nil {
			return nil, err
		}
		out := &Reading{Name: name}
		var inputs []float64
		texts := map[float64]string{}
		seen := map[string]bool{}
		for i, l := range lines {
			var t task
			if err := json.Unmarshal(l, &t); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			if err := t.check(); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			if was, ok := texts[t.Input]; !ok {
				inputs = append(inputs, t.Input)
				out.Text += t.Text + "\x00"
			} else if was != t.Text {
				return nil, fmt.Errorf("line %d: another text has the same input hash", i+1)
			}
			texts[t.Input] = t.Text
			key := fmt.Sprint(t.Task, t.Session)
			if seen[key] {
				return nil, fmt.Errorf("line %d: the same person answers the same task twice", i+1)
			}
			seen[key] = true
			for _, tag := range t.Accept {
				if t.Answer == "accept" {
					at := slices.Index(inputs, t.Input)
					_, by, _ := strings.Cut(t.Session, "-")
					out.Marks = append(out.Marks, Mark{Start: at, Label: tag, By: by})
				}
			}
		}
		return out, nil
	})
}

type task struct {
	Text   string
	Tokens []struct {
		Text           string
		Start, End, ID int
		WS             *bool
	}
	Spans []struct {
		Start, End int
		First      int `json:"token_start"`
		Last       int `json:"token_end"`
		Label      string
	}
	Options []struct{ ID, Text string }
	Accept  []string
	Answer  string
	Input   float64 `json:"_input_hash"`
	Task    float64 `json:"_task_hash"`
	View    string  `json:"_view_id"`
	Session string  `json:"_session_id"`
}

func (t *task) check() error {
	words := newText(t.Text)
	at := 0
	for i, k := range t.Tokens {
		s, err := words.slice(k.Start, k.End)
		if err != nil {
			return fmt.Errorf("token %d: %w", i, err)
		}
		between := string(words.runes[min(at, k.Start):k.Start])
		switch {
		case s != k.Text, k.ID != i, k.WS == nil, k.Start < at:
			return fmt.Errorf("token %d is %q at %d where %q stands", i, k.Text, k.Start, s)
		case i > 0 && *t.Tokens[i-1].WS != (between == " "), strings.Trim(between, " ") != "" && i == 0, len(between) > 1:
			return fmt.Errorf("token %d: %q stands before it, which no token holds", i, between)
		}
		at = k.End
	}
	if rest := string(words.runes[at:]); rest != "" && rest != " " {
		return fmt.Errorf("%q stands behind the last token", rest)
	}
	for _, s := range t.Spans {
		if s.First < 0 || s.Last < s.First || s.Last >= len(t.Tokens) || t.Tokens[s.First].Start != s.Start || t.Tokens[s.Last].End != s.End || s.Label == "" {
			return fmt.Errorf("the span %+v does not fit its tokens", s)
		}
	}
	offered := map[string]bool{}
	for _, o := range t.Options {
		if o.ID == "" || o.Text == "" || offered[o.ID] {
			return fmt.Errorf("the option %+v is empty or stands twice", o)
		}
		offered[o.ID] = true
	}
	for _, a := range t.Accept {
		if !offered[a] {
			return fmt.Errorf("%q is accepted and not offered", a)
		}
	}
	for _, h := range []float64{t.Input, t.Task} {
		if h != math.Trunc(h) || h < math.MinInt32 || h > math.MaxInt32 {
			return fmt.Errorf("the hash %v is no 32-bit number", h)
		}
	}
	if !slices.Contains([]string{"accept", "reject", "ignore"}, t.Answer) || t.View != "choice" || !utf8.ValidString(t.Text) {
		return fmt.Errorf("the answer is %q in view %q", t.Answer, t.View)
	}
	return nil
}
