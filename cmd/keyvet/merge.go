package main

import (
	"bytes"
	"io"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/report"
)

func mergeCommand(s streams) *cobra.Command {
	var output, category string
	c := &cobra.Command{
		Use: "merge [flags] FILE ...", DisableFlagsInUseLine: true,
		Short: "Make one SARIF or JSON file of several",
		Long: `Make one file of several that were written with --format sarif, or with --format
json: those of a matrix of jobs for instance. GitHub refuses several runs of one
tool and category in an upload.

What two files report comes once. Paths stay as they are, so the files must come
from the same folder. Over GitHub's limit of 25,000 results the worst are kept in
SARIF. Counts of files in JSON are added up.

The parts that --shard makes of a scan, merged, are what the scan makes as a
whole: in JSON to the byte, in SARIF as keyvet merge writes that one file.`,
		Example: "  keyvet merge -o all.sarif python.sarif java.sarif\n" +
			"  keyvet --shard 1/2 --format json -o 1.json; keyvet --shard 2/2 --format json -o 2.json\n" +
			"  keyvet merge -o all.json 1.json 2.json",
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
	var files []report.Written
	for _, name := range names {
		data, err := readInput(name, maxInput)
		if err != nil {
			return usage("cannot read %q: %w", name, cause(err))
		}
		files = append(files, report.Written{Name: name, Data: data})
	}
	write, err := merging(files, category)
	if err != nil {
		return err
	}
	out, err := openOutput(output, s.out)
	if err != nil {
		return err
	}
	defer out.discard()
	counts, err := write(out)
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

// merging tells by what is in the files how they are merged.
func merging(files []report.Written, category string) (func(io.Writer) (report.Merged, error), error) {
	sarif := report.IsSARIF(files[0].Data)
	for _, f := range files {
		if bytes.HasPrefix(bytes.TrimSpace(f.Data), []byte("{")) && report.IsSARIF(f.Data) != sarif {
			return nil, usage("%s and %s are of two formats; merge those of one", files[0].Name, f.Name)
		}
	}
	if sarif || !bytes.HasPrefix(bytes.TrimSpace(files[0].Data), []byte("{")) {
		return func(w io.Writer) (report.Merged, error) { return report.MergeSARIF(w, files, category) }, nil
	}
	if category != "" {
		return nil, usage("--category is for SARIF; %s is not", files[0].Name)
	}
	return func(w io.Writer) (report.Merged, error) { return report.MergeJSON(w, files) }, nil
}
