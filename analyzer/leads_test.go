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
		{Kind: detect.WrapperLead, Name: "flush", Module: "conftest", Test: true},
	}
	for _, test := range []struct {
		name, folder string
		evidence     prefilter.Evidence
		src          string
		want         bool
	}{
		{"a wrapper and its module", "app", 0, "store.RunCommand()", true},
		{"a wrapper alone", "app", 0, "shell.RunCommand()", false},
		{"part of a word", "app", 0, "store.RunCommands()", false},
		{"an unexported wrapper in its folder", "store", 0, "package store; send()", true},
		{"an unexported wrapper elsewhere", "app", 0, "store; send()", false},
		{"a client without a member of one", "app", 0, "conn.client", false},
		{"a client", "app", prefilter.WeakAPI, "conn.client.get()", true},
		{"a member without its type", "app", 0, "names SEARCH", false},
		{"a member of a type", "app", 0, "names Command.SEARCH", true},
		{"a test's wrapper, in a test", "app/tests", 0, "flush of conftest", true},
		{"a test's wrapper elsewhere", "app", 0, "flush of conftest", false},
	} {
		if got := newLeads(all, noName, true).leadTo(test.folder+"/a.py", test.evidence, []byte(test.src)); got != test.want {
			t.Errorf("%s: leadTo = %v", test.name, got)
		}
	}
	if hidden := newLeads(all[1:2], noName, true); hidden.concern("app/a.py", 0) || !hidden.concern("store/a.py", 0) {
		t.Error("an unexported name concerns other folders than its own")
	}
	if client := newLeads(all[2:3], noName, true); client.concern("app/a.py", 0) || !client.concern("app/a.py", prefilter.Name) {
		t.Error("a client concerns files without any")
	}
	if handed := newLeads(all[2:3], noName, false); !handed.concern("app/a.py", 0) || !handed.leadTo("app/a.py", 0, []byte("work(conn.client)")) {
		t.Error("a client does not concern files that may hand it on")
	}
	if test := newLeads(all[4:], noName, true); test.concern("app/a.py", 0) || !test.concern("app/test_a.py", 0) {
		t.Error("what a test declares concerns what is none")
	}
	named := newLeads(all[:1], func(text string) bool { return text == "store" }, true)
	if named.concern("app/a.py", prefilter.WeakAPI) || !named.concern("app/a.py", prefilter.Name) {
		t.Error("a lead whose words name a library concerns files that name none")
	}
}
