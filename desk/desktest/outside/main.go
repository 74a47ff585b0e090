// Command outside is what an operator has outside of the product and a test
// machine lacks: an SMTP server with a page of the letters that it took, and a
// file store that speaks S3. It writes their addresses on its output as settings
// of a shell and lives until it is told to end.
//
// Owns: the process.
// Does not own: the mail server (apps/manydesk/embedded/catcher).
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"manydesk/apps/manydesk/embedded/catcher"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "outside:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "manydesk-outside-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	mail, err := catcher.Open(ctx, catcher.Options{Folder: folder, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	store := &http.Server{Handler: gofakes3.New(s3mem.New()).Server(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- store.Serve(l) }()
	fmt.Fprintf(os.Stdout, "SMTP_URL='%s'\nMAIL_PAGE='%s'\nS3_URL='http://key:secret@%s/manydesk?region=us-east-1'\n",
		mail.SMTPURL(), strings.TrimSuffix(mail.PageURL(), "/"), l.Addr())
	select {
	case <-ctx.Done():
	case err = <-ended:
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, store.Shutdown(last), mail.Stop(last))
}
