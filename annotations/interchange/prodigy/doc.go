// Package prodigy writes and reads the JSONL of Prodigy.
//
// # Files
//
// NAME.prodigy.jsonl for each article. One line for each reviewer who said
// something of a sentence; a sentence of which nobody spoke has one line whose
// answer is "ignore", so that the file is the whole text and trains on nothing
// that nobody said. A line is a choice task: text, tokens, spans, options (the
// tags), accept (the tag given), answer ("accept"; "ignore" without a tag).
//
// Positions count code points of the sentence, half-open; token_start and
// token_end are token indexes, and token_end is the last token itself. Tokens
// are words and signs by UAX #29, cut also where a span begins or ends; ws says
// that one blank follows, other white space is a token. The spans are sources,
// cues and contents without white space at their ends. They may overlap, as
// spans.manual shows them and ner.manual does not.
//
// _input_hash is made of the article's key, the sentence and its words, not of
// the words alone as Prodigy would: a sentence that stands twice is two
// inputs. _task_hash adds the options. Both are 32-bit integers with a sign and
// stay the same from export to export. _annotator_id and _session_id are "stet-"
// and the reviewer, as of a data set called stet; _timestamp is in seconds.
// Members that begin with stet hold where the line is from and the pack of what
// the reviewer said; Prodigy keeps them.
//
// # Reading
//
// What db-out gives: choices, single labels (label with accept or reject),
// spans, relations between spans. Answers "reject" and "ignore" are left aside.
// A line without an answer counts as accepted. The reviewer is what follows the
// last hyphen of _annotator_id. Where a line has tokens, each span's token
// indexes must agree with its positions.
package prodigy
