package attribution

// hint is a trait of rarer use. All 64 are taken.
type hint uint64

const (
	plain         hint = 1 << iota // a verb of saying that takes no noun for its object
	clausal                        // a verb of mind that reports speech when "that" follows
	asks                           // put a question, or had one put
	question                       // opens an indirect question
	comparing                      // than, as: no clause need follow
	absolute                       // with
	naming                         // gives a thing its name: "a group called X"
	strict                         // reports only quoted words, or behind "that"
	origin                         // of, from: before the place that somebody comes from
	bareNoun                       // a noun that a clause may follow without a link: "something Berg said"
	example                        // such, before as
	partly                         // including, along with: keeps to the noun before it
	topical                        // about, of: belongs to the verb before it
	evades                         // declined, before "to say"
	evaded                         // say, comment, behind it
	needsComma                     // an according-word only behind a comma
	newPhrase                      // an article that never follows a noun inside its phrase
	ofWhom                         // opens the part of a phrase that says whose
	behindAfter                    // "nach", before "Medienberichten"
	reflexive                      // sich
	selfSay                        // reports with sich only
	expletive                      // heißt, before "es"
	dummy                          // es
	oblique                        // an article that no subject has
	states                         // a verb whose object is a claim, not an act; of verbs of mind those that think, with clausal only what a clause tells
	raising                        // seemed, continued: leaves its subject to an infinitive
	onward                         // on, in "went on to say"
	stretch                        // a stretch of time: minutes, years, ago
	quotedOnly                     // reports only when words are quoted
	putsAt                         // reports when a figure behind "at" follows: "put the number at 20"
	outward                        // online, publicly: behind a participle that belongs to a noun
	calls                          // gives its object a name: "called the plan a disaster"
	joinsNames                     // et, al.
	cover                          // anonymity: a source is not to be named
	approx                         // nearly: before a number
	timely                         // early, late, outside: also adjectives
	fights                         // attack: with words or without
	nominative                     // an article that only a subject has
	ofWhich                        // denen: behind "nach"
	citedAs                        // zitiert: who is quoted is its subject
	listening                      // heard: reports behind what was heard, or before "that"
	disagrees                      // disagreed: speaks against the voice before
	side                           // part, in "for his part"
	bears                          // a sign, a banner: speaks itself, whoever holds it
	endsLikeOther                  // a noun that ends like an adverb or a verb: family, speed
	chargedWith                    // accused: without an object it is passive
	answering                      // respond: with "not" nothing is said
	formerly                       // now, then: before what somebody is or was
	owner                          // whose
	region                         // a state or country behind a town
	half                           // the first word of its name: South, New
	admits                         // had to, wanted to: before an infinitive that is done
	emerges                        // geht, with "hervor"
	outOf                          // aus, in: before a paper that says it; hervor
	whereby                        // wonach
	byThe                          // vom: names the doer of a passive, with its article
	deems                          // hält: with "für" or "als" behind it
	deemed                         // für, als
	standsIn                       // steht: reports what stands in a paper
	governs                        // vor, gegen: before the object of a verb of saying
	claimed                        // allegation, true: a word for what somebody said, or for its standing
	untrue                         // baseless
	focus                          // also, even: before a noun phrase that it belongs to
	issuing                        // brings something out: a report when that is written or shown
)

// hintOf names the hints as the language files do.
var hintOf = map[string]hint{
	"plain": plain, "raising": raising, "onward": onward, "states": states, "oblique": oblique,
	"self-say": selfSay, "expletive": expletive, "it": dummy, "needs-comma": needsComma, "new-phrase": newPhrase,
	"of-whom": ofWhom, "nach": behindAfter, "reflexive": reflexive, "evades": evades, "evaded": evaded,
	"topical": topical, "origin": origin, "thing": bareNoun, "example": example, "partly": partly,
	"strict": strict, "comparing": comparing, "absolute": absolute, "naming": naming, "asks": asks,
	"question": question, "clausal": clausal, "time": stretch, "quoted": quotedOnly, "issuing": issuing,
	"outward": outward, "calling": calls, "puts": putsAt, "names": joinsNames, "cover": cover,
	"ends-like-other": endsLikeOther, "bears": bears, "disagrees": disagrees, "side": side, "listening": listening,
	"nominative": nominative, "of-which": ofWhich, "cited-as": citedAs, "charged-with": chargedWith, "answers": answering,
	"fights": fights, "formerly": formerly, "approx": approx, "timely": timely, "owner": owner, "region": region,
	"region-half": half, "focus": focus, "claimed": claimed, "untrue": untrue, "governs": governs, "by-the": byThe,
	"deems": deems, "deemed": deemed, "stands-in": standsIn, "emerges": emerges, "out-of": outOf, "whereby": whereby,
	"admits": admits,
}
