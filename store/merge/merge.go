package merge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Options say how to merge.
type Options struct {
	Lead     string                   // who merges; where a team is set, one of its leads
	Tool     string                   // name and version of the program
	DryRun   bool                     // only tell what would come
	Now      time.Time                // the real time; what is dated after it is dated now
	SetClock func(time.Time)          // sets the clock of the store that merges, so that times are kept; zero: back to the real time. May be nil
	Progress func(done, total uint64) // articles looked at; may be nil
}

// Tally counts one kind of thing.
type Tally struct {
	In    int `json:"in"`    // in the other store
	Taken int `json:"taken"` // stored now: what the other has and what it replaced
	Known int `json:"known"` // as the store has it, or replaced there
}

// Conflict is a register of which several versions stand: a case for the lead.
type Conflict struct {
	Article  string                 `json:"article"`
	Key      annotations.ArticleID  `json:"key"`
	Sentence annotations.SentenceID `json:"sentence"`
	Kind     string                 `json:"kind"`            // annotation or ruling
	Reviewer string                 `json:"reviewer"`        // whose annotation; "" for a ruling
	Names    []string               `json:"names,omitempty"` // rows the versions stand in; of rulings, who ruled
}

// Difference is something that is not joined: it stays here as it is.
type Difference struct {
	Article string `json:"article,omitempty"` // "" for the team
	What    string `json:"what"`
}

// LeftOut is something that this store cannot take.
type LeftOut struct {
	Where string `json:"where"`
	Why   string `json:"why"`
}

// Receipt says what became of a merge.
type Receipt struct {
	From        Source       `json:"from"`
	DryRun      bool         `json:"dryRun"`
	Articles    Tally        `json:"articles"`
	Annotations Tally        `json:"annotations"` // registers: one person on one sentence
	Rulings     Tally        `json:"rulings"`
	Evidence    Tally        `json:"evidence"`
	Settings    Tally        `json:"settings"` // assignments, changes of codebook and finish marks
	Redated     int          `json:"redated"`  // registers dated now: the log is past their time
	Conflicts   []Conflict   `json:"conflicts"`
	Differences []Difference `json:"differences"`
	LeftOut     []LeftOut    `json:"leftOut"`
}

// joiner is one merge under way.
type joiner struct {
	Options
	ours, theirs store.Store
	receipt      Receipt
	lead         *store.Session
	sessions     map[string]*store.Session
	team         annotations.Team
	found        annotations.Team // as it is in our store; another than team where a merge was killed
	last         time.Time        // of our newest event
	plans        []*plan
	settles      []*settle
	items        []item
	fresh        map[annotations.ArticleID]string
	books        map[annotations.Hash]bool                  // codebooks that are here
	held         map[annotations.EvidenceID]bool            // evidence items that are here
	force        map[annotations.ArticleID]annotations.Hash // codebooks in force here
}

// Merge joins what theirs says into ours. theirs is only read and must have been
// verified; it must not change meanwhile. Errors are those of [store.Store];
// what was stored before one is whole, and merging again goes on. On a desk with a
// team anybody but a lead gets [store.ErrForbidden].
func Merge(ctx context.Context, ours, theirs store.Store, o Options) (Receipt, error) {
	j := &joiner{
		Options: o, ours: ours, theirs: theirs, sessions: map[string]*store.Session{},
		fresh: map[annotations.ArticleID]string{}, books: map[annotations.Hash]bool{}, held: map[annotations.EvidenceID]bool{},
		force:   map[annotations.ArticleID]annotations.Hash{},
		receipt: Receipt{DryRun: o.DryRun, Conflicts: []Conflict{}, Differences: []Difference{}, LeftOut: []LeftOut{}},
	}
	if o.SetClock != nil {
		defer o.SetClock(time.Time{})
	}
	err := j.start(ctx)
	if err == nil {
		err = j.run(ctx)
	}
	return j.receipt, err
}

// start reads where both logs stand.
func (j *joiner) start(ctx context.Context) error {
	var err error
	if j.found, err = j.ours.Team(ctx); err != nil {
		return err
	}
	if j.team, err = j.teamBefore(ctx); err != nil {
		return err
	}
	if j.team.RoleOf(j.Lead) != annotations.Lead {
		return &store.Error{
			Kind: store.ErrForbidden, What: fmt.Sprintf("%s is no lead of this store's team, and a merge stores what others said", j.Lead),
			Safe: "Nothing was changed", Next: "`stet team` shows who is",
		}
	}
	if j.lead, err = j.session(j.Lead); err != nil {
		return err
	}
	info, err := j.theirs.Stat(ctx)
	if err != nil {
		return err
	}
	seal, err := j.theirs.Seal(ctx)
	if err != nil {
		return err
	}
	j.receipt.From = Source{Store: info.ID, Events: seal.Size, Root: seal.Root}
	if info, err = j.ours.Stat(ctx); err != nil {
		return err
	}
	if info.Events > 0 {
		list, _, err := j.ours.Events(ctx, store.Query{}, info.Events-1, 1)
		if err != nil {
			return err
		}
		for i := range list {
			j.last = list[i].Time
		}
	}
	team, err := j.theirs.Team(ctx)
	if err == nil && !team.Empty() && !sameTeam(&team, &j.team) {
		j.differs("", "the other store has another team; this store's stays")
	}
	return err
}

func sameTeam(a, b *annotations.Team) bool {
	return a.Open == b.Open && a.Overlap == b.Overlap && slices.Equal(a.Members, b.Members)
}

func (j *joiner) differs(article, format string, args ...any) {
	j.receipt.Differences = append(j.receipt.Differences, Difference{article, fmt.Sprintf(format, args...)})
}

func (j *joiner) leaves(where string, err error) {
	why := err.Error()
	var e *store.Error
	if errors.As(err, &e) && e.Err != nil {
		why = e.Err.Error()
	}
	j.receipt.LeftOut = append(j.receipt.LeftOut, LeftOut{where, why})
}

// session returns the session in which a person's statements are stored.
func (j *joiner) session(who string) (*store.Session, error) {
	if s := j.sessions[who]; s != nil {
		return s, nil
	}
	s, err := store.NewSession(who, j.Tool)
	if err == nil {
		j.sessions[who] = s
	}
	return s, err
}

// run merges: articles first, since links may lead to any; then all are compared,
// which also gathers the evidence; then what is new is stored.
func (j *joiner) run(ctx context.Context) error {
	list, err := everyArticle(ctx, j.theirs)
	if err != nil {
		return err
	}
	if err := j.evidenceHere(ctx); err != nil {
		return err
	}
	oldest := j.oldest(ctx)
	for i := range list {
		if err := j.bringArticle(ctx, &list[i], oldest); err != nil {
			return err
		}
	}
	for i := range list {
		if err := j.compare(ctx, &list[i]); err != nil {
			return err
		}
		if j.Progress != nil {
			j.Progress(uint64(i+1), uint64(len(list)))
		}
	}
	if err := j.loose(ctx); err != nil {
		return err
	}
	if err := j.bringItems(ctx, oldest); err != nil {
		return err
	}
	if !j.DryRun {
		j.at(oldest)
		if err := j.withPeople(ctx, func() error { return j.store(ctx) }); err != nil {
			return err
		}
	}
	j.settle()
	return j.storeSettings(ctx)
}

// oldest is the time of the other log's first event; what has no time of its own is
// dated so where our log allows it.
func (j *joiner) oldest(ctx context.Context) time.Time {
	list, _, err := j.theirs.Events(ctx, store.Query{}, 0, 1)
	if err != nil || len(list) == 0 {
		return time.Time{}
	}
	return list[0].Time
}

// everyArticle lists all articles of a store.
func everyArticle(ctx context.Context, st store.Store) ([]store.Summary, error) {
	const at = 256
	var out []store.Summary
	var after annotations.ArticleID
	for {
		list, err := st.Articles(ctx, "", after, at)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if len(list) < at {
			return out, nil
		}
		after = list[len(list)-1].ID
	}
}

// settle counts what became of the plans.
func (j *joiner) settle() {
	for _, p := range j.plans {
		tally, kind := &j.receipt.Annotations, "annotation"
		if p.base == "" {
			tally, kind = &j.receipt.Rulings, "ruling"
		}
		if p.failed != nil {
			j.leaves(p.where(), p.failed)
			continue
		}
		tally.Taken++
		if len(p.shows) > 1 {
			j.receipt.Conflicts = append(j.receipt.Conflicts, Conflict{p.name, p.article, p.sentence, kind, p.base, p.shows})
		}
	}
	for _, t := range []*Tally{&j.receipt.Annotations, &j.receipt.Rulings} {
		t.Known = max(0, t.In-t.Taken)
	}
}

// at sets our clock to when something was said, where the log allows it, and
// reports whether it did.
func (j *joiner) at(when time.Time) bool {
	if j.SetClock == nil {
		return true // nobody asked
	}
	if when.IsZero() || when.Before(j.last) || when.After(j.Now) {
		j.SetClock(time.Time{})
		return false
	}
	j.SetClock(when)
	return true
}

// do stores one act.
func (j *joiner) do(ctx context.Context, who string, article annotations.ArticleID, changes ...annotations.Change) error {
	s, err := j.session(who)
	if err != nil {
		return err
	}
	r, err := s.Send(ctx, j.ours, s.Batch(article, changes...))
	if err == nil {
		j.last = r.Time
	}
	return err
}
