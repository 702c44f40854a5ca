package stored

import (
	"maps"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/analyzer/report"
)

// Report codes a report whole, with what is no part of its JSON form.
func Report(c *wire.Coder, r *report.Report) {
	wire.Text(c, &r.Version)
	counts(c, &r.Files)
	wire.List(c, &r.Uses, use)
	wire.List(c, &r.Findings, finding)
	wire.List(c, &r.Skipped, skip)
	wire.Texts(c, &r.Notes)
	wire.List(c, &r.Suppressions, suppression)
	wire.List(c, &r.Clients, client)
	wire.List(c, &r.Rules, rule)
	wire.Texts(c, &r.Paths)
}

func client(c *wire.Coder, k *report.Client) {
	wire.Text(c, &k.Client)
	wire.Text(c, &k.Language)
	wire.Text(c, &k.Package)
	wire.Text(c, &k.Version)
	wire.Text(c, &k.Platform)
	wire.Text(c, &k.Path)
	wire.Number(c, &k.Line)
	wire.List(c, &k.Settings, func(c *wire.Coder, s *report.ClientSetting) {
		wire.Text(c, &s.Setting)
		wire.Texts(c, &s.Default)
		wire.Texts(c, &s.Set)
	})
}

func counts(c *wire.Coder, n *report.Counts) {
	for _, p := range []*int{&n.Found, &n.Passed, &n.Read, &n.Damaged, &n.Skipped, &n.Manifests, &n.Context} {
		wire.Number(c, p)
	}
	type left struct {
		reason string
		n      int
	}
	var all []left
	if n.Left != nil {
		all = make([]left, 0, len(n.Left))
		for _, reason := range slices.Sorted(maps.Keys(n.Left)) {
			all = append(all, left{reason, n.Left[reason]})
		}
	}
	wire.List(c, &all, func(c *wire.Coder, l *left) {
		wire.Text(c, &l.reason)
		wire.Number(c, &l.n)
	})
	if c.Reading() && all != nil {
		n.Left = make(map[string]int, len(all))
		for _, l := range all {
			n.Left[l.reason] = l.n
		}
	}
}

func position(c *wire.Coder, p *report.Position) {
	wire.Number(c, &p.Line)
	wire.Number(c, &p.Column)
}

func stretch(c *wire.Coder, r *report.Range) {
	position(c, &r.Start)
	position(c, &r.End)
}

func step(c *wire.Coder, s *report.Step) {
	wire.Text(c, &s.Message)
	wire.Text(c, &s.Path)
	stretch(c, &s.Range)
}

func use(c *wire.Coder, u *report.Use) {
	wire.Text(c, &u.Kind)
	wire.Text(c, &u.Command)
	wire.Texts(c, &u.Options)
	wire.Text(c, &u.Setting)
	wire.Text(c, &u.Value)
	wire.Text(c, &u.Client)
	wire.Text(c, &u.Language)
	wire.Text(c, &u.Certainty)
	c.Bool(&u.Raw)
	wire.Text(c, &u.Form)
	c.Bool(&u.Everywhere)
	wire.Text(c, &u.Path)
	stretch(c, &u.Range)
	wire.Text(c, &u.Function)
	wire.List(c, &u.Because, step)
	wire.Texts(c, &u.Lines)
}

func finding(c *wire.Coder, f *report.Finding) {
	wire.Text(c, &f.Rule)
	wire.Text(c, &f.Severity)
	wire.Text(c, &f.Message)
	wire.Number(c, &f.Use)
	wire.Pointer(c, &f.Place, func(c *wire.Coder, p *report.Place) {
		wire.Text(c, &p.Path)
		stretch(c, &p.Range)
		wire.Text(c, &p.Client)
		wire.Text(c, &p.Language)
		wire.Text(c, &p.Certainty)
		wire.Text(c, &p.Function)
		wire.List(c, &p.Because, step)
		wire.Texts(c, &p.Lines)
	})
	wire.Pointer(c, &f.Suppressed, func(c *wire.Coder, s *report.Suppressed) {
		wire.Text(c, &s.Kind)
		wire.Text(c, &s.Justification)
		wire.Number(c, &s.Line)
		wire.Text(c, &s.Until)
	})
	wire.Pointer(c, &f.Fix, fix)
}

func fix(c *wire.Coder, f *report.Fix) {
	wire.Text(c, &f.Field)
	wire.Text(c, &f.Value)
	wire.List(c, &f.Clients, func(c *wire.Coder, client *[]report.Stretch) {
		wire.List(c, client, func(c *wire.Coder, s *report.Stretch) {
			wire.Text(c, &s.Path)
			stretch(c, &s.Range)
		})
	})
}

func skip(c *wire.Coder, s *report.Skip) {
	wire.Text(c, &s.Path)
	wire.Text(c, &s.Reason)
}

func suppression(c *wire.Coder, s *report.Suppression) {
	wire.Text(c, &s.Path)
	wire.Number(c, &s.Line)
	wire.Text(c, &s.Form)
	wire.Texts(c, &s.Rules)
	wire.Text(c, &s.Reason)
	wire.Text(c, &s.Until)
	wire.Number(c, &s.Findings)
	wire.Text(c, &s.Problem)
}

func rule(c *wire.Coder, r *report.Rule) {
	wire.Text(c, &r.ID)
	wire.Text(c, &r.Title)
	wire.Text(c, &r.Severity)
	wire.Text(c, &r.Why)
	wire.Text(c, &r.Instead)
	wire.Texts(c, &r.Sources)
	wire.Text(c, &r.Page)
}
