// Package docx writes an article as a word processor's document, BASE.comments.docx,
// with a comment over each tagged sentence: the form in which checkers hand their
// work on. It is not read back here; the package ingest reads documents.
//
// The document is Office Open XML (ECMA-376) with no more parts than it needs.
// Paragraphs are the article's, headings are bold, line ends inside a paragraph
// are line breaks, and the words of sentences stand as they are. A comment covers
// exactly its sentence. It begins with the tag in brackets; then come rule, sources,
// note, verdict, evidence, links and flags, a line each, and what other reviewers
// said. Its author is who decided: the reviewer, the lead who ruled, or all who
// agree; its date is that of the decision. A sentence on which reviewers differ
// has [open]. A sentence without any tag has no comment, and a note on it is a
// loss.
//
// Characters that XML 1.0 does not allow are replaced by their pictures or by
// U+FFFD. The same export gives the same bytes; the archive's dates are fixed.
package docx
