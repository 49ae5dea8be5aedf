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

// maxCuts is how many different cuts of one text are tried: each costs a walk
// through the text, and files can name as many as they have lines.
const maxCuts = 8

// Cuts notes how the text of an article was cut where the file was written; key is
// the article's there. It has to be noted before the text is opened, and counts
// where the store does not have the text yet. What is said first stands, where it
// fits the text.
func (in *Intake) Cuts(key, words string, at Place) {
	said := in.cuts[key]
	twice := slices.ContainsFunc(said, func(c cut) bool { return c.words == words })
	if key != "" && words != "" && !twice && len(said) < maxCuts {
		in.cuts[key] = append(said, cut{words, at, in.file})
	}
}

// About notes what a file knows of an article besides its text; key is the article's
// there. It counts as [Intake.Cuts] does, and what is said first stands.
func (in *Intake) About(key, words string) {
	if key != "" && words != "" {
		in.lib.Tell(key, interchange.ReadAbout(words))
	}
}

// Ahead notes what the lines of a file say of whole articles, cuts and details,
// whichever line that is: other programs may put lines in another order.
func (in *Intake) Ahead(f interchange.File) {
	if !bytes.Contains(f.Data, []byte(CutsMember)) && !bytes.Contains(f.Data, []byte(AboutMember)) {
		return
	}
	_ = records(f, func(n *Node) { // Records will say what is wrong with the file
		in.Noted(n, Place{Line: n.Line})
	}, func(int, string) {})
}

// Noted notes what a line or a task says of its whole article.
func (in *Intake) Noted(n *Node, at Place) {
	key := n.Get(KeyMember).Str()
	in.Cuts(key, n.Get(CutsMember).Str(), at)
	in.About(key, n.Get(AboutMember).Str())
}

// The members of lines and tasks that say which article they are of, how its text is
// cut, and what else is known of it.
const (
	KeyMember   = "stet_key"
	CutsMember  = "stet_cuts"
	AboutMember = "stet_about"
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
	in.settled[a.ID] = in.firstThatFits(a, append([]string{a.ID.String()}, names...))
	return in.settled[a.ID]
}

// firstThatFits cuts a as the files say that go by one of keys; a itself is what the
// rules make of the text. Those that do not fit are named.
func (in *Intake) firstThatFits(a *annotations.Article, keys []string) *annotations.Article {
	type misfit struct {
		cut
		why error
	}
	var bad []misfit
	done, instead := a, interchange.CutByRules
	for _, key := range keys {
		for _, c := range in.cuts[key] {
			if len(bad) == maxCuts || slices.ContainsFunc(bad, func(m misfit) bool { return m.words == c.words }) {
				continue
			}
			b, err := interchange.Recut(a, c.words)
			if err == nil {
				done, instead = b, interchange.CutByAnother
				break
			}
			bad = append(bad, misfit{c, err})
		}
		if done != a {
			break
		}
	}
	file := in.file
	for _, m := range bad {
		in.file = m.file
		in.Repair(m.at, interchange.MisfitWords, a.Name, instead, m.why)
	}
	in.file = file
	return done
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
