// Package doccano writes and reads the JSON lines of doccano.
//
// # Files
//
// Three shapes, by [interchange.Options].Shape, one file an article:
//
//	relations  NAME.doccano.jsonl        one line: text, entities, relations
//	spans      NAME.doccano-seq.jsonl    one line: text, label as [start, end, tag]
//	class      NAME.doccano-class.jsonl  one line a sentence: text, label
//
// doccano's page counts UTF-16 units, half-open; so does this package. An entity
// is a whole sentence with its one tag (see [interchange.Answer]); spans inside
// it would overlap, and doccano drops overlapping spans without a message
// unless its project allows them. Every character beyond ASCII is escaped,
// because doccano guesses the encoding of a file, and of short files wrong.
//
// Any other member comes back from doccano as it went in: stet_article,
// stet_key, stet_sentence, stet_title and stet_url say where a line is from,
// stet holds what each reviewer said, one pack a line, stet_cuts how the text is cut
// into sentences and stet_about what else is known of it, on the article's first
// line. All lines have the same
// members, since doccano reads them as one table.
//
// # Reading
//
// The shape is found line by line; doccano's JSON lists are read too. Labels may
// be triples, entities, strings or one string. Who labelled is not in a file:
// when several files are read at once, as doccano exports them, each is named
// for its annotator. Positions are tried in the other units when that makes
// more of them whole sentences, for doccano can count grapheme clusters and
// does not say so. Comments are notes where a line is one sentence.
package doccano
