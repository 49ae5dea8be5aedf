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

// stopWords carry grammar more than content.
var stopWords = lazily(list, `a an the this that these those there here it its itself he she they them their theirs his him her hers we us_ our ours you your yours i me my mine
who whom whose which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to up with without within about above
below under between through during before after since until till again further once is am are was were be been being do does did doing done have has had having will would
shall should can cannot could may might must not no only own same too very just also both each few more most other some such any all many much however although though
while because s t d ll m re ve dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt im hes shes theyre weve its thats
even still now ever never already always often one another something anything everything someone people thing things get got make made go going went come came
say says said saying tell tells told telling according add added adds like well way really lot lots around across against among per via`)

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

// nearWords maps stems to a class of words that stand for each other in
// rewritten news. One line a class.
var nearWords = lazily(classes, `
shop store retailer retail
big large huge massive major enormous vast giant
small little tiny minor
start begin launch commenc
stop prevent halt end ceas finish
help aid assist support
buy purchas acquir
kill die fatality fatal
company firm business corporation
important significant crucial vital key
think believ opinion view
show reveal demonstrat display
need requir necessary
try attempt seek effort
job work employ occupation employment
money cash fund financ
doctor physician
car vehicle automobil
house home
ask request appeal demand
difficult hard tough
danger risk hazard dangerou
increas rise ris grow climb surg
decreas fall drop declin reduc reduction cut lower
problem issu difficulty
idea concept proposal plan
use utilize
children child kid youngster
scientist research expert
rich wealthy
poor impoverish
old elderly age
young youth
argument debat discussion disput
law legislation rule regulation
government administration authority
different differ various
allow permit let
give provid offer
find discover discovery
choos select pick
change alter transform
protect safeguard protection
illegal unlawful
attack assault strik
fight battl
leave depart quit
near clos nearby
quick fast rapid
sick ill diseas illness
country nation
area region zone
building construct build
angry furiou anger
happy delight pleas
surpris astonish
scar fear afraid frighten
clever intelligent smart
famou celebrat
usual common typical
film movi
photo photograph pictur imag
study survey research
win victory
student pupil
teacher educator
prison jail
agre accept
disagre object oppos objection
enough sufficient
improv better
arriv reach
hous resident
continu carry
put place
creat produc
food meal
pay salary wag
tax levy
victim casualty
underway happen
present suggest propos
pressur squeez
close near
target strik
`)

func classes(text string) map[string]string {
	m := make(map[string]string)
	for _, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		for _, w := range f {
			if s := stem(w); m[s] == "" {
				m[s] = "=" + f[0]
			}
		}
	}
	return m
}
