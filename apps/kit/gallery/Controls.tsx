import { Bell, Inbox, Mail, Phone, Sprout, ThermometerSun, Trash2, WheatOff } from "lucide-react";
import { useState } from "react";
import { Problem } from "../src/api/problem.ts";
import { Avatar } from "../src/ui/Avatar.tsx";
import { Badge } from "../src/ui/Badge.tsx";
import { Banner } from "../src/ui/Banner.tsx";
import { Button, IconButton } from "../src/ui/Button.tsx";
import { Checkbox, ChipGroup, RadioGroup, Switch } from "../src/ui/Choice.tsx";
import { Combobox, MultiCombobox } from "../src/ui/Combobox.tsx";
import { DateTimeField } from "../src/ui/DateTimeField.tsx";
import { EmptyState } from "../src/ui/EmptyState.tsx";
import { ErrorCard } from "../src/ui/ErrorCard.tsx";
import { Field } from "../src/ui/Field.tsx";
import { FileChip } from "../src/ui/FileChip.tsx";
import { Input, SearchInput, Textarea } from "../src/ui/Input.tsx";
import { LoadMore } from "../src/ui/LoadMore.tsx";
import { NewEventsPill } from "../src/ui/NewEventsPill.tsx";
import { PriorityBars, usePriorityName } from "../src/ui/Priority.tsx";
import { ScopeSwitcher } from "../src/ui/ScopeSwitcher.tsx";
import { type Option, Select } from "../src/ui/Select.tsx";
import { Skeleton } from "../src/ui/Skeleton.tsx";
import { SlaChip } from "../src/ui/SlaChip.tsx";
import { StarRating, Stars } from "../src/ui/StarRating.tsx";
import { type Category, StatusLabel, StatusRing } from "../src/ui/Status.tsx";
import { StepBar } from "../src/ui/StatusStepper.tsx";
import { TenantBadge, TenantTile } from "../src/ui/Tenant.tsx";
import { useWords } from "../src/words/useWords.ts";
import css from "./gallery.module.css";
import { Part } from "./Part.tsx";
import words from "./words.json";
import { clocks, maria, oleg, tenants } from "./world.ts";

const none = (): void => {};

export function Buttons() {
  const t = useWords(words);
  const [scope, setScope] = useState("all");
  return (
    <Part name={t("buttons")}>
      <div className={css.row}>
        <Button kind="primary" keys="KeyN">
          {t("next")}
        </Button>
        <Button keys="KeyR">{t("answer")}</Button>
        <Button icon={Phone} keys="KeyC">
          {t("call")}
        </Button>
        <Button kind="ghost" keys="KeyW">
          {t("why")}
        </Button>
        <Button kind="danger" icon={Trash2}>
          {t("remove")}
        </Button>
        <Button kind="link">{t("history")}</Button>
        <Button kind="note">{t("noteVerb")}</Button>
        <Button size="xs">{t("noteVerb")}</Button>
        <Button size="md">{t("noteVerb")}</Button>
        <Button busy>{t("answer")}</Button>
        <Button disabled>{t("answer")}</Button>
        <IconButton icon={Bell} label={t("notices")} />
        <ScopeSwitcher tenants={tenants} scope={scope} onChange={setScope} />
      </div>
    </Part>
  );
}

export function Fields() {
  const t = useWords(words);
  const priorityName = usePriorityName();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<Category>("in_progress");
  const [priority, setPriority] = useState("2");
  const [until, setUntil] = useState("");
  const people: Option[] = [maria, oleg].map((p) => ({ value: p.initials, label: p.name, mark: <Avatar person={p} mute /> }));
  const [who, setWho] = useState<Option | null>(people[0] ?? null);
  const [tags, setTags] = useState<Option[]>([{ value: "vip", label: "VIP" }]);
  const [search, setSearch] = useState("");
  const statuses: Option<Category>[] = [
    { value: "open", label: t("open"), mark: <StatusRing category="open" /> },
    { value: "in_progress", label: t("inProgress"), mark: <StatusRing category="in_progress" /> },
    { value: "pending", label: t("pending"), mark: <StatusRing category="pending" /> },
    { value: "resolved", label: t("resolved"), mark: <StatusRing category="resolved" /> },
  ];
  return (
    <Part name={t("fields")}>
      <SearchInput value={search} onChange={setSearch} keys="Slash" placeholder={t("searchAll")} aria-label={t("searchAll")} />
      <div className={css.two}>
        <Field label={t("subject")} hint={t("subjectHint")} required>
          <Input value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Field label={t("subject")} error={t("subjectError")} required>
          <Input defaultValue="" />
        </Field>
        <Field label={t("details")}>
          <Textarea />
        </Field>
        <Field label={t("status")}>
          <Select value={status} onChange={setStatus} options={statuses} />
        </Field>
        <Field label={t("assignee")}>
          <Combobox value={who} onChange={setWho} options={people} />
        </Field>
        <Field label={t("tags")}>
          <MultiCombobox
            value={tags}
            onChange={setTags}
            options={[{ value: "pos", label: "ККТ" }]}
            create={(label) => ({ value: label, label })}
          />
        </Field>
        <Field label={t("until")}>
          <DateTimeField value={until} onChange={setUntil} />
        </Field>
        <div className={css.row}>
          <Select look="button" aria-label={t("status")} value={status} onChange={setStatus} options={statuses} />
          <Select
            look="button"
            aria-label={t("priority")}
            value={priority}
            onChange={setPriority}
            options={([1, 2, 3, 4] as const).map((p) => ({
              value: String(p),
              label: priorityName(p),
              mark: <PriorityBars priority={p} wordless />,
            }))}
          />
        </div>
      </div>
    </Part>
  );
}

export function Choices() {
  const t = useWords(words);
  const [on, setOn] = useState(true);
  const [kind, setKind] = useState("climate");
  const [score, setScore] = useState<number | null>(4);
  const [reasons, setReasons] = useState<string[]>(["speed"]);
  const kinds = [
    { value: "climate", label: t("climate"), icon: ThermometerSun },
    { value: "feeding", label: t("feeding"), icon: WheatOff },
    { value: "programs", label: t("programs"), icon: Sprout },
  ];
  return (
    <Part name={t("choices")}>
      <div className={css.row}>
        <Checkbox checked={on} onChange={setOn} label={t("notify")} hint={t("subjectHint")} />
        <Checkbox checked={false} partly onChange={none} aria-label={t("selectRow")} />
        <Switch checked={on} onChange={setOn} label={t("singleKeys")} />
      </div>
      <RadioGroup label={t("howUrgent")} value={kind} onChange={setKind} options={kinds} look="cards" />
      <RadioGroup label={t("status")} value={kind} onChange={setKind} options={kinds.map(({ value, label }) => ({ value, label }))} />
      <StarRating label={t("rate")} value={score} onChange={setScore} wordy />
      <ChipGroup
        label={t("liked")}
        value={reasons}
        onChange={setReasons}
        most={3}
        options={[
          { value: "speed", label: t("speed") },
          { value: "courtesy", label: t("courtesy") },
          { value: "clarity", label: t("clarity") },
          { value: "once", label: t("once") },
        ]}
      />
    </Part>
  );
}

export function Marks() {
  const t = useWords(words);
  return (
    <Part name={t("marks")}>
      <div className={css.row}>
        {tenants.map((tenant) => (
          <span key={tenant.slug} className={css.row}>
            <TenantTile tenant={tenant} />
            <TenantTile tenant={tenant} size={28} />
            <TenantBadge tenant={tenant} />
          </span>
        ))}
      </div>
      <div className={css.row}>
        {clocks().map((clock) => (
          <SlaChip key={clock.due_at} clock={clock} />
        ))}
        {clocks().map((clock) => (
          <SlaChip key={clock.due_at} clock={clock} look="long" size="lg" />
        ))}
      </div>
      <div className={css.row}>
        {([1, 2, 3, 4] as const).map((p) => (
          <PriorityBars key={p} priority={p} />
        ))}
        <StatusLabel status={{ name: t("open"), category: "open" }} />
        <StatusLabel status={{ name: t("inProgress"), category: "in_progress" }} />
        <StatusLabel status={{ name: t("pending"), category: "pending" }} />
        <StatusLabel status={{ name: t("resolved"), category: "resolved" }} />
        <StatusLabel status={{ name: t("closed"), category: "closed" }} />
        <StepBar step={3} waiting />
        <Stars score={4} />
      </div>
      <div className={css.row}>
        <Avatar person={oleg} presence="viewing" />
        <Avatar person={maria} me presence="typing" />
        <Avatar person={null} />
        <Avatar person={oleg} size={28} presence="away" />
        <Avatar person={maria} size={36} />
        {(["calm", "box", "grey", "ok", "info", "warn", "danger", "note"] as const).map((tone) => (
          <Badge key={tone} tone={tone} icon={Mail}>
            {tone}
          </Badge>
        ))}
        <FileChip file={{ name: "kkt-20261123.log", mime: "text/plain", size: 86_000, url: "/files/1" }} />
        <FileChip file={{ name: "setup.exe", mime: "application/x-msdownload", size: 86_000, refused: "type" }} />
      </div>
    </Part>
  );
}

export function Notices() {
  const t = useWords(words);
  const problem = new Problem({ title: "Ошибка у нас, номер k3v9q2m7xd.", code: "internal", request_id: "k3v9q2m7xd" }, 500);
  return (
    <Part name={t("notices")}>
      {(["info", "ok", "warn", "danger", "note"] as const).map((kind) => (
        <Banner key={kind} kind={kind} onClose={none} actions={<Button size="xs">{t("why")}</Button>}>
          {t("lost")}
        </Banner>
      ))}
      <div className={css.two}>
        <ErrorCard error={problem} onRetry={none} />
        <EmptyState icon={Inbox} title={t("emptyTitle")} actions={<Button>{t("next")}</Button>}>
          {t("emptyText")}
        </EmptyState>
        <Skeleton />
        <div className={css.row}>
          <NewEventsPill to="up" onShow={none}>
            {t("newRows", { n: 5 })}
          </NewEventsPill>
          <LoadMore more onMore={none} />
        </div>
      </div>
    </Part>
  );
}
