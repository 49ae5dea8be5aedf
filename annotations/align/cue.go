package align

import "strings"

// cueStrength groups the verbs of speech by how far the writer stands behind
// what is said. Within a group a change of verb is style; across groups it is
// reported.
var cueStrength = lazily(cueTable, `
say: say tell state remark comment speak mention according_to cite
add: add
explain: explain note observe
report: learn understand report announce declare write post tweet publish
argue: argue contend assert reason maintain
claim: claim allege
insist: insist stress emphasize reiterate vow promise pledge
reveal: reveal disclose
find: find show conclude discover
admit: admit concede acknowledge confess
confirm: confirm
deny: deny reject refute dismiss dispute
warn: warn caution fear
suggest: suggest hint imply indicate signal
believe: believe think view reckon
expect: expect predict estimate hope forecast
accuse: accuse blame
criticize: criticize condemn complain
urge: urge demand
recommend: recommend
ask: ask wonder
agree: agree
joke: joke quip
`)

func cueTable(text string) map[string]string {
	m := make(map[string]string)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		group, verbs, _ := strings.Cut(line, ":")
		for _, v := range strings.Fields(verbs) {
			m[stem(v)] = group
		}
	}
	return m
}

// nounToo are forms of cue verbs that are nouns at least as often; they count as
// verbs only with a subject before them and what is said behind.
var nounToo = lazily(list, `report reports claim claims comment comments state states note notes view views estimate estimates hope hopes promise promises
demand demands show shows find finds post posts tweet tweets signal signals fear fears stress blame reason reasons forecast forecasts dispute disputes think feel
consider considers considered considering show showed shown found find finds felt expected estimated suspected reported published posted show shows maintain maintains maintained
rejected reject rejects dismissed hoped feared indicated considered discovered discover reveal reveals revealed disclosed feel feels wrote write writes written writing
accused blamed accuse blame accuses blames asked asks ask spoke speak speaks speaking stated claimed added adds add concluded noted declared announced agreed agree agrees learned understands understood learnt condemned criticized criticised`)

// auxiliaries may stand between a source and its cue.
var auxiliaries = lazily(list, `has have had is was are were be been also previously later now then still already recently earlier repeatedly once often just publicly
will would does did do not never again himself herself themselves itself privately openly further only initially officially reportedly therefore even may might could`)

// speakers are the words of sources that have no name.
var speakers = lazily(list, `official officials source sources spokesman spokeswoman spokesperson spokespeople report reports study studies researchers scientists experts analysts critics
police prosecutors witnesses authorities government ministry company statement doctors lawyers survey poll data figures document documents video group groups
minister president leader leaders campaigners activists people some many others residents opponents supporters economists author authors officer officers department
agency judge court team director chief executive professor manager owner owners member members union unions teachers parents students neighbours neighbors who`)

// findings are what things are found by, or shown in.
var findings = lazily(list, `report reports study studies survey surveys poll polls data figures research researchers scientists index investigation inquiry audit auditors
document documents papers records video videos footage images tests analysis census statistics review experts investigators court judge panel commission committee`)

var pronouns = lazily(list, "he she they it we i you him her them who")

var determiners = lazily(list, "the a an this that these those its his her their our my your any each every no")
