package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// record is one object of a JSON or JSON Lines file: stet's own fields, those
// that doccano and Prodigy write, or Label Studio's task around them.
type record map[string]json.RawMessage

// Names under which a field may stand, the surest first.
//
//nolint:gochecknoglobals // a table
var recordNames = struct{ title, url, outlet, byline, published, language []string }{
	title:     []string{"title", "headline"},
	url:       []string{"url", "link"},
	outlet:    []string{"outlet", "publication", "publisher"},
	byline:    []string{"byline", "author"},
	published: []string{"published", "date"},
	language:  []string{"language", "lang"},
}

// opensJSON reports whether a text begins with an object or a list of objects
// that can be an article. An article's own text does not begin so.
func opensJSON(text string) bool {
	text = strings.TrimLeft(text, " \t\n")
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return false
	}
	dec := json.NewDecoder(strings.NewReader(text))
	if text[0] == '[' {
		if _, err := dec.Token(); err != nil || !dec.More() {
			return false
		}
	}
	var r record
	if dec.Decode(&r) != nil {
		return false
	}
	if data, ok := r.object("data"); ok {
		r = data
	}
	return len(r["text"]) > 0 && r["text"][0] == '"' || isExport(r)
}

// isExport recognises stet's own files, which hold more than articles.
func isExport(r record) bool {
	format, _ := r.text("format")
	return format == "stet-export" || len(r["articleKey"]) > 0 && len(r["codebook"]) > 0
}

func (r record) object(key string) (record, bool) {
	var inner record
	if len(r[key]) == 0 || json.Unmarshal(r[key], &inner) != nil || inner == nil {
		return nil, false
	}
	return inner, true
}

func (r record) text(key string) (string, bool) {
	var s string
	if len(r[key]) == 0 || r[key][0] != '"' || json.Unmarshal(r[key], &s) != nil {
		return "", false
	}
	return s, true
}

// jsonParts reads the articles of a JSON Lines file, or of a JSON file that is
// one object or a list of them.
func jsonParts(ctx context.Context, text string) iter.Seq[part] {
	return func(yield func(part) bool) {
		records := jsonLines(text)
		if isWhole(text) {
			records = jsonObjects(text)
		}
		g := &proseGroups{}
		for label, item := range records {
			if ctx.Err() != nil {
				return
			}
			p := part{label: label, err: item.err, fatal: item.fatal}
			if p.err == nil {
				if g.take(label, item.record) {
					continue
				}
				p = partOf(label, item.record)
			}
			p.done = item.done
			if !yield(p) {
				return
			}
		}
		for _, p := range g.parts() {
			if !yield(p) {
				return
			}
		}
	}
}

type jsonItem struct {
	record record
	err    error
	fatal  bool
	done   float64 // share of the file that is read with it
}

// isWhole tells a JSON file from JSON Lines: a list, or an object that does not
// end in its first line.
func isWhole(text string) bool {
	text = strings.TrimLeft(text, " \t\n")
	if strings.HasPrefix(text, "[") {
		return true
	}
	line, rest, _ := strings.Cut(text, "\n")
	if json.Valid([]byte(line)) || strings.TrimSpace(rest) == "" {
		return false
	}
	var whole json.RawMessage
	return json.NewDecoder(strings.NewReader(text)).Decode(&whole) == nil
}

func jsonLines(text string) iter.Seq2[string, jsonItem] {
	return func(yield func(string, jsonItem) bool) {
		n, read := 0, 0
		for line := range strings.Lines(text) {
			n++
			read += len(line)
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			item := jsonItem{done: float64(read) / float64(len(text))}
			if err := json.Unmarshal([]byte(line), &item.record); err != nil || item.record == nil {
				item.err = jsonError(err)
			}
			if !yield("line "+strconv.Itoa(n), item) {
				return
			}
		}
	}
}

// jsonObjects reads the objects of a list, or one after the other.
func jsonObjects(text string) iter.Seq2[string, jsonItem] {
	return func(yield func(string, jsonItem) bool) {
		dec := json.NewDecoder(strings.NewReader(text))
		inList := strings.HasPrefix(strings.TrimLeft(text, " \t\n"), "[")
		if inList {
			if _, err := dec.Token(); err != nil {
				yield("item 1", jsonItem{err: jsonError(err), fatal: true})
				return
			}
		}
		for n := 1; ; n++ {
			if inList && !dec.More() {
				if _, err := dec.Token(); err != nil {
					yield("item "+strconv.Itoa(n), jsonItem{err: jsonError(err), fatal: true})
				}
				return
			}
			var item jsonItem
			err := dec.Decode(&item.record)
			if errors.Is(err, io.EOF) && !inList {
				return
			}
			var kind *json.UnmarshalTypeError
			if err != nil || item.record == nil {
				item.err, item.fatal = jsonError(err), err != nil && !errors.As(err, &kind)
			}
			item.done = float64(dec.InputOffset()) / float64(len(text))
			if !yield("item "+strconv.Itoa(n), item) || item.fatal {
				return
			}
		}
	}
}

func jsonError(err error) error {
	const next = `write one article a line, as {"text": "…", "title": "…"}`
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil || errors.As(err, &kind):
		return &Error{Why: "this is no JSON object", Next: next, Err: ErrFormat}
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Why: "the JSON ends too early", Next: "get the whole file again", Err: ErrDamaged}
	}
	return &Error{Why: "this is no JSON: " + foldField(err.Error(), 200), Next: next, Err: ErrFormat}
}

// partOf makes an article of one object.
func partOf(label string, r record) part {
	p := part{label: label}
	if isExport(r) {
		next := "bring it in with `stet load`"
		if len(r["articleKey"]) > 0 { // a sentence a line, which is for other programs
			next = "write it with --format json, which `stet load` takes"
		}
		p.err = &Error{Why: "this is an export of stet, with annotations", Next: next, Err: ErrFormat}
		p.fatal = true
		return p
	}
	from := "the line's fields"
	if strings.HasPrefix(label, "item") {
		from = "the object's fields"
	}
	outer := r
	if data, ok := r.object("data"); ok {
		r = data
	}
	text, ok := r.text("text")
	if _, there := r["text"]; there && !ok {
		p.err = &Error{Why: `it has no text, for what stands under "text" is none`, Next: "write the words as one JSON string", Err: ErrFormat}
		return p
	}
	if !ok {
		p.err = &Error{Why: "it has no text" + keysOf(r), Next: `name the article's text "text"`, Err: ErrFormat}
		return p
	}
	p.text, p.err = jsonText(text)
	p.notes = append(r.fill(&p.facts, from), lossNotes(outer, text)...)
	if meta, ok := r.object("meta"); ok {
		meta.fill(&p.facts, from)
	}
	return p
}

// jsonText settles line ends and marks as the decoder does for a plain text.
func jsonText(s string) (string, error) {
	if i := strings.IndexByte(s, 0); i >= 0 {
		return "", &Error{Why: fmt.Sprintf("its text holds a NUL character at byte %d, as only binary files do", i), Next: "import the text alone", Err: ErrBinary}
	}
	return strings.TrimLeft(string(unixLines([]byte(s))), byteOrderMark), nil
}

// lossNotes says what of an object is not brought in, or was not sound.
func lossNotes(r record, text string) []Notice {
	var out []Notice
	for _, key := range []string{"annotations", "label", "labels", "entities", "spans", "completions"} {
		if v := bytes.TrimSpace(r[key]); len(v) > 2 && v[0] == '[' {
			out = append(out, Notice{TopicText, "what is marked in it under " + strconv.Quote(key) + " is not brought in by import; `stet load` reads annotations", false})
			break
		}
	}
	if strings.Contains(text, "\ufffd") {
		out = append(out, Notice{TopicText, "it holds U+FFFD where a character was lost", true})
	}
	return out
}

// keysOf names the keys of an object, for a message.
func keysOf(r record) string {
	if len(r) == 0 {
		return ""
	}
	keys := make([]string, 0, len(r))
	for k := range r {
		keys = append(keys, strconv.Quote(foldField(k, 40)))
	}
	slices.Sort(keys)
	const most = 8
	if len(keys) > most {
		keys = append(keys[:most], "…")
	}
	return ", only " + strings.Join(keys, ", ")
}

// fill takes the fields that an object names.
func (r record) fill(f *facts, from string) []Notice {
	var out []Notice
	take := func(dst *fact, names []string, clean func(string) string) {
		for _, name := range names {
			s, ok := r.text(name)
			if !ok {
				if v := r[name]; len(v) > 0 && string(v) != "null" {
					out = append(out, Notice{TopicText, strconv.Quote(name) + " is no text and was left out", true})
				}
				continue
			}
			dst.set(clean(s), from)
		}
	}
	keep := func(s string) string { return s }
	take(&f.title, recordNames.title, keep)
	take(&f.url, recordNames.url, cleanURL)
	take(&f.outlet, recordNames.outlet, keep)
	take(&f.byline, recordNames.byline, cleanByline)
	take(&f.published, recordNames.published, frontDate)
	take(&f.language, recordNames.language, cleanLanguage)
	return out
}
