package interchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Another stands in the name of a file before the number of an article whose
// name is another's too on disks that do not tell small letters from capitals. No
// article has it in its own name, so what stands before it is that name.
const Another = "~"

// Apart gives names of articles as names for files: of those that differ in case
// alone all but the first by bytes get a number behind, as in A, a~2. Their order
// in the list makes no difference.
func Apart(names []string) []string {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(names[i], names[k]) })
	times := map[string]int{}
	out := make([]string, len(names))
	for _, i := range order {
		fold := strings.ToLower(names[i])
		times[fold]++
		out[i] = names[i]
		if n := times[fold]; n > 1 {
			out[i] = fmt.Sprintf("%s%s%d", names[i], Another, n)
		}
	}
	return out
}
