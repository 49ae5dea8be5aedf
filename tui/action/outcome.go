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

// OpenArticle asks for the review screen.
type OpenArticle struct{ Article annotations.ArticleID }

// ImportFile asks to import a file.
type ImportFile struct{ Path string }

// CopyText puts text on the terminal's clipboard (OSC 52).
type CopyText struct{ Text string }

// AskHistory asks for the events of a sentence; Sentence 0 stands for all.
type AskHistory struct {
	Article  annotations.ArticleID
	Sentence annotations.SentenceID
}

func (Save) outcome()        {}
func (Revert) outcome()      {}
func (Moved) outcome()       {}
func (Say) outcome()         {}
func (OpenArticle) outcome() {}
func (ImportFile) outcome()  {}
func (CopyText) outcome()    {}
func (AskHistory) outcome()  {}
