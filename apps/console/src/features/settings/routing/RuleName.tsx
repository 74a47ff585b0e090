import type { Words } from "@manydesk/kit/api/sla";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Popover } from "@manydesk/kit/ui/Popover";
import { useWords } from "@manydesk/kit/words/useWords";
import { Pencil } from "lucide-react";
import css from "./Routing.module.css";
import words from "./words.json";

/** What a rule is called, in both languages. */
export function RuleName({ name, onChange }: { name: Words; onChange: (name: Words) => void }) {
  const t = useWords(words);
  return (
    <Popover label={t("name")} button={<IconButton size="xs" icon={Pencil} label={t("name")} />}>
      {(close) => (
        <form
          className={css.naming}
          onSubmit={(event) => {
            event.preventDefault();
            close();
          }}
        >
          {(["ru", "en"] as const).map((language) => (
            <Field key={language} label={t(`name.${language}`)}>
              <Input value={name[language] ?? ""} onChange={(event) => onChange({ ...name, [language]: event.target.value })} />
            </Field>
          ))}
          <Button type="submit" kind="primary">
            {t("done")}
          </Button>
        </form>
      )}
    </Popover>
  );
}
