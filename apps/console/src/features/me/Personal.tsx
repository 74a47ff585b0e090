import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useState } from "react";
import { type MeChange, useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import { ZoneInput } from "../../parts/ZoneInput.tsx";
import css from "./Me.module.css";
import words from "./words.json";

/** Name and zone are saved by a button; looks and language take effect at once. */
export function Personal() {
  const t = useWords(words);
  const sentence = useSentence();
  const { user } = useSession();
  const [name, setName] = useState(user.name);
  const [zone, setZone] = useState(user.time_zone);
  const save = useSaveMe();
  const problem = isProblem(save.error) ? save.error : undefined;
  const change = (what: MeChange) => save.mutate(what, { onError: (error) => void toast({ text: sentence(error), kind: "bad" }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { name: name.trim(), time_zone: zone },
      {
        onSuccess: () => void toast({ text: t("saved") }),
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
      },
    );
  };
  return (
    <>
      <form className={css.form} onSubmit={submit}>
        <Field label={t("name")} error={problem?.field("name")} required>
          <Input value={name} autoComplete="name" onChange={(event) => setName(event.target.value)} required />
        </Field>
        <Field label={t("email")}>
          <Input value={user.email} readOnly />
        </Field>
        <Field label={t("zone")} error={problem?.field("time_zone")} required>
          <ZoneInput value={zone} onChange={setZone} />
        </Field>
        <Button type="submit" busy={save.isPending} disabled={name.trim() === user.name && zone === user.time_zone}>
          {t("save")}
        </Button>
      </form>
      <RadioGroup
        label={t("language")}
        look="chips"
        value={user.language}
        onChange={(language) => change({ language })}
        options={[
          { value: "ru", label: "Русский" },
          { value: "en", label: "English" },
        ]}
      />
      <RadioGroup
        label={t("theme")}
        look="chips"
        value={user.prefs.theme ?? "system"}
        onChange={(theme) => change({ prefs: { theme } })}
        options={(["light", "dark", "system"] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
      <RadioGroup
        label={t("density")}
        look="chips"
        value={user.prefs.density ?? "comfort"}
        onChange={(density) => change({ prefs: { density } })}
        options={(["comfort", "compact"] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
      />
    </>
  );
}
