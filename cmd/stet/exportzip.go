package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"
)

// zipped reports whether a path is meant as an archive of the files that a folder would get.
func zipped(path string) bool {
	return strings.EqualFold(filepath.Ext(path), ".zip") && !folder(path)
}

// writeZip writes files into one archive. They are dated by the export, so that the same
// state gives the same bytes.
func (a *app) writeZip(path string, names []string, files map[string][]byte, when time.Time) error {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: when.UTC()})
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			return fmt.Errorf("%s: %w. Nothing was written", name, err)
		}
	}
	err := z.Close()
	if err == nil {
		err = sameInZip(out.Bytes(), names, files)
	}
	if err != nil {
		return fmt.Errorf("the archive %s cannot be made: %w. Nothing was written", path, err)
	}
	return a.writeFile(path, out.Bytes())
}

// sameInZip reads an archive back and compares it with what went into it.
func sameInZip(data []byte, names []string, files map[string][]byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	if len(z.File) != len(names) {
		return fmt.Errorf("it holds %s, not %d", plural(len(z.File), "file"), len(names))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		got, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if want, ok := files[f.Name]; !ok || !bytes.Equal(got, want) {
			return fmt.Errorf("%s is not what was put in", f.Name)
		}
	}
	return nil
}
