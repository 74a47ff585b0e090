import type { SavedView } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Switch } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard, useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Menu, type MenuEntry } from "@manydesk/kit/ui/Menu";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { searchOf, useForgetView, useSaveView } from "../../parts/savedViews.ts";
import { useSession } from "../../parts/useSession.ts";
import { type QueueSearch, sameQuestion } from "../../parts/views.ts";
import css from "./Queue.module.css";
import words from "./words.json";

interface Props {
  search: QueueSearch;
  /** The saved view that stands in the address, if it is there. */
  saved: SavedView | undefined;
}

/** What is listed is kept under a name: as a new view, as the view that was opened, or for all of a customer. */
export function KeepView({ search, saved }: Props) {
  const t = useWords(words);
  const sentence = useSentence();
  const go = useNavigate();
  const save = useSaveView();
  const forget = useForgetView();
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const mine = saved?.abilities.includes("edit") ? saved : undefined;
  const open = (view: SavedView) => go({ to: "/q", search: searchOf(view) });
  const failed = (error: unknown) => toast({ text: sentence(error), kind: "bad" });

  const drop = (view: SavedView) =>
    forget.mutate(view, {
      onSuccess: () => {
        go({ to: "/q", search: { scope: search.scope } });
        const back = () =>
          save.mutate({ name: view.name, shared: view.shared, search: searchOf(view) }, { onSuccess: open, onError: failed });
        toast({ text: t("saved.forgotten", { name: view.name }), undo: { run: back } });
      },
      onError: failed,
    });
  const update = (view: SavedView) =>
    save.mutate(
      { had: view, name: view.name, shared: view.shared && Boolean(search.scope), search },
      {
        onSuccess: (now) => {
          open(now);
          toast({ text: t("saved.kept", { name: now.name }) });
        },
        onError: failed,
      },
    );
  const items: MenuEntry[] = [
    ...(mine && !sameQuestion(search, searchOf(mine)) ? [{ label: t("saved.update"), onSelect: () => update(mine) }] : []),
    { label: t(saved ? "saved.another" : "saved.new"), onSelect: () => setNaming("new") },
    ...(mine
      ? [
          { label: t("saved.rename"), onSelect: () => setNaming("rename") },
          { label: t("saved.forget"), onSelect: () => drop(mine) },
        ]
      : []),
  ];
  return (
    <>
      <Menu button={<IconButton icon={Bookmark} label={t("saved.menu")} />} items={items} />
      {naming && <Naming search={search} had={naming === "rename" ? mine : undefined} onDone={open} onClose={() => setNaming(null)} />}
    </>
  );
}

interface NamingProps {
  search: QueueSearch;
  had: SavedView | undefined;
  onDone: (view: SavedView) => void;
  onClose: () => void;
}

function Naming({ search, had, onDone, onClose }: NamingProps) {
  const t = useWords(words);
  const id = useId();
  const { tenants } = useSession();
  const save = useSaveView();
  const [name, setName] = useState(had?.name ?? "");
  const [shared, setShared] = useState(had?.shared ?? false);
  const asked = had ? searchOf(had) : search;
  const tenant = tenants.find((one) => one.slug === asked.scope && one.abilities.includes("settings.edit"));
  const problem = isProblem(save.error) ? save.error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { had, name, shared: shared && Boolean(tenant ?? had?.shared), search: asked },
      {
        onSuccess: (view) => {
          toast({ text: t("saved.kept", { name: view.name }) });
          onClose();
          onDone(view);
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(had ? "saved.rename" : "saved.new")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={save.isPending}>
          {t("saved.save")}
        </Button>
      }
    >
      <form id={id} className={css.naming} onSubmit={submit}>
        {save.error && !problem?.field("name") ? <ErrorCard error={save.error} /> : null}
        <Field label={t("saved.name")} error={problem?.field("name")} required>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} required />
        </Field>
        {tenant && (
          <Switch label={t("saved.shared", { tenant: tenant.name })} hint={t("saved.shared.hint")} checked={shared} onChange={setShared} />
        )}
      </form>
    </Dialog>
  );
}
