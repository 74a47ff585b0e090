import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { forgetDrafts } from "@manydesk/kit/drafts/drafts";
import { cx } from "@manydesk/kit/look/cx";
import type { Theme } from "@manydesk/kit/look/theme";
import { toast } from "@manydesk/kit/look/toast";
import { Icon } from "@manydesk/kit/ui/Icon";
import { setLanguage, useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, LogOut } from "lucide-react";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import { useSpeak } from "../../parts/Languages.tsx";
import page from "../../parts/page.module.css";
import { keys, useMe, useSite, useTenant } from "../../parts/portal.ts";
import { chooseTheme, chosenTheme } from "../../parts/theme.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { Password } from "./Password.tsx";
import words from "./words.json";

/** Who the client is to us: the name, the language, the zone, the password, the way out. */
export default function Me() {
  const t = useWords(words);
  const me = useMe();
  useTitle(t("title"));
  return (
    <main id="content" className={page.main} tabIndex={-1}>
      <div className={cx(page.narrow, page.stack)}>
        <h1 className={page.h1}>{t("title")}</h1>
        <Person />
        <Choices />
        <Password />
        <SignOut user={me.id} />
      </div>
    </main>
  );
}

function Person() {
  const t = useWords(words);
  const me = useMe();
  const path = useTenant();
  const cache = useQueryClient();
  const [name, setName] = useState(me.name);
  const [missed, setMissed] = useState(false);
  const save = useMutation({
    mutationFn: () => take(portal.PATCH("/v1/portal/{tenant}/me", { params: { path }, body: { name: name.trim() } })),
    onSuccess: (session) => {
      cache.setQueryData(keys.session(), session);
      toast({ text: t("saved"), key: "me" });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) setMissed(true);
    else if (!save.isPending) save.mutate();
  };
  const wrong = missed && !name.trim();
  return (
    <form className={cx(page.card, page.pad, page.stack)} onSubmit={send} noValidate>
      <div className={page.f}>
        <label className={page.label} htmlFor="me-name">
          {t("name")}
        </label>
        <input
          id="me-name"
          className={page.in}
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? "me-name-error" : undefined}
        />
        {wrong && (
          <p id="me-name-error" className={page.bad} role="alert">
            {t("needName")}
          </p>
        )}
      </div>
      <dl className={page.facts}>
        <div>
          <dt>{t("email")}</dt>
          <dd>{me.email}</dd>
        </div>
        {me.company && (
          <div>
            <dt>{t("company")}</dt>
            <dd>{me.company}</dd>
          </div>
        )}
      </dl>
      <Refusal error={save.error} />
      <div>
        <button type="submit" className={page.btn} aria-busy={save.isPending || undefined} disabled={name === me.name}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

/** What is saved at once. */
function Choices() {
  const t = useWords(words);
  const me = useMe();
  const path = useTenant();
  const cache = useQueryClient();
  const { tenant } = useSite();
  const language = useLanguage();
  const speak = useSpeak();
  const [theme, setTheme] = useState<Theme>(chosenTheme());
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf("timeZone");
  const zone = useMutation({
    mutationFn: (time_zone: string) => take(portal.PATCH("/v1/portal/{tenant}/me", { params: { path }, body: { time_zone } })),
    onSuccess: (session) => {
      cache.setQueryData(keys.session(), session);
      toast({ text: t("saved"), key: "me" });
    },
  });
  return (
    <section className={cx(page.card, page.pad, page.stack)}>
      {tenant.languages.length > 1 && (
        <Chooser
          label={t("language")}
          value={language}
          onChange={(one) => {
            setLanguage(one === "en" ? "en" : "ru");
            void speak(one === "en" ? "en" : "ru");
          }}
        >
          {tenant.languages.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </Chooser>
      )}
      <Chooser label={t("zone")} value={me.time_zone ?? ""} onChange={(one) => zone.mutate(one)}>
        <option value="">{t("zoneOwn", { zone: own })}</option>
        {zones.map((one) => (
          <option key={one} value={one}>
            {one.replaceAll("_", " ")}
          </option>
        ))}
      </Chooser>
      <Refusal error={zone.error} />
      <Chooser
        label={t("theme")}
        value={theme}
        onChange={(one) => {
          setTheme(one as Theme);
          chooseTheme(one as Theme);
        }}
      >
        <option value="system">{t("system")}</option>
        <option value="light">{t("light")}</option>
        <option value="dark">{t("dark")}</option>
      </Chooser>
    </section>
  );
}

function Chooser({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className={page.f}>
      <label className={page.label} htmlFor={id}>
        {label}
      </label>
      <div className={page.sel}>
        <select id={id} className={page.in} value={value} onChange={(event) => onChange(event.target.value)}>
          {children}
        </select>
        <Icon of={ChevronDown} size={20} />
      </div>
    </div>
  );
}

function SignOut({ user }: { user: string }) {
  const t = useWords(words);
  const path = useTenant();
  const cache = useQueryClient();
  const leave = useMutation({
    mutationFn: () => take(portal.DELETE("/v1/portal/{tenant}/session", { params: { path } })),
    onSuccess: async () => {
      await forgetDrafts(user).catch(() => {});
      cache.setQueryData(keys.session(), null);
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "site" });
    },
  });
  return (
    <div className={page.f}>
      <Refusal error={leave.error} />
      <div>
        <button
          type="button"
          className={page.btn}
          aria-busy={leave.isPending || undefined}
          onClick={() => leave.isPending || leave.mutate()}
        >
          <Icon of={LogOut} size={20} />
          {t("signOut")}
        </button>
      </div>
    </div>
  );
}
