// Package ingest turns the files that people have into articles: plain text,
// Markdown and saved web pages in any encoding in use, word processors'
// documents, JSON Lines, feeds, and through other programs PDF, EPUB and RTF.
//
// # What it promises
//
// Plain text is kept as it came. It is decoded to UTF-8 without byte order
// marks, and CRLF and lone CR become LF. Nothing else is changed: not spaces,
// not quotation marks, not the composition of letters, not control characters.
// What is read from the text, such as a title, stays in the text too.
//
// The bytes that came in are recorded by size, encoding and SHA-256, so the file
// can be recognised whatever was done with it. The same words give the same key,
// whatever their line ends or encoding.
//
// The same bytes with the same options give the same article, on any machine.
// (One exception: a page that takes a machine more than two minutes is read
// in another way, with a notice. The limits below exist to make that a theory.)
//
// Every failure is an [*Error] that names the input, the reason and the next
// step. No input makes the package panic. Work and memory are bounded by a small
// multiple of the input's size, and [Options.Max] bounds that.
//
// # Encoding
//
// The first of these that answers decides, and a notice says which it was:
//
//  1. the caller's [Options.Encoding]
//  2. a byte order mark: UTF-8, UTF-16, UTF-32
//  3. ISO-2022-JP, when [Options.Charset] says so, or the input is ASCII with its
//     escapes throughout; the pattern of UTF-16 without a mark: zero bytes (or East
//     Asian punctuation), and a sample that reads as assigned, well-formed text in one
//     of the two orders
//  4. the whole input is valid UTF-8
//  5. what [Options.Charset] says; for pages and feeds, what a meta element or XML
//     declaration in the first 64 KiB says
//  6. nearly valid UTF-8: cut inside a character, or less than one bad place for
//     ten good ones. Each bad place becomes U+FFFD, and a notice counts them
//  7. statistics over the lines that are not ASCII; ISO-8859-15 is told from
//     windows-1252 by its euro sign and its œ
//  8. windows-1252
//
// What 7 or 8 guessed is read. Where capitals follow small letters, scripts meet in a
// word, or signs stand inside words, and it reads as Russian or Ukrainian in IBM866,
// x-mac-cyrillic or another of their encodings, that one is taken; Thai and the EBCDIC of
// mainframes are told by how their bytes follow each other. Where nothing reads better,
// the notice says that it reads badly.
//
// Measured on 520 texts of two to forty sentences in thirteen languages,
// re-encoded (TestEncodingsOfRealText): UTF-8 and UTF-16 with and without marks
// 520 of 520, windows-1252 233 of 233, ISO-8859-15 228 of 230, windows-1251 39
// of 39, KOI8-R 14 of 14, windows-1250 36 of 37, ISO-8859-2 27 of 27,
// windows-1254 39 of 39, windows-1256 40 of 40, Shift_JIS 37 of 37, EUC-JP 39 of
// 39, GB 18030 40 of 40, Big5 37 of 37. UTF-32 without a mark must be named. UTF-7 is
// not read; a notice says that a text looks like it.
//
// A NUL in the text is refused: no encoding of text that people exchange has it.
//
// # Which format a file is
//
// What is no plain text is told by its content, whatever its name: DOCX, ODT and
// EPUB by the parts of the archive, PDF, RTF and MHTML by how they begin. A text is
// Markdown, a page or JSON when its name says so; else it is a page, a feed or
// JSON when it begins as one. Anything else is plain text. [Options.Format] forces
// one. Whatever the format, [annotations.Original] describes the whole file.
//
// # Files of several articles
//
// JSON Lines: one object a line. Or one JSON file: a list of objects, or objects
// one after the other. "text" is required; title, url, outlet, byline, published
// and language (or lang) are fields when they are texts. doccano's lines are these; the
// article of a Label Studio task is its "data". What was annotated in such a file
// is not read here. An object that cannot be read is named and the next ones come;
// in a list, bad syntax ends it.
//
// Prodigy keeps sentences. Lines that bear its marks (_input_hash, _task_hash,
// _view_id or tokens) and name the same article in their meta are joined to one
// article, in the order of the file: by meta's article, article_id, doc_id, doc or
// document, or by what stands before "#" in its source. Between two of them stands
// a space when both name the same paragraph in their meta, a blank line when they
// name different ones, else a line end. A line that stands there once for each
// annotator, with the same input hash, is taken once. Without such a name in its
// meta a line is an article. Joined articles come after the others.
//
// Feeds (RSS, Atom): of each entry the fullest text, content:encoded before
// content before description or summary; with the latter a notice says that it may
// be a summary only.
//
// # What a document becomes
//
// DOCX and ODT are read with all recorded changes accepted: what was deleted or
// moved away is not there, nor is hidden text. Headings and lists are told by their
// styles, cells of a row are parted by " | ", a table of one column is layout and
// its paragraphs are paragraphs. Text boxes follow the paragraph they hang on.
// Headers, footers, tables of contents, field instructions and prompts of empty
// controls are left out. Comments, footnotes and endnotes are not in the text: they
// are [Hint]s, tied to the words they are about, or to the word before them.
//
// MHTML is the page in it, with the address that the browser noted as its own.
//
// PDF is what pdftotext finds, by blocks: lines are joined to paragraphs, blocks
// that end inside a sentence go on in the next, larger lines are headings, lines
// that recur at the edges of three pages or more are dropped, as are page numbers.
// A hyphen at a line's end goes when the whole word stands elsewhere in the
// document, stays when the hyphened one does or when one of its parts is a word
// there, and goes when nothing is known. EPUB and RTF are what pandoc makes of
// them. A notice asks to check such a text.
//
// These programs run without a shell, on a private copy, in a folder of their own,
// for 90 seconds at most; what they write is bounded.
//
// # Bounds
//
// An archive may hold 20,000 entries and unpack to 192 MiB of what is read, and to
// 200 times the packed size of a part once that is past 8 MiB. XML may nest 512
// deep, a tag or run of text be 8 MiB long; entities of its own are refused, not
// expanded. Names in archives never become names of files.
//
// # What a page or a Markdown document becomes
//
// Its text is the extracted text, made by these rules:
//
//   - blocks (paragraphs, headings, quotations, captions, lists, tables, code) are
//     parted by a blank line; list items, table rows and line breaks stand on lines
//     of their own; two line breaks in a row part paragraphs
//   - a list item begins with "- ", or with its number, a full stop and a space;
//     it counts on unless it names its own; an inner list is indented by two
//     spaces a level
//   - the cells of a row are parted by " | ", unless they hold paragraphs
//   - runs of white space become one space, but a no-break space is kept and so is
//     all white space in preformatted text; a line end in the source is a space
//   - emphasis, link targets and quotation indents are dropped; entities and
//     escapes are decoded; a q element gets its quotation marks
//   - figures that are raised behind a figure become the raised characters of Unicode
//     (10⁶, a note's ³ behind a year), in Word and OpenDocument files too; elsewhere
//     what is raised or lowered stands on the line
//   - between struck words and those inserted for them stands a space
//   - of ruby the words stay and the reading goes, as in documents
//   - scripts, styles, forms, hidden elements and pictures are dropped. The
//     description of a Markdown picture that stands alone is its caption
//   - a footnote mark is "[1]" and the notes follow the text
//   - the text ends with one line end
//
// Link targets come back as [Hint]s with the place of their words. Units inside
// headings, captions and rows get their kind from the element.
//
// Of a page, readability's choice is taken: menus and advertising go, and running
// text that goes with them is named ([Options.Whole] keeps all). Title,
// byline and date are fields; where they stand as blocks of their own before the
// running text they are not in the text. A site's name is taken off the end of the
// title. Linked data is read though it is broken in the ways that publishing
// systems break it. Words for screen readers only, told by their class, are
// hidden. A paragraph of running text stays, whatever its class is called. Where the
// choice has nothing of the one article element that holds the page's only top heading,
// as behind a paywall whose offer is longer than the lead, that element is taken. When
// there is no such choice, or the page is nested deeper than 512 elements, has
// more than 400,000 tags, a thousand attributes on one, 16 MiB of text, or
// formatting elements left open by the hundred, all visible text is taken in one
// pass and a notice says so. Where nothing is to be seen in it, since a script would put
// the words there, the text is what the page's linked data give as the article's.
//
// A Markdown document of more than 16 MiB, or with thousands of brackets or tens
// of thousands of marks of emphasis in a paragraph, or dozens of blocks inside
// each other, is kept as plain text, with a notice. Front matter gives fields and
// is not in the text. Beyond CommonMark, tables, struck words, task boxes, bare
// links and footnotes are read.
//
// # Fields
//
// What the caller gives wins. Then comes what the file declares: front matter;
// the page's linked data, meta elements, canonical link, and the address that a
// browser left in a comment when it saved the page. Then what stands at the head
// of the text: a dateline ("LONDON, Oct. 24, 2025 (Reuters) -"), a line that is a
// byline, a date, a URL or a label such as "Title:", and a first unit that is a
// heading. An empty field is better than a wrong one: dates without a year, or
// with day and month in doubt, are not read; an outlet that is not known counts
// only beside a date or a place in capitals with its region.
//
// Fields are text that nobody vouches for: folded to one line without control
// characters and cut to a bounded length. They are still to be shown through
// [annotations.Visible].
//
// # Where it falls short
//
// Readability leaves captions and some teasers in, and loses a page's own boxes
// outside the article: running text among them is in [Result.LeftOut]. In documents,
// letters and Roman numbers of lists become numbers, and equations lose their
// layout. pdftotext puts the cells of a table out of order and two parts of a
// hyphened word that nobody else uses become one. Signs of the fonts Symbol and
// Wingdings in a Word document become characters; those of other such fonts are
// left out and named. Old Office files (DOC), Pages, spreadsheets and pictures are
// recognised and refused with advice.
package ingest
