// Package w3c writes and reads Web Annotations (W3C Recommendation of 23
// February 2017) as JSON-LD.
//
// # Files
//
// NAME.anno.jsonld for each article: an AnnotationCollection with its one page
// inside. Positions count code points, as the Recommendation says; with
// [interchange.Options].Offsets UTF16 the file is NAME.utf16.anno.jsonld and
// counts UTF-16 units, as clients in browsers do. A collection of nothing has
// total 0 and no page, since a page must not be empty.
//
// What one reviewer says of one sentence is one annotation. Its motivation is
// tagging where there is a tag, else commenting, questioning or describing: the
// five that every copy of the context knows. Bodies: the tag (tagging), the
// note (commenting), the doubt (questioning), verdict, rule and flags
// (describing), sources, cues and contents as parts of the article (describing,
// stet:role), evidence (linking, stet:stance). A link to another sentence is an
// annotation of its own (linking) whose body is the other sentence's; a ruling
// is one (commenting) by the lead.
//
// Every target has both selectors. The quotation has up to 32 characters around
// it from the same paragraph, since clients match paragraph by paragraph; only
// where it then stands in the text more than once, 32 characters across
// paragraphs. The source is the article's URL; without one a urn:uuid.
//
// Ids are urn:uuid, version 5, made of the article's key, the sentence and the
// reviewer: the same in every export. Dates are UTC. modified is the last
// change; created stands where it was also the first. A creator's id is made of
// the name.
//
// Terms of our own have the prefix stet: stet:article is the article's key and
// stet:record the pack of what was said, a string that other programs may keep;
// stet:cuts of the collection is how the text is cut into sentences, stet:about what
// else is known of the article.
//
// # Reading
//
// A collection, a page, one annotation, a list, a @graph, and what the
// Hypothesis service gives (rows). A file that counts more annotations than it has
// is said to be a part. Selectors by quotation, by position, both, or
// char= fragments (RFC 5147); others are refused by name. The quotation proves
// the position; where it does not, the other units are tried, then the words
// around it. A file holds no text: its article must be in the store, by key, URL
// or hash, or lie beside it as NAME.txt. A body without a purpose takes the
// annotation's motivation. Linked pages are evidence.
package w3c
