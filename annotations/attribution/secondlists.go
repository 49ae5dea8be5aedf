package attribution

// The lists of words that only rules for verbs in the second place ask for, as the language file writes them.
const (
	telling     = "telling"        // erzählt: with a story for its object a thing does it too
	stories     = "stories"        // Geschichte
	callsFor    = "calls-for"      // zu: what somebody calls for, between an auxiliary and its participle
	occasions   = "occasions"      // Anfrage: behind a preposition, when or where somebody spoke
	seenSo      = "seen-so"        // Gefahr, skeptisch: closes how somebody sees something
	talks       = "talks"          // spricht: with "mit" alone nothing is told
	talkedWith  = "talked-with"    // mit
	outOfCourt  = "out-of-court"   // aus: makes a witness's verb of "sagt"
	says        = "says"           // sagt, before it
	disowning   = "disowning"      // bestreitet: what it takes for its object somebody has said
	matches     = "matches"        // Spiel: what is played, not denied
	avowing     = "avowing"        // beteuert: with a no, against what somebody was accused of
	tooMuch     = "too-much"       // Viel: opens a verdict without a verb
	known       = "known"          // wissen, behind "verstanden"
	takenFor    = "taken-for"      // Beleg: what somebody sees in something
	finding     = "finding"        // fand, of a study
	evidence    = "evidence"       // Beleg, behind "keinen"
	verdicts    = "verdicts"       // Fazit: opens the verdict of a fact check
	turningAway = "turning-away"   // weist, with "von sich"; tut, with "als Q ab"
	doing       = "doing"          // tut
	doubts      = "doubts"         // zweifelt
	doubtedAt   = "doubted-at"     // an, behind it
	insisting   = "insisting"      // beharrt: before "dass", against another voice
	admitting   = "admitting"      // räumt, with "nur … ein": no more than that
	suchlike    = "suchlike"       // dergleichen, behind "nichts"
	contrary    = "contrary"       // Entgegen: before what another has said
	accusing    = "accusing"       // wirft, with vor: somebody is accused
	practising  = "practising"     // übt: with Kritik
	criticism   = "criticism"      // Kritik
	theirOwn    = "their-own"      // seine, before it
	aboutWhat   = "about-what"     // über, zum: behind a name and before a colon, what is spoken about
	idleObjects = "idle-objects"   // Ton: whoever gives it says nothing
	adding      = "adding"         // fügt, with hinzu: words, or salt
	conceding   = "conceding"      // ausschließen: who cannot do it says what may be
	denials     = "denials"        // Abrede: what is put there is denied
	clients     = "clients"        // Mandant: whom a lawyer speaks for
	clientsOwn  = "clients-own"    // mein, before it
	inTruth     = "in-truth"       // Wahrheit: behind "In" it opens what the outlet holds against a claim
	actually    = "actually"       // Tatsächlich: the same, where what follows denies or narrows
	only        = "only"           // nur: narrows
	very        = "very"           // sehr, before wohl: stresses what was denied
	indeed      = "indeed"         // wohl
	accountable = "accountable"    // Verantwortlich: before macht
	people      = "people-endings" // endings of nouns for people who talk, or where they live
	quite       = "quite"          // Ganz: opens a verdict
	yielding    = "yielding"       // ergab: what somebody looked into tells it
	examined    = "examinations"   // Prüfung: before it
	reporters   = "reporters"      // Reporter: from where they report is no part of who they are
	motion      = "motion-endings" // endings of participles that build the perfect with sein
)

var secondLists = [...]string{callsFor, occasions, turningAway, doing, doubts, doubtedAt, insisting, admitting, suchlike, contrary, practising, criticism, accusing, disowning, matches, avowing, tooMuch, known, takenFor, finding, evidence, verdicts, seenSo, talks, talkedWith, outOfCourt, says, telling, stories, theirOwn, aboutWhat, idleObjects, adding, conceding, denials, clients, clientsOwn, inTruth, actually, only, very, indeed, accountable, people, reporters, motion, yielding, examined, quite}
