package standoff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations"
)

// Item is an evidence item as it stands in a free text field of another
// program: JSON on one line.
type Item struct {
	Stance  annotations.Stance `json:"stance,omitempty"`
	URL     string             `json:"url,omitempty"`
	File    string             `json:"file,omitempty"`
	Locator string             `json:"locator,omitempty"`
	Quote   string             `json:"quote,omitempty"`
	Fetched string             `json:"accessed,omitempty"`
	Copy    annotations.Hash   `json:"copySHA256,omitzero"`
	Archive string             `json:"archived,omitempty"`
	Note    string             `json:"note,omitempty"`
}

// ItemOf joins an item and what it does to a claim.
func ItemOf(e *annotations.Evidence, stance annotations.Stance) Item {
	return Item{stance, e.URL, e.File, e.Locator, e.Quote, e.Fetched, e.Copy, e.Archive, e.Note}
}

// Evidence is the inverse of [ItemOf]; no stance is neutral.
func (i *Item) Evidence() (annotations.Evidence, annotations.Stance) {
	e := annotations.Evidence{URL: i.URL, File: i.File, Locator: i.Locator, Quote: i.Quote, Fetched: i.Fetched, Copy: i.Copy, Archive: i.Archive, Note: i.Note}
	e.Identify()
	if i.Stance == "" {
		return e, annotations.Neutral
	}
	return e, i.Stance
}

// EncodeLine gives v as JSON without anything that any reader takes for the end
// of a line.
func EncodeLine(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", err
	}
	s := strings.TrimSuffix(b.String(), "\n")
	return strings.NewReplacer("\u0085", `\u0085`, "\x7f", `\u007f`).Replace(s), nil
}

// DecodeLine is the inverse of [EncodeLine]. Fields that v does not have, and
// anything after the value, are errors.
func DecodeLine(s string, v any) error {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("is not the JSON that stands here in stet's files: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("has more behind its JSON")
	}
	return nil
}
