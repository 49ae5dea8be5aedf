//go:build !amd64 || purego

package lanes

// possible are the numbers of lanes that there are without the assembly.
func possible() []int { return []int{1} }
