// Package builtin lists the languages that keyvet reads.
package builtin

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/golang"
	"github.com/keyvet/keyvet/languages/java"
	"github.com/keyvet/keyvet/languages/javascript"
	"github.com/keyvet/keyvet/languages/lua"
	"github.com/keyvet/keyvet/languages/python"
)

// Languages returns all of them, by name.
func Languages() []languages.Language {
	return []languages.Language{
		golang.New(),
		java.New(),
		javascript.New(),
		lua.New(),
		python.New(),
	}
}
