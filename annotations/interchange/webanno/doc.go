// Package webanno writes and reads WebAnno TSV 3.3, which INCEpTION and WebAnno
// import and export.
//
// # What is written
//
// BASE.tsv for each article. Positions count UTF-16 code units, half-open, and
// are proved against the text after writing. Each sentence is one sentence of
// the file, with #Sentence.id; line breaks inside it part its #Text lines. Words
// are cut by Unicode's rules (UAX #29). A sentence that carries something is one
// annotation over all its words, in the layer webanno.custom.FactCheck with the
// features
//
//	tag note reviewer updated   always
//	rule flags unsure check inside evidence   where any sentence has them
//	ruling (yes: reviewer is the lead who decided)   the same
//
// and links to other sentences are relations of the layer
// webanno.custom.FactCheckLink (relation, and manner where any link has one), in
// the row of the sentence they lead to. Both layers must be in the project, with
// these features as strings, before the file is imported: the tool stops at a
// layer that it does not know. Evidence is JSON, a list on one line.
//
// The file has one answer a sentence (see internal/standoff). White space
// between sentences is not stored by the format: readers fill the gap with
// blanks. So paragraphs are lost there, though not when stet reads the file with
// the article in its store. Attributions are not written.
//
// # What is read
//
// Versions 3.0 to 3.3, with any layers. The tags come from the feature tag of
// the FactCheck layer, or else from the span feature most of whose values are
// tags of the codebook; other layers are counted and left out. The features
// above are read where the layer has them; other features are left out and
// counted. A value * is an empty one, _ is none, | stacks, [n] ties the words of
// one annotation, slots and chains are stepped over.
//
// Each word is compared with the text at its place, in UTF-16 units, then in
// code points, then in bytes. The article is found by the file's name, where white
// space may differ in kind, but not in number, else by the text. Where each sentence
// has an ID as stet writes it, a text that the store does not have yet is cut into
// these sentences.
package webanno
