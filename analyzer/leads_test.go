package analyzer

import (
	"testing"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
)

func noName(string) bool { return false }

// TestLeads checks which files leads lead to, by their place and their bytes.
func TestLeads(t *testing.T) {
	all := []detect.Lead{
		{Kind: detect.WrapperLead, Name: "RunCommand", Module: "store"},
		{Kind: detect.WrapperLead, Name: "send", Module: "store", Folder: "store"},
		{Kind: detect.ClientLead, Name: "client", Module: "conn"},
		{Kind: detect.CommandLead, Name: "SEARCH", Module: "names", Owner: "Command"},
	}
	for _, test := range []struct {
		name, path string
		evidence   prefilter.Evidence
		src        string
		want       bool
	}{
		{"a wrapper and its module", "app/main.go", 0, "store.RunCommand()", true},
		{"a wrapper alone", "app/main.go", 0, "shell.RunCommand()", false},
		{"part of a word", "app/main.go", 0, "store.RunCommands()", false},
		{"an unexported wrapper in its folder", "store/keys.go", 0, "package store; send()", true},
		{"an unexported wrapper elsewhere", "app/main.go", 0, "store; send()", false},
		{"a client without a member of one", "app/main.go", 0, "conn.client", false},
		{"a client", "app/main.go", prefilter.WeakAPI, "conn.client.get()", true},
		{"a member without its type", "app/main.go", 0, "names SEARCH", false},
		{"a member of a type", "app/main.go", 0, "names Command.SEARCH", true},
	} {
		if got := newLeads(all, noName).leadTo(test.path, test.evidence, []byte(test.src)); got != test.want {
			t.Errorf("%s: leadTo = %v", test.name, got)
		}
	}
	if hidden := newLeads(all[1:2], noName); hidden.concern("app/main.go", 0) || !hidden.concern("store/keys.go", 0) {
		t.Error("an unexported name concerns other folders than its own")
	}
	if client := newLeads(all[2:3], noName); client.concern("app/main.go", 0) || !client.concern("app/main.go", prefilter.Name) {
		t.Error("a client concerns files without any")
	}
	named := newLeads(all[:1], func(text string) bool { return text == "store" })
	if named.concern("app/main.go", prefilter.WeakAPI) || !named.concern("app/main.go", prefilter.Name) {
		t.Error("a lead whose words name a library concerns files that name none")
	}
}
