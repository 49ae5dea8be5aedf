// Package tui runs the screens of stet: the desk and the review of an article.
//
// The root ([Run]) alone does I/O. A key is looked up in the one table of
// actions (package action); the screen that is open carries the action out on
// what it shows and returns outcomes; the root does what they ask: saves,
// reads, copies. Saves go through an outbox that keeps the order of the keys, has
// one writer, and is drained once more after the program has ended.
//
// A frame is rows of strings. Its cost follows the rows on the screen, never the
// length of the article or the number of articles. What an article, a name or a
// note holds is drawn through [annotations.Visible], so that nothing of it can
// command the terminal.
package tui
