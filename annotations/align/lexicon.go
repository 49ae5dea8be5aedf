package align

import (
	"strings"
	"sync"
)

// lazily puts off making a table until it is first asked for: most runs of a
// program never compare anything.
func lazily[T any](table func(string) T, text string) func() T {
	return sync.OnceValue(func() T { return table(text) })
}

// list makes a set of the words of a text.
func list(text string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// stopWords carry grammar more than content: those of English, then those of other
// languages that are no English words of content.
var stopWords = lazily(list, `a an the this that these those there here it its itself he she they them their theirs his him her hers we us_ our ours you your yours i me my mine
who whom whose which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to up with without within about above
below under between through during before after since until till again further once is am are was were be been being do does did doing done have has had having will would
shall should can cannot could may might must not no only own same too very just also both each few more most other some such any all many much however although though
while because s t d ll m re ve dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt im hes shes theyre weve its thats
even still now ever never already always often one another something anything everything someone people thing things get got make made go going went come came
say says said saying tell tells told telling according add added adds like well way really lot lots around across against among per via
le la les un une des du de et en est ont sont avec dans sur qui que au aux ce cette ces il elle ils elles ne pas mais ou se sa ses leur leurs pendant selon
der das und den dem ein eine einen einem einer von zu zum zur mit auf ist sind im ins am nach bei aus haben wurde wurden wird werden nicht auch sich er sie es dass wie als
el las del y una uno para por su sus fue han se lo al como mas pero sobre il lo gli di che e della dello delle dei nel nella sono ha hanno non ma
het een voor op te zijn werd ook naar bij um uma da das dos em na nas nos com os`)

// irregular maps a form to its stem where cutting letters would not find it.
var irregular = lazily(pairs, `said say says say saying say told tell tells tell telling tell went go gone go goes go made make took take taken take gave giv given giv got get gotten get
found find thought think bought buy sold sell left leav began begin begun begin knew know known know grew grow grown grow rose ris risen ris fell fall fallen fall won win lost los
paid pay built build sent send held hold kept keep led lead met meet ran run saw see seen see spoke speak spoken speak wrote writ written writ drove driv driven driv chose choos chosen choos
broke break broken break became becom brought bring caught catch taught teach felt feel heard hear meant mean spent spend stood stand understood understand men man women woman children child
people person died die dies die dying die dead die death die deaths die worse bad worst bad better good best good us us as as his his its its was be were be been be is be are be has hav had hav have hav
news news does do did do done do hurt hurt shot shoot fought fight sought seek threw throw thrown throw flew fly flown fly drew draw drawn draw ate eat eaten eat drank drink sang sing
swam swim forgot forget forgotten forget hid hide hidden hide stole steal stolen steal wore wear worn wear woke wake fed feed laid lay lent lend slept sleep swept sweep struck strik
dealt deal lies lie lying lie lives life wives wife halves half shelves shelf thieves thief analyses analysis crises crisis`)

func pairs(text string) map[string]string {
	f := strings.Fields(text)
	m := make(map[string]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		m[f[i]] = f[i+1]
	}
	return m
}
