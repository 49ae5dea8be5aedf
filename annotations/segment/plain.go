package segment

// shortWords holds the traits of words of up to eight bytes, packed into
// one number each, in an open table: most words before a stop are looked up
// here in a few nanoseconds.
type shortWords struct {
	keys   []uint64
	traits []trait
	shift  uint
}

const hashFactor = 0x9E3779B97F4A7C15

func newShortWords(words map[string]trait) shortWords {
	bits := uint(6)
	for 1<<bits < 3*len(words) {
		bits++
	}
	t := shortWords{keys: make([]uint64, 1<<bits), traits: make([]trait, 1<<bits), shift: 64 - bits}
	for w, tr := range words {
		if len(w) > 8 || len(w) == 0 {
			continue
		}
		// Packed as the scan packs it: from the last letter to the first.
		var key uint64
		for i := len(w) - 1; i >= 0; i-- {
			key = key<<8 | uint64(w[i])
		}
		k := key * hashFactor >> t.shift
		for t.keys[k] != 0 {
			k = (k + 1) & uint64(len(t.keys)-1)
		}
		t.keys[k], t.traits[k] = key, tr
	}
	return t
}

func (t *shortWords) get(key uint64) trait {
	k := key * hashFactor >> t.shift
	for t.keys[k] != 0 {
		if t.keys[k] == key {
			return t.traits[k]
		}
		k = (k + 1) & uint64(len(t.keys)-1)
	}
	return 0
}

// verdict is what the short way says of a terminator.
type verdict uint8

const (
	ask  verdict = iota // look closer
	cut                 // the unit ends at the offset given
	goOn                // no end here; go on at the offset given
)

// plain decides the commonest cases of an ASCII terminator at once: a stop
// inside a number or an address, a stop before a blank line, and a stop behind a
// plain word that is no abbreviation with a space and a capital behind it. It
// answers only where decide would answer the same.
func (s *splitter) plain(start, i int) (v verdict, at int) {
	text := s.text
	if i <= start || i+3 >= len(text) {
		return ask, i
	}
	next, before := text[i+1], text[i-1]
	if text[i] == '.' {
		switch {
		case next >= 'a' && next <= 'z', next == ',':
			return goOn, i + 1
		case next >= '0' && next <= '9' && before >= '0' && before <= '9',
			next >= 'A' && next <= 'Z' && before >= 'A' && before <= 'Z':
			return goOn, i + 1
		}
	}
	end := i + 1
	quoted := true
	switch {
	case next == '"':
		end++
	case next == 0xE2 && text[i+2] == 0x80 && text[i+3] == 0x9D: // ”
		end += 3
	default:
		quoted = false
	}
	if end+1 >= len(text) {
		return ask, i
	}
	if text[end] == '\n' && text[end+1] == '\n' {
		return goOn, end // the break decides
	}
	if text[end] != ' ' || text[end+1] < 'A' || text[end+1] > 'Z' {
		return ask, i
	}
	switch {
	case text[i] == '.' && quoted && before >= 'a' && before <= 'z',
		text[i] == '?' && !quoted,
		text[i] == '.' && !quoted && s.plainWord(start, i):
		return cut, end
	}
	return ask, i
}

// plainWord tells whether a plain word of two letters or more that is no
// abbreviation ends at i, with a space before it.
func (s *splitter) plainWord(start, i int) bool {
	text := s.text
	var key uint64
	j := i - 1
	for ; j > start; j-- {
		c := text[j]
		if c < 'a' || c > 'z' {
			break
		}
		key = key<<8 | uint64(c)
	}
	n := i - 1 - j
	if c := text[j]; c >= 'A' && c <= 'Z' && j > start {
		if n < 8 && s.rules.short.get(key<<8|uint64(c))&abbreviation != 0 {
			return false
		}
		key = key<<8 | uint64(c|0x20)
		n++
		j--
	}
	if n < 2 || n > maxWord/2 || text[j] != ' ' {
		return false
	}
	if n <= 8 {
		return s.rules.short.get(key)&abbreviation == 0
	}
	return text[j+1] >= 'a' && s.rules.words[text[j+1:i]]&abbreviation == 0
}
