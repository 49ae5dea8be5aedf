//go:build !linux || !(amd64 || arm64)

package resident

// LetGo does nothing here: the system takes pages back by itself.
func LetGo() {}
