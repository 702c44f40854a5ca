package main

import (
	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/report"
)

func mergeCommand(s streams) *cobra.Command {
	var output, category string
	c := &cobra.Command{
		Use: "merge [flags] FILE.sarif ...", DisableFlagsInUseLine: true,
		Short: "Make one SARIF file of several",
		Long: `Make one SARIF file of several, those of a matrix of jobs for instance: GitHub
refuses several runs of one tool and category in an upload.

What two files report comes once. Paths stay as they are, so the files must come
from the same folder. Over GitHub's limit of 25,000 results the worst are kept.`,
		Example: "  keyvet merge -o all.sarif python.sarif java.sarif",
		RunE: func(c *cobra.Command, names []string) error {
			if len(names) == 0 {
				return usage("%s: which files?", c.CommandPath())
			}
			return merge(s, names, output, category)
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "write to `FILE`, which appears when it is whole")
	c.Flags().StringVar(&category, "category", "", "the `NAME` that tells this SARIF upload from others")
	return c
}

func merge(s streams, names []string, output, category string) error {
	var files []report.SARIFFile
	for _, name := range names {
		data, err := readInput(name, maxInput)
		if err != nil {
			return usage("cannot read %q: %w", name, cause(err))
		}
		files = append(files, report.SARIFFile{Name: name, Data: data})
	}
	out, err := openOutput(output, s.out)
	if err != nil {
		return err
	}
	defer out.discard()
	counts, err := report.MergeSARIF(out, files, category)
	if err != nil {
		return err
	}
	if err := out.commit(); err != nil {
		return err
	}
	complain(s, "%s of %s; %s were there twice, %s are over the limit", count(counts.Results, "result"),
		count(len(files), "file"), report.Thousands(counts.Twice), report.Thousands(counts.Cut))
	return nil
}
