// Package action is the one table of what a person can do on the screens: each
// action's name, keys, words and command-line verb. The dispatcher, the hint
// line, help, the palette, the README's key list and the config file all read
// it; nothing else names a key.
package action

import (
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// ID names an action for good: config files use it.
type ID string

// Scope is where an action's keys are live.
type Scope string

// The scopes. Keys of Everywhere work on every screen; a screen's own win.
const (
	Everywhere Scope = "everywhere"
	Desk       Scope = "desk"
	Review     Scope = "review"
)

// The actions.
const (
	Next         ID = "next"
	Prev         ID = "previous"
	NextUntagged ID = "next-untagged"
	PrevUntagged ID = "previous-untagged"
	Goto         ID = "go-to"
	First        ID = "first"
	Last         ID = "last"
	PageDown     ID = "page-down"
	PageUp       ID = "page-up"
	Tag          ID = "tag" // the base of the codebook's tag actions: tag-sourced …
	Untag        ID = "untag"
	Repeat       ID = "repeat"
	Accept       ID = "accept"
	AcceptAll    ID = "accept-quotation"
	Range        ID = "range"
	Count        ID = "count"
	Verdict      ID = "verdict"
	Split        ID = "split"
	Join         ID = "join"
	Spans        ID = "spans"
	Editor       ID = "editor"
	Step         ID = "step-filter"
	SearchAll    ID = "search-all"
	Undo         ID = "undo"
	Redo         ID = "redo"
	Source       ID = "source"
	Evidence     ID = "evidence"
	Link         ID = "link"
	Inside       ID = "inside"
	Rule         ID = "rule"
	Flags        ID = "flags"
	Note         ID = "note"
	Confidential ID = "confidential"
	Unsure       ID = "unsure"
	Check        ID = "second-check"
	Codebook     ID = "codebook"
	Search       ID = "search"
	SearchNext   ID = "search-next"
	SearchPrev   ID = "search-previous"
	Copy         ID = "copy"
	History      ID = "history"
	Finish       ID = "finish"
	Open         ID = "open"
	Import       ID = "import"
	Filter       ID = "filter"
	Palette      ID = "palette"
	Help         ID = "help"
	Cancel       ID = "cancel"
	Back         ID = "back"
	Quit         ID = "quit"
	Suspend      ID = "suspend"
	Redraw       ID = "redraw"
)

// Action is one row of the table.
type Action struct {
	ID    ID
	Scope Scope
	Keys  []string // as Bubble Tea names them; the first is shown
	Hint  string   // one or two words for the hint line
	Words string   // what it does, for help and the palette
	Verb  string   // the command that does the same; "" only for moving about and the screen's own affairs
	Group string   // heading in help
	Tag   string   // for a tag action: the codebook tag it sets
	Lost  []string // keys that tags of the codebook have instead
}

// Groups in the order in which help shows them.
const (
	GroupTag  = "Tag"
	GroupMore = "Say more"
	GroupMove = "Move"
	GroupLook = "Look"
	GroupApp  = "Leave"
)

// Groups returns the headings of help in order.
func Groups() []string { return []string{GroupTag, GroupMore, GroupMove, GroupLook, GroupApp} }

// Table returns all actions, with those of the codebook's tags; c may be nil.
func Table(c *annotations.Codebook) []Action {
	var tags []Action
	if c != nil {
		for i, t := range c.Tags {
			a := Action{
				ID: Tag + "-" + ID(t.ID), Scope: Review, Keys: []string{t.Key}, Hint: t.Name, Group: GroupTag, Tag: t.ID,
				Words: "tag as " + t.Name + " and go to the next untagged sentence", Verb: "tag",
			}
			if i < 9 {
				a.Keys = append(a.Keys, fmt.Sprint(i+1))
			}
			tags = append(tags, a)
		}
	}
	return slices.Concat(tags, yielding(reviewTable(), tags), yielding(askedTable(), tags), deskTable(), auditTable(), settleTable(), compareTable(), everywhereTable())
}

// yielding takes from actions the keys that tags have: a codebook's keys are its
// authors', and what loses its key is in the palette still. (Keys that stepping
// and saying cannot do without are refused when the codebook is read.)
func yielding(actions, tags []Action) []Action {
	for i := range actions {
		actions[i].Keys = slices.DeleteFunc(actions[i].Keys, func(key string) bool {
			lost := slices.ContainsFunc(tags, func(t Action) bool { return slices.Contains(t.Keys, key) })
			if lost {
				actions[i].Lost = append(actions[i].Lost, key)
			}
			return lost
		})
	}
	return actions
}

// LostTo says which tag has the key that an action without one has elsewhere: who presses
// it tags a sentence. "" where none has; live are the actions of the screen.
func (a *Action) LostTo(live []Action) string {
	for _, key := range a.Lost {
		for _, tag := range live {
			if len(a.Keys) == 0 && tag.Tag != "" && slices.Contains(tag.Keys, key) {
				return "no key, " + Show(key) + " is " + tag.Hint
			}
		}
	}
	return ""
}

func reviewTable() []Action {
	return []Action{
		{ID: Untag, Scope: Review, Keys: []string{"0"}, Hint: "untag", Words: "take the tag away, keep the rest", Verb: "tag", Group: GroupTag},
		{ID: Repeat, Scope: Review, Keys: []string{"."}, Hint: "repeat", Words: "say of this sentence what was said of the last one (tag, rule, sources, flags)", Verb: "tag", Group: GroupTag},
		{ID: Accept, Scope: Review, Keys: []string{"a"}, Hint: "accept", Words: "take the suggestion: its tag, rule and sources", Verb: "tag", Group: GroupTag},
		{ID: AcceptAll, Scope: Review, Keys: []string{"A"}, Hint: "accept quote", Words: "take the suggestions for all untagged sentences of this quotation, as one act", Verb: "tag", Group: GroupTag},
		{ID: Range, Scope: Review, Keys: []string{"V"}, Hint: "range", Words: "start a range, or drop it: what you say next is said of all its sentences, as one act", Verb: "tag", Group: GroupTag},
		{ID: Count, Scope: Review, Keys: []string{"#"}, Hint: "count", Words: "type a number, then a key: that is for so many sentences", Group: GroupMove},
		{ID: Undo, Scope: Review, Keys: []string{"u"}, Hint: "undo", Words: "take back your last act, also after a restart", Verb: "undo", Group: GroupTag},
		{ID: Redo, Scope: Review, Keys: []string{"U", "ctrl+r"}, Hint: "redo", Words: "do again what undo took back", Verb: "redo", Group: GroupTag},
		{ID: Unsure, Scope: Review, Keys: []string{"!"}, Hint: "unsure", Words: "mark as unsure and ask the lead, or take the mark off", Verb: "tag", Group: GroupTag},

		{ID: Source, Scope: Review, Keys: []string{"o"}, Hint: "source", Words: "name who vouches for it, then what kind of source", Verb: "tag", Group: GroupMore},
		{ID: Spans, Scope: Review, Keys: []string{"v"}, Hint: "mark words", Words: "mark source, cue and content word by word; more than one source, how many they are, at how many hops", Verb: "tag", Group: GroupMore},
		{ID: Evidence, Scope: Review, Keys: []string{"e"}, Hint: "evidence", Words: "attach a URL, a file (a copy is kept) or an item used before, then what it does to the claim", Verb: "tag", Group: GroupMore},
		{ID: Link, Scope: Review, Keys: []string{"l"}, Hint: "link", Words: "link another sentence: what disputes, supports or repeats this one; or go to one of another article", Verb: "tag", Group: GroupMore},
		{ID: Inside, Scope: Review, Keys: []string{"i"}, Hint: "inside", Words: "the other side stands inside this sentence, or not", Verb: "tag", Group: GroupMore},
		{ID: Rule, Scope: Review, Keys: []string{"r"}, Hint: "rule", Words: "name the codebook rule that decided", Verb: "tag", Group: GroupMore},
		{ID: Flags, Scope: Review, Keys: []string{"w"}, Hint: "flags", Words: "set or clear work flags: unsourced, high stakes …", Verb: "tag", Group: GroupMore},
		{ID: Note, Scope: Review, Keys: []string{"m"}, Hint: "note", Words: "write a note", Verb: "tag", Group: GroupMore},
		{ID: Confidential, Scope: Review, Keys: []string{"M"}, Hint: "confidential", Words: "write a confidential note; the log keeps a salted hash of it only", Verb: "tag", Group: GroupMore},
		{ID: Editor, Scope: Review, Keys: []string{"E"}, Hint: "editor", Words: "write the note in your editor ($VISUAL, $EDITOR)", Verb: "tag", Group: GroupMore},
		{ID: Verdict, Scope: Review, Keys: []string{"p"}, Hint: "verdict", Words: "write your verdict on the claim, in words meant for publication", Verb: "tag", Group: GroupMore},
		{ID: Split, Scope: Review, Keys: []string{"S"}, Hint: "split", Words: "cut the sentence in two; each part is then judged by itself", Verb: "split", Group: GroupMore},
		{ID: Join, Scope: Review, Keys: []string{"J"}, Hint: "join", Words: "make one sentence of this one and the next", Verb: "join", Group: GroupMore},
		{ID: Check, Scope: Review, Keys: []string{"z"}, Hint: "2nd check", Words: "ask for a second pair of eyes, mark it done, or neither", Verb: "tag", Group: GroupMore},

		{ID: NextUntagged, Scope: Review, Keys: []string{"space"}, Hint: "next untagged", Words: "go to the next untagged sentence", Group: GroupMove},
		{ID: PrevUntagged, Scope: Review, Keys: []string{"backspace"}, Hint: "prev untagged", Words: "go to the previous untagged sentence", Group: GroupMove},
		{ID: Next, Scope: Review, Keys: []string{"j", "down"}, Hint: "next", Words: "go to the next sentence", Group: GroupMove},
		{ID: Prev, Scope: Review, Keys: []string{"k", "up"}, Hint: "previous", Words: "go to the previous sentence", Group: GroupMove},
		{ID: Goto, Scope: Review, Keys: []string{"g"}, Hint: "go to", Words: "go to a sentence by its number; the same key again is the first", Group: GroupMove},
		{ID: Last, Scope: Review, Keys: []string{"G", "end"}, Hint: "last", Words: "go to the last sentence", Group: GroupMove},
		{ID: First, Scope: Review, Keys: []string{"home"}, Hint: "first", Words: "go to the first sentence", Group: GroupMove},
		{ID: PageDown, Scope: Review, Keys: []string{"pgdown", "ctrl+f"}, Hint: "page down", Words: "go on by a screen; inside a sentence that is taller than the screen, scroll", Group: GroupMove},
		{ID: PageUp, Scope: Review, Keys: []string{"pgup", "ctrl+b"}, Hint: "page up", Words: "go back by a screen, or scroll", Group: GroupMove},
		{ID: Step, Scope: Review, Keys: []string{"f"}, Hint: "filter", Words: "step through some sentences only: untagged, contested, unsure, by source …", Verb: "show", Group: GroupMove},
		{ID: SearchAll, Scope: Review, Keys: []string{"*"}, Hint: "search all", Words: "search the text of every article", Verb: "list", Group: GroupMove},
		{ID: Search, Scope: Review, Keys: []string{"/"}, Hint: "search", Words: "search the article's text", Group: GroupMove},
		{ID: SearchNext, Scope: Review, Keys: []string{"n"}, Hint: "next match", Words: "go to the next match", Group: GroupMove},
		{ID: SearchPrev, Scope: Review, Keys: []string{"N"}, Hint: "prev match", Words: "go to the previous match", Group: GroupMove},

		{ID: Codebook, Scope: Review, Keys: []string{"K"}, Hint: "codebook", Words: "show the codebook beside the sentence: the rules of its tag, then examples", Verb: "codebook", Group: GroupLook},
		{ID: History, Scope: Review, Keys: []string{"t"}, Hint: "history", Words: "show who said what of this sentence, and when", Verb: "log", Group: GroupLook},
		{ID: Finish, Scope: Review, Keys: []string{"F"}, Hint: "what is missing", Words: "list what is missing; when nothing is, finish the article or open it again", Verb: "finish", Group: GroupLook},
		{ID: Compare, Scope: Review, Keys: []string{"C"}, Hint: "beside original", Words: "compare an older text with the newest, else the article with its original or the version before: what was kept, altered, dropped and added", Verb: "compare", Group: GroupLook},
		{ID: Copy, Scope: Review, Keys: []string{"y"}, Hint: "copy", Words: "copy the sentence with its citation to the terminal's clipboard", Verb: "show", Group: GroupLook},
	}
}

func deskTable() []Action {
	return []Action{
		{ID: Open, Scope: Desk, Keys: []string{"enter", "l", "right"}, Hint: "open", Words: "review the article", Verb: "review", Group: GroupMove},
		{ID: Next, Scope: Desk, Keys: []string{"j", "down"}, Hint: "next", Words: "go to the next article", Group: GroupMove},
		{ID: Prev, Scope: Desk, Keys: []string{"k", "up"}, Hint: "previous", Words: "go to the previous article", Group: GroupMove},
		{ID: First, Scope: Desk, Keys: []string{"home", "g"}, Hint: "first", Words: "go to the first article", Group: GroupMove},
		{ID: Last, Scope: Desk, Keys: []string{"end", "G"}, Hint: "last", Words: "go to the last article", Group: GroupMove},
		{ID: PageDown, Scope: Desk, Keys: []string{"pgdown", "ctrl+f", "space"}, Hint: "page down", Words: "go on by a screen", Group: GroupMove},
		{ID: PageUp, Scope: Desk, Keys: []string{"pgup", "ctrl+b"}, Hint: "page up", Words: "go back by a screen", Group: GroupMove},
		{ID: Filter, Scope: Desk, Keys: []string{"/", "f"}, Hint: "filter", Words: "show only articles whose name, title or outlet has these letters in order", Group: GroupLook},
		{ID: SearchAll, Scope: Desk, Keys: []string{"*"}, Hint: "search all", Words: "search the text of every article", Verb: "list", Group: GroupLook},
		{ID: Import, Scope: Desk, Keys: []string{"i"}, Hint: "import", Words: "import a file as an article", Verb: "import", Group: GroupMore},
		{ID: Compare, Scope: Desk, Keys: []string{"c"}, Hint: "compare", Words: "compare the article with its original, picked from those that share text with it", Verb: "compare", Group: GroupLook},
		{ID: LeadDesk, Scope: Desk, Keys: []string{"a"}, Hint: "lead's desk", Words: "open the lead's desk: what needs a decision, whether the work is sound", Verb: "audit", Group: GroupLook},
		{ID: Undo, Scope: Desk, Keys: []string{"u"}, Hint: "undo", Words: "take back your last act, in whichever article it was", Verb: "undo", Group: GroupTag},
		{ID: Redo, Scope: Desk, Keys: []string{"U", "ctrl+r"}, Hint: "redo", Words: "do again what undo took back", Verb: "redo", Group: GroupTag},
	}
}

func everywhereTable() []Action {
	return []Action{
		{ID: Help, Scope: Everywhere, Keys: []string{"?", "f1"}, Hint: "keys", Words: "show every key; type to search, enter to run", Verb: "help", Group: GroupLook},
		{ID: Palette, Scope: Everywhere, Keys: []string{":", "ctrl+p"}, Hint: "commands", Words: "find an action by its words and run it", Group: GroupLook},
		{ID: Cancel, Scope: Everywhere, Keys: []string{"esc"}, Hint: "cancel", Words: "close what is open, always; with nothing open, drop the range", Group: GroupApp},
		{ID: Back, Scope: Everywhere, Keys: []string{"q"}, Hint: "back", Words: "go back; on the desk, leave stet. Everything is saved already", Group: GroupApp},
		{ID: Quit, Scope: Everywhere, Keys: []string{"ctrl+c"}, Hint: "quit", Words: "leave stet from anywhere. Everything is saved already", Group: GroupApp},
		{ID: Suspend, Scope: Everywhere, Keys: []string{"ctrl+z"}, Hint: "suspend", Words: "go to the shell; fg comes back", Group: GroupApp},
		{ID: Redraw, Scope: Everywhere, Keys: []string{"ctrl+l"}, Hint: "redraw", Words: "draw the whole screen again", Group: GroupApp},
	}
}
