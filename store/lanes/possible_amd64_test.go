//go:build amd64 && !purego

package lanes

import "golang.org/x/sys/cpu"

// possible are the numbers of lanes that this processor can do, whether or not it
// is the best.
func possible() []int {
	n := []int{1}
	if cpu.X86.HasAVX2 {
		n = append(n, 8)
	}
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW {
		n = append(n, 16)
	}
	return n
}
