package align

import (
	"slices"
	"strings"
	"testing"
)

// changeCases are made up for this test. want lists the kinds of change of all
// sentences, sorted; nothing else may be reported.
var changeCases = []struct{ name, was, now, want string }{
	{"a word inside the quotation differs", "“We will not leave the valley,” the mayor said.", "“We will never leave the valley,” the mayor said.", "quote_altered"},
	{"other marks and a comma are no alteration", "“We will not leave the valley,” the mayor said.", "The mayor said: \"We will not leave the valley.\"", ""},
	{"part of a quotation is no alteration", "“We will not leave the valley until the dam is safe,” the mayor said.", "The mayor said they would not leave “until the dam is safe”.", ""},
	{"a quotation joined across its attribution", "“We will stay,” Orla Finn said, “and rebuild the mill.”", "“We will stay and rebuild the mill,” Orla Finn said.", ""},
	{"a marked omission", "“We will stay in this valley and rebuild the mill,” Orla Finn said.", "“We will stay … and rebuild the mill,” Orla Finn said.", ""},
	{"quoted words told in others", "The minister called the plan “a costly and dangerous mistake”.", "The minister called the plan a bad idea.", "quote_dropped"},
	{"single marks count too", "The minister called the plan ‘a costly mistake’ on Friday.", "The minister called the plan ‘a deadly mistake’ on Friday.", "quote_altered"},
	{"the source is cut", "The dam is at risk of failing, two engineers said.", "The dam is at risk of failing.", "attribution_dropped"},
	{"according to is cut", "According to the river authority, the dam was built on sand.", "The dam was built on sand.", "attribution_dropped"},
	{"a source is put in", "The dam was built on loose sand in the spring.", "The dam was built on loose sand in the spring, according to the river authority.", "attribution_added"},
	{"a speaker is put in", "The harbour was closed for three days after the storm.", "Police said the harbour was closed for three days after the storm.", "attribution_added"},
	{"another source", "The union said the mine was unsafe.", "The owners said the mine was unsafe.", "attribution_changed"},
	{"a source made vague", "Three nurses at the clinic said the ward was closed.", "Employees said the ward was closed.", "attribution_changed"},
	{"a title in front of the same name", "Hanna Voss said the ward was closed.", "Minister Hanna Voss said the ward was closed.", ""},
	{"a pronoun for the name", "Hanna Voss said the ward was closed.", "She said the ward was closed.", ""},
	{"the attribution moves to the end", "The river authority said that the dam was built on sand.", "The dam was built on sand, the river authority said.", ""},
	{"said becomes claimed", "The union said the mine was unsafe.", "The union claimed the mine was unsafe.", "cue_changed"},
	{"argued becomes said", "The union argued that the mine was unsafe.", "The union said that the mine was unsafe.", "cue_changed"},
	{"admitted becomes said", "The company admitted that it had known of the leak.", "The company said that it had known of the leak.", "cue_changed"},
	{"said becomes told reporters", "The union said the mine was unsafe.", "The union told reporters the mine was unsafe.", ""},
	{"according to becomes said", "According to the union, the mine was unsafe.", "The union said the mine was unsafe.", ""},
	{"the outlet is cut", "Two guards told Reuters that the gate stood open all night.", "Two guards said that the gate stood open all night.", "attribution_changed outlet_laundered"},
	{"the outlet's report becomes fact", "The BBC reported that the gate had stood open all night.", "The gate had stood open all night.", "attribution_dropped outlet_laundered"},
	{"alleged is cut", "The alleged smuggler was held at the border on Sunday.", "The smuggler was held at the border on Sunday.", "hedge_dropped"},
	{"may becomes will", "The bridge may close in March because of the repairs.", "The bridge will close in March because of the repairs.", "hedge_dropped"},
	{"reportedly is put in", "The smuggler was held at the border on Sunday.", "The smuggler was reportedly held at the border on Sunday.", "hedge_added"},
	{"possible becomes likely", "Officials fear a possible collapse of the dam this week.", "Officials fear a likely collapse of the dam this week.", "hedge_changed"},
	{"might becomes could", "The bridge might close in March because of the repairs.", "The bridge could close in March because of the repairs.", "hedge_changed"},
	{"allegedly and alleged are one", "He allegedly stole the boat from the harbour.", "He is alleged to have stolen the boat from the harbour.", ""},
	{"the doubt moves to the other claim", "The captain may have slept while the ferry hit the pier.", "The captain slept while the ferry may have hit the pier.", "hedge_moved"},
	{"the month of May is no doubt", "The bridge will open in May after the repairs.", "The bridge will open in spring after the repairs.", ""},
	{"a number differs", "The storm killed 12 people in the harbour.", "The storm killed 14 people in the harbour.", "number_changed"},
	{"a month differs", "The ferry hit the pier on 3 February, police said.", "The ferry hit the pier on 3 March, police said.", "number_changed"},
	{"a month differs, and stands first", "The ferry hit the pier on Feb. 3, police said.", "The ferry hit the pier on Mar. 3, police said.", "number_changed"},
	{"a day differs", "The ferry hit the pier on 3 February, police said.", "The ferry hit the pier on February 13, police said.", "number_changed"},
	{"a date written otherwise", "The ferry hit the pier on the 3rd of February, police said.", "The ferry hit the pier on Feb. 3, police said.", ""},
	{"a date without its month", "The ferry hit the pier on 3 February, police said.", "The ferry hit the pier on the 3rd, police said.", ""},
	{"a count beside a month", "In May 20 people left the old town.", "Some 20 people left the old town in May.", ""},
	{"days of one month", "The ferry was tested on 3 and 5 February.", "The ferry was tested on February 3 and 5.", ""},
	{"a not is gone", "Wexley said the terminal was not unsafe.", "Wexley said the terminal was unsafe.", "denial_dropped"},
	{"a short not is gone", "Police said the driver wasn’t drunk at the wheel.", "Police said the driver was drunk at the wheel.", "denial_dropped"},
	{"no is gone", "The auditors found no evidence of fraud in the accounts.", "The auditors found evidence of fraud in the accounts.", "denial_dropped"},
	{"never is gone", "The board has never met the owners of the ship.", "The board has met the owners of the ship.", "denial_dropped"},
	{"nobody becomes some", "Nobody was arrested after the march.", "Students were arrested after the march.", "denial_dropped"},
	{"a not is put in", "The bridge can be repaired before winter.", "The bridge cannot be repaired before winter.", "denial_added"},
	{"did not know becomes knew", "The mayor did not know of the plan.", "The mayor knew of the plan.", "denial_dropped"},
	{"a refusal for a not", "The minister did not comment on the strike.", "The minister declined to comment on the strike.", ""},
	{"not only", "The flood hit not only the port but the old town.", "The flood hit the port and the old town.", ""},
	{"not until", "The bridge will not open until March.", "The bridge will open in March.", ""},
	{"no longer", "The farm no longer sells milk.", "The farm stopped selling milk.", ""},
	{"no fewer than", "No fewer than 20 boats sank in the harbour.", "At least 20 boats sank in the harbour.", "hedge_added"},
	{"a prefix for a not", "The pilot was not hurt in the crash.", "The pilot was unhurt in the crash.", ""},
	{"nobody for no one", "Nobody was hurt in the crash.", "No one was hurt in the crash.", ""},
	{"unclear for not clear", "It is not clear who paid for the boats.", "It is unclear who paid for the boats.", ""},
	{"a failure for a not", "The party did not win the vote in the valley.", "The party failed to win the vote in the valley.", ""},
	{"a not before its opposite", "The march was not on Monday but on Tuesday.", "The march was on Tuesday.", ""},
	{"a not that moves", "He does not think the plan will work.", "He thinks the plan will not work.", ""},
	{"no plan for does not plan", "The council has no plan to close the ward.", "The council does not plan to close the ward.", ""},
	{"not yet", "The court has not yet decided on the dam.", "The court will decide on the dam in May.", ""},
	{"not on time", "The terminal did not open on time.", "The terminal opened late.", ""},
	{"not all", "Not all boats sank in the storm.", "Most boats sank in the storm.", ""},
	{"no doubt", "There is no doubt that the fire was set.", "The fire was set.", ""},
	{"another clause is cut", "The firm, which is not based in Kiel, sold its boats.", "The firm sold its boats.", ""},
	{"the number sign", "Platform No. 4 was closed after the crash.", "Platform 4 was closed after the crash.", ""},
	{"a not inside a quotation", "“We did not sell the boats,” the owner said.", "“We did sell the boats,” the owner said.", "quote_altered"},
	{"ten is 10", "The storm killed ten people in the harbour.", "The storm killed 10 people in the harbour.", ""},
	{"1.2m is 1.2 million", "The repairs cost $1.2m last year.", "The repairs cost $1.2 million last year.", ""},
	{"5,000 is five thousand", "About 5,000 people marched through the old town.", "About five thousand people marched through the old town.", ""},
	{"percent in words", "Support fell by 12 per cent in the old town.", "Support fell by 12% in the old town.", ""},
	{"million becomes billion", "The repairs cost 3 million euros last year.", "The repairs cost 3 billion euros last year.", "number_changed"},
	{"miles told in kilometres", "The carrier was 5,000 miles from the coast.", "The carrier was 8,000 km from the coast.", ""},
	{"a number is cut", "The storm killed 12 people and sank nine boats in the harbour.", "The storm killed people and sank nine boats in the harbour.", "number_dropped"},
	{"twenty-five is 25", "Twenty-five boats sank in the harbour.", "25 boats sank in the harbour.", ""},
	{"a pound of money keeps its unit", "The council paid £40 for the bench.", "The council paid $40 for the bench.", "number_changed"},
	{"almost is cut", "Almost all boats in the harbour were lost.", "All boats in the harbour were lost.", "hedge_dropped"},
	{"nothing but word order and style", "On Sunday the ferry hit the pier, police said.", "The ferry hit the pier on Sunday, police said.", ""},
	{"insisted becomes suggested", "The company insisted that the water was clean.", "The company suggested that the water was clean.", "cue_changed"},
	{"the witness gets a name", "A witness said the driver had fled the scene.", "Ida Holm said the driver had fled the scene.", "attribution_changed"},
	{"citing a source that is cut", "The clinic will close in June, the Tagblatt reported, citing two doctors.", "The clinic will close in June.", "attribution_dropped"},
	{"said on behind the quotation", "“The water is clean,” said Hanna Voss, the minister.", "“The water is clean.”", "attribution_dropped"},
	{"believed to be", "The driver is believed to be hiding in the hills.", "The driver is hiding in the hills.", "hedge_dropped"},
	{"up to a number", "Up to 300 families lost their homes in the fire.", "300 families lost their homes in the fire.", "hedge_dropped"},
	{"a dozen is 12", "The storm sank a dozen boats in the harbour.", "The storm sank 12 boats in the harbour.", ""},
	{"half a quotation rewritten", "“I saw the ferry turn and hit the pier hard,” a pilot said.", "“I saw the ferry swing round and hit the pier hard,” a pilot said.", "quote_altered"},
	{"warned becomes said", "Doctors warned that the ward could close within days.", "Doctors said that the ward could close within days.", "cue_changed"},
	{"probably is put in", "The fire was started by lightning in the hills.", "The fire was probably started by lightning in the hills.", "hedge_added"},
	{"apparent becomes possible", "The apparent attack on the pipeline was over within minutes.", "The possible attack on the pipeline was over within minutes.", "hedge_changed"},
}

func kinds(cs []Change) string {
	var out []string
	for _, c := range cs {
		out = append(out, string(c.Type))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

func TestChangesHaveTheirName(t *testing.T) { checkChanges(t, changeCases) }

type changeCase = struct{ name, was, now, want string }

func checkChanges(t *testing.T, cases []changeCase) {
	t.Helper()
	const before, after = "The valley lies two hours north of the capital.", "Farming has been in decline there for decades."
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := Compare(sideOf(before, c.was, after), sideOf(before, c.now, after))
			if len(r.Links[1].From) != 1 || r.Links[1].From[0] != 1 {
				t.Fatalf("the sentence comes from %v, want [1]", r.Links[1].From)
			}
			if got := kinds(r.Changes); got != c.want {
				t.Errorf("got  %q\nwant %q\n%+v", got, c.want, r.Changes)
			}
		})
	}
}

// TestNothingChangesInACopy holds the other way round too: a text against itself
// has each sentence from itself and no change.
func TestNothingChangesInACopy(t *testing.T) {
	var all []string
	for _, c := range changeCases {
		all = append(all, c.was)
	}
	s := sideOf(all...)
	r := Compare(s, s)
	for j, l := range r.Links {
		if len(l.From) != 1 || l.From[0] != j && all[l.From[0]] != all[j] {
			t.Errorf("sentence %d comes from %v: %s", j, l.From, all[j])
		}
	}
	for _, c := range r.Changes {
		if all[c.A] == all[c.B] {
			t.Errorf("a copy has %+v", c)
		}
	}
}
