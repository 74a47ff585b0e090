import { Plus } from "lucide-react";
import { useState } from "react";
import { tenantProps } from "../src/look/tenant.ts";
import { Banner } from "../src/ui/Banner.tsx";
import { Button } from "../src/ui/Button.tsx";
import { ChipGroup, RadioGroup } from "../src/ui/Choice.tsx";
import { Field } from "../src/ui/Field.tsx";
import { FileDrop } from "../src/ui/FileDrop.tsx";
import { Input, Textarea } from "../src/ui/Input.tsx";
import { LanguageSwitch } from "../src/ui/LanguageSwitch.tsx";
import { ClientBubble, ClientEvent } from "../src/ui/Message.tsx";
import { StarRating } from "../src/ui/StarRating.tsx";
import { StatusStepper } from "../src/ui/StatusStepper.tsx";
import { TenantTile } from "../src/ui/Tenant.tsx";
import { useWords } from "../src/words/useWords.ts";
import css from "./gallery.module.css";
import { Part } from "./Part.tsx";
import { uploads } from "./Thread.tsx";
import words from "./words.json";
import { inMinutes, lis, oleg } from "./world.ts";

/** In the product the server marks the page with its tenant and sends the tenant's colours as a file. */
export function wearTenant(): void {
  const { style, ...marks } = tenantProps(lis);
  for (const [name, value] of Object.entries(marks)) document.documentElement.setAttribute(name, value);
  for (const [name, value] of Object.entries(style)) document.documentElement.style.setProperty(name, String(value));
}

export function PortalGallery() {
  const t = useWords(words);
  const [score, setScore] = useState<number | null>(5);
  const [kind, setKind] = useState("climate");
  const [reasons, setReasons] = useState<string[]>(["speed", "clarity"]);
  const steps = (["received", "assigned", "inProgress", "resolved", "closed"] as const).map((key, index) => ({
    key,
    name: t(key),
    at: index < 3 ? inMinutes(-60 + index * 5) : null,
  }));
  return (
    <main className={css.page}>
      <div className={css.head}>
        <TenantTile tenant={lis} size={28} />
        <h1>{lis.name}</h1>
        <LanguageSwitch />
      </div>
      <Part name={t("buttons")}>
        <Button kind="primary" size="lg" wide icon={Plus}>
          {t("create")}
        </Button>
        <div className={css.row}>
          <Button>{t("answer")}</Button>
          <Button kind="link">{t("mine")}</Button>
        </div>
        <Banner kind="warn">{t("lost")}</Banner>
      </Part>
      <Part name={t("request")}>
        <StatusStepper steps={steps} step={3} />
        <StatusStepper steps={steps} step={3} waiting />
        <StatusStepper steps={steps} step={5} finished />
      </Part>
      <Part name={t("fields")}>
        <RadioGroup
          label={t("howUrgent")}
          look="cards"
          value={kind}
          onChange={setKind}
          options={[
            { value: "climate", label: t("climate") },
            { value: "feeding", label: t("feeding") },
          ]}
        />
        <Field label={t("subject")} required>
          <Input defaultValue="Датчик CO2 не отвечает" />
        </Field>
        <Field label={t("details")} required error={t("subjectError")}>
          <Textarea />
        </Field>
        <FileDrop uploads={uploads} camera />
      </Part>
      <Part name={t("rate")}>
        <StarRating label={t("rate")} labelHidden value={score} onChange={setScore} size="lg" wordy />
        <ChipGroup
          label={t("liked")}
          value={reasons}
          onChange={setReasons}
          most={3}
          options={(["speed", "courtesy", "clarity", "once"] as const).map((value) => ({ value, label: t(value) }))}
        />
        <Field label={t("commentOptional")}>
          <Textarea />
        </Field>
        <div>
          <Button kind="primary" size="lg">
            {t("sendRating")}
          </Button>
        </div>
      </Part>
      <Part name={t("thread")}>
        <ClientBubble kind="theirs" author={oleg} at={inMinutes(-90)} text="Значит, дело в блоке питания. Приеду сегодня с 14 до 16." />
        <ClientEvent at={inMinutes(-60)}>{t("onSite")}</ClientEvent>
        <ClientBubble
          kind="mine"
          author={null}
          at={inMinutes(-30)}
          text="Спасибо, ждём."
          files={[{ id: "1", name: "Акт.pdf", mime: "application/pdf", size: 217_000, url: "/files/1" }]}
        />
      </Part>
    </main>
  );
}
