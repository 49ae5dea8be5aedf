package interchange

import (
	"errors"
	"fmt"

	"stet.example/stet/annotations"
)

// Dialect writes and reads the files of another program. Each lives in a
// package of its own below this one.
type Dialect interface {
	// Format is the name that a command line uses.
	Format() Format
	// Write makes the files of an export. The same export gives the same bytes.
	// It reads back what it made and compares every span with the article
	// before it returns.
	Write(e Export, o Options) (Written, error)
	// Read takes files in. What is wrong with a part is in the receipt, with its
	// line; what makes a whole file doubtful is a *FileError.
	Read(files []File, lib Library) (*Export, *Receipt, error)
}

// ErrWriteOnly says that a format cannot be read back: it is for people.
var ErrWriteOnly = errors.New("this format is for reading by people and cannot be loaded")

// File is one file, whole.
type File struct {
	Name string // base name, such as harbour.ann
	Data []byte
}

// Options are what the formats of other programs leave open. The zero value is
// each format's safest form.
type Options struct {
	Offsets   annotations.Unit // w3c: CodePoints, or UTF16 for clients that count so; "" = CodePoints
	Shape     string           // doccano: "relations" (default), "spans", "class"
	Page      string           // claimreview: URL of the checker's own page, which must be given
	Publisher string           // claimreview, html: who publishes; may be empty
	Suggest   bool             // label-studio: with stet's own suggestions as predictions
}

// Written is what an export came to.
type Written struct {
	Files  []File
	Unit   annotations.Unit // in which positions are counted
	Ranges int              // spans that were written, read back and found right
	Losses []Loss           // what the format cannot hold, or its readers drop
}

// Loss says what of the annotations a file does not carry.
type Loss struct {
	What  string // "confidential notes", "links to other articles" …
	Count int    // how many
	Why   string
}

// String gives the sentence that a receipt shows.
func (l Loss) String() string { return fmt.Sprintf("%d × %s: %s", l.Count, l.What, l.Why) }

// Library is what a reader of a foreign file may ask of the surroundings.
type Library interface {
	// Article finds an article of the store: by its text's hash (not zero), or
	// by its key, name or URL. It returns nil when there is none.
	Article(text annotations.Hash, name string) (*annotations.Article, error)
	// Tell notes what a file says of the article with a key; it counts where Make
	// makes that article later. What is said first stands.
	Tell(key string, about About)
	// Make cuts a text that no article has into a new one, as an import would;
	// what files say of it is believed as far as it can be true.
	Make(text string, about About, file string) (*annotations.Article, error)
	// Fresh reports whether an article that Article or Make gave was cut just now,
	// by the rules: then a file that says how its text was cut is believed.
	Fresh(a *annotations.Article) bool
	// Codebook is the scheme that tags are read by, of an article or, for nil,
	// of new ones.
	Codebook(a *annotations.Article) *annotations.Codebook
	// Reviewer is the name for annotations whose file names nobody.
	Reviewer() string
}
