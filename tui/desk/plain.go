package desk

// What follows lets a program without a screen tell what the desk shows.

// Shown lists the articles that the filter shows, in the desk's order, and the
// place of the marked one in it, from 0.
func (s *Screen) Shown() (list []Entry, marked int) {
	for _, i := range s.fits {
		list = append(list, s.entries[i])
	}
	return list, s.cur
}

// Filtered is what the desk is filtered by; "" when all articles are shown.
func (s *Screen) Filtered() string { return s.filter }

// Mark marks the article at place n of those shown, from 0, and reports whether
// there is one.
func (s *Screen) Mark(n int) bool {
	if n < 0 || n >= len(s.fits) {
		return false
	}
	s.cur = n
	return true
}
