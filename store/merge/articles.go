package merge

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// bringArticle imports an article that is not here, cut as it is there.
func (j *joiner) bringArticle(ctx context.Context, sum *store.Summary, oldest time.Time) error {
	j.receipt.Articles.In++
	ours, err := j.ours.Summary(ctx, "", sum.ID)
	switch {
	case err == nil:
		j.receipt.Articles.Known++
		j.force[sum.ID] = ours.Codebook
		j.describe(&ours.Meta, &sum.Meta)
		return nil
	case !errors.Is(err, store.ErrNotFound):
		return err
	}
	j.fresh[sum.ID], j.force[sum.ID] = sum.Name, sum.Codebook
	if j.DryRun {
		j.receipt.Articles.Taken++
		return nil
	}
	for _, h := range []annotations.Hash{sum.Codebook, sum.Table, sum.Text} {
		if err := j.blob(ctx, h); err != nil {
			return err
		}
	}
	hist, err := read(ctx, j.theirs, sum.ID)
	if err != nil {
		return err
	}
	by := hist.imported.Actor
	if by == "" || j.team.RoleOf(by) == "" {
		by = j.Lead
	}
	m := sum.Meta
	m.Assigned = nil // a setting: it comes from whoever may settle it here, or not at all
	reason := (&mark{seen: hist.cuts.seen.beyond(seen{}), bring: hist.cuts.brought()}).reason(j.receipt.From)
	if len(reason) > annotations.MaxField {
		reason = j.receipt.From.reason()
	}
	j.at(oldest)
	for digits := 8; ; digits += 4 {
		err := j.do(ctx, by, m.ID, annotations.Change{Kind: annotations.EventImport, Verb: Verb, Meta: &m, Reason: reason})
		if err == nil {
			j.fresh[sum.ID] = m.Name
			j.receipt.Articles.Taken++
			return nil
		}
		if !errors.Is(err, store.ErrNameTaken) || digits > 32 {
			if store.Refused(err) {
				delete(j.fresh, sum.ID)
				delete(j.force, sum.ID)
				j.leaves("article "+sum.Name, err)
				return nil
			}
			return err
		}
		m.Name = m.SuggestName(digits) // another article has that name
	}
}

// brought is how what a log knows of earlier tables travels in a mark.
func (c *cuts) brought() []brought {
	var out []brought
	for part := range slices.Chunk(slices.Sorted(maps.Keys(c.past)), maxPast) {
		out = append(out, brought{past: part, when: time.Unix(0, 0).UTC()})
	}
	return out
}

// describe names what is said of an article itself in two ways.
func (j *joiner) describe(ours, theirs *annotations.Meta) {
	for _, f := range []struct{ what, a, b string }{
		{"title", ours.Title, theirs.Title}, {"outlet", ours.Outlet, theirs.Outlet}, {"byline", ours.Byline, theirs.Byline},
		{"date", ours.Published, theirs.Published}, {"address", ours.URL, theirs.URL}, {"language", ours.Language, theirs.Language},
		{"earlier version", earlier(ours), earlier(theirs)},
	} {
		if f.a != f.b {
			j.differs(ours.Name, "the %s is %q here and %q there; it stays as it is here", f.what, f.a, f.b)
		}
	}
}

// earlier is the key of the article that m was made of as its later revision, "" for
// none.
func earlier(m *annotations.Meta) string {
	if m.Parent == annotations.Desk {
		return ""
	}
	return m.Parent.String()
}

// blob brings a blob that is not here.
func (j *joiner) blob(ctx context.Context, h annotations.Hash) error {
	if j.books[h] {
		return nil
	}
	// What two stores come to may be something of ours that the other does not have.
	if _, err := j.ours.Blob(ctx, h, 0, 0); err == nil {
		j.books[h] = true
		return nil
	}
	data, err := j.theirs.Blob(ctx, h, 0, -1)
	if err != nil {
		return err
	}
	if annotations.HashOf(data) != h {
		return &store.Error{Kind: store.ErrDamaged, What: "a text of the other store is not what its hash says", Safe: "What was merged before is whole", Next: "Run `stet check` on the other store"}
	}
	if _, err = j.ours.PutBlob(ctx, data); err == nil {
		j.books[h] = true
	}
	return err
}

// compare plans what is new of one article, and cuts it as it is there where that
// builds on how it is cut here.
func (j *joiner) compare(ctx context.Context, sum *store.Summary) error {
	if _, here := j.force[sum.ID]; !here {
		return nil // refused
	}
	_, fresh := j.fresh[sum.ID]
	theirs, err := read(ctx, j.theirs, sum.ID)
	if err != nil {
		return err
	}
	j.count(theirs)
	ours := newHistory()
	local := *sum
	if !fresh || !j.DryRun {
		if ours, err = read(ctx, j.ours, sum.ID); err != nil {
			return err
		}
		if local, err = j.ours.Summary(ctx, "", sum.ID); err != nil {
			return err
		}
	}
	if local.Head == sum.Head && len(ours.registers) > 0 {
		return nil // the same chain
	}
	if err := j.rightBook(ctx, &local, ours); err != nil {
		return err
	}
	for _, it := range theirs.items {
		if !j.held[it.ID] {
			j.held[it.ID] = true
			j.items = append(j.items, it)
		}
	}
	units, err := j.units(ctx, &local, sum, ours, theirs)
	if err != nil {
		return err
	}
	p := planner{source: j.receipt.From, lead: j.Lead, team: j.team, article: sum.ID, name: local.Name, ours: ours, theirs: theirs}
	bases := map[annotations.SentenceID][]string{}
	for k := range theirs.registers {
		bases[k.sentence] = append(bases[k.sentence], k.base)
	}
	for k := range ours.registers {
		if bases[k.sentence] != nil {
			bases[k.sentence] = append(bases[k.sentence], k.base)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(bases)) {
		plans := p.sentence(id, bases[id])
		for _, w := range plans {
			if !units[id] {
				w.failed = fmt.Errorf("sentence %s has other words here, or is no longer there", id)
			}
		}
		j.plans = append(j.plans, plans...)
	}
	j.settings(&p)
	book := settingKey{kind: annotations.EventCodebook}
	if local.Codebook != sum.Codebook && len(ours.settings[book].headsOf()) == 0 && len(theirs.settings[book].headsOf()) == 0 {
		j.differs(local.Name, "it was imported under codebook %s here and under %s there; it stays as it is here until a lead chooses one", local.Codebook.Short(), sum.Codebook.Short())
	}
	return nil
}

// rightBook puts the codebook back in force that was before a merge which was
// killed while statements under another were stored.
func (j *joiner) rightBook(ctx context.Context, local *store.Summary, ours *history) error {
	if ours.book.IsZero() || ours.book == local.Codebook {
		return nil
	}
	j.force[local.ID], local.Codebook = ours.book, ours.book
	if j.DryRun {
		return nil
	}
	j.at(time.Time{})
	return j.do(ctx, j.Lead, local.ID, annotations.Change{Kind: annotations.EventCodebook, Verb: Verb, Codebook: ours.book, Reason: j.receipt.From.reason()})
}

// count enters what the other store holds.
func (j *joiner) count(h *history) {
	j.receipt.Settings.In += len(h.settings)
	for k, r := range h.registers {
		list := r.show()
		switch {
		case len(list) == 0 || len(list) == 1 && list[0].content.IsZero():
		case k.base == "":
			j.receipt.Rulings.In++
		default:
			j.receipt.Annotations.In++
		}
	}
}

// units tells of which sentences statements can be taken. Where the other store
// cut the article further, it is cut so here first.
func (j *joiner) units(ctx context.Context, local, sum *store.Summary, ours, theirs *history) (map[annotations.SentenceID]bool, error) {
	out := map[annotations.SentenceID]bool{}
	there, err := table(ctx, j.theirs, sum.Table)
	if err != nil {
		return nil, err
	}
	if local.Table == sum.Table {
		for _, u := range there {
			out[u.ID] = true
		}
		return out, nil
	}
	here, err := table(ctx, j.ours, local.Table)
	if err != nil {
		return nil, err
	}
	builds := func(a, b *history, from, to annotations.Hash) bool { // b's cut builds on a's
		return b.cuts.past[from.Start()] && (a.cuts.within(&b.cuts) || !a.cuts.past[to.Start()])
	}
	forth, back := builds(ours, theirs, local.Table, sum.Table), builds(theirs, ours, sum.Table, local.Table)
	if forth && !back {
		if err := j.recut(ctx, local.ID, there, theirs); err == nil {
			here = there
		} else if store.Refused(err) {
			forth = false
			j.leaves(local.Name+", its sentences", err)
		} else {
			return nil, err
		}
	}
	if forth != back {
		for _, u := range here {
			out[u.ID] = true
		}
		return out, nil
	}
	j.differs(local.Name, "its sentences were cut in two ways; they stay as they are here, and what was said of the others there is left out")
	place := map[annotations.SentenceID]annotations.Span{}
	for _, u := range here {
		place[u.ID] = u.Span
	}
	for _, u := range there {
		if s, ok := place[u.ID]; ok && s == u.Span {
			out[u.ID] = true
		}
	}
	return out, nil
}

func table(ctx context.Context, st store.Store, h annotations.Hash) ([]annotations.Sentence, error) {
	b, err := st.Blob(ctx, h, 0, -1)
	if err != nil {
		return nil, err
	}
	return annotations.ParseTable([]byte(b))
}

// recut cuts an article as the other store does.
func (j *joiner) recut(ctx context.Context, id annotations.ArticleID, now []annotations.Sentence, theirs *history) error {
	if j.DryRun {
		return nil
	}
	a, err := store.Load(ctx, j.ours, id)
	if err != nil {
		return err
	}
	c, err := store.Recut(ctx, j.ours, a, now, Verb, 0)
	if err != nil {
		return err
	}
	c.Reason = (&mark{seen: theirs.cuts.seen.beyond(seen{}), bring: theirs.cuts.brought()}).reason(j.receipt.From)
	if len(c.Reason) > annotations.MaxField {
		c.Reason = j.receipt.From.reason()
	}
	j.at(time.Time{})
	return j.do(ctx, j.Lead, id, c)
}

// evidenceHere notes which items are here already.
func (j *joiner) evidenceHere(ctx context.Context) error {
	return everyItem(ctx, j.ours, func(e annotations.Evidence) { j.held[e.ID] = true })
}

func everyItem(ctx context.Context, st store.Store, fn func(annotations.Evidence)) error {
	const at = 256
	var after annotations.EvidenceID
	for {
		list, err := st.Evidence(ctx, after, at)
		if err != nil {
			return err
		}
		for _, e := range list {
			after = e.ID
			fn(e)
		}
		if len(list) < at {
			return nil
		}
	}
}

// loose gathers items that belong to no article.
func (j *joiner) loose(ctx context.Context) error {
	return everyItem(ctx, j.theirs, func(e annotations.Evidence) {
		j.receipt.Evidence.In++
		if !j.held[e.ID] {
			j.held[e.ID] = true
			j.items = append(j.items, item{Evidence: e, article: annotations.Desk, by: j.Lead})
		}
	})
}

// bringItems stores the evidence that is not here, with the copies of it.
func (j *joiner) bringItems(ctx context.Context, oldest time.Time) error {
	slices.SortStableFunc(j.items, func(a, b item) int { return slices.Compare(a.article[:], b.article[:]) })
	for i := range j.items {
		it := &j.items[i]
		j.receipt.Evidence.Taken++
		if j.DryRun {
			continue
		}
		if !it.Copy.IsZero() {
			if err := j.blob(ctx, it.Copy); err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		by := it.by
		if j.team.RoleOf(by) == "" {
			by = j.Lead
		}
		j.at(oldest)
		err := j.do(ctx, by, it.article, annotations.Change{Kind: annotations.EventEvidence, Verb: Verb, Evidence: &it.Evidence, Reason: j.receipt.From.reason()})
		if store.Refused(err) {
			j.receipt.Evidence.Taken--
			j.leaves("evidence item "+it.ID.String(), err)
			continue
		}
		if err != nil {
			return err
		}
	}
	j.receipt.Evidence.Known = max(0, j.receipt.Evidence.In-j.receipt.Evidence.Taken)
	return nil
}
