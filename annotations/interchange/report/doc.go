// Package report writes what was found about an article for people to read: as
// a web page on its own, and as Markdown. Neither is read back.
//
// Both hold the article's text, paragraph by paragraph, with a mark on each
// sentence that something is said of; a summary with the number of sentences for
// each tag; and the findings: the one tag and how it came about, then what each
// reviewer says (tag, rule, sources with the words that name them, note,
// verdict, evidence, links, flags), then the ruling. Confidential notes are in
// neither, and a loss counts them.
//
// # BASE.report.html
//
// One file without scripts that asks the network for nothing; its own content
// security policy says so too. It prints well. Sentences have their IDs as
// anchors (s003), findings f-s003. Links lead to http and https addresses only.
// Text is escaped by html/template; characters that no document may hold are
// replaced by their pictures or by U+FFFD; each foreign text stands isolated, so
// that a direction mark in it turns nothing else around.
//
// # BASE.md
//
// CommonMark with a table. No text of the article, of a note or of a name can
// become markup or a link: whatever could is escaped, and after writing a
// CommonMark parser counts that there are no links, images, code or HTML but
// those that were meant. Marks that turn the direction of text around are shown
// as ⇄. Findings have headings "Sentence 3", which renderers make anchors of.
package report
