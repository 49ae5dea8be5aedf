// Package slate reads the annotation files of SLATE, which annotates text in a
// terminal. It does not write them.
//
// SLATE reads its own files by evaluating them as program text, so a file from
// elsewhere can run commands there. Here a line has a strict grammar and nothing
// is ever evaluated; what does not fit it is rejected and named.
//
//	item   = spans " - " labels
//	spans  = NUMBER { NUMBER }               lines, one or several
//	       | point | "(" point "," point ")" | "[" spans "]"
//	point  = "(" [ LINE [ "," TOKEN [ "," CHAR ] ] [ "," ] ] ")"
//
// Lines, tokens and characters count from 0, the end of a span is inclusive;
// tokens are the runs between white space, characters code points of a token.
// () is the whole document, which is no sentence and is rejected.
//
// An annotation file is called TEXT.annotations, with anything behind that;
// TEXT is the file with the text, or names an article of the store. The format
// quotes nothing, so a file is only as right as its text is the same. Labels are
// tags; one item with two spans and the name of a relation as label
// is a link from the first to the second. Links without a label say nothing
// that stet could keep. Where several files speak of one text, what stands
// behind .annotations tells their reviewers apart.
package slate
