// Package brat writes and reads the standoff files of brat, a program for
// marking words in a browser.
//
// # Files
//
// For each article BASE.txt, the text as it is, and BASE.ann, one annotation a
// line; for all of them one annotation.conf, without which brat shows nothing.
// Positions count code points and are half-open. They are proved against the
// text after writing.
//
// # What stands where
//
//	T  a sentence with its tag as type (Sourced, Contested …; see below), or the
//	   type Untagged where something else is said of it or a link leads to it;
//	   and the types Source, Cue and Content for the words of attributions
//	A  flags (Flag_numbers), Unsure, Inside, Check wanted|done, Rule S-1
//	R  links (Disputes, Supports, Repeats, Derived_from), and Has_source,
//	   Has_cue, Has_content from the claim to the words of its attributions
//	#  AnnotatorNotes, the note; Reviewer, who and when, or Ruling, the lead who
//	   decided the tag and when; Evidence and Attribution, as JSON, one line
//	   each; Manner of a dispute; on a link, AnnotatorNotes is the link's note;
//	   Sentences, on the first T line, is how the whole text is cut
//
// Types are the IDs of tags with a capital letter in front, other characters
// than ASCII letters, digits and underscores made underscores, a number behind
// where that makes two the same. The mapping follows from the codebook alone.
//
// A span is cut into pieces at every character that brat's reader takes for the
// end of a line (U+0085 and U+2028 among them), because an annotation has one
// line; pieces are put together again on the way in.
//
// # One answer a sentence
//
// A file holds the one answer for each sentence and the annotation that goes
// with it (see internal/standoff). What else reviewers said, what a ruling says
// beside its tag, confidential notes and line ends in notes are losses, and
// counted.
//
// # Reading
//
// The article is found by the text, then by the file's name; a text that nobody
// knows becomes an article. Text-bound lines of types that are tags stand for
// sentences; a type Source, Cue or Content that no attribution names is reported,
// and events, normalisations and equivalences are, because stet has no place for
// them. The quoted words decide: browsers count UTF-16 units, so in a text with
// emoji positions may be off, and are repaired. A file is refused for text that
// is not UTF-8, an ID given twice and a line that is no annotation.
package brat
