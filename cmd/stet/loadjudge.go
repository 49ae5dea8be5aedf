package main

import (
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// judge compares what stands in the store with what the file has, which may be
// more of the same.
func (s *statement) judge(same, more bool, there time.Time) verdict {
	switch {
	case same:
		return sameThere
	case !s.when.After(there) && (!more || s.when.Before(there)):
		s.against = olderThan(there, s.when)
		return laterThere
	}
	s.over = true
	return notThere
}

// olderThan says why a statement of the file does not go over one that the store has of
// that time. A file that was edited by hand has the time of what it was.
func olderThan(there, when time.Time) string {
	switch {
	case when.IsZero():
		return "another, and the file does not tell of what time its own is"
	case when.Equal(there):
		return "another of the same time"
	}
	return "a later one"
}

// withLinks reports whether what a file says is what the store has, with links
// that the store could not take when it was loaded before.
func withLinks(there, now *annotations.Annotation) bool {
	without := now.Clone()
	without.Links = slices.DeleteFunc(without.Links, func(l annotations.Link) bool { return !slices.Contains(there.Links, l) })
	return len(without.Links) < len(now.Links) && sameWords(there, &without)
}

// adds judges what a file of another program says: it adds to what is there, or
// says nothing new. Where it has a time, the later stands.
func (s *statement) adds(there *annotations.Record) verdict {
	both := annotations.Over(there.Annotation, s.record.Annotation)
	both.Codebook = there.Codebook
	switch {
	case sameWords(&there.Annotation, &both):
		return sameThere
	case !s.when.IsZero() && s.when.Before(there.Time):
		s.against = olderThan(there.Time, s.when)
		return laterThere
	}
	s.record.Annotation = annotations.Over(there.Annotation, s.record.Annotation)
	s.over = true
	return notThere
}

// sameWords compares two annotations. A confidential note is the same when its
// digest is: a file need not hold the salt.
func sameWords(a, b *annotations.Annotation) bool {
	x, y := a.Clone(), b.Clone()
	if x.Confidential != nil && y.Confidential != nil {
		x.Confidential.Salt, y.Confidential.Salt = [16]byte{}, [16]byte{}
	}
	return x.Equal(y)
}
