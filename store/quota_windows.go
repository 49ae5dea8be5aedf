package store

import "syscall"

// errQuota is ERROR_DISK_FULL, which syscall does not name.
func errQuota() error { return syscall.Errno(112) }
