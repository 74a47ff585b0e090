import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Menu } from "@manydesk/kit/ui/Menu";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, UserCheck, UserRound, UserRoundX } from "lucide-react";
import { initialsOf } from "../../parts/initials.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import css from "./Layout.module.css";
import { useSignOut } from "./mutations.ts";
import { useAvailability } from "./useAvailability.ts";
import words from "./words.json";

const themes = ["light", "dark", "system"] as const;

/** The person: theme and language at once, profile, leaving. */
export function MeMenu() {
  const t = useWords(words);
  const { user } = useSession();
  const language = useLanguage();
  const save = useSaveMe();
  const signOut = useSignOut();
  const go = useNavigate();
  const { setSheet, setLeaving } = useWindow();
  const { until, comeBack } = useAvailability();
  const theme = user.prefs.theme ?? "system";
  return (
    <Menu
      button={
        <button type="button" className={css.item}>
          <span className="vh">{`${t("me")}: ${user.name}`}</span>
          <Avatar person={{ name: user.name, initials: initialsOf(user.name) }} size={28} me mute />
        </button>
      }
      items={[
        { heading: user.name },
        { label: t("profile"), icon: UserRound, keys: "KeyG KeyM", onSelect: () => go({ to: "/me" }) },
        { label: t("keys"), icon: Keyboard, keys: "Shift+Slash", onSelect: () => setSheet(true) },
        ...(until ? [{ label: t("away.back"), icon: UserCheck, onSelect: comeBack }] : []),
        { label: t("away"), icon: UserRoundX, keys: "KeyG KeyA", onSelect: () => setLeaving(true) },
        { heading: t("theme") },
        ...themes.map((one) => ({
          label: t(`theme.${one}`),
          checked: one === theme,
          onSelect: () => save.mutate({ prefs: { theme: one } }),
        })),
        { heading: t("language") },
        { label: "Русский", checked: language === "ru", onSelect: () => save.mutate({ language: "ru" }) },
        { label: "English", checked: language === "en", onSelect: () => save.mutate({ language: "en" }) },
        "line",
        { label: t("signOut"), icon: LogOut, onSelect: () => signOut.mutate() },
      ]}
    />
  );
}
