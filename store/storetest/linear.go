package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// A step is what one client asked of one sentence: to read it, or to write words
// over a revision.
type step struct {
	sentence annotations.SentenceID
	write    bool
	rev      uint64
	words    string
}

// A sight is what came of a step: what was read, or how the write ended.
type sight struct {
	rev     uint64
	words   string
	refused bool // the revision was another
	unknown bool // no answer came, and none was asked for again
}

// register is the model of one sentence as one person sees it: its words, and how
// often they were written. A write over the newest revision succeeds, any other is
// refused. A write whose answer was lost stays open to the end of the history, so
// the checker may place it anywhere, or last, where nobody sees it.
func register() porcupine.Model {
	type content struct {
		rev   uint64
		words string
	}
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			by := map[annotations.SentenceID][]porcupine.Operation{}
			for _, op := range history {
				s := op.Input.(step).sentence
				by[s] = append(by[s], op)
			}
			var out [][]porcupine.Operation
			for _, list := range by {
				out = append(out, list)
			}
			return out
		},
		Init: func() any { return content{} },
		Step: func(state, input, output any) (bool, any) {
			now, in, out := state.(content), input.(step), output.(sight)
			switch fits := in.rev == now.rev; {
			case !in.write:
				return out.rev == now.rev && out.words == now.words, now
			case out.refused:
				return !fits, now
			case fits:
				return true, content{now.rev + 1, in.words}
			}
			return out.unknown, now
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v: %+v", input, output) },
	}
}

// Linearizable has clients write and read the same few sentences at once, all in
// one person's name, and reports whether what they saw could have come from one
// store that does one thing after another, each between its call and its answer.
// A lost answer is asked for again half of the time. An undecided check is an error.
func Linearizable(tb testing.TB, s store.Store, seed uint64) (bool, error) {
	tb.Helper()
	const clients, each, sentences = 5, 30, 3
	id := Import(tb, Again{s}, Session(tb, "ana"), Article(tb, "ferries", sentences))
	var (
		mu      sync.Mutex
		history []porcupine.Operation
		wg      sync.WaitGroup
		began   = time.Now()
		failed  error
	)
	for n := range clients {
		c := &client{tb: tb, s: s, id: id, n: n, rnd: rand.New(rand.NewPCG(seed, uint64(n))), began: began, session: Session(tb, "ana")}
		wg.Go(func() {
			err := c.run(tb.Context(), each, sentences)
			mu.Lock()
			defer mu.Unlock()
			history = append(history, c.seen...)
			failed = errors.Join(failed, err)
		})
	}
	wg.Wait()
	if failed != nil {
		return false, failed
	}
	end := int64(time.Since(began)) + 1
	for i := range history {
		if history[i].Output.(sight).unknown {
			history[i].Return = end
		}
	}
	switch porcupine.CheckOperationsTimeout(register(), history, time.Minute) {
	case porcupine.Ok:
		return true, nil
	case porcupine.Illegal:
		return false, nil
	}
	return false, errors.New("the check of the history came to no end in a minute")
}

// client is one of those who write.
type client struct {
	tb      testing.TB
	s       store.Store
	id      annotations.ArticleID
	n       int
	rnd     *rand.Rand
	began   time.Time
	session *store.Session
	seen    []porcupine.Operation
	known   [8]uint64 // revisions last seen
}

func (c *client) run(ctx context.Context, steps, sentences int) error {
	for i := range steps {
		at := annotations.SentenceID(c.rnd.IntN(sentences) + 1)
		in := step{sentence: at}
		if c.rnd.IntN(2) == 0 {
			in = step{sentence: at, write: true, rev: c.known[at], words: fmt.Sprintf("%d says %d", c.n, i)}
		}
		op := porcupine.Operation{ClientId: c.n, Input: in, Call: int64(time.Since(c.began))}
		out, err := c.do(ctx, in)
		if err != nil {
			return err
		}
		op.Output, op.Return = out, int64(time.Since(c.began))
		c.seen = append(c.seen, op)
		if out.unknown { // it may still be under way: nobody else may use its number
			c.n += 100
			c.session = Session(c.tb, "ana")
		}
	}
	return nil
}

func (c *client) do(ctx context.Context, in step) (sight, error) {
	if !in.write {
		rows, err := c.s.State(ctx, c.id, in.sentence, in.sentence+1, 10)
		if err != nil || len(rows) == 0 {
			return sight{}, err
		}
		r := rows[0].Annotation
		c.known[in.sentence] = r.Rev
		return sight{rev: r.Rev, words: r.Note}, nil
	}
	b := c.session.Batch(c.id, note(in.sentence, in.rev, in.words))
	for {
		_, err := c.s.Append(ctx, b)
		switch {
		case err == nil:
			c.known[in.sentence] = in.rev + 1
			return sight{}, nil
		case errors.Is(err, store.ErrConflict):
			c.session.Failed(b)
			return sight{refused: true}, nil
		case !errors.Is(err, store.ErrUnknown):
			return sight{}, err
		case c.rnd.IntN(2) == 0:
			return sight{unknown: true}, nil
		}
	}
}
