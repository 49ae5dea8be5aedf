//go:build unix

package main

import "syscall"

// privateFiles keeps new files to their owner: articles under review and what
// is said of them are nobody else's business.
func privateFiles() { syscall.Umask(0o077) }
