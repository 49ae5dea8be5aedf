package align

import (
	"strconv"
	"strings"
)

// nearWords maps stems to the classes of words that stand for each other in
// rewritten news. A semicolon ends a class; a word may be of several.
var nearWords = lazily(classes, `
shop store retailer retail supermarket; big large huge massive major enormous vast giant great immense; small little tiny minor slight;
start begin launch commence open; stop prevent halt end cease finish block; help aid assist support assistance; buy purchase acquire acquisition;
kill die fatality fatal death dead murder; company firm business corporation manufacturer maker enterprise;
important significant crucial vital key main essential; think believe opinion view feel; show reveal demonstrate display prove indicate;
need require necessary must essential; try attempt seek effort; job work employ occupation employment role post; money cash fund finance financial;
doctor physician medic; car vehicle automobile; house home; ask request appeal demand call urge plead; difficult hard tough challenging;
danger risk hazard dangerous threat peril; increase rise grow climb surge growth soar jump more higher;
decrease fall drop decline reduce reduction cut lower less fewer shrink slump plunge; problem issue difficulty trouble; idea concept proposal plan;
use utilize employ; child kid youngster baby infant; scientist research expert researcher academic; rich wealthy affluent; poor impoverished poverty;
old elderly age aged; young youth youngster teenager; argument debate discussion dispute row quarrel; law legislation rule regulation bill act;
government administration authority state minister; different differ various vary; allow permit let authorise licence; give provide offer supply hand;
find discover discovery detect; choose select pick elect; change alter transform amend revise shift switch;
protect safeguard protection guard preserve conserve; illegal unlawful; attack assault strike raid; fight battle combat struggle; leave depart quit;
near close nearby; quick fast rapid swift; sick ill disease illness unwell; country nation; area region zone district;
building construct build construction; angry furious anger fury outrage; happy delight please glad pleasure joy; surprise astonish shock amaze stun;
scare fear afraid frighten fright terrify; clever intelligent smart; famous celebrate celebrity renowned well-known prominent;
usual common typical normal ordinary; film movie cinema; photo photograph picture image; study survey research poll; win victory beat defeat;
student pupil; teacher educator; prison jail cell; agree accept approve back endorse; disagree object oppose objection opposition against;
enough sufficient adequate; improve better improvement upgrade; arrive reach; house resident inhabitant local; continue carry remain; put place;
create produce make generate; food meal; pay salary wage earnings; tax levy; victim casualty; underway happen occur; present suggest propose;
pressure squeeze; close shut closure; target strike; begin start since; award prize medal; beautiful lovely handsome; blame accuse;
brave courage courageous; brief short; career profession job; chance opportunity possibility; cheap inexpensive affordable; choice option alternative;
citizen people population resident public; city town urban metropolis; clean pure; clear obvious evident; clothes garment clothing;
collapse crash fail failure; competition contest rival compete; competitor rival opponent; complain criticize criticism complaint;
condemn denounce criticize; connect link relate association join; cooperate collaborate together; crime offence criminal; crowd audience spectator;
cure treat treatment therapy; customer client consumer shopper buyer; damage harm destroy hurt; decide decision resolve determine; delay postpone;
deny reject refuse decline; describe explain depict; destroy ruin demolish wreck; detail information data; dirty polluted pollution contaminate;
disappear vanish; discuss talk negotiate; double twice; earth planet world globe global worldwide international; easy simple;
election vote ballot poll; emergency crisis; end finish conclude final; enemy opponent foe; enter join; environment ecological green ecology;
equal same equality; equipment device gear machine tool; escape flee; estimate calculate reckon; examine inspect investigate check test analyse;
excellent great outstanding; exhibition show display; expensive costly; explode blast explosion bomb; family relative parent;
farm agriculture agricultural farmer; fire blaze burn flame; fix repair mend; flood deluge inundate; forbid ban prohibit outlaw;
foreign overseas abroad; former ex previous; free release liberate; friend colleague companion; gather assemble collect;
goal aim target objective purpose; guest visitor tourist; guide handbook; gun weapon firearm arm; head chief boss leader director chair executive;
heal recover recovery; health medical; hide conceal; hire recruit employ; history past; hit strike; hope expect wish optimism; huge dramatic;
idea thought notion; ill patient; illegal illicit; immediately instantly straight; immigrant migrant refugee; industry sector trade;
influence affect impact effect; injure wound hurt injury; inside within indoors; job task duty; journey trip travel; judge court tribunal;
keep maintain retain; land territory; language tongue; late delay; law legal statute; lawyer attorney solicitor barrister; lead guide; learn discover;
lie mislead deceive false; life live lifetime; lose loss; love adore affection; luck fortune; magazine newspaper paper press; main chief principal;
majority most; mark celebrate; marry wed marriage wedding husband wife; medicine drug medication; meeting talks summit conference; message note;
military army soldier troop; mistake error wrong; mix blend combine; modern contemporary; mother mum parent; father dad parent; move relocate shift;
murder kill; music song; new fresh novel latest; noise sound; number figure amount total; obstacle barrier; ocean sea; official authority officer;
often frequent regular; oil petroleum fuel; ordinary average; organization group body agency association; owner proprietor; pain suffer ache;
part portion section share; party celebration; peace calm; percentage proportion share rate; permission consent approval; pet animal;
phone telephone mobile call; piece part; plane aircraft flight; play perform; police officer cop; policy strategy;
politician lawmaker parliamentarian MP; popular favourite; power energy electricity; praise applaud tribute hail; predict forecast expect;
pregnant pregnancy; prepare ready; prevent avoid; price cost charge fee; private personal; product goods item; profit earnings;
programme scheme project plan; promise pledge vow commit; protest demonstrate demonstration rally march; proud pride; publish release;
punish penalty fine sanction punishment; quality standard; question ask; quiet silent; race contest; rain storm; raise lift; rare unusual uncommon;
reason cause; rebuild reconstruct restore; receive get obtain; recent new; recommend advise suggest; record document; refugee migrant asylum;
region province; remember recall; remove delete withdraw; replace substitute; report article; rescue save; resign quit; responsible blame; rest relax;
result outcome consequence; return back; revolution uprising; road street; rubbish waste trash garbage litter;
sad upset unhappy depressed sorrow mourning; safe secure security safety; same identical similar; scandal controversy controversial; school education;
secret hidden undisclosed confidential; seem appear; sell sale; send dispatch; separate divide split; serious severe grave; ship boat vessel;
show exhibit; sign signal; situation condition; skill ability talent; sleep rest; soldier troop; solve resolve tackle; spend expenditure; stay remain;
steal theft rob robbery; strange odd unusual; strict tight stringent; strong powerful; struggle fight; stupid silly foolish; succeed success achieve;
sudden abrupt; sugar sweet; suitable appropriate; supporter backer fan; suspend halt; talk speak chat; technology tech; temporary interim;
terrible awful horrible bad worst; thank grateful gratitude; thin slim; throw toss hurl; tired exhausted; tourist visitor holidaymaker;
traditional conventional; train coach; truth fact; uncertain unclear unsure doubt; understand realize; unemployed jobless unemployment;
unfair unjust injustice inequality; union workers; upset disappoint; value worth; violence brutality violent; visit tour; vote ballot; wait queue;
wall barrier; war conflict; warn caution alert; water drink; weak fragile; weapon arms; weather climate; whole entire; woman female; man male;
worker employee staff personnel; worry concern anxious anxiety fear; wrong incorrect; year annual; yearly annually; decade ten; century hundred;
lately recently; around about; nearly almost; sceptic sceptical doubt dubious; internet online web website; computer laptop; site place location venue;
cost spend; half fifty; third thirty; fire sack dismiss; boss manager; cheat fraud; hospital clinic; grow cultivate; leading top best; member belong;
huge largest; largest biggest; tallest highest; people person; team crew squad; abuse torture mistreat; trial court; detain arrest hold custody;
sue lawsuit; illness health; lonely loneliness alone isolate; fat obese obesity; thief burglar; dismiss reject; own have possess; wear dress;
eat consume consumption diet; drink consume; obstruct hinder; ceremony event; birth born; trap stuck; grave tomb bury burial; ancient old;
modernise update; emission carbon; carbon greenhouse; delegate representative envoy ambassador; leak disclose; bust statue; aim hope intend intention;
intend plan; ensure guarantee; mayor council; councillor council; scrap abandon abolish; scheme plan; boost increase lift;
curb limit restrict restriction; slash cut; axe cut; probe investigation inquiry; chief head; bid attempt offer; clash conflict;
deal agreement contract accord; rally protest; spark cause trigger; toll deaths; unveil reveal; vow promise; hike rise; row dispute; ease relax;
grip hold; hold keep; halve half; storey floor; flat apartment; lift elevator; lorry truck; holiday vacation; autumn fall; football soccer;
petrol fuel gas; timetable schedule; deadline date; spokesman spokeswoman spokesperson
`)

// classes numbers the classes; those of a stem are "=3" and the like.
func classes(text string) map[string][]string {
	m := make(map[string][]string)
	for n, line := range strings.Split(text, ";") {
		for _, w := range strings.Fields(line) {
			s := stem(w)
			m[s] = append(m[s], "="+strconv.Itoa(n))
		}
	}
	return m
}
