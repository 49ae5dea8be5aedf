// Package sheet reads stet's sentence table back: the CSV or TSV that the
// package interchange writes, as it is or after a spreadsheet has saved it.
//
// # Files
//
// Cells are parted by commas, semicolons or tabs; the header tells which, and a
// first line sep=; is obeyed. UTF-8 with or without byte order mark and UTF-16
// with one are read; bytes that are neither are taken for windows-1252, which
// spreadsheets write, and the receipt says so. The apostrophes before formulas
// are taken off, whether a program kept them or not. A tab-separated table is
// read with stet's own escapes or with quotation marks, whichever makes more
// sentences read as they do in the article.
//
// Columns are found by their names, in any order; those that only inform (kind,
// paragraph, decided) are not read, unknown ones are reported. Needed are tag, and
// one of text, id and order. Sentence, sentence_id, reviewer and comment are
// other names of text, id, by and note.
//
// # Rows
//
// The words of a row decide which sentence it is about: the one that its id or
// its order names when it has these words, else the only one that has them. Rows
// may be sorted, filtered and added. A row in which nothing is said is only a
// sentence. A row without a name is the loading reviewer's. An article that is
// not in the store is made of the words of its rows. A last row in which the file
// breaks off is left out.
//
// # What a table cannot bring back
//
// The words that attributions mark, how many hops away a source is and on which
// terms; when evidence was fetched, its copy and archive, so an item read here is
// another item than the one written; which codebook an annotation was made by;
// confidential notes; when a ruling was made. A source without name and kind only
// marks words: it is left out, and what the store has of it stays.
//
// # Cells
//
// Flags are parted by commas. What stands in the cells of sources, evidence, links
// and rulings is the business of internal/cell: what stet wrote comes back as it
// was, since words that would be read otherwise stand in quotation marks there.
// Cells that people wrote are taken as they are meant: sources are parted by
// semicolons; in evidence, what stands between address and quotation is a file
// when it looks like a file's name, else the locator; what follows the quotation
// is the note; without a quotation there is no note.
package sheet
