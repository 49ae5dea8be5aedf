// Package align compares two texts sentence by sentence. It does two jobs on one
// engine: [Compare] holds a rewrite against its original, [Reanchor] follows the
// sentences of an article through an edit, and [PlanRevision] makes a plan of it.
// [Index] finds, among many texts, those that are worth comparing, [QuoteIndex] the
// quotations that they give in different words.
//
// # Promises
//
// The package is pure: no I/O, no clock, no randomness, and the same input gives
// the same answer. Positions are bytes of the text they belong to; sentences count
// from 0. Any text is taken; there is one setting for all.
//
// Compare gives each sentence of the rewrite its sources, or none, which is an
// answer. Every sentence of the original is a source of something or left out.
// Each change carries the words it was read from, with their places: no word of a
// report is made up. Result marshals as
//
//	{"id":"…","links":[{"b":0,"from":[3]}],"changes":[{"b":0,"type":"quote_altered","was":"…","now":"…"}],"left_out":[…]}
//
// and has "orphans":[{"b":4,"a":4,"support":[15,17],"against":[18]}] when there are.
//
// Reanchor gives each old sentence one fate and each new one at least one anchor.
// Kept and Moved are only given to the same words (quotation marks, spaces and
// dashes folded). Where two sentences could be meant, Ask is set. PlanRevision says
// the same from both sides: what is asked about is decided for nobody, and a
// question about one piece of a split or a merger is one about all of it.
//
// # How sentences are linked
//
// Words are cut to stems and weighed by how few sentences of either text have
// them: log(1 + n/df), n at least 20, words of grammar at 0.3. A word that is only
// akin, by its first letters or a small list of near synonyms, counts 0.6. The
// score of a pair is 0.7 × the share of the rewrite's sentence that the original's
// has, plus 0.3 × the reverse, plus a bonus for neighbouring words kept together.
// Three things are then reckoned in: where the neighbours come from, and whether
// another sentence of the rewrite has taken what the two share, and whether the
// source lacks its figures. The second is what keeps a new sentence on an old
// subject without a source. A further source is
// added when it has enough of the words still unaccounted for; a sentence that goes
// on from the first ("That could happen by …") and serves nothing else needs less.
//
// # What changes mean
//
// Everything is compared within the group that a split or a merge makes: what went
// to a sister sentence is not dropped.
//
//   - A quotation is altered when its letters and figures are found neither in
//     what was quoted nor in the text, and half its words are those of a quotation
//     of its source. Marks, stops and the case of the first letter are folded;
//     parts of a quotation, marked omissions and brackets are no alteration.
//   - A cue changes when its verb is of another strength: said and told are one,
//     said and claimed are not. A source changes when it is called by other words;
//     a shared last name is the same person, a pronoun is no change.
//   - A hedge is a lexeme. Another lexeme in the same place is a change, the same
//     one on another claim a move.
//   - Numbers are compared by value and unit: ten is 10, 1.2m is 1.2 million,
//     lengths and weights are converted with room for rounding. A number that only
//     counts sources is left to the attribution.
//   - A fraction in words is a percentage (half is 50 percent); times are held in
//     days, months of 30.44.
//   - An outlet is laundered when it told the original's story and the sentences
//     resting on it name none.
//
// # Orphans
//
// A claim that names no source, in the original and in the rewrite, is an orphan
// when a sentence with a source that says the same is left out and none that says
// it better is kept. What a sentence says is its words of content without source and
// cue; the claim must have a share of 0.28 of their weight, two words at least, and
// deny or not deny as it does. Sentences near that one which go on with it count as
// support too; those that begin with "but" or its like, as what spoke against it.
// It is a proposal, read from words alone.
//
// # Figures
//
// Links F1, whole pairs · a third of the original cut (twenty ways) · F1 of "no
// source" when cut; English simplified news, labelled by hand in
// testdata/onestop_links.json. The held-out pairs were labelled before anything was
// run on them; one sentence more or less is 0.3 points of theirs.
//
//	worked on, 16 pairs   97.9 · 96.9 · 95.4
//	held out, 7 pairs     97.2 · 96.7 · 94.5
//
// Sources that are wrongly given are sentences near by on the same subject, often by
// the same speaker, whose own rewrite stands beside; sources that are missed are told
// in other words. The share of words of content, the lead over the next best
// sentence, names, who speaks, the length of what is shared, a longer list of
// synonyms and a fitted sum of all of these were tried: what they gain on the pairs
// worked on is gone on pairs that they were not chosen on. What was kept is that a
// figure which the source has not speaks against it.
//
// The kinds of change are held by 54 made-up pairs in change_test.go, all of which
// were worked on, and 107 in testdata/changes_unseen.txt, labelled before anything
// was run on them, of which every second was never looked at. Of these 53, 46 were
// wholly right at first and 51 are now; F1 at first → now:
//
//	quote altered 100 → 100        attribution dropped 86 → 93   changed 100 → 100
//	attribution added 86 → 100     cue changed 100 → 100
//	hedge dropped 93 → 93          added 100 → 100               changed 100 → 100
//	number changed 67 → 100        dropped 75 → 86               outlet 0 → 100
//
// They are single sentences, written by the same hand as the rules; whole articles
// are harder.
//
// Of the sentences touched by 10,000 generated edits, 97 in 100 old ones are followed
// rightly, 95 in 100 new ones planned rightly (mergers and splits of three over
// other edits: 94.5 to 95.4), the rest ask, none is silently wrong. Two articles of forty and
// sixteen sentences take about 3 ms, 1,000 articles all against all under a second.
//
// # Where it fails
//
// Two sentences that say the same in other words altogether are not linked: there
// is no knowledge of meaning beyond the list of synonyms; support told in other
// words, and support that names no source, is not seen when it is cut. Attributions, hedges and
// numbers in words are read in English; other languages get links, quotations,
// figures and anchors. "He could swim" is read as a hedge. Ordinals, "one" and model names
// (F-35) are never reported as dropped. A dropped number of vague size (dozens) is
// not seen. Single quotation marks that follow a plural possessive may end a
// quotation early. Time grows with the product of the two texts' sentences.
package align
