// Package batch sends commands of the core and of modules in batches.
package batch

import (
	"context"
	"time"

	glide "github.com/valkey-io/valkey-glide/go/v2"
	"github.com/valkey-io/valkey-glide/go/v2/options"
	"github.com/valkey-io/valkey-glide/go/v2/pipeline"
	"github.com/valkey-io/valkey-glide/go/v2/servermodules/glidejson"
)

func run(ctx context.Context, client *glide.Client) error {
	batch := pipeline.NewStandaloneBatch(false).HExpire("h", time.Minute, []string{"f"}, options.HExpireOptions{})
	batch.CustomCommand([]string{"VSIM", "v", "ELE", "a"}) // want VSIM
	if _, err := client.Exec(ctx, *batch, true); err != nil {
		return err
	}
	_, err := glidejson.JsonGet(client, ctx, "doc") // want JSON.GET
	return err
}
