//go:build !windows

package store

import "syscall"

func errQuota() error { return syscall.EDQUOT }
