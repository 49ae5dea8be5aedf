package segment

import "strings"

// maxNote is how long a note's number or word is with its brackets, in bytes.
const maxNote = 24

// noteEnd gives the end of a note's number or word in brackets at j, or 0: "[12]",
// "[a]", "[^3]", "[note 2]", "[citation needed]".
func noteEnd(text string, j int) int {
	for k := j + 1; k < len(text) && k < j+maxNote; k++ {
		c := text[k]
		if c == ']' && k > j+1 {
			return k + 1
		}
		if (c < '0' || c > '9') && c != ',' && c != '-' && c != ' ' && c != '?' && c != '^' && (c < 'a' || c > 'z') && c < 0x80 {
			return 0
		}
	}
	return 0
}

// noteStart gives the beginning of a note's number or word in brackets that ends at i,
// or 0: "[12]", "[citation needed]". What stands before it ends the line.
func noteStart(line string, i int) int {
	if line[i-1] != ']' {
		return 0
	}
	k := strings.LastIndexByte(line[max(0, i-maxNote):i], '[') + max(0, i-maxNote)
	if k < 1 || line[k] != '[' || noteEnd(line, k) != i {
		return 0
	}
	return k
}

// numbered tells a note's number from its word: "12", "3-5", "a".
func numbered(note string) bool {
	for k := 0; k < len(note); k++ {
		if c := note[k]; c > 'c' && c <= 'z' || c == '?' || c == '^' {
			return false
		}
	}
	return len(note) < 11
}
