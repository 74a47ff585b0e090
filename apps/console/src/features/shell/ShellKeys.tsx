import { keys } from "@manydesk/kit/keys/keys";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { undoNewest } from "@manydesk/kit/look/toast";
import { KeySheet } from "@manydesk/kit/ui/KeySheet";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { dispatchedBy, inOrder, underDigit } from "../../parts/tenants.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSession } from "../../parts/useSession.ts";
import words from "./words.json";

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Keys that work on every page: scopes, places, the palette, the sheet. */
export function ShellKeys({ tenant }: { tenant?: string }) {
  const t = useWords(words);
  const go = useNavigate();
  const { user, tenants } = useSession();
  const { sheet, setSheet, setPalette, setLeaving } = useWindow();
  const { single_keys, keymap } = user.prefs;
  useEffect(() => keys.configure({ singleKeys: single_keys ?? true, keymap: keymap ?? {} }), [single_keys, keymap]);
  useEffect(() => keys.listen(document), []);
  const show = (scope: string | undefined) => go({ to: "/q", search: scope ? { scope } : {} });
  const dispatched = dispatchedBy(tenants, tenant);
  const settings = tenant ?? inOrder(tenants)[0]?.slug;
  useKeys(t("rail"), [
    { id: "go.palette", keys: "Mod+KeyK", label: t("palette"), run: () => setPalette(true), inText: true },
    { id: "go.search", keys: "Slash", label: t("search"), run: () => setPalette(true) },
    { id: "go.queue", keys: "KeyG KeyQ", label: t("queue"), run: () => go({ to: "/q" }) },
    { id: "go.new", keys: "KeyC", label: t("newTicket"), run: () => go({ to: "/new", search: tenant ? { tenant } : {} }) },
    {
      id: "go.settings",
      keys: "KeyG KeyS",
      label: t("settings"),
      run: () => settings && go({ to: "/t/$tenant/settings/$section", params: { tenant: settings, section: "members" } }),
    },
    ...(dispatched
      ? [
          {
            id: "go.distribution",
            keys: "KeyG KeyR",
            label: t("distribution"),
            run: () => go({ to: "/t/$tenant/distribution", params: { tenant: dispatched } }),
          },
        ]
      : []),
    { id: "go.undo", keys: "Mod+KeyZ", label: t("undo"), run: undoNewest },
    { id: "go.away", keys: "KeyG KeyA", label: t("away"), run: () => setLeaving(true) },
    { id: "go.me", keys: "KeyG KeyM", label: t("profile"), run: () => go({ to: "/me" }) },
    { id: "go.keys", keys: "Shift+Slash", label: t("keys"), run: () => setSheet(true) },
  ]);
  useKeys(t("tenants"), [
    { id: "scope.all", keys: "Digit0", label: t("allTenants"), run: () => show(undefined) },
    { id: "scope.all.text", keys: "Alt+Digit0", label: t("allTenants"), run: () => show(undefined), inText: true, quiet: true },
    ...digits.flatMap((digit) => {
      const one = underDigit(tenants, digit);
      if (!one) return [];
      const run = () => show(one.slug);
      return [
        { id: `scope.${digit}`, keys: `Digit${digit}`, label: one.name, run },
        { id: `scope.${digit}.text`, keys: `Alt+Digit${digit}`, label: one.name, run, inText: true, quiet: true },
      ];
    }),
  ]);
  return <KeySheet open={sheet} onClose={() => setSheet(false)} />;
}
