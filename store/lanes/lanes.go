package lanes

import (
	"crypto/sha256"
	"encoding/binary"
)

const (
	blockLen = sha256.BlockSize
	// A lane's room is an odd number of blocks, so that what all lanes read at once
	// does not fall into the same few sets of the cache.
	slotLen = 17 * blockLen
	// tail is what SHA-256 adds to a message at least: a one bit, and its length.
	tail = 1 + 8
	most = 16 // lanes
	// nodeLen is how long the message is that an inner node is the sum of.
	nodeLen = 1 + 2*sha256.Size
)

// Longest is how many bytes a message may have to be hashed beside others.
const Longest = slotLen - tail - 1

// few is how many messages are too few to share the registers.
const few = 2

// Hasher has the room in which messages are hashed side by side: about 20 KiB. One
// goroutine at a time may use it.
type Hasher struct {
	lanes int // 16, 8, or 1: one message after another
	state [8 * most]uint32
	data  [most]*byte
	jobs  [most]job
	slots [most][slotLen]byte
	nodes [most][2 * blockLen]byte
}

// job is what a lane is at.
type job struct {
	of     int // which message
	blocks int // of the message; 0 when the lane is free
	done   int
}

// New gives a hasher that uses what the processor has.
func New() *Hasher { return newHasher(width()) }

func newHasher(lanes int) *Hasher {
	h := &Hasher{lanes: lanes}
	for i := range h.nodes {
		h.nodes[i][nodeLen] = 0x80
		binary.BigEndian.PutUint64(h.nodes[i][2*blockLen-8:], 8*nodeLen)
	}
	return h
}

// Lanes is how many messages are hashed at once: 16, 8 or 1.
func (h *Hasher) Lanes() int { return h.lanes }

// Sums sets out[i] to the SHA-256 of prefix and msgs[i], for all of msgs; out must
// be as long. No message may share memory with out.
func Sums[S ~[sha256.Size]byte](h *Hasher, out []S, prefix byte, msgs [][]byte) {
	out = out[:len(msgs)]
	if h.lanes == 1 || len(msgs) < few {
		for i, m := range msgs {
			out[i] = alone(h.slots[0][:], prefix, m)
		}
		return
	}
	clear(h.jobs[:]) // a message in mapped memory that could not be read may have ended the last call
	next, busy := 0, 0
	for {
		for l := 0; l < h.lanes && next < len(msgs); l++ {
			for ; h.jobs[l].blocks == 0 && next < len(msgs); next++ {
				if m := msgs[next]; len(m) > Longest {
					out[next] = alone(nil, prefix, m)
				} else {
					h.load(l, next, prefix, m)
					busy++
				}
			}
		}
		if busy == 0 {
			return
		}
		h.step()
		for l := range h.lanes {
			if j := &h.jobs[l]; j.blocks > 0 && j.done == j.blocks {
				out[j.of] = h.sum(l)
				j.blocks = 0
				busy--
			}
		}
	}
}

// Nodes sets out[i] to the SHA-256 of prefix, in[2*i] and in[2*i+1], for half as
// many sums as there are in in; out must have room for them and may be in itself.
// With the prefix 1 these are the inner nodes of a Merkle tree as RFC 6962 has it.
func Nodes[S ~[sha256.Size]byte](h *Hasher, out []S, prefix byte, in []S) {
	n := len(in) / 2
	out = out[:n]
	for first := 0; first < n; first += h.lanes {
		some := min(h.lanes, n-first)
		if h.lanes == 1 || some < few {
			for i := first; i < first+some; i++ {
				h.pair(0, prefix, in[2*i], in[2*i+1])
				out[i] = sha256.Sum256(h.nodes[0][:nodeLen])
			}
			continue
		}
		for l := range h.lanes {
			i := first + min(l, some-1) // a free lane does again what the last one does
			h.pair(l, prefix, in[2*i], in[2*i+1])
			h.data[l] = &h.nodes[l][0]
			h.begin(l)
		}
		h.run(2)
		for l := range some {
			out[first+l] = h.sum(l)
		}
	}
}

func (h *Hasher) pair(l int, prefix byte, left, right [sha256.Size]byte) {
	slot := &h.nodes[l]
	slot[0] = prefix
	*(*[sha256.Size]byte)(slot[1:]) = left
	*(*[sha256.Size]byte)(slot[1+sha256.Size:]) = right
}

// alone hashes one message, which is put together in room if it fits.
func alone(room []byte, prefix byte, m []byte) [sha256.Size]byte {
	if len(m) < len(room) {
		room[0] = prefix
		return sha256.Sum256(room[:1+copy(room[1:], m)])
	}
	d := sha256.New()
	d.Write([]byte{prefix})
	d.Write(m)
	return [sha256.Size]byte(d.Sum(nil))
}

// load puts a message, made whole blocks, into a lane.
func (h *Hasher) load(l, i int, prefix byte, m []byte) {
	slot := &h.slots[l]
	slot[0] = prefix
	n := 1 + copy(slot[1:], m)
	blocks := (n + tail + blockLen - 1) / blockLen
	end := slot[n : blocks*blockLen]
	clear(end)
	end[0] = 0x80
	binary.BigEndian.PutUint64(end[len(end)-8:], uint64(n)*8)
	h.jobs[l] = job{of: i, blocks: blocks}
	h.begin(l)
}

// begin sets a lane's words to those that every sum begins with: the first 32 bits
// of the fractional parts of the square roots of the first eight primes.
func (h *Hasher) begin(l int) {
	for w, v := range [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19} {
		h.state[w*h.lanes+l] = v
	}
}

// step takes all lanes forward until one of them has done its last block.
func (h *Hasher) step() {
	n := slotLen / blockLen
	for l := range h.lanes {
		j := &h.jobs[l]
		h.data[l] = &h.slots[l][0] // of a free lane: nobody asks for what comes out
		if j.blocks > 0 {
			h.data[l] = &h.slots[l][j.done*blockLen]
			n = min(n, j.blocks-j.done)
		}
	}
	h.run(n)
	for l := range h.lanes {
		if h.jobs[l].blocks > 0 {
			h.jobs[l].done += n
		}
	}
}

// sum reads a lane's words.
func (h *Hasher) sum(l int) (out [sha256.Size]byte) {
	for w := range 8 {
		binary.BigEndian.PutUint32(out[4*w:], h.state[w*h.lanes+l])
	}
	return out
}
