package store

import (
	"testing"

	"stet.example/stet/annotations"
)

// about is a job of an article, which the first byte of its key names.
func about(article byte) *job {
	return &job{batch: &Batch{Article: annotations.ArticleID{article}}}
}

// Who works on the same article shares a commit: of 256 reviewers of 16 articles,
// each group used to touch some pages of every article.
func TestAGroupIsOfNeighbours(t *testing.T) {
	q := newQueue()
	q.most = 4
	var came []*job
	for i := range 12 {
		came = append(came, about(byte(i%3+1)))
		q.add(came[i])
	}
	for n := range 3 {
		g := q.take()
		if len(g.jobs) != 4 {
			t.Fatalf("group %d has %d jobs", n, len(g.jobs))
		}
		for i, j := range g.jobs {
			if want := came[3*i+n]; j != want {
				t.Errorf("group %d, job %d is of article %d", n, i, j.batch.Article[0])
			}
		}
	}
	if q.take() != nil || q.busy {
		t.Error("there is something left")
	}
}

// A crowd on one article does not keep those of another waiting for ever, and what is
// of no article is not forgotten either.
func TestEverybodysTurnComes(t *testing.T) {
	q := newQueue()
	q.most = 4
	alone, piece := about(9), &job{}
	q.add(about(5))
	q.add(alone)
	q.add(piece)
	taken := func() (got int) {
		for _, j := range q.take().jobs {
			if j == alone || j == piece {
				got++
			}
		}
		return got
	}
	got, groups := 0, 0
	for ; got < 2 && groups < 5; groups++ {
		for range 6 { // more than a group takes
			q.add(about(5))
		}
		got += taken()
	}
	if got < 2 {
		t.Errorf("%d of 2 were taken in %d groups", got, groups)
	}
}

// Up to a group's worth goes as it came.
func TestFewGoAsTheyCame(t *testing.T) {
	q := newQueue()
	q.most = 4
	for _, a := range []byte{7, 1, 7, 2} {
		q.add(about(a))
	}
	for i, j := range q.take().jobs {
		if want := []byte{7, 1, 7, 2}[i]; j.batch.Article[0] != want {
			t.Errorf("job %d is of article %d", i, j.batch.Article[0])
		}
	}
}
