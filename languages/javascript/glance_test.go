package javascript

import "testing"

func TestHandsOn(t *testing.T) {
	for src, want := range map[string]bool{
		`export * from "./db"`:                    true,
		`export*from"./db"`:                       true,
		`export * as db from "./db"`:              true,
		`module.exports = require("./db")`:        true,
		`__exportStar(require("./db"), exports);`: true,
		`export { client } from "./db"; a * b`:    false,
		`export const client = 1`:                 false,
		`import { exported } from "./db"`:         false,
	} {
		if got := handsOn([]byte(src)); got != want {
			t.Errorf("handsOn(%q) = %v", src, got)
		}
	}
}
