package main

import "stet.example/stet/annotations"

// bookJSON is a codebook as `stet codebook --json` prints it. Its parts have the
// names that they have in an export, and lists are lists where they are empty.
type bookJSON struct {
	Name        string           `json:"name"`
	Version     string           `json:"version"`
	Language    string           `json:"language,omitempty"`
	Hash        string           `json:"hash"`
	Unit        string           `json:"unit,omitempty"`
	Questions   []questionJSON   `json:"questions"`
	Tags        []tagJSON        `json:"tags"`
	Rules       []ruleJSON       `json:"rules"`
	Flags       []flagJSON       `json:"flags"`
	SourceKinds []sourceKindJSON `json:"sourceKinds"`
	Examples    []exampleJSON    `json:"examples"`
}

type questionJSON struct {
	Ask  string `json:"ask"`
	Then string `json:"then"`
}

type tagJSON struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Key        string             `json:"key"`
	Letter     string             `json:"letter"`
	Color      string             `json:"color"`
	Definition string             `json:"definition"`
	Needs      []annotations.Need `json:"needs,omitempty"`
	Wants      []annotations.Need `json:"wants,omitempty"`
}

type ruleJSON struct {
	ID    string `json:"id"`
	Tag   string `json:"tag"`
	Name  string `json:"name"`
	Words string `json:"words"`
}

type flagJSON struct {
	ID    string `json:"id"`
	Words string `json:"words"`
}

type sourceKindJSON struct {
	ID    string `json:"id"`
	Short string `json:"short"`
	Words string `json:"words"`
}

type exampleJSON struct {
	Text string `json:"text"`
	Tag  string `json:"tag"`
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

func bookOf(b *annotations.Codebook) bookJSON {
	return bookJSON{
		b.Name, b.Version, b.Language, b.Hash.String(), b.Unit,
		each(b.Questions, func(x annotations.Question) questionJSON { return questionJSON(x) }),
		each(b.Tags, func(x annotations.Tag) tagJSON { return tagJSON(x) }),
		each(b.Rules, func(x annotations.Rule) ruleJSON { return ruleJSON(x) }),
		each(b.Flags, func(x annotations.Flag) flagJSON { return flagJSON(x) }),
		each(b.SourceKinds, func(x annotations.SourceKind) sourceKindJSON { return sourceKindJSON(x) }),
		each(b.Examples, func(x annotations.Example) exampleJSON { return exampleJSON(x) }),
	}
}

// each gives a list of what fn makes of the entries of another, never nil.
func each[A, B any](list []A, fn func(A) B) []B {
	out := make([]B, len(list))
	for i, x := range list {
		out[i] = fn(x)
	}
	return out
}
