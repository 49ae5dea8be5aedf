package slate

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Format is the name on the command line.
const Format interchange.Format = "slate"

// ErrReadOnly says that the format is read and not written.
var ErrReadOnly = errors.New("slate files are read, not written: the program evaluates them, and its labels hold a word each. Choose brat or webanno-tsv")

const suffix = ".annotations"

type dialect struct{}

// New gives SLATE's annotation files. It is safe for concurrent use.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

// Write implements [interchange.Dialect]; it returns [ErrReadOnly].
func (dialect) Write(interchange.Export, interchange.Options) (interchange.Written, error) {
	return interchange.Written{}, ErrReadOnly
}

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	d := standoff.NewDesk(lib)
	said, texts := map[string][]interchange.File{}, []interchange.File{}
	for _, f := range files {
		if i := strings.LastIndex(f.Name, suffix); i < 0 {
			texts = append(texts, f)
		}
	}
	var order []string
	for _, f := range files {
		i := strings.LastIndex(f.Name, suffix)
		if i < 0 {
			continue
		}
		base := textOf(f.Name[:i], texts)
		if said[base] == nil {
			order = append(order, base)
		}
		said[base] = append(said[base], f)
	}
	if len(order) == 0 {
		return nil, nil, standoff.Refuse("", 0, "there is no file called TEXT%s to read", suffix)
	}
	for _, t := range texts {
		if said[t.Name] == nil {
			d.Rejected(t.Name, 0, "has no %s%s beside it: nothing is said of it", t.Name, suffix)
		}
	}
	for _, base := range order {
		if err := readAll(d, base, said[base], texts); err != nil {
			return nil, nil, err
		}
	}
	return d.Export("slate")
}

// textOf finds the text that an annotation file belongs to: the longest name
// that its own begins with.
func textOf(name string, texts []interchange.File) string {
	best := ""
	for _, t := range texts {
		if (name == t.Name || strings.HasPrefix(name, t.Name+".")) && len(t.Name) > len(best) {
			best = t.Name
		}
	}
	return cmp.Or(best, name)
}

func readAll(d *standoff.Desk, base string, files, texts []interchange.File) error {
	a, err := article(d, base, texts)
	if err != nil {
		return err
	}
	for _, f := range files {
		words, err := standoff.Text(f)
		if err != nil {
			return err
		}
		lines, err := standoff.Lines(f.Name, words)
		if err != nil {
			return err
		}
		by := d.Library.Reviewer()
		if tail := f.Name[strings.LastIndex(f.Name, suffix)+len(suffix):]; len(files) > 1 && tail != "" {
			by += " " + strings.Trim(tail, "._- ")
			d.Repaired(f.Name, 0, "the file names nobody; what it says is filed under %q", by)
		}
		r := &reader{Draft: d.Draft(a), desk: d, file: f.Name, by: by}
		r.lines = split(a.Body)
		r.read(lines)
	}
	return nil
}

func article(d *standoff.Desk, base string, texts []interchange.File) (*annotations.Article, error) {
	if i := slices.IndexFunc(texts, func(f interchange.File) bool { return f.Name == base }); i >= 0 {
		text, err := standoff.Text(texts[i])
		if err != nil {
			return nil, err
		}
		return d.Find(text, standoff.Base(base), base)
	}
	a, err := d.Known("", standoff.Base(base))
	if err == nil && a == nil {
		err = standoff.Refuse(base+suffix, 0, "needs its text: %s is not there and no article is called %q", base, standoff.Base(base))
	}
	return a, err
}

// reader interprets one file.
type reader struct {
	*standoff.Draft
	desk   *standoff.Desk
	file   string
	by     string
	lines  [][]annotations.Span // tokens by line
	ballot standoff.Ballot
}

// link is a relation until the tags are counted.
type link struct {
	from int
	annotations.Link
	line int
}

func (r *reader) read(lines []string) {
	var links []link
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		it, err := parseItem(line)
		if err != nil {
			r.desk.Rejected(r.file, i+1, "%v", err)
			continue
		}
		if len(it.spans) > 1 {
			if l, err := r.link(it); err != nil {
				r.desk.Rejected(r.file, i+1, "%v", err)
			} else {
				l.line = i + 1
				links = append(links, l)
			}
			continue
		}
		r.label(it, i+1)
	}
	records := map[int]*annotations.Record{}
	index := r.ballot.Count(r.Draft, r.file)
	var order []int
	for v, stands := range index {
		if v == stands {
			vote := r.ballot.Vote(v)
			records[vote.Unit] = r.New(vote.Tag, time.Time{})
			order = append(order, v)
		}
	}
	for _, l := range links {
		rec := records[l.from]
		if rec == nil {
			r.desk.Rejected(r.file, l.line, "sentence %d has no tag in this file, so its link has no place", l.from+1)
			continue
		}
		if err := r.Change(l.from, rec, func(a *annotations.Annotation) { a.Links = append(a.Links, l.Link) }); err != nil {
			r.desk.Rejected(r.file, l.line, "%v", err)
		}
	}
	for _, v := range order {
		vote := r.ballot.Vote(v)
		if err := r.Put(vote.By, vote.Unit, records[vote.Unit]); err != nil {
			r.desk.Rejected(r.file, vote.Line, "%v", err)
		}
	}
}
