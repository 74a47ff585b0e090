package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Upload is a file that has come, or is coming.
type Upload struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Mime   string `json:"mime,omitempty"`
	Size   int64  `json:"size"`
	Offset int64  `json:"offset" doc:"How many bytes have come"`
	SHA256 string `json:"sha256,omitempty" doc:"Of the whole content, once it is there"`
}

type beginUploadIn struct {
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"255"`
		Size   int64  `json:"size" minimum:"0"`
		SHA256 string `json:"sha256,omitempty" maxLength:"64"`
	}
}

type UploadPath struct {
	Upload string `path:"upload" maxLength:"60"`
}

// uploadWithin is how long one file may take to come in one go; what stops
// halfway goes on from its offset.
const uploadWithin = 15 * time.Minute

func uploadView(f *files.File) Upload {
	return Upload{ID: f.ID.String(), Name: f.Name, Mime: f.Mime, Size: f.Size, Offset: f.Offset(), SHA256: f.SHA256()}
}

func (a *App) uploadRoutes(r *Routes, at string, needs ...access.Permission) {
	tag := "Files"
	act(r, "POST "+at, Op{ID: "beginUpload", Tag: tag, Summary: "Announce a file", Needs: needs, Answers: 201, Errors: []desk.Code{desk.FileRefused, desk.TooLarge, desk.LimitReached}},
		func(ctx context.Context, tx tenants.Tx, in *beginUploadIn) (*Upload, error) {
			f, err := a.Files.Begin(ctx, tx, files.Upload{Name: in.Body.Name, Size: in.Body.Size})
			if err != nil {
				return nil, err
			}
			v := uploadView(f)
			return &v, nil
		})
	bytes := "application/octet-stream"
	carry(r, "PUT "+at+"/{upload}/content", Op{ID: "putContent", Tag: tag, Summary: "Send the file's bytes", Needs: needs, Bytes: bytes, Limit: a.config.Upload, Within: uploadWithin, Errors: []desk.Code{desk.FileRefused, desk.UploadOffset, desk.TooLarge}},
		func(ctx context.Context, c Caller, in *UploadPath, body io.Reader, w *Answer) error {
			return a.receive(ctx, c, in, 0, body, w)
		})
	carry(r, "PATCH "+at+"/{upload}/content", Op{ID: "continueContent", Tag: tag, Summary: "Send the bytes from Upload-Offset on", Needs: needs, Bytes: bytes, Limit: a.config.Upload, Within: uploadWithin, Errors: []desk.Code{desk.FileRefused, desk.UploadOffset, desk.TooLarge}},
		func(ctx context.Context, c Caller, in *UploadPath, body io.Reader, w *Answer) error {
			offset, err := strconv.ParseInt(c.call.header("Upload-Offset"), 10, 64)
			if err != nil || offset < 0 {
				return desk.Invalid(desk.FieldError{Pointer: "/header/Upload-Offset", Code: desk.Integer})
			}
			return a.receive(ctx, c, in, offset, body, w)
		})
	carry(r, "HEAD "+at+"/{upload}/content", Op{ID: "readOffset", Tag: tag, Summary: "How far the file has come (Upload-Offset)", Needs: needs},
		func(ctx context.Context, c Caller, in *UploadPath, _ io.Reader, w *Answer) error {
			f, err := a.ownUpload(ctx, a.house.Reader(c.Tenant, c.Actor), in.Upload)
			if err != nil {
				return err
			}
			w.Set("Upload-Offset", strconv.FormatInt(f.Offset(), 10))
			w.Set("Upload-Length", strconv.FormatInt(f.Size, 10))
			w.Status = http.StatusNoContent
			return nil
		})
	act(r, "DELETE "+at+"/{upload}", Op{ID: "dropUpload", Tag: tag, Summary: "Take a file away before it is attached", Needs: needs},
		func(ctx context.Context, tx tenants.Tx, in *UploadPath) (Nothing, error) {
			id, err := fileID(in.Upload)
			if err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.Files.Drop(ctx, tx, id)
		})
}

func (a *App) receive(ctx context.Context, c Caller, in *UploadPath, offset int64, body io.Reader, w *Answer) error {
	id, err := fileID(in.Upload)
	if err != nil {
		return err
	}
	f, err := a.Files.Receive(ctx, c.Tenant, c.Actor, id, offset, body)
	if err != nil {
		return err
	}
	w.Set("Upload-Offset", strconv.FormatInt(f.Offset(), 10))
	v := uploadView(f)
	w.JSON(http.StatusOK, &v)
	return nil
}

// ownUpload finds a file that the actor is sending. Another's does not exist.
func (a *App) ownUpload(ctx context.Context, tx tenants.ReadTx, s string) (*files.File, error) {
	id, err := fileID(s)
	if err != nil {
		return nil, err
	}
	f, err := a.Files.Get(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if f.OwnerKind != files.OwnerUpload || f.CreatedBy != tx.Actor().ID {
		return nil, desk.Missing()
	}
	return f, nil
}

func fileID(s string) (desk.FileID, error) {
	var id desk.FileID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}
