// Package foreign holds what the readers and writers of other programs' JSON
// have in common: a strict, bounded JSON tree with line numbers, texts and the
// articles they are, spans and the sentences they mean, and an intake that
// turns statements ("this span is contested") into annotations.
//
// It serves formats that carry every person's words in a slot of their own
// (doccano, Label Studio, Prodigy, Web Annotation) and ClaimReview. Formats of
// lines and tables that hold one answer a sentence (brat, WebAnno, the tables
// read back, SLATE, the reports and documents) share internal/standoff instead.
// Neither uses the other: what both need is in package interchange.
//
// # Promises
//
// A file is refused, in time and memory that its length bounds, for what makes
// all of it doubtful: no UTF-8, no JSON, half a surrogate pair, a member that
// stands twice, nesting deeper than [MaxDepth], more than [MaxNodes] values in
// one document, more than [MaxFile] bytes. Members that are not known are
// passed over: other programs have many.
//
// Every statement of a file is counted when it is met. It is taken, taken with
// a correction that is named, or left out with line and reason. After each one
// the annotation is checked as a store would check it, so that what comes out
// can be stored.
//
// # Spans
//
// A position is tried in the unit that the format declares, and the words that
// stand there are compared with the quotation where the format has one. When
// they differ the other units are tried: UTF-16, code points, bytes, grapheme
// clusters. What was found so is named as a correction. A span over exactly one
// sentence, give or take white space, means that sentence. Over several whole
// sentences it means each of them. Inside one sentence it means that one for a
// tag, and the words themselves for a source, a cue or a content. A span that
// cuts two sentences is refused: nobody can say which was meant.
//
// # Packs
//
// What other programs have no place for travels in a slot of their own that
// they hand on, as the native format writes it ([interchange.Sheet.Pack]). The
// visible part of the file wins: a label that was changed is the changed label.
// A pack says where its sentence stands: in a store that has cut the same text
// otherwise it goes to the sentence with that place and those words, or nowhere.
package foreign
