package attribution

// topicSize is how many words of a unit are kept to compare topics by.
const topicSize = 40

// topic is what a unit speaks of: its words without the common ones, cut to
// their first letters and hashed.
type topic struct {
	words    [topicSize]uint32
	n        int
	negative bool
}

// topicOf reads the topic of unit u.
func (r *reader) topicOf(u int) topic {
	var t topic
	for i := r.claim[u]; i < r.ranges[u].hi; i++ {
		w := &r.tokens[i]
		if !w.word() || w.possessive {
			continue
		}
		t.negative = t.negative || w.is(negative)
		if w.is(common|det|prep|aux|conj|subord|subjectPronoun|objectPronoun|adverb|reporting|person|day|relative|negative) || w.end-w.start < 4 {
			continue
		}
		h := stem(r.text[w.start:w.end])
		if t.n < topicSize && !t.has(h) {
			t.words[t.n] = h
			t.n++
		}
	}
	return t
}

func (t *topic) has(h uint32) bool {
	for _, w := range t.words[:t.n] {
		if w == h {
			return true
		}
	}
	return false
}

// shared counts the words that two topics have in common.
func (t *topic) shared(o *topic) int {
	n := 0
	for _, w := range t.words[:t.n] {
		if o.has(w) {
			n++
		}
	}
	return n
}

// stem hashes a word without its ending, cut to six bytes, small letters (FNV-1a):
// "missing" and "missed", "classes" and "class" are one.
func stem(s string) uint32 {
	for _, e := range [...]string{"ing", "ed", "es", "en", "e", "s"} {
		if n := len(s) - len(e); n >= 4 && s[n:] == e && !(e == "s" && s[n-1] == 's') {
			s = s[:n]
			break
		}
	}
	h := uint32(2166136261)
	for i := 0; i < len(s) && i < 6; i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
