package proof

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"stet.example/stet/annotations"
)

// Checkpoint is what a note says: the root of a store's log at a size.
type Checkpoint struct {
	Store string           // identity, 32 hexadecimal digits
	Size  uint64           // events, at least 1
	Root  annotations.Hash // of the tree over them
	Time  time.Time        // when it was made, to the second, UTC; zero in notes of the old form
	Ends  []End            // ends of chains at Size, by article; in bundles only
}

// End says where an article's chain ends.
type End struct {
	Article annotations.ArticleID
	Head    annotations.Head
}

const (
	originPrefix = "stet/"
	oldPrefix    = "stet-store " // notes of three lines, without a time
	maxNote      = 1 << 20       // bytes
)

// What can be wrong with a note or a bundle.
var (
	// ErrNotNote says that a text is no checkpoint at all.
	ErrNotNote = errors.New("this is no checkpoint")
	// ErrSignature says that a signature is not that of the key it names, or that
	// the key asked for did not sign.
	ErrSignature = errors.New("the signature does not hold")
)

// Text is what is signed: origin, size, root in base64, time in RFC 3339, and a
// line for each of c.Ends, each line ended by a line feed.
func (c Checkpoint) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s\n%d\n%s\n%s\n", originPrefix, c.Store, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]), c.Time.UTC().Format(time.RFC3339))
	for _, e := range c.Ends {
		fmt.Fprintf(&b, "article %s %d %s\n", e.Article, e.Head.N, e.Head.Hash)
	}
	return b.String()
}

// ParseText is the inverse of [Checkpoint.Text]; it accepts what that writes and
// nothing else, but for notes of the old form, which have no time. Errors wrap
// [ErrNotNote].
func ParseText(text string) (Checkpoint, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if strings.HasPrefix(lines[0], oldPrefix) && len(lines) == 3 {
		return parseRoot(strings.TrimPrefix(lines[0], oldPrefix), lines[1:])
	}
	if !strings.HasPrefix(lines[0], originPrefix) || len(lines) < 4 {
		return Checkpoint{}, fmt.Errorf("%w: it does not begin with %q and three lines more", ErrNotNote, originPrefix)
	}
	c, err := parseRoot(strings.TrimPrefix(lines[0], originPrefix), lines[1:3])
	if err != nil {
		return c, err
	}
	if c.Time, err = time.Parse(time.RFC3339, lines[3]); err != nil {
		return c, fmt.Errorf("%w: line 4 is no time", ErrNotNote)
	}
	for i, line := range lines[4:] {
		e, err := parseEnd(line)
		if err != nil {
			return c, fmt.Errorf("%w: line %d: %w", ErrNotNote, i+5, err)
		}
		c.Ends = append(c.Ends, e)
	}
	if c.Text() != text {
		return c, fmt.Errorf("%w: it is not written as a checkpoint is", ErrNotNote)
	}
	return c, nil
}

func parseRoot(id string, lines []string) (Checkpoint, error) {
	c := Checkpoint{Store: id}
	if b, err := hex.DecodeString(id); err != nil || len(b) != 16 || hex.EncodeToString(b) != id {
		return c, fmt.Errorf("%w: line 1 names no store", ErrNotNote)
	}
	var err error
	if c.Size, err = strconv.ParseUint(lines[0], 10, 62); err != nil || c.Size == 0 {
		return c, fmt.Errorf("%w: line 2 is no number of events", ErrNotNote)
	}
	b, err := base64.StdEncoding.Strict().DecodeString(lines[1])
	if err != nil || len(b) != len(c.Root) {
		return c, fmt.Errorf("%w: line 3 is no root in base64", ErrNotNote)
	}
	c.Root = annotations.Hash(b)
	return c, nil
}

func parseEnd(line string) (End, error) {
	var e End
	f := strings.Split(line, " ")
	if len(f) != 4 || f[0] != "article" {
		return e, errors.New("it is not known what it says")
	}
	var err error
	if e.Head.N, err = strconv.ParseUint(f[2], 10, 62); err != nil {
		return e, err
	}
	return e, errors.Join(e.Article.UnmarshalText([]byte(f[1])), e.Head.Hash.UnmarshalText([]byte(f[3])))
}

// Sign returns the note for c: its text and, unless key is nil, the signature.
func Sign(c Checkpoint, key *Key) (string, error) {
	if key == nil {
		return c.Text(), nil
	}
	msg, err := note.Sign(&note.Note{Text: c.Text()}, key.signer)
	if err != nil {
		return "", fmt.Errorf("sign the checkpoint: %w", err)
	}
	return string(msg), nil
}

// Trust is what is known of a note's signature.
type Trust string

// The states of a signature. Only Good says who made the note.
const (
	Unsigned  Trust = "none"      // there is none
	Unchecked Trust = "unchecked" // there is one, by keys that were not given
	Good      Trust = "good"      // one of the keys given signed it
)

// Signed is a note that was read.
type Signed struct {
	Checkpoint
	Trust  Trust
	Signer string // name of the key; several joined by ", " when Unchecked
}

// Open reads a note and checks its signature with keys, which are verifier keys
// as [Key.Public] gives them. Line ends of other systems and blank lines around
// it are forgiven, as it may have travelled by mail. Errors wrap [ErrNotNote] or
// [ErrSignature]; that no key fits is none, but [Unchecked].
func Open(msg string, keys ...string) (Signed, error) {
	var s Signed
	if len(msg) > maxNote {
		return s, fmt.Errorf("%w: it is longer than %d bytes", ErrNotNote, maxNote)
	}
	msg = strings.TrimSpace(strings.ReplaceAll(msg, "\r\n", "\n")) + "\n"
	if !strings.Contains(msg, "\n\n") {
		s.Trust = Unsigned
		var err error
		s.Checkpoint, err = ParseText(msg)
		return s, err
	}
	var known []note.Verifier
	for _, k := range keys {
		v, err := note.NewVerifier(k)
		if err != nil {
			return s, fmt.Errorf("the verifier key %q is none: %w", annotations.Visible(k), err)
		}
		known = append(known, v)
	}
	n, err := note.Open([]byte(msg), note.VerifierList(known...))
	var unknown *note.UnverifiedNoteError
	switch {
	case errors.As(err, &unknown):
		s.Trust, n = Unchecked, unknown.Note
		s.Signer = signers(n.UnverifiedSigs)
	case errors.As(err, new(*note.InvalidSignatureError)):
		return s, fmt.Errorf("%w: %w", ErrSignature, err)
	case err != nil:
		return s, fmt.Errorf("%w: %w", ErrNotNote, err)
	default:
		s.Trust, s.Signer = Good, signers(n.Sigs)
	}
	s.Checkpoint, err = ParseText(n.Text)
	return s, err
}

func signers(list []note.Signature) string {
	var names []string
	for _, s := range list {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}
