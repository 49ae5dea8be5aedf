package store

import (
	"context"
	"io"
	"time"

	"stet.example/stet/annotations"
)

// Limits of one batch.
const (
	MaxChanges = 128     // changes in one batch
	MaxBatch   = 1 << 20 // bytes that the events of one batch encode to
)

// Batch is what one act asks a store to record: all of it or nothing.
type Batch struct {
	Act     annotations.Act       // session and number; the number is 1 more than the session's last
	Actor   string                // who
	Tool    string                // name and version of the program
	Article annotations.ArticleID // every change is of this article
	Expect  *annotations.Head     // nil, or the end of the article's chain as the caller saw it
	Mode    annotations.Mode      // Undo and Redo revert the act Of
	Of      annotations.Act       // for Undo and Redo: the act that [Store.Undoable] named
	Changes []annotations.Change  // evidence items before the annotations that use them
}

// Receipt says where a batch stands in the log.
type Receipt struct {
	First uint64    // position of its first event
	Last  uint64    // position of its last event
	Time  time.Time // of its events
}

// Store keeps articles and the log. Every method is safe for concurrent use,
// copies out what it returns, and holds no transaction after it returned.
type Store interface {
	// Append records b and returns when it is durable. The same b.Act returns the
	// same receipt. Errors: ErrConflict, ErrInvalid, ErrNotFound, ErrUnknown,
	// ErrFull, ErrPoisoned, ErrDamaged, ErrReadOnly, ErrClosed.
	Append(ctx context.Context, b Batch) (Receipt, error)
	// PutBlob stores data under its SHA-256 and returns when it is durable.
	PutBlob(ctx context.Context, data string) (annotations.Hash, error)
	// Blob returns n bytes of the blob from byte off, fewer at its end; n < 0
	// stands for all that is left.
	Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error)
	// CopyBlob writes all of the blob to w, which must not keep what it is given: for
	// who goes through a long text once, as a proof of its hash does.
	CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error

	// Articles lists articles with keys after the given one, in key order, with
	// the progress of reviewer.
	Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]Summary, error)
	// List lists articles in an order, at most limit: those that follow after,
	// whose zero value begins.
	List(ctx context.Context, by Order, after Listed, limit int) ([]Listed, error)
	// Revisions lists the articles that were made of one as its later revision, by
	// key, at most limit.
	Revisions(ctx context.Context, of annotations.ArticleID, limit int) ([]Listed, error)
	// Lookup finds an article by its name, by the start of its name, or by the
	// start (6 digits or more) of its key; ErrNotFound, or ErrInvalid when several fit.
	// What people type is for [Find], which takes the end of a name, too.
	Lookup(ctx context.Context, name string) (annotations.ArticleID, error)
	// Summary returns one article's entry.
	Summary(ctx context.Context, reviewer string, id annotations.ArticleID) (Summary, error)
	// State returns what was said of an article's sentences with IDs in
	// [from, to), in order of sentence and reviewer, at most limit rows.
	State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]Row, error)
	// Events returns events after position after that q selects, in order, at
	// most limit; the second result is the position to go on from. Where a record is
	// damaged the error is ErrDamaged, the events are those before it, and the position
	// is the last that could be read: the damaged record is the next that q looks at.
	Events(ctx context.Context, q Query, after uint64, limit int) ([]annotations.Event, uint64, error)
	// Team returns who works here and by which rules; its zero value when none
	// was set.
	Team(ctx context.Context) (annotations.Team, error)
	// Evidence lists evidence items with keys after the given one, in key order.
	Evidence(ctx context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error)
	// Item returns one evidence item; ErrNotFound when there is none with this key, or it
	// is not to be seen.
	Item(ctx context.Context, id annotations.EvidenceID) (annotations.Evidence, error)
	// Secret returns the value that s stands for; ErrNotFound when it was removed.
	Secret(ctx context.Context, s annotations.Sealed) (string, error)
	// Undoable returns the act that actor's next undo (or redo) would revert, and
	// its events; ErrNotFound when there is none.
	Undoable(ctx context.Context, actor string, mode annotations.Mode) (annotations.Done, []annotations.Event, error)

	// Tail sends the position of the newest event whenever it has moved past
	// after, until ctx ends; it may skip positions, never the last.
	Tail(ctx context.Context, after uint64) <-chan uint64
	// SetPlace notes where a reviewer stands. It survives the program's death,
	// not the machine's.
	SetPlace(reviewer string, p Place) error
	// Places returns where the reviewer stood: last of all, then by article.
	Places(reviewer string) (last Place, byArticle map[annotations.ArticleID]annotations.SentenceID, err error)

	// Seal signs off the log as it stands and returns its tree.
	Seal(ctx context.Context) (Seal, error)
	// Seals returns the seals at or above size, oldest first, at most limit.
	Seals(ctx context.Context, size uint64, limit int) ([]Seal, error)
	// Verify recomputes every hash, chain and projection, and compares the tree
	// with the seals. progress may be nil; it is given events done and in all.
	Verify(ctx context.Context, progress func(done, total uint64)) (Report, error)
	// Export writes everything after position after as a journal, in pieces,
	// while others write.
	Export(ctx context.Context, w io.Writer, after uint64) (ExportInfo, error)
	// Stat describes the store.
	Stat(ctx context.Context) (Stat, error)
	// Close seals, waits for writes under way and lets go.
	Close() error
}

// Summary is an article's entry on the desk.
type Summary struct {
	annotations.Meta
	Head     annotations.Head
	Progress annotations.Progress            // of the reviewer asked for
	Others   map[string]annotations.Progress // of everybody else
}

// Row is what one person said of one sentence, or the ruling on it.
type Row struct {
	Sentence   annotations.SentenceID
	Reviewer   string                    // "" for a ruling
	Annotation annotations.Record        // when Reviewer is not ""
	Ruling     *annotations.RulingRecord // when Reviewer is ""
}

// Query selects events. Zero fields select everything.
type Query struct {
	Article  annotations.ArticleID // Desk = all
	Sentence annotations.SentenceID
	Actor    string
}

// Selects reports whether q selects e.
func (q Query) Selects(e *annotations.Event) bool {
	return (q.Article == annotations.Desk || q.Article == e.Article) &&
		(q.Sentence == 0 || q.Sentence == e.Sentence) && (q.Actor == "" || q.Actor == e.Actor)
}

// Place is where a reviewer stands.
type Place struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
}

// Seal is the root of the log's Merkle tree at a size.
type Seal struct {
	Size uint64
	Root annotations.Hash
	Time time.Time
}

// Stat describes a store for people and bug reports.
type Stat struct {
	Path    string // "" for one in memory
	ID      string // random, made with the store; 32 hexadecimal digits
	Format  int    // version of the file's layout
	Created time.Time
	App     string // program that made it
	Events  uint64
	Bytes   int64 // size of the file
	Notices []string
	Slower  string // why reading takes longer than it need, and what mends that; "" mostly
}

// ExportInfo says what an export holds.
type ExportInfo struct {
	Events uint64
	Blobs  int
	Bytes  int64
	Seal   Seal
}
