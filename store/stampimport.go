package store

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// imports checks that what an article's entry promises is there.
func (s *stamper) imports(e *annotations.Event, c *annotations.Change) error {
	m := c.Meta
	switch {
	case m == nil || m.ID != s.b.Article:
		return errors.New("the entry is missing or of another article")
	case s.known:
		return &Error{Kind: ErrConflict, What: fmt.Sprintf("the same text is in the store already, as %s", s.info.Name), Safe: "Nothing was changed"}
	case m.ID != annotations.ArticleIDOf(m.Text):
		return fmt.Errorf("key %s is not that of the text", m.ID)
	case !plainMeta(m):
		return fmt.Errorf("its title, outlet or another field is longer than %d bytes or not UTF-8", annotations.MaxField)
	case m.Name == "" || len(m.Name) > annotations.MaxName || annotations.Visible(m.Name) != m.Name:
		return fmt.Errorf("%q cannot be an article's name", m.Name)
	case s.v.nameTaken(m.Name):
		return &Error{Kind: ErrNameTaken, What: fmt.Sprintf("the name %s is taken by another article", m.Name), Safe: "Nothing was changed"}
	}
	if n, ok := s.v.blobSize(m.Text); !ok || n != m.TextBytes {
		return fmt.Errorf("its text of %d bytes is not in the store", m.TextBytes)
	}
	if n, ok := s.v.blobSize(m.Table); !ok || n%annotations.TableRecord != 0 || n/annotations.TableRecord != m.Sentences || m.Sentences == 0 {
		return fmt.Errorf("its table of %d sentences is not in the store", m.Sentences)
	}
	if _, err := s.v.codebook(m.Codebook); err != nil {
		return err
	}
	meta := *m
	e.Meta, e.Codebook = &meta, m.Codebook
	s.info, s.known = meta, true
	return nil
}

// plainMeta reports whether every descriptive field can be stored and read again.
func plainMeta(m *annotations.Meta) bool {
	for _, f := range []string{
		m.Name, m.Title, m.Outlet, m.Byline, m.Published, m.URL, m.Language, m.Original.File, m.Original.Format, m.Original.Encoding,
	} {
		if len(f) > annotations.MaxField || !utf8.ValidString(f) {
			return false
		}
	}
	return true
}
