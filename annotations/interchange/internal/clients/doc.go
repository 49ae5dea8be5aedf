// Package clients reads the exports as the programs do that they are made for,
// by the rules which those programs document, and shares no code with the
// writers. It is for tests: where a writer and its own reader agree on a
// mistake, a client here does not.
//
// Each function takes the files of one export and gives what the program would
// show, or the first rule that a file breaks. The rules are those of
//
//   - brat: its manual's pages on the standoff format and on configuration, and
//     what its server does with a line
//   - doccano: JSONL as its importers of sequence labelling, relations and text
//     classification take it; a span that they would drop without a message is
//     a breach here
//   - Label Studio: the task format and what its validator asks of a result
//   - Prodigy: the task format of its choice and span recipes, spaCy's tokens
//   - WebAnno TSV 3.3: the user guide's page and INCEpTION's reader
//   - Web Annotation Data Model: the Recommendation's MUSTs for what is written
//   - RFC 4180 for tables, and what spreadsheets run
//   - ECMA-376 for the parts of a document with comments
//   - schema.org's ClaimReview with the fields that fact-check readers require
//
// Positions are given in code points, whatever a format counts in.
package clients
