package report

import (
	"cmp"
	"strconv"
	"strings"
)

// inventory is the table of the client libraries in use, with a head.
func inventory(r *Report) [][]string {
	rows := [][]string{{"client", "version", "setting", "default", "set", "said in"}}
	for _, c := range r.Clients {
		place := ""
		if c.Path != "" {
			place = c.Path + ":" + strconv.Itoa(c.Line)
		}
		if c.Platform != "" {
			place += " by " + c.Platform
		}
		settings := c.Settings
		if len(settings) == 0 {
			settings = []ClientSetting{{}}
		}
		for i, s := range settings {
			row := []string{"", "", s.Setting, either(s.Default), either(s.Set), ""}
			if i == 0 {
				row[0], row[1], row[5] = c.Client, cmp.Or(c.Version, "not known"), place
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// either words several values of which one holds.
func either(values []string) string { return strings.Join(values, " or ") }
