package align

import "testing"

// Whoever is called as an outlet is, or holds an office, was said to have been an outlet that
// the rewrite conceals: economists, a vice president, the Post Office.
func TestNoOutletIsMadeOfAWord(t *testing.T) {
	checkChanges(t, []changeCase{
		{"economists are no Economist", "Economists warned that the tax cut would widen the deficit.", "The tax cut would widen the deficit.", "attribution_dropped"},
		{"a vice president", "Vice President Dana Holt said the dam is safe for now.", "Holt said the dam is safe for now.", ""},
		{"a press secretary", "Press Secretary Ann Lee said the plan was dead on arrival.", "Lee said the plan was dead on arrival.", ""},
		{"the Post Office", "The Post Office said 700 clerks were wrongly accused of theft.", "It said 700 clerks were wrongly accused of theft.", ""},
		{"a name that an outlet has too", "Megan Fox said she would sue the studio over the film.", "She said she would sue the studio over the film.", ""},
		{"a lake called Mirror", "Residents of New Mirror Lake said the water smelled of oil.", "Residents said the water smelled of oil.", ""},
		{"independent analysts", "Independent analysts said the bank was close to ruin.", "Analysts said the bank was close to ruin.", "attribution_changed"},
		{"the Economist is one", "The minister had lied, the Economist wrote on Friday.", "The minister had lied on Friday.", "attribution_dropped outlet_laundered"},
		{"Fox News is one", "Two guards told Fox News that the gate was open.", "Two guards said that the gate was open.", "attribution_changed outlet_laundered"},
		{"Bloomberg behind its news", "The bank had lied, Bloomberg reported.", "The bank had lied.", "attribution_dropped outlet_laundered"},
		{"a weekday behind the paper", "Two guards told the Guardian Monday that the gate was open.", "Two guards said Monday that the gate was open.", "attribution_changed outlet_laundered"},
	})
}

// Another person of the same last name, another country of the same name, was the same source.
func TestNamesakesAreOtherSources(t *testing.T) {
	checkChanges(t, []changeCase{
		{"the wife for the husband", "Melania Trump said the tape was fake.", "Donald Trump said the tape was fake.", "attribution_changed"},
		{"one engineer for another", "“The reactor is safe,” said Anna Wirth, head of the nuclear agency.", "“The reactor is safe,” said Peter Wirth, head of the nuclear agency.", "attribution_changed"},
		{"South for North", "South Korea said the missile fell into the sea.", "North Korea said the missile fell into the sea.", "attribution_changed"},
		{"a short form of the name", "“The reactor is safe,” said Bob Wirth, head of the agency.", "“The reactor is safe,” said Robert Wirth, head of the agency.", ""},
		{"an initial", "“The reactor is safe,” said A. Wirth, head of the agency.", "“The reactor is safe,” said Anna Wirth, head of the agency.", ""},
		{"one name of two", "“The reactor is safe,” said Anna Maria Wirth, head of the agency.", "“The reactor is safe,” said Maria Wirth, head of the agency.", ""},
		{"an office for the name", "“The reactor is safe,” said Chancellor Anna Wirth.", "“The reactor is safe,” said Chancellor Wirth.", ""},
	})
}

// Numbers that changed places went unseen, since each was still there.
func TestNumbersThatChangePlacesAreToldOf(t *testing.T) {
	checkChanges(t, []changeCase{
		{"a vote turned round", "The council voted 7-4 to close the school.", "The council voted 4-7 to close the school.", "number_changed"},
		{"losses and kills", "The army killed 12 rebels and lost 3 soldiers.", "The army killed 3 rebels and lost 12 soldiers.", "number_changed"},
		{"a rise made a fall", "Rates rose from 4 percent to 5 percent.", "Rates rose from 5 percent to 4 percent.", "number_changed"},
		{"a rise told backwards", "Rates rose from 4 percent to 5 percent.", "Rates rose to 5 percent from 4 percent.", ""},
		{"both halves told backwards", "The army killed 12 rebels and lost 3 soldiers.", "The army lost 3 soldiers and killed 12 rebels.", ""},
	})
}

// The same quantity written otherwise was another, and another scale of it the same.
func TestQuantitiesAreComparedByWhatTheyAre(t *testing.T) {
	checkChanges(t, []changeCase{
		{"an hour and a half", "The hearing in the case lasted an hour and a half.", "The hearing in the case lasted 90 minutes.", ""},
		{"two and a half million", "Two and a half million people fled the valley.", "2.5 million people fled the valley.", ""},
		{"a million and a half", "A million and a half people fled the valley.", "1.5 million people fled the valley.", ""},
		{"half past five", "At 5:30 p.m. a bomb went off in the station.", "At 17:30 a bomb went off in the station.", ""},
		{"morning for evening", "At 5:30 p.m. a bomb went off in the station.", "At 5:30 a.m. a bomb went off in the station.", "number_changed"},
		{"kilometres an hour", "The storm reached the coast with winds of 120 mph.", "The storm reached the coast with winds of 193 km/h.", ""},
		{"the figure kept, the scale changed", "The storm reached the coast with winds of 120 mph.", "The storm reached the coast with winds of 120 km/h.", "number_changed"},
		{"pounds of weight", "The boy who was found weighed 70 pounds.", "The boy who was found weighed 32 kg.", ""},
		{"Celsius in Fahrenheit", "Temperatures in the valley reached 40 degrees Celsius.", "Temperatures in the valley reached 104 degrees Fahrenheit.", ""},
		{"both scales, then one", "Temperatures in the valley reached 40C (104F).", "Temperatures in the valley reached 104F.", ""},
		{"hotter by a digit", "Temperatures in the valley reached 40°C on Monday.", "Temperatures in the valley reached 44°C on Monday.", "number_changed"},
		{"thousands parted by a space that does not break", "Some 1 500 people came to the rally.", "Some 1,500 people came to the rally.", ""},
	})
}

// What is denied was told as somebody's word, and a denial of two went unseen.
func TestDenialsOfMoreThanOneWord(t *testing.T) {
	checkChanges(t, []changeCase{
		{"evidence found", "Police found no evidence that the fire was set on purpose.", "Police found evidence that the fire was set on purpose.", "denial_dropped"},
		{"responsibility claimed", "No one has claimed responsibility for the attack.", "The group has claimed responsibility for the attack.", "denial_dropped"},
		{"neither, nor", "Neither the mayor nor the council approved the plan.", "The mayor and the council approved the plan.", "denial_dropped"},
		{"not at home", "He was not at home when the fire broke out.", "He was away from home when the fire broke out.", ""},
	})
}
