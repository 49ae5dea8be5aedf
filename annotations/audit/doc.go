// Package audit computes what a lead's desk shows: what needs a decision,
// whether the work is sound, who mixes what, where a published text would be
// weak. It works on plain values that the caller read from a store ([Input]) and
// gives plain values back ([Desk]); it does no I/O, reads no clock, and draws
// nothing but from seeds it is given.
//
// # What it promises
//
//   - The same input gives the same Desk, whatever the order of articles and rows.
//     Lists are ordered by what matters most, then by article name and sentence.
//   - A figure that the data cannot give is a reason in words ([Figure]), never a
//     number that looks like one.
//   - Every entry names its place: article, sentence, number in reading order.
//   - A thousand articles of forty sentences by five reviewers take well under
//     300 ms. Intervals and consensus cost more and are computed when asked for:
//     [Desk.Intervals], [Desk.Consensus].
//   - It is kept to the standard library and the packages annotations and
//     agreement.
//
// # The rules
//
// The answer on a sentence. A ruling goes first: amend gives its tag, neither
// none, stet on a reviewer that person's tag. A query decides nothing. Without
// one, the tag of all who tagged it, when they agree. Else it is open. What was said of
// words that the sentence had before it was cut otherwise is of no weight for those that
// it has now, be it a tag or a ruling; both are in the lead's list of what was judged and
// then cut. Of rulings the log tells it ([Input.Talks]); a query stays asked.
//
// Pace is by the day of a decision. A tag in force meets those of others on the day on
// which it was given, as the log has it; a note of a later day moves nothing.
//
// Stakes order disagreements. Points: 32 flag high_stakes, 16 flag accusation, 8
// somebody gave a tag that names another side (contested), 4 flag unsourced, 2
// reviewers split evenly, 1 flag numbers. A codebook without such flags has
// fewer points to give; the order then follows the rest.
//
// Open query: the ruling in force is "query". It is answered when somebody it
// concerns said or changed something afterwards. Questions and answers take turns:
// a question is a ruling, an answer an entry of the reviewer's own annotation with
// the verb "answer", which leaves the annotation as it is and has the words as its
// reason. So both are in the history, can be undone, and are seen by those only who
// may see rulings and annotations. A reviewer answers a decision in the same way, or
// takes note of it (verb "noted"). Without the log ([Input.Talks]) the words are not
// known, and a query counts as answered once the annotation was touched.
//
// The audit bound rests on a draw by [agreement.Lot] from a seed: inside each
// stratum (tag) the sentences that were ruled on in the order of their lots,
// without a gap, are a random sample; a ruling further down the list is not
// counted. Risky sentences (reviewers differ, unsure, unfinished, high stakes,
// accusation) are checked without chance; those that nobody ruled on yet count
// as wrong. Without a seed there is no bound: rulings made where a lead happened
// to look say nothing of the rest. A query is no check. A tag is wrong when the
// ruling lets another one stand or none. Looking at the bound again and again
// while checking, and stopping when it pleases, makes it a little too good.
//
// Drift, by person: the same words judged at two places with different tags
// ("repeated"), and, where the caller gives [Moment]s, a tag changed on one
// sentence ten minutes or more after it was given ("changed"; what a ruling in
// between asked for is not drift).
//
// The same words: two sentences are the same when their letters and digits are,
// without case, blanks, punctuation and dateline. They are nearly the same when
// both have six words or more, at least four fifths of their different words
// are common to both (Jaccard), and neither numbers nor words of denial differ.
// Candidates are brought together by two of their rarest words (prefix filter;
// Chaudhuri, Ganti & Kaushik 2006); a word that stands in more than 400 different
// sentences brings nobody together.
//
// People, not names, are compared: where a merge let two things that one person
// said in two stores stand beside each other ([Article].Apart), they are one rating
// when the tags are the same and none when they differ, until one is taken back. In
// a team that works blind, tags that were given or changed when their author could
// see the others' ([Moment].Seen) stay in the figures, and a warning counts them.
//
// Pace: the time between two decisions of one reviewer on one day counts as work
// when it is ten minutes or less. Sentences per hour are the decisions that end
// such a gap over the time in them, once there is a minute of it. Days are UTC.
//
// # Where it falls short
//
// Without moments, pace and drift know only when each annotation was last
// changed. A merge of two stores brings what annotations say, not the words of
// answers: those stay in the log that they were given in. Words of denial are known
// for English only. Nearly the same words in
// another order count as the same. A source's name is compared as it is written,
// but for case and blanks: "UNODC" and "UN Office on Drugs and Crime" are two.
package audit
