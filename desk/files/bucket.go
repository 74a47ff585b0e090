package files

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is a Store in S3 or what speaks its language.
type Bucket struct {
	client *minio.Client
	name   string
}

// partSize bounds what one upload holds in memory; 10,000 parts make 80 GB.
const partSize = 8 << 20

// NewBucket reads "https://key:secret@host/bucket?region=…" (or http) and makes
// the bucket if it is not there.
func NewBucket(ctx context.Context, address string) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || len(u.Path) < 2 {
		return nil, fmt.Errorf("the address of the file store is not https://key:secret@host/bucket")
	}
	secret, _ := u.User.Password()
	region := u.Query().Get("region")
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(u.User.Username(), secret, ""), Secure: u.Scheme != "http", Region: region,
	})
	if err != nil {
		return nil, fmt.Errorf("reach the file store: %w", err)
	}
	b := &Bucket{client, u.Path[1:]}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	there, err := client.BucketExists(ctx, b.name)
	if err == nil && !there {
		err = client.MakeBucket(ctx, b.name, minio.MakeBucketOptions{Region: region})
	}
	if err != nil {
		return nil, fmt.Errorf("reach the bucket %s: %w", b.name, err)
	}
	return b, nil
}

// Put keeps the bytes; the bucket shows them only when they are whole.
func (b *Bucket) Put(ctx context.Context, key string, r io.Reader) error {
	_, err := b.client.PutObject(ctx, b.name, key, r, -1, minio.PutObjectOptions{
		// Each part is checked by its MD5; chunk signatures are not spoken by every store.
		PartSize: partSize, ContentType: "application/octet-stream", SendContentMd5: true, DisableContentSha256: true,
	})
	if err != nil {
		return fmt.Errorf("put an object: %w", err)
	}
	return nil
}

// Get opens the bytes.
func (b *Bucket) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	return b.open(ctx, key, minio.GetObjectOptions{})
}

// Range opens a part of the bytes.
func (b *Bucket) Range(ctx context.Context, key string, offset, length int64) (io.ReadCloser, error) {
	var o minio.GetObjectOptions
	if err := o.SetRange(offset, offset+length-1); err != nil {
		return nil, fmt.Errorf("ask for a range: %w", err)
	}
	return b.open(ctx, key, o)
}

func (b *Bucket) open(ctx context.Context, key string, o minio.GetObjectOptions) (io.ReadCloser, error) {
	object, _, _, err := minio.Core{Client: b.client}.GetObject(ctx, b.name, key, o)
	if missing(err) {
		return nil, ErrGone
	}
	if err != nil {
		return nil, fmt.Errorf("get an object: %w", err)
	}
	return object, nil
}

// Move copies within the store and forgets the old key. S3 copies up to 5 GB so,
// ten times what one file may be.
func (b *Bucket) Move(ctx context.Context, from, to string) error {
	_, err := b.client.CopyObject(ctx, minio.CopyDestOptions{Bucket: b.name, Object: to}, minio.CopySrcOptions{Bucket: b.name, Object: from})
	if missing(err) {
		return ErrGone
	}
	if err != nil {
		return fmt.Errorf("copy an object: %w", err)
	}
	return b.Remove(ctx, from)
}

// Remove forgets the bytes.
func (b *Bucket) Remove(ctx context.Context, key string) error {
	if err := b.client.RemoveObject(ctx, b.name, key, minio.RemoveObjectOptions{}); err != nil && !missing(err) {
		return fmt.Errorf("remove an object: %w", err)
	}
	return nil
}

// Age looks at when the object was written.
func (b *Bucket) Age(ctx context.Context, key string, now time.Time) (time.Duration, error) {
	info, err := b.client.StatObject(ctx, b.name, key, minio.StatObjectOptions{})
	if missing(err) {
		return 0, ErrGone
	}
	if err != nil {
		return 0, fmt.Errorf("look at an object: %w", err)
	}
	return now.Sub(info.LastModified), nil
}

func missing(err error) bool {
	if err == nil {
		return false
	}
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}
