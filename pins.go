//go:build pins

package pins

import (
	_ "github.com/alicebob/miniredis/v2"
	_ "github.com/casbin/casbin/v2"
	_ "github.com/danielgtaylor/huma/v2"
	_ "github.com/emersion/go-imap/v2"
	_ "github.com/emersion/go-msgauth/dkim"
	_ "github.com/emersion/go-smtp"
	_ "github.com/gabriel-vasile/mimetype"
	_ "github.com/gofiber/fiber/v2"
	_ "github.com/hibiken/asynq"
	_ "github.com/jackc/pgx/v5"
	_ "github.com/jhillyerd/enmime/v2"
	_ "github.com/johannesboyne/gofakes3"
	_ "github.com/meilisearch/meilisearch-go"
	_ "github.com/microcosm-cc/bluemonday"
	_ "github.com/minio/minio-go/v7"
	_ "github.com/pquerna/otp"
	_ "github.com/prometheus/client_golang/prometheus"
	_ "github.com/redis/go-redis/v9"
	_ "github.com/stripe/stripe-go/v76"
	_ "github.com/uptrace/bun"
	_ "github.com/uptrace/bun/dialect/pgdialect"
	_ "github.com/wneessen/go-mail"
	_ "go.uber.org/goleak"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/text"
	_ "golang.org/x/time/rate"
	_ "pgregory.net/rapid"
)
