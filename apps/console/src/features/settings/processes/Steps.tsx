import type { ProcessTask } from "@manydesk/kit/api/route";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus, Trash2 } from "lucide-react";
import editor from "../drafting/Editor.module.css";
import type { RouteNames } from "../routing/useRouteNames.ts";
import css from "./Processes.module.css";
import words from "./words.json";

interface Props {
  tasks: readonly ProcessTask[];
  /** The stage's name, for a screen reader. */
  name: string;
  names: RouteNames;
  error: (pointer: string) => string | undefined;
  onChange: (tasks: ProcessTask[]) => void;
}

/** The tasks that a stage makes when it begins. */
export function Steps({ tasks, name, names, error, onChange }: Props) {
  const t = useWords(words);
  const set = (at: number, part: Partial<ProcessTask>) => onChange(tasks.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <section className={editor.block} aria-label={t("tasks.of", { name })}>
      <h3>
        {t("tasks")} <small>{t("tasks.lead")}</small>
      </h3>
      <ol className={css.steps}>
        {tasks.map((task, at) => {
          const wrong = ["title/ru", "title/en", "group", "person"].flatMap((part) => error(`${at}/${part}`) ?? []);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a task of a template has no other name than its place.
            <li key={at}>
              <div className={css.step}>
                {(["ru", "en"] as const).map((language) => (
                  <Input
                    key={language}
                    size="sm"
                    maxLength={200}
                    aria-label={t(`task.${language}`, { n: at + 1 })}
                    placeholder={t(`task.${language}`, { n: at + 1 })}
                    value={task.title[language] ?? ""}
                    onChange={(event) => set(at, { title: { ...task.title, [language]: event.target.value } })}
                  />
                ))}
                <Select
                  size="sm"
                  aria-label={t("task.group", { n: at + 1 })}
                  value={task.group ?? ""}
                  onChange={(group) => set(at, { group: group || undefined })}
                  options={[{ value: "", label: t("task.group.same") }, ...names.groups]}
                />
                <Select
                  size="sm"
                  aria-label={t("task.person", { n: at + 1 })}
                  value={task.person ?? ""}
                  onChange={(person) => set(at, { person: person || undefined })}
                  options={[{ value: "", label: t("person.none") }, ...names.people]}
                />
                <Checkbox label={t("required")} checked={Boolean(task.required)} onChange={(required) => set(at, { required })} />
                <IconButton
                  size="xs"
                  icon={Trash2}
                  label={t("task.remove", { n: at + 1 })}
                  onClick={() => onChange(tasks.filter((_one, place) => place !== at))}
                />
              </div>
              {wrong.map((one) => (
                <p key={one} className={editor.wrong}>
                  {one}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
      {tasks.length < 30 && (
        <Button size="xs" kind="ghost" icon={Plus} onClick={() => onChange([...tasks, { title: {} }])}>
          {t("task")}
        </Button>
      )}
    </section>
  );
}
