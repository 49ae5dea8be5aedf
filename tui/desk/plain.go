package desk

import "stet.example/stet/annotations"

// What follows lets a program without a screen tell what the desk shows.

// Shown is how many articles the filter shows, and the place of the marked one
// among them, from 0.
func (s *Screen) Shown() (n, marked int) { return s.list.shown(), s.cur }

// Entry is the article at place n of those shown, from 0.
func (s *Screen) Entry(n int) Entry {
	e, _ := s.list.entry(n)
	return e
}

// AskedIn is how much a lead asks in an article, and waits for an answer.
func (s *Screen) AskedIn(article annotations.ArticleID) (n int) {
	for i := range s.asked {
		if s.asked[i].Open && s.asked[i].Key == article {
			n++
		}
	}
	return n
}

// Filtered is what the desk is filtered by; "" when all articles are shown.
func (s *Screen) Filtered() string { return s.filter }

// Mark marks the article at place n of those shown, from 0, and reports whether
// there is one.
func (s *Screen) Mark(n int) bool {
	if n < 0 || n >= s.list.shown() {
		return false
	}
	s.cur = n
	return true
}
