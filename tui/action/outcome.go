package action

import "stet.example/stet/annotations"

// Outcome is what a screen asks of the program after a key. Screens do no I/O:
// the root carries outcomes out, in order.
type Outcome interface{ outcome() }

// Save asks for changes of one article, as one act. Words say what it was, for
// the message line: "19 contested".
type Save struct {
	Article annotations.ArticleID
	Changes []annotations.Change
	Words   string
	Blobs   []string // to be in the store before the changes are
	Cut     []Piece  // the sentences that a split or join makes
}

// Piece is a sentence as a split or join makes it.
type Piece struct {
	Sentence annotations.SentenceID
	Span     annotations.Span
	Words    string
}

// Revert asks to take the newest act back, or to do it again.
type Revert struct{ Mode annotations.Mode }

// Moved says where the reviewer stands now.
type Moved struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
}

// Say puts words on the message line.
type Say struct {
	Words string
	Bad   bool
}

// OpenArticle asks for the review screen, at a sentence or (0) where one was.
type OpenArticle struct {
	Article annotations.ArticleID
	At      annotations.SentenceID
}

// ImportFile asks to import a file.
type ImportFile struct{ Path string }

// CopyText puts text on the terminal's clipboard (OSC 52).
type CopyText struct{ Text string }

// AskHistory asks for the events of a sentence; Sentence 0 stands for all.
type AskHistory struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
}

// Attach asks to attach evidence to a sentence. Of a file a copy is kept, and the
// quotation is looked for in it; the screen is told by Attached.
type Attach struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
	Evidence annotations.Evidence
	Stance   annotations.Stance
}

// EditText asks to write a text in the person's editor.
type EditText struct{ Text string }

// TakeDraft says that a half-written note of the article is written on: from now on
// it stands on the screen.
type TakeDraft struct{}

// Again gives a key that a panel had no use for back to the program.
type Again struct{ Key string }

// SearchText asks for the sentences of all articles that hold words. With Link set
// one of them is to be linked to, else gone to.
type SearchText struct {
	Words string
	Link  bool
}

// AskAudit asks for the figures of the lead's desk, read anew.
type AskAudit struct {
	Wait bool // keys wait for them, because what is shown offers what was done just now
}

// AskDraw asks for the sample to check: the one that is being checked, or,
// with Anew set or when there is none, a new one.
type AskDraw struct{ Anew bool }

// Reply asks to save a word to the lead about a sentence of the open article, and
// to read the article anew after it.
type Reply struct {
	Article annotations.ArticleID
	Change  annotations.Change
	Words   string
}

// AskTitles asks what the articles are called of which the desk has the name alone.
type AskTitles struct{}

// AskUrgent asks for the untagged sentences that need a look first, over all
// articles.
type AskUrgent struct{}

// ReadAll asks for what needs a look first of an article that is too long to be read
// before anybody asks.
type ReadAll struct{ Article annotations.ArticleID }

// Compute asks to run something dear beside the screen. Do must be pure; the
// screen is given what it returns.
type Compute struct{ Do func() any }

// SwapTexts asks to take the original on the screen for the rewrite, and the other
// way round.
type SwapTexts struct{}

func (SwapTexts) outcome()   {}
func (AskAudit) outcome()    {}
func (AskDraw) outcome()     {}
func (AskUrgent) outcome()   {}
func (ReadAll) outcome()     {}
func (AskTitles) outcome()   {}
func (Reply) outcome()       {}
func (Compute) outcome()     {}
func (Attach) outcome()      {}
func (TakeDraft) outcome()   {}
func (EditText) outcome()    {}
func (Again) outcome()       {}
func (SearchText) outcome()  {}
func (Save) outcome()        {}
func (Revert) outcome()      {}
func (Moved) outcome()       {}
func (Say) outcome()         {}
func (OpenArticle) outcome() {}
func (ImportFile) outcome()  {}
func (CopyText) outcome()    {}
func (AskHistory) outcome()  {}
