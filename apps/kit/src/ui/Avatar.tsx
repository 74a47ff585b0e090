import { Eye, Pencil } from "lucide-react";
import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Badge.module.css";
import words from "./words.json";

export interface AvatarProps {
  /** The person; null is nobody, drawn as a dashed ring. */
  person: { name: string; initials: string } | null;
  /** 24 in rows, 28 in threads, 36 in cards. */
  size?: 24 | 28 | 36;
  me?: boolean;
  /** In the tenant's tint: the portal. */
  brand?: boolean;
  presence?: "viewing" | "typing" | "away";
  /** The name stands beside it already. */
  mute?: boolean;
}

export function Avatar({ person, size = 24, me, brand, presence, mute }: AvatarProps) {
  const t = useWords(words);
  const name = person ? person.name : t("nobody");
  const spoken = presence === "viewing" || presence === "typing" ? t(presence, { name }) : name;
  const named = mute && !presence ? { "aria-hidden": true } : { role: "img", "aria-label": spoken, title: spoken };
  return (
    <span
      className={cx(
        css.av,
        size === 28 && css.av28,
        size === 36 && css.av36,
        me && css.me,
        brand && css.brand,
        !person && css.none,
        presence === "away" && css.away,
      )}
      {...named}
    >
      <span className={css.face} aria-hidden="true">
        {person?.initials}
      </span>
      {(presence === "viewing" || presence === "typing") && (
        <span className={cx(css.pz, presence === "typing" && css.typing)}>
          {presence === "typing" ? <Pencil strokeWidth={2.6} /> : <Eye strokeWidth={2.6} />}
        </span>
      )}
    </span>
  );
}
