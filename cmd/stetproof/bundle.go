package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// line is any line of a bundle: JSON, fields in this order, empty ones left out,
// no blanks, "/", "<" and the like as they are, bytes in base64.
type line struct {
	Line    string   `json:"line"`
	Format  string   `json:"format,omitempty"`
	Key     string   `json:"key,omitempty"`
	Note    string   `json:"note,omitempty"`
	Article string   `json:"article,omitempty"`
	Records uint64   `json:"records,omitempty"`
	Pos     uint64   `json:"pos,omitempty"`
	Data    []byte   `json:"data,omitempty"`
	Leaf    []byte   `json:"leaf,omitempty"`
	Proof   [][]byte `json:"proof,omitempty"`
}

// only keeps the fields that a line of its kind may have.
func (l line) only() line {
	switch l.Line {
	case "bundle":
		return line{Line: l.Line, Format: l.Format, Key: l.Key, Note: l.Note}
	case "article":
		return line{Line: l.Line, Article: l.Article, Records: l.Records}
	case "record":
		return line{Line: l.Line, Pos: l.Pos, Data: l.Data, Proof: l.Proof}
	case "withheld":
		return line{Line: l.Line, Pos: l.Pos, Leaf: l.Leaf, Proof: l.Proof}
	}
	return line{Line: l.Line, Data: l.Data}
}

// lines reads a bundle line by line, one ahead.
type lines struct {
	r    *bufio.Reader
	n    int // number of the line in l, from 1
	l    line
	done bool
}

// unreadable is a failure to read, which says nothing about the bundle.
type unreadable struct{ error }

// opening is how each line begins. What does not is not read to its end, which may
// never come.
const opening = `{"line":"`

func (s *lines) next() error {
	start, err := s.r.Peek(len(opening))
	if errors.Is(err, io.EOF) && len(start) == 0 {
		s.done, s.l = true, line{}
		return nil
	}
	s.n++
	if (err == nil || errors.Is(err, io.EOF)) && !strings.HasPrefix(opening, string(start)) {
		return fmt.Errorf("line %d: it does not begin as a line of a bundle does", s.n)
	}
	var raw []byte
	if err == nil || errors.Is(err, io.EOF) {
		raw, err = s.r.ReadBytes('\n')
	}
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("line %d: it is cut off", s.n)
	case err != nil:
		return unreadable{err}
	}
	s.l = line{}
	if err := json.Unmarshal(raw, &s.l); err != nil {
		return fmt.Errorf("line %d: %w", s.n, err)
	}
	var again bytes.Buffer
	e := json.NewEncoder(&again)
	e.SetEscapeHTML(false)
	if err := e.Encode(s.l.only()); err != nil || !bytes.Equal(again.Bytes(), raw) {
		return fmt.Errorf("line %d: it is not written in the one way in which it may be", s.n)
	}
	return nil
}

func (s *lines) wrong(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", s.n, fmt.Errorf(format, args...))
}

// verify proves a bundle and says what it proved.
func verify(in io.Reader, given string) (string, error) {
	s := &lines{r: bufio.NewReaderSize(in, 1<<16)}
	if err := s.next(); err != nil {
		return "", err
	}
	if s.l.Line != "bundle" || s.l.Format != "stet bundle 1" {
		return "", errors.New("this is no bundle of the form \"stet bundle 1\"")
	}
	if given != "" && given != s.l.Key {
		slip := ""
		if _, err := parseKey(given); err != nil {
			slip = "; " + err.Error()
		}
		return "", fmt.Errorf("it is not signed by the key that was given, but by %s%s", orNobody(s.l.Key), slip)
	}
	c, err := openNote(s.l.Note, s.l.Key)
	if err != nil {
		return "", s.wrong("%w", err)
	}
	var said strings.Builder
	say := func(format string, args ...any) { said.WriteString(visible(fmt.Sprintf(format, args...)) + "\n") }
	say("store     %s", c.store)
	say("log       %d events, root %x", c.size, c.root)
	switch {
	case c.by == "":
		say("signature NONE: nobody vouches for this log, anybody can have made it up; dated %s", c.made.Format("2006-01-02 15:04:05Z07:00"))
	case given == "":
		say("signature by %s, dated %s, with a key that THE BUNDLE ITSELF names: %s", c.by, c.made.Format("2006-01-02 15:04:05Z07:00"), s.l.Key)
	default:
		say("signature by %s, dated %s, with the key that was given", c.by, c.made.Format("2006-01-02 15:04:05Z07:00"))
	}
	if err := s.next(); err != nil {
		return "", err
	}
	for _, e := range c.ends {
		if err := s.article(&c, e, say); err != nil {
			return "", err
		}
	}
	if !s.done || len(c.ends) == 0 {
		return "", s.wrong("more follows than was signed, or nothing was")
	}
	word := "by the word of " + c.by
	if c.by == "" {
		word = "by nobody's word"
	}
	say("proved    every record above is in that log at its place; no record of a chain is missing, %s", word)
	return said.String(), nil
}

func orNobody(key string) string {
	if key == "" {
		return "nobody"
	}
	return key
}

// article is one article's part of a bundle.
type article struct {
	records []record // the shown ones
	hidden  []bool   // by place in the chain: withheld
	text    []byte
	tables  map[hash][]byte
	values  []string
}

const saltSize = 16

// article reads the lines of one article and checks them.
func (s *lines) article(c *checkpoint, e end, say func(string, ...any)) error {
	if s.done || s.l.Line != "article" || s.l.Article != e.article || s.l.Records != e.n {
		return s.wrong("the %d records of article %s were signed and should follow", e.n, e.article)
	}
	say("article   %s, a chain of %d records", e.article, e.n)
	a := article{tables: map[hash][]byte{}}
	var prev hash
	for i, pos := uint64(1), uint64(0); i <= e.n; i++ {
		if err := s.next(); err != nil {
			return err
		}
		leaf, err := s.record(&a, c, e.article, i, prev)
		if err != nil {
			return s.wrong("record %d of the chain: %w", i, err)
		}
		if s.l.Pos <= pos {
			return s.wrong("record %d of the chain lies before the one before it", i)
		}
		pos, prev = s.l.Pos, leaf
		if a.hidden[i-1] {
			say("%8d  withheld, %x", pos, leaf[:4])
			continue
		}
		r := &a.records[len(a.records)-1]
		say("%8d  %s  %s  %s, %x", pos, r.time.Format("2006-01-02 15:04:05"), r.actor, r.what(), leaf[:4])
	}
	if prev != e.last {
		return s.wrong("the chain does not end where it was signed to end")
	}
	if err := s.beside(&a); err != nil {
		return err
	}
	return a.report(say)
}

// record checks one record: its place in the tree and in the chain.
func (s *lines) record(a *article, c *checkpoint, id string, seq uint64, prev hash) (hash, error) {
	var leaf hash
	switch s.l.Line {
	case "withheld":
		if len(s.l.Leaf) != sha256.Size {
			return leaf, errors.New("a hash is wanted")
		}
		leaf = hash(s.l.Leaf)
		a.hidden = append(a.hidden, true)
	case "record":
		leaf = leafHash(s.l.Data)
		r, err := parseRecord(s.l.Data)
		switch {
		case err != nil:
			return leaf, err
		case r.store != c.store || r.article != id:
			return leaf, errors.New("it is of another store or article")
		case r.seq != seq:
			return leaf, fmt.Errorf("it says that it is number %d", r.seq)
		case r.prev != prev:
			return leaf, errors.New("it does not follow the one before it")
		}
		a.records, a.hidden = append(a.records, r), append(a.hidden, false)
	default:
		return leaf, errors.New("there is none")
	}
	if s.l.Pos == 0 || s.l.Pos > c.size {
		return leaf, errors.New("it lies outside the log")
	}
	root, err := rootFrom(leaf, s.l.Pos-1, c.size, s.l.Proof)
	if err == nil && root != c.root {
		err = errors.New("it is not in the log that was signed, or not at that place")
	}
	return leaf, err
}

// beside reads what follows the records of an article: its text, its sentence
// tables, confidential values.
func (s *lines) beside(a *article) error {
	tables, seals := a.named()
	for {
		if err := s.next(); err != nil {
			return err
		}
		if over := s.done || s.l.Line == "article"; over && a.text != nil && len(a.tables) < len(tables) {
			return s.wrong("a table of sentences is missing before this")
		}
		switch {
		case s.l.Line == "text" && a.text == nil && len(a.values) == 0 && len(s.l.Data) > 0:
			a.text = s.l.Data
			if !a.textFits() {
				return s.wrong("no record says that this is the text")
			}
		case s.l.Line == "table" && a.text != nil && len(a.values) == 0:
			h := hash(sha256.Sum256(s.l.Data))
			if n := len(a.tables); n >= len(tables) || tables[n] != h {
				return s.wrong("this is not the next table of sentences that the records name")
			}
			a.tables[h] = s.l.Data
		case s.l.Line == "value":
			at := slices.Index(seals, sha256.Sum256(s.l.Data))
			if at < 0 || len(s.l.Data) <= saltSize {
				return s.wrong("no record holds the seal of this value, or it is out of order")
			}
			seals = seals[at+1:]
			a.values = append(a.values, string(s.l.Data[saltSize:]))
		case s.done, s.l.Line == "article":
			return nil
		default:
			return s.wrong("this does not belong here")
		}
	}
}

// textFits holds the text against the record that brought the article, and
// against the article's key, which is the start of its hash.
func (a *article) textFits() bool {
	h := sha256.Sum256(a.text)
	for _, r := range a.records {
		if r.kind == kindImport {
			n, _ := field(r.rest, "10", "13").(uint64)
			return bytes.Equal(bytesAt(r.rest, "10", "12"), h[:]) && n == uint64(len(a.text)) && r.article == fmt.Sprintf("%x", h[:16])
		}
	}
	return false
}

// named lists the tables and the seals that the shown records name, each once,
// in order.
func (a *article) named() (tables, seals []hash) {
	add := func(to *[]hash, h []byte) {
		if len(h) == sha256.Size && !slices.Contains(*to, hash(h)) {
			*to = append(*to, hash(h))
		}
	}
	for i := range a.records {
		r := &a.records[i]
		add(&tables, tableAfter(r))
		for _, side := range []string{"5", "6"} { // before and after
			add(&seals, bytesAt(r.rest, side, "10", "2"))
		}
	}
	return tables, seals
}

// tableAfter is the table of sentences that r puts in force, nil for none.
func tableAfter(r *record) []byte {
	switch r.kind {
	case kindImport:
		return bytesAt(r.rest, "10", "16")
	case kindCut:
		return bytesAt(r.rest, "13", "2", "1")
	}
	return nil
}

// report compares the words that records were about with the text, and says
// what lies beside the records. After a withheld record, which may have cut the
// text anew, words that differ prove nothing.
func (a *article) report(say func(string, ...any)) error {
	if a.text == nil {
		say("text      not in the bundle")
	} else {
		var table []byte
		words, at, blind := 0, 0, false
		for i, hidden := range a.hidden {
			if hidden {
				blind = true
				continue
			}
			r := &a.records[at]
			at++
			text, ok := sentence(a.text, table, r.sentence)
			if sum := sha256.Sum256(text); ok && sum == r.words {
				words++
			} else if ok && !blind {
				return fmt.Errorf("record %d of the chain of article %s is about other words than the text has there", i+1, r.article)
			}
			if h := tableAfter(r); len(h) == sha256.Size { // in force from here on
				table, blind = a.tables[hash(h)], false
			}
		}
		say("text      %d bytes, as the records say; %d of %d shown records are about sentences of it, word for word", len(a.text), words, len(a.records))
	}
	for _, v := range a.values {
		say("confidential, opens its seal: %s", v)
	}
	return nil
}

// sentence finds a sentence's text. A table is a run of 20 bytes a sentence:
// ID, start, end as 32-bit little-endian numbers, and 8 bytes more.
func sentence(text, table []byte, id uint32) ([]byte, bool) {
	for ; id > 0 && len(table) >= 20; table = table[20:] {
		start, end := uint64(binary.LittleEndian.Uint32(table[4:])), uint64(binary.LittleEndian.Uint32(table[8:]))
		if binary.LittleEndian.Uint32(table) == id && start <= end && end <= uint64(len(text)) {
			return text[start:end], true
		}
	}
	return nil, false
}
