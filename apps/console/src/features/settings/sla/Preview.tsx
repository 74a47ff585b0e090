import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { DeadlinePreview } from "@manydesk/kit/api/sla";
import { ownZone, sameTime, zoneName } from "@manydesk/kit/clock/zones";
import { Combobox } from "@manydesk/kit/ui/Combobox";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Input } from "@manydesk/kit/ui/Input";
import { usePriorityName } from "@manydesk/kit/ui/Priority";
import { type Option, Select } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useCallback, useState } from "react";
import { channelIcons } from "../../../parts/channels.ts";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import { previewQuery } from "./calls.ts";
import { Lanes } from "./Lanes.tsx";
import { addends } from "./lanes.ts";
import css from "./Sla.module.css";
import words from "./words.json";

const channels = ["mail", "portal", "phone", "api", "form"] as const;

/** What a ticket made at a moment would be promised, by the same reckoning as for a real one. */
export function Preview({ tenant, saved }: { tenant: string; saved: string }) {
  const t = useWords(words);
  const priorityName = usePriorityName();
  const { data: desk } = useQuery(deskQuery(tenant));
  const [at, setAt] = useState("");
  const [type, setType] = useState("");
  const [priority, setPriority] = useState("2");
  const [channel, setChannel] = useState("");
  const [contact, setContact] = useState<Option | null>(null);
  const input = {
    at: at ? new Date(at).toISOString() : undefined,
    type: type || undefined,
    priority: Number(priority),
    contact: contact?.value,
    channel: channel || undefined,
  };
  const preview = useQuery(previewQuery(tenant, input, saved));
  const load = useCallback(
    async (query: string, signal: AbortSignal) => {
      const found = await take(agent.GET("/v1/tenants/{tenant}/contacts", { params: { path: { tenant }, query: { q: query } }, signal }));
      return found.items.map((one) => ({ value: one.id, label: one.name, hint: one.company ?? undefined }));
    },
    [tenant],
  );
  const types = [
    { value: "", label: t("preview.anyType") },
    ...(desk?.settings.types ?? []).map((one) => ({ value: one.key, label: one.name })),
  ];
  return (
    <>
      <section aria-label={t("preview")}>
        <h2>
          {t("preview")} <small>{t("preview.same")}</small>
        </h2>
        <div className={css.inputs}>
          <div>
            <span aria-hidden="true">{t("preview.at")}</span>
            <Input
              size="sm"
              type="datetime-local"
              aria-label={t("preview.at")}
              value={at}
              onChange={(event) => setAt(event.target.value)}
            />
          </div>
          <div>
            <span aria-hidden="true">{t("preview.type")}</span>
            <Select size="sm" aria-label={t("preview.type")} value={type} onChange={setType} options={types} />
          </div>
          <div>
            <span aria-hidden="true">{t("priority")}</span>
            <Select
              size="sm"
              aria-label={t("priority")}
              value={priority}
              onChange={setPriority}
              options={([1, 2, 3, 4] as const).map((n) => ({ value: String(n), label: `P${n}`, hint: priorityName(n) }))}
            />
          </div>
          <div>
            <span aria-hidden="true">{t("preview.channel")}</span>
            <Select
              size="sm"
              aria-label={t("preview.channel")}
              value={channel}
              onChange={setChannel}
              options={[
                { value: "", label: t("preview.anyType") },
                ...channels.map((one) => ({ value: one, label: t(`channel.${one}`), mark: <Icon of={channelIcons[one]} size={12} /> })),
              ]}
            />
          </div>
          <div>
            <span aria-hidden="true">{t("preview.contact")}</span>
            <Combobox
              size="sm"
              aria-label={t("preview.contact")}
              value={contact}
              onChange={setContact}
              load={load}
              placeholder={t("preview.anyone")}
            />
          </div>
        </div>
        {preview.data ? (
          <Answer preview={preview.data} />
        ) : preview.error ? (
          <Refusal error={preview.error} onRetry={() => preview.refetch()} busy={preview.isFetching} />
        ) : (
          <Skeleton lines={4} />
        )}
      </section>
      {preview.data && <Because preview={preview.data} priority={priority} />}
    </>
  );
}

function Answer({ preview }: { preview: DeadlinePreview }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const clockName = useClockName();
  const main = mainOf(preview);
  const { calendar } = preview;
  if (!main || !calendar) {
    return (
      <p className={css.nothing} role="status">
        {t("preview.none")}
      </p>
    );
  }
  const zone = calendar.time_zone;
  const due = new Date(main.due_at);
  const named = (at: string, long: boolean) =>
    `${weekday(at, zone, language)} ${f.moment(at, new Date(preview.at), zone)}${long ? ` ${zoneName(zone, new Date(at), language)}` : ""}`;
  const sum = addends(main.segments);
  return (
    <>
      <dl className={css.out} aria-live="polite">
        {preview.clocks
          .filter((clock) => clock.kind !== "next_response")
          .map((clock) => (
            <div key={clock.kind}>
              <dt>{clockName(clock.kind)}</dt>
              <dd>{named(clock.due_at, clock === main)}</dd>
            </div>
          ))}
      </dl>
      {!sameTime(zone, ownZone(), due) && (
        <p className={css.mine}>
          {t("preview.mine", {
            at: `${weekday(main.due_at, ownZone(), language)} ${f.moment(main.due_at, new Date(preview.at))}`,
            zone: ownZone(),
          })}
        </p>
      )}
      <Lanes segments={main.segments} zone={zone} />
      <p className={css.sum}>
        {sum.length > 1 &&
          `${
            sum.length > 5
              ? `${sum
                  .slice(0, 4)
                  .map((s) => f.duration(s, { hours: true }))
                  .join(" + ")} + …`
              : sum.map((s) => f.duration(s, { hours: true })).join(" + ")
          } = `}
        {f.duration(main.target_seconds, { hours: true })}
        {main.segments.some((one) => one.kind === "closed") && `, ${t("preview.closed")}`}
      </p>
    </>
  );
}

function Because({ preview, priority }: { preview: DeadlinePreview; priority: string }) {
  const t = useWords(words);
  const f = useFormats();
  const main = mainOf(preview);
  const { calendar } = preview;
  return (
    <section aria-label={t("because")}>
      <h2>{t("because")}</h2>
      <ul className={css.because}>
        {main && calendar && (
          <li className={css.yes}>
            <Icon of={Check} />
            <span>
              {t("because.target", {
                n: priority,
                time: f.duration(main.target_seconds, { hours: !calendar.always }),
                name: calendar.name,
              })}
            </span>
          </li>
        )}
        {calendar?.customers && (
          <li className={css.yes}>
            <Icon of={Check} />
            <span>{t("because.own", { name: calendar.name })}</span>
          </li>
        )}
        {preview.tried.map((one) => (
          <li key={`${one.kind}${one.key}`} className={one.matched ? css.yes : undefined}>
            <Icon of={one.matched ? Check : X} />
            <span>
              {t(`because.${one.kind}`, { name: one.name })}
              {saying(one) && `: ${saying(one)}`}
              <span className="vh">, {one.matched ? t("because.fits") : t("because.not")}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function mainOf({ clocks }: DeadlinePreview): DeadlinePreview["clocks"][number] | undefined {
  return clocks.find((clock) => clock.kind === "resolution") ?? clocks.at(-1);
}

/** The condition that decided, with what was found instead. */
function saying({ matched, sentences }: DeadlinePreview["tried"][number]): string {
  const decisive = matched ? sentences.filter((one) => one.matched) : sentences.filter((one) => !one.matched);
  return decisive.map((one) => (one.actual === null || one.matched ? one.text : `${one.text} — ${one.actual}`)).join(", ");
}

const days = new Map<string, Intl.DateTimeFormat>();

export function weekday(at: string | Date, zone: string, language: "ru" | "en"): string {
  const key = zone + language;
  let format = days.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { weekday: "short", timeZone: zone });
    days.set(key, format);
  }
  return format.format(new Date(at)).toLowerCase();
}
