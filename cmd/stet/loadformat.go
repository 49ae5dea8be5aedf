package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// given is a file, or what came through a pipe, of which the format is asked.
type given struct {
	name, ext string
	head      []byte
	has       func(members ...string) bool // of the first JSON object; read when first asked for, since it may be long
}

// recognise tells what a file holds. pass is true where nothing of it is loaded and that
// is as it should be.
func recognise(name string, data []byte) (format string, pass bool, err error) {
	g := &given{name, strings.ToLower(filepath.Ext(name)), headOf(data), membersOf(data)}
	if pass, err = g.noAnnotations(); pass || err != nil {
		return "", pass, err
	}
	return g.format(), false, nil
}

// format is what a file is by its name and its first bytes. Standard input has no
// name: whatever an export writes is known by its bytes alone.
func (g *given) format() string {
	head := g.head
	switch ext := g.ext; {
	case strings.Contains(filepath.Base(g.name), ".annotations"):
		return "slate"
	case ext == ".ann" || ext == ".conf" || ext == ".txt":
		return "brat"
	case bytes.HasPrefix(head, []byte("#FORMAT=WebAnno TSV")):
		return "webanno-tsv"
	case ext == ".csv" || ext == ".tsv":
		return "csv"
	case ext == ".jsonld":
		return "w3c"
	}
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		if tableHead(head) {
			return "csv"
		}
		return "json" // its reader says what is wrong
	}
	if head[0] == '[' {
		if bytes.Contains(head, []byte("anno.jsonld")) || bytes.Contains(head, []byte(`"Annotation"`)) {
			return "w3c"
		}
		return "label-studio"
	}
	switch has := g.has; {
	case has("@context", "target") || has("rows") && has("total"): // the latter is how Hypothesis hands out annotations
		return "w3c" // names its generator, as stet's own does
	case has("format", "generator"):
		return "json"
	case has("_input_hash", "_task_hash", "answer", "tokens", "options", "accept", "_view_id"):
		return "prodigy"
	case has("text") && has("annotations") && !has("data"):
		return "doccano" // of an old version; its reader says what is missing
	case has("data", "annotations", "predictions"):
		return "label-studio"
	case has("text", "label", "labels", "entities", "Comments"):
		return "doccano"
	}
	return "json"
}

// headOf is the beginning of a file, without the mark of its encoding and without
// blanks before it. Of UTF-16, in which spreadsheets save tables, the letters that
// names are written in are kept.
func headOf(data []byte) []byte {
	head := data[:min(len(data), 1<<16)]
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	return bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
}

// tableHead reports whether a file begins with a row of names as a table needs them:
// tag, and one of those that say which sentence is meant.
func tableHead(head []byte) bool {
	first, rest, _ := strings.Cut(string(head), "\n")
	if strings.HasPrefix(first, "sep=") {
		first, _, _ = strings.Cut(rest, "\n")
	}
	for _, sep := range []string{",", ";", "\t"} {
		names := map[string]bool{}
		for _, cell := range strings.Split(first, sep) {
			names[strings.ReplaceAll(strings.ToLower(strings.Trim(strings.TrimSpace(cell), `"`)), " ", "_")] = true
		}
		if names["tag"] && (names["text"] || names["sentence"] || names["id"] || names["sentence_id"] || names["order"]) {
			return true
		}
	}
	return false
}

// membersOf tells whether the first JSON object of a file has any of some members.
func membersOf(data []byte) func(names ...string) bool {
	members := sync.OnceValue(func() (m map[string]json.RawMessage) {
		if json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).Decode(&m) != nil {
			return nil
		}
		return m
	})
	return func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { _, ok := members()[n]; return ok })
	}
}

// noAnnotations says of a file that nothing in it can be loaded, or gives nil.
// pass is true where that is as it should be.
func (g *given) noAnnotations() (pass bool, err error) {
	if g.ext == ".xml" && bytes.HasPrefix(g.head, []byte("<View")) {
		return true, nil // a labelling configuration says how Label Studio shows things
	}
	if slices.Contains([]string{".ann", ".conf", ".txt", ".csv", ".tsv"}, g.ext) || strings.Contains(filepath.Base(g.name), ".annotations") {
		return false, nil // their names say what they are
	}
	called := g.name
	if called == "-" {
		called = "standard input"
	}
	why, next := g.notLoaded()
	if why == "" {
		return false, nil
	}
	return false, fmt.Errorf("%s %s. Nothing of it was loaded. %s", called, why, next)
}

// notLoaded says why the bytes of a file are nothing that load reads, and what to give
// in its place; "" where they may be.
func (g *given) notLoaded() (why, next string) {
	ext, head := g.ext, g.head
	const forPeople, toImport = "is for people, or an archive: load reads no annotations from such files", "stet import takes articles; unpack an archive first"
	switch {
	case slices.Contains([]string{".docx", ".odt", ".html", ".htm", ".md", ".markdown", ".pdf", ".xml", ".zip"}, ext):
		return forPeople, toImport
	case len(head) == 0:
		return "is empty", "Look whether what should have written it succeeded"
	case head[0] == '<' || bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("%PDF-")), bytes.HasPrefix(head, []byte("# ")):
		return forPeople, toImport
	case bratLine().Match(head):
		return "looks like brat's annotations, which belong to a text", "Write them with --format brat -o DIR/, and give the .ann, .txt and annotation.conf of that folder in one command"
	case head[0] != '{':
		return "", ""
	}
	switch has := g.has; {
	case has("articleKey") && has("codebook"): // each line would else be taken for an article
		return "is stet's jsonl, a sentence a line, which is for other programs: load does not read it", "Write it with --format json"
	case has("claimReviewed") || has("@graph") && bytes.Contains(head, []byte(`"ClaimReview"`)):
		return "is a claim review, for publication: load does not read it", "Write it with --format json"
	}
	return "", ""
}

func bratLine() *regexp.Regexp { return regexp.MustCompile(`^[TRAEMN#]\d+\t`) }
