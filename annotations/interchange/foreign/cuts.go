package foreign

import (
	"bytes"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// cut is how a file says that a text was cut.
type cut struct {
	words string // as [interchange.Recut] reads it
	at    Place
	file  string
}

// Cuts notes how the text of an article was cut where the file was written; key is
// the article's there. It has to be noted before the text is opened, and counts
// where the store does not have the text yet. What is said first stands.
func (in *Intake) Cuts(key, words string, at Place) {
	if _, twice := in.cuts[key]; key != "" && words != "" && !twice {
		in.cuts[key] = cut{words, at, in.file}
	}
}

// CutsOf notes the cuts that the lines of a file give, whichever line that is:
// other programs may put lines in another order.
func (in *Intake) CutsOf(f interchange.File) {
	if !bytes.Contains(f.Data, []byte(CutsMember)) {
		return
	}
	_ = records(f, func(n *Node) { // Records will say what is wrong with the file
		in.Cuts(n.Get(KeyMember).Str(), n.Get(CutsMember).Str(), Place{Line: n.Line})
	}, func(int, string) {})
}

// The members of lines and tasks that say which article they are of, and how its
// text is cut.
const (
	KeyMember  = "stet_key"
	CutsMember = "stet_cuts"
)

// asWritten gives an article that the store does not have yet the sentences that
// it had where the file was written. One that was opened before stays as it is.
func (in *Intake) asWritten(a *annotations.Article, names ...string) *annotations.Article {
	if a == nil {
		return nil
	}
	if d := in.docs[a.ID]; d != nil {
		return d.Article
	}
	if b := in.settled[a.ID]; b != nil {
		return b
	}
	in.settled[a.ID] = a
	if !in.lib.Fresh(a) {
		return a
	}
	for _, key := range append([]string{a.ID.String()}, names...) {
		c, ok := in.cuts[key]
		if !ok {
			continue
		}
		b, err := interchange.Recut(a, c.words)
		if err != nil {
			file := in.file
			in.file = c.file
			in.Repair(c.at, "the sentences that the file gives do not fit the text of article %s, so it was cut by the rules: %v", a.Name, err)
			in.file = file
			break
		}
		in.settled[a.ID] = b
		break
	}
	return in.settled[a.ID]
}

// proveCuts tells why what a sheet says of its cuts does not lead back to them.
func proveCuts(s *interchange.Sheet) error {
	words := s.Cuts()
	if words == "" {
		return nil
	}
	a, err := interchange.Recut(s.Article(), words)
	if err == nil && !slices.Equal(a.Units, s.Article().Units) {
		err = fmt.Errorf("the sentences of article %s come back as others", s.Article().Name)
	}
	return err
}
