package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// starts times the first start and the start on what it left, parts and all.
func starts(ctx context.Context, b *bench) ([]Row, error) {
	folder := filepath.Join(b.Folder, "start")
	what, target, limit := "first start with the demo (its own Postgres made, five tenants, 3,000 tickets), to the first answer", "≤ 20 s", 20*time.Second
	args := []string{"--demo"}
	if !b.Scale.Demo {
		what, target, limit, args = "first start without the demo (its own Postgres made), to the first answer", "", 0, nil
	}
	first, err := b.launch(ctx, folder, args, nil)
	if err != nil {
		return nil, err
	}
	first.stop()
	r := Row{What: what, Figure: fmt.Sprintf("%.1f s", first.ready.Seconds()), Met: Compared}
	if limit > 0 {
		r = r.wants(target, first.ready <= limit)
	}
	rows := []Row{r}
	var again []time.Duration
	for range 3 {
		c, err := b.launch(ctx, folder, nil, nil)
		if err != nil {
			return rows, err
		}
		c.stop()
		again = append(again, c.ready)
	}
	ready := middle(again)
	r = Row{What: "start on existing data (its own Postgres started), to the first answer", Figure: fmt.Sprintf("%.1f s", ready.Seconds())}
	return append(rows, r.wants("≤ 2 s", ready <= 2*time.Second)), nil
}
