// Package core builds commands of the core that came after the fork.
package core

import (
	"context"

	"github.com/redis/rueidis"
)

func commands(ctx context.Context, client rueidis.Client) error {
	client.Do(ctx, client.B().Hexpire().Key("h").Seconds(60).Fields().Numfields(1).Field("f").Build())
	client.Do(ctx, client.B().Vcard().Key("v").Build())                                     // want VCARD
	return client.Do(ctx, client.B().Arbitrary("VREM").Keys("v").Args("a").Build()).Error() // want VREM
}
