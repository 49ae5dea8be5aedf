package dialog

import "strings"

// Capital begins a sentence with a large letter. What begins with no word, but a path, a
// file's name or one that is written in its own way, keeps its beginning.
func Capital(s string) string {
	word, _, _ := strings.Cut(s, " ")
	if word = strings.TrimRight(word, ",;:.…"); word == "" || word[0] < 'a' || word[0] > 'z' || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz'-") != "" {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// Ended puts a full stop behind words that have no end.
func Ended(s string) string {
	if s == "" || strings.HasSuffix(s, "…") || strings.ContainsAny(lastSign(s), ".!?:") {
		return s
	}
	return s + "."
}

// lastSign is the last byte of s that is no closing quotation mark or bracket.
func lastSign(s string) string {
	s = strings.TrimRight(s, "\"”’»)")
	return s[max(len(s)-1, 0):]
}
