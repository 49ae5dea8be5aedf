package boltfile

import (
	"errors"
	"fmt"
	"strings"
)

// The sentinels a caller decides by. They are found with [errors.Is] in every
// error this package returns, apart from those of the operating system, of the
// context and of the caller's own functions.
var (
	// ErrNotBolt: the file is something else; see [ForeignError].
	ErrNotBolt = errors.New("not a bbolt file")
	// ErrVersion: a bbolt file of a format version this package does not know; see [VersionError].
	ErrVersion = errors.New("unknown bbolt format version")
	// ErrDamaged: a bbolt file that must not be opened by bbolt; see [Damage].
	ErrDamaged = errors.New("the file is damaged")
	// ErrTruncated: the file ends before its content does. Such an error is ErrDamaged as well.
	ErrTruncated = errors.New("the file is cut short")
	// ErrNoCommit: the commit asked for is not in the file.
	ErrNoCommit = errors.New("the file does not hold that commit")
)

// Damage says where a file is broken, what was there and what to do. It is
// [ErrDamaged], and [ErrTruncated] too when the file is cut short.
type Damage struct {
	Page  uint64 // number of the page; byte offset is Page × page size
	What  string // what is wrong, in plain words
	Holds string // what the page holds as far as known, such as `bucket "log", keys …`; may be empty
	Next  string // the next step

	truncated bool
	cause     error
}

// Error gives the whole as one sentence with its next step.
func (d *Damage) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the file is damaged at page %d: %s", d.Page, d.What)
	if d.Holds != "" {
		fmt.Fprintf(&b, " (it holds %s)", d.Holds)
	}
	if d.Next != "" {
		b.WriteString("; ")
		b.WriteString(d.Next)
	}
	return b.String()
}

// Unwrap makes errors.Is find ErrDamaged, ErrTruncated and a failed read's own error.
func (d *Damage) Unwrap() []error {
	errs := []error{ErrDamaged}
	if d.truncated {
		errs = append(errs, ErrTruncated)
	}
	if d.cause != nil {
		errs = append(errs, d.cause)
	}
	return errs
}

// ForeignError says what a file that is not bbolt's looks like. It is [ErrNotBolt].
type ForeignError struct {
	Looks string // a noun: "an empty file", "a gzip archive", "plain text", …
}

// Error names what the file looks like.
func (e *ForeignError) Error() string {
	return "not a bbolt file: this looks like " + e.Looks + "; check the path"
}

// Unwrap returns ErrNotBolt.
func (e *ForeignError) Unwrap() error { return ErrNotBolt }

// VersionError tells the format version found. It is [ErrVersion].
type VersionError struct {
	Found uint32 // the version both readable meta pages carry; this package knows 2
}

// Error names the version found and the one known.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the file has bbolt format version %d, known is %d; open it with the program that wrote it, or a newer one", e.Found, formatVersion)
}

// Unwrap returns ErrVersion.
func (e *VersionError) Unwrap() error { return ErrVersion }
