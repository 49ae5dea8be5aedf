// Package interchange writes annotations to files and reads them back: the
// native JSON format, one sentence a line (JSONL), and tables (CSV, TSV).
//
// It promises: nothing is written unless the whole export is sound; every range
// has been proved against the text in every unit that is written; the same
// state gives the same bytes, but for the time of the export; what [WriteJSON]
// writes, [ReadJSON] gives back, and [WriteJSON] of that gives the same bytes.
//
// # The native format, version 1
//
// A UTF-8 JSON object; [Schema] describes it. Each codebook, sentence, link and
// event stands on a line of its own, so that a line number leads to it and a
// diff between two exports is short. Fields that say nothing are left out.
//
//	format     "stet-export"
//	version    1. A reader refuses any other number. Fields may be added within a
//	           version; a reader refuses those it does not know
//	generator  name and version of the program
//	exported   when, RFC 3339, UTC
//	codebooks  the tagging schemes that the articles and annotations name: name,
//	           version, hash, the lists of tags, rules, flags and source kinds, and
//	           source, the TOML itself, whose SHA-256 is the hash
//	articles   in the order of their ids
//
// An article has an id (short, readable, unique in a store), a key (the first 16
// bytes of textSHA256), title, outlet, byline, published, url, language,
// revision, parent (key of the revision before), imported (the file it came
// from), codebook (hash of the one in force), the text and its SHA-256, the
// reviewers it is assigned to, the reviewers whose work is exported, the evidence items, the sentences, and two
// lists of links: those inside the article, and crossLinks to others. history,
// on request, holds the article's events, and historyOf the identity of the store
// that logged them, where they are its whole history of the article.
//
// A range gives one half-open span of the text in three units: code points,
// UTF-16 code units and bytes. The words stand beside each range, so anyone can
// check it: text[start:end] in each unit is exactly these words. Nothing is ever
// normalised.
//
// A sentence has id (s001 …; stable across exports), index from 0, kind,
// paragraph, text, range, dateline (the part that is no claim), and then
//
//   - the one answer for it: tag (null for none), decided, by, updated, note and
//     evidence. A client that wants one tag a sentence needs nothing else;
//   - annotations, one for each reviewer, sorted by name: tag, rule, codebook
//     where it is not the article's, attributions (source, cue and content as
//     spans; name, kind, count, hops, terms), evidence (item and stance), links,
//     inside, flags, note, verdict (on the claim, meant for publication), unsure,
//     check, rev, updated, by;
//   - ruling, the lead's decision; words where it was made on other words than the
//     sentence has now, which it does not decide then (zeros: on which is not known).
//
// A link to another article names it by its key, which is the start of its text's
// SHA-256, and says where in that text the sentence stands (toPlace: bytes, and the
// start of the words' SHA-256). A store that cuts the text otherwise finds the
// sentence by that, or says that it has none.
//
// decided says where the tag comes from: "ruling", "reviewer" (one person
// tagged it), "agreement" (all who tagged it agree), or "open" (they differ:
// tag is null). A ruling "amend" gives its own tag, "neither" none, "stet" on a
// reviewer that person's; a "query" changes nothing, nor does a ruling that was made
// before the sentence was cut otherwise. by and updated name the
// person who decided, and note and evidence are that person's annotation's;
// agreement has none of the four.
//
// The one answer and both lists of links follow from the annotations. A reader
// compares them: where they differ, one was edited and the other was not, and
// what was said of the sentence is rejected. Other programs may leave the
// annotations out and give tag, by, note, evidence and the links alone: then
// that is the annotation ([ReadJSON] calls it the short form).
//
// A confidential note is written as its digest. Its words, with the salt that
// proves them, are written only when [Document].Secrets holds them. History
// never has salts, so the hash of an event with such a note cannot be worked out
// from an export; nor that of one that a salvage brought home.
//
// Not written: annotations that say nothing, rulings taken back, positions in
// the log of the store that exported ([annotations.Record].Pos), the next free
// sentence ID, changes of the team (they belong to no article), and the bytes
// that a salvage kept of an event (recovered says that there were some).
//
// # Reading
//
// [ReadJSON] refuses a file as a whole for what makes all of it doubtful: no
// JSON, no UTF-8, half a surrogate pair, a field unknown or given twice,
// another version. Everything else it judges piece by piece, and the [Receipt]
// tells with line and path what was left out and why. A text that does not hash
// to textSHA256 rejects its article. A range that does not lead to its words is
// tried in the other units, and for sentences by their place; the receipt
// names each such repair. Where historyOf stands, the history has to hold
// ([ProveHistory]): numbers without a gap, each event naming the hash of the one
// before, each hash that of what the event says, and the article, annotations and
// rulings those that the history ends with. Otherwise the article is left out
// whole, and the receipt names the first place that is wrong. Without historyOf
// the history is a copy for reading and proves nothing.
//
// # JSONL
//
// One sentence a line: article (id), articleKey, title, outlet, published, url,
// language, revision, codebook (hash), then the sentence exactly as above, then
// items, the evidence items that its annotations use. Ranges count in the
// article's text, which is not repeated.
//
// # Tables
//
// [Columns] names the columns. One row for each annotation, or one for a
// sentence that has none; order counts sentences from 1 and is what the links
// name. decided is the one tag, or "open", or "neither" where a lead found that
// none is right. In the cells of sources, evidence, links and rulings, words that
// would be read otherwise stand in quotation marks: a person called "?" is not a
// person without a name, who is ?. Cells that a spreadsheet might run
// (beginning with = + - @, a tab or a line end) get an apostrophe in front. Line
// ends in cells are line feeds; other control characters become their pictures
// (U+2400 and on). So a table is for people and not a way back: texts longer
// than a spreadsheet's cell (32,767 characters in some) are cut there, not here.
//
// # Other programs
//
// Each has a package below this one that is a [Dialect]; its doc.go is the
// format as it is written and read. [Sheets] makes documents ready for their
// writers. [Sheet.Pack] puts what was said of a sentence, as the native format
// has it, into one string for a slot that such a program hands on unread, and
// [Unpacker] takes it back: so a round trip restores who said what.
package interchange
