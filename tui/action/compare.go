package action

// Comparing is the screen of an original and its rewrite.
const Comparing Scope = "compare"

// The actions of comparing.
const (
	Compare    ID = "compare" // opens the screen, from an article or from the desk
	NextChange ID = "next-change"
	PrevChange ID = "previous-change"
	NextKind   ID = "next-kind"
	PrevKind   ID = "previous-kind"
	Sides      ID = "other-side"
	Swap       ID = "swap"
)

func compareTable() []Action {
	return []Action{
		{ID: Open, Scope: Comparing, Keys: []string{"enter", "l", "right"}, Hint: "open", Words: "open the marked sentence in its article; going back leads here", Verb: "review", Group: GroupMove},
		{ID: NextChange, Scope: Comparing, Keys: []string{"space"}, Hint: "next change", Words: "go to the next sentence that was changed, is new or lost its support", Group: GroupMove},
		{ID: PrevChange, Scope: Comparing, Keys: []string{"backspace"}, Hint: "prev change", Words: "go back to the previous one of those", Group: GroupMove},
		{ID: NextKind, Scope: Comparing, Keys: []string{"n"}, Hint: "next kind", Words: "go to the first change of the next kind, the gravest kinds first", Group: GroupMove},
		{ID: PrevKind, Scope: Comparing, Keys: []string{"N"}, Hint: "prev kind", Words: "go to the first change of the kind before", Group: GroupMove},
		{ID: Sides, Scope: Comparing, Keys: []string{"tab", "shift+tab"}, Hint: "other side", Words: "read in the order of the original, or of the rewrite: the numbers, and what is opened, are of that side", Group: GroupMove},
		{ID: Next, Scope: Comparing, Keys: []string{"j", "down"}, Hint: "next", Words: "go on", Group: GroupMove},
		{ID: Prev, Scope: Comparing, Keys: []string{"k", "up"}, Hint: "previous", Words: "go back", Group: GroupMove},
		{ID: Goto, Scope: Comparing, Keys: []string{"g"}, Hint: "go to", Words: "go to a sentence by its number; the same key again is the first", Group: GroupMove},
		{ID: First, Scope: Comparing, Keys: []string{"home"}, Hint: "first", Words: "go to the first", Group: GroupMove},
		{ID: Last, Scope: Comparing, Keys: []string{"G", "end"}, Hint: "last", Words: "go to the last", Group: GroupMove},
		{ID: PageDown, Scope: Comparing, Keys: []string{"pgdown", "ctrl+f"}, Hint: "page down", Words: "go on by a screen; inside a change that is taller than the screen, scroll", Group: GroupMove},
		{ID: PageUp, Scope: Comparing, Keys: []string{"pgup", "ctrl+b"}, Hint: "page up", Words: "go back by a screen, or scroll", Group: GroupMove},
		{ID: Filter, Scope: Comparing, Keys: []string{"f"}, Hint: "filter", Words: "show only what was changed, what is new, what was left out, or claims that lost their support", Verb: "compare", Group: GroupLook},
		{ID: Search, Scope: Comparing, Keys: []string{"/"}, Hint: "search", Words: "search both texts; enter again goes to the next match", Group: GroupLook},
		{ID: Swap, Scope: Comparing, Keys: []string{"x"}, Hint: "swap", Words: "take the original for the rewrite and the rewrite for the original", Verb: "compare", Group: GroupLook},
	}
}
