//go:build !unix

package serve

import "io/fs"

const checksModes = false

func ownedSafely(fs.FileInfo) bool { return true }

func neverStopped() func() { return func() {} }
