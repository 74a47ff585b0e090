package api

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"net/http"
	"strings"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// BrandDraft is a look that is not shown to clients yet.
type BrandDraft struct {
	Name       string       `json:"name"`
	Brand      string       `json:"brand" doc:"One colour, #rrggbb; empty is the neutral default"`
	PortalName string       `json:"portal_name"`
	Texts      BrandTexts   `json:"texts"`
	LogoURL    *string      `json:"logo_url"`
	Accents    BrandAccents `json:"accents"`
	Guard      BrandGuard   `json:"guard"`
	Version    int          `json:"version"`
}

// ETag is the draft's version.
func (b *BrandDraft) ETag() string { return versionTag(b.Version) }

// BrandTexts are the tenant's own sentences.
type BrandTexts struct {
	Greeting *Words `json:"greeting,omitempty"`
}

// BrandAccents are the readable colours made of the one.
type BrandAccents struct {
	Light Accent `json:"light"`
	Dark  Accent `json:"dark"`
}

// BrandGuard says what had to be changed for readability.
type BrandGuard struct {
	Changed  bool     `json:"changed"`
	Messages []string `json:"messages"`
}

type brandIn struct {
	IfMatchMaybe
	Body struct {
		Name       Maybe[string] `json:"name,omitzero" doc:"The tenant's own name; takes hold at once"`
		Brand      Maybe[string] `json:"brand,omitzero"`
		PortalName Maybe[string] `json:"portal_name,omitzero"`
		Texts      *BrandTexts   `json:"texts,omitempty"`
	}
}

type logoIn struct {
	Dark bool `query:"dark"`
}

const largestLogo = 1 << 20

// notices are what the contrast guard says, in both languages.
var notices = map[tenants.Notice][2]string{
	tenants.SolidMoved:    {"Цвет кнопок изменён: на нём не читался текст.", "The button colour was changed: text on it could not be read."},
	tenants.TextDarkened:  {"Цвет текста затемнён для читаемости.", "The text colour was darkened to be readable."},
	tenants.TextLightened: {"В тёмной теме цвет текста осветлён для читаемости.", "In the dark theme the text colour was lightened to be readable."},
	tenants.StripMoved:    {"Цвет полосы затемнён: на белом её не было видно.", "The strip was darkened: on white it could not be seen."},
}

func (a *App) brandRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/brand"
	edit := []access.Permission{access.BrandEdit}
	view(r, "GET "+at+"/draft", Op{ID: "readBrandDraft", Tag: "Brand", Summary: "The look being made", Needs: edit},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*BrandDraft, error) {
			return brandDraft(ctx, tx)
		})
	flow(r, "PATCH "+at+"/draft", Op{ID: "changeBrandDraft", Tag: "Brand", Summary: "Change the look being made", Needs: edit},
		func(ctx context.Context, c Caller, in *brandIn) (*BrandDraft, error) {
			return a.changeBrand(ctx, c, in)
		})
	flow(r, "POST "+at+"/publications", Op{ID: "publishBrand", Tag: "Brand", Summary: "Show the look to clients", Needs: edit, Answers: 201},
		func(ctx context.Context, c Caller, _ *noInput) (*madeTenant, error) { return a.publishBrand(ctx, c) })
	carry(r, "PUT "+at+"/logo", Op{ID: "putLogo", Tag: "Brand", Summary: "Put a logo into the draft: SVG or PNG", Needs: edit, Bytes: "application/octet-stream", Limit: largestLogo, Errors: []desk.Code{desk.FileRefused, desk.TooLarge}}, a.putLogo)
	carry(r, "GET "+at+"/logo", Op{ID: "readDraftLogo", Tag: "Brand", Summary: "The draft's logo", Needs: edit, Bytes: "image/*"},
		func(ctx context.Context, c Caller, in *logoIn, _ io.Reader, w *Answer) error {
			spec, _, err := brandNow(ctx, a.house.Reader(c.Tenant, c.Actor))
			if err != nil {
				return err
			}
			key := spec.Logo
			if in.Dark && spec.LogoDark != "" {
				key = spec.LogoDark
			}
			return a.sendLogo(ctx, c.Tenant, key, w)
		})
}

// brandNow is the open draft, or what is published, or nothing yet.
func brandNow(ctx context.Context, tx tenants.ReadTx) (settings.Brand, int, error) {
	d, err := settings.Brands.Open(ctx, tx, settings.Main)
	if err == nil {
		return d.Spec, d.Version, nil
	}
	if !desk.Is(err, desk.NotFound) {
		return settings.Brand{}, 0, err
	}
	live, err := settings.Brands.Live(ctx, tx, settings.Main)
	if desk.Is(err, desk.NotFound) {
		return settings.Brand{}, 0, nil
	}
	return live.Spec, live.Version, err
}

func brandDraft(ctx context.Context, tx tenants.ReadTx) (*BrandDraft, error) {
	spec, version, err := brandNow(ctx, tx)
	if err != nil {
		return nil, err
	}
	v := &BrandDraft{Name: tx.Tenant().Name, Brand: spec.Color, PortalName: spec.PortalName, Version: version, Accents: BrandAccents{neutralLight, neutralDark}}
	if g := spec.Texts.Greeting; g.RU != "" || g.EN != "" {
		v.Texts.Greeting = &Words{g.RU, g.EN}
	}
	if spec.Logo != "" {
		url := "/v1/tenants/" + tx.Tenant().Slug + "/brand/logo?v=" + cut(spec.Logo, 12)
		v.LogoURL = &url
	}
	if tenants.IsColour(spec.Color) {
		light, dark, said := tenants.Readable(spec.Color)
		v.Accents = BrandAccents{Accent(light), Accent(dark)}
		for _, n := range said {
			v.Guard.Messages = append(v.Guard.Messages, say(tx.Actor().Language, notices[n]))
		}
		v.Guard.Changed = len(said) > 0
	}
	return v, nil
}

func (a *App) changeBrand(ctx context.Context, c Caller, in *brandIn) (v *BrandDraft, err error) {
	if colour := in.Body.Brand.ptr(); colour != nil && *colour != "" && !tenants.IsColour(*colour) {
		return nil, desk.Invalid(desk.Field("brand", desk.Pattern, "pattern", "#rrggbb"))
	}
	err = a.house.Both(ctx, c.Tenant, c.Actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		spec, version, err := brandNow(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		if in.Version() != 0 && in.Version() != version {
			return desk.Refuse(desk.ChangedMeanwhile).With("current", version)
		}
		if name := in.Body.Name.ptr(); name != nil && *name != tx.Tenant().Name {
			if err := shared.Rename(ctx, tx.Tenant().ID, strings.TrimSpace(*name)); err != nil {
				return err
			}
		}
		spec.Color = in.Body.Brand.Or(spec.Color)
		spec.PortalName = in.Body.PortalName.Or(spec.PortalName)
		if in.Body.Texts != nil && in.Body.Texts.Greeting != nil {
			spec.Texts.Greeting = settings.Words(*in.Body.Texts.Greeting)
		}
		return a.draftBrand(ctx, tx, spec)
	})
	if err != nil {
		return nil, err
	}
	t, err := a.house.BySlug(ctx, c.Tenant.Slug)
	if err != nil {
		return nil, err
	}
	return brandDraft(ctx, a.house.Reader(t, c.Actor))
}

func (a *App) draftBrand(ctx context.Context, tx tenants.Tx, spec settings.Brand) error {
	if err := a.Guard.Check(ctx, tx.ReadTx, access.BrandEdit, anyObject); err != nil {
		return err
	}
	_, err := settings.Brands.Draft(ctx, tx, settings.Draft[settings.Brand]{Key: settings.Main, Spec: spec})
	return err
}

// publishBrand makes the draft what clients see: the setting and, in the same
// unit, the tenant's colours in the registry.
func (a *App) publishBrand(ctx context.Context, c Caller) (*madeTenant, error) {
	err := a.house.Both(ctx, c.Tenant, c.Actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		spec, _, err := brandNow(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		base := 0
		live, err := settings.Brands.Live(ctx, tx.Committed(), settings.Main)
		switch {
		case err == nil:
			base = live.Version
		case !desk.Is(err, desk.NotFound):
			return err
		}
		change := settings.Change[settings.Brand]{Draft: settings.Draft[settings.Brand]{Key: settings.Main, Spec: spec}, Base: base}
		if _, err := settings.Edit(ctx, a.Editor, tx, settings.Brands, change); err != nil {
			return err
		}
		look := tenants.Look{Brand: spec.Color, Logo: spec.Logo}
		if tenants.IsColour(spec.Color) {
			look.Light, look.Dark, _ = tenants.Readable(spec.Color)
		}
		_, err = shared.Dress(ctx, tx.Tenant().ID, look)
		return err
	})
	if err != nil {
		return nil, err
	}
	t, err := a.house.BySlug(ctx, c.Tenant.Slug)
	if err != nil {
		return nil, err
	}
	return &madeTenant{a.tenantView(t)}, nil
}

// putLogo keeps a picture and names it in the draft. A drawing is written anew
// from what is allowed in one.
func (a *App) putLogo(ctx context.Context, c Caller, in *logoIn, body io.Reader, w *Answer) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	ending := ".png"
	if !bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")) {
		ending = ".svg"
		if raw, err = cleanSVG(raw); err != nil {
			return err
		}
	}
	content, err := a.Files.Keep(ctx, c.Tenant, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	key := hex.EncodeToString(content.Hash) + ending
	err = a.house.Do(ctx, c.Tenant, c.Actor, func(ctx context.Context, tx tenants.Tx) error {
		spec, _, err := brandNow(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		if in.Dark {
			spec.LogoDark = key
		} else {
			spec.Logo = key
		}
		return a.draftBrand(ctx, tx, spec)
	})
	if err != nil {
		return err
	}
	v, err := brandDraft(ctx, a.house.Reader(c.Tenant, c.Actor))
	if err != nil {
		return err
	}
	w.JSON(http.StatusOK, v)
	return nil
}

// sendLogo sends a picture so that it can be nothing but a picture.
func (a *App) sendLogo(ctx context.Context, t tenants.Tenant, key string, w *Answer) error {
	hash, svg := strings.CutSuffix(key, ".svg")
	hash = strings.TrimSuffix(hash, ".png")
	if hash == "" || a.Files == nil {
		return desk.Missing()
	}
	body, err := a.Files.ByHash(ctx, t, hash)
	if err != nil {
		return desk.Missing().Because(err)
	}
	raw, err := io.ReadAll(io.LimitReader(body, largestLogo))
	if err := bodyClosed(body, err); err != nil {
		return err
	}
	w.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	mime := "image/png"
	if svg {
		mime = "image/svg+xml"
	}
	w.whole(mime, raw)
	return nil
}

func bodyClosed(body io.Closer, err error) error {
	if closing := body.Close(); err == nil {
		err = closing
	}
	return err
}
