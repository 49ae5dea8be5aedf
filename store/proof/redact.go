package proof

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Redaction says what a bundle leaves out. Values and texts lie beside the log
// and are left out alone; what stands inside a record takes the whole record
// with it, because the record's hash is over all of it.
type Redaction struct {
	Values bool     // the values of confidential notes
	Text   bool     // articles' texts and sentence tables
	Sealed bool     // records that hold the seal of a confidential note, salt and all
	Notes  bool     // records with a note, a reason or a verdict in words
	Names  bool     // records that name a source
	People []string // records of these people, or that name them, under "NAME (2)" too, as a merge calls one who said two things apart
}

// The words for [ParseRedaction].
const (
	WordConfidential = "confidential"
	WordNotes        = "notes"
	WordNames        = "names"
	WordText         = "text"
	WordBy           = "by:" // followed by a person's name
)

// ParseRedaction reads words: confidential, notes, names, text, by:NAME.
// Whatever is redacted, confidential values go, and so do the seals of them: a
// seal's salt stands in its record, and who has it can try out short values.
func ParseRedaction(words []string) (Redaction, error) {
	r := Redaction{Values: true, Sealed: true}
	for _, w := range words {
		who, person := strings.CutPrefix(w, WordBy)
		switch {
		case w == WordConfidential:
		case w == WordNotes:
			r.Notes = true
		case w == WordNames:
			r.Names = true
		case w == WordText:
			r.Text = true
		case person && who != "":
			r.People = append(r.People, who)
		default:
			return r, fmt.Errorf("%q cannot be redacted; what can is %s, %s, %s, %s, %sNAME", annotations.Visible(w), WordConfidential, WordNotes, WordNames, WordText, WordBy)
		}
	}
	return r, nil
}

// withholds reports whether a stored record is left out. Where anything is to be
// withheld, so is a record that cannot be understood in full. Of the people to be
// withheld, those who made the record or whom it names are noted in met.
func (r *Redaction) withholds(pos uint64, stored []byte, met map[string]bool) bool {
	if !r.Sealed && !r.Notes && !r.Names && len(r.People) == 0 {
		return false
	}
	e, err := store.DecodeRecord(pos, stored)
	if err != nil || !e.Kind.Known() || len(e.Recovered) > 0 {
		return true
	}
	of := r.concerns(&e, met)
	if r.Notes && (e.Reason != "" || e.Evidence != nil && e.Evidence.Note != "" || reasoned(e.RuleBefore) || reasoned(e.RuleAfter)) {
		return true
	}
	return of || r.takes(e.Before) || r.takes(e.After)
}

func reasoned(v *annotations.Ruling) bool { return v != nil && v.Reason != "" }

// concerns reports whether e is of, or names, one of the people, and notes whom.
func (r *Redaction) concerns(e *annotations.Event, met map[string]bool) bool {
	named := append([]string{e.Actor, mergedFor(e)}, e.Assigned...)
	if e.Meta != nil {
		named = append(named, e.Meta.Assigned...)
	}
	if e.Finish != nil {
		named = append(named, e.Finish.Reviewer)
	}
	for _, v := range []*annotations.Ruling{e.RuleBefore, e.RuleAfter} {
		if v != nil {
			named = append(named, v.Reviewer)
		}
	}
	found := false
	for _, p := range r.People {
		if slices.ContainsFunc(named, func(who string) bool { return isPerson(who, p) }) {
			met[p], found = true, true
		}
	}
	return found
}

// mergedFor is the person whose words a merged event brings, where that is not its
// actor: the mark at the end of its reason begins with a version, flags, and the
// name with its length ahead of it. "" where there is none.
func mergedFor(e *annotations.Event) string {
	from := strings.LastIndexByte(e.Reason, '[')
	if e.Verb != annotations.VerbMerge || from < 0 {
		return ""
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimSuffix(e.Reason[from+1:], "]"))
	if err != nil || len(b) < 3 {
		return ""
	}
	n, size := binary.Uvarint(b[2:])
	if size <= 0 || n > uint64(len(b)-2-size) {
		return ""
	}
	return string(b[2+size:][:n])
}

// isPerson reports whether who is p, or p under a name with a number: where one
// person said two things apart, a merge lets the second stand as "NAME (2)", and
// shortens a NAME that leaves no room for it.
func isPerson(who, p string) bool {
	for who != p {
		rest, ok := strings.CutSuffix(who, ")")
		i := strings.LastIndex(rest, " (")
		if !ok || i < 1 || strings.Trim(rest[i+2:], "0123456789") != "" {
			return false
		}
		if len(p)+len(who)-i > annotations.MaxName && len(who) > annotations.MaxName-8 && strings.HasPrefix(p, who[:i]) {
			return true
		}
		who = who[:i]
	}
	return true
}

// unfound lists the people that no record was of, or named: perhaps misspelt.
func (r *Redaction) unfound(met map[string]bool) []string {
	var out []string
	for _, p := range r.People {
		if !met[p] && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func (r *Redaction) takes(a *annotations.Annotation) bool {
	switch {
	case a == nil:
		return false
	case r.Sealed && a.Confidential != nil:
		return true
	case r.Notes && (a.Note != "" || a.Verdict != "" || slices.ContainsFunc(a.Links, func(l annotations.Link) bool { return l.Note != "" })):
		return true
	}
	return r.Names && slices.ContainsFunc(a.Attributions, func(at annotations.Attribution) bool { return at.Name != "" })
}

// Redact copies a bundle and leaves out what r says. No key is needed: the
// signature is over the root, which stays. It checks the form of the bundle, not
// its proofs; errors name the line.
func Redact(w io.Writer, from io.Reader, r Redaction) (Summary, error) {
	c := redactor{what: r, out: newLineWriter(w), met: map[string]bool{}}
	err := eachLine(from, func(n int, l line) error {
		if (n == 1) != (l.Line == lineBundle) {
			return errors.New("this is no bundle: one begins with a line of its own kind")
		}
		if err := c.line(&l); err != nil {
			return err
		}
		return c.out.err
	})
	c.sum.Unfound = r.unfound(c.met)
	return c.sum, errors.Join(err, c.out.end())
}

// redactor copies one bundle.
type redactor struct {
	what Redaction
	out  *lineWriter
	sum  Summary
	met  map[string]bool // of the people whose records go
	open extras          // what the records of the article at hand name, the withheld ones left out
}

func (c *redactor) line(l *line) error {
	keep := true
	switch l.Line {
	case lineBundle:
		if l.Format != bundleFormat {
			return errors.New("this is no bundle that this stet knows")
		}
		s, err := Open(l.Note)
		if err != nil {
			return err
		}
		c.sum.Checkpoint, c.sum.Signer = s.Checkpoint, s.Signer
	case lineArticle:
		c.sum.Articles++
		c.open = extras{}
	case lineRecord:
		return c.record(l)
	case lineHidden:
		c.sum.Records, c.sum.Withheld = c.sum.Records+1, c.sum.Withheld+1
	case lineText:
		if keep = !c.what.Text && c.open.imported; keep {
			c.sum.Texts++
		}
	case lineTable:
		keep = !c.what.Text && c.open.imported && c.open.known[annotations.HashOf(string(l.Data))]
	case lineValue:
		digest := annotations.HashOf(string(l.Data))
		keep = !c.what.Values && slices.ContainsFunc(c.open.seals, func(s annotations.Sealed) bool { return s.Digest == digest })
		if keep {
			c.sum.Values, c.sum.Seals = c.sum.Values+1, c.sum.Seals-1
		}
	default:
		return fmt.Errorf("it is not known what %q is", annotations.Visible(l.Line))
	}
	if keep {
		c.out.put(*l)
	}
	return nil
}

func (c *redactor) record(l *line) error {
	c.sum.Records++
	stored, leaf := restored(l.Data)
	if c.what.withholds(l.Pos, stored, c.met) {
		c.sum.Withheld++
		c.out.put(line{Line: lineHidden, Pos: l.Pos, Leaf: leaf[:], Proof: l.Proof})
		return nil
	}
	e, err := store.DecodeRecord(l.Pos, stored)
	if err != nil {
		return err
	}
	was := len(c.open.seals)
	c.open.note(&e)
	c.sum.Seals += len(c.open.seals) - was
	c.out.put(*l)
	return nil
}
