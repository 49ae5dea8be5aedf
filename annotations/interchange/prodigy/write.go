package prodigy

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// Format is the name of this dialect.
const Format interchange.Format = "prodigy"

// dataset is the data set that annotators seem to belong to.
const dataset = "stet-"

type dialect struct{}

// New returns the dialect of Prodigy.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

type line struct {
	Text      string   `json:"text"`
	Meta      meta     `json:"meta"`
	Tokens    []token  `json:"tokens"`
	Spans     []span   `json:"spans"`
	Options   []option `json:"options"`
	Accept    []string `json:"accept"`
	Answer    string   `json:"answer"`
	Input     int32    `json:"_input_hash"`
	Task      int32    `json:"_task_hash"`
	View      string   `json:"_view_id"`
	Session   string   `json:"_session_id,omitempty"`
	Annotator string   `json:"_annotator_id,omitempty"`
	Timestamp int64    `json:"_timestamp,omitempty"`
	By        string   `json:"stet_by,omitempty"`
	Article   string   `json:"stet_article"`
	Key       string   `json:"stet_key"`
	Sentence  string   `json:"stet_sentence"`
	Pack      string   `json:"stet,omitempty"`
	Ruling    string   `json:"stet_ruling,omitempty"`
	Cuts      string   `json:"stet_cuts,omitempty"`  // on the first line of an article
	About     string   `json:"stet_about,omitempty"` // likewise
}

// meta is what Prodigy shows below a task.
type meta struct {
	Source string `json:"source"`
	Title  string `json:"title,omitempty"`
	URL    string `json:"url,omitempty"`
}

type option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type span struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	TokenStart int    `json:"token_start"`
	TokenEnd   int    `json:"token_end"` // the last token itself
	Label      string `json:"label"`
}

// Write implements [interchange.Dialect].
func (d dialect) Write(e interchange.Export, _ interchange.Options) (interchange.Written, error) {
	var losses foreign.Losses
	sheets, err := foreign.Prepare(&e, &losses)
	if err != nil {
		return interchange.Written{}, err
	}
	w := interchange.Written{Unit: annotations.CodePoints}
	for _, s := range sheets {
		x := writer{sheet: s, losses: &losses}
		for _, t := range s.Codebook().Tags {
			x.options = append(x.options, option{t.ID, t.Name})
		}
		var buf bytes.Buffer
		for i, u := range s.Article().Units {
			lines, err := x.lines(u)
			if err == nil && i == 0 {
				lines[0].Cuts, lines[0].About = s.Cuts(), s.About()
			}
			if err != nil {
				return interchange.Written{}, fmt.Errorf("prodigy: article %s: %w", s.Article().Name, err)
			}
			for _, l := range lines {
				b, err := foreign.Encode(l)
				if err != nil {
					return interchange.Written{}, err
				}
				buf.Write(append(b, '\n'))
			}
		}
		w.Files = append(w.Files, foreign.Files(s, ".prodigy.jsonl", buf.Bytes()))
	}
	w.Losses = losses.List()
	w.Ranges, err = foreign.ReadBack(d, w.Files, sheets)
	return w, err
}

// writer writes one article.
type writer struct {
	sheet   *interchange.Sheet
	options []option
	losses  *foreign.Losses
}

// piece is a part of an attribution, trimmed; bytes of the sentence.
type piece struct {
	start, end int
	label      string
}

// lines are the tasks of one sentence, one for each reviewer who spoke of it.
func (x *writer) lines(u annotations.Sentence) ([]line, error) {
	a, s := x.sheet.Article(), x.sheet
	base := line{
		Text: u.Span.In(a.Body), Meta: meta{Source: a.Name + "#" + u.ID.String(), Title: a.Title, URL: a.URL},
		Spans: []span{}, Options: x.options, Accept: []string{}, Answer: "ignore", View: "choice",
		Article: a.Name, Key: a.ID.String(), Sentence: u.ID.String(),
	}
	base.Input = hash(base.Key, base.Sentence, base.Text)
	base.Task = hash(base.Key, base.Sentence, base.Text, s.Codebook().Hash.String())
	voices := s.Voices(u.ID)
	var cuts []int
	pieces := make([][]piece, len(voices))
	for i := range voices {
		pieces[i] = x.pieces(u, &voices[i])
		for _, p := range pieces[i] {
			cuts = append(cuts, p.start, p.end)
		}
	}
	slices.Sort(cuts)
	base.Tokens = tokens(base.Text, slices.Compact(cuts))
	var err error
	if base.Ruling, err = s.PackRuling(u.ID); err != nil {
		return nil, err
	}
	if base.Ruling != "" {
		x.losses.Add(1, "rulings", "Prodigy has no place for them; kept in the member stet_ruling, which stet reads back")
	}
	if len(voices) == 0 {
		return []line{base}, nil
	}
	var out []line
	for i := range voices {
		v, l := &voices[i], base
		x.lost(v)
		if l.Pack, err = s.Pack(u.ID, v.By); err != nil {
			return nil, err
		}
		if v.Tag != "" {
			l.Accept, l.Answer = []string{v.Tag}, "accept"
		}
		l.By, l.Session, l.Annotator = v.By, dataset+v.By, dataset+v.By
		if !v.Time.IsZero() {
			l.Timestamp = v.Time.Unix()
		}
		l.Spans = spans(l.Text, l.Tokens, pieces[i])
		out = append(out, l)
		base.Ruling = "" // once a sentence
	}
	return out, nil
}

func (x *writer) lost(v *interchange.Voice) {
	const kept = "Prodigy has no place for them; kept in the member stet, which stet reads back"
	x.losses.Add(len(v.Evidence), "uses of evidence", kept)
	x.losses.Add(len(v.Links), "links", kept)
	x.losses.Add(len(v.Flags), "flags", kept)
	if v.Note != "" {
		x.losses.Add(1, "notes", kept)
	}
	if v.Verdict != "" {
		x.losses.Add(1, "verdicts", kept)
	}
}

// pieces are the parts of attributions that lie in the sentence.
func (x *writer) pieces(u annotations.Sentence, v *interchange.Voice) []piece {
	var out []piece
	words := u.Span.In(x.sheet.Article().Body)
	for i := range v.Attributions {
		for _, part := range []foreign.Part{foreign.Source, foreign.Cue, foreign.Content} {
			for _, s := range *part.List(&v.Attributions[i]) {
				const what, kept = "pieces of attributions", "they are white space or lie outside their sentence; kept in the member stet, which stet reads back"
				if !u.Span.Contains(s) {
					x.losses.Add(1, what, kept)
					continue
				}
				a, b := trim(words, s.Start-u.Span.Start, s.End-u.Span.Start)
				p := piece{a, b, strings.ToUpper(part.String())}
				if a == b {
					x.losses.Add(1, what, kept)
				} else if !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(p, q piece) int { return cmp.Or(p.start-q.start, q.end-p.end) })
	return out
}

func spans(words string, list []token, pieces []piece) []span {
	out := []span{}
	o := annotations.NewOffsets(words)
	for _, p := range pieces {
		pair := o.Pair(annotations.Span{Start: p.start, End: p.end}, annotations.CodePoints)
		first, _ := slices.BinarySearchFunc(list, pair[0], func(t token, at int) int { return t.Start - at })
		last, _ := slices.BinarySearchFunc(list, pair[1], func(t token, at int) int { return t.End - at })
		out = append(out, span{pair[0], pair[1], first, last, p.label})
	}
	return out
}

// hash makes a stable 32-bit number with a sign.
func hash(parts ...string) int32 {
	h := annotations.HashOf(strings.Join(parts, "\x00"))
	return int32(binary.BigEndian.Uint32(h[:4])) //nolint:gosec // all 32 bits are wanted
}
