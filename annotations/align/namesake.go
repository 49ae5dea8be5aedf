package align

import "slices"

// callings stand before a name without being part of it: Minister Voss is Hanna Voss.
var callings = lazily(stemmed, `mr mrs ms miss dr sir lady lord dame president vice premier prime minister chancellor secretary senator sen representative rep
congressman congresswoman governor gov mayor general gen colonel col captain capt major lieutenant sergeant officer detective inspector chief judge justice
king queen prince princess pope cardinal bishop archbishop rabbi imam sheikh reverend rev father sister brother professor prof chairman chairwoman chair director
manager coach spokesman spokeswoman spokesperson attorney lawyer ambassador envoy commissioner commander admiral marshal leader speaker deputy former then ex
actor actress singer author writer analyst economist doctor nurse teacher engineer farmer driver resident neighbor neighbour witness mother son daughter wife
husband widow founder owner boss executive ceo cfo republican democrat democratic conservative labour tory liberal candidate
frau herr monsieur madame senor senora yesterday today earlier later meanwhile monday tuesday wednesday thursday friday saturday sunday`)

// nicknames are short forms of first names with another initial.
var nicknames = lazily(pairs, `bob robert bobby robert bill william billy william dick richard ted edward ned edward tony anthony drew andrew becky rebecca becca rebecca
peggy margaret betty elizabeth beth elizabeth liz elizabeth kate catherine kathy catherine sasha alexander sandy alexander xander alexander gene eugene molly mary
polly mary tina christina trish patricia tricia patricia bella isabella nora eleanor zhenya evgeny yevgeny evgeny`)

func stemmed(text string) map[string]bool {
	m := make(map[string]bool)
	for w := range list(text) {
		m[stem(w)] = true
	}
	return m
}

// namesakes reports two sources that share a name but for the one before it: Anna and
// Peter Wirth, North and South Korea. Initials, short forms and offices are no other
// name, nor is one that the other source has in another place.
func namesakes(x, y [][2]string, xNames, yNames []string) bool {
	for _, f := range x {
		for _, g := range y {
			if f[1] == g[1] && !oneName(f[0], g[0]) && !slices.Contains(yNames, f[0]) && !slices.Contains(xNames, g[0]) {
				return true
			}
		}
	}
	return false
}

// oneName reports first names that may be forms of one, or of which one is none.
func oneName(f, g string) bool {
	return f[0] == g[0] || callings()[f] || callings()[g] || akin(f, g) || nicknames()[f] == g || nicknames()[g] == f
}
