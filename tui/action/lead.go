package action

// What a lead does: on the lead's desk, and on one sentence.
const (
	Audit  Scope = "audit"  // the lead's desk
	Settle Scope = "settle" // one sentence, to be ruled on
)

// The lead's actions.
const (
	NextSection ID = "next-section"
	PrevSection ID = "previous-section"
	Needs       ID = "section-needs"
	Sound       ID = "section-sound"
	Mixes       ID = "section-mixes"
	Weak        ID = "section-weak"
	Blind       ID = "check-blind"
	Anew        ID = "check-anew"
	Stet        ID = "stet"
	Amend       ID = "amend"
	AskBack     ID = "query"
	Neither     ID = "neither"
	Example     ID = "example"
	Whole       ID = "article"
	LeadDesk    ID = "lead"
	ReadAnew    ID = "read-anew"
)

// What a reviewer does about what leads ask and rule.
const (
	Asked  ID = "asked"
	Answer ID = "answer"
	Urgent ID = "needs-a-look"
)

func askedTable() []Action {
	return []Action{
		{ID: Asked, Scope: Desk, Keys: []string{"r"}, Hint: "asked", Words: "show what leads ask you, and where they ruled against your tag; enter goes there", Verb: "answer", Group: GroupLook},
		{ID: Urgent, Scope: Desk, Keys: []string{"n"}, Hint: "needs a look", Words: "show the untagged sentences that need a look first: what looks contested, then what nobody vouches for", Verb: "suggest", Group: GroupLook},
		{ID: Answer, Scope: Review, Keys: []string{"R"}, Hint: "answer", Words: "answer what a lead asks of this sentence or ruled on it, or take note of the ruling", Verb: "answer", Group: GroupMore},
	}
}

func auditTable() []Action {
	return []Action{
		{ID: Open, Scope: Audit, Keys: []string{"enter", "l", "right"}, Hint: "open", Words: "open what is marked: the sentence with what each reviewer says, or the sentences behind a figure", Verb: "rule", Group: GroupMove},
		{ID: Next, Scope: Audit, Keys: []string{"j", "down"}, Hint: "next", Words: "go to the next entry", Group: GroupMove},
		{ID: Prev, Scope: Audit, Keys: []string{"k", "up"}, Hint: "previous", Words: "go to the previous entry", Group: GroupMove},
		{ID: NextSection, Scope: Audit, Keys: []string{"tab"}, Hint: "next section", Words: "go to the next of the four sections", Group: GroupMove},
		{ID: PrevSection, Scope: Audit, Keys: []string{"shift+tab"}, Hint: "prev section", Words: "go to the previous section", Group: GroupMove},
		{ID: Needs, Scope: Audit, Keys: []string{"1"}, Hint: "needs you", Words: "show what needs a decision, the highest stakes first", Verb: "audit", Group: GroupLook},
		{ID: Sound, Scope: Audit, Keys: []string{"2"}, Hint: "sound?", Words: "show whether the work is sound: agreement, the audit bound, drift", Verb: "audit", Group: GroupLook},
		{ID: Mixes, Scope: Audit, Keys: []string{"3"}, Hint: "who mixes what", Words: "show which tags and rules are taken for each other, and by whom", Verb: "audit", Group: GroupLook},
		{ID: Weak, Scope: Audit, Keys: []string{"4"}, Hint: "weak spots", Words: "show where a published text would be weak, and what contradicts itself", Verb: "audit", Group: GroupLook},
		{ID: First, Scope: Audit, Keys: []string{"home", "g"}, Hint: "first", Words: "go to the first entry", Group: GroupMove},
		{ID: Last, Scope: Audit, Keys: []string{"end", "G"}, Hint: "last", Words: "go to the last entry", Group: GroupMove},
		{ID: PageDown, Scope: Audit, Keys: []string{"pgdown", "ctrl+f", "space"}, Hint: "page down", Words: "go on by a screen", Group: GroupMove},
		{ID: PageUp, Scope: Audit, Keys: []string{"pgup", "ctrl+b"}, Hint: "page up", Words: "go back by a screen", Group: GroupMove},
		{ID: Filter, Scope: Audit, Keys: []string{"/", "f"}, Hint: "filter", Words: "show only entries that have these letters in order", Verb: "audit", Group: GroupLook},
		{ID: Blind, Scope: Audit, Keys: []string{"r"}, Hint: "check blind", Words: "check a random sample without seeing its tags, or go on with it: what may be wrong at most", Verb: "sample", Group: GroupTag},
		{ID: Anew, Scope: Audit, Keys: []string{"R"}, Hint: "draw anew", Words: "draw another sample to check, from the log's newest root", Verb: "sample", Group: GroupTag},
		{ID: Finish, Scope: Audit, Keys: []string{"F"}, Hint: "finish", Words: "finish all articles in which everybody agrees, or open a finished one again", Verb: "finish", Group: GroupMore},
		{ID: ReadAnew, Scope: Audit, Keys: []string{"n"}, Hint: "read anew", Words: "read the store anew: what others did meanwhile", Verb: "audit", Group: GroupLook},
		{ID: History, Scope: Audit, Keys: []string{"t"}, Hint: "history", Words: "show who said what of the marked sentence, and when", Verb: "log", Group: GroupLook},
		{ID: Undo, Scope: Audit, Keys: []string{"u"}, Hint: "undo", Words: "take back your last act, also after a restart", Verb: "undo", Group: GroupTag},
		{ID: Redo, Scope: Audit, Keys: []string{"U", "ctrl+r"}, Hint: "redo", Words: "do again what undo took back", Verb: "redo", Group: GroupTag},
	}
}

func settleTable() []Action {
	return []Action{
		{ID: Stet, Scope: Settle, Keys: []string{"."}, Hint: "stet", Words: "let it stand; where reviewers differ, a number picks whose", Verb: "rule", Group: GroupTag},
		{ID: Amend, Scope: Settle, Keys: []string{"a"}, Hint: "amend", Words: "it is another tag, picked by its key", Verb: "rule", Group: GroupTag},
		{ID: AskBack, Scope: Settle, Keys: []string{"q"}, Hint: "query", Words: "give it back to the reviewers with a question", Verb: "rule", Group: GroupTag},
		{ID: Neither, Scope: Settle, Keys: []string{"0"}, Hint: "neither", Words: "nothing is right here: no tag stands", Verb: "rule", Group: GroupTag},
		{ID: Undo, Scope: Settle, Keys: []string{"u"}, Hint: "undo", Words: "take back your last act, also after a restart", Verb: "undo", Group: GroupTag},
		{ID: Redo, Scope: Settle, Keys: []string{"U", "ctrl+r"}, Hint: "redo", Words: "do again what undo took back", Verb: "redo", Group: GroupTag},
		{ID: Open, Scope: Settle, Keys: []string{"enter"}, Hint: "say", Words: "blind check: say what you would tag it; else go to the next entry", Verb: "sample", Group: GroupTag},
		{ID: Example, Scope: Settle, Keys: []string{"x"}, Hint: "example", Words: "copy the last ruling as an example for the codebook, as TOML, to the terminal's clipboard", Verb: "codebook", Group: GroupMore},
		{ID: Next, Scope: Settle, Keys: []string{"j", "down", "tab"}, Hint: "next", Words: "go to the next entry and leave this one open", Group: GroupMove},
		{ID: Prev, Scope: Settle, Keys: []string{"k", "up", "shift+tab"}, Hint: "previous", Words: "go to the previous entry", Group: GroupMove},
		{ID: PageDown, Scope: Settle, Keys: []string{"pgdown", "ctrl+f", "space"}, Hint: "page down", Words: "scroll a long sentence, then what reviewers say", Group: GroupMove},
		{ID: PageUp, Scope: Settle, Keys: []string{"pgup", "ctrl+b"}, Hint: "page up", Words: "scroll back", Group: GroupMove},
		{ID: Codebook, Scope: Settle, Keys: []string{"K"}, Hint: "codebook", Words: "show the codebook's tags and rules under the sentence", Verb: "codebook", Group: GroupLook},
		{ID: History, Scope: Settle, Keys: []string{"t"}, Hint: "history", Words: "show who said what of this sentence, and when", Verb: "log", Group: GroupLook},
		{ID: Whole, Scope: Settle, Keys: []string{"o"}, Hint: "article", Words: "open the article at this sentence; going back leads here", Verb: "review", Group: GroupLook},
	}
}
