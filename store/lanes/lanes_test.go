package lanes

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// each runs a test with every number of lanes that this processor can do.
func each(t *testing.T, fn func(t *testing.T, h *Hasher)) {
	for _, n := range possible() {
		t.Run(fmt.Sprintf("%d lanes", n), func(t *testing.T) { fn(t, newHasher(n)) })
	}
}

// want is what crypto/sha256 says.
func want(prefix byte, m []byte) [sha256.Size]byte {
	return sha256.Sum256(append([]byte{prefix}, m...))
}

func random(rnd *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
	return b
}

// agree fails unless every message's sum is the one of crypto/sha256.
func agree(t *testing.T, h *Hasher, prefix byte, msgs [][]byte) {
	t.Helper()
	got := make([][sha256.Size]byte, len(msgs))
	Sums(h, got, prefix, msgs)
	for i, m := range msgs {
		if got[i] != want(prefix, m) {
			t.Fatalf("message %d of %d, %d bytes long, gives %x, not %x", i, len(msgs), len(m), got[i], want(prefix, m))
		}
	}
}

func TestEveryLengthInEveryNumberOfMessages(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		rnd := rand.New(rand.NewPCG(1, 2))
		for length := range 301 {
			for number := range 2*most + 2 {
				msgs := make([][]byte, number)
				for i := range msgs {
					msgs[i] = random(rnd, length)
				}
				agree(t, h, byte(length), msgs)
			}
		}
	})
}

func TestLengthsThatDifferFromLaneToLane(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		rnd := rand.New(rand.NewPCG(3, 4))
		for range 300 {
			msgs := make([][]byte, rnd.IntN(200))
			for i := range msgs {
				switch rnd.IntN(10) {
				case 0:
					msgs[i] = random(rnd, Longest-2+rnd.IntN(5))
				case 1:
					msgs[i] = random(rnd, rnd.IntN(5000))
				default:
					msgs[i] = random(rnd, rnd.IntN(500))
				}
			}
			agree(t, h, byte(rnd.Uint32()), msgs)
		}
	})
}

func TestOneLongMessageAmongShortOnes(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		rnd := rand.New(rand.NewPCG(5, 6))
		for at := range 40 {
			msgs := make([][]byte, 40)
			for i := range msgs {
				msgs[i] = random(rnd, 10)
			}
			msgs[at] = random(rnd, Longest)
			agree(t, h, 0, msgs)
			msgs[at] = random(rnd, Longest+1)
			agree(t, h, 0, msgs)
		}
	})
}

func TestNodesAreHashedInPlaceAndOutOfIt(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		rnd := rand.New(rand.NewPCG(7, 8))
		for n := range 150 {
			in := make([][sha256.Size]byte, n)
			for i := range in {
				in[i] = [sha256.Size]byte(random(rnd, sha256.Size))
			}
			right := make([][sha256.Size]byte, n/2)
			for i := range right {
				right[i] = want(1, slices.Concat(in[2*i][:], in[2*i+1][:]))
			}
			out := make([][sha256.Size]byte, n/2)
			Nodes(h, out, 1, in)
			if !slices.Equal(out, right) {
				t.Fatalf("nodes over %d sums", n)
			}
			rest := slices.Clone(in[n/2:])
			Nodes(h, in, 1, in)
			if !slices.Equal(in[:n/2], right) || !slices.Equal(in[n/2:], rest) {
				t.Fatalf("nodes over %d sums, in place", n)
			}
		}
	})
}

func TestAMessageIsLeftAsItWas(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		rnd := rand.New(rand.NewPCG(9, 10))
		room := random(rnd, 64*300)
		before := bytes.Clone(room)
		var msgs [][]byte
		for b := range slices.Chunk(room, 300) {
			msgs = append(msgs, b)
		}
		agree(t, h, 0, msgs)
		if !bytes.Equal(room, before) {
			t.Error("hashing changed the messages")
		}
	})
}

// A message in mapped memory that cannot be read makes a panic, from which the
// caller may recover, and use the hasher again.
func TestAHasherIsUsableAfterACallThatWasCutShort(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		for l := range h.jobs {
			h.jobs[l] = job{of: 1000 + l, blocks: 1 + l, done: l}
		}
		agree(t, h, 0, [][]byte{[]byte("one"), []byte("two"), []byte("three"), make([]byte, 300)})
	})
}

func TestHashingAllocatesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *Hasher) {
		msgs := make([][]byte, 100)
		for i := range msgs {
			msgs[i] = make([]byte, 3*i)
		}
		out := make([][sha256.Size]byte, len(msgs))
		if n := testing.AllocsPerRun(10, func() { Sums(h, out, 0, msgs); Nodes(h, out, 1, out) }); n != 0 {
			t.Errorf("%g allocations", n)
		}
	})
}

func FuzzSumsAgreeWithTheStandardLibrary(f *testing.F) {
	f.Add([]byte("stet"), byte(0), uint64(1))
	f.Add(bytes.Repeat([]byte{0xFF}, 4*Longest), byte(1), uint64(2))
	f.Add([]byte{}, byte(0x80), uint64(3))
	f.Fuzz(func(t *testing.T, all []byte, prefix byte, seed uint64) {
		rnd := rand.New(rand.NewPCG(seed, 0))
		var msgs [][]byte
		for len(all) > 0 && len(msgs) < 100 {
			n := rnd.IntN(min(len(all), 2*Longest)) + 1
			msgs, all = append(msgs, all[:n]), all[n:]
			for range rnd.IntN(3) {
				msgs = append(msgs, nil)
			}
		}
		for _, lanes := range possible() {
			agree(t, newHasher(lanes), prefix, msgs)
		}
	})
}

func BenchmarkSums(b *testing.B) {
	msgs := make([][]byte, 1024)
	for i := range msgs {
		msgs[i] = random(rand.New(rand.NewPCG(1, uint64(i))), 270)
	}
	out := make([][sha256.Size]byte, len(msgs))
	for _, n := range possible() {
		h := newHasher(n)
		b.Run(fmt.Sprintf("records of 270 bytes/%d lanes", n), func(b *testing.B) {
			for b.Loop() {
				Sums(h, out, 0, msgs)
			}
			b.ReportMetric(float64(b.N)*float64(len(msgs))/b.Elapsed().Seconds()/1e6, "M/s")
		})
		b.Run(fmt.Sprintf("nodes/%d lanes", n), func(b *testing.B) {
			for b.Loop() {
				Nodes(h, out, 1, out)
			}
			b.ReportMetric(float64(b.N)*float64(len(out)/2)/b.Elapsed().Seconds()/1e6, "M/s")
		})
	}
}
