package boltfile

// syncDir does nothing: Windows has no way to sync a directory, NTFS journals names.
func syncDir(string) error { return nil }
