// Command stetproof checks a bundle that "stet bundle" wrote. It holds no code
// of stet's and uses the standard library only, so that a mistake in stet is not
// repeated here: some eight hundred lines, to be read before they are trusted.
//
//	stetproof FILE [--key VKEY]
//
// FILE is the bundle, or - for standard input. VKEY is the verifier key,
// "name+hash+data", as its owner gave it. Without it the signature is checked by
// the key that stands in the bundle, which proves that whoever has that key
// signed, not who that is.
//
// It proves, and prints: who signed the root of the log's tree, and when they
// say they did; that each record, shown or withheld, is in that tree at its
// place; that the records of an article are one chain without a gap, and end
// where the signature says; that text, sentence tables and confidential values
// are those that the records name; that the words which a record was about are
// those of the text.
//
// It cannot prove that the clock was right, that the people named did what the
// records say, that no other log was shown to others (compare checkpoints), or
// anything of what is withheld but its place.
//
// Exit codes: 0 proved, 1 not proved or not to be read, 2 used wrongly. The format and the formulas
// are described in package stet.example/stet/store/proof.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// howTo is what --help says.
const howTo = `use: stetproof FILE [--key VKEY]

Proves a bundle that "stet bundle" wrote: who signed the history, that each record
is in it at its place, and that nothing was changed since. FILE may be - for standard
input. VKEY is the verifier key as its owner gave it; without it the key in the bundle
is used, which does not prove whose it is.
Exit codes: 0 proved, 1 not proved or not to be read, 2 used wrongly.
`

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) } //nolint:forbidigo // this is main

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if slices.ContainsFunc(args, func(w string) bool { return w == "-h" || w == "--help" || w == "-help" }) {
		if _, err := io.WriteString(stdout, howTo); err != nil {
			return 1
		}
		return 0
	}
	file, key, err := arguments(args)
	if err == nil && key != "" && strings.Count(key, "+") < 2 { // a slip of whoever checks must not look like a forgery
		err = errNoKey
	}
	if err != nil {
		fmt.Fprintf(stderr, "stetproof: %s\nuse: stetproof FILE [--key VKEY]\n", visible(err.Error())) //nolint:errcheck // nobody is left to tell
		return 2
	}
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			fmt.Fprintf(stderr, "stetproof: %s\n", visible(err.Error())) //nolint:errcheck // nobody is left to tell
			return 1
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	said, err := verify(in, key)
	if errors.As(err, new(unreadable)) {
		fmt.Fprintf(stderr, "stetproof: it cannot be read, and nothing was checked: %s\n", visible(err.Error())) //nolint:errcheck // nobody is left to tell
		return 1
	}
	if err != nil {
		fmt.Fprintf(stderr, "stetproof: NOT PROVED: %s\n", visible(err.Error())) //nolint:errcheck // nobody is left to tell
		return 1
	}
	if _, err := io.WriteString(stdout, said); err != nil {
		return 1
	}
	return 0
}

// arguments takes the key before or after the file.
func arguments(args []string) (file, key string, err error) {
	for len(args) > 0 {
		word, rest := args[0], args[1:]
		value, joined := strings.CutPrefix(strings.TrimPrefix(word, "-"), "-key=")
		switch {
		case joined:
			key = value
		case word == "--key" || word == "-key":
			if len(rest) == 0 {
				return "", "", fmt.Errorf("--key needs a verifier key")
			}
			key, rest = rest[0], rest[1:]
		case strings.HasPrefix(word, "-") && word != "-":
			return "", "", fmt.Errorf("there is no flag %s", word)
		case file != "":
			return "", "", fmt.Errorf("one bundle at a time")
		default:
			file = word
		}
		args = rest
	}
	if file == "" {
		return "", "", fmt.Errorf("no bundle is named")
	}
	return file, strings.TrimSpace(key), nil
}
