package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

func main() {
	if p := os.Getenv("CPUPROF"); p != "" {
		f, _ := os.Create(p)
		pprof.StartCPUProfile(f)
		go func() { time.Sleep(15 * time.Second); pprof.StopCPUProfile(); f.Close(); os.Exit(9) }()
	}
	set, err := rules.Load(rules.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	r, err := analyzer.Run(context.Background(), analyzer.Options{Roots: os.Args[1:], Rules: set, Languages: builtin.Languages(), Everything: os.Getenv("EVERYTHING") != ""})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for _, u := range r.Uses {
		line := ""
		if len(u.Lines) > 0 {
			line = u.Lines[0]
		}
		fmt.Printf("%s:%d:%d: %s %s%s%s %s | %.100s\n", u.Path, u.Range.Start.Line, u.Range.Start.Column, u.Certainty, u.Command, u.Setting, u.Value, u.Client, line)
		if os.Getenv("WHY") != "" {
			for _, s := range u.Because {
				fmt.Printf("      %s:%d %s\n", s.Path, s.Range.Start.Line, s.Message)
			}
		}
	}
	b, _ := json.Marshal(r.Files)
	fmt.Fprintln(os.Stderr, string(b), r.Notes)
	for _, s := range r.Skipped {
		fmt.Fprintln(os.Stderr, "skipped", s.Path, s.Reason)
	}
}
