package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func versionCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version and what it was built from", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.out, version())
			return err
		},
	}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no arguments, but %q is given", c.CommandPath(), args[0])
	}
	return nil
}

// moduleVersion is the version as Go knows it: a tag, one made from a commit, or
// "(devel)".
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// version is the line that the command prints.
func version() string {
	facts := []string{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision":
				facts = append(facts, "commit "+setting.Value)
			case setting.Key == "vcs.time":
				facts = append(facts, setting.Value)
			case setting.Key == "vcs.modified" && setting.Value == "true":
				facts = append(facts, "with changes")
			}
		}
	}
	return "keyvet " + moduleVersion() + " (" + strings.Join(facts, ", ") + ")"
}
