import { Ellipsis, Trash2, User } from "lucide-react";
import { useState } from "react";
import { keys } from "../src/keys/keys.ts";
import { useKeys } from "../src/keys/useKeys.ts";
import { toast } from "../src/look/toast.ts";
import { Button, IconButton } from "../src/ui/Button.tsx";
import { CommandPalette } from "../src/ui/CommandPalette.tsx";
import { Confirm, Sheet } from "../src/ui/Dialog.tsx";
import { KeySheet } from "../src/ui/KeySheet.tsx";
import { Menu } from "../src/ui/Menu.tsx";
import { Popover } from "../src/ui/Popover.tsx";
import { Tabs } from "../src/ui/Tabs.tsx";
import { TenantTile } from "../src/ui/Tenant.tsx";
import { useWords } from "../src/words/useWords.ts";
import css from "./gallery.module.css";
import { Part } from "./Part.tsx";
import words from "./words.json";
import { tenants } from "./world.ts";

type Open = "" | "dialog" | "sheet" | "palette" | "keys";

export function Floats() {
  const t = useWords(words);
  const [open, setOpen] = useState<Open>("");
  const [tab, setTab] = useState("history");
  const [last, setLast] = useState("");
  const close = () => setOpen("");
  useKeys(t("title"), [
    { id: "help", keys: "Shift+Slash", label: t("explain"), run: () => setOpen("keys") },
    { id: "palette", keys: "Mod+KeyK", label: t("showPalette"), inText: true, run: () => setOpen("palette") },
    { id: "down", keys: "KeyJ", label: t("next"), run: () => setLast("down") },
    { id: "queue", keys: "KeyG KeyQ", label: t("mine"), run: () => setLast("queue") },
  ]);
  useKeys("modal", [], { active: open !== "" && open !== "keys", modal: true });
  return (
    <Part name={t("floats")}>
      <div className={css.row}>
        <Menu
          button={<IconButton icon={Ellipsis} label={t("sections")} />}
          items={[
            { heading: t("sections") },
            { label: t("assignee"), icon: User, keys: "KeyI", onSelect: () => setLast("assign") },
            { label: t("resolved"), checked: true, onSelect: close },
            "line",
            { label: t("remove"), icon: Trash2, danger: true, onSelect: () => setOpen("dialog") },
          ]}
        />
        <Popover button={<Button>{t("explain")}</Button>} label={t("explain")}>
          {(shut) => <Button onClick={shut}>{t("closed")}</Button>}
        </Popover>
        <Button onClick={() => setOpen("dialog")}>{t("showDialog")}</Button>
        <Button onClick={() => setOpen("sheet")}>{t("showSheet")}</Button>
        <Button keys="Mod+KeyK" onClick={() => setOpen("palette")}>
          {t("showPalette")}
        </Button>
        <Button onClick={() => toast({ text: t("postponed"), undo: { run: () => setLast("undone") } })}>{t("showToast")}</Button>
        <Button onClick={() => toast({ text: t("sendFailed"), kind: "bad" })}>{t("showAlert")}</Button>
        <output data-testid="last">{last}</output>
      </div>
      <Tabs
        label={t("sections")}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: "history", label: t("history"), count: 12 },
          { id: "requester", label: t("requester") },
        ]}
      >
        <p>{t("sheetText")}</p>
      </Tabs>
      <Confirm open={open === "dialog"} onClose={close} onConfirm={close} title={t("showDialog")} action={t("remove")} danger>
        <p>{t("confirmText")}</p>
      </Confirm>
      <Sheet open={open === "sheet"} onClose={close} title={t("showSheet")} actions={<Button onClick={close}>{t("closed")}</Button>}>
        <p>{t("sheetText")}</p>
      </Sheet>
      <KeySheet open={open === "keys"} onClose={close} />
      <CommandPalette
        open={open === "palette"}
        onClose={close}
        commands={[
          { id: "next", label: t("next"), group: t("sections"), keys: keys.shown("next", "KeyN"), run: () => setLast("next") },
          { id: "inbox", label: t("mine"), group: t("sections"), run: () => setLast("mine") },
          ...tenants.map((tenant) => ({
            id: tenant.slug,
            label: tenant.name,
            group: t("requester"),
            mark: <TenantTile tenant={tenant} />,
            hint: tenant.code,
            run: () => setLast(tenant.slug),
          })),
        ]}
      />
    </Part>
  );
}
