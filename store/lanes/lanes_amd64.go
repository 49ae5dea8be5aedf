//go:build amd64 && !purego

package lanes

import "golang.org/x/sys/cpu"

// sixteen hashes n blocks of each of sixteen messages into state, which is word by
// word, each word of all lanes. It needs AVX-512 F and BW.
//
//go:noescape
func sixteen(state *[8 * 16]uint32, data *[16]*byte, n int)

// eight does the same for eight messages. It needs AVX2.
//
//go:noescape
func eight(state *[8 * 8]uint32, data *[8]*byte, n int)

// cpuid is the instruction.
func cpuid(leaf, sub uint32) (eax, ebx, ecx, edx uint32)

// width is how many messages this processor should hash at once. Sixteen side by side
// take half the time that the processor's own instructions for SHA-256 take for one
// after another; eight take as long as those.
func width() int {
	switch {
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW:
		return 16
	case !cpu.X86.HasAVX2 || Native():
		return 1
	default:
		return 8
	}
}

// Native reports whether the processor has instructions for SHA-256, which
// golang.org/x/sys/cpu does not say.
func Native() bool {
	const leaf, bit = 7, 29
	if last, _, _, _ := cpuid(0, 0); last < leaf {
		return false
	}
	_, ebx, _, _ := cpuid(leaf, 0)
	return ebx>>bit&1 == 1
}

// run takes all lanes n blocks forward.
func (h *Hasher) run(n int) {
	if h.lanes == most {
		sixteen(&h.state, &h.data, n)
		return
	}
	eight((*[8 * 8]uint32)(h.state[:]), (*[8]*byte)(h.data[:]), n)
}
