package attribution

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.txt
var dataFiles embed.FS

// The lists of words that only few rules ask for, and never for every word of a text.
const (
	women         = "women"          // endings of nouns for a woman
	hailing       = "hailing"        // aus: before where somebody comes from
	sentences     = "sentences"      // verurteilt: a court does it
	papersOnly    = "papers-only"    // states: a noun, if not behind a paper
	counters      = "counters"       // countered: answers the voice before
	paperVerbs    = "paper-verbs"    // lists: what a paper does that says otherwise
	accusations   = "accusations"    // allegation: what somebody is accused of
	doubting      = "doubting"       // questioned: before "whether"
	outcomes      = "outcomes"       // killing: behind a comma, what came of what was told, and is told with it
	figuring      = "figuring"       // put: with a figure behind "at"
	figures       = "figures"        // toll: what is counted, said with "the"
	figureAt      = "figure-at"      // at: before such a figure
	blaming       = "blaming"        // accused: says that another did it
	ascribing     = "ascribing"      // attributed: with "to", what somebody takes for the cause
	recollecting  = "recollecting"   // remembers: with a noun behind it
	forecasting   = "forecasting"    // expects: with a figure behind it
	seeingAhead   = "seeing-ahead"   // sees: with a share in per cent behind it
	percents      = "percents"       // percent: behind a figure
	periods       = "periods"        // week: part of a name that has a capital
	anybody       = "anybody"        // woman: stands for people of any role
	ownSelf       = "own-self"       // I: the writer, or the reader
	disputing     = "disputing"      // disputed: says that its object is not so, whatever it is
	sharing       = "sharing"        // teilt: with "nicht", does not take what was said for true
	asWhat        = "as-what"        // für: before what something is held to be
	onlyContrast  = "only-contrast"  // hingegen: sets one against another, and never a fact against a fact
	countersBack  = "counters-back"  // gab, with zurück: answers the voice before
	namingVerbs   = "naming-verbs"   // described: gives what it speaks of a name
	whether       = "whether"        // opens a doubt
	claiming      = "claiming"       // will: before a perfect infinitive says what somebody claims of himself
	particlesOnly = "particles-only" // an: closes a clause and makes another verb of its verb
	standing      = "standing"       // stood: by behind it brings no doer
	seeing        = "seeing"         // sieht: before sich and a participle, how somebody sees what was done to them
	byMeans       = "by-means"       // per: by what means somebody spoke
	additions     = "additions"      // insbesondere: brings more of the same, without a verb
	knowing       = "knowing"        // weiß: before "zu" and a verb of saying, what somebody has to tell
	speeches      = "speeches"       // Rede: what a paper speaks of, with von
	grasping      = "grasping"       // nachvollziehen: who cannot do it differs
	beholding     = "beholding"      // sieht: before "kein", a view
	hearing       = "hearing"        // hören: what is to be heard from somebody
	holdingFor    = "holding-for"    // für: for whom something is certain
	certain       = "certain"        // fest, klar
	goingBy       = "going-by"       // geht, with "es nach": whose will it is
	views         = "views"          // Kritik: comes from somebody
	coming        = "coming"         // kommt, behind it
	circles       = "circles"        // endings of nouns for a group: "um" behind it brings who leads it
	quizzing      = "quizzing"       // questioned: with somebody behind it
	quizzers      = "quizzers"       // police: who does that
	settings      = "settings"       // in: no word for how many
	quotingVerbs  = "quoting-verbs"  // quoted: with somebody behind it, "as saying"
	plenty        = "plenty"         // enough: before a noun
	likePrep      = "like-prep"      // considering: no verb where it opens a phrase
	adverbEnds    = "adverb-endings" // ously: how adverbs that open a sentence end, and no names
	counting      = "counting"       // times: how often something was done
	manner        = "manner"         // how: before who put it so
	putting       = "putting"        // put: with "it", words of somebody
	wordsCalled   = "words-called"   // verdict: what quoted words are, with "of"
	relying       = "relying"        // berufung: whose word a report relies on
)

var rareLists = [...]string{women, hailing, sentences, papersOnly, counters, paperVerbs, accusations, doubting, disputing, outcomes, ascribing, recollecting, forecasting, ownSelf, anybody, periods, seeingAhead, percents, figuring, figures, figureAt, blaming, namingVerbs, whether, countersBack, onlyContrast, sharing, asWhat, claiming, particlesOnly, relying, grasping, beholding, hearing, holdingFor, certain, goingBy, views, coming, circles, knowing, speeches, additions, byMeans, seeing, standing, manner, putting, wordsCalled, counting, quotingVerbs, quizzing, quizzers, settings, plenty, likePrep, adverbEnds}

// trait is what a language file says of a word. A word may have several.
type trait uint64

const (
	verbSay    trait = 1 << iota // opens any frame
	verbClaim                    // the same, and the verb comments on what is said
	verbTell                     // names the hearer first
	verbDoc                      // what documents and figures do
	verbObject                   // its object is the content
	verbWill                     // takes an infinitive
	verbMind                     // a cue for quoted words only
	aux
	be
	have
	modal
	negative
	adverb
	det
	poss
	number
	prep
	subjectPronoun
	objectPronoun
	pluralPronoun
	relative
	conj
	coord
	subord
	mark
	while
	day
	person
	official
	document
	data
	image
	video
	outlet
	organisation
	anonymous
	title
	speechNoun
	contrast
	contrastMid
	definite // points back
	article
	partOf     // ties a noun to the one before it
	infinitive // to
	keeps      // after a quotation goes on with what is said
	several    // a noun that names more than one
	dispute
	try
	portray
	anaphor
	common
	indirect
	behind
	afterCue
	sourceInside
	formBase  // infinitive or plural present
	formThird // third person
	formPast
	formParticiple
	formIng
	citing
	nounFirst // a noun more often than a verb
	finiteVerb
	likeAs
)

// saying are the verbs that open every frame of speech.
const saying = verbSay | verbClaim | verbTell

// reporting are all verbs that can be a cue without quoted words.
const reporting = saying | verbDoc | verbObject | verbWill

var traitOf = map[string]trait{
	"aux": aux, "be": be | aux, "have": have | aux, "modal": modal | aux, "neg": negative, "adverb": adverb,
	"det": det, "poss": poss | det, "number": number, "prep": prep, "subject": subjectPronoun, "me": objectPronoun,
	"plural": pluralPronoun, "relative": relative, "conj": conj, "coord": coord, "sub": subord, "mark": mark | subord,
	"while": while | subord, "day": day, "person": person, "official": official | person, "document": document,
	"data": data, "image": image, "video": video, "outlet": outlet, "organisation": organisation,
	"anonymous": anonymous, "title": title, "speech-noun": speechNoun, "contrast": contrast,
	"contrast-mid": contrastMid, "definite": definite, "article": article, "part-of": partOf, "infinitive": infinitive,
	"keeps": keeps, "several": several, "dispute": dispute, "try": try, "portray": portray,
	"anaphor": anaphor, "common": common, "indirect": indirect, "behind": behind, "after-cue": afterCue,
	"source-inside": sourceInside, "noun": nounFirst, "finite": finiteVerb, "as": likeAs | subord, "participle": formParticiple,
}

var verbOf = map[string]trait{
	"say": verbSay, "claim": verbClaim, "tell": verbTell, "doc": verbDoc,
	"object": verbObject, "will": verbWill, "mind": verbMind,
}

var verbForms = [...]trait{formBase, formThird, formPast, formParticiple, formIng}

// use is what a phrase of several words is good for.
type use uint8

const (
	useCue use = iota + 1 // a cue with the frame of say
	useAccording
	useCiting
	useEpistemic
	useEvidential
	useScope
	useView     // an opinion: "in her view"
	useMarker   // sets a unit against the one before: "by contrast"
	useDiffer   // speaks against the voice before and says no more of it: "begged to differ"
	useUntrue   // calls what was said untrue: "not the case"
	useCarries  // goes on with what was said: "that includes"
	useRules    // ruled: reports when its object is called something
	useNothing  // says nothing: "neither confirm nor deny"
	useTakes    // leads to where somebody speaks: "took to", before "Instagram to say"
	useCorrects // sets a unit against what was said before, also where nobody speaks in it: "in fact"
	useDenies   // says that a claim is not so, and never refuses a plan or a plea
)

var useOf = map[string]use{
	"according": useAccording, "citing": useCiting,
	"hedge-epistemic": useEpistemic, "hedge-evidential": useEvidential, "hedge-scope": useScope,
	"in-view": useView, "marker": useMarker, "corrects": useCorrects, "differs": useDiffer, "untrue-phrase": useUntrue, "carries": useCarries, "rules": useRules, "says-nothing": useNothing, "takes-to": useTakes, "denies": useDenies,
}

// phrase is a sequence of words by their numbers in the lexicon.
type phrase struct {
	words  []uint16
	use    use
	traits trait // of a cue: its class and the form of its verb
}

// word is an entry of the lexicon. Number 0 is the unknown word.
type word struct {
	traits    trait
	hints     hint
	opens     uint32     // the uses of its phrases, a bit each
	pole      int8       // which side of which pair of opposites; 0 for none
	particles []particle // of the separable verbs that it is the stem of
	phrases   []phrase   // that begin with it, longest first
}

// particle is what a stem needs behind it to be a verb, and what that verb is.
type particle struct {
	word   uint16
	traits trait
}

// lexicon is one language file, ready for use.
type lexicon struct {
	code  string
	index map[string]uint16
	words []word

	endings      [3]string // of past forms, participles and adverbs; "" for none
	reports      []string  // endings of compounds that name a report
	papers       []string  // endings of compounds that name something written
	ages         []string  // endings of words that name somebody by an age
	adjectives   []string  // endings of adjectives before their noun
	own          []string  // how a word begins that says that words are somebody's own
	outlets      []string  // endings of compounds that name an outlet
	bodies       []string  // endings of compounds that name a body
	mood         bool      // the verb's mood marks what is reported
	opposites    int8      // pairs so far
	capitalNouns bool
	verbSecond   bool                // the subject may follow its verb
	by           uint16              // names the doer of a passive; 0 for none
	lists        map[string][]string // words that only few rules ask for, as written
	persons      *persons            // the same for all languages
}

// catalogue has every language file, each to be read when it is first asked for.
var catalogue = sync.OnceValue(func() map[string]func() *lexicon {
	all := map[string]func() *lexicon{}
	known := sync.OnceValue(func() *persons { return parsePeople(givenNames) })
	files, _ := dataFiles.ReadDir("data")
	for _, f := range files {
		code := strings.TrimSuffix(f.Name(), ".txt")
		all[code] = sync.OnceValue(func() *lexicon {
			raw, _ := dataFiles.ReadFile("data/" + f.Name())
			lex, err := parseLexicon(code, string(raw))
			if err != nil {
				return nil
			}
			lex.persons = known()
			return lex
		})
	}
	return all
})

// lexiconFor is the lexicon of a BCP 47 tag, nil when there is none.
func lexiconFor(tag string) *lexicon {
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	if read := catalogue()[strings.ToLower(tag)]; read != nil {
		return read()
	}
	return nil
}

// parseLexicon reads a language file: lines of "key: words", # for comments.
func parseLexicon(code, raw string) (*lexicon, error) {
	const perWord = 15 // bytes of a file for each word that is new, roughly: room is made once
	lex := &lexicon{code: code, index: make(map[string]uint16, len(raw)/perWord), words: make([]word, 1, len(raw)/perWord), lists: map[string][]string{}}
	n := 0
	for line := range strings.Lines(raw) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%s.txt line %d: want \"key: words\", have %q", code, n, line)
		}
		if err := lex.add(key, rest); err != nil {
			return nil, fmt.Errorf("%s.txt line %d: %w", code, n, err)
		}
	}
	for i := range lex.words {
		w := &lex.words[i]
		slices.SortStableFunc(w.phrases, func(a, b phrase) int { return len(b.words) - len(a.words) })
		for _, p := range w.phrases {
			w.opens |= 1 << p.use
		}
	}
	return lex, nil
}

func (lex *lexicon) add(key, rest string) error {
	fields := strings.Fields(rest)
	switch {
	case verbOf[key] != 0:
		for _, f := range fields {
			if err := lex.addVerb(verbOf[key], f); err != nil {
				return err
			}
		}
	case useOf[key] != 0:
		lex.addPhrase(useOf[key], key, fields)
	case strings.HasPrefix(key, "phrase-") && verbOf[key[len("phrase-"):]] != 0:
		return lex.addVerbPhrase(useCue, verbOf[key[len("phrase-"):]], fields)
	case strings.HasPrefix(key, "phrase-") && useOf[key[len("phrase-"):]] != 0:
		return lex.addVerbPhrase(useOf[key[len("phrase-"):]], 0, fields)
	case key == "setting":
		lex.capitalNouns = strings.Contains(rest, "capital-nouns")
		lex.verbSecond = strings.Contains(rest, "verb-second")
	case key == "endings":
		if len(fields) != len(lex.endings) {
			return fmt.Errorf("want %d endings, have %d", len(lex.endings), len(fields))
		}
		copy(lex.endings[:], fields)
	case key == "opposite":
		return lex.addOpposites(rest)
	case slices.Contains(rareLists[:], key), slices.Contains(secondLists[:], key):
		lex.lists[key] = append(lex.lists[key], fields...)
	case lex.list(key) != nil:
		*lex.list(key) = fields
	case key == "by":
		lex.by = lex.number(strings.TrimSpace(rest))
	case traitOf[key] != 0:
		lex.mood = lex.mood || key == "indirect"

		for _, f := range fields {
			lex.words[lex.number(f)].traits |= traitOf[key]
		}
	case hintOf[key] != 0:
		for _, f := range fields {
			lex.words[lex.number(f)].hints |= hintOf[key]
		}
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// list is where the words or endings of a key are kept that are no entries of their own, nil where there
// is no such key.
func (lex *lexicon) list(key string) *[]string {
	switch key {
	case "report-endings":
		return &lex.reports
	case "paper-endings":
		return &lex.papers
	case "outlet-endings":
		return &lex.outlets
	case "body-endings":
		return &lex.bodies
	case "age-endings":
		return &lex.ages
	case "adjective-endings":
		return &lex.adjectives
	case "own-words":
		return &lex.own
	}
	return nil
}

// addOpposites reads words of one side, a bar, words of the other.
func (lex *lexicon) addOpposites(rest string) error {
	one, other, ok := strings.Cut(rest, "|")
	if !ok || lex.opposites == 62 {
		return fmt.Errorf("want two sides with a bar, and 62 pairs at most")
	}
	lex.opposites++
	for _, f := range strings.Fields(one) {
		lex.words[lex.number(f)].pole = lex.opposites
	}
	for _, f := range strings.Fields(other) {
		lex.words[lex.number(f)].pole = -lex.opposites
	}
	return nil
}

// addPhrase takes the words of a phrase; a list of citing verbs is one a word.
func (lex *lexicon) addPhrase(u use, key string, fields []string) {
	if key == "citing" {
		for _, f := range fields {
			lex.words[lex.number(f)].traits |= citing
		}
		return
	}
	if len(fields) == 0 {
		return
	}
	var p phrase
	p.use = u
	for _, f := range fields {
		p.words = append(p.words, lex.number(f))
	}
	first := &lex.words[p.words[0]]
	first.phrases = append(first.phrases, p)
}

// number is the place of a word in the lexicon, made if it is new.
func (lex *lexicon) number(s string) uint16 {
	if n, ok := lex.index[s]; ok {
		return n
	}
	n := uint16(len(lex.words))
	lex.words = append(lex.words, word{})
	lex.index[s] = n
	return n
}
