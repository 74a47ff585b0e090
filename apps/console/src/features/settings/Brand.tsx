import type { BrandDraft, MyTenant } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button, ButtonLink } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import css from "./Brand.module.css";
import { BrandPreview } from "./BrandPreview.tsx";
import { type BrandChange, useLogo, usePublishBrand, useSaveBrand } from "./mutations.ts";
import { brandQuery } from "./queries.ts";
import { Loaded, Section } from "./Section.tsx";
import settings from "./Settings.module.css";
import words from "./words.json";

const pause = 500;
const colour = /^#[0-9a-f]{6}$/i;

/** Name, logo and one colour, seen at once in both themes; clients see it after publishing. */
export function Brand({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const sentence = useSentence();
  const draft = useQuery(brandQuery(tenant.slug));
  const publish = usePublishBrand(tenant.slug);
  const may = tenant.abilities.includes("brand.edit");
  const onPublish = () =>
    publish.mutate(undefined, {
      onSuccess: () => void toast({ text: t("brand.published") }),
      onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
    });
  return (
    <Section
      title={t("section.brand")}
      lead={t("brand.lead")}
      action={
        <span className={settings.buttons}>
          <ButtonLink href={tenant.portal_url} target="_blank" rel="noopener" icon={ExternalLink}>
            {t("brand.open")}
          </ButtonLink>
          {may && (
            <Button kind="primary" busy={publish.isPending} onClick={onPublish}>
              {t("brand.publish")}
            </Button>
          )}
        </span>
      }
    >
      <Loaded of={draft}>{draft.data && <Editor tenant={tenant} draft={draft.data} readOnly={!may} />}</Loaded>
    </Section>
  );
}

function Editor({ tenant, draft, readOnly }: { tenant: MyTenant; draft: BrandDraft; readOnly: boolean }) {
  const t = useWords(words);
  const sentence = useSentence();
  const [form, setForm] = useState({
    name: draft.name,
    portal_name: draft.portal_name,
    brand: draft.brand,
    ru: draft.texts.greeting?.ru ?? "",
    en: draft.texts.greeting?.en ?? "",
  });
  const save = useSaveBrand(tenant.slug);
  const logo = useLogo(tenant.slug);
  const file = useRef<HTMLInputElement>(null);
  const waiting = useRef<BrandChange>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { mutate } = save;
  useEffect(() => () => clearTimeout(timer.current), []);
  // Saved half a second after the last key, together.
  const keep = (change: BrandChange) => {
    waiting.current = { ...waiting.current, ...change };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      mutate(waiting.current, { onError: (error) => void toast({ text: sentence(error), kind: "bad" }) });
      waiting.current = {};
    }, pause);
  };
  const setColour = (brand: string) => {
    setForm({ ...form, brand });
    if (colour.test(brand)) keep({ brand: brand.toLowerCase() });
  };
  const setGreeting = (ru: string, en: string) => {
    setForm({ ...form, ru, en });
    keep({ texts: { greeting: { ru, en } } });
  };
  return (
    <div className={css.columns}>
      <fieldset className={settings.form} disabled={readOnly}>
        <Field label={t("brand.name")}>
          <Input
            value={form.name}
            onChange={(event) => {
              setForm({ ...form, name: event.target.value });
              keep({ name: event.target.value });
            }}
          />
        </Field>
        <Field label={t("brand.portal")}>
          <Input
            value={form.portal_name}
            onChange={(event) => {
              setForm({ ...form, portal_name: event.target.value });
              keep({ portal_name: event.target.value });
            }}
          />
        </Field>
        <Field
          label={t("brand.colour")}
          hint={t("brand.colour.hint")}
          error={colour.test(form.brand) ? undefined : t("brand.colour.wrong")}
        >
          <div className={css.colour}>
            <input
              type="color"
              className={css.swatch}
              aria-label={t("brand.colour")}
              value={colour.test(form.brand) ? form.brand : draft.brand}
              onChange={(event) => setColour(event.target.value)}
            />
            <Input value={form.brand} maxLength={7} onChange={(event) => setColour(event.target.value.trim())} />
          </div>
        </Field>
        {draft.guard.changed && (
          <Banner kind="info" live="status">
            {draft.guard.messages.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Banner>
        )}
        <Field label={t("brand.logo")} hint={t("brand.logo.hint")} error={logo.error ? sentence(logo.error) : undefined}>
          <div className={css.logo}>
            {draft.logo_url && <img src={draft.logo_url} alt="" />}
            <input
              ref={file}
              type="file"
              hidden
              accept="image/svg+xml,image/png"
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                if (chosen) logo.mutate(chosen);
                event.target.value = "";
              }}
            />
            <Button busy={logo.isPending} onClick={() => file.current?.click()}>
              {t("brand.logo.pick")}
            </Button>
          </div>
        </Field>
        <Field label={t("brand.greeting.ru")}>
          <Input lang="ru" value={form.ru} onChange={(event) => setGreeting(event.target.value, form.en)} />
        </Field>
        <Field label={t("brand.greeting.en")}>
          <Input lang="en" value={form.en} onChange={(event) => setGreeting(form.ru, event.target.value)} />
        </Field>
        <p className="muted s12">{t("brand.kept")}</p>
      </fieldset>
      <BrandPreview draft={draft} name={form.portal_name || form.name} greeting={form.ru || form.en} />
    </div>
  );
}
