package annotations

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// refusal is an error that is told otherwise than it is made.
type refusal struct {
	words string
	err   error
}

// Error implements error.
func (r *refusal) Error() string { return r.words }

// Unwrap gives the error as it was made.
func (r *refusal) Unwrap() error { return r.err }

// InWords is why something of an article was refused, without the names that a store has
// for things: the "attributions[0]" of an [InvalidError] is source 1, and a sentence has
// the number by which people call it. number gives that of an ID, from 1, or less for one
// that is gone. What has no such names is err itself.
func InWords(err error, number func(SentenceID) int) error {
	if err == nil {
		return nil
	}
	words := err.Error()
	var bad *InvalidError
	if errors.As(err, &bad) {
		words = strings.Replace(words, bad.Error(), partWords(bad.Field)+": "+bad.Why, 1)
	}
	if words = inNumbers(words, number); words == err.Error() {
		return err
	}
	return &refusal{words, err}
}

// partWords is what people call a field of an annotation: "link 2" for "links[1]".
func partWords(field string) string {
	part := regexp.MustCompile(`(attributions|links|evidence|members)\[(\d+)\]`)
	field = part.ReplaceAllStringFunc(field, func(s string) string {
		m := part.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2]) //nolint:errcheck // digits
		return fmt.Sprintf("%s %d", map[string]string{"attributions": "source", "links": "link", "evidence": "evidence", "members": "member"}[m[1]], n+1)
	})
	return strings.ReplaceAll(field, ".", ", ")
}

func inNumbers(words string, number func(SentenceID) int) string {
	id := regexp.MustCompile(`\b(sentence|on) s(\d{3,})\b`)
	words = id.ReplaceAllStringFunc(words, func(s string) string {
		m := id.FindStringSubmatch(s)
		n, _ := strconv.ParseUint(m[2], 10, 32) //nolint:errcheck // digits
		if now := number(SentenceID(n)); now > 0 {
			return m[1] + " " + strconv.Itoa(now)
		}
		return s
	})
	gone := regexp.MustCompile(`\bno sentence s\d{3,}; the article has \d+`)
	return gone.ReplaceAllString(words, "the sentence is no longer there: others cut the article meanwhile")
}
