// Package tui holds the screens of stet.
package tui
